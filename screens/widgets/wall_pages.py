"""Pages for a projector that turn: what all walls share, and the wall by name.

Nothing but names, organisations and table numbers stands on a wall. When to turn, and which round
it is, is the business of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from checkin.door.folding import words
from checkin.people import Person
from checkin.tables.seating import Board
from screens.widgets.digits import giant
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.states import capitals

COLUMN = 38
"""Cells that a column needs at least: a long name and the start of an organisation."""

_NOBODY = "Nobody sits at a table yet."
_SIZES = ((2, 3), (1, 12))
"""Sizes of the digits beside a name, each with the most pages that it may take."""

Item = TypeVar("Item")


class WallPages(Widget, Generic[Item]):
    """Pages of one board; a subclass says what stands on them."""

    DEFAULT_CSS = """
    WallPages { height: 1fr; padding: 1 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        self.page = 0

    def show(self, board: Board) -> None:
        """Shows `board`, on the page that is in sight."""
        self.board = board
        self.page = min(self.page, len(self.pages()) - 1)
        self.refresh()

    def turn(self, by: int) -> None:
        """Turns the page; the first follows the last."""
        self.page = (self.page + by) % len(self.pages())
        self.refresh()

    def pages(self) -> list[list[Item]]:
        """Returns what stands on each page for the size there is; one empty page without people."""
        if self.board is None or not self.content_size.height:
            return [[]]
        return self.dealt(self.board, self.content_size) or [[]]

    def dealt(self, board: Board, size: Size) -> list[list[Item]]:
        """Returns the pages of a board that somebody may sit at; none without people."""
        raise NotImplementedError

    def columns(self, page: list[Item], width: int, height: int) -> list[list[Content]]:
        """Returns the lines of each column of a page."""
        raise NotImplementedError

    def about(self) -> str:
        """Returns what the page in sight holds, in a few words."""
        return ""

    @property
    def in_sight(self) -> list[Item]:
        """What stands on the page in sight."""
        pages = self.pages()
        return pages[min(self.page, len(pages) - 1)]

    def render(self) -> Content:
        if self.board is None:
            return Content("")
        page = self.in_sight
        if not page:
            return Content.styled(_NOBODY, "$quiet")
        size = self.content_size
        width = size.width // side_by_side(size)
        sides = self.columns(page, width, size.height)
        lines = []
        for place in range(max(len(side) for side in sides)):
            cells = [side[place] if place < len(side) else Content("") for side in sides]
            lines.append(Content("").join(fitted_content(cell, width) for cell in cells))
        return Content("\n").join(lines)


def side_by_side(size: Size) -> int:
    """Returns how many columns fit."""
    return max(size.width // COLUMN, 1)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody and the table where they sit."""

    person: Person
    table: int


class NameWall(WallPages[Seat]):
    """Everybody by family name, each with the number of their table before the name."""

    def dealt(self, board: Board, size: Size) -> list[list[Seat]]:
        """Everybody in the order of the alphabet, as large as the number of pages allows."""
        seats = [Seat(person, table.number) for table in board.tables for person in table.people]
        seats.sort(key=_alphabet)
        room = _a_column(size.height, _digit_size(len(seats), size)) * side_by_side(size)
        return [seats[start : start + room] for start in range(0, len(seats), room)]

    def columns(self, page: list[Seat], width: int, height: int) -> list[list[Content]]:  # noqa: ARG002
        """Down the first column, then down the next: so does who looks for a name."""
        board = self.board
        everybody = sum(len(table.people) for table in board.tables) if board else 0
        digits = _digit_size(everybody, self.content_size)
        widest = max((table.number for table in board.tables), default=0) if board else 0
        room = _a_column(height, digits)
        return [
            [line for seat in page[start : start + room] for line in _lines(seat, digits, widest)]
            for start in range(0, len(page), room)
        ]

    def about(self) -> str:
        """From which name to which."""
        page = self.in_sight
        if not page:
            return ""
        first, last = (capitals(_first_name(each.person))[:12] for each in (page[0], page[-1]))
        return first if first == last else f"{first} - {last}"


def _digit_size(people: int, size: Size) -> int:
    """Returns how large the numbers are; 0 for plain ones, a line a person."""
    for digits, most in _SIZES:
        if people <= most * _a_column(size.height, digits) * side_by_side(size):
            return digits
    return 0


def _a_column(height: int, digits: int) -> int:
    """Returns how many people stand one below the other."""
    return max(height // _rows(digits), 1)


def _rows(digits: int) -> int:
    # The larger digits fill their rows to the last half: one row keeps them apart.
    return {0: 1, 1: 3}.get(digits, 6)


def _lines(seat: Seat, digits: int, widest: int) -> list[Content]:
    person = seat.person
    called = joined(
        shown(capitals(_first_name(person)), "bold $strong"),
        " ",
        shown(person.given_name if person.family_name else ""),
    )
    where = shown(person.organisation, "$quiet")
    if not digits:
        number = Content.styled(f"{seat.table:>{len(str(widest))}} ", "bold $accent reverse")
        return [joined(" ", number, " ", called, "  ", where)]
    shape, space = giant(str(seat.table), digits), giant(str(widest), digits)
    numbers = [Content.styled(line.rjust(len(space[0])), "bold $accent") for line in shape]
    beside = [called, where] if digits == 1 else [Content(""), called, where]
    lines = [
        joined(number, "  ", beside[row] if row < len(beside) else "")
        for row, number in enumerate(numbers)
    ]
    return [*lines, *[Content("")] * (_rows(digits) - len(lines))]


def _first_name(person: Person) -> str:
    """The name that people are looked up by."""
    return person.family_name or person.given_name


def _alphabet(seat: Seat) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    person = seat.person
    return _spelt(_first_name(person)), _spelt(person.given_name), person.id


def _spelt(name: str) -> tuple[str, ...]:
    """A name in letters a-z, so that Ö stands with O as an English reader looks it up."""
    return tuple(word.forms[0] for word in words(name) if word.forms)
