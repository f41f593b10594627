"""The log is made long in advance and emptied in a quiet moment; neither changes what is said."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.errors import EventFileError
from db.event_file import EventFile, create_event_file, open_event_file
from db.journal import Author, Draft, append, entries, first_bad
from db.kinds import EntryKind

AUTHOR = Author("A", "", datetime(2026, 3, 10, 8, 0, tzinfo=UTC))
SIZE = 300_000


@pytest.fixture
def file(tmp_path: Path) -> EventFile:
    made = create_event_file(tmp_path / "event.checkin")
    write(made, 3)
    return made


def write(file: EventFile, times: int) -> None:
    for _ in range(times):
        with file.writing() as connection:
            append(connection, file, AUTHOR, Draft(EntryKind.SETTINGS_CHANGED))


def log_of(file: EventFile) -> Path:
    return file.path.with_name(f"{file.path.name}-wal")


def told(file: EventFile) -> list[int]:
    with file.reading() as connection:
        assert first_bad(connection) is None
        return [each.seq for each in entries(connection)]


def content(file: EventFile) -> list[str]:
    with closing(sqlite3.connect(file.path)) as connection:
        return list(connection.iterdump())


def test_a_log_made_long_keeps_its_length_under_the_writes_that_follow(file: EventFile) -> None:
    file.reserve(SIZE)
    length = log_of(file).stat().st_size
    assert length >= SIZE
    write(file, 10)
    assert log_of(file).stat().st_size == length
    assert told(file) == [*range(1, 14)]
    file.close()


def test_making_it_long_changes_nothing_and_is_done_once(file: EventFile) -> None:
    before = content(file)
    file.reserve(SIZE)
    length = log_of(file).stat().st_size
    file.reserve(SIZE)
    assert log_of(file).stat().st_size == length
    assert content(file) == before
    file.close()


def test_another_who_writes_meanwhile_loses_nothing(file: EventFile) -> None:
    other = open_event_file(file.path)
    write(other, 2)
    file.reserve(SIZE)
    write(other, 2)
    other.reserve(2 * SIZE)
    write(file, 2)
    assert told(file) == told(other) == [*range(1, 10)]
    file.close()
    write(other, 1)
    other.close()
    again = open_event_file(file.path)
    assert told(again) == [*range(1, 11)]
    again.close()


def test_somebody_who_reads_sees_what_stood_when_they_began(file: EventFile) -> None:
    with file.reading() as connection:
        before = [each.seq for each in entries(connection)]
        file.reserve(SIZE)
        write(file, 5)
        file.tidy(1)
        assert [each.seq for each in entries(connection)] == before
    assert told(file) == [*range(1, 9)]
    file.close()


def test_a_quiet_moment_empties_the_log_only_when_much_stands_in_it(file: EventFile) -> None:
    size = file.path.stat().st_size
    write(file, 30)
    file.tidy(40)
    assert file.path.stat().st_size == size
    write(file, 10)
    file.tidy(40)
    assert file.path.stat().st_size > size
    file.close()


def test_the_next_write_begins_the_emptied_log_anew(file: EventFile) -> None:
    write(file, 40)
    file.tidy(1)
    length = log_of(file).stat().st_size
    write(file, 20)
    assert log_of(file).stat().st_size == length
    file.close()


def test_a_file_that_is_gone_is_one_sentence(file: EventFile) -> None:
    file.path.unlink()
    with pytest.raises(EventFileError, match="can't be opened"):
        file.reserve(SIZE)
    file.close()
