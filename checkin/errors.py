"""The program's errors, as the screens and commands meet them: each is one sentence to act on."""

from __future__ import annotations

from db.errors import CheckinError, EventFileError

__all__ = ["CheckinError", "EventFileError", "ListFileError", "RefusedError"]


class ListFileError(CheckinError):
    """The registration list (or another input file) can't be used."""


class RefusedError(CheckinError):
    """What was asked for can't be done, or what was looked for isn't there; nothing was changed."""
