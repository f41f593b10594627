"""Proof that an event file is whole: the journal's chain, the folds, the file; and backups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from checkin.errors import EventFileError
from checkin.event.session import EventSession
from db.backup import back_up as copy_file
from db.event_file import open_event_file, utc_now, version_of
from db.folds import rebuild, replayed, stored
from db.journal import first_bad, head
from db.kinds import EntryKind

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Proof:
    """What `verify` found. `first_bad` is the id of the first entry that can't be trusted."""

    ok: bool
    entries: int
    first_bad: str | None
    say: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written: the file, and how many journal entries it holds."""

    file: Path
    entries: int


def verify(session: EventSession) -> Proof:
    """Checks the file's pages, the journal's chain and the folds. Writes nothing."""
    with session.reading() as connection:
        (pages,) = connection.exec_driver_sql("PRAGMA integrity_check(1)").one()
        bad = first_bad(connection)
        entries = head(connection)
        # A journal that can't be trusted is nothing to compare the folds with.
        same = replayed(connection) == stored(connection) if bad is None else None
    say = (
        "The file is whole." if pages == "ok" else f"The file is damaged: {pages}.",
        f"The journal's chain holds over {entries} entries."
        if bad is None
        else f"The journal's chain breaks at entry {bad}: somebody changed it, or the disk did. "
        "Open the last backup.",
        _FOLDS_SAY[same],
    )
    return Proof(pages == "ok" and same is True, entries, bad, say)


_FOLDS_SAY: Final = {
    True: "What the screens show is what the journal says.",
    False: "What the screens show differs from the journal; `checkin verify --rebuild` mends it.",
    None: "What the screens show was not compared with it.",
}


def rebuild_folds(session: EventSession) -> None:
    """Drops what the screens show and writes it again from the journal.

    Raises EventFileError when the journal's chain is broken: the folds may then be all there is.
    """
    with session.writing() as writer:
        bad = first_bad(writer.connection)
        if bad is not None:
            raise EventFileError(
                f"The journal can't be trusted from entry {bad} on; nothing was rebuilt from it. "
                "Open the last backup."
            )
        rebuild(writer.connection)


def back_up(session: EventSession, target: Path, progress: Progress | None = None) -> Backup:
    """Writes a complete, checked copy of the event to `target` while desks go on working."""
    entries = copy_file(session.path, target, progress)
    with session.writing() as writer:
        writer.record(EntryKind.BACKED_UP, entries=entries)
    return Backup(target, entries)


def restore_test(path: Path) -> Proof:
    """Proves that a backup restores: verifies a copy of it. The backup stays as it is."""
    version_of(path)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "restored.checkin"
        copy_file(path, copy)
        session = EventSession(open_event_file(copy), "restore-test", "", utc_now)
        try:
            return verify(session)
        finally:
            session.close()
