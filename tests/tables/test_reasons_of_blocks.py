"""What a repair says of a territory that moves: all of it, or some of it."""

from __future__ import annotations

from checkin.tables.reasons import reasons_of
from checkin.tables.room import Guest, Room, Side, Table

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

    assert whole["a"] == "closes table 1 and Lazio moves as a whole"
    assert part["a"] == "goes with Bo of Lazio"
