"""The plan before the doors: rules kept, wishes named, who waits and why."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from checkin.tables.plan import Plan, plan
from checkin.tables.room import Guest, Room, Side, Table
from checkin.tables.rules import broken
from checkin.tables.score import score
from checkin.tables.search import Effort
from tests.tables.days import registrations
from tests.tables.invented import perfect_room

L, R = Side.LOCAL, Side.REGION


def planned(room: Room, no_show: float = 0.0, seed: int = 1) -> Plan:
    return list(plan(room, no_show, Effort.QUICK, seed))[-1]


def test_a_room_with_a_perfect_seating_gets_one() -> None:
    room = perfect_room(60, 2)
    found = planned(room)
    assert found.points == 0
    assert score(room, found.seating).total == 0
    assert found.done == 1.0


def test_the_same_seed_gives_the_same_plan_and_progress_only_gets_better() -> None:
    room = Room(tuple(Table(n, 7, 4) for n in range(1, 11)), tuple(g for g, _ in registrations(4)))
    first, second = list(plan(room, 0.28, Effort.QUICK, 9)), planned(room, 0.28, 9)
    assert first[-1] == second
    assert [p.done for p in first] == sorted(p.done for p in first)


@pytest.mark.parametrize("seed", range(1, 7))
def test_no_hard_rule_is_broken_by_a_plan_with_wishes_that_can_be_kept(seed: int) -> None:
    random = Random(seed)
    guests = [g for g, _ in registrations(seed, 40)]
    ids = [g.id for g in guests]
    pairs = [tuple(random.sample(ids, 2)) for _ in range(10)]
    for n in random.sample(range(40), 6):
        g = guests[n]
        pin, steps = random.choice(((1, False), (2, True), (None, True)))
        guests[n] = Guest(g.id, g.territory, g.side, g.languages, steps, pin)
    tables = tuple(Table(n, 7, 4, step_free=n in (2, 3)) for n in range(1, 9))
    together = tuple((a, b) for a, b in pairs[:4])
    apart = tuple((a, b) for a, b in pairs[4:])
    room = Room(tables, tuple(guests), together, apart)
    found = planned(room)
    assert len(found.seating) == 40
    named = {rule.people for rule in found.impossible}
    assert all(rule.people in named for rule in broken(room, found.seating))
    assert len(found.impossible) <= 2


def test_impossible_wishes_are_named_and_everybody_is_seated_all_the_same() -> None:
    guests = (Guest("a", name="Ana"), Guest("b", name="Bo"))
    found = planned(Room((Table(1, 2, 0),), guests, (("a", "b"),), (("a", "b"),)))
    assert set(found.seating) == {"a", "b"}
    assert found.impossible[0].say == "Ana and Bo are to sit together and apart."
    # With one table, apart can't be kept either, and that is said too.
    assert found.impossible[1].say == "Ana and Bo are to sit apart."


def test_more_people_than_seats_the_last_ones_wait_with_a_reason_but_not_the_pinned() -> None:
    guests = [Guest(f"g{n}", name=f"Guest {n}") for n in range(6)]
    guests[5] = Guest("g5", pin=1, name="Guest 5")
    found = planned(Room((Table(1, 2, 0), Table(2, 2, 0)), tuple(guests)))
    assert [w.guest for w in found.waiting] == ["g3", "g4"]
    assert found.waiting[0].say == (
        "Guest 3 waits: all 4 open seats are taken by those before them on the list."
    )
    assert set(found.seating) == {"g0", "g1", "g2", "g5"}


def test_who_waits_before_the_doors_hears_that_some_will_not_come() -> None:
    guests = tuple(Guest(f"g{n}", name=f"Guest {n}") for n in range(50))
    found = planned(Room((Table(1, 20, 0), Table(2, 20, 0)), guests), 0.28)
    assert len(found.waiting) == 10
    assert "about 14 of 50 won't come" in found.waiting[0].say


def test_a_territory_larger_than_a_table_is_split_evenly_with_both_sides_in_each_part() -> None:
    big = [Guest(f"b{n}", "Lazio", L if n < 8 else R) for n in range(14)]
    others = [Guest(f"o{n}", f"T{n // 2}", (L, R)[n % 2]) for n in range(14)]
    room = Room(tuple(Table(n, 10, 6) for n in range(1, 5)), (*big, *others))
    found = planned(room)
    assert found.points == 0
    parts = Counter(found.seating[g.id] for g in big)
    assert sorted(parts.values()) == [7, 7]
    for number in parts:
        assert {g.side for g in big if found.seating[g.id] == number} == {L, R}


def test_no_more_tables_are_planned_than_the_people_expected_can_fill() -> None:
    guests = tuple(g for g, _ in registrations(3, 60))
    tables = tuple(Table(n, 10, 6) for n in range(1, 13))
    found = planned(Room(tables, guests), 0.28)
    assert len(set(found.seating.values())) == 6


@pytest.mark.parametrize(
    ("tables", "people"),
    [(0, 3), (1, 0), (1, 1), (1, 5), (3, 1)],
)
def test_the_edges_no_table_one_table_nobody_one_person(tables: int, people: int) -> None:
    room = Room(
        tuple(Table(n + 1, 4, 2) for n in range(tables)),
        tuple(Guest(f"g{n}", "Lazio", (L, R)[n % 2]) for n in range(people)),
    )
    found = planned(room)
    assert len(found.seating) == min(people, 4 * tables)
    assert len(found.waiting) == people - len(found.seating)
    assert found.done == 1.0
    assert not broken(room, found.seating)


def test_a_thousand_people_are_planned() -> None:
    room = perfect_room(1000, 1)
    for report in plan(room, 0.0, Effort.QUICK, 1):
        if report.done > 0.02:
            break
    assert len(report.seating) == 1000
    assert not report.impossible
