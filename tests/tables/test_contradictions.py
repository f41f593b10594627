"""Wishes of the day that can't all be, and what a wish breaks until somebody is moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.errors import RefusedError
from checkin.event.session import EventSession
from checkin.people import Level
from checkin.tables.assembling import wishes
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual, Wish
from checkin.tables.room import Guest, Room, Table
from checkin.tables.rules import workable
from db.journal import head
from tests.tables.by_hand import ids, person, seated

PEOPLE = {
    "Ana": (person("Ana", "Lazio"), 1),
    "Bo": (person("Bo", "Lazio", Level.REGION), 1),
    "Cy": (person("Cy", "Wallonie"), 2),
    "Di": (person("Di", "Toscana", step_free=True), 2),
    "Ed": (person("Ed", "Toscana", Level.REGION), 2),
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[EventSession]:
    session = seated(tmp_path / "event.checkin", PEOPLE, tables=3, seats=3)
    yield session
    session.close()


def pair(session: EventSession, wish: Wish, one: str, other: str) -> str:
    who = ids(session)
    return Manual(session).pair(wish, who[one], who[other]).say


def test_two_who_are_together_through_a_third_can_not_be_apart(session: EventSession) -> None:
    pair(session, Wish.TOGETHER, "Ana", "Bo")
    pair(session, Wish.TOGETHER, "Bo", "Cy")
    with pytest.raises(RefusedError) as error:
        pair(session, Wish.APART, "Cy", "Ana")
    assert str(error.value) in (
        "Cy Invented, Bo Invented and Ana Invented are to sit together, "
        "so Cy Invented and Ana Invented can't sit apart.",
        "Ana Invented, Bo Invented and Cy Invented are to sit together, "
        "so Ana Invented and Cy Invented can't sit apart.",
    )
    with session.reading() as connection:
        assert wishes(connection).apart == ()


def test_two_who_are_apart_can_not_be_together_through_a_third(session: EventSession) -> None:
    pair(session, Wish.TOGETHER, "Ana", "Bo")
    pair(session, Wish.APART, "Ana", "Cy")
    with pytest.raises(RefusedError, match=r"would be to sit together, but .* that can't all be"):
        pair(session, Wish.TOGETHER, "Bo", "Cy")
    with pytest.raises(RefusedError, match="are to sit apart; that can't both be"):
        pair(session, Wish.TOGETHER, "Ana", "Cy")


def test_a_wish_that_is_so_already_says_so_and_writes_nothing(session: EventSession) -> None:
    pair(session, Wish.TOGETHER, "Ana", "Bo")
    with session.reading() as connection:
        before = head(connection)
    say = pair(session, Wish.TOGETHER, "Bo", "Ana")
    assert say.endswith("are to sit together already; nothing changed.")
    with session.reading() as connection:
        assert head(connection) == before


def test_a_wish_says_what_it_breaks_until_somebody_is_moved(session: EventSession) -> None:
    assert pair(session, Wish.APART, "Ana", "Bo") == (
        "Ana Invented and Bo Invented are to sit apart. Both sit at table 1: move one, or repair."
    )
    say = pair(session, Wish.TOGETHER, "Bo", "Cy")
    assert " sit at tables " in say
    assert say.endswith(": move one, or repair.")


def test_a_wish_that_pins_forbid_says_so(session: EventSession) -> None:
    hand, who = Manual(session), ids(session)
    hand.pin(who["Ana"], 1)
    hand.pin(who["Cy"], 2)
    say = pair(session, Wish.TOGETHER, "Ana", "Cy")
    assert " It can't be kept as things are: " in say
    assert say.endswith("but are pinned to tables 1 and 2.")


def test_a_pin_says_what_is_broken_and_what_mends_it(session: EventSession) -> None:
    hand, who = Manual(session), ids(session)
    name = "Ana Invented is pinned to table"
    assert hand.pin(who["Ana"], 1).say == f"{name} 1 and sits there."
    say = f"{name} 2, but sits at table 1: move them there, or repair."
    assert hand.pin(who["Ana"], 2).say == say
    hand.close_table(3)
    say = f"{name} 3, which is closed: open it, or pin them to another."
    assert hand.pin(who["Ana"], 3).say == say
    assert hand.pin(who["Ana"], None).say == "Ana Invented is no longer pinned to table 3."
    assert hand.pin(who["Ana"], None).say == "Ana Invented was not pinned; nothing changed."


def test_the_price_of_a_wish_says_the_same_as_the_act(session: EventSession) -> None:
    pair(session, Wish.TOGETHER, "Ana", "Bo")
    pair(session, Wish.TOGETHER, "Bo", "Cy")
    who = ids(session)
    with pytest.raises(RefusedError) as error:
        pair(session, Wish.APART, "Ana", "Cy")
    price = Foresight(session).pair(Wish.APART, who["Ana"], who["Cy"])
    assert price.refused == str(error.value)


def test_two_who_are_to_be_both_are_named_once_in_a_larger_group() -> None:
    guests = tuple(Guest(name) for name in ("Ana", "Bo", "Cy"))
    together = (("Ana", "Bo"), ("Ana", "Cy"))
    room = Room((Table(1), Table(2)), guests, together, apart=(("Ana", "Cy"),))
    (rule,) = workable(room).impossible
    assert rule.say == "Ana and Cy are to sit together and apart."
