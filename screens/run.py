"""Running the app: from the front door to an exit status, without a traceback on the screen."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from checkin.errors import CheckinError

if TYPE_CHECKING:
    from screens.app import Opener

SWITCH = 0.001
"""Seconds after which a thread that loads lets the screen have its turn; 5 ms would be felt."""


def run_app(opener: Opener | None) -> int:
    """Opens the app on the event that `opener` opens (None: asks for one); returns the exit status.

    Raises the CheckinError with which the event refused to open. A failure of the program itself
    is noted in the log and said in one line.
    """
    sys.setswitchinterval(SWITCH)
    # A size that a shell or a starting program left behind is believed before the terminal's own:
    # the first frames, and each after a change of size, would be drawn for another one.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    # Textual reads it when it is imported; an answer is painted up to 8 ms later instead of 17.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    # Collecting garbage while everything is still being made finds none and delays the first frame;
    # the app switches it on again.
    gc.disable()
    from screens.app import CheckinApp

    app = CheckinApp(opener)
    error: BaseException | None = None
    try:
        app.run()
        error = app.failure or app._exception
    except Exception as raised:  # noqa: BLE001
        error = raised
    app.desk_line.close()
    if app.session is not None:
        app.session.close()
    if isinstance(error, CheckinError):
        raise error
    if error is not None:
        from screens.crash import note

        log = note(error)
        where = f" The log has the place: {log}" if log else ""
        sys.stderr.write(
            f"Checkin had to stop. Everyone who was checked in is on disk; start it again.{where}\n"
        )
        return 1
    return app.return_code or 0
