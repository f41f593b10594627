"""Moving one person to another table: whom, where to, and the price in words before it is paid."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from checkin.event.session import EventSession
from checkin.people import Person, State
from checkin.tables.foresight import Foresight
from checkin.tables.seating import Board, BoardTable, Change, Price, Seating
from screens.base import BaseModal
from screens.price_box import STEPS, PriceBox
from screens.widgets.result_list import ResultList, Row, fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name, where_from
from screens.widgets.text_field import TextField
from screens.working import begin


class MoveBox(PriceBox[BoardTable]):
    """Asks where `person` is to go, with table `to` meant first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do", "move", id="move.move"),
        Binding("escape", "leave", "not now", id="move.leave"),
    ]
    HELP = (
        "Type the table's number or choose it with ↑ ↓. The sentence says what the move would "
        "change; + is worse, − is better. Enter moves, Esc does not. F8 on the board takes it back."
    )
    TYPED = "table number, or choose with ↑ ↓"
    NOTHING = "There is no other table."
    MISSING = "Choose a table."

    def __init__(self, board: Board, person: Person, to: int | None = None) -> None:
        self._person, self._to = person, to
        self._here = table_of(board, person)
        super().__init__(table for table in board.tables if table.number != self._here)

    def question(self) -> str:
        where = "nowhere" if self._here is None else f"table {self._here}"
        return f"Move from {where} to ..."

    def about(self) -> Content:
        return person_lines(self._person)

    def on_mount(self) -> None:
        """The table that was pointed at is meant."""
        super().on_mount()
        if self._to is not None:
            self.mean(self._to)

    def key(self, choice: BoardTable) -> object:
        return choice.number

    def line(self, choice: BoardTable, cost: Content, width: int) -> Content:
        return table_line(choice, cost, width)

    def what(self, choice: BoardTable) -> str:
        return f"Table {choice.number}"

    def foresee(self, sight: Foresight, choice: BoardTable) -> Price:
        return sight.move((self._person.id,), choice.number)

    def act(self, session: EventSession, choice: BoardTable) -> Change:
        return Seating(session).move(self._person.id, choice.number)

    async def typed(self, text: str) -> None:
        numbers = [table.number for table in self.choices]
        if text.isdigit() and int(text) in numbers:
            self.rows.go_to(int(text))
        elif text and text == str(self._here):
            self.say(f"They sit at table {text} already.")
        elif text and not any(str(number).startswith(text) for number in numbers):
            self.say(f"There is no table {text}.")

    def objection(self) -> str:
        typed, meant = self.query_one(TextField).value.strip(), self.rows.highlighted
        if typed and (meant is None or typed != str(meant.number)):
            # Arrows after a number mean the row; a number that is no table means nothing.
            return f"There is no table {typed} to go to."
        return super().objection()


class FindAtTables(BaseModal[Change]):
    """Asks for somebody who is here; `then` asks the rest about them.

    `whole` asks about their whole territory, which is not offered without it.
    """

    CSS_PATH = "foreseen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "this person", id="find-at-tables.choose"),
        Binding("f4,ctrl+g", "whole", "their whole territory", id="find-at-tables.whole"),
        Binding("escape", "leave", "not now", id="find-at-tables.leave"),
    ]
    HELP = (
        "Type part of a name or an authority; ↑ ↓ choose, Enter takes that person, F4 everybody of "
        "their territory at that table."
    )

    NOBODY: ClassVar[str] = "Nobody of that name is here."

    def __init__(
        self,
        title: str,
        then: Callable[[Person], BaseModal[Change]],
        whole: Callable[[Person], BaseModal[Change]] | None = None,
    ) -> None:
        super().__init__()
        self._about, self._then, self._territory = title, then, whole

    def compose_box(self) -> ComposeResult:
        yield Label("Who?")
        yield TextField(placeholder="name, authority or place", id="name")
        yield ResultList(id="found")
        yield Static("", id="price", markup=False)

    def on_mount(self) -> None:
        """Waits for a name."""
        self.query_one("#box", Vertical).border_title = Content(self._about)
        self.query_one(ResultList).styles.height = 8
        self.query_one("#name", TextField).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """A territory is offered only where something can be done with it."""
        return self._territory is not None if action == "whole" else True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches while somebody types."""
        event.stop()
        begin(self, partial(self._search, event.value), group="search", exclusive=True)

    async def _search(self, text: str) -> None:
        found = await self.checkin.desk_line.find(text.strip(), 50) if text.strip() else ()
        rows = [Row(match.person, match.marks) for match in found if self.fits(match.person)][:8]
        self.query_one(ResultList).show(rows, self.NOBODY if text.strip() else "")

    def fits(self, person: Person) -> bool:
        """Whether somebody can be meant: whoever is here."""
        return person.state is State.HERE

    def on_key(self, event: events.Key) -> None:
        """The arrows move the list."""
        if event.key in STEPS:
            self.query_one(ResultList).step(STEPS[event.key])
            event.stop()
            return
        super().on_key(event)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter chooses."""
        message.stop()
        self.action_choose()

    def on_result_list_chosen(self) -> None:
        """A click chooses."""
        self.action_choose()

    def action_choose(self) -> None:
        """Asks the rest about the highlighted person."""
        self._go_on(self._then)

    def action_whole(self) -> None:
        """Asks the rest about everybody of their territory at their table."""
        if self._territory is not None:
            self._go_on(self._territory)

    def _go_on(self, ask: Callable[[Person], BaseModal[Change]]) -> None:
        person = self.query_one(ResultList).highlighted
        if person is None:
            self.query_one("#price", Static).update("Type the name of somebody who is here.")
        else:
            self.app.push_screen(ask(person), self._answered)

    def _answered(self, change: Change | None) -> None:
        # Not `dismiss` itself: a callback that gives an awaitable is awaited here, and fails.
        self.dismiss(change)


def table_of(board: Board, person: Person) -> int | None:
    """Returns where somebody sits; None when nowhere."""
    ids = ((table.number, each.id) for table in board.tables for each in table.people)
    return next((number for number, id in ids if id == person.id), None)


def person_lines(person: Person, where: str = "") -> Content:
    """Returns who is meant, in two lines; `where` stands behind the name."""
    return joined(
        shown(display_name(person), "bold $strong"),
        f"  {where}\n" if where else "\n",
        shown(where_from(person), "$quiet"),
    )


def table_line(table: BoardTable, cost: Content, width: int) -> Content:
    """Returns a table as a row: its number, what going there costs, its seats, who sits there."""
    seats = f"{'●' * min(len(table.people), table.seats)}{'○' * table.free}"
    if table.seats > 14:
        seats = f"{len(table.people)}/{table.seats}"
    homes = ", ".join(f"{name} {letters}" for name, letters in table.territories)
    room = max(width - 9 - 8 - len(seats) - 4, 10)
    return joined(
        Content.styled(f"table {table.number:<3}", "bold"),
        cost,
        Content(seats),
        "  ",
        fitted_content(shown(homes or ("free" if table.open else "closed"), "$quiet"), room),
    )
