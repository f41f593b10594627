"""Long work on a list shows that it goes on, in every part of it, and ends when it is told to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checkin.roster.entry import RosterEntry
from checkin.roster.plan import ExistingPerson
from checkin.roster.preview import preview_list
from checkin.roster.reading import read_rows
from tests.roster.conftest import Maker

COUNT = 5_000
TITLES = ("First name", "Surname", "E-mail")
ROWS = [TITLES, *((f"Given{n}", f"Family{n}", f"p{n}@example.org") for n in range(COUNT))]


class StoppedError(Exception):
    """What a watcher raises who wants no more."""


def stopping(when: Callable[[int, int], bool]) -> Callable[[int, int], None]:
    def told(done: int, of: int) -> None:
        if when(done, of):
            raise StoppedError

    return told


def test_a_spreadsheet_says_that_it_is_being_opened_and_can_be_left_there(xlsx: Maker) -> None:
    path = xlsx("list.xlsx", ROWS)
    told: list[tuple[int, int]] = []
    read_rows(path, progress=lambda done, of: told.append((done, of)))
    opening = [report for report in told if report == (0, 0)]
    assert len(opening) >= 2
    assert told[: len(opening)] == opening
    assert told[-1] == (4_000, COUNT + 1)
    with pytest.raises(StoppedError):
        read_rows(path, progress=stopping(lambda done, of: (done, of) == (0, 0)))


def test_comparing_goes_on_reporting_after_the_last_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(map(",".join, ROWS)), encoding="utf-8")
    known = [
        ExistingPerson(f"id{n}", RosterEntry(f"Given{n}", f"Family{n}", f"p{n}@example.org"))
        for n in range(COUNT)
    ]
    told: list[tuple[int, int]] = []
    preview = preview_list(path, existing=known, progress=lambda done, of: told.append((done, of)))
    assert len(preview.plan.unchanged) == COUNT
    comparing = [report for report in told if report == (COUNT + 1, COUNT + 1)]
    assert len(comparing) > 10
    assert told[-1] == (COUNT + 1, COUNT + 1)


def test_comparing_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(map(",".join, ROWS)), encoding="utf-8")
    with pytest.raises(StoppedError):
        preview_list(path, progress=stopping(lambda done, of: done == of > 0))


def test_reading_everybody_who_is_there_shows_it(tmp_path: Path) -> None:
    from checkin.roster.roster import Roster
    from tests.day import entry, make_day, opened

    path = tmp_path / "list.csv"
    path.write_text("Given name,Family name\nAna,Horvat\n", encoding="utf-8")
    many = tuple(entry(f"G{n}", f"F{n}") for n in range(COUNT))
    with opened(make_day(tmp_path, many)) as door, pytest.raises(StoppedError):
        Roster(door.session).preview(path, progress=stopping(lambda done, of: done == of == 0))
