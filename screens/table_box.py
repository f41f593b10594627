"""The people of one table, why they sit there and what is wrong; acts on the one that is meant.

Each act says what it would do before it is done; the box gives the change when one was done.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.people import Person
from checkin.tables.bonds import Bonds
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual
from checkin.tables.seating import Board, Change, Seating
from screens.base import BaseModal
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import fitted, shown
from screens.widgets.states import LEVELS, display_name
from screens.working import begin


class TableBox(BaseModal[Change]):
    """One table of a board (`number`), or those without one (None)."""

    CSS_PATH = "table_box.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "move", "move", id="table-box.move"),
        Binding("f3,ctrl+f", "pair('SWAP')", "swap", id="table-box.swap"),
        Binding("f4,ctrl+g", "pin", "pin", id="table-box.pin"),
        Binding("f5,ctrl+o", "pair('TOGETHER')", "together", id="table-box.together"),
        Binding("f7,ctrl+t", "pair('APART')", "apart", id="table-box.apart"),
        Binding("f2,ctrl+n", "stays", "stays", id="table-box.stays"),
        Binding("shift+f2,f14,ctrl+b", "host", "name the host", id="table-box.host", show=False),
        Binding("escape", "leave", "back", id="table-box.leave"),
    ]
    HELP = (
        "Everybody at this table. ↑ ↓ choose a person; below stands why they sit here and what "
        "binds them. Enter moves them, F3 swaps them with somebody, F4 pins them here or lets them "
        "go, F5 keeps them together with somebody, F7 apart, F2 notes that they do not want to be "
        "moved; shift+F2 names the table's host. What it would do stands there first."
    )

    def __init__(self, board: Board, number: int | None) -> None:
        super().__init__()
        self._board = board
        self._number = number
        self._table = None if number is None else board.table(number)

    def compose_box(self) -> ComposeResult:
        yield Static(self._faults(), id="faults", markup=False)
        yield LineList(table_rows, lambda person: person.id, empty="Nobody is here.", id="people")
        yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        """Names the table and shows its people."""
        title = "Without a table" if self._table is None else f"Table {self._table.number}"
        if self._table is not None:
            title += f" · {len(self._table.people)} of {self._table.seats} seats"
            title += f" · {self._table.language}" if self._table.language else ""
        self.query_one("#box", Vertical).border_title = Content(title)
        people = self._board.unseated if self._table is None else self._table.people
        box = self.query_one(LineList)
        box.styles.height = max(min(len(people), 10), 1)
        box.show(people, "Nobody sits here yet. The door seats who arrives.")
        box.focus()

    def _faults(self) -> Content:
        if self._table is None:
            return Content("Here, and without a table: Enter seats the one that is meant.")
        lines = [shown(f"! {warning}", "bold $look") for warning in self._table.warnings]
        if self._table.host:
            lines.append(shown(f"Host: {self._table.host}"))
        if not self._table.open:
            lines.append(Content("✕ Closed: nobody new is seated here."))
        if not lines and self._table.people:
            lines = [Content.styled("✓ Nothing is wrong here.", "$good")]
        return Content("\n").join(lines)

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Says why the highlighted person sits here."""
        person: Person | None = message.item
        if person is not None:
            work = partial(self._say_why, person)
            begin(self, work, group="why", exclusive=True, exit_on_error=False)

    async def _say_why(self, person: Person) -> None:
        session = self.checkin.session
        if session is None or self._number is None:
            return
        seating = Seating(session)
        try:
            why = await asyncio.to_thread(seating.why_here, person.id)
            binds = await asyncio.to_thread(Bonds(session).of, person.id)
        except CheckinError as error:
            why, binds = str(error), ()
        words = [shown(why), *(shown(f"● {bond.say} ({bond.origin})", "$accent") for bond in binds)]
        self.query_one("#why", Static).update(Content("\n").join(words))

    def on_line_list_chosen(self) -> None:
        """A second click moves."""
        self.action_move()

    def action_move(self) -> None:
        """Asks where the highlighted person is to go."""
        from screens.move_person import MoveBox

        person: Person | None = self.query_one(LineList).highlighted
        if person is not None:
            self.app.push_screen(MoveBox(self._board, person), self._moved)

    @property
    def _person(self) -> Person | None:
        found: Person | None = self.query_one(LineList).highlighted
        return found

    def action_pair(self, joint: str) -> None:
        """Asks with whom the highlighted person changes places, or sits together, or apart."""
        from screens.table_pair import Joint, PairBox

        if self._person is not None:
            self.app.push_screen(PairBox(self._board, self._person, Joint[joint]), self._moved)

    def action_pin(self) -> None:
        """Pins the highlighted person to this table, or lets them go."""
        begin(self, self._pin, group="pin", exclusive=True, exit_on_error=False)

    async def _pin(self) -> None:
        from screens.table_acts import ActBox

        session, person = self.checkin.session, self._person
        if session is None or person is None:
            return
        sight, manual = Foresight(session), Manual(session)
        pinned = await asyncio.to_thread(sight.pinned, person.id)
        if pinned is None:
            title, table = "Pin to this table", self._number
            foreseen = partial(sight.pin, person.id)
        else:
            title, table = f"Unpin from table {pinned}", None
            foreseen = partial(sight.unpin, person.id)
        act = partial(manual.pin, person.id, table)
        self.app.push_screen(ActBox(title, person.full_name, foreseen, act), self._moved)

    def action_stays(self) -> None:
        """Notes that the highlighted person does not want to be moved."""
        from screens.table_acts import ActBox

        session, person = self.checkin.session, self._person
        if session is None or person is None:
            return
        foreseen = partial(Foresight(session).stays, person.id)
        act = partial(Manual(session).stays, person.id)
        box = ActBox("Does not want to be moved", person.full_name, foreseen, act)
        self.app.push_screen(box, self._moved)

    def action_host(self) -> None:
        """Asks who hosts this table."""
        from screens.table_acts import HostBox

        if self._table is not None:
            self.app.push_screen(HostBox(self._table.number, self._table.host), self._moved)

    def _moved(self, change: Change | None) -> None:
        if change is not None:
            self.dismiss(change)


def table_rows(person: Person, width: int) -> Content:
    """Returns one person at a table as a line: level, name, languages, authority, territory."""
    room = max(width - 3 - 10, 20)
    name_width = room * 36 // 100
    org_width = room * 38 // 100
    return Content("").join(
        (
            fitted(person.level.letter, 2, "bold $accent"),
            Content(" "),
            fitted_content(shown(display_name(person)), name_width - 1),
            Content(" "),
            fitted_content(shown(person.organisation, "$quiet"), org_width - 1),
            Content(" "),
            fitted(" ".join(person.languages), 9, ""),
            Content(" "),
            fitted(person.territory or LEVELS[person.level], room - name_width - org_width, ""),
        )
    )
