"""What binds people: who said so, and how it is withdrawn for a day and taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.errors import RefusedError
from checkin.event.session import EventSession
from checkin.tables.assembling import wishes
from checkin.tables.bonds import Bond, Bonds
from checkin.tables.manual import Manual, Wish
from tests.tables.by_hand import ids, person, seated

PEOPLE = {
    "Ana": (person("Ana", "Lazio", together=("bo@example.org",)), 1),
    "Bo": (person("Bo", "Lazio"), 1),
    "Cy": (person("Cy", "Toscana", pin=2), 2),
    "Di": (person("Di", "Toscana"), 2),
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[EventSession]:
    session = seated(tmp_path / "event.checkin", PEOPLE)
    yield session
    session.close()


def of(session: EventSession, name: str) -> list[tuple[str, str]]:
    return [(bond.say, bond.origin) for bond in Bonds(session).of(ids(session)[name])]


def bond(session: EventSession, name: str) -> Bond:
    return Bonds(session).of(ids(session)[name])[0]


def pairs(session: EventSession) -> int:
    with session.reading() as connection:
        return len(wishes(connection)[1])


def test_a_wish_of_the_list_is_told_from_both_sides_and_set_aside_for_today_only(
    session: EventSession,
) -> None:
    assert of(session, "Ana") == [("to sit together with Bo Invented", "on the list")]
    assert of(session, "Bo") == [("to sit together with Ana Invented", "on the list")]
    Bonds(session).turn(bond(session, "Bo"))
    aside = [("to sit together with Bo Invented", "on the list, does not count today")]
    assert of(session, "Ana") == aside
    assert pairs(session) == 0
    Bonds(session).turn(bond(session, "Ana"))
    assert of(session, "Ana") == [("to sit together with Bo Invented", "on the list")]
    assert pairs(session) == 1
    Manual(session).undo()
    assert of(session, "Ana") == aside


def test_what_was_said_today_is_withdrawn_and_an_undo_brings_it_back(
    session: EventSession,
) -> None:
    ana, di = ids(session)["Ana"], ids(session)["Di"]
    Manual(session).pair(Wish.APART, di, ana)
    Manual(session).stays(di)
    assert of(session, "Di") == [
        ("to sit apart from Ana Invented", "said today"),
        ("not to be moved", "said today"),
    ]
    for each in Bonds(session).of(di):
        Bonds(session).turn(each)
    assert of(session, "Di") == []
    Manual(session).undo()
    assert of(session, "Di") == [("not to be moved", "said today")]


def test_a_pin_of_today_stands_over_the_lists_which_counts_again_when_asked(
    session: EventSession,
) -> None:
    cy = ids(session)["Cy"]
    Manual(session).pin(cy, 3)
    assert of(session, "Cy") == [
        ("pinned to table 2", "on the list, does not count today"),
        ("pinned to table 3", "said today"),
    ]
    Bonds(session).turn(bond(session, "Cy"))
    assert of(session, "Cy") == [("pinned to table 2", "on the list")]


def test_what_nobody_asked_for_is_not_withdrawn(session: EventSession) -> None:
    ana, di = ids(session)["Ana"], ids(session)["Di"]
    with pytest.raises(RefusedError, match="Nobody asked for Ana Invented and Di Invented"):
        Manual(session).unpair(Wish.APART, ana, di)
    with pytest.raises(RefusedError, match="not noted as staying"):
        Manual(session).may_move(ana)


def test_all_bonds_of_the_day_are_listed_by_name(session: EventSession) -> None:
    Manual(session).stays(ids(session)["Bo"])
    found = [(each.who.split()[0], each.wish) for each in Bonds(session).all()]
    assert ("Bo", "stays") in found
    assert ("Cy", "pin") in found
    assert len(found) == 3
    assert found == sorted(found)
