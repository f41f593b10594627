"""The write-ahead log of an event file: made long in advance, and emptied in a quiet moment.

A write that lengthens the log makes the disk note the new length as well, which takes it about as
long again; and whoever happens to fill the log waits until it is copied into the file. Both are
done here while nobody waits, and neither changes what the file says.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Final

RESERVED: Final = 13 * 2**20
"""Bytes that the log is made long: what is written between two quiet moments, and some more."""

_PIECE: Final = 2**16


def lengthen(connection: sqlite3.Connection, path: Path, size: int) -> None:
    """Makes the log of the event file at `path` at least `size` bytes long, on disk.

    `connection` is one of its own, without a transaction. What it writes for this is taken back:
    SQLite leaves the log as long as it became and writes over it from where it was.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size >= size:
        return
    # So small a memory that what is not committed goes to the log at once.
    connection.execute("PRAGMA cache_size=10")
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("CREATE TABLE room (piece BLOB)")
        for _ in range(size // _PIECE + 1):
            connection.execute("INSERT INTO room VALUES (zeroblob(?))", (_PIECE,))
    finally:
        # On a full disk SQLite has taken it back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    # SQLite's locks are on the other two files: a handle on this one may be closed.
    handle = os.open(log, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_into_the_file(connection: sqlite3.Connection) -> None:
    """Copies the log into the file, as far as nobody reads; the next write starts it anew."""
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
