"""The answer at the door: beside one's own, else as planned, else the best place, and why."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from time import perf_counter

from checkin.tables.arrival import RoomState, arrival_seat
from checkin.tables.forecast import expected_more, usual_share
from checkin.tables.room import Guest, Room, Seating, Side, Table
from tests.tables.days import registrations, simulated_day
from tests.tables.invented import perfect_room

L, R = Side.LOCAL, Side.REGION
THREE = tuple(Table(n, 4, 2) for n in (1, 2, 3))


def guest(id: str, territory: str = "", side: Side = L, *languages: str) -> Guest:
    return Guest(id, territory, side, languages or ("en",), name=id.capitalize())


def state(
    seated: Seating,
    guests: tuple[Guest, ...],
    due: tuple[Guest, ...] = (),
    plan: Seating | None = None,
    tables: tuple[Table, ...] = THREE,
    together: tuple[tuple[str, str], ...] = (),
    apart: tuple[tuple[str, str], ...] = (),
) -> RoomState:
    return RoomState(Room(tables, guests, together, apart), seated, due, plan, 0.0)


def test_the_counterpart_of_the_own_territory_comes_before_the_plan() -> None:
    bo = guest("bo", "Lazio", R)
    ana = guest("ana", "Lazio")
    door = state({"bo": 2}, (bo,), (ana,), {"ana": 1})
    answer = arrival_seat(door, ana)
    assert (answer.table, answer.reason) == (2, "Bo of Lazio sits there.")


def test_of_two_tables_of_the_territory_the_one_that_lacks_the_side_is_taken() -> None:
    there = (guest("ana", "Lazio", L), guest("bo", "Lazio", R))
    door = state({"ana": 1, "bo": 2}, there)
    assert arrival_seat(door, guest("cy", "Lazio", L)).table == 2


def test_without_a_counterpart_the_planned_table_is_told() -> None:
    ana = guest("ana", "Lazio")
    door = state({}, (), (ana, *(guest(f"x{n}") for n in range(8))), {"ana": 2})
    answer = arrival_seat(door, ana)
    assert (answer.table, answer.reason) == (2, "It is the table planned for this person.")


def test_chairs_are_held_for_counterparts_still_due() -> None:
    seated = (guest("a", "Lazio"), guest("b", "Lazio"))
    due = (guest("c", "Lazio"), guest("d", "Lazio"))
    other = guest("x", "Toscana")
    door = state({"a": 1, "b": 1, "x": 2}, (*seated, other), due)
    assert arrival_seat(door, guest("walkin", "Wallonie")).table == 2
    assert arrival_seat(door, due[0]).table == 1


def test_a_pin_a_partner_a_rival_and_a_step_free_need_are_never_traded() -> None:
    bo = guest("bo", "Lazio", R)
    tables = (Table(1, 4, 2), Table(2, 4, 2, step_free=True), Table(3, 4, 2))
    pinned = Guest("p", "Lazio", L, pin=3)
    assert arrival_seat(state({"bo": 1}, (bo,), tables=tables), pinned).table == 3
    sam = Guest("s", "Lazio", L, step_free=True)
    assert arrival_seat(state({"bo": 1}, (bo,), tables=tables), sam).table == 2
    ana = guest("ana", "Lazio")
    apart = state({"bo": 1}, (bo,), tables=tables, apart=(("ana", "bo"),))
    assert arrival_seat(apart, ana).table != 1
    friend = state({"bo": 1}, (bo,), tables=tables, together=(("x", "bo"),))
    answer = arrival_seat(friend, guest("x", "Wallonie"))
    assert (answer.table, answer.reason) == (1, "To sit with Bo.")


def test_a_full_room_and_a_full_pinned_table_say_what_to_do() -> None:
    one = (Table(1, 1, 0),)
    door = state({"a": 1}, (guest("a"),), tables=one)
    answer = arrival_seat(door, guest("b"))
    assert answer.table is None
    assert answer.reason == (
        "Every chair at every open table is taken; open a table or ask them to wait."
    )
    assert arrival_seat(door, Guest("c", pin=1)).table is None
    assert arrival_seat(state({}, (), tables=()), guest("b")).table is None


def test_a_partner_whose_table_is_full_is_told_and_another_chair_is_given() -> None:
    tables = (Table(1, 1, 0), Table(2, 4, 0))
    door = state({"bo": 1}, (guest("bo"),), tables=tables, together=(("x", "bo"),))
    answer = arrival_seat(door, guest("x"))
    assert answer.table == 2
    assert answer.reason.startswith("Table 1, with Bo, has no chair that suits. ")


def test_who_is_to_sit_with_somebody_due_sits_where_both_can() -> None:
    tables = (Table(1, 4, 0), Table(2, 4, 0), Table(3, 4, 0, step_free=True))
    bo = Guest("bo", "Lazio", L, ("en",), step_free=True, name="Bo")
    ana = guest("ana", "Lazio")
    door = state({}, (), (bo, ana), tables=tables, together=(("ana", "bo"),))
    assert arrival_seat(door, ana).table == 3
    pinned = Guest("bo", "Lazio", L, ("en",), pin=2, name="Bo")
    door = state({}, (), (pinned, ana), tables=tables, together=(("ana", "bo"),))
    assert arrival_seat(door, ana).table == 2


def test_a_partner_due_who_can_sit_nowhere_keeps_nobody_from_a_chair() -> None:
    bo = Guest("bo", "Lazio", L, ("en",), pin=9, name="Bo")
    ana = guest("ana", "Lazio")
    door = state({}, (), (bo, ana), together=(("ana", "bo"),))
    assert arrival_seat(door, ana).table in {1, 2, 3}


def test_a_walk_in_whose_language_nobody_shares_is_told_so_and_offered_the_best_table() -> None:
    door = state({"a": 1}, (guest("a"),), tables=(Table(1, 4, 2),))
    answer = arrival_seat(door, guest("eve", "", L, "hu"))
    assert answer.table == 1
    assert answer.reason == (
        "Nobody here shares a language (hu); this table has the best free chair."
    )


def test_a_walk_in_goes_where_their_language_is_spoken() -> None:
    there = (guest("a"), guest("b"), guest("c", "", L, "fr"), guest("d", "", L, "fr"))
    door = state({"a": 1, "b": 1, "c": 2, "d": 2}, there)
    assert arrival_seat(door, guest("luc", "", L, "fr")).table == 2


def test_the_last_chair_of_a_minority_language_is_kept_for_who_needs_it() -> None:
    two = (Table(1, 3, 2), Table(2, 6, 2))
    there = (guest("a", "", L, "fr"), guest("b", "", L, "fr"), guest("c"), guest("d"), guest("e"))
    seated = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 2}
    assert arrival_seat(state(seated, there, tables=two), guest("x", "", L, "en", "fr")).table == 2
    assert arrival_seat(state(seated, there, tables=two), guest("y", "", L, "fr")).table == 1


def test_no_more_tables_are_opened_than_the_people_still_expected_can_fill() -> None:
    tables = tuple(Table(n, 10, 6) for n in range(1, 9))
    due = tuple(guest(f"g{n}", f"T{n}") for n in range(16))
    door = state({}, (), due, tables=tables)
    for one in due:
        answer = arrival_seat(door, one)
        assert answer.table is not None
        door.seat(one, answer.table)
    assert door.in_use == 2
    assert min(len(p.people) for p in door.places.values() if p.people) >= 6


def test_leaving_frees_the_chair() -> None:
    door = state({"a": 1}, (guest("a"),), tables=(Table(1, 1, 0),))
    door.leave("a")
    door.leave("nobody")
    assert arrival_seat(door, guest("b")).table == 1


def test_the_more_people_came_the_fewer_are_still_expected_but_never_less_than_none() -> None:
    expected = [expected_more(60, 0.28, came) for came in range(61)]
    assert abs(expected[0] - 43.2) < 0.1
    assert all(later <= earlier for earlier, later in pairwise(expected))
    assert expected[-1] >= 0
    assert expected[50] > 0


def test_few_arrivals_late_in_the_day_lower_the_forecast_and_many_raise_it() -> None:
    late = usual_share(0.9)
    assert expected_more(60, 0.28, 30, late) < 3 < expected_more(60, 0.28, 30)
    half = usual_share(0.5)
    assert half == 0.5
    assert 30 + expected_more(60, 0.28, 30, half) > 20 + expected_more(60, 0.28, 20, half) + 3
    assert (usual_share(-1), usual_share(2)) == (0.0, 1.0)


def test_a_whole_territory_that_stays_away_leaves_no_table_short_after_the_repair() -> None:
    day = simulated_day(3, 60, tuple(Table(n, 7, 4) for n in range(1, 11)))
    assert day.repaired.terms.short == 0
    assert day.repaired.terms.strangers == 0


def test_the_answer_for_the_last_of_a_thousand_takes_about_a_millisecond() -> None:
    room = perfect_room(1000, 1)
    seated = {g.id: room.tables[n % len(room.tables)].number for n, g in enumerate(room.guests)}
    for g in room.guests[-40:]:
        del seated[g.id]
    door = RoomState(room, seated, room.guests[-40:], None, 0.28)
    took = []
    for g in room.guests[-40:]:
        start = perf_counter()
        assert arrival_seat(door, g).table is not None
        took.append(perf_counter() - start)
    # The budget is 1 ms; the bound is generous, for machines that do other things at the same time.
    assert median(took) < 0.01


def test_registrations_are_the_same_for_the_same_seed() -> None:
    assert registrations(1) == registrations(1)
