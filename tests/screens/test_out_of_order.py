"""A program that fails twice in a row says so: nobody tries the same nine times."""

from __future__ import annotations

from collections.abc import Sequence

from checkin.door.answers import Answer, Kind
from checkin.door.desk import Door
from tests.screens.driven import AtTheDoor


def broken(_: Door) -> Sequence[Answer]:
    raise LookupError("a fault of the program")


def said(at_door: AtTheDoor) -> str:
    return " ".join(at_door.panel.render().plain.split())


async def test_the_second_failure_in_a_row_says_that_the_desk_is_out_of_order(
    at_door: AtTheDoor,
) -> None:
    line = at_door.app.desk_line
    line.ask(broken)
    await at_door.until(lambda: said(at_door).startswith("That could not be done"))
    line.ask(broken)
    await at_door.until(lambda: "This desk can't check anybody in." in said(at_door))
    assert "write names on paper meanwhile" in said(at_door)
    line.ask(broken)
    await at_door.until(lambda: not line.busy)
    assert "This desk can't check anybody in." in said(at_door)


async def test_after_a_success_a_failure_is_the_first_again(at_door: AtTheDoor) -> None:
    line = at_door.app.desk_line
    line.ask(broken)
    line.scan(at_door.person().code)
    await at_door.answered(Kind.WELCOME)
    line.ask(broken)
    await at_door.until(lambda: said(at_door).startswith("That could not be done"))
