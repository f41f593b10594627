"""Migrations: an older file is backed up and brought to today's schema, or left as it was."""

from __future__ import annotations

import datetime as dt
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from checkin.event.settings import EventSettings
from checkin.tables.assembling import tables
from db import people
from db import schema as schema_now
from db.engine import connect
from db.errors import EventFileError
from db.event_file import EventFile, create_event_file, open_event_file, utc_now
from db.folds import fold, replayed, stored
from db.journal import Author, Draft, append, first_bad, head
from db.kinds import EntryKind
from db.migrate import STEPS, migrate
from db.schema import SCHEMA_VERSION

FROZEN = Path(__file__).with_name("schemas")
"""The schema of each version as it was, one SQL file each."""

ADDS = """
revision, down_revision = "0002", "0001"

def upgrade():
    from alembic import op
    import sqlalchemy as sa
    op.add_column("person", sa.Column("pronouns", sa.Text, nullable=False, server_default=""))
    with op.batch_alter_table("person") as person:
        person.drop_column("title")
"""
"""Adds a column, and drops one by making the table (to which others refer) anew."""

FAILS = """
revision, down_revision = "0003", "0002"

def upgrade():
    from alembic import op
    op.execute("DROP TABLE wish")
    op.execute("INSERT INTO nowhere VALUES (1)")
"""

ORPHANS = """
revision, down_revision = "0003", "0002"

def upgrade():
    from alembic import op
    op.execute("DELETE FROM person")
"""


def make(path: Path, version: int) -> None:
    """Makes an empty event as the program of that schema version made it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FROZEN / f"{version}.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode=WAL")


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """An event at schema 1 with a person, their needs and some entries."""
    path = tmp_path / "event.checkin"
    make(path, 1)
    file = EventFile(path, connect(path))
    with file.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO person (id, code, given_name, family_name, title, number)"
            " VALUES ('p', 'BCDFGHJKLN', 'Ada', 'Lovelace', 'Dr', 1)"
        )
        connection.exec_driver_sql("INSERT INTO need (person_id, diet) VALUES ('p', 'vegan')")
        for _ in range(5):
            draft = Draft(EntryKind.BADGE_PRINTED, "p")
            append(connection, file, Author("door", "", utc_now()), draft)
    file.close()
    return path


@pytest.fixture
def steps(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of migrations: the real first one, and those whose text is given."""

    def written(*texts: str) -> Path:
        folder = tmp_path / "steps"
        (folder / "versions").mkdir(parents=True)
        first = STEPS / "versions" / "v0001.py"
        (folder / "versions" / "v0001.py").write_text(first.read_text(encoding="utf-8"))
        for number, text in enumerate(texts, start=2):
            (folder / "versions" / f"v{number:04}.py").write_text(text)
        return folder

    return written


def contents(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()
        return [str(version), *connection.iterdump()]


def schema(path: Path) -> dict[str, str]:
    """Every table, index and trigger by name, white space and quotes apart."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
        ).fetchall()
    return {name: re.sub(r"\s+", " ", sql.replace('"', "")).strip() for name, sql in rows}


def test_an_older_file_is_backed_up_and_migrated(event: Path, steps: Callable[..., Path]) -> None:
    before = contents(event)
    backup = migrate(event, 1, to=2, steps=steps(ADDS))
    assert backup == event.with_name("event.checkin.before-version-2")
    # The backup has no sequences to go on with; all else is there.
    kept = [line for line in before if '"incarnation" VALUES' not in line]
    assert contents(backup) == kept
    with closing(sqlite3.connect(event)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT pronouns, given_name FROM person").fetchall() == [
            ("", "Ada")
        ]
        assert connection.execute("SELECT diet FROM need").fetchall() == [("vegan",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert "title" not in schema(event)["person"]
    assert "alembic_version" not in schema(event)
    assert sorted(os.listdir(event.parent)) == sorted(
        ["event.checkin", "event.checkin.before-version-2", "steps"]
    )


def test_opening_an_older_file_migrates_it(
    event: Path, steps: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way from opening on, with a step of this test's own."""
    monkeypatch.setattr("db.event_file.SCHEMA_VERSION", 2)
    folder = steps(ADDS)
    monkeypatch.setattr(
        "db.migrate.migrate", lambda path, version: migrate(path, version, to=2, steps=folder)
    )
    file = open_event_file(event)
    with file.reading() as connection:
        assert head(connection) == 5
        assert first_bad(connection) is None
    file.close()
    assert event.with_name("event.checkin.before-version-2").exists()
    open_event_file(event).close()
    assert len(list(event.parent.glob("*before-version*"))) == 1


@pytest.mark.parametrize("broken", [FAILS, ORPHANS], ids=["fails", "orphans"])
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    event: Path, steps: Callable[..., Path], broken: str
) -> None:
    """Two steps, the second of which fails: not even the first is there afterwards."""
    before = contents(event)
    with pytest.raises(EventFileError) as refused:
        migrate(event, 1, to=3, steps=steps(ADDS, broken))
    assert "\n" not in str(refused.value)
    assert contents(event) == before
    assert sorted(os.listdir(event.parent)) == ["event.checkin", "steps"]
    open_event_file(event).close()


def test_an_earlier_backup_is_never_written_over(event: Path, steps: Callable[..., Path]) -> None:
    earlier = event.with_name("event.checkin.before-version-2")
    earlier.write_text("kept")
    backup = migrate(event, 1, to=2, steps=steps(ADDS))
    assert backup.name == "event.checkin.before-version-2-2"
    assert earlier.read_text() == "kept"


def test_two_programs_that_open_an_old_file_at_once_migrate_it_once(
    event: Path, steps: Callable[..., Path]
) -> None:
    folder = steps(ADDS)
    migrate(event, 1, to=2, steps=folder)
    after = contents(event)
    # The slower one saw version 1 too, before it got its turn.
    migrate(event, 1, to=2, steps=folder)
    assert contents(event) == after


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_the_schema_is_what_the_migrations_make_of_each_before(
    tmp_path: Path, version: int
) -> None:
    """Files made today and files brought up from any schema are alike, to the last index.

    A new version needs a step in db/migrations/versions, and this file run as a script, which
    writes its schemas/N.sql.
    """
    fresh, old = tmp_path / "fresh.checkin", tmp_path / "old.checkin"
    create_event_file(fresh).close()
    make(old, version)
    open_event_file(old).close()
    assert schema(old) == schema(fresh)


FOUR_TABLES = EventSettings("A day", dt.date(2024, 10, 9), tables=4)


def day_of_version_1(path: Path) -> dict[str, str]:
    """Makes a file of schema 1 with a day in it; returns the ids of entries by a name for each.

    Table 1 was given a host twice, table 2 had its host taken back, table 3's was written before
    there were entries, and table 4 is closed.
    """
    make(path, 1)
    file = EventFile(path, connect(path))
    ids: dict[str, str] = {}

    def record(name: str, kind: EntryKind, subject: str, **payload: object) -> None:
        draft = Draft(kind, subject, None, payload)
        ids[name] = append(connection, file, Author("door", "AK", utc_now()), draft).id

    with file.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO person (id, code, given_name, family_name, number)"
            " VALUES ('p', 'BCDFGHJKLN', 'Ada', 'Lovelace', 1)"
        )
        connection.exec_driver_sql("INSERT INTO host VALUES (1, 'Luc'), (3, 'Anne')")
        record("arrived", EntryKind.ARRIVED, "p", round=1, table=2, nonce="n")
        record("anne", EntryKind.HOST_NAMED, "table:1")
        record("luc", EntryKind.HOST_NAMED, "table:1")
        record("nobody", EntryKind.HOST_NAMED, "table:2")
        record("closed", EntryKind.TABLE_CLOSED, "table:4")
    file.close()
    return ids


def test_a_day_of_version_1_goes_on_in_version_2(tmp_path: Path) -> None:
    path = tmp_path / "event.checkin"
    ids = day_of_version_1(path)
    file = open_event_file(path)
    with file.reading() as connection:
        assert first_bad(connection) is None
        assert stored(connection) == replayed(connection)
        row = people.by_id(connection, 1, "p")
        assert row is not None
        assert (row.state, row.table_number, row.flags) == ("here", 2, "")
        assert connection.execute(select(schema_now.host.c.name)).scalars().all() == ["Anne"]
        words = connection.execute(select(schema_now.word)).all()
        assert list(map(tuple, words)) == [(ids["luc"], "Luc")]
        hosts = {table.number: table.host for table in tables(connection, FOUR_TABLES)}
        assert hosts == {1: "Luc", 2: "", 3: "Anne", 4: ""}
    with file.writing() as connection:
        undo = Draft(EntryKind.UNDONE, "table:1", ids["luc"])
        fold(connection, append(connection, file, Author("door", "", utc_now()), undo))
        # What the entry before said is not known: version 1 kept the last name only.
        assert {table.number: table.host for table in tables(connection, FOUR_TABLES)}[1] == ""
    file.close()


def test_a_newcomer_undone_before_version_3_is_withdrawn_in_it(tmp_path: Path) -> None:
    path = tmp_path / "event.checkin"
    make(path, 2)
    file = EventFile(path, connect(path))
    author = Author("door", "", utc_now())
    with file.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO person (id, code, given_name, family_name, source, number)"
            " VALUES ('p', 'BCDFGHJKLN', 'Ada', 'Lovelace', 'walk_in', 1)"
        )
        made = append(connection, file, author, Draft(EntryKind.REGISTERED, "p"))
        append(connection, file, author, Draft(EntryKind.UNDONE, "p", made.id))
        connection.exec_driver_sql("INSERT INTO presence (person_id, state) VALUES ('p', '')")
        connection.exec_driver_sql("UPDATE presence SET state = 'cancelled'")
    file.close()
    file = open_event_file(path)
    with file.reading() as connection:
        assert stored(connection) == replayed(connection)
        assert people.people(connection, 1) == []
        assert people.counts(connection) == {}
        row = people.by_code(connection, 1, "BCDFGHJKLN")
        assert row is not None
        assert row.state == schema_now.WITHDRAWN
    file.close()


def test_no_start_loads_the_migrations_without_need(tmp_path: Path) -> None:
    event = tmp_path / "event.checkin"
    create_event_file(event).close()
    code = (
        "import sys; from pathlib import Path; from db.event_file import open_event_file\n"
        "open_event_file(Path(sys.argv[1])).close()\n"
        "assert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, str(event)], check=True, timeout=60)


def freeze(folder: Path) -> None:
    """Writes today's schema as that of its version."""
    from tempfile import TemporaryDirectory

    frozen = folder / f"{SCHEMA_VERSION}.sql"
    assert not frozen.exists(), "a released schema is never frozen again"
    with TemporaryDirectory() as place:
        path = Path(place) / "event.checkin"
        create_event_file(path).close()
        with closing(sqlite3.connect(path)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            lines = [
                f"PRAGMA application_id = {application};",
                f"PRAGMA user_version = {SCHEMA_VERSION};",
            ]
            lines += connection.iterdump()
    folder.mkdir(exist_ok=True)
    text = "\n".join(line.rstrip() for line in "\n".join(lines).splitlines())
    frozen.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze(FROZEN)
