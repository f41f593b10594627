"""The search index of an open event, kept in step with the event file.

Loading 100,000 people takes seconds: call `load` in a worker behind the first frame. Finding asks
the file for the state of the few people it shows, so that what another desk did is seen at once.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from checkin.door.leaving_out import nearly
from checkin.door.matching import PLACES
from checkin.door.search import Document, Hit, Index, Mark
from checkin.event.rows import as_person
from checkin.event.session import EventSession, current_round
from checkin.people import Person, State
from db import people
from db.journal import head
from db.kinds import EntryKind
from db.schema import MERGED, WITHDRAWN, journal, person, presence

Progress = Callable[[int, int], None]

_CHUNK = 2_000

_DUE = 1.0
"""What being due is worth against the score of a match: less than any field or whole word."""

_MADE_NEW = (
    EntryKind.REGISTERED,
    EntryKind.BADGE_CORRECTED,
    EntryKind.BADGE_REPLACED,
    EntryKind.MERGED,
    EntryKind.UNDONE,
)


_MADE_HERE = select(person.c.id).where(person.c.id == journal.c.subject, person.c.source != "list")
_MAY_BE_BACK = journal.c.kind.in_([EntryKind.ARRIVED, EntryKind.STATUS_SET]) & _MADE_HERE.exists()
"""Whoever was registered at the door may have been withdrawn, and is found again after these."""


@dataclass(frozen=True, slots=True)
class Match:
    """One person found: as they stand now, what matched, and whether every word typed is theirs,
    some word had to be guessed, or one fits only as another name of a place (`search.Hit`)."""

    person: Person
    marks: tuple[Mark, ...]
    exact: bool
    guessed: bool = False
    elsewhere: bool = False

    @property
    def place(self) -> str:
        """What matched of where they are from; empty when nothing did."""
        for mark in self.marks:
            if mark.field in PLACES:
                return str(getattr(self.person, mark.field))[mark.start : mark.end]
        return ""


@dataclass(frozen=True, slots=True)
class NearMatches:
    """People whom a text fits but for one of its words, as typed; best first, never admitted
    unasked."""

    without: str
    matches: tuple[Match, ...]


class PeopleIndex:
    """Everybody in the event, ready to be found. Safe to use from several threads."""

    def __init__(self, session: EventSession) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._loading = threading.Lock()
        self._index = Index()
        self._head = -1

    @property
    def ready(self) -> bool:
        """Whether everybody is in the index."""
        return self._head >= 0

    def load(self, progress: Progress | None = None) -> None:
        """Reads everybody anew; `progress` is told (people read, people in all)."""
        with self._loading, self._session.reading() as connection:
            index = Index()
            newest = head(connection)
            total = people.count_registered(connection)
            for done in index.load(_documents(connection), _CHUNK):
                if progress:
                    progress(done, total)
            # Everybody was read once, and will not be again: the pages need not be kept.
            connection.exec_driver_sql("PRAGMA shrink_memory")
            # The first search loads what folds and what forgives slips; nobody should wait for it.
            index.find("ready", 1)
            with self._lock:
                self._index, self._head = index, newest
        _give_back()

    def follow(self) -> None:
        """Takes in who was registered or changed since the index was loaded, by whichever desk.

        Does nothing before it is loaded: whoever searches first loads it.
        """
        if not self.ready:
            return
        with self._session.reading() as connection:
            newest = head(connection)
            rows = connection.execute(
                select(journal.c.kind, journal.c.subject).where(
                    journal.c.position > self._head,
                    journal.c.kind.in_([EntryKind.LIST_IMPORTED, *_MADE_NEW]) | _MAY_BE_BACK,
                )
            ).all()
            wanted = [row.subject for row in rows if row.subject]
            imported = any(row.kind == EntryKind.LIST_IMPORTED for row in rows)
            if not imported:
                fresh = list(_documents(connection, wanted)) if wanted else []
                with self._lock:
                    for gone in {*wanted} - {document.id for document in fresh}:
                        self._index.remove(gone)
                    for document in fresh:
                        self._index.add(document)
                    self._head = newest
        if imported:
            self.load()

    def find(self, text: str, limit: int) -> list[Match]:
        """Returns at most `limit` people for what was typed so far, best first."""
        if not self.ready:
            self.load()
        with self._lock:
            hits = self._index.find(text, limit)
        return self._as_they_stand(hits)

    def find_as_written(self, text: str, limit: int) -> list[Match]:
        """Returns what `find` does, but for the other names of places."""
        if not self.ready:
            self.load()
        with self._lock:
            hits = self._index.find_as_written(text, limit)
        return self._as_they_stand(hits)

    def nearly(self, text: str, limit: int) -> NearMatches | None:
        """Returns whom `text` fits without one of its words; to ask about when `find` finds none.

        None when there is nobody, or not even a name fits.
        """
        if not self.ready:
            self.load()
        with self._lock:
            near = nearly(text, lambda rest: self._index.fitting(rest, limit))
        matches = self._as_they_stand(near.hits) if near else ()
        return NearMatches(near.without, tuple(matches)) if near and matches else None

    def _as_they_stand(self, hits: Sequence[Hit]) -> list[Match]:
        if not hits:
            return []
        with self._session.reading() as connection:
            rows = people.people(
                connection, current_round(connection), person.c.id.in_([hit.id for hit in hits])
            )
        found = {row.id: as_person(row) for row in rows}
        known = [hit for hit in hits if hit.id in found]
        # Among those who fit equally well, the one who is still due stands at the desk.
        known.sort(key=lambda hit: -hit.score - _DUE * (found[hit.id].state is State.EXPECTED))
        return [
            Match(found[hit.id], hit.marks, hit.exact, hit.guessed, hit.elsewhere) for hit in known
        ]

    def only(self, text: str) -> str | None:
        """Returns the id of the one person whom `text` fits when nobody else fits nearly."""
        if not self.ready:
            self.load()
        with self._lock:
            hit = self._index.only(text)
        return hit.id if hit else None

    def named(self, text: str) -> str | None:
        """Returns the id of the one person whose whole name `text` is when nobody's is nearly."""
        if not self.ready:
            self.load()
        with self._lock:
            hit = self._index.named(text)
        return hit.id if hit else None


def _give_back() -> None:
    """Gives the system back what loading took for a while, where its C library knows how.

    That of GNU/Linux keeps what was freed between the pieces that stay, a sixth of all at 100,000.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _documents(connection: Connection, ids: list[str] | None = None) -> Iterator[Document]:
    columns = person.c
    query = select(
        columns.id,
        columns.given_name,
        columns.family_name,
        columns.badge_name,
        columns.organisation,
        columns.territory,
        columns.email,
        columns.code,
    )
    gone = select(presence.c.person_id).where(presence.c.state.in_((MERGED, WITHDRAWN)))
    query = query.where(columns.id.not_in(gone))
    if ids is not None:
        query = query.where(columns.id.in_(ids))
    for row in connection.execution_options(yield_per=_CHUNK).execute(query):
        yield Document(*row)
