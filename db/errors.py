"""The root of the program's errors, and the ways in which an event file can be unusable.

Every error that people may meet says, in one sentence, what is wrong and what to do.
"""

from __future__ import annotations


class CheckinError(Exception):
    """Something a person can act on; `str(error)` is the sentence to show."""


class EventFileError(CheckinError):
    """The event file can't be used: missing, not ours, damaged, newer, locked or disk full."""
