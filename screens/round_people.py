"""Who sat at a table in a round that is over, or is to sit there in one that is planned.

It is looked at and not changed: where somebody was in another round moves nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.people import Person
from checkin.tables.rounds import Stand
from checkin.tables.seating import Board, Change
from screens.move_person import FindAtTables, table_of
from screens.table_more import ListBox
from screens.widgets.line_list import LineList
from screens.widgets.shown import shown
from screens.widgets.states import where_from
from screens.widgets.table_card import called
from screens.widgets.table_panel import table_rows

_SIT = {Stand.OVER: "sat", Stand.NOW: "sits", Stand.PLANNED: "will sit"}


class RoundTableBox(ListBox[Change]):
    """The people of table `number` of a board, or those without one (None); gives nothing."""

    CSS_PATH = "table_box.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back", id="round-table.leave"),
    ]
    HELP = (
        "Who sat at this table in a round that is over, or is planned there in one to come; "
        "nothing can be changed here. ↑ ↓ go through the people."
    )

    def __init__(
        self, board: Board, stand: Stand, number: int | None, meant: str | None = None
    ) -> None:
        super().__init__()
        self._board, self._stand = board, stand
        self._table = None if number is None else board.table(number)
        self._meant = meant

    def compose_box(self) -> ComposeResult:
        yield Static("", id="faults", markup=False)
        nobody = f"Nobody {_SIT[self._stand]} here."
        yield LineList(table_rows, lambda person: person.id, empty=nobody, id="people")
        yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        """Names the table and the round, and shows the people."""
        table, word = self._table, "over" if self._stand is Stand.OVER else "planned"
        title = "Without a table" if table is None else f"Table {called(table)}"
        box = self.query_one("#box", Vertical)
        box.border_title = shown(f"{title} · round {self._board.round}, {word}")
        warnings = table.warnings if table is not None else ()
        lines = [shown(f"! {warning}", "bold $look") for warning in warnings[:4]]
        self.query_one("#faults", Static).update(Content("\n").join(lines))
        people = self._board.unseated if table is None else table.people
        rows = self.query_one(LineList)
        rows.styles.height = max(min(len(people), 10 if self.app.size.height >= 36 else 8), 1)
        rows.show(people)
        if self._meant is not None:
            rows.go_to(self._meant)
        rows.focus()

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Says where the highlighted person sat or will sit, and from where they are."""
        person: Person | None = message.item
        if person is None:
            return
        table, number = table_of(self._board, person), self._board.round
        where = "at no table" if table is None else f"at table {table}"
        words = f"{person.full_name} {_SIT[self._stand]} {where} in round {number}."
        from_where = where_from(person)
        self.query_one("#why", Static).update(shown(f"{words} {from_where}".strip()))


class FindInRound(FindAtTables):
    """Asks for somebody who sits at a table of `board`; `found` is told at which."""

    HELP = "Type part of a name or an authority; ↑ ↓ choose, Enter shows where they sat or will."
    NOBODY: ClassVar[str] = "Nobody of that name has a table in this round."

    def __init__(self, board: Board, stand: Stand, found: Callable[[int], None]) -> None:
        where = "was" if stand is Stand.OVER else "will be"

        def then(person: Person) -> RoundTableBox:
            table = table_of(board, person)
            if table is not None:
                found(table)
            return RoundTableBox(board, stand, table, person.id)

        super().__init__(f"Who {where} where in round {board.round}?", then)
        self._board = board

    def fits(self, person: Person) -> bool:
        """Whether somebody sits in that round, wherever they are now."""
        return table_of(self._board, person) is not None
