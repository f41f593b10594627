"""What happens when the program itself fails: a note in the log, without people's names.

A traceback on a public screen would show them; the note keeps where it happened (file, line,
function, kind of error) and leaves out every value.
"""

from __future__ import annotations

import datetime as dt
import traceback
from pathlib import Path

MOST_BYTES = 1 << 20
"""The log starts anew beyond this size."""


def note(error: BaseException) -> Path | None:
    """Appends where `error` happened to the log; returns the log, None when it was not written."""
    try:
        from checkin.event.remembered import state_folder

        log = state_folder() / "errors.log"
        if log.exists() and log.stat().st_size > MOST_BYTES:
            log.replace(log.with_suffix(".old"))
        with log.open("a", encoding="utf-8") as file:
            file.write(described(error))
    except OSError:
        return None
    return log


def described(error: BaseException) -> str:
    """Returns when, what kind and where, a line a frame; no message and no value of a variable."""
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    lines = [f"{when} {type(error).__module__}.{type(error).__name__}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join(lines) + "\n"
