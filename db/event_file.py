"""One event file: make it, refuse what is not one, and open transactions on it.

A file that is missing, empty, not ours, damaged or from a newer program is refused in one sentence;
an older one is backed up and migrated. The file that was opened stays the file: when it is moved or
deleted under us, writes are refused instead of going nowhere.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from db.engine import connect, said, set_write_ahead_log
from db.errors import EventFileError
from db.ids import new_id
from db.schema import APPLICATION_ID, SCHEMA_VERSION, TRIGGERS, incarnation, metadata

_SQLITE_MAGIC: Final = b"SQLite format 3\x00"


class EventFile:
    """An open event file. Use `reading()` and `writing()`; `close()` when done."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.engine = engine
        self._identity = _identity(path)
        self._incarnations: dict[str, str] = {}

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the file for the length of the block."""
        with said(self.path), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One write transaction, taken at once and on disk when the block ends without an error.

        Raises EventFileError when the file is no longer where it was opened, the disk is full or
        another process holds it too long; then nothing of the block was written.
        """
        if _identity(self.path) != self._identity:
            raise EventFileError(
                f"{self.path} was moved or deleted while it was open; nothing more is written. "
                "Put it back and open it again."
            )
        with (
            said(self.path),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def incarnation_of(self, connection: Connection, desk: str) -> str:
        """Returns the id of `desk` in this very file, for entries it writes.

        A copy or a restored backup gets a new one, so two files never continue the same sequence.
        """
        known = self._incarnations.get(desk)
        if known is not None:
            return known
        device, inode = self._identity
        columns = incarnation.c
        found = connection.execute(
            select(columns.incarnation).where(
                columns.desk == desk, columns.device == device, columns.inode == inode
            )
        ).scalar()
        if found is None:
            found = new_id()
            connection.execute(
                insert(incarnation).values(incarnation=found, desk=desk, device=device, inode=inode)
            )
        else:
            self._incarnations[desk] = found
        return found

    def close(self) -> None:
        """Lets go of the file; what was committed is on disk already."""
        self.engine.dispose()


def create_event_file(path: Path) -> EventFile:
    """Makes a new, empty event file at `path` and returns it open. Refuses to write over a file."""
    path = path.expanduser().absolute()
    if path.exists():
        raise EventFileError(f"{path} is there already. Choose another name.")
    if not path.parent.is_dir():
        raise EventFileError(f"The folder {path.parent} is not there. Make it first.")
    # Made under another name, so that a crash leaves no half-made event behind this one.
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with said(path), closing(sqlite3.connect(draft)) as connection:
            _write_schema(connection)
        _appear(draft, path)
    except FileExistsError as error:
        raise EventFileError(f"{path} is there already. Choose another name.") from error
    except OSError as error:
        raise EventFileError(f"{path} can't be made: {error.strerror}.") from error
    finally:
        for leftover in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            leftover.unlink(missing_ok=True)
    return open_event_file(path)


def _write_schema(connection: sqlite3.Connection) -> None:
    dialect = sqlite.dialect()
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("PRAGMA synchronous=FULL")
    for table in metadata.sorted_tables:
        connection.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(str(CreateIndex(index).compile(dialect=dialect)))
    for trigger in TRIGGERS:
        connection.execute(trigger)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    connection.commit()
    set_write_ahead_log(connection, Path("the event file"))


def _appear(draft: Path, path: Path) -> None:
    """Gives `draft` its name, without ever replacing a file that appeared there meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links (a memory stick): the short race is the price.
        draft.rename(path)


def open_event_file(path: Path) -> EventFile:
    """Returns the event file at `path`, migrated when older; EventFileError when it is not one."""
    path = path.expanduser().absolute()
    refuse_at_a_glance(path)
    with said(path), closing(sqlite3.connect(path, timeout=5)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise EventFileError(f"{path} is a database, but not an event of this program.")
        if version > SCHEMA_VERSION:
            raise EventFileError(
                f"{path} was made by a newer program. Update this one, or open it there."
            )
        set_write_ahead_log(connection, path)
    if version < SCHEMA_VERSION:
        from db.migrate import migrate

        migrate(path, version)
    engine = connect(path)
    with said(path), engine.connect() as first:
        # The cheap half of an integrity check; `verify` does the whole.
        first.exec_driver_sql("SELECT count(*) FROM sqlite_schema")
    return EventFile(path, engine)


def refuse_at_a_glance(path: Path) -> None:
    """Raises EventFileError for what can be told without opening a database."""
    if not path.exists():
        raise EventFileError(
            f"{path} is not there. `checkin new` makes an event, `checkin demo` a practice one."
        )
    if not path.is_file():
        raise EventFileError(f"{path} is a folder, not an event file.")
    try:
        with path.open("rb") as file:
            head = file.read(len(_SQLITE_MAGIC))
    except OSError as error:
        raise EventFileError(f"{path} can't be read: {error.strerror}.") from error
    if not head:
        raise EventFileError(f"{path} is empty: it holds no event.")
    if head != _SQLITE_MAGIC:
        raise EventFileError(f"{path} is not an event file. `checkin import` reads a list.")


def _identity(path: Path) -> tuple[str, str]:
    try:
        stat = path.stat()
    except OSError:
        return ("", "")
    return (str(stat.st_dev), str(stat.st_ino))


def utc_now() -> datetime:
    """Returns the device's clock in UTC; the one place where the file's floor reads it."""
    return datetime.now(UTC)
