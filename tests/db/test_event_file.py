"""The event file: what is refused, in which words, and what it keeps to while it is open."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db.errors import EventFileError
from db.event_file import open_event_file, utc_now
from db.journal import Author, Draft, append, head
from db.kinds import EntryKind
from db.schema import APPLICATION_ID, SCHEMA_VERSION
from tests.db.event_files import a_plain_user, arrive, csv, empty, entries_in, folder, one_sentence

# ---- what is no event file


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + b"\x00" * 5000)


def short(path: Path) -> None:
    path.write_bytes(b"SQLite")


def other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE journal (id)")


def with_header(path: Path, application: int, version: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("CREATE TABLE something (id)")


def newer(path: Path) -> None:
    with_header(path, APPLICATION_ID, SCHEMA_VERSION + 1)


def without_version(path: Path) -> None:
    with_header(path, APPLICATION_ID, 0)


def socket(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _: None, "is not there"),
        (folder, "is a folder"),
        (empty, "is empty"),
        (pdf, "is not an event file"),
        (csv, "is not an event file"),
        (short, "is not an event file"),
        (other_program, "not an event of this program"),
        (newer, "newer program"),
        (without_version, "damaged"),
        (socket, "is not a file"),
    ],
)
def test_what_is_no_event_is_refused_in_one_sentence_and_left_alone(
    path: Path, make: Callable[[Path], None], words: str
) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(EventFileError, match=words) as refused:
        open_event_file(path)
    assert one_sentence(str(refused.value))
    assert str(path) in str(refused.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert os.listdir(path.parent) == ([path.name] if os.path.lexists(path) else [])


def test_a_path_no_file_can_have_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / ("x" * 300), tmp_path / "a\0b"):
        with pytest.raises(EventFileError):
            open_event_file(path)


# ---- what was one


def truncated(event: Path) -> None:
    os.truncate(event, event.stat().st_size - 4096)


def cut_in_a_page(event: Path) -> None:
    os.truncate(event, event.stat().st_size // 2 + 100)


def page_of_zeros(event: Path, page: int = 1) -> None:
    with event.open("r+b") as file:
        file.seek(4096 * page)
        file.write(bytes(4096))


def garbage_in_the_middle(event: Path) -> None:
    with event.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(bytes(range(256)) * 16)


def schema_gone(event: Path) -> None:
    page_of_zeros(event, 0)


@pytest.mark.parametrize(
    "hurt", [truncated, cut_in_a_page, page_of_zeros, garbage_in_the_middle, schema_gone]
)
def test_a_damaged_file_is_refused_when_it_is_opened(
    event: Path, hurt: Callable[[Path], None]
) -> None:
    hurt(event)
    before = event.read_bytes()
    with pytest.raises(EventFileError, match=r"damaged|not an event file") as refused:
        open_event_file(event)
    assert one_sentence(str(refused.value))
    assert event.read_bytes() == before


def test_damage_to_any_page_is_refused(event: Path, tmp_path: Path) -> None:
    whole = event.read_bytes()
    for page in range(len(whole) // 4096):
        hurt = tmp_path / "hurt.checkin"
        hurt.write_bytes(whole[: page * 4096] + b"\xff" * 4096 + whole[(page + 1) * 4096 :])
        with pytest.raises(EventFileError):
            open_event_file(hurt)


def test_damage_met_on_the_way_is_one_sentence_too(event: Path) -> None:
    file = open_event_file(event)
    with closing(sqlite3.connect(event)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for page in range(1, event.stat().st_size // 4096):
        page_of_zeros(event, page)
    with pytest.raises(EventFileError, match="damaged") as refused:
        arrive(file)
    assert one_sentence(str(refused.value))
    file.close()


# ---- locked, read-only, gone


@contextmanager
def somebody_writes(path: Path) -> Iterator[None]:
    """Another process that holds a write transaction for the length of the block."""
    code = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
        "c.execute('ROLLBACK')\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdin is not None
    assert other.stdout.readline() == "held\n"
    try:
        yield
    finally:
        other.stdin.close()
        other.wait(10)
        other.stdout.close()


def test_a_file_that_another_program_holds_too_long_is_busy(
    event: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.BUSY_SECONDS", 0.3)
    file = open_event_file(event)
    with somebody_writes(event):
        began = time.monotonic()
        with pytest.raises(EventFileError, match="busy") as refused:
            arrive(file)
        assert 0.25 < time.monotonic() - began < 5
        assert one_sentence(str(refused.value))
        with file.reading() as connection:
            assert head(connection) == 50
    arrive(file)
    file.close()
    assert entries_in(event) == 51


def test_a_short_wait_is_not_noticed(event: Path) -> None:
    file = open_event_file(event)
    with somebody_writes(event):
        later = threading.Thread(target=arrive, args=(file,))
        later.start()
        later.join(0.2)
        assert later.is_alive()
    later.join(10)
    file.close()
    assert entries_in(event) == 51


def test_a_suspended_program_with_the_turn_holds_nobody_up(
    event: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A turn is a courtesy: whoever keeps it without writing is passed after a while."""
    import fcntl

    monkeypatch.setattr("db.turns.PATIENCE", 0.2)
    handle = os.open(event.parent, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    file = open_event_file(event)
    arrive(file)
    os.close(handle)
    arrive(file)
    file.close()
    assert entries_in(event) == 52


def test_a_read_only_file_can_be_read_and_says_so_when_written(
    event: Path, open_folder: Path
) -> None:
    path = open_folder / "event.checkin"
    shutil.copyfile(event, path)
    with a_plain_user(open_folder):
        path.chmod(0o444)
        file = open_event_file(path)
        with file.reading() as connection:
            assert head(connection) == 50
        with pytest.raises(EventFileError, match="read-only") as refused:
            arrive(file)
        file.close()
    assert one_sentence(str(refused.value))
    assert entries_in(path) == 50


def test_a_file_that_may_not_be_read_is_refused(event: Path, open_folder: Path) -> None:
    path = open_folder / "event.checkin"
    shutil.copyfile(event, path)
    with a_plain_user(open_folder):
        path.chmod(0)
        with pytest.raises(EventFileError, match="can't be opened") as refused:
            open_event_file(path)
        open_folder.chmod(0)
        with pytest.raises(EventFileError, match="can't be read"):
            open_event_file(path)
        open_folder.chmod(0o700)
    assert one_sentence(str(refused.value))


@pytest.mark.parametrize("fate", ["deleted", "moved", "replaced", "folder moved"])
def test_a_file_that_goes_away_while_open_takes_no_more_writes(event: Path, fate: str) -> None:
    """SQLite would go on, answer that all is well, and keep nothing."""
    file = open_event_file(event)
    arrive(file)
    away = event.with_name("away.checkin")
    if fate == "deleted":
        event.unlink()
    elif fate == "moved":
        event.rename(away)
    elif fate == "replaced":
        shutil.copyfile(event, away)
        away.replace(event)
    else:
        event.parent.rename(event.parent.with_name("elsewhere"))
    with pytest.raises(EventFileError, match="moved or deleted") as refused:
        arrive(file)
    assert one_sentence(str(refused.value))
    file.close()
    assert event.exists() == (fate == "replaced")


def test_a_file_that_was_put_back_goes_on(event: Path) -> None:
    file = open_event_file(event)
    away = event.rename(event.with_name("away.checkin"))
    with pytest.raises(EventFileError, match="moved or deleted"):
        arrive(file)
    away.rename(event)
    arrive(file)
    file.close()
    assert entries_in(event) == 51


def test_a_file_deleted_in_the_middle_of_an_act_takes_nothing_of_it(event: Path) -> None:
    file = open_event_file(event)
    away = event.with_name("away.checkin")

    def act() -> None:
        with file.writing() as connection:
            append(connection, file, Author("door", "", utc_now()), Draft(EntryKind.DEPARTED, "x"))
            event.rename(away)

    with pytest.raises(EventFileError, match="moved or deleted"):
        act()
    file.close()
    for suffix in ("-wal", "-shm"):
        Path(f"{event}{suffix}").unlink(missing_ok=True)
    assert entries_in(away) == 50
