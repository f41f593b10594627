"""Backups: whole, checked, taken while desks write, and never in the way of another file."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.backup import back_up
from db.errors import EventFileError
from db.event_file import EventFile, create_event_file, open_event_file, utc_now
from db.folds import replayed, stored
from db.journal import Author, Draft, append, first_bad, head
from db.kinds import EntryKind


@pytest.fixture
def file(tmp_path: Path) -> Iterator[EventFile]:
    file = create_event_file(tmp_path / "event.checkin")
    yield file
    file.close()


def arrive(file: EventFile, count: int = 1) -> None:
    for _ in range(count):
        with file.writing() as connection:
            append(connection, file, Author("door", "", utc_now()), Draft(EntryKind.BACKED_UP))


def test_a_backup_is_one_whole_file_with_every_entry(file: EventFile, tmp_path: Path) -> None:
    arrive(file, 20)
    target = tmp_path / "morning.checkin"
    assert back_up(file.path, target) == 20
    assert not [name for name in os.listdir(tmp_path) if "morning" in name and name != target.name]
    with closing(sqlite3.connect(f"{target.as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    again = open_event_file(target)
    with again.reading() as connection:
        assert (head(connection), first_bad(connection)) == (20, None)
        assert stored(connection) == replayed(connection)
    again.close()


def test_a_backup_never_replaces_a_file(file: EventFile, tmp_path: Path) -> None:
    target = tmp_path / "thesis.docx"
    target.write_text("years of work")
    for other in (target, file.path, tmp_path):
        with pytest.raises(EventFileError, match="there already"):
            back_up(file.path, other)
    assert target.read_text() == "years of work"


def test_a_file_that_appears_while_the_backup_runs_is_not_replaced(
    file: EventFile, tmp_path: Path
) -> None:
    arrive(file)
    target = tmp_path / "copy.checkin"
    with pytest.raises(EventFileError, match="there already"):
        back_up(file.path, target, lambda *_: target.write_text("mine") and None)
    assert target.read_text() == "mine"
    assert sorted(name for name in os.listdir(tmp_path) if "copy" in name) == ["copy.checkin"]


def test_a_backup_needs_a_folder_and_a_source(file: EventFile, tmp_path: Path) -> None:
    with pytest.raises(EventFileError, match=r"folder .*no is not there"):
        back_up(file.path, tmp_path / "no" / "copy.checkin")
    with pytest.raises(EventFileError, match="nothing is not there"):
        back_up(tmp_path / "nothing", tmp_path / "copy.checkin")


def test_a_damaged_event_gives_no_backup(file: EventFile, tmp_path: Path) -> None:
    arrive(file, 50)
    file.close()
    pages = file.path.stat().st_size // 4096
    whole = file.path.read_bytes()
    for page in range(1, pages):
        file.path.write_bytes(whole[: page * 4096] + bytes(4096) + whole[(page + 1) * 4096 :])
        with pytest.raises(EventFileError, match="damaged"):
            back_up(file.path, tmp_path / "copy.checkin")
    assert sorted(os.listdir(tmp_path)) == ["event.checkin"]


def test_a_backup_tells_how_far_it_is(file: EventFile, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    back_up(file.path, tmp_path / "copy.checkin", lambda done, total: told.append((done, total)))
    assert told
    assert told[-1][0] == told[-1][1] > 0


def test_a_backup_ends_however_much_is_written_meanwhile(file: EventFile, tmp_path: Path) -> None:
    """SQLite's backup begins again with every write of another process: it could go on for ever.

    Here somebody writes between any two steps; the copy is what was there when it began.
    """
    with file.writing() as connection:
        for number in range(40):
            connection.exec_driver_sql(
                "INSERT INTO setting VALUES (?, ?)", (f"weight {number}", "x" * 200_000)
            )
    arrive(file, 3)
    other = open_event_file(file.path)
    steps: list[int] = []

    def meanwhile(done: int, _total: int) -> None:
        steps.append(done)
        assert len(steps) < 100, "the copy began again and again"
        writer = threading.Thread(target=arrive, args=(other,))
        writer.start()
        writer.join()

    assert back_up(file.path, tmp_path / "copy.checkin", meanwhile) == 3
    assert len(steps) >= 4
    assert steps == sorted(set(steps))
    with file.reading() as connection:
        assert head(connection) == 3 + len(steps)
    other.close()
