"""What an organiser can still do before the day, read from the event file: counts, then people.

The file counts, so that a list of 100,000 costs a tenth of a second and no memory; people are read
of one hint at a time, and no more than are wanted. What the counts mean is said in `territories`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, or_, select

from checkin.event.rows import as_person
from checkin.event.session import current_round
from checkin.event.settings import EventSettings
from checkin.people import Level, Person, State
from checkin.roster.countries import members
from checkin.roster.territories import ORDER, Places, TerritoryLine, by_need, places
from db import people
from db.schema import person, presence

_CHUNK = 2_000

STATE = func.coalesce(func.nullif(presence.c.state, ""), person.c.status)
"""A person's state, in a query that joins `presence`: the day's, else what the list says."""


class About(StrEnum):
    """What a hint is about."""

    TERRITORY = "territory"
    """The people of one territory."""
    LATE = "late"
    """Those registered after the deadline."""
    OUTSIDE = "outside"
    """Those whom the invitation does not name."""
    NOWHERE = "nowhere"
    """Those of whom no territory is known."""


@dataclass(frozen=True, slots=True)
class BeforeTheDay:
    """What an organiser can still do before the day; every figure is a hint, never a refusal.

    `late`, `outside` and `without_territory` are how many people; `people_of` says who they are.
    """

    territories: tuple[TerritoryLine, ...]
    without_territory: int
    places: Places
    late: int
    outside: int


def before_the_day(connection: Connection, settings: EventSettings) -> BeforeTheDay:
    """Returns territories by need, places left, and how many are late, uninvited or nowhere."""

    def count(about: About) -> int:
        query = select(func.count()).select_from(_JOINED).where(_are(about, settings))
        return connection.execute(query).scalar_one()

    return BeforeTheDay(
        territories=by_need(_lines(connection)),
        without_territory=count(About.NOWHERE),
        places=places(people.counts(connection), settings.places),
        late=count(About.LATE),
        outside=count(About.OUTSIDE),
    )


def people_of(
    connection: Connection,
    settings: EventSettings,
    about: About,
    *,
    territory: str = "",
    most: int | None = None,
) -> Iterator[Person]:
    """Yields the people of a hint, at most `most`: of a territory by level, then as registered.

    Without `territory`, `About.TERRITORY` means everybody of any.
    """
    query = people.people_query(current_round(connection)).where(_are(about, settings))
    if about is About.TERRITORY:
        query = query.order_by(_RANK)
        if territory:
            query = query.where(person.c.territory == territory)
    query = query.order_by(person.c.number).limit(most)
    # Row after row: all rows at once would take twice the memory of the people.
    for row in connection.execution_options(yield_per=_CHUNK).execute(query):
        yield as_person(row)


_JOINED = person.outerjoin(presence, presence.c.person_id == person.c.id)
_COUNTS = STATE != State.CANCELLED
_RANK = case({level.value: rank for rank, level in enumerate(ORDER)}, value=person.c.level)


def _are(about: About, settings: EventSettings) -> ColumnElement[bool]:
    """The condition of a hint's people, in a query that joins `presence`."""
    columns = person.c
    meant: ColumnElement[bool]
    match about:
        case About.TERRITORY:
            meant = and_(columns.territory != "", _COUNTS)
        case About.NOWHERE:
            meant = and_(columns.territory == "", _COUNTS)
        case About.LATE:
            # Registered when nobody knows is not late; without a deadline nobody is.
            meant = false()
            if settings.deadline is not None:
                day = func.substr(columns.registered_at, 1, 10)
                meant = day > settings.deadline.isoformat()
        case About.OUTSIDE:
            abroad = and_(columns.country != "", columns.country.not_in(sorted(members())))
            meant = or_(columns.level == Level.OTHER, abroad)
    return and_(people.registered(), meant)


def _lines(connection: Connection) -> list[TerritoryLine]:
    columns = person.c

    def of(level: Level) -> Any:
        return func.count(case((columns.level == level, 1)))

    def first(level: Level) -> Any:
        return func.min(case((columns.level == level, columns.number)))

    land = func.nullif(columns.country, "")
    query = (
        select(
            columns.territory,
            func.min(land).label("country"),
            func.max(land).label("other_country"),
            *(of(level).label(level.value) for level in ORDER),
            func.count(case((columns.territory_guessed, 1))).label("guessed"),
            # A city is asked before a metropolis.
            func.coalesce(first(Level.CITY), first(Level.METROPOLIS)).label("local"),
            first(Level.REGION).label("regional"),
        )
        .select_from(_JOINED)
        .where(people.registered(), columns.territory != "", _COUNTS)
        .group_by(columns.territory)
    )
    rows = connection.execute(query).all()
    lacking = {
        row.territory: row.local or row.regional
        for row in rows
        if (row.local is None) != (row.regional is None)
    }
    asked = _authorities(connection, lacking)
    return [
        TerritoryLine(
            territory=row.territory,
            country=(row.country or "") if row.country == row.other_country else "",
            cities=row.city,
            metropolises=row.metropolis,
            regions=row.region,
            others=row.other,
            guessed=row.guessed,
            ask=asked.get(row.territory, ""),
        )
        for row in rows
    ]


def _authorities(connection: Connection, numbers: dict[str, int]) -> dict[str, str]:
    """Returns the authority of one registration number in each territory."""
    wanted = list(numbers.items())
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _CHUNK):
        some = [number for _, number in wanted[start : start + _CHUNK]]
        query = select(person.c.territory, person.c.number, person.c.organisation)
        for row in connection.execute(query.where(person.c.number.in_(some))):
            if numbers.get(row.territory) == row.number:
                found[row.territory] = row.organisation
    return found
