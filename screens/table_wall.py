"""The wall view: who sits at which table, for a projector, a page at a time and by itself.

Giant table numbers with the people below them, or everybody by name with the table's number: names
and organisations, nothing else, and no notes. Any round can be shown, also one that is only
planned. It follows the event while it is in sight.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.timer import Timer
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
from screens.widgets.wall_pages import NameWall, WallPages, side_by_side
from screens.working import begin

PAGE = 8.0
"""Seconds that a page stands."""

_LOOK = 2.0
_STANDS: dict[Stand | None, str] = {Stand.OVER: ", over", Stand.PLANNED: ", planned"}


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


class Wall(WallPages[Poster]):
    """One page of posters side by side, as many as fit."""

    def dealt(self, board: Board, size: Size) -> list[list[Poster]]:
        """The tables in their order."""
        # Two rows a person: the name, then the organisation.
        rows = max((size.height - self._digit_rows() - 1) // 2, 1)
        columns = side_by_side(size)
        found = posters(board, rows)
        return [found[start : start + columns] for start in range(0, len(found), columns)]

    def columns(self, page: list[Poster], width: int, height: int) -> list[list[Content]]:  # noqa: ARG002
        """A poster a column."""
        return [_poster_lines(poster, self._digit_rows(), width - 2) for poster in page]

    def _digit_rows(self) -> int:
        """Rows of the numbers: as many as the fullest table leaves, and one height for all."""
        if self.board is None:
            return ROWS
        fullest = max((len(table.people) for table in self.board.tables), default=0)
        free = max(self.content_size.height - 1 - 2 * fullest, ROWS)
        widest = "8" * len(str(len(self.board.tables)))
        width = self.content_size.width // side_by_side(self.content_size) - 2
        return len(fitting(widest, width, free)) or ROWS


class WallScreen(BaseScreen[None]):
    """The whole screen as a wall: the round under way, or the round `number` whatever comes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+n", "by_name", "by name", id="wall.by-name"),
        Binding("f2,ctrl+n", "by_table", "by table", id="wall.by-table"),
        Binding("space", "pause", "pause", id="wall.pause"),
        Binding("right", "turn(1)", "next", id="wall.next", key_display="→"),
        Binding("left", "turn(-1)", "before", id="wall.before", key_display="←"),
        Binding("ctrl+right,down", "round(1)", "next round", id="wall.round-after", show=False),
        Binding("ctrl+left,up", "round(-1)", "round before", id="wall.round-before", show=False),
        Binding("escape", "leave", "back to the board", id="wall.leave"),
    ]
    HELP = (
        "For a projector: who sits at which table, names and organisations only. F2 shows "
        "everybody by family name with their table's number, or tables again. The pages turn by "
        "themselves; space makes them stand still and go on, ← → turn them by hand. ↑ ↓ (or "
        "ctrl+← →) go through the rounds, planned ones too. Larger letters in the terminal show "
        "fewer people."
    )
    CSS = """
    WallScreen #wall-title { height: 1; padding: 0 2; background: $panel; text-wrap: nowrap; }
    WallScreen NameWall { display: none; }
    WallScreen.-by-name NameWall { display: block; }
    WallScreen.-by-name Wall { display: none; }
    WallScreen Toast { display: none; }
    """

    def __init__(self, number: int | None = None) -> None:
        super().__init__()
        self._wanted = number
        self._rounds: tuple[Round, ...] = ()
        self._round = number or 1
        self._turner: Timer | None = None
        self._still = False
        self._failed = False

    def compose(self) -> ComposeResult:
        yield Static("", id="wall-title", markup=False)
        yield Wall()
        yield NameWall()
        yield KeyRow()

    @property
    def _wall(self) -> WallPages[Any]:
        """The pages in sight."""
        return self.query_one(NameWall if self.has_class("-by-name") else Wall)

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
            # Not for the hall to read: it stands on the board when the wall is left.
            self._failed = True
            self._head()
            self.tell(str(error), severity="error")
            return
        self._failed = False
        for wall in self.query(WallPages):
            if board.round != self._round:
                wall.page = 0
            wall.show(board)
        self._round = board.round
        self._head()

    def _head(self) -> None:
        wall = self._wall
        count = len(wall.pages())
        about = wall.about()
        page = f"   page {wall.page + 1} of {count}" if count > 1 else ""
        stand = next((each.stand for each in self._rounds if each.number == self._round), None)
        title = joined(
            shown(self.session.settings.title, "bold"),
            Content(f"   round {self._round}"),
            Content.styled(_STANDS.get(stand, ""), "bold $look"),
            "   " if about else "",
            shown(about, "bold $accent"),
            Content.styled(page, "$quiet"),
            Content.styled("   not up to date" if self._failed else "", "bold $look"),
            Content.styled("   standing still" if self._still and count > 1 else "", "$look"),
        )
        self.query_one("#wall-title", Static).update(title)

    def _turn(self, by: int) -> None:
        self._wall.turn(by)
        self._head()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One key changes between the two; it says what it leads to."""
        by_name = self.has_class("-by-name")
        here = {"by_name": not by_name, "by_table": by_name}
        return here.get(action, super().check_action(action, parameters))

    def action_by_name(self) -> None:
        """Shows everybody by family name: people look for their own."""
        self._show_wall("-by-name")

    def action_by_table(self) -> None:
        """Shows who sits together, table by table."""
        self._show_wall()

    def _show_wall(self, *classes: str) -> None:
        self.remove_class("-by-name").add_class(*classes)
        self._wall.page = 0
        self.call_after_refresh(self._head)
        if self._turner is not None and not self._still:
            self._turner.reset()
        self.refresh_bindings()

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
