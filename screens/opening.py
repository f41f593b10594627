"""The way from the command line into the app, without the commands on the way.

A line that names at most an event and a desk opens the app at once, and loads nothing that only
commands need; every other line goes to the commands. Both end with the same exit statuses.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from checkin.errors import CheckinError

if TYPE_CHECKING:
    from checkin.event.session import EventSession

_OPTIONS = ("--event", "--desk")


def main(arguments: list[str]) -> int:
    """Runs one command line and returns its exit status."""
    options = options_alone(arguments)
    if options is None:
        return _commanded(arguments)
    try:
        event, desk = options.get("--event"), options.get("--desk", "")
        return open_app(Path(event) if event else None, desk)
    except (CheckinError, KeyboardInterrupt) as error:
        from screens.commands.frame import REFUSED, status_of, tell

        if isinstance(error, CheckinError):
            tell(str(error))
            return status_of(error)
        tell("Stopped.")
        return REFUSED


def options_alone(arguments: list[str]) -> dict[str, str] | None:
    """Returns what `--event` and `--desk` say; None when the line says anything else."""
    found: dict[str, str] = {}
    left = iter(arguments)
    for argument in left:
        name, given, value = argument.partition("=")
        if name not in _OPTIONS:
            return None
        if not given:
            value = next(left, "")
        if not value or value.startswith("-"):
            return None  # the commands say what is wrong with it
        found[name] = value
    return found


def open_app(event: Path | None, desk: str) -> int:
    """Opens the app on the event named or known, else on the first-run screen; gives the status."""
    from screens.run import run_app

    path = event_meant(event)
    if path is None:
        return run_app(None)

    def opener() -> EventSession:
        from checkin.event.session import open_event

        return open_event(path, desk=desk or os.environ.get("CHECKIN_DESK", ""))

    return run_app(opener)


def event_meant(named: Path | None) -> Path | None:
    """Returns the event file meant: the one named, `CHECKIN_EVENT`, else the last one opened."""
    if named is not None:
        return named
    if text := os.environ.get("CHECKIN_EVENT"):
        return Path(text)
    from checkin.event.remembered import last_opened

    return last_opened()


def _commanded(arguments: list[str]) -> int:
    from screens.commands.front import main as run

    return run(arguments)
