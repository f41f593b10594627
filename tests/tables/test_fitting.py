"""A planned seating fitted to who is there: planned tables and hard rules kept."""

from __future__ import annotations

from random import Random

import pytest

from checkin.tables.fitting import fitted
from checkin.tables.room import Guest, Room, Side, Table
from checkin.tables.rules import broken
from checkin.tables.score import score


def guests(count: int) -> tuple[Guest, ...]:
    sides = (Side.LOCAL, Side.REGION)
    return tuple(Guest(f"g{i}", f"t{i // 2}", sides[i % 2]) for i in range(count))


def a_room(count: int, **table: bool) -> Room:
    return Room(tuple(Table(n, 6, 3, **table) for n in range(1, 6)), guests(count))


def planned_for(room: Room) -> dict[str, int]:
    return {guest.id: 1 + i // 4 for i, guest in enumerate(room.guests)}


def test_whoever_was_planned_keeps_the_table_and_who_was_not_joins_the_territory() -> None:
    room = a_room(20)
    planned = planned_for(room)
    newcomer = planned.pop("g5")
    found = fitted(room, planned)
    assert {id: found[id] for id in planned} == planned
    assert found["g5"] == newcomer


def test_nobody_is_seated_where_no_table_is_open() -> None:
    assert fitted(a_room(4, open=False), {}) == {}


@pytest.mark.parametrize("seed", range(40))
def test_hard_rules_that_bind_one_person_are_kept_whatever_was_planned(seed: int) -> None:
    random = Random(seed)
    people = tuple(
        Guest(
            f"g{i}",
            f"t{random.randrange(8)}",
            random.choice((Side.LOCAL, Side.REGION)),
            step_free=random.random() < 0.1,
            pin=random.randint(3, 5) if random.random() < 0.1 else None,
        )
        for i in range(20)
    )
    people = tuple(g if g.pin is None else Guest(g.id, g.territory, pin=g.pin) for g in people)
    tables = tuple(Table(n, 6, 3, open=n != 2, step_free=n == 1) for n in range(1, 6))
    room = Room(tables, people)
    found = fitted(room, {g.id: random.randint(1, 6) for g in people if random.random() < 0.8})
    assert set(found) == {g.id for g in people}
    assert not [rule.say for rule in broken(room, found)]
    assert score(room, found).total >= 0
