"""What a board says to whoever sees it: wishes at both tables, and nobody's needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.errors import RefusedError
from checkin.event.session import EventSession
from checkin.people import Level
from checkin.tables.explain import hosts_said, series, unnamed
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual, Wish
from checkin.tables.planning import Planning
from checkin.tables.repair import Move
from checkin.tables.room import Guest, Kind, Room, Table
from checkin.tables.rounds import Rounds
from checkin.tables.search import Effort
from checkin.tables.values import changed
from db.journal import head
from tests.tables.by_hand import ids, person, seated, tables_of

PEOPLE = {
    "Ana": (person("Ana", "Lazio"), 1),
    "Bo": (person("Bo", "Lazio", Level.REGION), 1),
    "Cy": (person("Cy", "Wallonie"), 2),
    "Di": (person("Di", "Wallonie", Level.REGION), 2),
    "Ed": (person("Ed", "Toscana", step_free=True), 3),
}
NEEDS = Room(
    (Table(1), Table(2)),
    (Guest("a", name="Ana", step_free=True), Guest("b", name="Ana Maria", step_free=True)),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[EventSession]:
    session = seated(tmp_path / "event.checkin", PEOPLE)
    yield session
    session.close()


def warnings(session: EventSession, number: int) -> tuple[str, ...]:
    table = Rounds(session).board().table(number)
    assert table is not None
    return table.warnings


def test_a_wish_of_two_people_apart_is_told_at_both_their_tables(session: EventSession) -> None:
    who = ids(session)
    Manual(session).pair(Wish.TOGETHER, who["Bo"], who["Di"])
    say = {f"{one} are to sit together." for one in ("Bo Invented and Di Invented",
           "Di Invented and Bo Invented")}  # fmt: skip
    assert say & set(warnings(session, 1))
    assert say & set(warnings(session, 2))
    assert not say & set(warnings(session, 3))
    for table in (1, 2):
        assert say & {fault.say for fault in Foresight(session).faults(table)}


def test_a_board_says_that_somebody_needs_a_table_and_only_its_box_says_who(
    session: EventSession,
) -> None:
    session.change_settings(changed_settings(session))
    (said,) = (w for w in warnings(session, 3) if "step-free" in w)
    assert said == "Somebody needs a step-free table, and table 3 isn't one."
    named = [fault.say for fault in Foresight(session).faults(3)]
    assert "Ed Invented needs a step-free table, and table 3 isn't one." in named


def test_neither_a_price_nor_a_refusal_nor_a_plan_names_who_needs_a_table(
    session: EventSession,
) -> None:
    session.change_settings(changed_settings(session))
    ed = ids(session)["Ed"]
    Manual(session).move_parts(1, *(p for p in Foresight(session).parts() if ed in p.people))
    refused = Foresight(session).move((ed,), 2).refused
    assert refused == "Somebody needs a step-free table, and table 2 isn't one."
    with pytest.raises(RefusedError, match=r"^Somebody needs"):
        Manual(session).swap(ed, ids(session)["Cy"])
    Manual(session).pin(ed, 2)
    plan = Planning(session).plan(number=2, kind=Kind.MIX, effort=Effort.QUICK)
    assert any(note.startswith("Somebody is pinned to table 2") for note in plan.notes)
    boards = (warning for table in plan.board.tables for warning in table.warnings)
    assert not [say for say in (*plan.notes, *boards) if "step-free" in say and "Ed" in say]


def changed_settings(session: EventSession):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(session.settings, step_free_tables=(1,))


def test_the_whole_name_goes_and_not_the_shorter_one_in_it() -> None:
    assert unnamed("Ana Maria needs a step-free table.", NEEDS) == (
        "Somebody needs a step-free table."
    )
    assert unnamed("Ana needs a step-free table.", NEEDS) == "Somebody needs a step-free table."
    assert unnamed("Ana is pinned to table 2, not 1.", NEEDS) == "Ana is pinned to table 2, not 1."
    group = "Bo and Cy are to sit together, but no step-free table for it has so many seats."
    assert "step-free" not in unnamed(group, NEEDS)


def test_lists_of_words_are_english() -> None:
    assert [series(words) for words in ([], ["3"], ["3", "5"], ["3", "5", "7"])] == [
        "",
        "3",
        "3 and 5",
        "3, 5 and 7",
    ]


def test_the_first_host_says_why_the_others_cost_points_now(session: EventSession) -> None:
    first = Foresight(session).host(1, "Mia")
    assert first.after - first.before == 16
    assert first.first == (
        "Once one table has a host, the 2 others without one cost 8 points each: "
        f"{first.before} → {first.after} points"
    )
    assert first.say == "Mia is the host of table 1."
    assert (
        Manual(session)
        .name_host(1, "Mia")
        .say.endswith("Once one table has a host, the 2 others without one cost 8 points each.")
    )
    second = Foresight(session).host(2, "Lena")
    assert (second.say, second.first) == ("Lena is the host of table 2.", "")
    assert "that costs nothing: " in Foresight(session).host(1, "").first


def test_a_wish_that_is_broken_and_a_table_with_people_say_so_before_the_points(
    session: EventSession,
) -> None:
    who = ids(session)
    broken = Foresight(session).pair(Wish.APART, who["Ana"], who["Bo"])
    assert broken.first == "✕ Then broken: Ana Invented and Bo Invented not apart; F5 repairs"
    assert Foresight(session).pair(Wish.TOGETHER, who["Ana"], who["Bo"]).first == ""
    assert Foresight(session).close(1).first == "✕ 2 people need a seat; F5 repairs"
    assert Foresight(session).close(3).first == "✕ 1 person needs a seat; F5 repairs"
    assert Foresight(session).close(4).first == ""


def test_hosts_that_cost_nothing_are_not_explained() -> None:
    room = Room((Table(1), Table(2)), (Guest("a"), Guest("b")), kind=Kind.MIX)
    hosted = changed(room, tables=(Table(1, host="Mia"), Table(2)))
    assert hosts_said(room, hosted, {"a": 1, "b": 2}) == ""
    aligned = changed(hosted, kind=Kind.ALIGN)
    assert hosts_said(changed(room, kind=Kind.ALIGN), aligned, {"a": 1}) == ""
    assert "the other table without one costs 8 points." in hosts_said(
        changed(room, kind=Kind.ALIGN), aligned, {"a": 1, "b": 2}
    )


def test_two_people_at_one_table_are_said_to_sit_there_in_english(session: EventSession) -> None:
    who = ids(session)
    say = Foresight(session).pair(Wish.APART, who["Ana"], who["Bo"]).say
    assert say.startswith("They both sit at table 1: ")
    say = Foresight(session).pair(Wish.TOGETHER, who["Ana"], who["Cy"]).say
    assert say.startswith("They sit at tables 1 and 2: ")


def test_any_part_of_a_repair_has_its_price_and_one_that_breaks_a_rule_is_refused(
    session: EventSession,
) -> None:
    who = ids(session)
    moves = {who["Bo"]: 2, who["Cy"]: 1}
    sight = Foresight(session)
    for part in (moves, {who["Bo"]: 2}, {who["Cy"]: 1}):
        price = sight.moves(part)
        assert not price.refused
        assert (price.before, price.after) == (sight.move((who["Bo"],), 2).before, price.after)
    Manual(session).pair(Wish.TOGETHER, who["Ana"], who["Bo"])
    refused = Foresight(session).moves({who["Bo"]: 2}).refused
    assert "are to sit together" in refused
    with session.reading() as connection:
        seen = head(connection)
    with pytest.raises(RefusedError, match="are to sit together"):
        Planning(session).accept_moves((Move(who["Bo"], 1, 2, ""),), seen)
    assert tables_of(session)["Bo"] == 1
