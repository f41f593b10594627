"""Running the app: from the front door to an exit status, without a traceback on the screen."""

from __future__ import annotations

import sys

from checkin.errors import CheckinError
from screens.app import CheckinApp, Opener
from screens.crash import note


def run_app(opener: Opener | None) -> int:
    """Opens the app on the event that `opener` opens (None: asks for one); returns the exit status.

    Raises the CheckinError with which the event refused to open. A failure of the program itself
    is noted in the log and said in one line.
    """
    app = CheckinApp(opener)
    error: BaseException | None = None
    try:
        app.run()
        error = app.failure or app._exception
    except Exception as raised:  # noqa: BLE001
        error = raised
    if app.session is not None:
        app.session.close()
    if isinstance(error, CheckinError):
        raise error
    if error is not None:
        log = note(error)
        where = f" The log has the place: {log}" if log else ""
        sys.stderr.write(
            f"Checkin had to stop. Everyone who was checked in is on disk; start it again.{where}\n"
        )
        return 1
    return app.return_code or 0
