"""One event file: make it, refuse what is not one, and open transactions on it.

A file that is missing, empty, not ours, damaged or from a newer program is refused in one sentence;
an older one is backed up and migrated. The file that was opened stays the file: when it is moved or
deleted under us, writes are refused instead of going nowhere.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from db.engine import connect, keep, one_write, open_raw, said, set_write_ahead_log
from db.errors import EventFileError
from db.identity import identity_of, place_of
from db.ids import new_id
from db.log import RESERVED, copy_into_the_file, lengthen
from db.schema import APPLICATION_ID, SCHEMA_VERSION, TRIGGERS, incarnation, metadata
from db.turns import Turns

_LOOKED_THROUGH: Final = 4096
"""Pages (of 4 KB) up to which a file is looked through whenever it is opened: some 20 ms."""


_FILLED: Final = 250
"""Writes (of some ten pages each) after which the log is copied into the file in a quiet moment.

Well before SQLite does it by itself (`db.engine`), in the middle of somebody's write.
"""


class EventFile:
    """An open event file. Use `reading()` and `writing()`; `close()` when done."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.engine = engine
        self._identity = identity_of(path)
        self._place = place_of(path)
        self._incarnations: dict[str, str] = {}
        self._turns = Turns(path)
        self._kept: list[Connection] = []
        """The connection that wrote last, while nobody writes."""
        self._written = 0
        """Writes since the log was last copied into the file."""

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
        with (
            self._turns.turn(),
            said(self.path),
            self._to_write_with() as connection,
            one_write(connection),
        ):
            try:
                yield connection
                self._refuse_when_elsewhere()
            except BaseException:
                # One that was made in this transaction goes with it.
                self._incarnations.clear()
                raise

    @contextmanager
    def _to_write_with(self) -> Iterator[Connection]:
        """A connection for one write, kept for the next: taking one anew is a tenth of a scan.

        Another thread that writes meanwhile gets its own, and so does whoever comes after an error.
        """
        try:
            connection = self._kept.pop()
        except IndexError:
            self._refuse_when_gone()
            connection = self.engine.connect().execution_options(writes=True)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        keep(connection)
        self._written += 1
        if self._kept:
            connection.close()
        else:
            self._kept.append(connection)

    def _refuse_when_gone(self) -> None:
        # SQLite itself goes on writing into a deleted file and answers that all is well.
        if identity_of(self.path) != self._identity:
            raise EventFileError(self._gone())

    def _refuse_when_elsewhere(self) -> None:
        # While a connection has the file open, no other file can get its inode: that is enough.
        if place_of(self.path) != self._place:
            raise EventFileError(self._gone())

    def _gone(self) -> str:
        return (
            f"{self.path} was moved or deleted while it was open; nothing more is written. "
            "Put it back and open it again."
        )

    def incarnation_of(self, connection: Connection, desk: str) -> str:
        """Returns the id of `desk` in this very file, for entries it writes.

        A copy or a restored backup gets a new one, so two files never continue the same sequence.
        """
        device, inode = self._identity
        own = {"of_desk": desk, "of_device": device, "of_inode": inode}
        if desk in self._incarnations:
            return self._incarnations[desk]
        found = connection.execute(_INCARNATION, own).scalar()
        if found is not None:
            self._incarnations[desk] = str(found)
        else:
            found = new_id()
            connection.execute(
                insert(incarnation).values(incarnation=found, desk=desk, device=device, inode=inode)
            )
        return str(found)

    def reserve(self, size: int = RESERVED) -> None:
        """Makes the log long in advance, so that a write takes about half as long to be on disk.

        May run beside other calls, which wait some hundredths of a second for it at most.
        """
        with (
            self._turns.turn(),
            said(self.path),
            closing(open_raw(self.path)) as connection,
        ):
            lengthen(connection, self.path, size)

    def tidy(self, filled: int = _FILLED) -> None:
        """Copies the log into the file when at least `filled` writes stand in it.

        For a moment in which nobody waits: a write that finds the log full does it on its way.
        """
        if self._written < filled:
            return
        self._written = 0
        with said(self.path), closing(open_raw(self.path)) as connection:
            copy_into_the_file(connection)

    def optimize(self) -> None:
        """Refreshes the statistics by which SQLite chooses its way; cheap when little changed."""
        with said(self.path), self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA optimize")

    def close(self) -> None:
        """Lets go of the file; what was committed is on disk already."""
        while self._kept:
            self._kept.pop().close()
        self._turns.close()
        self.engine.dispose()


# Asked at every act: built once.
_INCARNATION = select(incarnation.c.incarnation).where(
    incarnation.c.desk == bindparam("of_desk"),
    incarnation.c.device == bindparam("of_device"),
    incarnation.c.inode == bindparam("of_inode"),
)


Fill = Callable[[EventFile, Connection], None]


def create_event_file(path: Path, fill: Fill | None = None) -> EventFile:
    """Makes a new event file at `path` and returns it open. Refuses to write over a file.

    `fill` writes what the event starts with; the file has its name only when that is on disk too.
    """
    path = whole_path(path)
    if os.path.lexists(path):
        raise EventFileError(f"{path} is there already. Choose another name.")
    if not path.parent.is_dir():
        raise EventFileError(f"The folder {path.parent} is not there. Make it first.")
    draft = draft_of(path)
    try:
        with said(path), closing(sqlite3.connect(draft)) as connection:
            _write_schema(connection)
        if fill is not None:
            _fill(draft, path, fill)
        appear(draft, path)
    except OSError as error:
        raise EventFileError(f"{path} can't be made: {error.strerror}.") from error
    finally:
        remove_draft(draft)
    return open_event_file(path)


def _write_schema(connection: sqlite3.Connection) -> None:
    dialect = sqlite.dialect()
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("BEGIN")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    for table in metadata.sorted_tables:
        connection.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(str(CreateIndex(index).compile(dialect=dialect)))
    for trigger in TRIGGERS:
        connection.execute(trigger)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    connection.execute("COMMIT")
    set_write_ahead_log(connection, Path("the event file"))


def _fill(draft: Path, path: Path, fill: Fill) -> None:
    file = EventFile(draft, connect(draft))
    try:
        with said(path), file.writing() as connection:
            fill(file, connection)
    finally:
        # The last one to leave moves everything from the log into the file.
        file.close()


def whole_path(path: Path) -> Path:
    """Returns `path` from the root of the disk, `~` resolved when it names somebody's home."""
    # `~` before a name that nobody has is a name like any other.
    with suppress(RuntimeError):
        path = path.expanduser()
    return path.absolute()


def draft_of(path: Path) -> Path:
    """Returns the name under which a file is made before it appears as `path`, free to use.

    A crash then leaves no half-made file behind that name.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    remove_draft(draft)
    return draft


def remove_draft(draft: Path) -> None:
    """Removes a draft and what SQLite may have left beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        # In a folder that can't be written to any more, the caller's own error says so.
        with suppress(OSError):
            Path(f"{draft}{suffix}").unlink(missing_ok=True)


def appear(draft: Path, path: Path) -> None:
    """Gives the finished `draft` its name for good, and never replaces a file already there.

    Raises EventFileError when there is one, OSError when the disk refuses.
    """
    try:
        os.link(draft, path)
    except FileExistsError as error:
        raise EventFileError(f"{path} is there already. Choose another name.") from error
    except OSError:
        # A disk without hard links (a memory stick): the short race is the price.
        draft.rename(path)
    if os.name == "posix":
        # A name is on disk only when its folder is. Some network disks refuse to say so.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            with suppress(OSError):
                os.fsync(folder)
        finally:
            os.close(folder)


def open_event_file(path: Path) -> EventFile:
    """Returns the event file at `path`, migrated when older; EventFileError when it is not one."""
    path = whole_path(path)
    version = version_of(path)
    if version < SCHEMA_VERSION:
        from db.migrate import migrate

        migrate(path, version)
    with said(path), closing(open_raw(path)) as connection:
        set_write_ahead_log(connection, path)
        _look_through(connection, path)
    return EventFile(path, connect(path))


def _look_through(connection: sqlite3.Connection, path: Path) -> None:
    """Raises EventFileError when pages are damaged; a big file is left to `verify`."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    if pages <= _LOOKED_THROUGH:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise EventFileError(
                f"{path} is damaged. Open the last backup (checkin restore-test proves one)."
            )


def version_of(path: Path) -> int:
    """Returns the schema version of the event file at `path`; EventFileError when it is not one."""
    refuse_at_a_glance(path)
    try:
        with said(path), closing(open_raw(path)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
    except EventFileError as error:
        # The file is only ever read through SQLite: closing a handle of our own on it would drop
        # the locks that another connection of this process holds.
        if getattr(error.__cause__, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise EventFileError(
                f"{path} is not an event file. `checkin import` reads a list."
            ) from error
        raise
    if application != APPLICATION_ID:
        raise EventFileError(f"{path} is a database, but not an event of this program.")
    if version > SCHEMA_VERSION:
        raise EventFileError(
            f"{path} was made by a newer program. Update this one, or open it there."
        )
    if version < 1:
        raise EventFileError(f"{path} is damaged: it says it is older than the first event file.")
    return int(version)


def refuse_at_a_glance(path: Path) -> None:
    """Raises EventFileError for what can be told without opening the file."""
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise EventFileError(
            f"{path} is not there. `checkin new` makes an event, `checkin demo` a practice one."
        ) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise EventFileError(f"{path} can't be read: {why}.") from error
    if stat.S_ISDIR(found.st_mode):
        raise EventFileError(f"{path} is a folder, not an event file.")
    if not stat.S_ISREG(found.st_mode):
        raise EventFileError(f"{path} is not a file.")
    if not found.st_size:
        raise EventFileError(f"{path} is empty: it holds no event.")


def utc_now() -> datetime:
    """Returns the device's clock in UTC; the one place where the file's floor reads it."""
    return datetime.now(UTC)
