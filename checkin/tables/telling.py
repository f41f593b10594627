"""Who has to be told that they sit elsewhere: the difference between two boards, person by person.

It reads what stands and decides nothing; ticking people off is the business of a screen or a paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checkin.people import Person
from checkin.tables.seating import Board


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody to be told: where they sat (None: nowhere) and where they sit now."""

    person: Person
    origin: int | None
    target: int


def to_tell(before: Board, after: Board) -> tuple[Told, ...]:
    """Returns everybody whose table is another one now, table by table as they sat before.

    One walks from table to table; who sat nowhere comes last.
    """
    was = {person.id: table.number for table in before.tables for person in table.people}
    found = [
        Told(person, was.get(person.id), table.number)
        for table in after.tables
        for person in table.people
        if was.get(person.id) != table.number
    ]
    return tuple(sorted(found, key=_walk))


def still(told: Iterable[Told], board: Board) -> tuple[Told, ...]:
    """Returns those of `told` who sit where they were told to; others moved on or left."""
    now = {person.id: table.number for table in board.tables for person in table.people}
    return tuple(each for each in told if now.get(each.person.id) == each.target)


def _walk(told: Told) -> tuple[bool, int, str, str, str]:
    person = told.person
    names = (person.family_name.casefold(), person.given_name.casefold())
    return told.origin is None, told.origin or 0, *names, person.id
