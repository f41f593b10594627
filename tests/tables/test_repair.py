"""The ladder of repairs: fewest moves, exact in small rooms, hard rules first."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

import pytest

from checkin.tables.incremental import LiveSeating
from checkin.tables.repair import after_moves, ladder, suggested
from checkin.tables.room import Guest, Kind, Room, Side, Table
from checkin.tables.rules import broken, chairs_lacking, newly_broken, workable
from checkin.tables.score import score
from checkin.tables.values import changed

SEEDS = range(12)


def small_room(seed: int) -> tuple[Room, dict[str, int]]:
    """Returns a room of about ten people at three tables, and a careless seating."""
    random = Random(seed)
    guests = tuple(
        Guest(
            f"g{n}",
            f"T{random.randint(1, 4)}",
            random.choice(list(Side)),
            random.choice((("en",), ("en",), ("fr",), ("en", "fr"))),
            stays=random.random() < 0.2,
            pin=random.choice((None, None, None, 1)),
            name=f"Guest {n}",
        )
        for n in range(random.randint(6, 11))
    )
    tables = (Table(1, 6, 3), Table(2, 5, 2), Table(3, 5, 2, open=seed % 4 > 0))
    apart = (("g0", "g1"),) if seed % 3 == 0 else ()
    kind = Kind.MIX if seed % 5 == 4 else Kind.ALIGN
    earlier = ({g.id: 1 + n % 3 for n, g in enumerate(guests)},) if kind is Kind.MIX else ()
    room = Room(tables, guests, (), apart, kind=kind, earlier=earlier)
    return room, {
        g.id: g.pin or (3 if n < 5 and seed % 4 == 0 else random.randint(1, 3))
        for n, g in enumerate(guests)
    }


def brute_force(room: Room, seating: dict[str, int], moves: int) -> tuple[int, int]:
    """Returns what is broken and points of the best seating with at most so many moves.

    No rule that holds as it is may be broken.
    """
    movers = [g.id for g in room.guests if not g.stays and g.pin is None]
    numbers = [table.number for table in room.tables]
    best = (10**9, 10**9)
    for count in range(moves + 1):
        for people in combinations(movers, count):
            for targets in product(numbers, repeat=count):
                after = {**seating, **dict(zip(people, targets, strict=True))}
                live = LiveSeating(room, after)
                worth_a_look = (live.hard, live.points) < best
                if worth_a_look and not newly_broken(broken(room, seating), broken(room, after)):
                    best = live.hard, live.points
    return best


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rungs_equal_brute_force_in_small_rooms(seed: int) -> None:
    room, seating = small_room(seed)
    rungs = ladder(room, seating, 3)
    for moves in range(4):
        best = [rung for rung in rungs if len(rung.moves) <= moves][-1]
        assert (best.hard, best.points) == brute_force(room, seating, moves), f"seed {seed}"
        assert best.exact


@pytest.mark.parametrize("seed", SEEDS)
def test_every_rung_tells_its_own_seating_and_moves_nobody_who_may_not_move(seed: int) -> None:
    room, seating = small_room(seed)
    rungs = ladder(room, seating)
    assert rungs[0].moves == ()
    for rung in rungs:
        assert after_moves(seating, rung.moves) == rung.seating
        assert score(room, rung.seating).total == rung.points
        for move in rung.moves:
            guest = room.guest(move.person)
            assert not guest.stays
            assert guest.pin is None
            assert (move.origin, move.target) == (seating[guest.id], rung.seating[guest.id])
            assert move.reason
    ranks = [(rung.hard, rung.points) for rung in rungs]
    assert ranks == sorted(ranks, reverse=True)
    assert len({len(rung.moves) for rung in rungs}) == len(rungs)


def test_a_table_closed_in_mid_event_is_emptied_first_of_all() -> None:
    guests = tuple(Guest(f"g{n}", f"T{n // 2}", (Side.LOCAL, Side.REGION)[n % 2]) for n in range(8))
    tables = (Table(1, 6, 2), Table(2, 6, 2), Table(3, 6, 2, open=False))
    room = Room(tables, guests)
    seating = {g.id: (1, 1, 1, 2, 2, 2, 3, 3)[n] for n, g in enumerate(guests)}
    rungs = ladder(room, seating)
    assert rungs[0].hard == 2
    two = next(rung for rung in rungs if len(rung.moves) == 2)
    assert not broken(room, two.seating)
    assert {move.person for move in two.moves} == {"g6", "g7"}
    assert "table 3 is closed" in two.moves[0].reason
    assert rungs[suggested(rungs)].hard == 0


def test_people_at_the_step_free_seat_they_need_are_left_there_and_others_are_helped_to_one() -> (
    None
):
    sam = Guest("s", "Lazio", Side.LOCAL, step_free=True, name="Sam")
    tim = Guest("t", "Wallonie", Side.LOCAL, step_free=True, name="Tim")
    friend = Guest("f", "Lazio", Side.REGION, name="Fia")
    room = Room((Table(1, 4, 0, step_free=True), Table(2, 4, 0)), (sam, tim, friend))
    best = ladder(room, {"s": 1, "t": 2, "f": 2})[-1]
    assert {move.person for move in best.moves} == {"t", "f"}
    assert best.seating == {"s": 1, "t": 1, "f": 1}
    assert (best.hard, best.points) == (0, 0)


def test_a_short_table_is_dissolved_when_its_people_fit_elsewhere() -> None:
    guests = [
        Guest(f"g{n}", f"T{n // 3}", (Side.LOCAL, Side.REGION)[n % 2], name=f"Guest {n}")
        for n in range(15)
    ]
    room = Room((Table(1, 9, 4), Table(2, 9, 4), Table(3, 9, 4)), tuple(guests))
    seating = {g.id: (1, 2, 1, 2, 3)[n // 3] for n, g in enumerate(guests)}
    rungs = ladder(room, seating)
    assert rungs[0].points == 200
    assert rungs[-1].points == 0
    assert rungs[-1].moves[0].reason.startswith("empties table 3")
    assert len(rungs[-1].moves) == 3


def test_a_good_seating_has_one_rung_and_empty_rooms_have_one_too() -> None:
    room = Room((Table(1, 4, 0),), (Guest("a"),))
    assert len(ladder(room, {"a": 1})) == 1
    assert ladder(Room((), ()), {})[0].moves == ()


def test_together_people_move_as_one() -> None:
    ana, bo = Guest("a", "X", Side.LOCAL), Guest("b", "Y", Side.LOCAL)
    others = (Guest("c", "X", Side.REGION), Guest("d", "Y", Side.REGION))
    room = Room((Table(1, 4, 0), Table(2, 4, 0)), (ana, bo, *others), (("a", "b"),))
    best = ladder(room, {"a": 1, "b": 1, "c": 2, "d": 2}, 2)[-1]
    assert best.points == 0
    assert not broken(room, best.seating)


def test_a_table_is_not_emptied_by_parting_those_who_are_to_sit_together() -> None:
    ana, bo = Guest("a", "X", Side.LOCAL), Guest("b", "Y", Side.LOCAL)
    others = tuple(Guest(f"c{n}", "XY"[n % 2], Side.REGION) for n in range(2))
    tables = (Table(1, 2, 0), Table(2, 2, 0), Table(3, 2, 0, open=False))
    room = Room(tables, (ana, bo, *others), (("a", "b"),))
    for rung in ladder(room, {"a": 3, "b": 3, "c0": 1, "c1": 2}, 2):
        assert rung.seating["a"] == rung.seating["b"]


def test_who_is_to_sit_with_somebody_is_moved_there_alone() -> None:
    ana, bo = Guest("a", "X", Side.LOCAL, name="Ana"), Guest("b", "Y", Side.LOCAL, name="Bo")
    others = (Guest("c", "X", Side.REGION), Guest("d", "Y", Side.REGION))
    tables = (Table(1, 4, 0), Table(2, 4, 0))
    seating = {"a": 1, "b": 2, "c": 1, "d": 1}
    for pair in (("a", "b"), ("b", "a")):
        rungs = ladder(Room(tables, (ana, bo, *others), (pair,)), seating, 1)
        assert [(move.person, move.target) for move in rungs[-1].moves] == [("b", 1)]
        assert rungs[-1].hard == 0


def test_a_full_room_is_not_repaired_by_overfilling_a_table() -> None:
    guests = tuple(
        Guest(f"g{n}", f"T{n // 2}", (Side.LOCAL, Side.REGION)[n % 2]) for n in range(15)
    )
    tables = tuple(Table(n, 5, 0, open=n != 1) for n in (1, 2, 3))
    room = Room(tables, guests)
    seating = {guest.id: 1 + n % 3 for n, guest in enumerate(guests)}
    rungs = ladder(room, seating)
    for rung in rungs:
        here = list(rung.seating.values())
        assert [here.count(table.number) for table in tables] == [5, 5, 5]
    assert chairs_lacking(room, seating) == (
        "5 people of table 1 find no free chair: open a table, or give one more seats."
    )


def test_an_overfull_table_never_gets_fuller_and_may_swap() -> None:
    guests = tuple(Guest(f"g{n}", "XY"[n % 2], (Side.LOCAL, Side.REGION)[n // 2]) for n in range(4))
    tables = (Table(1, 2, 0), Table(2, 1, 0))
    room = Room(tables, guests)
    seating = {"g0": 1, "g1": 1, "g3": 1, "g2": 2}
    best = ladder(room, seating)[-1]
    assert sorted(best.seating.values()) == [1, 1, 1, 2]
    assert chairs_lacking(room, seating).startswith("1 person of table 1 finds no free chair")


def test_no_rung_breaks_a_wish_that_held_to_mend_another() -> None:
    ana, bo, cy = (Guest(id, name=id.title()) for id in ("ana", "bo", "cy"))
    others = tuple(Guest(f"g{n}") for n in range(3))
    room = Room(
        (Table(1, 4, 0), Table(2, 4, 0)),
        (ana, bo, cy, *others),
        (("ana", "bo"), ("bo", "cy")),
        (("ana", "cy"),),
    )
    seating = {"ana": 1, "bo": 1, "cy": 1, "g0": 2, "g1": 2, "g2": 2}
    before = broken(room, seating)
    assert [rule.say for rule in before] == ["Ana and Cy are to sit apart."]
    for rung in ladder(room, seating):
        assert not newly_broken(before, broken(room, rung.seating))


def test_who_is_pinned_elsewhere_is_moved_there_and_nowhere_else() -> None:
    pia = Guest("p", pin=2, name="Pia")
    tables = (Table(1, 3, 0, open=False), Table(2, 3, 0), Table(3, 3, 0))
    best = ladder(Room(tables, (pia,)), {"p": 3}, 1)[-1]
    (move,) = best.moves
    assert (move.target, move.reason.split(" and ")[-1]) == (2, "pinned to table 2")
    full = (Guest("a"), Guest("b"), Guest("c"), pia)
    stays = tuple(changed(each, stays=not each.pin) for each in full)
    taken = {"a": 2, "b": 2, "c": 2, "p": 1}
    assert len(ladder(Room(tables, stays), taken)) == 1


def test_who_is_pinned_to_a_closed_table_stays_there() -> None:
    pia = Guest("p", pin=1, name="Pia")
    tables = (Table(1, 3, 0, open=False), Table(2, 3, 0))
    room = Room(tables, (pia, Guest("a")))
    best = ladder(room, {"p": 1, "a": 1})[-1]
    assert best.seating == {"p": 1, "a": 2}
    assert [rule.say for rule in workable(room).impossible] == [
        "Pia is pinned to table 1, but table 1 is closed."
    ]


def test_a_need_stays_broken_when_the_only_step_free_table_is_closed() -> None:
    sam = Guest("s", step_free=True, name="Sam")
    tables = (Table(1, 3, 0, open=False, step_free=True), Table(2, 3, 0))
    room = Room(tables, (sam,))
    best = ladder(room, {"s": 1})[-1]
    assert best.seating == {"s": 2}
    assert [rule.say for rule in broken(room, best.seating)] == [
        "Sam needs a step-free table; none is open."
    ]


def test_who_needs_a_step_free_table_is_told_that_it_is_one_as_the_reason() -> None:
    sam = Guest("s", step_free=True, name="Sam")
    room = Room((Table(1, 3, 0), Table(2, 3, 0, step_free=True)), (sam, Guest("a"), Guest("b")))
    (move,) = ladder(room, {"s": 1, "a": 1, "b": 2}, 1)[-1].moves
    assert (move.target, move.reason.split(" and ")[0]) == (2, "table 2 is step-free")


def test_a_move_that_is_the_only_one_of_its_rung_never_points_to_other_moves() -> None:
    for seed in range(40):
        room, seating = small_room(seed)
        for rung in ladder(room, seating, 1)[1:]:
            assert "other moves" not in rung.moves[0].reason, f"seed {seed}"


def test_people_without_a_table_count_among_those_who_find_no_chair() -> None:
    tables = (Table(1, 1, 0), Table(2, 1, 0, open=False))
    room = Room(tables, (Guest("a"), Guest("b"), Guest("c")))
    assert chairs_lacking(room, {"a": 1}, 2) == (
        "2 people without a table find no free chair: open a table, or give one more seats."
    )
    assert chairs_lacking(room, {"a": 1, "b": 2}, 1).startswith("2 people of table 2 or without")
    assert chairs_lacking(room, {"b": 2}) == ""
