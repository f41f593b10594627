"""The event file: what is refused, in which words, and what it keeps to while it is open."""

from __future__ import annotations

import os
import re
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
from sqlalchemy.exc import IntegrityError

from db.errors import EventFileError
from db.event_file import EventFile, create_event_file, open_event_file, utc_now
from db.journal import Author, Draft, append, head
from db.kinds import EntryKind
from db.schema import APPLICATION_ID, SCHEMA_VERSION, metadata

NOBODY = 65534
"""The user id that owns nothing."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "event.checkin"


@pytest.fixture
def event(path: Path) -> Path:
    """A sound event file with some entries, closed."""
    file = create_event_file(path)
    for _ in range(50):
        arrive(file)
    file.close()
    return path


def arrive(file: EventFile, desk: str = "door") -> None:
    with file.writing() as connection:
        append(connection, file, Author(desk, "", utc_now()), Draft(EntryKind.ARRIVED, "somebody"))


def entries_in(path: Path) -> int:
    file = open_event_file(path)
    try:
        with file.reading() as connection:
            return head(connection)
    finally:
        file.close()


def one_sentence(text: str) -> bool:
    """Whether an error's text fits one line and holds nothing a person can't read."""
    return (
        "\n" not in text and text.endswith((".", "?")) and "Error" not in text and "SQL" not in text
    )


# ---- what is no event file


def folder(path: Path) -> None:
    path.mkdir()


def empty(path: Path) -> None:
    path.touch()


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + b"\x00" * 5000)


def csv(path: Path) -> None:
    path.write_text("given_name,family_name\nAda,Lovelace\n", encoding="utf-8")


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


@contextmanager
def a_plain_user(folder: Path) -> Iterator[None]:
    """Runs the block without root's rights, which no permission binds; `folder` is theirs."""
    if os.geteuid() != 0:
        yield
        return
    for each in (folder, *folder.iterdir()):
        os.chown(each, NOBODY, NOBODY)
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can get to; pytest's own are closed to others."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


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


# ---- making one


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


# ---- while it is open


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
