"""The people of one table, why they sit there and what is wrong; acts on the one that is meant.

Each act says what it would do before it is done; the box gives the change when one was done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.people import Person, State
from checkin.tables.bonds import Bond, Bonds
from checkin.tables.faults import Fault
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual
from checkin.tables.seating import Board, BoardTable, Change, Price
from screens.base import BaseModal
from screens.board_plan import AT_THE_DOOR, none_in
from screens.table_more import ListBox
from screens.widgets.line_list import LineList
from screens.widgets.pulling import Dropped, Pulls, under
from screens.widgets.shown import joined, shown
from screens.widgets.table_card import TableCard, called
from screens.widgets.table_panel import table_rows
from screens.working import begin

_ACTS = frozenset({"move", "pair", "pin", "stays", "whole"})
"""What is done with a person who sits."""


class PeopleList(Pulls, LineList[Person]):
    """People one a line; one can be pulled onto a card of the board below."""

    def pullable(self, at: Offset) -> object | None:
        """The person of a line, unless they are only planned."""
        person = self.at(at.y)
        return person if person is not None and person.state is State.HERE else None


class TableBox(ListBox[Change]):
    """One table of a board (`number`), or those without one (None), with person `meant` first.

    `planned` is the table in the plan, where nobody sits there yet.
    """

    CSS_PATH = "table_box.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "move", "move", id="table-box.move"),
        Binding("f3,ctrl+f", "pair('SWAP')", "swap", id="table-box.swap"),
        Binding("f4,ctrl+g", "pin", "pin", id="table-box.pin"),
        Binding("f5,ctrl+o", "pair('TOGETHER')", "together", id="table-box.together"),
        Binding("f7,ctrl+t", "pair('APART')", "apart", id="table-box.apart"),
        Binding("f2,ctrl+n", "stays", "stays", id="table-box.stays"),
        Binding(
            "ctrl+e,shift+f3,f15", "whole", "their whole territory", id="table-box.whole",
            show=False,
        ),
        Binding(
            "shift+f7,f19,ctrl+x", "wishes", "wishes about them", id="table-box.wishes", show=False
        ),
        Binding(
            "shift+f2,f14,ctrl+b", "words", "name the table or its host", id="table-box.words",
            show=False,
        ),
        Binding("escape", "leave", "back", id="table-box.leave"),
    ]  # fmt: skip
    HELP = (
        "What is wrong at this table, each with its points, and everybody who sits here. ↑ ↓ "
        "choose a person; below stands why they sit here and what binds them. Enter moves them, "
        "ctrl+e their whole territory; F3 swaps them with somebody, F4 pins them here or lets "
        "them go, F5 keeps them together with somebody, F7 apart, F2 notes that they do not want "
        "to be moved, or may be again, shift+F7 withdraws such wishes; shift+F2 names the table "
        "and its host. What it would do stands there first. A person can be pulled with the mouse "
        "onto a card of the board behind."
    )

    def __init__(
        self,
        board: Board,
        number: int | None,
        meant: str | None = None,
        *,
        planned: BoardTable | None = None,
    ) -> None:
        super().__init__()
        self._planned = planned
        self._board = board
        self._number, self._meant = number, meant
        self._table = None if number is None else board.table(number)
        self._sight: Foresight | None = None

    def compose_box(self) -> ComposeResult:
        yield Static(self._faults(), id="faults", markup=False)
        nobody = "Nobody sits here yet. The door seats whoever arrives."
        yield PeopleList(table_rows, lambda person: person.id, empty=nobody, id="people")
        yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        """Names the table and shows its people."""
        title = "Without a table" if self._table is None else f"Table {called(self._table)}"
        if self._table is not None:
            title += f" · {len(self._table.people)} of {self._table.seats} seats"
            title += f" · {self._table.language}" if self._table.language else ""
        if self._planned is not None:
            title = f"Table {called(self._planned)} · planned, {none_in(self._planned)}"
        self.query_one("#box", Vertical).border_title = shown(title)
        people = self._board.unseated if self._table is None else self._table.people
        people = people if self._planned is None else self._planned.people
        box = self.query_one(PeopleList)
        box.styles.height = max(min(len(people), 10 if self.app.size.height >= 36 else 6), 1)
        box.show(people)
        if self._meant is not None:
            box.go_to(self._meant)
        box.focus()
        if self._table is not None and self._table.warnings:
            begin(self, self._say_faults, group="faults", exit_on_error=False)

    # What stands there

    def _faults(self, found: Sequence[Fault] | None = None) -> Content:
        """What is wrong in whole sentences; as on the card until they are there (`found`)."""
        if self._planned is not None:
            lines = [shown(f"! {warning}", "bold $look") for warning in self._planned.warnings]
            return Content("\n").join([*lines, Content(AT_THE_DOOR)])
        if self._table is None:
            return Content("Here, and without a table: Enter seats the one that is meant.")
        if found is None:
            lines = [shown(f"! {warning}", "bold $look") for warning in self._table.warnings]
        else:
            lines = _fault_lines(found, 8 if self.app.size.height >= 36 else 4)
        if self._table.host:
            lines.append(shown(f"Host: {self._table.host}"))
        if not self._table.open:
            lines.append(Content("✕ Closed: nobody new is seated here."))
        if not lines and self._table.people:
            lines = [Content.styled("✓ Nothing is wrong here.", "$good")]
        return Content("\n").join(lines)

    async def _say_faults(self) -> None:
        sight, number = self._look(), self._number
        if sight is not None and number is not None:
            found = await asyncio.to_thread(sight.faults, number)
            self.query_one("#faults", Static).update(self._faults(found))

    def _look(self) -> Foresight | None:
        """The room as it stood when the box was opened; read once, at the first question."""
        session = self.checkin.session
        if self._sight is None and session is not None:
            self._sight = Foresight(session)
        return self._sight

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Says why the highlighted person sits here."""
        person: Person | None = message.item
        if person is not None and self._planned is None:
            work = partial(self._say_why, person)
            begin(self, work, group="why", exclusive=True, exit_on_error=False)

    async def _say_why(self, person: Person) -> None:
        session, sight = self.checkin.session, self._look()
        if session is None or sight is None:
            return

        def ask() -> tuple[str, tuple[Bond, ...]]:
            return sight.why_here(person.id), Bonds(session).of(person.id)

        try:
            why, binds = await asyncio.to_thread(ask)
        except CheckinError as error:
            why, binds = str(error), ()
        words = [shown(why), *(shown(f"● {bond.say} ({bond.origin})", "$accent") for bond in binds)]
        self.query_one("#why", Static).update(Content("\n").join(words))

    # Acts

    @property
    def _person(self) -> Person | None:
        """Who is meant; nobody where people are only planned."""
        return None if self._planned is not None else self.query_one(PeopleList).highlighted

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is done with people who are only planned; their wishes can be looked at."""
        if self._planned is not None and action in _ACTS:
            return False
        return super().check_action(action, parameters)

    def _ask(self, question: BaseModal[Change]) -> None:
        self.app.push_screen(question, self._moved)

    def _moved(self, change: Change | None) -> None:
        if change is not None:
            self.dismiss(change)

    def on_line_list_chosen(self) -> None:
        """A second click moves."""
        self.action_move()

    def action_move(self) -> None:
        """Asks where the highlighted person is to go."""
        if self._person is not None:
            self._ask_where(self._person, None)

    def _ask_where(self, person: Person, to: int | None) -> None:
        from screens.move_person import MoveBox

        self._ask(MoveBox(self._board, person, to))

    def on_dropped(self, message: Dropped) -> None:
        """Somebody was pulled onto a card of the board: asks, with the price."""
        message.stop()
        screens: list[Screen[object]] = self.app.screen_stack
        if self.query_one("#box").region.contains_point(message.at) or len(screens) < 2:
            return
        card = under(screens[-2], message.at)
        if not isinstance(card, TableCard) or card.table.number == self._number:
            return
        if isinstance(message.item, Person):
            self._ask_where(message.item, card.table.number)

    def action_whole(self) -> None:
        """Asks where all of the highlighted person's territory at this table is to go."""
        from screens.table_part import PartBox, part_of

        person = self._person
        part = None if person is None else part_of(self._board, person)
        if part is not None:
            self._ask(PartBox(self._board, part))
        elif person is not None:
            self.action_move()

    def action_pair(self, joint: str) -> None:
        """Asks with whom the highlighted person changes places, or sits together, or apart."""
        from screens.table_pair import Joint, PairBox

        if self._person is not None:
            self._ask(PairBox(self._board, self._person, Joint[joint]))

    def action_pin(self) -> None:
        """Pins the highlighted person to this table, or lets them go."""
        begin(self, self._pin, group="pin", exclusive=True, exit_on_error=False)

    async def _pin(self) -> None:
        session, person = self.checkin.session, self._person
        if session is None or person is None:
            return
        sight, manual = Foresight(session), Manual(session)
        pinned = await asyncio.to_thread(sight.pinned, person.id)
        if pinned is None:
            foreseen, act = sight.pin, partial(manual.pin, person.id, self._number)
            self._ask_whether("Pin to this table", foreseen, act)
        else:
            foreseen, act = sight.unpin, partial(manual.pin, person.id, None)
            self._ask_whether(f"Unpin from table {pinned}", foreseen, act)

    def action_stays(self) -> None:
        """Notes that the highlighted person does not want to be moved, or may be again."""
        begin(self, self._stays, group="stays", exclusive=True, exit_on_error=False)

    async def _stays(self) -> None:
        session, person = self.checkin.session, self._person
        if session is None or person is None:
            return
        sight, manual = Foresight(session), Manual(session)
        if await asyncio.to_thread(sight.staying, person.id):
            act = partial(manual.may_move, person.id)
            self._ask_whether("May be moved again", sight.may_move, act)
        else:
            act = partial(manual.stays, person.id)
            self._ask_whether("Does not want to be moved", sight.stays, act)

    def _ask_whether(
        self, title: str, foreseen: Callable[[str], Price], act: Callable[[], Change]
    ) -> None:
        from screens.table_acts import ActBox

        person = self._person
        if person is not None:
            self._ask(ActBox(title, person.full_name, partial(foreseen, person.id), act))

    def action_wishes(self) -> None:
        """Lists what binds the highlighted person, to be withdrawn."""
        from screens.table_bonds import BondsBox

        # Also of somebody who is only planned: the list may have said so.
        person = self.query_one(PeopleList).highlighted
        if person is not None:
            self._ask(BondsBox(person))

    def action_words(self) -> None:
        """Asks what this table is called and who hosts it."""
        from screens.table_acts import WordsBox

        if self._table is not None:
            self._ask(WordsBox(self._table))


def _fault_lines(found: Sequence[Fault], most: int) -> list[Content]:
    """The faults, the heaviest in full where there are more than `most`."""
    if len(found) <= most:
        return [_fault_line(fault) for fault in found]
    lines = [_fault_line(fault) for fault in found[: most - 1]]
    rest = found[most - 1 :]
    points = sum(fault.points or 0 for fault in rest)
    return [*lines, Content.styled(f"and {len(rest)} more, {points} points", "$look")]


def _fault_line(fault: Fault) -> Content:
    if fault.points is None:
        return shown(f"✕ {fault.say}", "bold $stop")
    points = "1 point" if fault.points == 1 else f"{fault.points} points"
    return joined(shown(f"! {fault.say}", "bold $look"), Content.styled(f"  {points}", "$quiet"))
