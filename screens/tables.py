"""The board: a card a table, what is wrong with each in words, and moving people by hand.

Nobody who sits is moved by the program. A move shows its price first and can be undone; plans and
repairs are shown before they are taken and can be refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.people import Person
from checkin.tables.explain import TERM_WORDS
from checkin.tables.manual import Manual
from checkin.tables.rounds import Round, Rounds, Stand
from checkin.tables.seating import Board, BoardTable, Change
from checkin.tables.telling import Telling
from screens.live import LiveArea
from screens.table_box import TableBox, table_rows
from screens.table_rounds import RoundRow, RoundsBox
from screens.table_tell import TellBox
from screens.widgets.shown import joined, shown
from screens.widgets.table_card import Card, TableCard, UnseatedCard
from screens.working import begin


class TablesScreen(LiveArea[tuple[Board, tuple[Round, ...]]]):
    """Who sits where."""

    AREA = "tables"
    CSS_PATH = "tables.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "people", id="tables.open"),
        Binding("f3,ctrl+f", "move", "move", id="tables.move"),
        Binding("f8,ctrl+z", "undo", "undo", id="tables.undo"),
        Binding("f4,ctrl+g", "plan", "plan", id="tables.plan"),
        Binding("f5,ctrl+o", "repair", "repair", id="tables.repair"),
        Binding(
            "f7,ctrl+t", "close_or_open", "close or open the table", id="tables.close", show=False
        ),
        Binding("shift+f3,f15,ctrl+e", "swap", "swap two people", id="tables.swap", show=False),
        Binding("shift+f2,f14,ctrl+b", "host", "name the host", id="tables.host", show=False),
        Binding(
            "shift+f5,f17,ctrl+l", "tell_people", "who is to be told", id="tables.told", show=False
        ),
        Binding("shift+f8,f20,ctrl+y", "redo", "redo", id="tables.redo", show=False),
        Binding("shift+f9,f21,ctrl+w", "wall", "wall view", id="tables.wall", show=False),
        Binding("ctrl+right", "round(1)", "next round", id="tables.round-after", show=False),
        Binding("ctrl+left", "round(-1)", "round before", id="tables.round-before", show=False),
        Binding("shift+f4,f16,ctrl+k", "rounds", "mixing plan", id="tables.rounds", show=False),
        Binding("left", "step(-1, 0)", "left", id="choices.card-left", show=False),
        Binding("right", "step(1, 0)", "right", id="choices.card-right", show=False),
        Binding("up", "step(0, -1)", "up", id="choices.card-up", show=False),
        Binding("down", "step(0, 1)", "down", id="choices.card-down", show=False),
    ]
    HELP = (
        "One card a table: ● taken and ○ free seats, who sits there by territory with the letter "
        "of each level (C city, M metropolitan, R region, O other), the table's language first. "
        "A sign ! and words say what is wrong. Arrows choose a table, Enter opens it: there people "
        "are moved, swapped, pinned, kept together or apart. F3 moves somebody, shift+F3 swaps two "
        "people: the price is shown before it is paid. F7 closes or opens the table, shift+F2 "
        "names its host. F8 takes the last act back, shift+F8 does it again; a host's name is not "
        "among them. Shift+F5 lists who sits elsewhere than they were told. "
        "Ctrl+← → look at earlier and planned rounds, shift+F4 shows the mixing plan per person "
        "and per table, shift+F9 the wall view of the round in sight for a projector."
    )

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        self.rounds: tuple[Round, ...] = ()
        self._wanted: int | None = None

    def compose_area(self) -> ComposeResult:
        yield RoundRow()
        yield Static("", id="room", markup=False)
        with VerticalScroll(id="cards", can_focus=False):
            yield Grid(id="grid")
        yield Static("", id="table", markup=False)

    # What the event says

    def read(self) -> tuple[Board, tuple[Round, ...]]:
        """The round that is looked at, and all there are."""
        rounds = Rounds(self.session)
        found = rounds.all()
        # A plan that was looked at may have been taken back meanwhile.
        if self._wanted not in {each.number for each in found}:
            self._wanted = None
        return rounds.board(self._wanted), found

    def show(self, snapshot: tuple[Board, tuple[Round, ...]]) -> None:
        """Shows the board; cards keep their places."""
        board, self.rounds = snapshot
        self.board = board
        self.set_class(len(self.rounds) > 1, "-several")
        self.query_one(RoundRow).show(board.round, self.rounds)
        self.query_one("#room", Static).update(room_line(board))
        self._show_cards(board)

    def _show_cards(self, snapshot: Board) -> None:
        cards = list(self.query(TableCard))
        if [card.table.number for card in cards] == [table.number for table in snapshot.tables]:
            for card, table in zip(cards, snapshot.tables, strict=True):
                card.show(table)
            self.query_one(UnseatedCard).show(snapshot.unseated)
            self._show_table()
        else:
            begin(self, partial(self._deal, snapshot), group="deal", exclusive=True)

    async def _deal(self, board: Board) -> None:
        grid = self.query_one("#grid", Grid)
        await grid.remove_children()
        cards: list[Card] = [TableCard(table) for table in board.tables]
        await grid.mount(*cards, UnseatedCard(board.unseated))
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
        panel = self.query_one("#table", Static)
        card = self.card
        if isinstance(card, TableCard):
            panel.border_title = Content(f"Table {card.table.number}")
            panel.update(table_lines(card.table))
        elif isinstance(card, UnseatedCard):
            panel.border_title = Content("Without a table")
            panel.update(people_lines(card.people, "Everybody who is here has a table."))

    # Rounds

    @property
    def _latest(self) -> int:
        """The number of the round under way."""
        return next((each.number for each in self.rounds if each.stand is Stand.NOW), 1)

    @property
    def _changeable(self) -> Board | None:
        """The board when it is the round under way; says why nothing is done when it is not."""
        board = self.board
        if board is not None and board.round < self._latest:
            self.tell(f"Round {board.round} is over; ctrl+→ goes on to round {self._latest}.")
            return None
        if board is not None and board.round > self._latest:
            self.tell(
                f"Round {board.round} is only planned; ctrl+← goes back to round {self._latest}, "
                "and F4 there begins the next one."
            )
            return None
        return board

    def action_round(self, by: int) -> None:
        """Looks at the round before or after; the ends hold."""
        numbers = [each.number for each in self.rounds]
        if self.board is not None and self.board.round in numbers:
            place = numbers.index(self.board.round) + by
            self._look_at(numbers[min(max(place, 0), len(numbers) - 1)])

    def on_round_row_asked(self, message: RoundRow.Asked) -> None:
        """A click on a tab looks at that round."""
        self._look_at(message.round)

    def _look_at(self, number: int) -> None:
        self._wanted = None if number == self._latest else number
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

    def on_card_chosen(self) -> None:
        """A click on the card that is meant opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Opens the people of the card that is meant."""
        card, board = self.card, self._changeable
        if board is None or card is None:
            return
        number = card.table.number if isinstance(card, TableCard) else None
        self.app.push_screen(TableBox(board, number), self._moved)

    def _moved(self, change: Change | None) -> None:
        if change is not None:
            self.tell_change(change)
        self.reload()

    def action_move(self) -> None:
        """Asks whom to move, then where to."""
        from screens.move_person import FindToMove

        board = self._changeable
        if board is not None:
            self.app.push_screen(FindToMove(board), self._moved)

    def action_swap(self) -> None:
        """Asks who changes places, then with whom."""
        from screens.move_person import FindToMove
        from screens.table_pair import Joint, PairBox

        board = self._changeable
        if board is not None:
            box = FindToMove(board, lambda person: PairBox(board, person, Joint.SWAP))
            self.app.push_screen(box, self._moved)

    def action_host(self) -> None:
        """Asks who hosts the table that is meant."""
        from screens.table_acts import HostBox

        if self._changeable is None:
            return
        card = self.card
        if isinstance(card, TableCard):
            self.app.push_screen(HostBox(card.table.number, card.table.host), self._moved)
        else:
            self.tell("Choose the table to name a host for first.")

    # Acts on the whole board

    def action_undo(self) -> None:
        """Takes this desk's last act at the tables back."""
        self.do(lambda: Manual(self.session).undo())

    def action_redo(self) -> None:
        """Does again what was taken back last."""
        self.do(lambda: Manual(self.session).redo())

    def action_close_or_open(self) -> None:
        """Closes the table that is meant, or opens it again."""
        if self._changeable is None:
            return
        card = self.card
        if not isinstance(card, TableCard):
            self.tell("Choose the table to close or open first.")
            return
        number, open_ = card.table.number, card.table.open
        manual = Manual(self.session)
        self.do(lambda: manual.close_table(number) if open_ else manual.open_table(number))

    def do(self, act: Callable[[], Change]) -> None:
        """Does one act at the tables in the desk's turn, says it and shows the board again."""
        begin(self, partial(self._done, act), group="act", exit_on_error=False)

    async def _done(self, act: Callable[[], Change]) -> None:
        try:
            change = await self.checkin.desk_line.work(act)
        except CheckinError as error:
            self.tell(str(error), severity="warning")
            return
        self.tell_change(change)
        self.follow()

    def do_telling(self, act: Callable[[], Change]) -> None:
        """Does one act that moves people, then lists who has to be told."""
        begin(self, partial(self._done_telling, act), group="act", exit_on_error=False)

    async def _done_telling(self, act: Callable[[], Change]) -> None:
        try:
            change = await self.checkin.desk_line.work(act)
        except CheckinError as error:
            self.tell(str(error), severity="warning")
            return
        self.tell_change(change)
        self.follow()
        await self._list_whom_to_tell()

    def action_tell_people(self) -> None:
        """Lists who sits elsewhere than they were told."""
        begin(self, self._asked_whom_to_tell, group="tell", exclusive=True, exit_on_error=False)

    async def _asked_whom_to_tell(self) -> None:
        if not await self._list_whom_to_tell():
            self.tell("Nobody has to be told: everybody sits where they were told to.")

    async def _list_whom_to_tell(self) -> bool:
        """Opens the list when there is anybody on it; says whether it did."""
        told = await self.asked_beside(Telling(self.session).whom)
        if told:
            self.app.push_screen(TellBox(told))
        return bool(told)

    def follow(self) -> None:
        """Everything that shows tables is brought up to date, and the round under way shown."""
        self._wanted = None
        self.checkin.desk_line.stir()
        self.reload()

    def tell_change(self, change: Change) -> None:
        """Says what was done and what became of the points."""
        points = (
            f"{change.before} → {change.after} points"
            if change.before != change.after
            else f"{change.after} points as before"
        )
        self.tell(f"{change.say} {points}.")

    def action_plan(self) -> None:
        """Plans a round; nothing changes before it is accepted."""
        from screens.table_plan import ask_for_plan

        ask_for_plan(self)

    def action_repair(self) -> None:
        """Shows the fewest moves that mend the room."""
        from screens.table_repair import ask_for_repair

        ask_for_repair(self)


def room_line(board: Board) -> Content:
    """Returns the whole room in one line: who sits, what is wrong in points and words."""
    seated = sum(len(table.people) for table in board.tables)
    used = sum(bool(table.people) for table in board.tables)
    kind = "with your territory" if board.kind == "align" else "meet new people"
    head = f"Round {board.round}, {kind} · {seated} at {used} tables · "
    if not seated:
        return Content.assemble(head, ("nobody sits yet; the door seats who arrives", "$quiet"))
    wrong = sorted(
        ((points, term) for term, points in board.score.items() if term in TERM_WORDS and points),
        reverse=True,
    )
    if not board.total:
        return Content.assemble(head, ("✓ 0 points, nothing is wrong", "bold $good"))
    words = ", ".join(f"{TERM_WORDS[term]} {points}" for points, term in wrong[:2])
    return Content.assemble(head, (f"{board.total} points", "bold $look"), (f": {words}", "$quiet"))


def table_lines(table: BoardTable) -> Content:
    """Returns the people of a table, one a line, and what is wrong with it."""
    lines = [shown(f"! {warning}", "bold $look") for warning in table.warnings]
    if table.people and not table.warnings:
        lines.append(Content.styled("✓ Nothing is wrong here.", "$good"))
    points = table.score.get("points", 0)
    if points and lines:
        lines[0] = joined(lines[0], Content.styled(f"   {points} points in all", "$quiet"))
    return Content("\n").join([*lines, people_lines(table.people, "Nobody sits here yet.")])


def people_lines(people: tuple[Person, ...], nobody: str) -> Content:
    """Returns people one a line."""
    if not people:
        return Content.styled(nobody, "$quiet")
    return Content("\n").join(table_rows(person, 112) for person in people)
