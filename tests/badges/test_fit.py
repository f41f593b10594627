"""Text in its box: all of it, inside, and readable where that is possible."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checkin.badges.fit import Room, fit
from checkin.badges.fonts import BOLD
from checkin.badges.letters import printable

NAME = Room(width=232, height=30, largest=34, smallest=9, lines=2)


def letters(text: str) -> str:
    return text.replace(" ", "")


@given(st.text(max_size=200), st.floats(60, 300), st.floats(8, 60))
def test_no_letter_is_lost_and_none_is_outside(raw: str, width: float, height: float) -> None:
    text = printable(raw)
    block = fit(text, BOLD, Room(width, height, 34, 9, 2))
    assert letters("".join(block.lines)) == letters(text)
    assert block.height <= height + 1e-6
    assert block.width <= width + 1e-6


def test_a_short_name_is_as_large_as_its_box() -> None:
    block = fit("Anna", BOLD, NAME)
    assert block.lines == ("Anna",)
    assert block.height > 0.9 * NAME.height


def test_a_name_is_not_wrapped_when_one_line_is_nearly_as_large() -> None:
    assert fit("Anna Maria", BOLD, NAME).lines == ("Anna Maria",)


def test_a_double_name_is_wrapped_at_its_hyphen() -> None:
    block = fit("Brzęczyszczykiewicz-Szczepańska", BOLD, Room(140, 60, 34, 9, 2))
    assert block.lines == ("Brzęczyszczykiewicz-", "Szczepańska")


def test_two_lines_are_kept_while_they_can_be_read() -> None:
    office = "Métropole Européenne de Lille, direction de l'innovation et des partenariats"
    block = fit(office, BOLD, Room(182, 60, 12, 7, 2))
    assert len(block.lines) == 2
    assert block.size >= 7


def test_an_accent_on_a_capital_gets_its_room() -> None:
    assert fit("Åse", BOLD, NAME).rise > fit("Ase", BOLD, NAME).rise


def test_nothing_takes_no_room() -> None:
    block = fit("", BOLD, NAME)
    assert (block.lines, block.height, block.width) == ((), 0.0, 0.0)
