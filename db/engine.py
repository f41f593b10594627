"""Connections to one event file: settings that keep what was acknowledged, failures in plain words.

Every connection sets its pragmas and reads them back. A transaction that may write begins with
`BEGIN IMMEDIATE`, because a deferred one that turns into a write fails at once when another desk's
process writes. SQLite's own errors leave here as one sentence.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from db.errors import EventFileError

BUSY_SECONDS: Final = 15.0
"""How long a write waits for another process to finish its own before it gives up."""

_PRAGMAS: Final = (
    ("synchronous", "FULL", 2),
    # On a Mac only this reaches the disk itself; elsewhere it changes nothing.
    ("fullfsync", "ON", 1),
    ("checkpoint_fullfsync", "ON", 1),
    ("foreign_keys", "ON", 1),
    # Without it `INSERT OR REPLACE` would slip past the trigger that refuses deletions.
    ("recursive_triggers", "ON", 1),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cache_size", "-16000", -16000),
    # Pages; `EventFile.tidy` comes before it wherever somebody waits for answers.
    ("wal_autocheckpoint", "3000", 3000),
)


def connect(path: Path) -> Engine:
    """Returns an engine on the event file at `path`; opens nothing yet, and never makes a file."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: open_raw(path),
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=-1,
        # An error's text may reach a log; the values in it are people's.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def open_raw(path: Path) -> sqlite3.Connection:
    """Returns SQLite's own connection to a file that is there, usable from any thread."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
    )


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: `_begin` says which kind.
    connection.isolation_level = None
    waits = int(BUSY_SECONDS * 1000)
    for name, value, expected in (("busy_timeout", str(waits), waits), *_PRAGMAS):
        connection.execute(f"PRAGMA {name}={value}")
        (got,) = connection.execute(f"PRAGMA {name}").fetchone()
        if got != expected:
            raise EventFileError(f"SQLite did not accept {name}={value}; it says {got}.")


def _begin(connection: Connection) -> None:
    raw: Any = connection.connection.driver_connection
    if not writes(connection):
        raw.execute("BEGIN")
    elif not raw.in_transaction:
        raise RuntimeError("a connection that writes is used inside `one_write` only")


@contextmanager
def one_write(connection: Connection) -> Iterator[None]:
    """One transaction that writes, taken at once and committed at the end of the block.

    By the driver, as the toolkit's own way is a twentieth of a scan; what the block does through
    the toolkit happens in the same transaction.
    """
    raw: Any = connection.connection.driver_connection
    raw.execute("BEGIN IMMEDIATE")
    try:
        _look_who_wrote(connection, raw)
        yield
        raw.execute("COMMIT")
    finally:
        # Nothing after a commit; the toolkit is told that what it joined has ended.
        raw.rollback()
        if connection.in_transaction():
            connection.rollback()


def _look_who_wrote(connection: Connection, raw: Any) -> None:
    (version,) = raw.execute("PRAGMA data_version").fetchone()
    info = connection.info
    if not info.pop("kept", False) or info["data_version"] != version:
        info["known"] = {}
    info["data_version"] = version


def writes(connection: Connection) -> bool:
    """Whether the transactions of `connection` may write."""
    return bool(connection.get_execution_options().get("writes", False))


def known(connection: Connection) -> dict[Any, Any]:
    """Returns what a write transaction may remember for the next on its connection, empty at first.

    It is forgotten when anybody else wrote in between, and unless the transaction was `kept`.
    """
    found: dict[Any, Any] = connection.info["known"]
    return found


def keep(connection: Connection) -> None:
    """Says that the transaction that just ended is on disk, so that what is known still holds."""
    connection.info["kept"] = True


def set_write_ahead_log(connection: Any, path: Path) -> None:
    """Puts the file of a raw SQLite `connection` into WAL mode; EventFileError when it can't be."""
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        raise EventFileError(
            f"{path} is on a disk that can't hold an event safely (no write-ahead log). "
            "Copy it to a local disk."
        )


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Turns what SQLite says of the file inside the block into one EventFileError that names it.

    Mistakes of ours (a broken constraint, a misused connection) pass as they are.
    """
    try:
        yield
    except DBAPIError as error:
        if not _about_the_file(error.orig):
            raise
        raise EventFileError(sentence(error.orig, path)) from error
    except sqlite3.Error as error:
        if not _about_the_file(error):
            raise
        raise EventFileError(sentence(error, path)) from error


def _about_the_file(error: BaseException | None) -> bool:
    ours = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)
    return isinstance(error, sqlite3.Error) and not isinstance(error, ours)


def sentence(error: BaseException | None, path: Path) -> str:
    """Returns what SQLite's `error` means to a person, and what to do about it."""
    name = getattr(error, "sqlite_errorname", None) or ""
    for start, meaning in _MEANINGS:
        if name.startswith(start):
            return meaning.format(path=path)
    if "could not decode" in str(error).lower():
        return _DAMAGED.format(path=path)
    return f"{path} can't be used: {error}."


_DAMAGED: Final = "{path} is damaged. Open the last backup (checkin restore-test proves one)."

_MEANINGS: Final = (
    (
        "SQLITE_FULL",
        "The disk is full: nothing was written to {path}. Make room, then do it again.",
    ),
    (
        "SQLITE_IOERR_READ",
        "{path} can't be read: the disk fails. Copy the file to another disk and open it there.",
    ),
    (
        "SQLITE_IOERR",
        "The disk does not take what is written to {path}: it is full or fails. "
        "Nothing was written; make room, then do it again.",
    ),
    ("SQLITE_BUSY", "{path} is busy: another program has been writing for long. Try again."),
    ("SQLITE_LOCKED", "{path} is busy: another program has been writing for long. Try again."),
    (
        "SQLITE_READONLY",
        "{path} is read-only: nothing was written. Allow writing, or copy it elsewhere.",
    ),
    ("SQLITE_CORRUPT", _DAMAGED),
    ("SQLITE_NOTADB", _DAMAGED),
    ("SQLITE_CANTOPEN", "{path} can't be opened. Is the folder there, and may you write in it?"),
    ("SQLITE_PERM", "{path} can't be opened. Is the folder there, and may you write in it?"),
)
"""What the start of SQLite's error name means, the first that fits."""
