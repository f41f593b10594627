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
    closed = state({}, (), tables=(Table(1, 4, 2, open=False),))
    answer = arrival_seat(closed, guest("b"))
    assert answer.reason == "No table is open; open one or ask them to wait."


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


def everybody_in(door: RoomState, came: tuple[Guest, ...]) -> list[int | None]:
    """Seats people in this order and returns their tables."""
    tables = []
    for one in came:
        answer = arrival_seat(door, one)
        tables.append(answer.table)
        if answer.table is not None:
            door.seat(one, answer.table)
    return tables


def pairs_of(count: int) -> tuple[Guest, ...]:
    return tuple(guest(f"g{n}", f"T{n // 2}", (L, R)[n % 2]) for n in range(count))


def test_the_last_of_twenty_finds_a_chair_at_the_table_they_are_pinned_to() -> None:
    tables = tuple(Table(n, 7, 4) for n in range(1, 5))
    due = (*pairs_of(19), Guest("p", "T9", R, pin=1))
    door = RoomState(Room(tables, ()), {}, due, in_by_now=1.0)
    assert everybody_in(door, due)[-1] == 1


def test_the_last_two_who_need_it_find_chairs_at_the_step_free_table() -> None:
    tables = tuple(Table(n, 7, 4, step_free=n == 1) for n in range(1, 5))
    due = (*pairs_of(18), *(Guest(f"s{n}", "T9", R, step_free=True) for n in range(2)))
    door = RoomState(Room(tables, ()), {}, due)
    assert everybody_in(door, due)[-2:] == [1, 1]


def test_who_is_pinned_to_a_step_free_table_and_needs_it_is_kept_one_chair_and_not_two() -> None:
    tables = (Table(1, 2, 0, step_free=True), Table(2, 2, 0))
    due = (Guest("s", "", L, step_free=True, pin=1),)
    door = state({"a": 2, "b": 2}, (guest("a"), guest("b")), due, tables=tables)
    assert everybody_in(door, (guest("x"), guest("y"))) == [1, 1]
    door = state({"a": 2}, (guest("a"),), due, tables=tables)
    door.seat(guest("x"), 1)
    assert arrival_seat(door, guest("y")).table == 2


TWO_OF_THREE = (Table(1, 3, 0), Table(2, 3, 0))
PINNED = Guest("p", "Wallonie", L, pin=1)


def beside_bo(planned: int | None = None, together: tuple[tuple[str, str], ...] = ()) -> RoomState:
    """Table 1, where Bo sits, has one chair, for which somebody due is pinned to the table."""
    there = (guest("bo", "Lazio", R), guest("x"), guest("y"))
    ana = guest("ana", "Lazio", L)
    plan = {"ana": planned} if planned else None
    seated = {"bo": 1, "x": 1, "y": 2}
    return state(seated, there, (PINNED, ana), plan, TWO_OF_THREE, together)


def test_the_chair_of_who_is_pinned_is_not_given_to_a_counterpart() -> None:
    assert arrival_seat(beside_bo(), guest("ana", "Lazio", L)).table == 2


def test_the_chair_of_who_is_pinned_is_not_given_as_planned_nor_to_who_comes_back() -> None:
    assert arrival_seat(beside_bo(1), guest("ana", "Lazio", L)).table == 2
    assert arrival_seat(beside_bo(), guest("cy", "Wallonie"), 1).table == 2


def test_the_chair_of_who_is_pinned_is_not_given_to_a_partner_who_is_told_so() -> None:
    answer = arrival_seat(beside_bo(together=(("ana", "bo"),)), guest("ana", "Lazio", L))
    assert answer.table == 2
    assert answer.reason == (
        "Table 1, with Bo, keeps its chairs for people still due. "
        "It has a free chair and a common language."
    )


def test_who_is_here_gets_a_kept_chair_when_no_other_is_left() -> None:
    door = beside_bo()
    assert everybody_in(door, (guest("u"), guest("v"))) == [2, 2]
    answer = arrival_seat(door, guest("ana", "Lazio", L))
    assert (answer.table, answer.reason) == (1, "Bo of Lazio sits there.")
    tables = (Table(1, 2, 0, step_free=True), Table(2, 1, 0))
    due = tuple(Guest(f"s{n}", "", L, step_free=True) for n in range(2))
    door = state({}, (), due, tables=tables)
    assert everybody_in(door, (guest("u"), guest("v"))) == [2, 1]


def test_a_kept_chair_is_free_for_all_once_nobody_due_needs_it() -> None:
    for take_back in (RoomState.drop, lambda door, id: door.expect(Guest(id, "Wallonie"))):
        door = beside_bo()
        take_back(door, "p")
        assert arrival_seat(door, guest("ana", "Lazio", L)).table == 1


def test_who_waits_for_a_partner_does_not_take_the_chair_kept_for_another() -> None:
    tables = (Table(1, 3, 0), Table(2, 2, 0))
    bo = Guest("bo", "Lazio", R, name="Bo")
    ana = guest("ana", "Lazio", L)
    there = (guest("x", "Lazio", R),)
    door = state({"x": 1}, there, (PINNED, bo, ana), None, tables, (("ana", "bo"),))
    # One chair is left beside the pinned one's at table 1: too few for both.
    assert everybody_in(door, (ana, bo)) == [2, 2]
    assert arrival_seat(door, PINNED).table == 1


def test_a_stranger_to_everybody_here_and_due_sits_with_people_and_is_told_so() -> None:
    tables = tuple(Table(n, 7, 4) for n in range(1, 5))
    there = pairs_of(9)
    door = state({g.id: 1 if n < 7 else 2 for n, g in enumerate(there)}, there, tables=tables)
    answer = arrival_seat(door, guest("eve", "", L, "lt"))
    assert answer.table == 2
    assert answer.reason == (
        "Nobody here shares a language (lt); this table has the best free chair."
    )
    assert arrival_seat(door, guest("eve", "", L, "lt"), 3).table == 2


def test_a_stranger_opens_a_table_for_somebody_due_who_shares_the_language() -> None:
    there = (guest("a"),)
    eve, ugne = guest("eve", "", L, "lt"), guest("ugne", "", L, "lt")
    door = state({"a": 1}, there, (eve, ugne))
    answer = arrival_seat(door, eve)
    assert answer.table == 2
    assert answer.reason == "You are the first at this table; others will join you."
    door.drop("ugne")
    assert arrival_seat(door, eve).table == 1


def test_a_stranger_with_only_empty_tables_left_is_not_promised_others() -> None:
    door = state({"a": 1}, (guest("a"),), tables=(Table(1, 1, 0), Table(2, 4, 2)))
    answer = arrival_seat(door, guest("eve", "", L, "lt"))
    assert answer.table == 2
    assert answer.reason == (
        "You are the first at this table; nobody here or still due shares a language (lt)."
    )


def test_a_chair_that_is_kept_where_the_language_is_spoken_is_not_called_taken() -> None:
    there = (guest("a", "", L, "lt"), guest("b"), guest("c", "", L, "lt", "en"))
    pinned = Guest("p", pin=1)
    door = state({"a": 1, "b": 2, "c": 1}, there, (pinned,), tables=TWO_OF_THREE)
    answer = arrival_seat(door, guest("eve", "", L, "lt"))
    assert answer.table == 2
    assert answer.reason == ("No chair where lt is spoken can be given; this is the best free one.")


def test_others_are_promised_at_an_empty_table_only_if_somebody_due_may_join() -> None:
    full = (Table(1, 2, 0), Table(2, 4, 2))
    eve, ugne = guest("eve", "", L, "lt"), guest("ugne", "", L, "lt")
    door = state({"a": 1, "eve": 1}, (guest("a"), eve), tables=full)
    assert arrival_seat(door, ugne).reason == "You are the first at this table."
    door.expect(guest("jonas", "", L, "lt"))
    assert arrival_seat(door, ugne).reason == (
        "You are the first at this table; others will join you."
    )


def test_of_tables_that_are_all_strange_the_one_where_somebody_shares_the_language_is_taken() -> (
    None
):
    there = (*(guest(f"g{n}") for n in range(4)), guest("eve", "", L, "lt"))
    for lonely in (1, 2):
        seats = {f"g{n}": 1 + n % 2 for n in range(4)} | {"eve": lonely}
        door = state(seats, there, tables=tuple(Table(n, 4, 0) for n in (1, 2)))
        answer = arrival_seat(door, guest("ugne", "", L, "lt"))
        assert answer.table == lonely
        assert answer.reason == "It is the best free chair; a neighbour there speaks lt."
