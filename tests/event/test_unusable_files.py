"""An event file that can't be used, as the command line tells it: one sentence, status 3."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.schema import APPLICATION_ID, SCHEMA_VERSION
from screens.commands.front import main
from tests.event.small_events import make

ROOT = Path(__file__).resolve().parents[2]

COMMANDS = (
    ["status"],
    ["verify"],
    ["verify", "--rebuild"],
    ["people"],
    ["find", "ada"],
    ["in", "ada"],
    ["undo"],
    ["tables"],
    ["roll-call"],
    ["backup", "copy.checkin"],
    ["export", "attendance", "out.csv"],
    ["badges", "out.pdf"],
)


def missing(path: Path) -> None:
    path.unlink(missing_ok=True)


def empty(path: Path) -> None:
    path.touch()


def folder(path: Path) -> None:
    path.mkdir()


def a_list(path: Path) -> None:
    path.write_text("given_name,family_name\nAda,Lovelace\n", encoding="utf-8")


def another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE people (id)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.execute("CREATE TABLE person (id)")


def damaged(path: Path) -> None:
    make(path)
    os.truncate(path, path.stat().st_size - 5000)


def without_settings(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM setting")
        connection.commit()


UNUSABLE = [
    (missing, "is not there"),
    (empty, "is empty"),
    (folder, "is a folder"),
    (a_list, "is not an event file"),
    (another_program, "not an event of this program"),
    (newer, "newer program"),
    (damaged, "damaged"),
    (without_settings, "damaged"),
]


@pytest.mark.parametrize(("spoil", "words"), UNUSABLE)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_says_in_one_line_what_is_wrong_with_the_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    spoil: Callable[[Path], None],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "event.checkin"
    spoil(path)
    before = sorted(os.listdir(tmp_path))
    assert main(["--event", str(path), *command]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err
    assert told.err.count("\n") == 1
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize(("spoil", "words"), UNUSABLE)
def test_a_real_process_ends_with_status_3_and_no_traceback(
    tmp_path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / "event.checkin"
    spoil(path)
    done = subprocess.run(
        [sys.executable, "-m", "checkin", "status", "--json", "--event", str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("spoil", "words"), UNUSABLE[:6])
def test_what_is_no_backup_is_told_alike(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], None],
    words: str,
) -> None:
    path = tmp_path / "backup.checkin"
    spoil(path)
    assert main(["restore-test", str(path)]) == 3
    assert words in capsys.readouterr().err


def test_a_busy_event_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("db.engine.BUSY_SECONDS", 0.2)
    path = tmp_path / "event.checkin"
    make(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert main(["--event", str(path), "in", "Ada1"]) == 3
        assert "busy" in capsys.readouterr().err
        assert main(["--event", str(path), "status"]) == 0
        other.execute("ROLLBACK")
    assert main(["--event", str(path), "in", "Ada1"]) == 0


def test_no_event_is_ever_made_over_another_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "thesis.docx"
    path.write_text("years of work")
    assert main(["new", str(path), "--title", "T", "--date", "2027-03-10"]) == 3
    assert main(["demo", "--no-open", str(path)]) == 3
    assert "there already" in capsys.readouterr().err
    assert path.read_text() == "years of work"
