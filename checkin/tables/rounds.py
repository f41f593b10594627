"""The rounds so far, person by person: which table in which round, whom they met, whom again.

It counts what the boards of the rounds hold and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from checkin.people import Person
from checkin.tables.seating import Board


@dataclass(frozen=True, slots=True)
class PersonRounds:
    """One person's way through the rounds.

    `tables` has a table a round, None where they sat nowhere; `met` counts the different people
    they sat with, `again` those of them with whom they sat more than once.
    """

    person: Person
    tables: tuple[int | None, ...]
    met: int
    again: int


def ways(boards: Sequence[Board]) -> tuple[PersonRounds, ...]:
    """Returns everybody's way through the rounds of `boards`, by family name."""
    people: dict[str, Person] = {}
    tables: dict[str, list[int | None]] = {}
    beside: dict[str, Counter[str]] = {}
    for place, board in enumerate(boards):
        for person in board.unseated:
            people[person.id] = person
        for table in board.tables:
            for person in table.people:
                people[person.id] = person
                tables.setdefault(person.id, [None] * len(boards))[place] = table.number
                others = (other.id for other in table.people if other.id != person.id)
                beside.setdefault(person.id, Counter()).update(others)
    found = [
        PersonRounds(
            person,
            tuple(tables.get(id, [None] * len(boards))),
            len(beside.get(id, ())),
            sum(times > 1 for times in beside.get(id, Counter()).values()),
        )
        for id, person in people.items()
    ]
    return tuple(sorted(found, key=_by_name))


def _by_name(way: PersonRounds) -> tuple[str, str, str]:
    person = way.person
    return person.family_name.casefold(), person.given_name.casefold(), person.id
