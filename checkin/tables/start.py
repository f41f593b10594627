"""A first seating to search from: whole territories, largest first, packed by language.

It breaks no hard rule where that is easy, and leaves the hard cases to the search. Order and ties
are drawn from the random numbers it is given, so that restarts start elsewhere.
"""

from __future__ import annotations

from random import Random

from checkin.tables.room import Guest, Kind, Room, Table
from checkin.tables.tongues import Tongues, language_points


def units_of(room: Room) -> list[tuple[Guest, ...]]:
    """Returns the people who must move as one: groups of together wishes, everybody else alone."""
    group = {guest.id: [guest] for guest in room.guests}
    for one, other in room.together:
        if one in group and other in group and group[one] is not group[other]:
            group[one] += group[other]
            for guest in group[other]:
                group[guest.id] = group[one]
    seen: set[int] = set()
    units = []
    for guest in room.guests:
        members = group[guest.id]
        if id(members) not in seen:
            seen.add(id(members))
            units.append(tuple(members))
    return units


def blocks_of(room: Room, largest: int) -> list[list[tuple[Guest, ...]]]:
    """Returns the territories as lists of units, larger ones split evenly.

    A territory larger than a table becomes as few parts as possible, of nearly equal size, with
    both sides where there are enough people of both (the sides are dealt in turn).
    """
    homes: dict[str, list[tuple[Guest, ...]]] = {}
    for unit in units_of(room):
        homes.setdefault(unit[0].home, []).append(unit)
    blocks = []
    for units in homes.values():
        people = sum(len(unit) for unit in units)
        parts: list[list[tuple[Guest, ...]]] = [[] for _ in range(-(-people // largest))]
        by_side = sorted(units, key=lambda unit: (-len(unit), unit[0].side.value))
        if len(parts) > 1:
            turn = 0
            for unit in by_side:
                if len(unit) > 1:
                    part = min(parts, key=lambda p: sum(len(u) for u in p))
                else:
                    part, turn = parts[turn % len(parts)], turn + 1
                part.append(unit)
        else:
            parts = [by_side]
        blocks += [part for part in parts if part]
    return blocks


class Packing:
    """Tables being filled, block by block; `seating` grows with them."""

    def __init__(self, room: Room, tables: list[Table], kept: dict[str, int]) -> None:
        self.room = room
        self.tables = tables
        self.tongues = Tongues()
        self.free = {table.number: table.seats for table in tables}
        self.spoken: dict[int, dict[int, int]] = {table.number: {} for table in tables}
        self.seating: dict[str, int] = {}
        self.binding = any(table.step_free for table in tables)
        self.rivals: dict[str, set[str]] = {}
        for one, other in room.apart:
            self.rivals.setdefault(one, set()).add(other)
            self.rivals.setdefault(other, set()).add(one)
        for guest in room.guests:
            if guest.id in kept and kept[guest.id] in self.free:
                self.put((guest,), kept[guest.id])

    def put(self, people: tuple[Guest, ...], number: int) -> None:
        """Seats people at a table, whatever the rules say."""
        spoken = self.spoken[number]
        for guest in people:
            self.seating[guest.id] = number
            self.free[number] -= 1
            mask = self.tongues.mask(guest.spoken)
            spoken[mask] = spoken.get(mask, 0) + 1

    def may(self, people: tuple[Guest, ...], table: Table) -> bool:
        """Whether the hard rules allow it."""
        if self.free[table.number] < len(people):
            return False
        for guest in people:
            if guest.pin is not None and guest.pin != table.number:
                return False
            if guest.step_free and self.binding and not table.step_free:
                return False
            for rival in self.rivals.get(guest.id, ()):
                if self.seating.get(rival) == table.number:
                    return False
        return True

    def points(self, people: tuple[Guest, ...], table: Table) -> int:
        """The points of language that they add there."""
        weights = self.room.weights
        spoken = self.spoken[table.number]
        before = language_points(spoken, weights.strangers, weights.whisper)
        after = dict(spoken)
        for guest in people:
            mask = self.tongues.mask(guest.spoken)
            after[mask] = after.get(mask, 0) + 1
        return language_points(after, weights.strangers, weights.whisper) - before

    def best(self, people: tuple[Guest, ...]) -> int | None:
        """The allowed table with the fewest points, then the tightest fit that is in use."""
        allowed = [table for table in self.tables if self.may(people, table)]
        if not allowed:
            return None
        return min(
            allowed,
            key=lambda t: (self.points(people, t), self.free[t.number], t.number),
        ).number


def first_seating(room: Room, random: Random, kept: dict[str, int]) -> dict[str, int]:
    """Returns a seating of everybody in the room at open tables; `kept` people sit where they sit.

    Needs as many seats as people; who fits nowhere by the rules sits where a chair is free.
    """
    tables = [table for table in room.tables if table.open and table.seats > 0]
    packing = Packing(room, tables, kept)
    if room.kind is Kind.ALIGN:
        blocks = blocks_of(room, room.largest)
    else:
        blocks = [[unit] for unit in units_of(room)]
    order = [
        (-_constrained(room, block), -_size(block), random.random(), block) for block in blocks
    ]
    left: list[tuple[Guest, ...]] = []
    for _, _, _, block in sorted(order, key=lambda entry: entry[:3]):
        units = [unit for unit in block if unit[0].id not in packing.seating]
        whole = tuple(guest for unit in units for guest in unit)
        number = packing.best(whole) if whole else None
        if number is not None:
            packing.put(whole, number)
        else:
            left += units
    for unit in sorted(left, key=lambda unit: (-_constrained(room, [unit]), -len(unit))):
        number = packing.best(unit)
        if number is not None:
            packing.put(unit, number)
            continue
        for guest in unit:
            packing.put((guest,), max(tables, key=lambda t: packing.free[t.number]).number)
    return packing.seating


def _constrained(room: Room, block: list[tuple[Guest, ...]]) -> int:
    """Who has least choice comes first: pins, then step-free needs and people to keep apart."""
    apart = {id for pair in room.apart for id in pair}
    people = [guest for unit in block for guest in unit]
    if any(guest.pin is not None for guest in people):
        return 2
    return int(any(guest.step_free or guest.id in apart for guest in people))


def _size(block: list[tuple[Guest, ...]]) -> int:
    return sum(len(unit) for unit in block)
