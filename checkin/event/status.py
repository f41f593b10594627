"""The day in numbers: who is registered, here, due and gone, and how fast they come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from checkin.door.pace import MINUTES, Forecast, forecast, likely, per_minute
from checkin.event.session import EventSession
from checkin.event.settings import EventSettings
from db import people
from db.journal import as_text, as_time
from db.schema import MERGED, WITHDRAWN, person, presence, seat


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of people by state. `left` have gone home; `per_minute` is oldest minute first."""

    registered: int
    here: int
    expected: int
    left: int
    cancelled: int
    waitlisted: int
    walk_ins: int
    per_minute: tuple[int, ...]
    tables_in_use: int
    badges_printed: int

    def outlook(self, settings: EventSettings, now: dt.datetime) -> Forecast:
        """Returns how far the arrivals are, of all who will likely come: the one reckoning of the
        door's screen and of `checkin status`."""
        came = self.here + self.left
        places = None if settings.capacity is None else settings.capacity + self.left
        expected = likely(came, self.expected, settings.no_show, places)
        return forecast(came, expected, self.per_minute, now)

    def full_words(self, settings: EventSettings) -> str:
        """Returns `full: 6 of 6` when as many are inside as may be; empty else."""
        if settings.capacity is None or self.here < settings.capacity:
            return ""
        return f"full: {self.here} of {settings.capacity}"


def status(session: EventSession) -> Status:
    """Returns the counts of this moment."""
    now = session.now()
    with session.reading() as connection:
        counts = people.counts(connection)
        # Looked up for each who has a state of the day: as a join it was read from all people.
        source = select(person.c.source).where(person.c.id == presence.c.person_id)
        walk_ins = connection.execute(
            select(func.count())
            .select_from(presence)
            .where(
                source.scalar_subquery() == "walk_in",
                presence.c.state.not_in(("cancelled", MERGED, WITHDRAWN)),
            )
        ).scalar_one()
        printed = connection.execute(
            select(func.count()).select_from(presence).where(presence.c.prints > 0)
        ).scalar_one()
        in_use = connection.execute(
            select(func.count(seat.c.table_number.distinct()))
            .select_from(seat.join(presence, presence.c.person_id == seat.c.person_id))
            .where(presence.c.state == "here")
        ).scalar_one()
        since = as_text(now - dt.timedelta(minutes=MINUTES))
        arrivals = connection.execute(
            select(presence.c.first_at).where(presence.c.first_at > since)
        ).scalars()
        pace = tuple(per_minute(map(as_time, arrivals), now))
    return Status(
        registered=sum(counts.values()),
        here=counts.get("here", 0),
        expected=counts.get("expected", 0),
        left=counts.get("left", 0),
        cancelled=counts.get("cancelled", 0),
        waitlisted=counts.get("waitlisted", 0),
        walk_ins=walk_ins,
        per_minute=pace,
        tables_in_use=in_use,
        badges_printed=printed,
    )
