"""Small questions at a table: an act on one person and its effect, a table's name and host.

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
from textual.widgets import Input, Label

from checkin.errors import CheckinError
from checkin.tables.foresight import Foresight
from checkin.tables.manual import LONGEST_HOST, LONGEST_NAME, Manual
from checkin.tables.seating import BoardTable, Change, Price
from screens.foreseen import ForeseenBox, cost_words
from screens.widgets.text_field import TextField
from screens.working import begin


class ActBox(ForeseenBox):
    """Says what an act would do (`foreseen`) and does it (`act`) on Enter."""

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
        yield self.price_line()

    def on_mount(self) -> None:
        """Reckons what the act would do."""
        self.query_one("#box", Vertical).border_title = Content(self._about)
        self.tell_words("Reckoning ...")
        begin(self, self._reckon, exit_on_error=False)

    async def _reckon(self) -> None:
        try:
            self._price = await asyncio.to_thread(self._foreseen)
        except CheckinError as error:
            self.say(str(error))
            return
        self.tell_words(cost_words(self._what, self._price))

    def action_do(self) -> None:
        """Does it, when the effect was shown and there is nothing against it."""
        if self._price is not None and not self._price.refused:
            self.perform(self._act)


class WordsBox(ForeseenBox):
    """Asks what a table is called beside its number, and who hosts it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "name", "keep", id="words.keep"),
        Binding("tab", "app.focus_next", "other field", id="words.other", show=False),
        Binding("escape", "leave", "not now", id="words.leave"),
    ]
    HELP = (
        "The name of the table's facilitator, and a name of the table, as they stand on the card, "
        "the wall and the table's paper. The number stays the main thing. Tab goes from one field "
        "to the other; an empty field takes a name back. F8 on the board takes back what was kept."
    )

    def __init__(self, table: BoardTable) -> None:
        super().__init__()
        self._table = table
        self._sight: Foresight | None = None

    def compose_box(self) -> ComposeResult:
        yield Label("Host")
        yield TextField(
            self._table.host, placeholder="name of the host", longest=LONGEST_HOST, id="host"
        )
        yield Label("Name beside the number")
        yield TextField(
            self._table.name, placeholder="such as Harbour", longest=LONGEST_NAME, id="called"
        )
        yield self.price_line()

    def on_mount(self) -> None:
        """Shows what they are called now."""
        title = f"Table {self._table.number}: host and name"
        self.query_one("#box", Vertical).border_title = Content(title)
        self.query_one("#host", TextField).focus()

    def _typed(self, field: str) -> str:
        return self.query_one(f"#{field}", TextField).value.strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Says what it changes."""
        event.stop()
        begin(self, self._reckon, group="reckon", exclusive=True, exit_on_error=False)

    async def _reckon(self) -> None:
        session = self.checkin.session
        if session is None:
            return
        number, host, name = self._table.number, self._typed("host"), self._typed("called")
        # The room is read at the first letter, not at each.
        self._sight = self._sight or Foresight(session)
        price = await asyncio.to_thread(self._sight.host, number, host)
        what = f'{number} · "{name}"' if name else f"{number}"
        self.tell_words(cost_words(f"Table {what}", price))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter keeps both."""
        message.stop()
        self.action_name()

    def action_name(self) -> None:
        """Keeps what was typed as one act; the same words again change nothing."""
        session, table = self.checkin.session, self._table
        host, name = self._typed("host"), self._typed("called")
        changed_host = host if host != table.host else None
        changed_name = name if name != table.name else None
        if session is None or (changed_host is None and changed_name is None):
            self.dismiss(None)
            return
        manual = Manual(session)
        self.perform(partial(manual.describe, table.number, changed_name, changed_host))
