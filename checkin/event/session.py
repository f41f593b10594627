"""An open event at one desk: the handle that every service works through.

It reads and writes the event file, knows which desk and operator speak, and what time it is. A
service opens a transaction here and nowhere else; an act is on disk when the block ends.
"""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from checkin.errors import CheckinError, EventFileError, RefusedError
from checkin.event import remembered
from checkin.event.settings import EventSettings, as_values, from_values
from checkin.text import clean
from db.engine import known, writes
from db.event_file import EventFile, create_event_file, open_event_file, utc_now
from db.folds import fold, fold_first
from db.journal import Author, Draft, Entry, append, head, newest
from db.kinds import GROUP_KINDS, EntryKind
from db.prepared import Prepared
from db.schema import seating_round
from db.settings import read_settings, write_settings

Clock = Callable[[], datetime]


@dataclass(slots=True)
class Tip:
    """The newest entry of the journal: its position and its time (None when there is none)."""

    position: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Writer:
    """A write transaction under way: its connection, and the one way to write the journal.

    `tip` goes along with every entry written, so that nobody needs to ask the file for it.
    """

    connection: Connection
    file: EventFile
    author: Author
    tip: Tip

    def record(
        self,
        kind: EntryKind,
        subject: str | None = None,
        *,
        refers_to: str | None = None,
        **payload: Any,
    ) -> Entry:
        """Writes one act to the journal, brings the folds up to date and returns its entry.

        Payload values that are None are left out.
        """
        entry = self._append(kind, subject, refers_to, payload)
        fold(self.connection, entry)
        return entry

    def record_first(self, kind: EntryKind, subject: str, **payload: Any) -> Entry:
        """Writes an act as `record` does, about a person of whom nothing is written yet."""
        entry = self._append(kind, subject, None, payload)
        fold_first(self.connection, entry)
        return entry

    def _append(
        self, kind: EntryKind, subject: str | None, refers_to: str | None, payload: dict[str, Any]
    ) -> Entry:
        kept = {name: value for name, value in payload.items() if value is not None}
        if kind in GROUP_KINDS or kind is EntryKind.UNDONE:
            known(self.connection).pop("round", None)
        draft = Draft(kind, subject, refers_to, kept)
        entry = append(self.connection, self.file, self.author, draft)
        self.tip.position, self.tip.at = entry.position, entry.at
        return entry


class EventSession:
    """One event, open at one desk. Make it with `open_event`; `close()` when done."""

    def __init__(self, file: EventFile, desk: str, operator: str, clock: Clock) -> None:
        self.file = file
        self.desk = desk
        self.operator = operator
        self.clock = clock
        self._seen = 0
        with file.reading() as connection:
            self.settings = self._read_settings(connection)
            self._seen = head(connection)

    @property
    def path(self) -> Path:
        """The event file."""
        return self.file.path

    def now(self) -> datetime:
        """The clock's reading, aware, in UTC."""
        return self.clock()

    def local(self, at: datetime) -> datetime:
        """Returns `at` on the wall clock of the event's zone."""
        return at.astimezone(self.settings.zone)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the event for the length of the block."""
        with self.file.reading() as connection:
            yield connection

    @contextmanager
    def writing(self, at: datetime | None = None) -> Iterator[Writer]:
        """One write transaction; `at` is when its acts happened, now when None."""
        author = Author(self.desk, self.operator, at or self.now())
        with self.file.writing() as connection:
            memory = known(connection)
            tip: Tip = memory.get("tip") or Tip(*newest(connection))
            memory["tip"] = tip
            before = tip.position
            yield Writer(connection, self.file, author, tip)
        # What we wrote ourselves is no news; what came in between is.
        if before == self._seen:
            self._seen = tip.position

    def changed_elsewhere(self) -> bool:
        """Whether another process wrote to the event since this was last asked (or opened)."""
        with self.file.reading() as connection:
            now = head(connection)
            if now == self._seen:
                return False
            self.settings = self._read_settings(connection)
        self._seen = now
        return True

    def change_settings(self, settings: EventSettings) -> None:
        """Writes the settings that differ from this session's; the journal notes the change.

        What another desk changed meanwhile stays, unless it is the same setting.
        """
        known = as_values(self.settings)
        changed = {key: value for key, value in as_values(settings).items() if value != known[key]}
        with self.writing() as writer:
            write_settings(writer.connection, changed)
            # Refused here, when both changes together make no sense.
            together = from_values(read_settings(writer.connection))
            writer.record(EntryKind.SETTINGS_CHANGED)
        self.settings = together

    def _read_settings(self, connection: Connection) -> EventSettings:
        try:
            return from_values(read_settings(connection))
        except (TypeError, ValueError, RefusedError) as error:
            raise EventFileError(
                f"{self.path} is damaged: its settings make no sense. Open the last backup."
            ) from error

    def reserve(self) -> None:
        """Prepares the disk for the acts to come, so that each is on it sooner; changes nothing."""
        self.file.reserve()

    def tidy(self) -> None:
        """Does what would otherwise make some act wait; for a moment in which nobody does."""
        self.file.tidy()
        # What the last acts left behind: a twentieth of a scan, else taken in the midst of one.
        gc.collect(1)

    def optimize(self) -> None:
        """Lets SQLite look at its tables again after much has changed."""
        self.file.optimize()

    def close(self) -> None:
        """Lets go of the event file."""
        self.file.close()


# Asked at every act: built once.
_LATEST_ROUND = Prepared(select(func.max(seating_round.c.round)).where(seating_round.c.accepted))


def current_round(connection: Connection) -> int:
    """Returns the number of the round whose seating was last accepted; 1 before any other."""
    if not writes(connection):
        return _LATEST_ROUND.scalar(connection) or 1
    # What writes keeps it in mind: `Writer` forgets it where it may change.
    memory = known(connection)
    number: int | None = memory.get("round")
    if number is None:
        number = memory["round"] = _LATEST_ROUND.scalar(connection) or 1
    return number


def make_event(path: Path, settings: EventSettings) -> Path:
    """Makes an event file at `path` with these settings and returns its whole path.

    Raises EventFileError when something is there already or it can't be written.
    """

    def fill(new: EventFile, connection: Connection) -> None:
        write_settings(connection, as_values(settings))
        author = Author(desk_name(""), "", utc_now())
        append(connection, new, author, Draft(EntryKind.EVENT_MADE))

    file = create_event_file(path, fill)
    file.close()
    remembered.remember(file.path)
    return file.path


def open_event(
    path: Path, *, desk: str = "", operator: str = "", clock: Clock = utc_now
) -> EventSession:
    """Opens the event file at `path` for `desk` (the host's name when empty).

    Raises EventFileError for a file that is not an event, damaged, newer or locked.
    """
    file = open_event_file(path)
    try:
        session = EventSession(file, desk_name(desk), clean(operator, 20), clock)
    except CheckinError:
        file.close()
        raise
    remembered.remember(session.path)
    return session


def desk_name(wanted: str) -> str:
    """Returns the desk's name: what was wanted, cleaned, else the host's name, else `desk`."""
    return clean(wanted, 40) or clean(socket.gethostname().partition(".")[0], 40) or "desk"
