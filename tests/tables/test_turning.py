"""Undo and redo beside another desk: what others did since stays, and nothing untrue is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.door.desk import Door, WalkIn
from checkin.errors import RefusedError
from checkin.event.session import EventSession, open_event
from checkin.people import Level
from checkin.tables.manual import Manual, Wish
from checkin.tables.planning import Planning
from checkin.tables.repair import Move
from checkin.tables.room import Kind
from checkin.tables.rounds import Rounds
from checkin.tables.search import Effort
from checkin.tables.seating import Seating
from db.journal import head
from tests.tables.by_hand import ids, person, seated, tables_of

PEOPLE = {
    "Ana": (person("Ana", "Lazio"), 1),
    "Bo": (person("Bo", "Lazio", Level.REGION), 1),
    "Cy": (person("Cy", "Wallonie"), 1),
    "Di": (person("Di", "Toscana"), 2),
    "Ed": (person("Ed", "Toscana", Level.REGION), 2),
    "Flo": (person("Flo", ""), 3),
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[EventSession]:
    """Three chairs a table, so that table 1 is full."""
    session = seated(tmp_path / "event.checkin", PEOPLE, seats=3)
    yield session
    session.close()


@pytest.fixture
def other(session: EventSession) -> Iterator[EventSession]:
    """Another desk of the same event."""
    other = open_event(session.path, desk="B")
    yield other
    other.close()


def refused(session: EventSession) -> str:
    """Why an undo is refused; nothing is written then."""
    with session.reading() as connection:
        before = head(connection)
    with pytest.raises(RefusedError) as error:
        Manual(session).undo()
    with session.reading() as connection:
        assert head(connection) == before
    return str(error.value)


def begun(session: EventSession) -> None:
    planning = Planning(session)
    planning.accept(planning.plan(number=2, kind=Kind.MIX, effort=Effort.QUICK))


def test_an_act_of_a_round_that_is_over_is_not_taken_back(
    session: EventSession, other: EventSession
) -> None:
    ana = ids(session)["Ana"]
    Seating(session).move(ana, 4)
    begun(other)
    say = "That was in round 1, which is over; move people in round 2 instead."
    assert refused(session) == say
    assert ana in {each.id for each in Rounds(session).board(1).tables[3].people}
    assert Manual(other).undo().say.startswith("Undone: round 2 has not begun")
    assert Manual(session).undo().say == "Undone: Ana Invented is back at table 1."


def test_an_act_of_a_round_that_is_over_is_not_done_again(
    session: EventSession, other: EventSession
) -> None:
    Seating(session).move(ids(session)["Ana"], 4)
    Manual(session).undo()
    begun(other)
    with pytest.raises(RefusedError, match="round 1, which is over"):
        Manual(session).redo()


def test_a_move_in_a_round_that_was_taken_back_is_not_taken_back(
    session: EventSession, other: EventSession
) -> None:
    begun(other)
    ana = ids(session)["Ana"]
    at = tables_of(session)
    free = next(n for n in (1, 2, 3, 4) if n != at["Ana"] and [*at.values()].count(n) < 3)
    Seating(session).move(ana, free)
    Manual(other).undo()
    assert "round 2, which was taken back" in refused(session)


def test_taking_a_round_back_says_who_has_no_table_then(
    session: EventSession, other: EventSession
) -> None:
    door = Door(other, Seating(other))
    begun(session)
    door.walk_in(WalkIn("Gus", "Invented", "Lazio authority"))
    assert Manual(session).undo().say == (
        "Undone: round 2 has not begun; who had a table sits as in round 1 again, and 1 person "
        "has none."
    )


def test_who_was_moved_again_at_another_desk_stays_there(
    session: EventSession, other: EventSession
) -> None:
    ana = ids(session)["Ana"]
    Seating(session).move(ana, 2)
    Seating(other).move(ana, 3)
    say = "Ana Invented was moved again since (to table 3, desk B); move them by hand."
    assert refused(session) == say
    assert tables_of(session)["Ana"] == 3
    Seating(other).move(ana, 2)
    Seating(other).move(ana, 1)
    assert "(to table 1, desk B)" in refused(session)


def test_a_move_is_not_done_again_when_somebody_was_moved_since(
    session: EventSession, other: EventSession
) -> None:
    ana = ids(session)["Ana"]
    Seating(session).move(ana, 2)
    Manual(session).undo()
    Seating(other).move(ana, 4)
    with pytest.raises(RefusedError, match="moved again since"):
        Manual(session).redo()
    Manual(other).undo()
    assert Manual(session).redo().say == "Done again: Ana Invented sits at table 2."


def test_who_left_and_came_back_is_where_the_door_said(
    session: EventSession, other: EventSession
) -> None:
    ana, door = ids(session)["Ana"], Door(other, Seating(other))
    Seating(session).move(ana, 4)
    door.check_out(ana)
    assert refused(session) == "Ana Invented is not here any more; there is nobody to move."
    door.check_in(ana)
    at = tables_of(session)["Ana"]
    assert f"came back since (to table {at}, desk B)" in refused(session)


def test_who_left_is_named_beside_those_who_are_back(
    session: EventSession, other: EventSession
) -> None:
    who = ids(session)
    Manual(session).swap(who["Cy"], who["Flo"])
    Door(other, Seating(other)).check_out(who["Flo"])
    say = "Undone: Cy Invented is back at table 1; Flo Invented is not here any more."
    assert Manual(session).undo().say == say


def test_a_chair_that_was_taken_since_stays_taken(
    session: EventSession, other: EventSession
) -> None:
    who = ids(session)
    Seating(session).move(who["Ana"], 4)
    Seating(other).move(who["Flo"], 1)
    assert refused(session) == (
        "That can't be undone any more: Table 1 has 3 seats for 4 people. "
        "Move people by hand instead."
    )


def test_a_table_closed_and_a_pin_set_since_are_kept(
    session: EventSession, other: EventSession
) -> None:
    ana = ids(session)["Ana"]
    Seating(session).move(ana, 4)
    Manual(other).pin(ana, 4)
    assert "Ana Invented is pinned to table 4, not 1." in refused(session)
    Manual(other).undo()
    Manual(other).close_table(1)
    assert "any more: Table 1 is closed." in refused(session)


def test_a_redo_breaks_no_rule_either(session: EventSession, other: EventSession) -> None:
    who = ids(session)
    Seating(session).move(who["Flo"], 2)
    Manual(session).undo()
    Seating(other).move(who["Bo"], 2)
    with pytest.raises(RefusedError, match="can't be done again any more: Table 2 has 3 seats"):
        Manual(session).redo()


def test_what_was_broken_before_the_act_may_be_so_again_and_is_said(session: EventSession) -> None:
    who = ids(session)
    Manual(session).close_table(3)
    with session.reading() as connection:
        seen = head(connection)
    Planning(session).accept_moves((Move(who["Flo"], 3, 2, ""),), seen)
    assert Manual(session).undo().say == (
        "Undone: Flo Invented is back at table 3. "
        "Broken now: Table 3 is closed, and Flo Invented is still there."
    )
    Manual(session).redo()
    assert tables_of(session)["Flo"] == 2


def test_a_wish_done_again_says_what_it_breaks(session: EventSession) -> None:
    hand, who = Manual(session), ids(session)
    hand.pair(Wish.APART, who["Ana"], who["Bo"])
    hand.undo()
    both = "Ana Invented and Bo Invented are to sit apart."
    assert hand.redo().say == f"Done again: {both} Broken now: {both}"


def test_what_another_desk_said_anew_stays(session: EventSession, other: EventSession) -> None:
    ana = ids(session)["Ana"]
    Manual(session).pin(ana, 1)
    Manual(other).pin(ana, 2)
    assert refused(session) == "That was said anew since (desk B) and stays so."
    Manual(session).name_host(2, "Mia")
    Manual(other).name_host(2, "Leo")
    assert "said anew" in refused(session)
    Manual(session).close_table(4)
    Manual(other).open_table(4)
    assert "said anew" in refused(session)
