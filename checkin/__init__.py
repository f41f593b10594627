"""What the program does, in the words of the day."""

__version__ = "0.1.0"
