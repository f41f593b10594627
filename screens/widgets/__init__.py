"""The pieces the screens are made of; each can be shown alone in a test."""
