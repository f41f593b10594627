"""New settings for the room: what they would do is said first, and nobody is lost by them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checkin.door.desk import Door
from checkin.door.overview import Which
from checkin.event.demo import make_demo
from checkin.event.proof import verify
from checkin.event.session import EventSession, open_event
from checkin.tables.planning import Planning
from checkin.tables.room import DEFAULT_WEIGHTS
from checkin.tables.room_settings import RoomSettings
from checkin.tables.search import Effort
from checkin.tables.seating import Board, Seating
from checkin.tables.values import changed

DAY = dt.date(2026, 3, 10)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[EventSession]:
    path = tmp_path / "event.checkin"
    make_demo(path, DAY)
    found = open_event(path, desk="A")
    yield found
    assert verify(found).ok
    found.close()


def come(session: EventSession, first: int, last: int) -> list[str]:
    """People come; returns the ids of those who have a table."""
    door = Door(session)
    everybody = sorted(door.people(Which.ALL), key=lambda person: person.code)
    ids = [person.id for person in everybody][first:last]
    return [each for each in ids if door.check_in(each).table is not None]


def people_at(board: Board) -> set[str]:
    return {person.id for table in board.tables for person in table.people}


def test_what_is_foreseen_is_what_the_board_says_afterwards(session: EventSession) -> None:
    come(session, 0, 31)
    settings = session.settings
    weights = changed(DEFAULT_WEIGHTS, alone=55, host=0, voice=1)
    for wanted in (
        replace(settings, minimum=6),
        replace(settings, weights=weights),
        replace(settings, minimum=5, weights=weights, no_show=0.1),
    ):
        effect = RoomSettings(session).effect(wanted)
        assert effect.before == Seating(session).board().total
        session.change_settings(wanted)
        assert Seating(session).board().total == effect.after
        assert effect.say.startswith(f"{effect.before} → {effect.after} points: ")
        assert not effect.warnings


def test_settings_that_do_not_touch_the_room_change_no_points(session: EventSession) -> None:
    come(session, 0, 20)
    effect = RoomSettings(session).effect(replace(session.settings, venue="Elsewhere"))
    assert effect.before == effect.after
    assert "nothing changes for those who sit" in effect.say


def test_before_anybody_sits_the_plan_is_compared_and_without_one_nothing(
    session: EventSession,
) -> None:
    wanted = replace(session.settings, minimum=7)
    assert "nothing to compare" in RoomSettings(session).effect(wanted).say
    planning = Planning(session)
    plan = planning.plan()
    planning.accept(plan)
    effect = RoomSettings(session).effect(wanted)
    assert effect.before == plan.board.total
    assert effect.after > effect.before


def test_people_at_a_table_that_goes_are_shown_and_moved_by_the_repair(
    session: EventSession,
) -> None:
    ids = come(session, 0, 40)
    last = max(table.number for table in Seating(session).board().tables if table.people)
    wanted = replace(session.settings, tables=last - 1)
    effect = RoomSettings(session).effect(wanted)
    assert any(say.startswith(f"Table {last} is closed, and") for say in effect.warnings)
    session.change_settings(wanted)
    board = Seating(session).board()
    assert people_at(board) == set(ids)
    gone = board.table(last)
    assert gone is not None
    assert not gone.open
    assert gone.warnings
    seats = session.settings.tables * session.settings.seats
    assert len(ids) < seats
    ids += come(session, 40, 42)
    planning = Planning(session)
    ladder = planning.ladder(most_moves=8)
    rung = ladder.rungs[-1]
    planning.accept_moves(rung.moves, ladder.seen)
    after = Seating(session).board()
    assert people_at(after) == set(ids)
    assert not any(each.people for each in after.tables if each.number >= last)


def test_fewer_seats_than_people_at_a_table_are_named_before(session: EventSession) -> None:
    come(session, 0, 45)
    effect = RoomSettings(session).effect(replace(session.settings, seats=4, minimum=2))
    assert any("4 seats for" in say for say in effect.warnings)


def test_another_desk_seats_by_the_new_settings_at_its_next_arrival(session: EventSession) -> None:
    other = open_event(session.path, desk="B")
    door = Door(other)
    everybody = sorted(door.people(Which.ALL), key=lambda person: person.code)
    for person in everybody[:10]:
        door.check_in(person.id)
    session.change_settings(replace(session.settings, tables=3, seats=12, minimum=2))
    other.changed_elsewhere()
    found = [door.check_in(person.id).table for person in everybody[10:25]]
    assert {table for table in found if table is not None} <= {1, 2, 3}
    other.close()


def test_a_layout_is_tried_with_everybody_expected_and_nothing_is_written(
    session: EventSession,
) -> None:
    room = RoomSettings(session)
    as_it_is = room.layout(session.settings)
    plan = Planning(session).plan(effort=Effort.QUICK)
    assert as_it_is.points == plan.board.total
    assert as_it_is.say.startswith("10 tables of 4 to 7: ")
    small = room.layout(replace(session.settings, tables=5, no_show=0.0))
    assert small.waiting == len(plan.board.unseated) + len(plan.seating) - 5 * 7
    assert f"{small.waiting} without a chair" in small.say
    come(session, 0, 30)
    before = Seating(session).board()
    again = room.layout(replace(session.settings, tables=9, seats=8, minimum=5))
    assert again.say.startswith("9 tables of 5 to 8: ")
    assert Seating(session).board() == before
    assert session.settings.tables == 10
