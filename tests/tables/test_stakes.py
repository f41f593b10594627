"""What those due let expect, and the points that an arrival puts at stake at each table."""

from __future__ import annotations

from statistics import fmean, pvariance

from hypothesis import given
from hypothesis import strategies as st

from checkin.tables.arrival import arrival_seat
from checkin.tables.forecast import AWAY_ALONE, chance_later, usual_share, variance_left
from checkin.tables.outlook import Outlook
from checkin.tables.room import DEFAULT_WEIGHTS, Guest, Room, Side, Table
from checkin.tables.room_state import RoomState
from checkin.tables.stakes import Stakes

L, R = Side.LOCAL, Side.REGION


def people(count: int, territory: str = "", side: Side = L, name: str = "x") -> list[Guest]:
    return [Guest(f"{name}{n}", territory, side) for n in range(count)]


def state(
    tables: tuple[Table, ...], at: dict[int, list[Guest]], due: list[Guest], share: float = 0.5
) -> RoomState:
    seating = {guest.id: number for number, there in at.items() for guest in there}
    guests = tuple(guest for there in at.values() for guest in there)
    return RoomState(Room(tables, guests), seating, due, None, 0.28, share)


def stakes(room: RoomState, guest: Guest) -> dict[int, float]:
    found = Stakes(room, Outlook(room, guest), set())
    return {number: found.points(place) for number, place in room.places.items()}


def test_who_has_not_come_is_the_less_likely_to_come_the_later_it_is() -> None:
    chances = [chance_later(0.28, usual_share(tenth / 10)) for tenth in range(11)]
    assert abs(chances[0] - 0.72) < 0.01
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] < 0.03
    assert chance_later(0.0, 1.0) == 1.0
    assert chance_later(1.0, 0.0) == 0.0


def test_the_later_it_is_the_less_doubt_is_left_about_how_many_come() -> None:
    left = [variance_left(60, 0.28, share / 10) for share in range(11)]
    assert left == sorted(left, reverse=True)
    assert left[0] <= variance_left(60, 0.28, None)
    assert left[-1] < 1


def test_a_party_comes_together_so_two_in_one_vary_more_than_two_alone() -> None:
    guest = Guest("g")
    together = Outlook(state((Table(1),), {}, people(2, "Lazio")), guest)
    alone = Outlook(state((Table(1),), {}, people(2)), guest)
    chance = chance_later(0.28, 0.5)
    assert together.free == alone.free == 2 * chance
    assert abs(alone.free_variance - 2 * chance * (1 - chance)) < 1e-9
    assert abs(together.free_variance - pvariance([0, 2]) * 4 * chance * (1 - chance)) < 1e-9
    assert (together.party, alone.party) == (2.0, 1.0)
    assert fmean([together.free, alone.free]) == together.free


def test_the_others_of_who_has_come_come_more_likely_than_strangers_to_them() -> None:
    due = people(2, "Lazio", L, "l") + people(2, "Toscana", L, "t")
    room = state((Table(1), Table(2)), {1: people(1, "Lazio", L, "h")}, due)
    outlook = Outlook(room, Guest("g"))
    mean, _ = outlook.due_at(room.places[1])
    assert mean == 2 * chance_later(AWAY_ALONE, 0.5) > outlook.free


def test_the_guests_own_territory_is_not_among_those_chairs_are_held_for() -> None:
    due = people(3, "Lazio", R, "r")
    room = state((Table(1),), {1: people(1, "Lazio", L, "h")}, due)
    outlook = Outlook(room, due[0])
    assert outlook.due_at(room.places[1])[0] == 0
    assert outlook.mates == 2 * chance_later(AWAY_ALONE, 0.5)


def test_a_chair_that_somebody_due_will_want_is_dearer_than_one_that_nobody_will() -> None:
    tables = (Table(1, 4, 0), Table(2, 4, 0))
    due = people(2, "Lazio", R, "r")
    there = {1: people(2, "Lazio", L, "l"), 2: people(2, name="o")}
    room = state(tables, there, due)
    found = stakes(room, Guest("g"))
    assert found[1] > found[2] + 1
    assert arrival_seat(room, Guest("g")).table == 2


def test_the_price_of_a_chair_too_few_is_that_of_a_broken_pair() -> None:
    pinned = [Guest("p", pin=1)]
    room = state((Table(1, 2, 0), Table(2, 9, 0)), {1: people(1), 2: people(1, name="o")}, pinned)
    weights = DEFAULT_WEIGHTS
    found = stakes(room, Guest("g"))
    assert round(found[1] - found[2]) == 2 * weights.alone + weights.split + 2 * weights.voice


def test_the_last_free_people_go_where_a_table_is_under_its_minimum() -> None:
    tables = (Table(1, 8, 4), Table(2, 8, 4))
    there = {1: people(3, name="a"), 2: people(5, name="b")}
    late = state(tables, there, [], 0.99)
    found = stakes(late, Guest("g"))
    assert found[2] - found[1] > DEFAULT_WEIGHTS.short / 2
    assert arrival_seat(late, Guest("g")).table == 1


def test_no_table_is_opened_for_the_last_one_and_one_is_while_many_come() -> None:
    tables = (Table(1, 8, 4), Table(2, 8, 4))
    there = {1: people(5, name="a")}
    assert arrival_seat(state(tables, there, [], 0.99), Guest("g")).table == 1
    many = people(30, name="due")
    assert arrival_seat(state(tables, there, many, 0.1), Guest("g")).table == 2


@given(
    here=st.lists(st.integers(0, 8), min_size=1, max_size=5),
    due=st.integers(0, 30),
    share=st.floats(0, 1),
    minimum=st.integers(0, 8),
)
def test_what_is_at_stake_is_never_less_than_nothing(
    here: list[int], due: int, share: float, minimum: int
) -> None:
    tables = tuple(Table(n + 1, 8, minimum) for n in range(len(here)))
    at = {n + 1: people(count, f"T{n}", L, f"h{n}-") for n, count in enumerate(here)}
    room = state(tables, at, [Guest(f"d{n}", f"T{n % 7}", R) for n in range(due)], share)
    for points in stakes(room, Guest("g", "T0", R)).values():
        assert points > -1e-6
