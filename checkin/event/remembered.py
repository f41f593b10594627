"""Which event was opened last, and where the program keeps its own files.

The platform's places for data and state are used, so that nothing lands in people's own folders.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_APP = "checkin-desk"


def data_folder() -> Path:
    """Returns the folder for events that were given no other place, made when missing."""
    return platformdirs.user_data_path(_APP, appauthor=False, ensure_exists=True)


def state_folder() -> Path:
    """Returns the folder for logs and for what was opened last, made when missing."""
    return platformdirs.user_state_path(_APP, appauthor=False, ensure_exists=True)


def remember(path: Path) -> None:
    """Notes `path` as the event that opens next time; a failure to note it is no failure."""
    try:
        # As bytes: a file's name need not be text.
        (state_folder() / "last-event").write_bytes(os.fsencode(path))
    except OSError:
        # A full or read-only home must not keep the doors shut.
        return


def last_opened() -> Path | None:
    """Returns the event opened last, when it is still there."""
    try:
        path = Path(os.fsdecode((state_folder() / "last-event").read_bytes()))
        return path if path.is_file() else None
    except (OSError, ValueError):
        return None
