"""What every command shares: global options, the open event, two ways to answer, the exit status.

An option like `--json` may stand before or after the command's name. Data goes to standard output,
messages to standard error, and an error is one sentence with the status that CONTRACT.md gives it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from checkin.errors import CheckinError, EventFileError, ListFileError, RefusedError
from checkin.text import clean
from screens.opening import event_meant

if TYPE_CHECKING:
    from checkin.event.session import EventSession

Function = TypeVar("Function", bound=Callable[..., Any])

DONE: Final = 0
REFUSED: Final = 1
EVENT_UNUSABLE: Final = 3
INPUT_UNUSABLE: Final = 4

_WIDEST_LINE: Final = 2_000


@dataclass(slots=True)
class Asked:
    """What the global options say."""

    event: Path | None = None
    desk: str = ""
    as_json: bool = False
    debug: bool = False

    def event_path(self) -> Path:
        """Returns the event file meant: the option, `CHECKIN_EVENT`, else the last one opened."""
        meant = event_meant(self.event)
        if meant is None:
            raise EventFileError(
                "No event is known here yet. Name one with --event FILE, make one with "
                "`checkin new`, or practise with `checkin demo`."
            )
        return meant

    @contextmanager
    def session(self) -> Iterator[EventSession]:
        """The event, open for the length of the block."""
        from checkin.event.session import open_event

        session = open_event(
            self.event_path(), desk=self.desk or os.environ.get("CHECKIN_DESK", "")
        )
        try:
            yield session
        finally:
            session.close()

    def answer(self, document: Any, lines: Iterable[str]) -> None:
        """Writes one answer to standard output: `document` as JSON, or `lines` as plain text."""
        if self.as_json:
            say(json.dumps(cleaned(document), ensure_ascii=False))
        else:
            for line in lines:
                say(plain(line))


def asked() -> Asked:
    """Returns what the global options of the running command say."""
    found = click.get_current_context().find_root().obj
    assert isinstance(found, Asked)
    return found


def say(line: str) -> None:
    """Writes one finished line to standard output at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def tell(line: str) -> None:
    """Writes one message to standard error."""
    sys.stderr.write(plain(line) + "\n")


def plain(line: str) -> str:
    """Returns a line that a terminal shows as it is; runs of spaces that align columns stay."""
    return "  ".join(clean(part, _WIDEST_LINE) for part in line.split("  "))


def cleaned(document: Any) -> Any:
    """Returns a JSON document in which every text has passed the cleaner."""
    if isinstance(document, str):
        return clean(document, _WIDEST_LINE)
    if isinstance(document, dict):
        return {key: cleaned(value) for key, value in document.items()}
    if isinstance(document, list | tuple):
        return [cleaned(value) for value in document]
    return document


def status_of(error: CheckinError) -> int:
    """Returns the exit status of an error (CONTRACT.md)."""
    if isinstance(error, EventFileError):
        return EVENT_UNUSABLE
    if isinstance(error, ListFileError):
        return INPUT_UNUSABLE
    return REFUSED


def refuse(sentence: str) -> RefusedError:
    """Returns the error for what can't be done or isn't there."""
    return RefusedError(sentence)


class Command(click.Command):
    """A command that also takes the global options behind its own name."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.params.extend(_global_options())


class Group(click.Group):
    """A group of commands that itself takes the global options behind its name."""

    command_class = Command

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.params.extend(_global_options())


Group.group_class = Group


def _global_options() -> list[click.Option]:
    def keep(context: click.Context, option: click.Parameter, value: Any) -> None:
        if value is None or value is False or option.name is None:
            return
        root = context.find_root()
        if root.obj is None:
            root.obj = Asked()
        setattr(root.obj, option.name, value)

    shared: dict[str, Any] = {"expose_value": False, "callback": keep}
    return [
        click.Option(
            ["--event", "event"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The event file (or CHECKIN_EVENT); else the last one opened.",
            **shared,
        ),
        click.Option(
            ["--desk", "desk"],
            metavar="NAME",
            help="This desk's name (or CHECKIN_DESK); else the host's name.",
            **shared,
        ),
        click.Option(["--json", "as_json"], is_flag=True, help="Answer in JSON.", **shared),
        click.Option(
            ["--debug", "debug"], is_flag=True, help="Show a traceback on errors.", **shared
        ),
    ]
