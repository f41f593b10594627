"""Online backup of an event file, taken while desks go on writing.

The copy is complete, checked, in one file, and appears under its name only when it is whole.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db.engine import said
from db.errors import EventFileError

Progress = Callable[[int, int], None]


def back_up(source: Path, target: Path, progress: Progress | None = None) -> int:
    """Copies the event file `source` to a new file `target`; returns the journal entries in it.

    `progress` is told (pages done, pages in all). On an EventFileError `target` is not there.
    """
    target = target.expanduser().absolute()
    if target.exists():
        raise EventFileError(f"{target} is there already. Choose another name for the backup.")
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with (
            said(target),
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as origin,
            closing(sqlite3.connect(draft)) as copy,
        ):
            origin.backup(
                copy,
                pages=512,
                progress=(lambda _, left, total: progress(total - left, total))
                if progress
                else None,
            )
            (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                raise EventFileError(f"{source} is damaged: {found}. No backup was written.")
            (entries,) = copy.execute("SELECT count(*) FROM journal").fetchone()
            # One file to hand over: nothing may be left in a log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
        _to_disk(draft)
        draft.replace(target)
        return int(entries)
    except OSError as error:
        raise EventFileError(f"{target} can't be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
