"""Several mixing rounds planned together: kept as plans, seen, begun in their time, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from checkin.door.desk import Door
from checkin.door.overview import Which
from checkin.errors import RefusedError
from checkin.event.demo import make_demo
from checkin.event.proof import verify
from checkin.event.session import EventSession, current_round, open_event
from checkin.people import PersonFlag
from checkin.tables.manual import Manual
from checkin.tables.planning import MOST_ROUNDS, Planning
from checkin.tables.room import Kind
from checkin.tables.rounds import Rounds, Stand
from checkin.tables.seating import Board, Seating
from checkin.tables.telling import Telling

DAY = dt.date(2026, 3, 10)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[EventSession]:
    path = tmp_path / "event.checkin"
    make_demo(path, DAY)
    found = open_event(path, desk="A")
    yield found
    assert verify(found).ok
    found.close()


def come(session: EventSession, count: int, first: int = 0) -> list[str]:
    """The people from `first` to `count` by their codes come; returns their ids."""
    door = Door(session)
    everybody = sorted(door.people(Which.ALL), key=lambda person: person.code)
    ids = [person.id for person in everybody][first:count]
    for each in ids:
        door.check_in(each)
    return ids


def pairs(board: Board) -> set[frozenset[str]]:
    return {
        frozenset(pair)
        for table in board.tables
        for pair in combinations([person.id for person in table.people], 2)
    }


def seats(board: Board) -> dict[str, int]:
    return {person.id: table.number for table in board.tables for person in table.people}


def test_rounds_planned_together_seat_everybody_here_and_repeat_few_pairs(
    session: EventSession,
) -> None:
    here = set(come(session, 40))
    before = pairs(Seating(session).board())
    plans = Planning(session).plan_rounds(3)
    assert [(each.round, each.kind) for each in plans] == [
        (number, Kind.MIX) for number in (2, 3, 4)
    ]
    met = before
    for plan in plans:
        assert set(plan.seating) == here
        assert plan.again == len(pairs(plan.board) & met)
        assert plan.board.score["met"] == plan.again * session.settings.weights.met
        met |= pairs(plan.board)
    everything = sum(len(pairs(plan.board)) for plan in plans)
    assert sum(plan.again for plan in plans) <= everything / 10


def test_kept_plans_are_rounds_to_come_and_move_nobody(session: EventSession) -> None:
    come(session, 40)
    planning, rounds = Planning(session), Rounds(session)
    board = Seating(session).board()
    plans = planning.plan_rounds(3)
    change = planning.keep(plans)
    assert (
        change.say == "Rounds 2, 3 and 4 are kept as planned; nobody moves before a round begins."
    )
    assert Seating(session).board() == board
    assert [each.stand for each in rounds.all()] == [Stand.NOW, *[Stand.PLANNED] * 3]
    for plan in plans:
        assert seats(rounds.board(plan.round)) == plan.seating
        assert rounds.board(plan.round).total == plan.board.total
    assert Telling(session).whom() == ()
    Manual(session).undo()
    assert [each.number for each in rounds.all()] == [1]


def test_a_kept_round_begins_with_those_here_and_names_who_came_since(
    session: EventSession,
) -> None:
    first = come(session, 30)
    planning = Planning(session)
    planning.keep(planning.plan_rounds(2))
    leaver = first[3]
    Door(session).check_out(leaver)
    late = come(session, 33, first=30)
    kept = planning.kept()
    assert kept is not None
    assert kept.round == 2
    assert set(kept.seating) == {*first, *late} - {leaver}
    planned = seats(Rounds(session).board(2))
    assert all(kept.seating[id] == planned[id] for id in first if id != leaver)
    assert any(note.startswith("Came since it was planned") for note in kept.notes)
    assert any(note.startswith("1 person is planned and not here") for note in kept.notes)
    planning.accept(kept)
    assert seats(Seating(session).board()) == kept.seating
    assert [each.stand for each in Rounds(session).all()] == [Stand.OVER, Stand.NOW, Stand.PLANNED]
    next_one = planning.kept()
    assert next_one is not None
    assert next_one.round == 3
    assert next_one.board.score["met"] == next_one.again * session.settings.weights.met


def test_a_closed_table_and_a_pin_bind_a_kept_round(session: EventSession) -> None:
    ids = come(session, 40)
    planning, hand = Planning(session), Manual(session)
    planning.keep(planning.plan_rounds(2))
    planned = seats(Rounds(session).board(2))
    used = sorted(set(planned.values()))
    closed = next(n for n in used if n not in session.settings.step_free_tables)
    pinned = next(id for id in ids if planned[id] == closed)
    target = next(n for n in used if n != closed)
    hand.close_table(closed)
    hand.pin(pinned, target)
    kept = planning.kept()
    assert kept is not None
    assert closed not in kept.seating.values()
    assert kept.seating[pinned] == target
    assert any("can't sit as planned any more" in note for note in kept.notes)


def test_before_the_doors_all_rounds_are_planned_for_everybody_expected(
    session: EventSession,
) -> None:
    planning = Planning(session)
    plans = planning.plan_rounds(3)
    assert [each.kind for each in plans] == [Kind.ALIGN, Kind.MIX, Kind.MIX]
    planning.keep(plans)
    assert [each.stand for each in Rounds(session).all()] == [Stand.NOW, *[Stand.PLANNED] * 2]
    assert seats(Rounds(session).board(3)) == plans[2].seating
    assert plans[2].board.total == Rounds(session).board(3).total
    assert planning.kept() is None
    with session.reading() as connection:
        assert current_round(connection) == 1
    # The door still goes by the plan of round 1.
    first = come(session, 20)
    door = seats(Seating(session).board())
    assert sum(door[id] == plans[0].seating[id] for id in first) > len(first) / 2


def test_a_new_plan_of_a_round_leaves_nobody_at_a_table_of_the_old_one(
    session: EventSession,
) -> None:
    first = come(session, 20)
    planning = Planning(session)
    planning.keep(planning.plan_rounds(2))
    Door(session).check_out(first[0])
    planning.keep(planning.plan_rounds(2))
    come(session, 1)
    assert first[0] not in seats(Rounds(session).board(2))


def test_a_round_that_began_meanwhile_is_not_planned_over(session: EventSession) -> None:
    come(session, 12)
    planning = Planning(session)
    plans = planning.plan_rounds(2)
    planning.accept(planning.plan())
    with pytest.raises(RefusedError, match="Round 2 has begun meanwhile"):
        planning.keep(plans)


@pytest.mark.parametrize("count", [0, MOST_ROUNDS + 1])
def test_only_so_many_rounds_are_planned_together(session: EventSession, count: int) -> None:
    with pytest.raises(RefusedError, match="From 1 to 4 rounds"):
        Planning(session).plan_rounds(count)


def test_plans_can_be_stopped_and_tell_how_far_they_are(session: EventSession) -> None:
    come(session, 40)
    told: list[float] = []
    plans = Planning(session).plan_rounds(
        3, progress=told.append, cancelled=lambda: bool(told) and told[-1] > 0
    )
    assert len(plans) == 3
    assert told == sorted(told)
    assert all(0 <= share <= 1 for share in told)


def test_a_round_of_another_size_is_fitted_when_it_begins(session: EventSession) -> None:
    come(session, 40)
    planning = Planning(session)
    planning.keep(planning.plan_rounds(1))
    session.change_settings(replace(session.settings, seats=5, minimum=3))
    kept = planning.kept()
    assert kept is not None
    assert len(kept.seating) == 40
    assert all(len(table.people) <= 5 for table in kept.board.tables)


def test_who_comes_or_leaves_between_plan_and_acceptance_is_fitted_in(
    session: EventSession,
) -> None:
    first = come(session, 30)
    planning = Planning(session)
    plan = planning.plan()
    late = come(session, 32, first=30)
    Door(session).check_out(first[5])
    planning.accept(plan)
    now = seats(Seating(session).board())
    assert set(now) == {*first, *late} - {first[5]}
    kept = [id for id in plan.seating if id != first[5]]
    assert all(now[id] == plan.seating[id] for id in kept)


def test_a_tick_or_a_badge_does_not_spoil_a_proposal_but_a_move_does(
    session: EventSession,
) -> None:
    ids = come(session, 31)
    planning, seating = Planning(session), Seating(session)
    ladder = planning.ladder()
    Door(session).flags.set(ids[0], PersonFlag.VIP)
    planning.accept_moves(ladder.rungs[-1].moves, ladder.seen)
    told = Telling(session).whom()
    plan = planning.plan()
    Telling(session).tick(told[0].person.id, told[0].target)
    planning.accept(plan)
    plan = planning.plan()
    person, table = next(
        (id, table)
        for id, at in seats(seating.board()).items()
        for table in range(1, 11)
        if table != at and not seating.price_of_move(id, table).refused
    )
    seating.move(person, table)
    with pytest.raises(RefusedError, match="Something changed at the tables meanwhile"):
        planning.accept(plan)


def test_a_later_round_does_not_begin_before_anybody_is_here(session: EventSession) -> None:
    planning = Planning(session)
    with pytest.raises(RefusedError, match="Nobody is here yet"):
        planning.accept(planning.plan(number=2))
