"""What the tests of the screens share: an event file of invented people, and the app on it."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

from checkin.event.demo import make_demo
from tests.terminal import Terminal

HOSTILE = (
    "Ann [/x] Lee",
    "[@click=app.quit]x",
    "[bold red]B[/]",
    "\x1b[31mRed\x1b]0;title\x07",
    "\x9b2J\x90q",
    "\u202eevil\u2066",
    "Zal" + "g\u0301\u0302\u0303\u0304\u0305" * 10 + "o",
    "a\nb\tc\x00d",
    "$accent ${x} {0} %s",
    "\ud800lone",
)
"""Names that must not style, click, crash or escape."""


@contextmanager
def own_home(folder: Path) -> Iterator[dict[str, str]]:
    """An empty home in `folder`, for this process and for programs it starts."""
    homes = {
        name: str(folder / name.lower()) for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    }
    with patch.dict(os.environ, homes):
        yield homes


def demo(folder: Path, day: dt.date | None = None) -> Path:
    """Makes the practice event in `folder`; its day is today."""
    return make_demo(folder / "demo.checkin", day or dt.date.today())[0]


def codes(event: Path) -> list[str]:
    """The badge codes of the event, in the order of the list."""
    with closing(sqlite3.connect(event)) as connection:
        return [row[0] for row in connection.execute("select code from person order by rowid")]


def names(event: Path) -> list[tuple[str, str]]:
    """Given and family names of the event, in the order of the list."""
    with closing(sqlite3.connect(event)) as connection:
        query = "select given_name, family_name from person order by rowid"
        return list(connection.execute(query))


@contextmanager
def app_on(
    event: Path, columns: int = 80, lines: int = 24, **environment: str
) -> Iterator[Terminal]:
    """The real program on a terminal, its door open."""
    with Terminal.python(
        "-m", "checkin", "--event", str(event), "--desk", "A",
        columns=columns, lines=lines, environment=environment,
    ) as terminal:  # fmt: skip
        terminal.wait_for("Ready.")
        terminal.wait_for("due ")
        yield terminal
