"""The hosts of all tables on one list: a name typed, Enter keeps it and goes on to the next table.

Each name is an act of its own, which the board takes back; an empty name takes a host away.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from checkin.errors import CheckinError
from checkin.tables.manual import Manual
from checkin.tables.seating import BoardTable, Seating
from checkin.text import clean
from screens.base import BaseModal
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.text_field import TextField
from screens.working import begin

_STEPS = {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}


class HostsForm(BaseModal[None]):
    """Names the hosts table by table."""

    CSS_PATH = "event_forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "put", "keep, next table", id="hosts.put"),
        Binding("escape", "leave", "done", id="hosts.leave"),
    ]
    HELP = (
        "↑ ↓ choose a table, type the name of its host, Enter keeps it and goes on. An empty name "
        "takes a host away. Hosts stand on the cards of the board and on the tables' paper. Once "
        "any host is named, a table without one costs points. F8 on the board takes a name back."
    )

    def compose_box(self) -> ComposeResult:
        yield LineList(_line, lambda table: table.number, id="hosts")
        with Horizontal(classes="field"):
            yield Label("", id="which")
            yield TextField(placeholder="name of the host", longest=80, id="name")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Shows the tables and who hosts them."""
        self.query_one("#box", Vertical).border_title = Content("Hosts of the tables")
        self._tables.can_focus = False
        begin(self, self._read, exit_on_error=False)
        self.query_one("#name", TextField).focus()

    @property
    def _tables(self) -> LineList[BoardTable]:
        return self.query_one("#hosts", LineList)

    async def _read(self) -> None:
        session = self.checkin.session
        if session is None:
            return
        board = await self.checkin.desk_line.work(Seating(session).board)
        rows = [table for table in board.tables if table.number <= session.settings.tables]
        self._tables.styles.height = min(len(rows), 20 if self.app.size.height >= 36 else 10)
        self._tables.show(rows)

    def on_line_list_highlighted(self) -> None:
        """The field is for the table that is meant."""
        table = self._tables.highlighted
        if table is not None:
            self.query_one("#which", Label).update(f"Host of table {table.number}")
            field = self.query_one("#name", TextField)
            field.value = table.host
            field.cursor_position = len(field.value)

    def on_key(self, event: events.Key) -> None:
        """Arrows go through the tables while the field has the focus."""
        if event.key in _STEPS:
            self._tables.action_step(_STEPS[event.key])
            event.stop()
            event.prevent_default()
        else:
            super().on_key(event)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter keeps the name."""
        message.stop()
        self.action_put()

    def action_put(self) -> None:
        """Keeps the name, when it is another one, and goes on to the next table."""
        table = self._tables.highlighted
        if table is None:
            return
        name = clean(self.query_one("#name", TextField).value, 80)
        if name == table.host:
            self._tables.action_step(1)
            return
        begin(self, partial(self._named, table.number, name), group="act", exit_on_error=False)

    async def _named(self, number: int, name: str) -> None:
        session = self.checkin.session
        if session is None:
            return
        manual = Manual(session)
        try:
            change = await self.checkin.desk_line.work(lambda: manual.name_host(number, name))
        except CheckinError as error:
            self._say(shown(str(error), "bold $look"))
            return
        await self._read()
        self._tables.go_to(number)
        self._tables.action_step(1)
        points = (
            f"   {change.before} → {change.after} points" if change.before != change.after else ""
        )
        self._say(shown(f"✓ {change.say}{points}", "$good"))
        self.checkin.desk_line.stir()

    def _say(self, words: Content) -> None:
        self.query_one("#problem", Static).update(words)


def _line(table: BoardTable, width: int) -> Content:
    host = shown(table.host, "bold") if table.host else Content.styled("no host", "$quiet")
    closed = "" if table.open else "   closed"
    return joined(
        Content.styled(f"table {table.number:<4}", "$accent"),
        fitted_content(joined(host, Content.styled(closed, "$quiet")), max(width - 10, 10)),
    )
