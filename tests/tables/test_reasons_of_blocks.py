"""Why each person of a repair moves: with all of a territory or some, for a seat, for a voice."""

from __future__ import annotations

from checkin.tables.reasons import reasons_of
from checkin.tables.room import Guest, Kind, Room, Side, Table

ROOM = Room(
    tables=(Table(1, 4, 1), Table(2, 4, 1)),
    guests=(
        Guest("a", "Lazio", Side.LOCAL, name="Ada"),
        Guest("b", "Lazio", Side.LOCAL, name="Bo"),
        Guest("c", "Lazio", Side.REGION, name="Cy"),
        Guest("d", "Norte", Side.LOCAL, name="Di"),
    ),
)


def test_a_territory_moves_as_a_whole_only_when_nobody_of_it_stays() -> None:
    before = {"a": 1, "b": 1, "c": 1, "d": 2}

    whole = reasons_of(ROOM, before, {"a": 2, "b": 2, "c": 2, "d": 2})
    part = reasons_of(ROOM, before, {"a": 2, "b": 2, "c": 1, "d": 2})

    assert whole["a"] == "empties table 1 and Lazio moves as a whole"
    assert part["a"] == "goes with Bo of Lazio"


def test_nobody_makes_room_where_there_are_free_seats() -> None:
    """Who leaves a table of free chairs swaps, or the phrase says what they bring."""
    before = {"a": 1, "b": 1, "c": 1, "d": 2}
    swapped = reasons_of(ROOM, before, {"a": 1, "b": 1, "c": 2, "d": 1})
    assert swapped["d"].startswith("swaps with Cy")
    full = Room((Table(1, 3, 1), Table(2, 4, 1)), ROOM.guests)
    assert reasons_of(full, before, {"a": 1, "b": 1, "c": 2, "d": 1})["c"].startswith(
        "makes room for Di"
    )


def test_a_move_for_the_voices_says_which_table_hears_them() -> None:
    guests = (
        Guest("a", "Lazio", Side.REGION, name="Ada"),
        Guest("b", "Norte", Side.LOCAL, name="Bo"),
        Guest("c", "Norte", Side.REGION, name="Cy"),
        Guest("d", "Lazio", Side.LOCAL, name="Di"),
        Guest("e", "Toscana", Side.REGION, name="Ed"),
    )
    room = Room((Table(1, 6, 2), Table(2, 6, 2)), guests, kind=Kind.MIX)
    before = {"a": 1, "e": 1, "c": 1, "b": 2, "d": 2}
    assert reasons_of(room, before, {**before, "b": 1})["b"] == "table 1 hears city and region"
