"""Small questions at a table: an act on one person with its effect in words, and a table's host.

Nothing is done before Enter; Esc leaves everything as it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from checkin.errors import CheckinError
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual
from checkin.tables.seating import Change, Price
from screens.base import BaseModal
from screens.move_person import cost_words
from screens.widgets.shown import shown
from screens.widgets.text_field import TextField
from screens.working import begin


class ActBox(BaseModal[Change]):
    """Says what an act would do (`foreseen`) and does it (`act`) on Enter; gives the change."""

    CSS_PATH = "move_person.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do", "do it", id="act.do"),
        Binding("escape", "leave", "not now", id="act.leave"),
    ]
    HELP = "What the act would do. Enter does it, Esc does not. F8 on the board takes it back."

    def __init__(
        self, title: str, what: str, foreseen: Callable[[], Price], act: Callable[[], Change]
    ) -> None:
        super().__init__()
        self._about, self._what = title, what
        self._foreseen, self._act = foreseen, act
        self._price: Price | None = None

    def compose_box(self) -> ComposeResult:
        yield Static("Reckoning ...", id="price", markup=False)

    def on_mount(self) -> None:
        """Reckons what the act would do."""
        self.query_one("#box", Vertical).border_title = Content(self._about)
        begin(self, self._reckon, exit_on_error=False)

    async def _reckon(self) -> None:
        try:
            self._price = await asyncio.to_thread(self._foreseen)
        except CheckinError as error:
            self._say(str(error))
            return
        self.query_one("#price", Static).update(cost_words(self._what, self._price))

    def action_do(self) -> None:
        """Does it, when the effect was shown and there is nothing against it."""
        if self._price is not None and not self._price.refused:
            begin(self, self._do, group="act", exclusive=True, exit_on_error=False)

    async def _do(self) -> None:
        try:
            change = await self.checkin.desk_line.work(self._act)
        except CheckinError as error:
            self._say(str(error))
            return
        self.checkin.desk_line.stir()
        self.dismiss(change)

    def _say(self, sentence: str) -> None:
        self.query_one("#price", Static).update(shown(sentence, "bold $look"))


class HostBox(BaseModal[Change]):
    """Asks who hosts a table; gives the change, or None when it stays as it is."""

    CSS_PATH = "move_person.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "name", "this is the host", id="host.name"),
        Binding("escape", "leave", "not now", id="host.leave"),
    ]
    HELP = (
        "The name of the table's facilitator, as it stands on the card and on the table's paper; "
        "an empty field takes it back. F8 does not: the journal holds no names."
    )

    def __init__(self, number: int, host: str) -> None:
        super().__init__()
        self._number, self._host = number, host

    def compose_box(self) -> ComposeResult:
        yield TextField(self._host, placeholder="name of the host", longest=80, id="name")
        yield Static("", id="price", markup=False)

    def on_mount(self) -> None:
        """Shows who hosts it now."""
        title = f"Host of table {self._number}"
        self.query_one("#box", Vertical).border_title = Content(title)
        self.query_one("#name", TextField).focus()
        self._foresee(self._host)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Says what naming the host changes."""
        event.stop()
        self._foresee(event.value)

    def _foresee(self, name: str) -> None:
        begin(
            self, partial(self._reckon, name), group="reckon", exclusive=True, exit_on_error=False
        )

    async def _reckon(self, name: str) -> None:
        session = self.checkin.session
        if session is None:
            return
        price = await asyncio.to_thread(Foresight(session).host, self._number, name)
        words = cost_words(f"Table {self._number}", price)
        self.query_one("#price", Static).update(words)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter names the host."""
        message.stop()
        self.action_name()

    def action_name(self) -> None:
        """Names the host; the same name again changes nothing."""
        name = self.query_one("#name", TextField).value.strip()
        if name == self._host:
            self.dismiss(None)
            return
        begin(self, partial(self._put, name), group="act", exclusive=True, exit_on_error=False)

    async def _put(self, name: str) -> None:
        session = self.checkin.session
        if session is None:
            return
        manual = Manual(session)
        try:
            change = await self.checkin.desk_line.work(lambda: manual.name_host(self._number, name))
        except CheckinError as error:
            self.query_one("#price", Static).update(shown(str(error), "bold $look"))
            return
        self.checkin.desk_line.stir()
        self.dismiss(change)
