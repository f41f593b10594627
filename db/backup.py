"""Online backup of an event file, taken while desks go on writing.

The copy is complete, checked, in one file, and appears under its name only when it is whole. It is
a file of its own: desks that write to it begin new sequences there.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db.engine import open_raw, said
from db.errors import EventFileError
from db.event_file import appear, draft_of, refuse_at_a_glance, remove_draft, whole_path
from db.schema import incarnation

Progress = Callable[[int, int], None]

_PAGES_AT_ONCE = 512


def back_up(source: Path, target: Path, progress: Progress | None = None) -> int:
    """Copies the event file `source` to a new file `target`; returns the journal entries in it.

    `progress` is told (pages done, pages in all). On an EventFileError `target` is not there.
    """
    source, target = whole_path(source), whole_path(target)
    refuse_at_a_glance(source)
    if os.path.lexists(target):
        raise EventFileError(f"{target} is there already. Choose another name for the backup.")
    if not target.parent.is_dir():
        raise EventFileError(f"The folder {target.parent} is not there. Make it first.")
    draft = draft_of(target)
    try:
        with closing(_snapshot(source)) as origin:
            entries = _copy(origin, source, draft, target, progress)
        _to_disk(draft)
        appear(draft, target)
        return entries
    except OSError as error:
        raise EventFileError(f"{target} can't be written: {error.strerror}.") from error
    finally:
        remove_draft(draft)


def _snapshot(source: Path) -> sqlite3.Connection:
    """Returns a connection that sees `source` as it is now, however much is written meanwhile.

    Without that, SQLite begins the copy again whenever somebody writes, perhaps for ever.
    """
    with said(source):
        # Opened like any other: a read-only connection would leave its log beside the file.
        origin = open_raw(source)
        try:
            origin.isolation_level = None
            origin.execute("PRAGMA query_only=ON")
            origin.execute("BEGIN")
            origin.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            origin.close()
            raise
        return origin


def _copy(
    origin: sqlite3.Connection,
    source: Path,
    draft: Path,
    target: Path,
    progress: Progress | None,
) -> int:
    def tell(_status: int, left: int, total: int) -> None:
        if progress is not None:
            progress(total - left, total)

    with said(target), closing(sqlite3.connect(draft, isolation_level=None)) as copy:
        try:
            origin.backup(copy, pages=_PAGES_AT_ONCE, progress=tell)
            (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname not in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
                raise
            found = "its pages can't be read"
        if found != "ok":
            raise EventFileError(f"{source} is damaged: {found}. No backup was written.")
        (entries,) = copy.execute("SELECT count(*) FROM journal").fetchone()
        copy.execute(f"DELETE FROM {incarnation.name}")
        # One file to hand over: nothing may be left in a log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        return int(entries)


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
