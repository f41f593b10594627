"""Moving one person to another table: whom, where to, and the price in words before it is paid."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from checkin.errors import CheckinError
from checkin.people import Person, State
from checkin.tables.seating import Board, BoardTable, Change, Price, Seating
from screens.base import BaseModal
from screens.widgets.line_list import LineList
from screens.widgets.result_list import ResultList, Row, fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name, where_from
from screens.widgets.text_field import TextField
from screens.working import begin

STEPS = {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}
"""How far each key moves a list while a field has the focus."""


@dataclass(frozen=True, slots=True)
class Target:
    """A table somebody could go to, and what it would cost; None while that is being reckoned."""

    table: BoardTable
    price: Price | None = None


class MoveBox(BaseModal[Change]):
    """Asks where `person` is to go; gives the change, or None when nobody was moved."""

    CSS_PATH = "move_person.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "move", "move", id="move.move"),
        Binding("escape", "leave", "not now", id="move.leave"),
    ]
    HELP = (
        "Type the table's number or choose it with ↑ ↓. The sentence says what the move would "
        "change; + is worse, − is better. Enter moves, Esc does not. F8 on the board takes it back."
    )

    def __init__(self, board: Board, person: Person) -> None:
        super().__init__()
        self._board = board
        self._person = person
        here = next((t.number for t in board.tables if person in t.people), None)
        self._targets = {
            table.number: Target(table) for table in board.tables if table.number != here
        }
        self._here = here

    def compose_box(self) -> ComposeResult:
        yield Static(
            joined(
                shown(display_name(self._person), "bold $strong"),
                "\n",
                shown(where_from(self._person), "$quiet"),
            ),
            id="about",
            markup=False,
        )
        yield TextField(placeholder="table number, or choose with ↑ ↓", longest=4, id="number")
        yield LineList(_line, lambda target: target.table.number, id="targets")
        yield Static("", id="price", markup=False)

    def on_mount(self) -> None:
        """Shows the tables and begins to reckon their prices."""
        where = "nowhere" if self._here is None else f"table {self._here}"
        self.query_one("#box", Vertical).border_title = Content(f"Move from {where} to ...")
        self._list.can_focus = False
        self._list.styles.height = min(len(self._targets), 10 if self.app.size.height >= 36 else 7)
        self._list.show(self._targets.values())
        self.query_one("#number", TextField).focus()
        begin(self, self._reckon, group="reckon", exclusive=True, exit_on_error=False)

    @property
    def _list(self) -> LineList[Target]:
        return self.query_one("#targets", LineList)

    async def _reckon(self) -> None:
        """The prices one after the other, the highlighted one first; the desk goes on meanwhile."""
        session = self.checkin.session
        if session is None:
            return
        seating = Seating(session)
        while missing := [n for n, target in self._targets.items() if target.price is None]:
            meant = self._list.highlighted
            number = meant.table.number if meant and meant.table.number in missing else missing[0]
            try:
                price = await asyncio.to_thread(seating.price_of_move, self._person.id, number)
            except CheckinError as error:
                self._say(str(error))
                return
            self._targets[number] = Target(self._targets[number].table, price)
            self._list.show(self._targets.values())

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Says what the move would cost."""
        target: Target | None = message.item
        if target is None:
            self._say("There is no other table.")
        elif target.price is None:
            self._say("Reckoning ...")
        else:
            self.query_one("#price", Static).update(price_words(target.table.number, target.price))

    def on_input_changed(self, event: Input.Changed) -> None:
        """A typed number highlights that table."""
        event.stop()
        text = event.value.strip()
        if not text:
            return
        if text.isdigit() and int(text) in self._targets:
            self._list.go_to(int(text))
        elif text.isdigit() and int(text) == self._here:
            self._say(f"They sit at table {text} already.")
        elif not any(str(number).startswith(text) for number in self._targets):
            self._say(f"There is no table {text}.")

    def on_key(self, event: events.Key) -> None:
        """The arrows move the list while the number has the focus."""
        if event.key in STEPS:
            self._list.action_step(STEPS[event.key])
            event.stop()
            return
        super().on_key(event)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter moves."""
        message.stop()
        self.action_move()

    def on_line_list_chosen(self) -> None:
        """A second click moves."""
        self.action_move()

    def action_move(self) -> None:
        """Moves, when the price was shown and there is nothing against it."""
        target = self._list.highlighted
        typed = self.query_one("#number", TextField).value.strip()
        if target is None or (typed and typed != str(target.table.number)):
            self._say(f"There is no table {typed} to go to." if typed else "Choose a table.")
        elif target.price is None:
            self._say("One moment: the price comes first.")
        elif target.price.refused:
            self._say(target.price.refused)
        else:
            begin(self, partial(self._move, target.table.number), group="move", exit_on_error=False)

    async def _move(self, number: int) -> None:
        session = self.checkin.session
        if session is None:
            return
        try:
            change = await self.checkin.desk_line.work(
                lambda: Seating(session).move(self._person.id, number)
            )
        except CheckinError as error:
            self._say(str(error))
            return
        self.checkin.desk_line.stir()
        self.dismiss(change)

    def _say(self, sentence: str) -> None:
        self.query_one("#price", Static).update(shown(sentence, "bold $look"))


class FindToMove(BaseModal[Change]):
    """Asks whom to move: type a name. `then` asks the rest; without it, where they go."""

    CSS_PATH = "move_person.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "move this person", id="find-to-move.choose"),
        Binding("escape", "leave", "not now", id="find-to-move.leave"),
    ]
    HELP = "Type part of a name or an authority; ↑ ↓ choose, Enter asks where to move them."

    def __init__(
        self, board: Board, then: Callable[[Person], BaseModal[Change]] | None = None
    ) -> None:
        super().__init__()
        self._then = then or (lambda person: MoveBox(board, person))

    def compose_box(self) -> ComposeResult:
        yield Label("Who moves?")
        yield TextField(placeholder="name, authority or place", id="name")
        yield ResultList(id="found")
        yield Static("", id="price", markup=False)

    def on_mount(self) -> None:
        """Waits for a name."""
        self.query_one("#box", Vertical).border_title = Content("Move somebody")
        self.query_one(ResultList).styles.height = 8
        self.query_one("#name", TextField).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches while somebody types."""
        event.stop()
        begin(self, partial(self._search, event.value), group="search", exclusive=True)

    async def _search(self, text: str) -> None:
        found = await self.checkin.desk_line.find(text.strip(), 50) if text.strip() else ()
        here = [Row(m.person, m.marks) for m in found if m.person.state is State.HERE][:8]
        empty = "Nobody of that name is here." if text.strip() else ""
        self.query_one(ResultList).show(here, empty)

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
        """Asks where the highlighted person is to go."""
        person = self.query_one(ResultList).highlighted
        if person is None:
            self.query_one("#price", Static).update("Type the name of somebody who is here.")
            return
        self.app.push_screen(self._then(person), self.dismiss)


def price_words(number: int, price: Price) -> Content:
    """Returns what a move costs: the sentence, and whether it gets better or worse."""
    return cost_words(f"Table {number}", price)


def cost_words(what: str, price: Price) -> Content:
    """Returns what an act costs: `what` it is about, better or worse, and the sentence."""
    if price.refused:
        return shown(f"✕ Not possible: {price.refused}", "bold $stop")
    difference = price.after - price.before
    sign, mood = ("▲ worse", "look") if difference > 0 else ("▼ better", "good")
    if not difference:
        sign, mood = "= the same", "calm"
    return joined(
        shown(f"{what}: {sign}, {price.before} → {price.after}", f"bold ${mood}"),
        "\n",
        shown(price.say),
    )


def _line(target: Target, width: int) -> Content:
    table, price = target.table, target.price
    seats = f"{'●' * min(len(table.people), table.seats)}{'○' * table.free}"
    if table.seats > 14:
        seats = f"{len(table.people)}/{table.seats}"
    if price is None:
        cost = Content.styled("  ...", "$quiet")
    elif price.refused:
        cost = Content.styled("   ✕", "bold $stop")
    else:
        difference = price.after - price.before
        mood = "$look" if difference > 0 else "$good" if difference < 0 else "$quiet"
        cost = Content.styled(f"{difference:+5d}" if difference else "    =", f"bold {mood}")
    homes = ", ".join(f"{name} {letters}" for name, letters in table.territories)
    room = max(width - 9 - 8 - len(seats) - 4, 10)
    return Content("").join(
        (
            Content.styled(f"table {table.number:<3}", "bold"),
            cost,
            "   ",
            Content(seats),
            "  ",
            fitted_content(shown(homes or ("free" if table.open else "closed"), "$quiet"), room),
        )
    )
