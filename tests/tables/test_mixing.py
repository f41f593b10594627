"""Mixing rounds: new people every round, in a language they share, for those who are here."""

from __future__ import annotations

import pytest

from checkin.tables.mixing import Mix, mix, repeats_in
from checkin.tables.room import Guest, Kind, Room, Side, Table
from checkin.tables.rotation import least_repeats, repeats, rotated
from checkin.tables.rules import broken
from checkin.tables.score import score
from checkin.tables.search import Effort
from checkin.tables.values import changed
from tests.tables.days import registrations


def mixed(room: Room, rounds: int, seed: int = 1) -> Mix:
    return list(mix(room, rounds, Effort.QUICK, seed))[-1]


def plain(tables: int, seats: int) -> Room:
    return Room(
        tuple(Table(n + 1, seats, 1) for n in range(tables)),
        tuple(Guest(f"g{n}") for n in range(tables * seats)),
        kind=Kind.MIX,
    )


@pytest.mark.parametrize(
    ("tables", "seats", "rounds", "least"),
    [(6, 10, 3, 48), (7, 9, 3, 28), (12, 10, 3, 0), (30, 10, 3, 0), (8, 4, 7, 0), (9, 5, 6, 0)],
)
def test_rotations_reach_the_fewest_repeats(
    tables: int, seats: int, rounds: int, least: int
) -> None:
    found = rotated(tables * seats, tables, rounds)
    assert repeats(found) == least
    for round_ in found:
        assert sorted(round_) == sorted(n % tables for n in range(tables * seats))


def test_the_lower_bound_is_the_formula_of_the_specification() -> None:
    assert least_repeats(10, 6) == 4
    assert least_repeats(10, 12) == 0
    assert least_repeats(9, 7) == 2
    assert least_repeats(4, 0) == 0
    assert 6 * 2 * least_repeats(10, 6) == repeats(rotated(60, 6, 3))


def test_ten_rounds_of_eight_by_four_repeat_at_most_eighteen_pairs() -> None:
    found = mixed(plain(8, 4), 10)
    assert repeats_in(found.rounds) == sum(found.repeats) <= 18


def test_rounds_planned_together_say_the_points_and_repeats_of_the_reference() -> None:
    guests = tuple(g for g, _ in registrations(5, 45))
    room = Room(tuple(Table(n, 8, 4) for n in range(1, 9)), guests, kind=Kind.MIX)
    found = mixed(room, 3)
    for r, seating in enumerate(found.rounds):
        judged = score(changed(room, earlier=found.rounds[:r]), seating)
        assert judged.total == found.points[r]
        assert judged.terms.met == found.repeats[r]
        assert judged.terms.strangers == 0
        assert set(seating) == {g.id for g in guests}
    assert sum(found.repeats) <= 3


def test_a_round_after_history_leaves_out_who_left_and_takes_in_who_came_late() -> None:
    guests = tuple(g for g, _ in registrations(6, 42))
    tables = tuple(Table(n, 8, 4) for n in range(1, 8))
    first = {g.id: 1 + n % 6 for n, g in enumerate(guests)}
    here = (*guests[3:], Guest("late", "Late", Side.LOCAL))
    found = mixed(Room(tables, here, kind=Kind.ALIGN, earlier=(first,)), 1)
    assert set(found.rounds[0]) == {g.id for g in here}
    # Six tables of six or seven, filled from six: four of them repeat a pair at least.
    assert found.repeats[0] <= 5


def test_hard_rules_hold_in_every_round() -> None:
    guests = [g for g, _ in registrations(7, 40)]
    guests[0] = Guest("p0", guests[0].territory, pin=3)
    guests[1] = Guest("p1", guests[1].territory, step_free=True)
    tables = tuple(Table(n, 8, 4, step_free=n == 2, open=n != 5) for n in range(1, 9))
    room = Room(tables, tuple(guests), (("p2", "p3"),), (("p4", "p5"), ("p6", "p0")))
    found = mixed(room, 3)
    assert found.impossible == ()
    for seating in found.rounds:
        assert not broken(room, seating)


def test_the_same_seed_gives_the_same_rounds() -> None:
    room = Room(
        tuple(Table(n, 8, 4) for n in range(1, 8)), tuple(g for g, _ in registrations(2, 40))
    )
    assert mixed(room, 2, 4) == mixed(room, 2, 4)


@pytest.mark.parametrize(("tables", "people"), [(0, 2), (1, 0), (1, 1), (1, 3), (2, 9)])
def test_the_edges_no_table_one_table_nobody_more_people_than_seats(
    tables: int, people: int
) -> None:
    room = Room(
        tuple(Table(n + 1, 4, 1) for n in range(tables)),
        tuple(Guest(f"g{n}") for n in range(people)),
    )
    found = mixed(room, 2)
    assert len(found.rounds) == 2
    for seating in found.rounds:
        assert len(seating) == min(people, 4 * tables)
    assert len(found.waiting) == people - min(people, 4 * tables)


def test_a_table_that_is_too_small_for_an_even_share_is_not_overfilled() -> None:
    tables = (Table(1, 2, 1), Table(2, 6, 1), Table(3, 6, 1))
    room = Room(tables, tuple(Guest(f"g{n}") for n in range(13)))
    for seating in mixed(room, 2).rounds:
        assert not broken(room, seating)
