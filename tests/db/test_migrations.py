"""Migrations: an older file is backed up and brought to today's schema, or left as it was."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.errors import EventFileError
from db.event_file import create_event_file, open_event_file, utc_now
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


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """An event at schema 1 with a person, their needs and some entries."""
    path = tmp_path / "event.checkin"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FROZEN / "1.sql").read_text(encoding="utf-8"))
    file = open_event_file(path) if SCHEMA_VERSION == 1 else None
    assert file is not None
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

    def make(*texts: str) -> Path:
        folder = tmp_path / "steps"
        (folder / "versions").mkdir(parents=True)
        first = STEPS / "versions" / "v0001.py"
        (folder / "versions" / "v0001.py").write_text(first.read_text(encoding="utf-8"))
        for number, text in enumerate(texts, start=2):
            (folder / "versions" / f"v{number:04}.py").write_text(text)
        return folder

    return make


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
    """The whole way from opening on, as a program with schema 2 would go it."""
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


def test_the_schema_is_what_the_migrations_make_of_the_first(tmp_path: Path) -> None:
    """Files made today and files brought up from schema 1 are alike, to the last index.

    A new version needs a step in db/migrations/versions. Before the first release schema 1 itself
    may change: run this file as a script, and schemas/1.sql is written again.
    """
    fresh, old = tmp_path / "fresh.checkin", tmp_path / "old.checkin"
    create_event_file(fresh).close()
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript((FROZEN / "1.sql").read_text(encoding="utf-8"))
    open_event_file(old).close()
    assert schema(old) == schema(fresh)


def test_no_start_loads_the_migrations_without_need(event: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from db.event_file import open_event_file\n"
        "open_event_file(Path(sys.argv[1])).close()\n"
        "assert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code, str(event)], check=True, timeout=60)


def freeze(folder: Path) -> None:
    """Writes today's schema as that of version 1."""
    from tempfile import TemporaryDirectory

    assert SCHEMA_VERSION == 1, "a released schema is never frozen again"
    with TemporaryDirectory() as place:
        path = Path(place) / "event.checkin"
        create_event_file(path).close()
        with closing(sqlite3.connect(path)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            lines = [f"PRAGMA application_id = {application};", "PRAGMA user_version = 1;"]
            lines += connection.iterdump()
    folder.mkdir(exist_ok=True)
    text = "\n".join(line.rstrip() for line in "\n".join(lines).splitlines())
    (folder / "1.sql").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze(FROZEN)
