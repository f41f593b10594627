"""Proof that an event file is whole: the journal's chain, the folds, the file; and backups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from checkin.event.session import EventSession
from db.backup import back_up as copy_file
from db.event_file import open_event_file, refuse_at_a_glance, utc_now
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
        same = replayed(connection) == stored(connection)
    say = (
        "The file is whole." if pages == "ok" else f"The file is damaged: {pages}.",
        f"The journal's chain holds over {entries} entries."
        if bad is None
        else f"The journal's chain breaks at entry {bad}: somebody changed it, or the disk did.",
        "What the screens show is what the journal says."
        if same
        else "What the screens show differs from the journal; `checkin verify --rebuild` mends it.",
    )
    return Proof(pages == "ok" and bad is None and same, entries, bad, say)


def rebuild_folds(session: EventSession) -> None:
    """Drops what the screens show and writes it again from the journal."""
    with session.writing() as writer:
        rebuild(writer.connection)


def back_up(session: EventSession, target: Path, progress: Progress | None = None) -> Backup:
    """Writes a complete, checked copy of the event to `target` while desks go on working."""
    entries = copy_file(session.path, target, progress)
    with session.writing() as writer:
        writer.record(EntryKind.BACKED_UP, entries=entries)
    return Backup(target, entries)


def restore_test(path: Path) -> Proof:
    """Proves that a backup restores: verifies a copy of it. The backup stays as it is."""
    refuse_at_a_glance(path)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "restored.checkin"
        copy_file(path, copy)
        session = EventSession(open_event_file(copy), "restore-test", "", utc_now)
        try:
            return verify(session)
        finally:
            session.close()
