"""The roll call: who is inside now, in the order in which somebody with a list walks the room."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from checkin.people import Person, State


@dataclass(frozen=True, slots=True)
class Line:
    """One person inside; `assistance` when they need help to leave."""

    person: Person
    assistance: bool


@dataclass(frozen=True, slots=True)
class RollCall:
    """Who is inside now: the counts, and the people by table, those without one last.

    At each table those who need assistance come first, then by family name.
    """

    inside: int
    assistance: int
    tables: tuple[tuple[int | None, tuple[Line, ...]], ...]


def roll_call(people: Iterable[Person], assisted: Collection[str]) -> RollCall:
    """Returns the roll call of those among `people` who are here.

    `assisted` holds the ids of those who need help to leave; what kind of help is not said.
    """
    by_table: dict[int | None, list[Line]] = {}
    for person in people:
        if person.state is State.HERE:
            line = Line(person, person.id in assisted)
            by_table.setdefault(person.table, []).append(line)
    tables = tuple(
        (table, tuple(sorted(by_table[table], key=_in_order)))
        for table in sorted(by_table, key=lambda table: (table is None, table or 0))
    )
    lines = [line for _, at_table in tables for line in at_table]
    return RollCall(len(lines), sum(line.assistance for line in lines), tables)


def _in_order(line: Line) -> tuple[bool, str, str, str]:
    person = line.person
    return (not line.assistance, person.family_name.casefold(), person.given_name, person.id)
