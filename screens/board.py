"""The board as it is seen: a card a table, rounds as tabs, the people of the card that is meant.

It follows the event and moves nobody; the acts are the business of `tables.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.widgets import Static

from checkin.tables.rounds import Round, Rounds, Stand
from checkin.tables.seating import Board, BoardTable
from checkin.tables.telling import Telling, left
from screens.board_plan import BoardCard, BoardPanel
from screens.live import LiveArea
from screens.room_lines import room_lines
from screens.table_rounds import RoundRow, RoundsBox
from screens.widgets.table_card import Card, UnseatedCard
from screens.working import begin


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the board shows: a round, all there are, and who is planned and due where nobody sits.

    `due` is None where no plan is, and for other rounds than the first; `told` counts those who
    are still to be told their table in the round under way.
    """

    board: Board
    rounds: tuple[Round, ...]
    due: Board | None
    told: int


class BoardScreen(LiveArea[Snapshot]):
    """Who sits where, in the round that is looked at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "shift+f9,f21,ctrl+w", "wall", "wall view for a projector", id="tables.wall", show=False
        ),
        Binding("ctrl+right", "round(1)", "next round", id="tables.round-after", show=False),
        Binding("ctrl+left", "round(-1)", "round before", id="tables.round-before", show=False),
        Binding(
            "shift+f4,f16,ctrl+k",
            "rounds",
            "mixing plan, per person and table",
            id="tables.rounds",
            show=False,
        ),
        Binding("left", "step(-1, 0)", "left", id="choices.card-left", show=False),
        Binding("right", "step(1, 0)", "right", id="choices.card-right", show=False),
        Binding("up", "step(0, -1)", "up", id="choices.card-up", show=False),
        Binding("down", "step(0, 1)", "down", id="choices.card-down", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        self.rounds: tuple[Round, ...] = ()
        self.due: Board | None = None
        self.told = 0
        self._wanted: int | None = None

    def compose_area(self) -> ComposeResult:
        yield RoundRow()
        yield Static("", id="room", markup=False)
        with VerticalScroll(id="cards", can_focus=False):
            yield Grid(id="grid")
        yield BoardPanel(id="table")

    # What the event says

    def read(self) -> Snapshot:
        """The round that is looked at, all there are, and the plan of tables still empty."""
        rounds = Rounds(self.session)
        found = rounds.all()
        # A plan that was looked at may have been taken back meanwhile.
        if self._wanted not in {each.number for each in found}:
            self._wanted = None
        due = rounds.due() if self._wanted is None else None
        told = left(Telling(self.session).whom())
        return Snapshot(rounds.board(self._wanted), found, due, told)

    def show(self, snapshot: Snapshot) -> None:
        """Shows the board; cards keep their places."""
        board, self.rounds = snapshot.board, snapshot.rounds
        self.board, self.due, self.told = board, self._plan_of(snapshot), snapshot.told
        self.set_class(len(self.rounds) > 1, "-several")
        self.query_one(RoundRow).show(board.round, self.rounds)
        self.show_room()
        self._show_cards(board)
        self.refresh_bindings()

    def _plan_of(self, snapshot: Snapshot) -> Board | None:
        """The plan of empty tables; its warnings only while it is the whole room's."""
        due = snapshot.due
        if due is None or not any(table.people for table in snapshot.board.tables):
            return due
        return replace(due, tables=tuple(replace(each, warnings=()) for each in due.tables))

    def show_room(self) -> None:
        """Says in two lines how the whole room is."""
        if self.board is not None:
            width = max(self.size.width - 2, 1)
            words = room_lines(self.board, self.due, self.told, width)
            self.query_one("#room", Static).update(words)

    def on_resize(self) -> None:
        """As much is said as there is room for."""
        self.show_room()

    def _planned_at(self, number: int) -> BoardTable | None:
        return None if self.due is None else self.due.table(number)

    def _show_cards(self, snapshot: Board) -> None:
        cards = list(self.query(BoardCard))
        if [card.table.number for card in cards] == [table.number for table in snapshot.tables]:
            for card, table in zip(cards, snapshot.tables, strict=True):
                card.show_with(table, self._planned_at(table.number))
            self.query_one(UnseatedCard).show(snapshot.unseated, _seated(snapshot))
            self._show_table()
        else:
            begin(self, partial(self._deal, snapshot), group="deal", exclusive=True)

    async def _deal(self, board: Board) -> None:
        grid = self.query_one("#grid", Grid)
        await grid.remove_children()
        cards = [BoardCard(table) for table in board.tables]
        for card in cards:
            card.show_with(card.table, self._planned_at(card.table.number))
        await grid.mount(*cards, UnseatedCard(board.unseated, _seated(board)))
        if self.focused is None and self.is_current:
            cards[0].focus()
        self._show_table()

    def on_screen_resume(self) -> None:
        """The first card is meant when no other is."""
        super().on_screen_resume()
        if self.focused is None:
            for card in self.query(Card):
                card.focus()
                break

    @property
    def card(self) -> Card | None:
        """The card that is meant."""
        return self.focused if isinstance(self.focused, Card) else None

    def on_card_meant(self) -> None:
        """Shows the people of the card that is meant, where there is room."""
        self._show_table()

    def _show_table(self) -> None:
        self.query_one(BoardPanel).show(self.card)

    # Rounds

    @property
    def latest(self) -> int:
        """The number of the round under way."""
        return next((each.number for each in self.rounds if each.stand is Stand.NOW), 1)

    @property
    def stand(self) -> Stand:
        """Whether the round in sight is over, under way or planned."""
        number = self.board.round if self.board is not None else self.latest
        if number == self.latest:
            return Stand.NOW
        return Stand.OVER if number < self.latest else Stand.PLANNED

    @property
    def changeable(self) -> Board | None:
        """The board when it is the round under way; says why nothing is done when it is not."""
        board = self.board
        if board is not None and self.stand is Stand.OVER:
            self.tell(f"Round {board.round} is over; ctrl+→ goes on to round {self.latest}.")
            return None
        if board is not None and self.stand is Stand.PLANNED:
            self.tell(
                f"Round {board.round} is only planned; ctrl+← goes back to round {self.latest}, "
                "and F4 there begins the next one."
            )
            return None
        return board

    def action_round(self, by: int) -> None:
        """Looks at the round before or after; the ends hold."""
        numbers = [each.number for each in self.rounds]
        # From the round that was asked for last: the one in sight may still be its forerunner.
        asked = self._wanted or self.latest
        if self.board is not None and asked in numbers:
            place = numbers.index(asked) + by
            self._look_at(numbers[min(max(place, 0), len(numbers) - 1)])

    def on_round_row_asked(self, message: RoundRow.Asked) -> None:
        """A click on a tab looks at that round."""
        self._look_at(message.round)

    def _look_at(self, number: int) -> None:
        self._wanted = None if number == self.latest else number
        self.reload()

    def action_rounds(self) -> None:
        """Shows who sits where in all rounds, planned ones too, per person and per table."""
        begin(self, self._rounds, group="rounds", exclusive=True, exit_on_error=False)

    async def _rounds(self) -> None:
        boards = await self.asked_beside(Rounds(self.session).boards)
        if boards:
            self.app.push_screen(RoundsBox(boards))

    def action_wall(self) -> None:
        """Shows who sits where for a projector, in the round that is looked at."""
        from screens.table_wall import WallScreen

        self.app.push_screen(WallScreen(self._wanted))

    # Choosing

    def action_step(self, across: int, down: int) -> None:
        """Goes to a neighbouring card; the edges hold."""
        cards = list(self.query(Card))
        if not cards:
            return
        if self.card is None:
            cards[0].focus()
            return
        columns = 4 if self.has_class("-wide") else 3
        place = cards.index(self.card) + across + down * columns
        if (
            down > 0
            and place >= len(cards)
            and cards.index(self.card) // columns < ((len(cards) - 1) // columns)
        ):
            place = len(cards) - 1
        if 0 <= place < len(cards):
            cards[place].focus()


def _seated(board: Board) -> int:
    return sum(len(table.people) for table in board.tables)
