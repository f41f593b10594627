"""Whole territories moved and swapped as one act: their price first, refused in words, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.errors import RefusedError
from checkin.event.session import EventSession
from checkin.people import Level
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual
from checkin.tables.seating import Seating
from checkin.tables.territories import Part, exchange, parts
from tests.tables.by_hand import ids, person, seated, tables_of

PEOPLE = {
    "Ana": (person("Ana", "Lazio"), 1),
    "Bo": (person("Bo", "Lazio", Level.REGION), 1),
    "Cy": (person("Cy", "Lazio"), 3),
    "Di": (person("Di", "Toscana"), 2),
    "Ed": (person("Ed", "Toscana", Level.REGION), 2),
    "Flo": (person("Flo", "Wallonie"), 2),
    "Gus": (person("Gus", ""), 2),
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[EventSession]:
    session = seated(tmp_path / "event.checkin", PEOPLE)
    yield session
    session.close()


def part(session: EventSession, territory: str, table: int) -> Part:
    return next(
        each
        for each in Foresight(session).parts()
        if (each.territory, each.table) == (territory, table)
    )


def test_a_part_is_those_of_a_territory_at_one_table_and_nobody_without_a_territory() -> None:
    found = parts([("b", "Lazio", 2), ("a", "Lazio", 2), ("c", "Lazio", 1), ("d", "", 2)])
    assert found == (Part("Lazio", 1, ("c",)), Part("Lazio", 2, ("a", "b")))
    assert exchange(*found) == {"c": 2, "a": 1, "b": 1}


def test_two_territories_change_places_as_one_act_with_one_undo_and_redo(
    session: EventSession,
) -> None:
    lazio, toscana = part(session, "Lazio", 1), part(session, "Toscana", 2)
    before = tables_of(session)
    foreseen = Foresight(session).exchange(lazio, toscana)
    assert not foreseen.refused
    assert tables_of(session) == before
    change = Manual(session).exchange(lazio, toscana)
    assert change.say == "Lazio (2) sits at table 2 now, Toscana (2) at table 1."
    assert (change.before, change.after) == (foreseen.before, foreseen.after)
    after = before | {"Ana": 2, "Bo": 2, "Di": 1, "Ed": 1}
    assert tables_of(session) == after
    Manual(session).undo()
    assert tables_of(session) == before
    Manual(session).redo()
    assert tables_of(session) == after


def test_a_territory_in_two_parts_moves_to_one_table_as_one_act(session: EventSession) -> None:
    both = part(session, "Lazio", 1), part(session, "Lazio", 3)
    before = tables_of(session)
    everybody = [id for each in both for id in each.people]
    assert not Foresight(session).move(everybody, 4).refused
    change = Manual(session).move_parts(4, *both)
    assert change.say == "Lazio (3) sits at table 4 now."
    assert {tables_of(session)[name] for name in ("Ana", "Bo", "Cy")} == {4}
    Manual(session).undo()
    assert tables_of(session) == before


def test_what_breaks_a_hard_rule_is_refused_in_a_sentence_and_nothing_is_done(
    session: EventSession,
) -> None:
    lazio = part(session, "Lazio", 1)
    before = tables_of(session)
    full = "Table 2 has 4 seats for 6 people."
    assert Foresight(session).move(lazio.people, 2).refused == full
    with pytest.raises(RefusedError, match=full):
        Manual(session).move_parts(2, lazio)
    Manual(session).pin(ids(session)["Bo"], 1)
    toscana = part(session, "Toscana", 2)
    pinned = "Bo Invented is pinned to table 1, not 2."
    assert Foresight(session).exchange(lazio, toscana).refused == pinned
    with pytest.raises(RefusedError, match=pinned):
        Manual(session).exchange(lazio, toscana)
    assert tables_of(session) == before


def test_a_territory_that_came_apart_meanwhile_is_not_moved_unseen(session: EventSession) -> None:
    lazio = part(session, "Lazio", 1)
    Manual(session).swap(ids(session)["Bo"], ids(session)["Cy"])
    before = tables_of(session)
    with pytest.raises(RefusedError, match="does not sit at table 1 as it did"):
        Manual(session).move_parts(4, lazio)
    assert tables_of(session) == before


def test_a_closed_table_empties_one_by_one(session: EventSession) -> None:
    """Who leaves a table that is closed or too full breaks nothing anew."""
    Manual(session).close_table(2)
    left = sorted(name for name, table in tables_of(session).items() if table == 2)
    for name in left:
        assert not Foresight(session).move([ids(session)[name]], 4).refused
        Seating(session).move(ids(session)[name], 4)
    assert 2 not in tables_of(session).values()
