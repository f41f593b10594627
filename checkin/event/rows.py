"""From rows of the event file to the person that the rest of the program sees."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Row

from checkin.people import Level, Person, PersonFlag, State
from db.journal import as_time
from db.schema import WITHDRAWN


def as_person(row: Row[Any]) -> Person:
    """Returns a row of `db.people.people_query` as a Person; who was withdrawn is cancelled."""
    state = State.CANCELLED if row.state == WITHDRAWN else State(row.state or row.status)
    return Person(
        id=row.id,
        code=row.code,
        given_name=row.given_name,
        family_name=row.family_name,
        organisation=row.organisation,
        level=Level(row.level),
        territory=row.territory,
        country=row.country,
        languages=tuple(row.languages.split(",")),
        role=row.role,
        state=state,
        table=row.table_number if state is State.HERE else None,
        arrived_at=as_time(row.first_at) if row.first_at else None,
        email=row.email,
        title=row.title,
        badge_name=row.badge_name,
        level_guessed=row.level_guessed,
        territory_guessed=row.territory_guessed,
        walk_in=row.source == "walk_in",
        photo=row.photo,
        flags=flags_in(row.flags) if row.flags else (),
        replaced=row.replaced_by is not None,
    )


@cache
def flags_in(text: str) -> tuple[PersonFlag, ...]:
    """Returns a cell of flags, in its order; the same cell gives the same tuple."""
    return tuple(PersonFlag(name) for name in text.split(","))
