"""An error nobody foresaw: noted without people's names, told in one line."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

from checkin.event.remembered import state_folder


def note(error: BaseException) -> str:
    """Writes where `error` arose to the log and returns the line to show.

    Only file names, line numbers and the error's type are kept: messages and variables may hold
    people's names.
    """
    lines = [f"{datetime.now(UTC).isoformat(timespec='seconds')} {type(error).__name__}"]
    lines += [
        f"  {frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    log = state_folder() / "faults.log"
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return f"Something went wrong inside ({type(error).__name__}); nothing half done was kept."
    return (
        f"Something went wrong inside ({type(error).__name__}); nothing half done was kept. "
        f"Where: {log}"
    )
