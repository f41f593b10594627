"""Two people at the tables: they change places, or are to sit together, or apart.

The box asks for the other person and says what it would do before it is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from checkin.errors import CheckinError
from checkin.event.session import EventSession
from checkin.people import Person
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual, Wish
from checkin.tables.seating import Board, Change, Price
from screens.base import BaseModal
from screens.move_person import STEPS, cost_words
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name, where_from
from screens.widgets.text_field import TextField
from screens.working import begin


class Joint(Enum):
    """What two people can do at the tables: swap, or a wish by its name; and the question."""

    SWAP = ("swap", "Swap with")
    TOGETHER = ("together", "Together with")
    APART = ("apart", "Apart from")


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody who sits at a table."""

    person: Person
    table: int


class PairBox(BaseModal[Change]):
    """Asks for the other person; gives the change, or None when nothing was done."""

    CSS_PATH = "move_person.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "join", "do it", id="pair.join"),
        Binding("escape", "leave", "not now", id="pair.leave"),
    ]
    HELP = (
        "Type a name, an authority or a place, or choose with ↑ ↓. The sentence says what would "
        "change; ▲ is worse, ▼ is better. Enter does it, Esc does not. F8 on the board takes it "
        "back."
    )

    def __init__(self, board: Board, person: Person, joint: Joint) -> None:
        super().__init__()
        self._person = person
        self._joint = joint
        here = next((t.number for t in board.tables if person in t.people), None)
        self._others = [
            Seated(other, table.number)
            for table in board.tables
            for other in table.people
            if other != person and (joint is not Joint.SWAP or table.number != here)
        ]
        self._here = here
        self._price: tuple[str, Price] | None = None

    def compose_box(self) -> ComposeResult:
        where = "no table" if self._here is None else f"table {self._here}"
        yield Static(
            joined(
                shown(display_name(self._person), "bold $strong"),
                f"  {where}\n",
                shown(where_from(self._person), "$quiet"),
            ),
            id="about",
            markup=False,
        )
        yield TextField(placeholder="name, authority or place", id="name")
        yield LineList(_seated_line, lambda seated: seated.person.id, id="targets")
        yield Static("", id="price", markup=False)

    def on_mount(self) -> None:
        """Shows those who sit at the tables."""
        self.query_one("#box", Vertical).border_title = Content(f"{self._joint.value[1]} ...")
        self._list.can_focus = False
        self._list.styles.height = 9 if self.app.size.height >= 36 else 6
        self._list.show(self._others, "Nobody else sits at a table.")
        self.query_one("#name", TextField).focus()

    @property
    def _list(self) -> LineList[Seated]:
        return self.query_one("#targets", LineList)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches while somebody types."""
        event.stop()
        begin(self, partial(self._search, event.value.strip()), group="search", exclusive=True)

    async def _search(self, text: str) -> None:
        if not text:
            self._list.show(self._others)
            return
        found = {match.person.id for match in await self.checkin.desk_line.find(text, 200)}
        rows = [seated for seated in self._others if seated.person.id in found]
        self._list.show(rows, "Nobody of that name sits there.")

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Says what it would do with the highlighted person."""
        seated: Seated | None = message.item
        if seated is None:
            self._price = None
            self.query_one("#price", Static).update("")
        elif self._price is None or self._price[0] != seated.person.id:
            self._price = None
            self.query_one("#price", Static).update("Reckoning ...")
            begin(self, partial(self._reckon, seated), group="reckon", exclusive=True)

    async def _reckon(self, seated: Seated) -> None:
        session = self.checkin.session
        if session is None:
            return
        other = seated.person.id
        try:
            price = await asyncio.to_thread(_foreseen(session, self._joint, self._person.id, other))
        except CheckinError as error:
            self._say(str(error))
            return
        self._price = (other, price)
        what = f"{self._joint.value[1]} {seated.person.full_name}"
        self.query_one("#price", Static).update(cost_words(what, price))

    def on_key(self, event: events.Key) -> None:
        """The arrows move the list while the name has the focus."""
        if event.key in STEPS:
            self._list.action_step(STEPS[event.key])
            event.stop()
            return
        super().on_key(event)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter does it."""
        message.stop()
        self.action_join()

    def on_line_list_chosen(self) -> None:
        """A second click does it."""
        self.action_join()

    def action_join(self) -> None:
        """Does it, when its price was shown and there is nothing against it."""
        seated = self._list.highlighted
        if seated is None:
            self._say("Choose who sits at a table.")
        elif self._price is None or self._price[0] != seated.person.id:
            self._say("One moment: the price comes first.")
        elif self._price[1].refused:
            self._say(self._price[1].refused)
        else:
            begin(self, partial(self._join, seated.person.id), group="join", exit_on_error=False)

    async def _join(self, other: str) -> None:
        session = self.checkin.session
        if session is None:
            return
        one, joint = self._person.id, self._joint
        try:
            change = await self.checkin.desk_line.work(_act(session, joint, one, other))
        except CheckinError as error:
            self._say(str(error))
            return
        self.checkin.desk_line.stir()
        self.dismiss(change)

    def _say(self, sentence: str) -> None:
        self.query_one("#price", Static).update(shown(sentence, "bold $look"))


def _foreseen(session: EventSession, joint: Joint, one: str, other: str) -> Callable[[], Price]:
    sight = Foresight(session)
    if joint is Joint.SWAP:
        return lambda: sight.swap(one, other)
    return lambda: sight.pair(Wish(joint.value[0]), one, other)


def _act(session: EventSession, joint: Joint, one: str, other: str) -> Callable[[], Change]:
    manual = Manual(session)
    if joint is Joint.SWAP:
        return lambda: manual.swap(one, other)
    return lambda: manual.pair(Wish(joint.value[0]), one, other)


def _seated_line(seated: Seated, width: int) -> Content:
    room = max(width - 10, 20)
    return joined(
        Content.styled(f"table {seated.table:<3} ", "bold $accent"),
        fitted_content(shown(display_name(seated.person)), room // 2 - 1),
        " ",
        fitted_content(shown(where_from(seated.person), "$quiet"), room - room // 2),
    )
