"""The waiting list of an open event: who waits, how many chairs are free, and giving them away.

People wait in the order in which they registered. Giving chairs away is one act with one undo; it
admits nobody: whoever is called is expected again, and comes to the door.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func

from checkin.door.waiting import Crowd, FreeChairs, free_chairs
from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, current_round
from checkin.event.settings import EventSettings
from checkin.people import Person, State
from checkin.tables.forecast import usual_share
from db import people
from db.ids import new_id
from db.kinds import EntryKind
from db.schema import person, presence


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits, the first in the queue first, and the chairs that can be given away now."""

    line: tuple[Person, ...]
    chairs: FreeChairs

    @property
    def callable_now(self) -> int:
        """How many of those who wait a chair is free for."""
        return min(len(self.line), self.chairs.free)


class WaitingList:
    """The people of an open event who wait for a chair."""

    def __init__(self, session: EventSession) -> None:
        self._session = session

    def look(self) -> Waiting:
        """Returns the queue and the free chairs of this moment."""
        with self._session.reading() as connection:
            return Waiting(self._line(connection), self._chairs(connection))

    def chairs(self) -> FreeChairs:
        """Returns the chairs that can be given away now."""
        with self._session.reading() as connection:
            return self._chairs(connection)

    def release(self, number: int) -> tuple[Person, ...]:
        """Expects the first `number` of the queue, as one act, and returns whom to call.

        The forecast is advice: more may be called than chairs are free. RefusedError when nobody
        waits or `number` is below 1.
        """
        if number < 1:
            raise RefusedError("Nobody was called: no chair is free now.")
        with self._session.writing() as writer:
            called = self._line(writer.connection)[:number]
            if not called:
                raise RefusedError("Nobody is on the waiting list.")
            act = new_id()
            for each in called:
                status = State.EXPECTED.value
                writer.record(EntryKind.STATUS_SET, each.id, status=status, act=act)
            ids = [each.id for each in called]
            rows = people.people(writer.connection, 1, person.c.id.in_(ids))
        return tuple(map(as_person, rows))

    def _line(self, connection: Connection) -> tuple[Person, ...]:
        waits = func.coalesce(func.nullif(presence.c.state, ""), person.c.status)
        rows = people.people(connection, current_round(connection), waits == State.WAITLISTED.value)
        return tuple(map(as_person, rows))

    def _chairs(self, connection: Connection) -> FreeChairs:
        settings, now = self._session.settings, self._session.now()
        # A practice event keeps no hours: it neither fills by the clock nor begins.
        in_by_now = None
        if settings.live and settings.begins_at > settings.opens_at:
            whole = settings.begins_at - settings.opens_at
            in_by_now = usual_share((now - settings.opens_at) / whole)
        counts = people.counts(connection)
        here = counts.get(State.HERE, 0)
        return free_chairs(
            Crowd(
                limit=limit_of(settings),
                here=here,
                due=counts.get(State.EXPECTED, 0),
                came=here + counts.get(State.LEFT, 0),
                no_show=settings.no_show,
                in_by_now=in_by_now,
                begun=settings.live and now >= settings.begins_at,
            )
        )


def limit_of(settings: EventSettings) -> int:
    """Returns how many people the room takes: its chairs, and no more than the limits that are
    set."""
    limits = (settings.capacity, settings.places, settings.tables * settings.seats)
    return min(limit for limit in limits if limit is not None)
