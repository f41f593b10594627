"""The edges of a day at the tables, through the services as the board and the door use them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from checkin.errors import RefusedError
from checkin.people import Level
from checkin.roster.entry import RosterEntry
from checkin.tables.planning import Planning
from checkin.tables.search import Effort
from checkin.tables.seating import Seating
from tests.day import MORNING, ByService, Document, command, entry, make_day


def crowd(count: int, **more: Any) -> tuple[RosterEntry, ...]:
    """People of territories of three, each with a region; the last of each speaks its own only."""
    return tuple(
        entry(
            f"Given{n}",
            f"Family{n}",
            f"Body {n}",
            territory=f"Land {n // 3}",
            level=Level.REGION if n % 3 else Level.CITY,
            email=f"p{n}@body{n}.example",
            **more,
        )
        for n in range(count)
    )


def event(folder: Path, people: tuple[RosterEntry, ...], **settings: Any) -> ByService:
    return ByService(make_day(folder, people, **settings))


def arrive(day: ByService, count: int) -> list[Document]:
    """The answers to so many people who come, in the order of their codes."""
    people = command("--event", day.path, "--json", "people").json["people"]
    return [day.scan(person["code"])[0] for person in people[:count]]


def plan(day: ByService) -> Any:
    return Planning(day.door.session).plan(effort=Effort.QUICK)


def test_one_person_and_one_table(tmp_path: Path) -> None:
    day = event(tmp_path, crowd(1), tables=1, seats=1, minimum=1)
    assert list(plan(day).seating.values()) == [1]
    assert [answer["table"] for answer in arrive(day, 1)] == [1]
    assert Seating(day.door.session).board().total == 0
    assert len(Planning(day.door.session).ladder().rungs) == 1


def test_nobody_at_all_is_said_and_the_board_is_empty(tmp_path: Path) -> None:
    day = event(tmp_path, (), tables=3)
    board = Seating(day.door.session).board()
    assert (board.total, board.unseated) == (0, ())
    with pytest.raises(RefusedError, match="nobody to seat"):
        plan(day)
    with pytest.raises(RefusedError, match="nothing to repair"):
        Planning(day.door.session).ladder()


def test_more_people_than_seats_wait_and_are_told_why(tmp_path: Path) -> None:
    day = event(tmp_path, crowd(7), tables=2, seats=3, minimum=1, no_show=0.0)
    found = plan(day)
    assert len(found.seating) == 6
    assert any("waits" in note and "6 open seats" in note for note in found.notes)
    answers = arrive(day, 7)
    assert [answer["table"] is None for answer in answers] == [False] * 6 + [True]
    assert "Every chair" in answers[-1]["next"]


def test_a_language_that_nobody_else_has_is_told_at_the_door(tmp_path: Path) -> None:
    day = event(tmp_path, (*crowd(5), entry("Eve", "Zorn", languages=("hu",))), tables=1, seats=9)
    arrive(day, 5)
    (answer,) = day.scan("Eve Zorn")
    assert answer["table"] == 1
    assert "Nobody here shares a language" in answer["why_table"]


def crowd_comes(day: ByService, count: int) -> list[int | None]:
    """The tables of so many of a crowd, in their order, late in the morning."""
    day.now = MORNING + dt.timedelta(hours=2)
    people = command("--event", day.path, "--json", "people").json["people"]
    codes = {person["family_name"]: person["code"] for person in people}
    return [day.scan(codes[f"Family{n}"])[0]["table"] for n in range(count)]


@pytest.mark.parametrize("bound", [{"pin": 1}, {"step_free": True}])
def test_the_last_of_twenty_who_can_only_sit_at_table_1_sits_there(
    tmp_path: Path, bound: dict[str, Any]
) -> None:
    people = (*crowd(19), entry("Zoe", "Zorn", territory="Land 6", **bound))
    day = event(tmp_path, people, tables=4, seats=6, minimum=4, step_free_tables=(1,))
    assert None not in crowd_comes(day, 19)
    (answer,) = day.scan("Zoe Zorn")
    assert answer["table"] == 1


def test_whose_language_nobody_shares_is_not_sent_to_a_table_of_their_own(tmp_path: Path) -> None:
    people = (*crowd(9), entry("Eve", "Zorn", languages=("lt",)))
    day = event(tmp_path, people, tables=4, seats=7, minimum=4)
    tables = crowd_comes(day, 9)
    (answer,) = day.scan("Eve Zorn")
    assert answer["table"] in tables
    assert answer["why_table"] == (
        "Nobody here shares a language (lt); this table has the best free chair."
    )


def test_a_table_closed_in_mid_event_is_used_no_more_and_emptied_by_the_repair(
    tmp_path: Path,
) -> None:
    day = event(tmp_path, crowd(12), tables=4, seats=6, minimum=2, no_show=0.0)
    answers = arrive(day, 8)
    closed = answers[0]["table"]
    command("--event", day.path, "tables", "close", str(closed))
    rest = [day.scan(code)[0]["table"] for code in expected(day)]
    assert len(rest) == 4
    assert closed not in rest
    ladder = Planning(day.door.session).ladder()
    best = ladder.rungs[ladder.suggested]
    assert best.hard == 0
    assert {move.origin for move in best.moves} >= {closed}


def expected(day: ByService) -> list[str]:
    people = command("--event", day.path, "--json", "people", "--expected").json["people"]
    return [person["code"] for person in people]


def test_wishes_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    one, other, *rest = crowd(6)
    both = entry(
        "Ana", "Both", together=(one.email, other.email), apart=(one.email,), email="ana@b.example"
    )
    day = event(tmp_path, (one, other, *rest, both), tables=2, seats=6, no_show=0.0)
    assert any("together and apart" in note for note in plan(day).notes)


def test_a_thousand_people_are_planned_and_seated(tmp_path: Path) -> None:
    day = event(tmp_path, crowd(1000), tables=110, seats=10, minimum=6)
    found = plan(day)
    assert len(found.seating) == 1000
    assert max(len(table.people) for table in found.board.tables) <= 10
    assert all(answer["table"] for answer in arrive(day, 12))
