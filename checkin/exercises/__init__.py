"""The collective exercises: methods as data, their steps, minutes and prompts."""
