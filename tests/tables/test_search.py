"""The search: deterministic, never worse than where it starts, and it leaves alone who stays."""

from __future__ import annotations

import pytest

from checkin.tables.room import Guest, Kind, Room, Side, Table, Weights
from checkin.tables.rules import broken
from checkin.tables.score import score
from checkin.tables.search import Effort, Progress, best_of, improve
from checkin.tables.values import changed
from tests.tables.days import registrations
from tests.tables.invented import perfect_room

TABLES = tuple(Table(n, 7, 4) for n in range(1, 10))


def careless(room: Room) -> dict[str, int]:
    """Seats people in turn at all tables."""
    return {g.id: room.tables[n % len(room.tables)].number for n, g in enumerate(room.guests)}


@pytest.mark.parametrize(("people", "seed"), [(60, 1), (60, 4), (120, 1)])
@pytest.mark.parametrize("fill", [(7, 10), (10, 10)])
def test_rooms_with_a_perfect_seating_inside_get_it(
    people: int, seed: int, fill: tuple[int, int]
) -> None:
    room = perfect_room(people, seed, fill=fill)
    found = best_of(improve(room, None, Effort.NORMAL, seed))
    assert (found.points, found.hard) == (0, 0)
    assert score(room, found.seating).total == 0
    assert not broken(room, found.seating)


def test_the_same_seed_and_effort_give_the_same_reports() -> None:
    room = Room(TABLES, tuple(g for g, _ in registrations(1, 50)))
    assert list(improve(room, None, Effort.QUICK, 3)) == list(improve(room, None, Effort.QUICK, 3))


def test_reports_only_get_better_and_tell_the_share_done() -> None:
    room = Room(TABLES, tuple(g for g, _ in registrations(2, 50)))
    reports = list(improve(room, careless(room), Effort.QUICK, 1))
    assert [r.rank for r in reports] == sorted((r.rank for r in reports), reverse=True)
    assert [r.done for r in reports] == sorted(r.done for r in reports)
    assert reports[-1].done == 1.0
    assert reports[-1].points == score(room, reports[-1].seating).total
    assert reports[-1].points < score(room, careless(room)).total


def test_people_who_stay_keep_their_table_and_pins_are_put_right() -> None:
    guests = [changed(g, stays=n < 10) for n, (g, _) in enumerate(registrations(3, 50))]
    guests[20] = changed(guests[20], pin=2)
    room = Room(TABLES, tuple(guests))
    start = careless(room)
    found = best_of(improve(room, start, Effort.QUICK, 1))
    assert all(found.seating[g.id] == start[g.id] for g in guests[:10])
    assert found.seating[guests[20].id] == 2
    assert found.hard == 0


def test_together_groups_and_rivals_are_respected() -> None:
    guests = tuple(g for g, _ in registrations(4, 50))
    together = (("p0", "p9"), ("p9", "p20"), ("p30", "p31"))
    room = Room(TABLES, guests, together, (("p0", "p1"), ("p2", "p3")))
    found = best_of(improve(room, None, Effort.QUICK, 1))
    assert not broken(room, found.seating)


def test_a_closed_table_is_not_used() -> None:
    room = Room(
        (*TABLES[1:], Table(1, 7, 4, open=False)), tuple(g for g, _ in registrations(5, 40))
    )
    found = best_of(improve(room, careless(room), Effort.QUICK, 1))
    assert 1 not in found.seating.values()
    assert found.hard == 0


def test_a_language_that_nobody_else_has_leaves_one_stranger_and_no_second() -> None:
    lone = Guest("hu", "Pest", Side.LOCAL, ("hu",))
    guests = (*(g for g, _ in registrations(6, 40)), lone)
    # Six tables of seven are just enough: an empty table can't hide the stranger.
    room = Room(TABLES[:6], guests)
    found = best_of(improve(room, None, Effort.NORMAL, 1))
    assert score(room, found.seating).terms.strangers == 1


def test_weights_of_zero_and_heavy_weights_are_no_trouble() -> None:
    zero = Weights(0, 0, 0, 0, 0, 0, 0, 0, 0)
    heavy = Weights(90_000, 4_000, 9_000, 2_000, 1_000, 600, 800, 9_000, 1_000)
    guests = tuple(g for g, _ in registrations(7, 40))
    for weights in (zero, heavy):
        for kind in Kind:
            room = Room(TABLES, guests, weights=weights, kind=kind)
            found = best_of(improve(room, careless(room), Effort.QUICK, 1))
            assert found.points == score(room, found.seating).total
            assert found.points <= score(room, careless(room)).total


def test_an_empty_room_has_an_empty_seating() -> None:
    assert best_of(improve(Room((), ()))) == Progress({}, 0, 0, 1.0)
    assert best_of(improve(Room(TABLES, ()))) == Progress({}, 0, 0, 1.0)
    assert best_of(iter(())) == Progress({}, 0, 0, 1.0)
