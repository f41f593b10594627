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
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from db.errors import EventFileError

BUSY_SECONDS: Final = 15.0
"""How long a write waits for another process to finish its own before it gives up."""

_PRAGMAS: Final = (
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("busy_timeout", str(int(BUSY_SECONDS * 1000)), int(BUSY_SECONDS * 1000)),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cache_size", "-16000", -16000),
)


def connect(path: Path) -> Engine:
    """Returns an engine on the event file at `path`; opens nothing yet."""
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        pool_size=3,
        max_overflow=-1,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: `_begin` says which kind.
    connection.isolation_level = None
    for name, value, expected in _PRAGMAS:
        connection.execute(f"PRAGMA {name}={value}")
        (got,) = connection.execute(f"PRAGMA {name}").fetchone()
        if got != expected:
            raise EventFileError(f"SQLite did not accept {name}={value}; it says {got}.")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


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
    """Turns SQLite's errors inside the block into one EventFileError that names the file."""
    try:
        yield
    except DBAPIError as error:
        raise EventFileError(sentence(error.orig, path)) from error
    except (sqlite3.Error, DatabaseError) as error:
        raise EventFileError(sentence(error, path)) from error


def sentence(error: BaseException | None, path: Path) -> str:
    """Returns what SQLite's `error` means to a person, and what to do about it."""
    text = str(error).lower()
    if "full" in text or "disk i/o" in text or "too large" in text:
        return f"The disk is full: nothing was written to {path}. Make room, then do it again."
    if "locked" in text or "busy" in text:
        return f"{path} is busy: another program has been writing for long. Try again."
    if "readonly" in text or "read-only" in text:
        return f"{path} is read-only: nothing was written. Allow writing, or copy it elsewhere."
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return f"{path} is damaged. Open the last backup (checkin restore-test proves one)."
    if "unable to open" in text:
        return f"{path} can't be opened. Is the folder there, and may you write in it?"
    return f"{path} can't be used: {error}."
