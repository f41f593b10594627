"""Making an event file: whole or not at all, and never over anything."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.errors import EventFileError
from db.event_file import create_event_file
from db.schema import APPLICATION_ID, SCHEMA_VERSION, metadata
from tests.db.event_files import a_plain_user, arrive, csv, empty, entries_in, folder, one_sentence


def test_a_new_file_holds_every_table_and_nothing_lies_beside_it(path: Path) -> None:
    create_event_file(path).close()
    assert os.listdir(path.parent) == [path.name]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    assert set(metadata.tables) <= names


@pytest.mark.parametrize(
    "name", ["a?b=c#d%20e.checkin", "Atelier «été» 🎪.checkin", "  ", "~x", "'"]
)
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    file = create_event_file(tmp_path / name)
    arrive(file)
    file.close()
    assert entries_in(tmp_path / name) == 1
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("there", [folder, empty, csv])
def test_nothing_is_ever_written_over(path: Path, there: Callable[[Path], None]) -> None:
    there(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(EventFileError, match="there already"):
        create_event_file(path)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert os.listdir(path.parent) == [path.name]


def test_a_link_to_nowhere_is_not_written_through(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))
    with pytest.raises(EventFileError, match="there already"):
        create_event_file(path)
    assert os.listdir(path.parent) == [path.name]


def test_no_folder_no_file(tmp_path: Path) -> None:
    with pytest.raises(EventFileError, match="folder"):
        create_event_file(tmp_path / "no" / "event.checkin")
    assert os.listdir(tmp_path) == []


def test_a_folder_that_takes_no_files_is_refused(open_folder: Path) -> None:
    with a_plain_user(open_folder):
        open_folder.chmod(0o555)
        with pytest.raises(EventFileError, match="can't be opened") as refused:
            create_event_file(open_folder / "event.checkin")
        open_folder.chmod(0o700)
    assert one_sentence(str(refused.value))
    assert os.listdir(open_folder) == []


def test_what_fails_while_it_is_filled_leaves_nothing(path: Path) -> None:
    def fill(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create_event_file(path, fill)
    assert os.listdir(path.parent) == []


def test_the_remains_of_a_killed_run_are_no_hindrance(path: Path) -> None:
    """In containers a process id comes back soon, and with it the draft's name."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.write_bytes(b"half")
    create_event_file(path).close()
    assert os.listdir(path.parent) == [path.name]


def test_a_file_that_appears_meanwhile_is_not_replaced(path: Path) -> None:
    with pytest.raises(EventFileError, match="there already"):
        create_event_file(path, lambda *_: path.write_text("mine"))
    assert path.read_text() == "mine"
    assert os.listdir(path.parent) == [path.name]
