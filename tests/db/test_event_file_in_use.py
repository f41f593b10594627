"""An open event file: what every connection keeps to, and who gets a turn."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from db.errors import EventFileError
from db.event_file import create_event_file, open_event_file, utc_now
from db.journal import Author, Draft, append, head
from db.kinds import EntryKind
from tests.db.event_files import arrive, entries_in


def test_every_connection_keeps_what_it_acknowledged(event: Path) -> None:
    file = open_event_file(event)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 15_000,
        "secure_delete": 1,
        "trusted_schema": 0,
    }
    with file.reading() as first, file.reading() as second, file.writing() as third:
        for connection in (first, second, third):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            assert found == wanted
    file.close()


def test_a_pragma_that_is_not_taken_is_noticed(
    event: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine._PRAGMAS", (("synchronous", "FULL", 3),))
    file = open_event_file(event)
    with pytest.raises(EventFileError, match="synchronous"), file.reading():
        pass
    file.close()


def test_a_view_stays_what_it_was_while_others_write(event: Path) -> None:
    file, other = open_event_file(event), open_event_file(event)
    with file.reading() as connection:
        before = head(connection)
        arrive(other, "side door")
        assert head(connection) == before
    with file.reading() as connection:
        assert head(connection) == before + 1
    file.close()
    other.close()


def test_a_write_that_read_first_still_gets_its_turn(event: Path) -> None:
    """A deferred transaction would fail at once here, whatever its patience."""
    file, other = open_event_file(event), open_event_file(event)
    failed: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(20):
                with other.writing() as connection:
                    head(connection)
                    author = Author("side door", "", utc_now())
                    append(connection, other, author, Draft(EntryKind.ARRIVED, "y"))
        except BaseException as error:  # noqa: BLE001 - told by the test
            failed.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    for _ in range(20):
        with file.writing() as connection:
            head(connection)
            append(connection, file, Author("door", "", utc_now()), Draft(EntryKind.ARRIVED, "x"))
    thread.join()
    file.close()
    other.close()
    assert failed == []
    assert entries_in(event) == 90


def test_a_second_look_at_the_file_does_not_drop_the_locks_of_the_first(event: Path) -> None:
    """POSIX locks of a process go when it closes any handle on the file, even one it only read.

    The next process to leave would then take itself for the last one, and remove the log into which
    the first still writes.
    """
    first = open_event_file(event)
    arrive(first)
    open_event_file(event).close()
    with pytest.raises(EventFileError):
        create_event_file(event)
    code = (
        "import sys; from pathlib import Path; from db.event_file import open_event_file\n"
        "f = open_event_file(Path(sys.argv[1]))\n"
        "with f.writing() as c: c.exec_driver_sql(\"INSERT INTO setting VALUES ('k', '1')\")\n"
        "f.close()\n"
    )
    subprocess.run([sys.executable, "-c", code, str(event)], check=True, timeout=60)
    assert Path(f"{event}-wal").exists()
    arrive(first)
    copy = sqlite3.connect(f"{event.as_uri()}?mode=ro", uri=True)
    assert copy.execute("SELECT count(*) FROM journal").fetchone() == (52,)
    copy.close()
    first.close()
    assert entries_in(event) == 52


def test_a_mistake_of_ours_is_not_told_as_the_files(event: Path) -> None:
    file = open_event_file(event)
    with pytest.raises(IntegrityError) as raised, file.writing() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES ('secret', NULL)")
    assert "secret" not in re.sub(r"SQL: .*", "", str(raised.value))
    file.close()
