"""The tables by hand: moving, swapping, wishes, names, and the ways to plans, repairs and telling.

Nobody who sits is moved by the program. A move shows its price first and can be undone; plans and
repairs are shown before they are taken and can be refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.people import Person
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual
from checkin.tables.rounds import Stand
from checkin.tables.seating import Board, Change
from checkin.tables.telling import Telling
from checkin.tables.territories import Part
from screens.base import BaseModal
from screens.board import BoardScreen
from screens.board_keys import board_keys
from screens.board_plan import BoardCard
from screens.round_people import FindInRound, RoundTableBox
from screens.table_box import TableBox
from screens.table_tell import TellBox
from screens.widgets.pulling import Dropped, Pulled, under
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name
from screens.widgets.table_card import TableCard
from screens.working import begin


class TablesScreen(BoardScreen):
    """The board, and what can be done on it."""

    AREA = "tables"
    # The sheets of the boxes come with the board: each later one is a second parse of all.
    CSS_PATH = ["tables.tcss", "table_box.tcss", "foreseen.tcss"]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open the table: people, what is wrong, why", id="tables.open"),
        Binding("f2,ctrl+n", "why", "find somebody and say why here", id="tables.why", show=False),
        Binding("f3,ctrl+f", "move", "move somebody or a territory", id="tables.move"),
        Binding(
            "shift+f5,f17,ctrl+l", "tell_people", "who is to be told", id="tables.told", show=False
        ),
        Binding("f5,ctrl+o", "repair", "repair with the fewest moves", id="tables.repair"),
        Binding("f4,ctrl+g", "plan", "plan a round", id="tables.plan"),
        Binding("f8,ctrl+z", "undo", "undo", id="tables.undo"),
        Binding(
            "f7,ctrl+t", "close_or_open", "close or open the table", id="tables.close", show=False
        ),
        Binding(
            "ctrl+e,shift+f3,f15", "swap", "swap people or territories", id="tables.swap",
            show=False,
        ),
        Binding(
            "shift+f2,f14,ctrl+b", "words", "name the table or its host", id="tables.words",
            show=False,
        ),
        Binding(
            "shift+f7,f19,ctrl+x", "wishes", "wishes of the day", id="tables.wishes", show=False
        ),
        Binding("shift+f8,f20,ctrl+y", "redo", "redo", id="tables.redo", show=False),
    ]  # fmt: skip
    HELP = (
        "One card a table: ● taken and ○ free seats, who sits there by territory with the letter "
        "of each level (C city, M metropolitan, R region, O other), the table's language first. "
        "♿ is a step-free table, ✕ a closed one. ! 230 is what is wrong there in points: fewer "
        "are better, and all cards and the territories over several tables add up to the room's. "
        "Before people arrive a grey card shows who is planned there. Arrows choose a table. "
        "Whatever changes something shows its price before it is paid. The mouse pulls a person "
        "or a territory onto another card, and the price is shown there too. Earlier and planned "
        "rounds are looked at: there Enter and F2 show who sat, or will sit, where. Esc closes "
        "boxes and never leaves the board; F6 goes on to the next area, ctrl+home to the door."
    )

    @property
    def key_words(self) -> dict[str, str]:
        """The keys that are sensible now: at most seven of them fit into the last row."""
        return board_keys(self.board, self.stand, self.told)

    # One table, one person

    def on_card_chosen(self) -> None:
        """A click on the card that is meant opens it."""
        self.action_open()

    def action_open(self) -> None:
        """Opens the people of the card that is meant; in another round, to look at."""
        card, board = self.card, self.board
        if board is None or card is None:
            return
        number = card.table.number if isinstance(card, TableCard) else None
        if self.stand is not Stand.NOW:
            self.app.push_screen(RoundTableBox(board, self.stand, number))
            return
        planned = card.table if isinstance(card, BoardCard) and card.planned else None
        self.app.push_screen(TableBox(board, number, planned=planned), self._moved)

    def _moved(self, change: Change | None) -> None:
        if change is not None:
            self.tell_change(change)
        self.reload()

    def action_why(self) -> None:
        """Asks for somebody and opens their table with them, and why they sit there."""
        from screens.move_person import FindAtTables, table_of

        board = self.board
        if board is not None and self.stand is Stand.NOW:
            box = FindAtTables(
                "Why here?",
                lambda person: TableBox(board, table_of(board, person), person.id),
            )
            self.app.push_screen(box, self._moved)
        elif board is not None:
            self.app.push_screen(FindInRound(board, self.stand, self.mean))

    def mean(self, number: int) -> None:
        """Makes the card of a table the one that is meant."""
        for card in self.query(TableCard):
            if card.table.number == number:
                card.focus()

    def action_move(self) -> None:
        """Asks whom to move, or whose territory, then where to."""
        from screens.move_person import FindAtTables, MoveBox

        board = self.changeable
        if board is not None:
            box = FindAtTables(
                "Move somebody", lambda person: MoveBox(board, person), partial(_whole, board)
            )
            self.app.push_screen(box, self._moved)

    def action_swap(self) -> None:
        """Asks who changes places, or whose territory, then with whom."""
        from screens.move_person import FindAtTables
        from screens.table_pair import Joint, PairBox

        board = self.changeable
        if board is not None:
            box = FindAtTables(
                "Swap places",
                lambda person: PairBox(board, person, Joint.SWAP),
                partial(_whole, board),
            )
            self.app.push_screen(box, self._moved)

    def action_wishes(self) -> None:
        """Lists who is pinned, kept together or apart, or does not want to be moved."""
        from screens.table_bonds import BondsBox

        if self.changeable is not None:
            self.app.push_screen(BondsBox(None), self._moved)

    def action_words(self) -> None:
        """Asks what the table that is meant is called, and who hosts it."""
        from screens.table_acts import WordsBox

        if self.changeable is None:
            return
        card = self.card
        if isinstance(card, TableCard):
            self.app.push_screen(WordsBox(card.table), self._moved)
        else:
            self.tell("Choose the table to name first.")

    # The mouse

    def on_pulled(self, message: Pulled) -> None:
        """Shows what is carried and where it would go."""
        message.stop()
        target = self._card_at(message)
        for card in self.query(TableCard):
            card.set_class(card is target, "-target")
        where = f" → table {target.table.number}: let go to see the price" if target else " → ?"
        what = joined(shown(_carried(message.item), "bold $accent"), where)
        self.query_one("#room", Static).update(what)

    def on_dropped(self, message: Dropped) -> None:
        """Asks with the price; nothing is moved by the mouse alone."""
        message.stop()
        target = self._card_at(message)
        for card in self.query(TableCard):
            card.remove_class("-target")
        self.show_room()
        board = self.changeable if target is not None else None
        if board is not None and target is not None:
            self._ask_to_move(board, message.item, target.table.number)

    def _card_at(self, message: Pulled | Dropped) -> TableCard | None:
        found = under(self, message.at)
        return found if isinstance(found, TableCard) else None

    def _ask_to_move(self, board: Board, item: object, number: int) -> None:
        from screens.move_person import MoveBox, table_of
        from screens.table_part import PartBox

        if isinstance(item, Part) and item.table != number:
            self.app.push_screen(PartBox(board, item, number), self._moved)
        elif isinstance(item, Person) and table_of(board, item) != number:
            self.app.push_screen(MoveBox(board, item, number), self._moved)

    # Acts on the whole board

    def action_undo(self) -> None:
        """Takes this desk's last act at the tables back."""
        self.do(lambda: Manual(self.session).undo())

    def action_redo(self) -> None:
        """Does again what was taken back last."""
        self.do(lambda: Manual(self.session).redo())

    def action_close_or_open(self) -> None:
        """Asks whether to close the table that is meant, or to open it again."""
        from screens.table_acts import ActBox

        if self.changeable is None:
            return
        card = self.card
        if not isinstance(card, TableCard):
            self.tell("Choose the table to close or open first.")
            return
        number, sight, manual = card.table.number, Foresight(self.session), Manual(self.session)
        table = f"Table {number}"
        if card.table.open:
            foreseen, act = partial(sight.close, number), partial(manual.close_table, number)
            box = ActBox(f"Close table {number}", table, foreseen, act)
        else:
            foreseen, act = partial(sight.open, number), partial(manual.open_table, number)
            box = ActBox(f"Open table {number}", table, foreseen, act)
        self.app.push_screen(box, self._moved)

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
            else f"{change.after} points"
        )
        self.tell(f"{change.say} {points}.")

    def action_plan(self) -> None:
        """Plans a round; nothing changes before it is accepted."""
        from screens.table_plan import ask_for_plan

        ask_for_plan(self)

    def action_repair(self) -> None:
        """Shows the fewest moves that mend the room."""
        from screens.table_repair import ask_for_repair

        if self.changeable is not None:
            ask_for_repair(self)


def _whole(board: Board, person: Person) -> BaseModal[Change]:
    """Asks about all of somebody's territory at their table; about them alone without one."""
    from screens.move_person import MoveBox
    from screens.table_part import PartBox, part_of

    part = part_of(board, person)
    return MoveBox(board, person) if part is None else PartBox(board, part)


def _carried(item: object) -> str:
    """Returns what is carried in words."""
    if isinstance(item, Part):
        return f"All of {item.territory} at table {item.table}"
    return display_name(item) if isinstance(item, Person) else ""
