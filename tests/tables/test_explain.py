"""Scores in words: warnings, prices of moves, why somebody sits here."""

from __future__ import annotations

import re
from random import Random

import pytest

from checkin.tables.explain import compared, price, score_words, table_warnings, why_here
from checkin.tables.faults import faults
from checkin.tables.room import Guest, Kind, Room, Side, Table, Weights
from checkin.tables.score import score

L, R = Side.LOCAL, Side.REGION
GUESTS = (
    Guest("a", "Lazio", L, name="Ana"),
    Guest("b", "Lazio", R, name="Bo"),
    Guest("c", "Lodz", L, ("pl",), name="Cy"),
    Guest("d", "Lodz", R, ("pl", "en"), name="Di"),
)
ROOM = Room((Table(1, 4, 2), Table(2, 4, 2), Table(3, 4, 2, open=False)), GUESTS)
GOOD = {"a": 1, "b": 1, "c": 2, "d": 2}


def test_a_move_that_takes_a_voice_away_says_so_with_its_points() -> None:
    weights = Weights(alone=0, split=0, whisper=0)
    room = Room((Table(1, 4, 0), Table(2, 4, 0)), GUESTS, weights=weights)
    told = price(room, GOOD, {"b": 2})
    assert "table 1 would have no region voice (+6)" in told.say
    assert told.say.endswith(f". In all {told.change:+d} points")
    assert told.change == score(room, {**GOOD, "b": 2}).total - score(room, GOOD).total > 0


def test_a_move_that_mends_says_what_is_solved() -> None:
    told = price(ROOM, {**GOOD, "b": 2}, {"b": 1})
    assert told.change < 0
    assert "solved at table 1: Ana, the only one from Lazio" in told.say
    assert told.say.endswith(f". In all {told.change} points")


def test_a_move_that_breaks_a_hard_rule_says_it_first() -> None:
    told = price(ROOM, GOOD, {"a": 3})
    assert told.say.startswith("Table 3 is closed, and Ana is still there")


def test_a_move_that_changes_nothing_costs_the_same_points() -> None:
    assert price(ROOM, GOOD, {"a": 1}).say == "the same points"
    assert price(ROOM, GOOD, {}).change == 0


def test_taking_somebody_from_the_room_has_a_price_too() -> None:
    assert price(ROOM, GOOD, {"a": None}).change == score(ROOM, {"b": 1, "c": 2, "d": 2}).total


def test_what_is_wrong_at_a_table_is_said_in_words() -> None:
    lone = Guest("e", "", L, ("hu",), name="Eve")
    room = Room(ROOM.tables, (*GUESTS, lone), apart=(("a", "c"),))
    found = table_warnings(room, {"a": 1, "c": 1, "e": 1, "b": 2, "d": 2}, 1)
    assert found[0] == "Ana and Cy are to sit apart."
    assert "nobody to share a language with Cy and Eve" in found
    assert "Ana, the only one from Lazio" in found
    assert "no region voice" in found
    assert table_warnings(ROOM, GOOD, 1) == ()
    assert table_warnings(ROOM, GOOD, 3) == ()


def test_why_here_names_the_counterpart_and_what_the_place_lacks() -> None:
    assert why_here(ROOM, GOOD, "a") == "Ana sits at table 1: beside the region side of Lazio, Bo."
    apart = why_here(ROOM, {"a": 1, "b": 2, "c": 2, "d": 2}, "a")
    assert apart == "Ana sits at table 1; but the others of Lazio sit elsewhere."
    assert why_here(ROOM, {}, "a") == "Ana has no seat yet."


def test_why_here_names_pins_wishes_and_new_faces() -> None:
    pinned = Guest("p", pin=1, name="Pia")
    room = Room(ROOM.tables, (*GUESTS, pinned), (("p", "a"),))
    told = why_here(room, {**GOOD, "p": 1}, "p")
    assert told == "Pia sits at table 1: pinned there, together with Ana as wished."
    mixing = Room(ROOM.tables, GUESTS, kind=Kind.MIX, earlier=(GOOD,))
    assert "everybody there is new to them" in why_here(mixing, {"a": 1, "c": 1}, "a")


def test_the_score_is_said_with_its_terms_dearest_first() -> None:
    assert score_words(score(ROOM, GOOD), ROOM) == "0 points: nothing is wrong."
    said = score_words(score(ROOM, {**GOOD, "b": 2}), ROOM)
    assert said.startswith(f"{score(ROOM, {**GOOD, 'b': 2}).total} points: seats under the minimum")
    before, after = score(ROOM, {**GOOD, "b": 2}), score(ROOM, GOOD)
    assert compared(ROOM, before, after).endswith(f"; {before.total} -> 0")


def test_every_fault_of_a_table_is_a_sentence_with_the_points_that_the_score_counts() -> None:
    lone = Guest("e", "", L, ("hu",), name="Eve")
    room = Room(ROOM.tables, (*GUESTS, lone), apart=(("a", "e"),))
    seating = {"a": 1, "e": 1, "b": 2, "c": 2, "d": 2}
    found = faults(room, seating, 1)
    at = score(room, seating).at(1)
    assert at is not None
    split = at.terms.split * room.weights.split
    assert sum(fault.points or 0 for fault in found) == at.points - split
    said = [fault.say for fault in found]
    assert said[0] == "Ana and Eve are to sit apart."
    assert found[0].points is None
    assert "Ana is the only one of Lazio here; the others sit at table 2." in said
    assert "Nobody here speaks for a region; Bo (Lazio, table 2) could." in said
    assert faults(ROOM, GOOD, 1) == ()
    assert faults(ROOM, GOOD, 3) == ()


def test_a_table_with_too_few_people_says_how_many_it_needs() -> None:
    (fault,) = faults(Room((Table(1, 4, 3),), GUESTS[:1]), {"a": 1}, 1)
    assert (fault.say, fault.points) == ("Only 1 person is here; the table needs 3.", 400)


def test_a_table_that_is_short_of_fewer_people_is_not_called_solved() -> None:
    nowhere = tuple(Guest(id) for id in "abcd")
    room = Room((Table(1, 4, 4), Table(2, 4, 3)), nowhere)
    told = price(room, {"a": 1, "b": 1, "c": 2, "d": 2}, {"c": 1})
    assert told.say == (
        "table 2 would have 2 people too few (+200); "
        "table 1 would have only 1 person too few (-200). In all the same points"
    )


def test_one_thing_alone_is_said_with_its_points_once() -> None:
    mixed = Room((Table(1, 4, 0), Table(2, 4, 0)), GUESTS[:2])
    told = price(mixed, {"a": 1, "b": 1}, {"b": 2})
    parts = "Lazio would sit at 2 tables instead of 1 (+10)"
    assert parts in told.say
    language = Room((Table(1, 4, 0), Table(2, 4, 0)), (GUESTS[2], Guest("p", languages=("en",))))
    alone = price(language, {"c": 1, "p": 2}, {"p": 1})
    assert "nobody to share a language with" in alone.say


@pytest.mark.parametrize("seed", range(40))
def test_the_points_in_a_price_add_up_to_the_points_it_says(seed: int) -> None:
    draw = Random(seed)
    homes = ("Lazio", "Lodz", "Norte", "")
    guests = tuple(
        Guest(
            f"g{n}",
            draw.choice(homes),
            draw.choice(list(Side)),
            tuple(draw.sample(("en", "fr", "pl"), draw.randint(1, 2))),
            name=f"Guest {n}",
        )
        for n in range(14)
    )
    tables = tuple(Table(n, 5, 3, host="Mia" if n == 1 else "") for n in (1, 2, 3, 4))
    seating = {guest.id: draw.randint(1, 4) for guest in guests[:-1]}
    earlier = ({guest.id: draw.randint(1, 4) for guest in guests},)
    kind = draw.choice(list(Kind))
    room = Room(tables, guests, kind=kind, earlier=earlier if kind is Kind.MIX else ())
    for _ in range(10):
        some = draw.sample(guests, draw.randint(1, 5))
        told = price(room, seating, {guest.id: draw.randint(1, 4) for guest in some})
        named = [int(points) for points in re.findall(r"\(([+-]\d+)\)", told.say)]
        single = re.fullmatch(r"[^;]*: ([+-]\d+) points?", told.say)
        rules = "seats for" in told.say and not named
        assert rules or (int(single[1]) if single else sum(named)) == told.change, told.say


def test_a_price_names_its_largest_parts_whatever_their_sign_and_they_add_up() -> None:
    """Who is a stranger at both tables: what is gained there is not hidden behind "and 1 more"."""
    guests = (
        *(Guest(f"a{n}", "Lazio", R, ("it", "en"), name=f"An{n}") for n in range(2)),
        *(Guest(f"b{n}", f"Terr{n}", L, ("en",), name=f"Bo{n}") for n in range(3)),
        Guest("x", "Terr0", R, ("lt",), name="Xi"),
        Guest("y", "Terr1", R, ("en",), name="Yo"),
    )
    room = Room((Table(1, 4, 3), Table(2, 5, 2)), guests)
    seating = {"a0": 1, "b0": 1, "x": 1, "a1": 2, "b1": 2, "b2": 2, "y": 2}
    told = price(room, seating, {"x": 2})
    said, _, total = told.say.partition(". In all ")
    parts = [int(each) for each in re.findall(r"\(([+-]\d+)\)", said)]
    assert len(parts) > 3
    assert sum(parts) == told.change == int(total.split()[0])
    named = parts[:-1] if "more (" in said else parts
    assert [abs(each) for each in named] == sorted((abs(each) for each in named), reverse=True)
    assert {*named[:2]} == {1000, -1000}
