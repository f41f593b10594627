"""The room at the door as one desk knows it: read from the event file once, then followed.

What the journal says since is taken in by reading the rows of the people it is about, so that the
room followed is the room a desk would read anew. After what concerns everybody (a list, settings, a
plan) it is read anew: by `prepare`, beside the desk's work, or at the latest when it is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from checkin.event.session import EventSession, current_round
from checkin.event.settings import EventSettings
from checkin.tables.arrival import RoomState
from checkin.tables.assembling import (
    Wishes,
    guest,
    standing,
    still_due,
    tables,
    wishes,
)
from checkin.tables.room import Guest
from checkin.tables.values import changed
from db.journal import Entry, as_text, entry, head
from db.kinds import EntryKind
from db.people import by_id
from db.prepared import Prepared
from db.schema import journal

_ABOUT_ONE = frozenset(
    {
        EntryKind.REGISTERED,
        EntryKind.ARRIVED,
        EntryKind.DEPARTED,
        EntryKind.REPLACED,
        EntryKind.STATUS_SET,
        EntryKind.MOVED,
        EntryKind.MERGED,
    }
)
"""Kinds after which one person's row says where they are."""

_ABOUT_TABLES = frozenset(
    {
        EntryKind.TABLE_OPENED,
        EntryKind.TABLE_CLOSED,
        EntryKind.TABLE_NAMED,
        EntryKind.HOST_NAMED,
    }
)

_ABOUT_NO_SEAT = frozenset(
    {
        EntryKind.EVENT_MADE,
        EntryKind.REFUSED,
        EntryKind.TOLD,
        EntryKind.TOLD_APART,
        EntryKind.FLAG_SET,
        EntryKind.BADGE_PRINTED,
        EntryKind.BADGE_REPLACED,
        EntryKind.BADGE_CORRECTED,
        EntryKind.BACKED_UP,
    }
)
"""Kinds that change nothing at the tables."""

_MOST_FOLLOWED = 2_000
"""People whose rows are read one by one; with more of them, reading everybody anew is no slower."""

_BEHIND = Prepared(
    select(journal.c.id, journal.c.kind, journal.c.subject)
    .where(journal.c.position > bindparam("behind"))
    .order_by(journal.c.position)
)


@dataclass(slots=True)
class _Known:
    """What a desk knows: the room, and the journal's position and the settings it was read with."""

    state: RoomState
    round: int
    position: int
    settings: EventSettings
    wishes: Wishes

    @property
    def tables(self) -> set[int | None]:
        """Where somebody may sit: at a table, or at none."""
        return {None, *self.state.places}


@dataclass(frozen=True, slots=True)
class _Arrived:
    """An arrival that this desk wrote: the person's row before it, the table and the entry."""

    row: Row[Any]
    table: int | None
    entry: Entry


@dataclass(slots=True)
class _News:
    """What the entries behind a position are about."""

    people: set[str]
    tables: bool = False
    wishes: bool = False


class DoorRoom:
    """The room at the door of an open event. Only `prepare` may be called beside other calls."""

    def __init__(self, session: EventSession) -> None:
        self._session = session
        self._known: _Known | None = None
        self._aside: _Known | None = None
        self._latest: tuple[Row[Any], Guest] | None = None
        self._arrived: _Arrived | None = None

    @property
    def state(self) -> RoomState | None:
        """The room as last looked at; None when nothing is known of it."""
        self._take_in_arrived()
        return self._known.state if self._known else None

    @property
    def prepared(self) -> RoomState | None:
        """The room that `prepare` read and nobody needed yet."""
        return self._aside.state if self._aside else None

    @property
    def round(self) -> int:
        """The round under way when the room was last looked at."""
        return self._known.round if self._known else 1

    def now(self, connection: Connection, newest: int) -> RoomState:
        """Returns the room as it is at the journal's position `newest`, the newest there is."""
        self._take_in_arrived()
        known = self._known
        if known is None or not self._follow(connection, known, newest):
            known, self._aside = self._aside, None
            if known is None or not self._follow(connection, known, newest):
                known = _read(connection, self._session.settings, newest)
            self._known = known
        return known.state

    def seated(self, row: Row[Any], number: int | None, arrived: Entry) -> None:
        """Takes note of an arrival that this desk wrote; `row` is the person's before it.

        The room takes it in when next looked at: whoever waits for this answer needn't wait for
        that.
        """
        self._take_in_arrived()
        self._arrived = _Arrived(row, number, arrived)

    def _take_in_arrived(self) -> None:
        noted, known = self._arrived, self._known
        if noted is None:
            return
        self._arrived = None
        # What doesn't follow on what is known is found in the journal.
        if known is None or noted.entry.position != known.position + 1:
            return
        known.position = noted.entry.position
        row = noted.row
        if noted.table is None:
            known.state.drop(row.id)
        else:
            came = (row.first_at or as_text(noted.entry.at), row.number)
            known.state.seat(self.guest(row), noted.table, came)

    def guest(self, row: Row[Any]) -> Guest:
        """Returns a person of the event file as the engine sees one; the room must be known."""
        if self._latest is None or self._latest[0] is not row:
            assert self._known is not None
            said = self._known.wishes
            self._latest = (row, guest(row, said.pins, said.stays))
        return self._latest[1]

    def forget(self) -> None:
        """Drops what is known of the room; it is read again when next needed."""
        self._known = self._aside = self._arrived = None

    def back_to(self, position: int) -> None:
        """What was written behind `position` was not kept: the room that knows of it is dropped."""
        if self._arrived is not None and self._arrived.entry.position > position:
            self._arrived = None
        if self._known is not None and self._known.position > position:
            self._known = None

    def prepare(self) -> None:
        """Reads the room anew where following is not enough; may run beside the desk's acts."""
        known, settings = self._known, self._session.settings
        with self._session.reading() as connection:
            if known is None or known.settings != settings or not _followed(connection, known):
                self._aside = _read(connection, settings, head(connection))

    def _follow(self, connection: Connection, known: _Known, newest: int) -> bool:
        """Takes in what was written behind `known`; says whether that was enough."""
        settings = self._session.settings
        if known.settings is not settings and known.settings != settings:
            return False
        if known.position == newest:
            return True
        news = _news(connection, known.position)
        if news is None:
            return False
        if news.tables:
            known.state.furnish(tables(connection, known.settings))
        if news.wishes:
            news.people |= _take_in_wishes(connection, known)
        rows = {each: by_id(connection, known.round, each) for each in news.people}
        if any(row and row.table_number not in known.tables for row in rows.values()):
            # Put back to a table that the event no longer has.
            return False
        for person_id, row in rows.items():
            _take_in(known, person_id, row)
        known.position = newest
        return True


def _read(connection: Connection, settings: EventSettings, newest: int) -> _Known:
    """Returns the room as the event file holds it."""
    number = current_round(connection)
    now = standing(connection, settings, number)
    due = still_due(connection, number)
    state = RoomState(changed(now.room, guests=()), {}, no_show=settings.no_show)
    state.expect_all(due.guests, due.plan)
    for row, each in zip(now.rows, now.room.guests, strict=True):
        if each.id in now.seating:
            state.seat(each, now.seating[each.id], (row.first_at, row.number))
    state.reckon_ahead()
    return _Known(state, number, newest, settings, wishes(connection))


def _news(connection: Connection, position: int) -> _News | None:
    """Returns what the entries behind `position` are about; None when all is to be read anew."""
    news = _News(set())
    for row in _BEHIND.all(connection, {"behind": position}):
        kind, about = row.kind, {row.subject}
        if kind in (EntryKind.UNDONE, EntryKind.MERGED):
            meant = _meant(connection, row.id)
            kind, about = meant.kind, {meant.subject, meant.payload.get("into", meant.subject)}
        if kind in _ABOUT_ONE:
            news.people |= about
            # A substitute is pinned where the absent person was.
            news.wishes = news.wishes or kind == EntryKind.REPLACED
        elif kind in _ABOUT_TABLES:
            news.tables = True
        elif kind == EntryKind.WISH_SET:
            news.wishes = True
        elif kind not in _ABOUT_NO_SEAT:
            return None
    return news if len(news.people) <= _MOST_FOLLOWED else None


def _followed(connection: Connection, known: _Known) -> bool:
    """Whether what was written since can be taken in without reading everybody anew."""
    return _news(connection, known.position) is not None


def _meant(connection: Connection, entry_id: str) -> Entry:
    """Returns an entry; in the place of an undo what it undoes, or puts back."""
    found = entry(connection, entry_id)
    assert found is not None
    return _meant(connection, found.refers_to) if found.refers_to else found


def _take_in_wishes(connection: Connection, known: _Known) -> set[str]:
    """Takes in what people wish now; returns whose own row is to be read again for it."""
    before, now = known.wishes, wishes(connection)
    known.wishes = now
    known.state.bind(now.together, now.apart)
    pinned = {id for id, _ in before.pins.items() ^ now.pins.items()}
    return pinned | (before.stays ^ now.stays)


def _take_in(known: _Known, person_id: str, row: Row[Any] | None) -> None:
    """Takes in where somebody is; no row is somebody who was merged into another."""
    state, said = known.state, known.wishes
    where = (row.state or row.status) if row else ""
    if row and where == "expected":
        state.expect(guest(row, said.pins, said.stays), row.planned)
    elif row and where == "here" and row.table_number is not None:
        came = (row.first_at, row.number)
        state.seat(guest(row, said.pins, said.stays), row.table_number, came)
    else:
        state.drop(person_id)
