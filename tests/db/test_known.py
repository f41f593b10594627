"""What one write remembers for the next holds only while nobody else writes and nothing fails."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import known
from db.event_file import EventFile, create_event_file, open_event_file
from db.folds import fold, inside
from db.journal import Author, Draft, append, entries, first_bad
from db.kinds import EntryKind

AUTHOR = Author("A", "", datetime(2026, 3, 10, 8, 0, tzinfo=UTC))


def _write(file: EventFile, times: int = 1) -> None:
    for _ in range(times):
        with file.writing() as connection:
            append(connection, file, AUTHOR, Draft(EntryKind.SETTINGS_CHANGED))


def test_two_that_write_under_one_name_in_turns_keep_one_chain(tmp_path: Path) -> None:
    one = create_event_file(tmp_path / "event.checkin")
    other = open_event_file(tmp_path / "event.checkin")
    for file in (one, one, other, one, other, other, one):
        _write(file)
    with one.reading() as connection:
        assert [each.seq for each in entries(connection)] == [1, 2, 3, 4, 5, 6, 7]
        assert first_bad(connection) is None
    one.close()
    other.close()


def test_a_write_that_fails_is_forgotten(tmp_path: Path) -> None:
    file = create_event_file(tmp_path / "event.checkin")
    _write(file, 2)

    def fail() -> None:
        with file.writing() as connection:
            append(connection, file, AUTHOR, Draft(EntryKind.SETTINGS_CHANGED))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    _write(file)
    with file.reading() as connection:
        assert [each.seq for each in entries(connection)] == [1, 2, 3]
        assert first_bad(connection) is None
    file.close()


def test_how_many_are_inside_is_counted_anew_when_somebody_else_let_people_in(
    tmp_path: Path,
) -> None:
    one = create_event_file(tmp_path / "event.checkin")
    other = open_event_file(tmp_path / "event.checkin")
    for place, file in enumerate((one, other, one, one, other)):
        with file.writing() as connection:
            assert inside(connection) == place
            draft = Draft(EntryKind.ARRIVED, f"p{place}", None, {"round": 1, "table": 1})
            fold(connection, append(connection, file, AUTHOR, draft))
            assert inside(connection) == place + 1
    with one.reading() as connection:
        assert inside(connection) == 5
    one.close()
    other.close()


def test_the_next_write_remembers_and_another_writer_makes_it_forget(tmp_path: Path) -> None:
    file = create_event_file(tmp_path / "event.checkin")
    other = open_event_file(tmp_path / "event.checkin")
    _write(file)
    with file.writing() as connection:
        assert known(connection)
    _write(other)
    with file.writing() as connection:
        assert known(connection) == {}
    file.close()
    other.close()
