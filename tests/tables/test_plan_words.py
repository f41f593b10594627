"""A plan in sentences: its points and their causes add up, and who must meet again is counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.errors import RefusedError
from checkin.event.session import EventSession
from checkin.people import Level
from checkin.tables.manual import Manual, Wish
from checkin.tables.plan import plan
from checkin.tables.plan_words import Meetings, meetings_of
from checkin.tables.planning import Planning
from checkin.tables.room import Guest, Kind, Room, Table
from checkin.tables.search import Effort
from checkin.tables.seating import Seating
from tests.tables.by_hand import ids, person, seated

PEOPLE = {
    "Ana": (person("Ana", "Lazio"), 1),
    "Bo": (person("Bo", "Lazio", Level.REGION), 2),
    "Cy": (person("Cy", "Wallonie"), 2),
    "Di": (person("Di", "Wallonie", Level.REGION), 1),
    "Ed": (person("Ed", "Toscana"), 3),
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[EventSession]:
    session = seated(tmp_path / "event.checkin", PEOPLE)
    yield session
    session.close()


def test_pairs_that_meet_again_are_counted_with_those_whom_wishes_and_pins_hold() -> None:
    guests = (
        *(Guest(id) for id in "abcd"),
        Guest("p", pin=1),
        Guest("q", pin=1),
        Guest("s", step_free=True),
        Guest("t", step_free=True),
    )
    tables = (Table(1, 8, 0), Table(2, 8, 0, step_free=True))
    room = Room(tables, guests, (("a", "b"),), kind=Kind.MIX)
    before = {"a": 1, "b": 1, "c": 1, "d": 1, "p": 2, "q": 2, "s": 2, "t": 2}
    found = meetings_of(room, {"a": 2, "b": 2, "c": 2, "d": 1, "p": 1, "q": 1, "s": 2}, (before,))
    assert (found.again, found.held) == (4, 2)
    assert found.say == "4 pairs meet again, 2 of them held by pins and wishes"
    assert meetings_of(room, {"s": 2, "t": 2}, (before,)) == Meetings(1, 1)
    assert Meetings(1, 1).say == "1 pair meets again, held by pins and wishes"
    assert Meetings(8, 8).say == "8 pairs meet again, all of them held by pins and wishes"
    assert Meetings(3, 0).say == "3 pairs meet again"
    assert Meetings(0, 0).say == "nobody meets again"


def test_a_first_round_says_nothing_of_meeting_again_and_a_later_one_another_yardstick(
    session: EventSession,
) -> None:
    planning = Planning(session)
    first = planning.plan(number=1, kind=Kind.MIX, effort=Effort.QUICK)
    assert "meet" not in first.say.partition(". ")[0]
    later = planning.plan(effort=Effort.QUICK)
    assert later.round == 2
    assert "again" in later.say
    if later.board.total:
        assert "not as round 1" in later.say


def test_so_many_tables_are_opened_as_are_asked_for_and_no_others_than_there_are(
    session: EventSession,
) -> None:
    guests = tuple(Guest(f"g{n}", f"T{n // 4}") for n in range(40))
    room = Room(tuple(Table(n, 10, 4) for n in range(1, 9)), guests)
    for wanted in (4, 6, 8):
        found = list(plan(room, 0.2, Effort.QUICK, 1, wanted))[-1]
        assert len(set(found.seating.values())) == wanted
    planning = Planning(session)
    with pytest.raises(RefusedError, match="Only 4 tables are open; 5 can't be"):
        planning.plan(tables=5)
    with pytest.raises(RefusedError, match="1 table has no chair for everybody"):
        planning.plan(tables=1)


def test_the_points_of_every_rung_are_those_of_the_board_before_and_after(
    session: EventSession,
) -> None:
    who = ids(session)
    Manual(session).name_host(1, "Mia")
    Manual(session).pair(Wish.APART, who["Ana"], who["Di"])
    found = Planning(session).ladder()
    board = Seating(session).board()
    assert found.rungs[0].points == board.total
    assert found.rungs[0].hard == 1
    (rule,) = found.broken
    assert rule.endswith("are to sit apart.")
    best = found.rungs[-1]
    change = Planning(session).accept_moves(best.moves, found.seen)
    assert (change.before, change.after) == (found.rungs[0].points, best.points)
    assert Seating(session).board().total == best.points
    assert Planning(session).ladder().broken == ()
