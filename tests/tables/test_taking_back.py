"""Undo and redo at the tables: each says what is so now, in words of the hall."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.errors import RefusedError
from checkin.event.session import EventSession
from checkin.people import Level
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual, Wish
from checkin.tables.planning import Planning
from checkin.tables.repair import Move
from checkin.tables.room import Kind
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
    session = seated(tmp_path / "event.checkin", PEOPLE)
    yield session
    session.close()


def turns(session: EventSession) -> tuple[str, str]:
    """What undoing the last act says, and what doing it again says."""
    hand = Manual(session)
    return hand.undo().say, hand.redo().say


def test_a_move_says_who_is_back_at_which_table(session: EventSession) -> None:
    Seating(session).move(ids(session)["Ana"], 4)
    assert turns(session) == (
        "Undone: Ana Invented is back at table 1.",
        "Done again: Ana Invented sits at table 4.",
    )
    assert tables_of(session)["Ana"] == 4


def test_a_swap_says_both_places(session: EventSession) -> None:
    Manual(session).swap(ids(session)["Cy"], ids(session)["Flo"])
    assert turns(session) == (
        "Undone: Cy Invented is back at table 1 and Flo Invented at table 3.",
        "Done again: Cy Invented sits at table 3 and Flo Invented at table 1.",
    )


def test_a_swap_of_territories_names_the_territories(session: EventSession) -> None:
    parts = Foresight(session).parts()
    one, other = (next(p for p in parts if p.territory == home) for home in ("Lazio", "Toscana"))
    Manual(session).exchange(one, other)
    undone, again = turns(session)
    assert "Lazio (2)" in undone
    assert "Toscana (2)" in undone
    assert undone.startswith("Undone: ")
    assert sorted(again[len("Done again: ") : -1].split(" and ")) in (
        ["Lazio (2) at table 2", "Toscana (2) sits at table 1"],
        ["Lazio (2) sits at table 2", "Toscana (2) at table 1"],
    )


def test_a_repair_of_many_names_a_few_tables_and_counts_the_rest(session: EventSession) -> None:
    who = ids(session)
    moves = tuple(
        Move(who[name], origin, target, "")
        for name, origin, target in (("Ana", 1, 2), ("Di", 2, 1), ("Flo", 3, 4), ("Cy", 1, 2))
    )
    with session.reading() as connection:
        seen = head(connection)
    Planning(session).accept_moves(moves, seen)
    undone, again = turns(session)
    assert undone == (
        "Undone: Ana Invented and Cy Invented are back at table 1, Di Invented at table 2 and "
        "Flo Invented at table 3."
    )
    assert again.startswith("Done again: Ana Invented and Cy Invented sit at table 2")


def test_a_pin_says_whether_one_is_left(session: EventSession) -> None:
    hand, ana = Manual(session), ids(session)["Ana"]
    hand.pin(ana, 1)
    assert turns(session) == (
        "Undone: Ana Invented is not pinned any more.",
        "Done again: Ana Invented is pinned to table 1.",
    )
    hand.pin(ana, None)
    assert turns(session) == (
        "Undone: Ana Invented is pinned to table 1 again.",
        "Done again: Ana Invented is not pinned.",
    )


def test_wishes_of_two_and_of_who_stays_are_said(session: EventSession) -> None:
    hand, who = Manual(session), ids(session)
    for wish in Wish:
        pair = (who["Ana"], who["Bo"] if wish is Wish.TOGETHER else who["Di"])
        hand.pair(wish, *pair)
        undone, again = turns(session)
        assert undone.endswith(f"need not sit {wish.value} any more.")
        assert again.endswith(f"are to sit {wish.value}.")
        hand.unpair(wish, *pair)
        assert turns(session)[0].endswith(f"are to sit {wish.value} again.")
    hand.stays(who["Cy"])
    assert turns(session) == (
        "Undone: Cy Invented may be moved again.",
        "Done again: Cy Invented does not want to be moved.",
    )
    hand.may_move(who["Cy"])
    assert turns(session)[0] == "Undone: Cy Invented does not want to be moved, as before."


def test_tables_hosts_and_names_are_said(session: EventSession) -> None:
    hand = Manual(session)
    hand.close_table(4)
    assert turns(session) == (
        "Undone: table 4 is open again.",
        "Done again: table 4 is closed.",
    )
    hand.describe(2, name="Harbour", host="Mia")
    undone, again = turns(session)
    assert undone == (
        "Undone: table 2 has no name beside its number any more; table 2 has no host any more."
    )
    assert 'table 2 is called "Harbour"' in again
    assert "Mia is the host of table 2" in again
    hand.name_host(2, "")
    assert turns(session)[0] == "Undone: Mia is the host of table 2 again."


def test_an_accepted_round_and_kept_plans_are_said(session: EventSession) -> None:
    planning = Planning(session)
    planning.keep(planning.plan_rounds(2, effort=Effort.QUICK))
    assert turns(session) == (
        "Undone: the plans of rounds 2 and 3 are taken back.",
        "Done again: rounds 2 and 3 are planned.",
    )
    planning.accept(planning.plan(number=2, kind=Kind.MIX, effort=Effort.QUICK))
    assert turns(session) == (
        "Undone: round 2 has not begun, and everybody sits as in round 1 again.",
        "Done again: round 2 is seated.",
    )


def test_nothing_to_take_back_is_said(session: EventSession) -> None:
    hand = Manual(session)
    with pytest.raises(RefusedError, match="nothing to redo"):
        hand.redo()
    hand.close_table(4)
    with pytest.raises(RefusedError, match="nothing to redo"):
        hand.redo()
    hand.undo()
    hand.redo()
