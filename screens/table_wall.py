"""The wall view: who sits at which table, for a projector, a page at a time and by itself.

Giant table numbers with the people below them; names and organisations, nothing else. Any round can
be shown, also one that is only planned. It follows the event while it is in sight.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.people import Person
from checkin.tables.rounds import Round, Rounds, Stand
from checkin.tables.seating import Board
from screens.base import BaseScreen
from screens.widgets.digits import ROWS, fitting
from screens.widgets.key_row import KeyRow
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name
from screens.working import begin

PAGE = 8.0
"""Seconds that a page stands."""

_LOOK = 2.0
_STANDS: dict[Stand | None, str] = {Stand.OVER: ", over", Stand.PLANNED: ", planned"}
_COLUMN = 38
"""Cells that a table needs at least: a long name and the start of an organisation."""


@dataclass(frozen=True, slots=True)
class Poster:
    """A table on the wall: its number and the people who stand below it.

    `more` says that the table goes on in the next poster of the same number.
    """

    number: int
    people: tuple[Person, ...]
    more: bool = False
    name: str = ""


def posters(board: Board, rows: int) -> list[Poster]:
    """Returns the tables somebody sits at; one with more than `rows` people takes several."""
    found = []
    for table in board.tables:
        by_name = sorted(table.people, key=lambda p: (p.family_name.casefold(), p.id))
        for start in range(0, len(by_name), rows):
            part = tuple(by_name[start : start + rows])
            more = start + rows < len(by_name)
            found.append(Poster(table.number, part, more, table.name))
    return found


class Wall(Widget):
    """One page of posters side by side, as many as fit."""

    DEFAULT_CSS = """
    Wall { height: 1fr; padding: 1 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self.page = 0

    def show(self, board: Board) -> None:
        """Shows `board`, on the page that is in sight."""
        self._board = board
        self.page = min(self.page, len(self.pages()) - 1)
        self.refresh()

    def turn(self, by: int) -> None:
        """Turns the page; the first follows the last."""
        self.page = (self.page + by) % len(self.pages())
        self.refresh()

    def pages(self) -> list[list[Poster]]:
        """Returns the posters page by page for the size there is; one empty page without people."""
        if self._board is None or not self.content_size.height:
            return [[]]
        rows, columns = self._shape(self.content_size)
        found = posters(self._board, rows)
        return [found[start : start + columns] for start in range(0, len(found), columns)] or [[]]

    def _shape(self, size: Size) -> tuple[int, int]:
        """Rows for people below a number, and tables side by side."""
        rows = size.height - self._digit_rows() - 1
        # Two rows a person: the name, then the organisation.
        return max(rows // 2, 1), max(size.width // _COLUMN, 1)

    def _digit_rows(self) -> int:
        """Rows of the numbers: as many as the fullest table leaves, and one height for all."""
        if self._board is None:
            return ROWS
        fullest = max((len(table.people) for table in self._board.tables), default=0)
        free = max(self.content_size.height - 1 - 2 * fullest, ROWS)
        widest = "8" * len(str(len(self._board.tables)))
        width = self.content_size.width // max(self.content_size.width // _COLUMN, 1) - 2
        return len(fitting(widest, width, free)) or ROWS

    def render(self) -> Content:
        if self._board is None:
            return Content("")
        pages = self.pages()
        page = pages[min(self.page, len(pages) - 1)]
        if not page:
            return Content.styled("Nobody sits at a table yet.", "$quiet")
        size = self.content_size
        columns = self._shape(size)[1]
        width = size.width // columns
        sides = [_poster_lines(poster, self._digit_rows(), width - 2) for poster in page]
        lines = []
        for place in range(max(len(side) for side in sides)):
            cells = [side[place] if place < len(side) else Content("") for side in sides]
            lines.append(Content("").join(fitted_content(cell, width) for cell in cells))
        return Content("\n").join(lines)


class WallScreen(BaseScreen[None]):
    """The whole screen as a wall: the round under way, or the round `number` whatever comes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "stand still", id="wall.pause"),
        Binding("right", "turn(1)", "next page", id="wall.next", key_display="→"),
        Binding("left", "turn(-1)", "page before", id="wall.before", key_display="←"),
        Binding("ctrl+right,down", "round(1)", "next round", id="wall.round-after", show=False),
        Binding("ctrl+left,up", "round(-1)", "round before", id="wall.round-before", show=False),
        Binding("escape", "leave", "back to the board", id="wall.leave"),
    ]
    HELP = (
        "For a projector: who sits at which table, names and organisations only. The pages turn by "
        "themselves; space makes them stand still and go on, ← → turn them by hand. ↑ ↓ (or "
        "ctrl+← →) go through the rounds, planned ones too. Larger letters in the terminal show "
        "fewer tables."
    )
    CSS = """
    WallScreen #wall-title { height: 1; padding: 0 2; background: $panel; text-wrap: nowrap; }
    """

    def __init__(self, number: int | None = None) -> None:
        super().__init__()
        self._wanted = number
        self._rounds: tuple[Round, ...] = ()
        self._round = number or 1
        self._turner: Timer | None = None
        self._still = False

    def compose(self) -> ComposeResult:
        yield Static("", id="wall-title", markup=False)
        yield Wall()
        yield KeyRow()

    def on_mount(self) -> None:
        """Reads, and begins to turn the pages."""
        self._turner = self.set_interval(PAGE, lambda: self._turn(1))
        self.set_interval(_LOOK, self._look)
        self.checkin.changed.subscribe(self, lambda _: self._look())
        self._look()

    def _look(self) -> None:
        if self.is_current:
            begin(self, self._read, group="wall", exclusive=True, exit_on_error=False)

    async def _read(self) -> None:
        rounds = Rounds(self.session)
        try:
            self._rounds = await asyncio.to_thread(rounds.all)
            # A plan that stood on the wall may have been taken back.
            if self._wanted not in {each.number for each in self._rounds}:
                self._wanted = None
            board = await asyncio.to_thread(rounds.board, self._wanted)
        except CheckinError as error:
            self.tell(str(error), severity="error")
            return
        wall = self.query_one(Wall)
        if board.round != self._round:
            wall.page = 0
        wall.show(board)
        self._round = board.round
        self._head()

    def _head(self) -> None:
        wall = self.query_one(Wall)
        count = len(wall.pages())
        page = f"   page {wall.page + 1} of {count}" if count > 1 else ""
        stand = next((each.stand for each in self._rounds if each.number == self._round), None)
        title = joined(
            shown(self.session.settings.title, "bold"),
            Content(f"   round {self._round}"),
            Content.styled(_STANDS.get(stand, ""), "bold $look"),
            Content.styled(page, "$quiet"),
            Content.styled("   standing still" if self._still and count > 1 else "", "$look"),
        )
        self.query_one("#wall-title", Static).update(title)

    def _turn(self, by: int) -> None:
        self.query_one(Wall).turn(by)
        self._head()

    def action_turn(self, by: int) -> None:
        """Turns the page by hand; it stands its full time then."""
        self._turn(by)
        if self._turner is not None and not self._still:
            self._turner.reset()

    def action_pause(self) -> None:
        """Makes the pages stand still, or turn again."""
        self._still = not self._still
        if self._turner is not None:
            if self._still:
                self._turner.pause()
            else:
                self._turner.reset()
                self._turner.resume()
        self._head()

    def action_round(self, by: int) -> None:
        """Goes to the round before or after; the ends hold."""
        numbers = [each.number for each in self._rounds]
        if self._round in numbers:
            place = min(max(numbers.index(self._round) + by, 0), len(numbers) - 1)
            now = self._rounds[place].stand is Stand.NOW
            # The round under way is followed: the next one shows as soon as it begins.
            self._wanted = None if now else numbers[place]
            self._look()

    def action_leave(self) -> None:
        """Goes back to the board."""
        self.dismiss(None)


def _poster_lines(poster: Poster, digit_rows: int, width: int) -> list[Content]:
    digits = fitting(str(poster.number), width, digit_rows)
    lines = [Content.styled(line, "bold $accent") for line in digits]
    lines.append(shown(poster.name, "bold $accent").truncate(width, ellipsis=True))
    for person in poster.people:
        lines.append(fitted_content(shown(display_name(person), "bold $strong"), width))
        lines.append(fitted_content(shown(f"  {person.organisation}", "$quiet"), width))
    if poster.more:
        lines[-1] = joined(lines[-1].truncate(width - 4), Content.styled(" ...", "bold $look"))
    return lines
