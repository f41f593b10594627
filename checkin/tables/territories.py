"""Whole territories at the tables: the part of one that sits at a table, moved or swapped as one.

Pure. People whose territory is unknown belong to no part; they are moved one by one.
"""

from __future__ import annotations

from collections.abc import Iterable

from checkin.tables.room import Room, Seating
from checkin.tables.values import value


@value(frozen=True, slots=True)
class Part:
    """Those of a territory who sit at one table: their ids, in order."""

    territory: str
    table: int
    people: tuple[str, ...]

    def to(self, table: int) -> dict[str, int]:
        """Returns the moves that bring all of the part to another table."""
        return dict.fromkeys(self.people, table)


def parts(seated: Iterable[tuple[str, str, int]]) -> tuple[Part, ...]:
    """Returns every part of the room, by table and territory.

    `seated` gives each person who sits somewhere: id, territory, table.
    """
    found: dict[tuple[int, str], list[str]] = {}
    for person, territory, table in seated:
        if territory:
            found.setdefault((table, territory), []).append(person)
    return tuple(
        Part(territory, table, tuple(sorted(people)))
        for (table, territory), people in sorted(found.items())
    )


def parts_of(room: Room, seating: Seating) -> tuple[Part, ...]:
    """Returns every part of a seating."""
    return parts(
        (guest.id, guest.territory, seating[guest.id])
        for guest in room.guests
        if guest.id in seating
    )


def exchange(one: Part, other: Part) -> dict[str, int]:
    """Returns the moves by which two parts change places."""
    return {**one.to(other.table), **other.to(one.table)}


def counted(part: Part) -> str:
    """Returns a part in words: its territory and how many people it is."""
    return f"{part.territory} ({len(part.people)})"
