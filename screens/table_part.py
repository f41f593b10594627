"""A whole territory at a table: it goes to another table, or changes places with another one.

Both stand in one list with their prices; what is done is one act with one undo.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from checkin.event.session import EventSession
from checkin.people import Person
from checkin.tables.explain import listed
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual
from checkin.tables.seating import Board, BoardTable, Change, Price
from checkin.tables.territories import Part, parts
from screens.move_person import table_line
from screens.price_box import PriceBox
from screens.table_repair import people
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name

Choice = BoardTable | Part


class PartBox(PriceBox[Choice]):
    """Asks where a part goes, or with which other one it changes places; `to` is meant first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do", "do it", id="part.do"),
        Binding("escape", "leave", "not now", id="part.leave"),
    ]
    HELP = (
        "Everybody of a territory at this table goes together. First the tables they could move "
        "to, then, behind ⇄, the territories they could change places with. Type a table's number "
        "or a territory's name, or choose with ↑ ↓. + is worse, − is better. Enter does it as one "
        "act, Esc does not. F8 on the board takes it back."
    )
    TYPED = "table number or territory, or choose with ↑ ↓"
    NOTHING = "There is no other table."
    MISSING = "Choose a table or a territory."

    def __init__(self, board: Board, part: Part, to: int | None = None) -> None:
        self._part, self._to = part, to
        self._people = {each.id: each for table in board.tables for each in table.people}
        everybody = parts_of_board(board)
        self._elsewhere = [
            each.table
            for each in everybody
            if each.territory == part.territory and each.table != part.table
        ]
        tables = [table for table in board.tables if table.number != part.table]
        others = [
            each
            for each in everybody
            if each.table != part.table and each.territory != part.territory
        ]
        super().__init__((*tables, *others))

    def question(self) -> str:
        return f"All of {self._part.territory}: → to a table, or ⇄ swap with a territory"

    def about(self) -> Content:
        names = [display_name(self._people[id]) for id in self._part.people if id in self._people]
        more = f" and {len(names) - 4} more" if len(names) > 4 else ""
        tables = [str(table) for table in self._elsewhere]
        other = f"{'tables' if len(tables) > 1 else 'table'} {listed(tables)}"
        return joined(
            shown(self._part.territory, "bold $strong"),
            f"  table {self._part.table}, {people(len(self._part.people))}",
            f"; others of it at {other}\n" if tables else "\n",
            shown(", ".join(names[:4]) + more, "$quiet"),
        )

    def on_mount(self) -> None:
        """The table that was pointed at is meant."""
        super().on_mount()
        if self._to is not None:
            self.mean(self._to)

    def key(self, choice: Choice) -> object:
        return choice.number if isinstance(choice, BoardTable) else choice

    def line(self, choice: Choice, cost: Content, width: int) -> Content:
        if isinstance(choice, BoardTable):
            return joined("→ ", table_line(choice, cost, width - 2))
        letters = " ".join(
            self._people[id].level.letter for id in choice.people if id in self._people
        )
        room = max(width - 2 - 9 - 7 - len(letters) - 1, 10)
        return joined(
            "⇄ ",
            Content.styled(f"table {choice.table:<3}", "bold"),
            cost,
            fitted_content(shown(choice.territory), room),
            " ",
            Content.styled(letters, "bold $accent"),
        )

    def what(self, choice: Choice) -> str:
        if isinstance(choice, BoardTable):
            return f"{self._part.territory} to table {choice.number}"
        return (
            f"{self._part.territory} to table {choice.table}, "
            f"{choice.territory} to table {self._part.table}"
        )

    def foresee(self, sight: Foresight, choice: Choice) -> Price:
        if isinstance(choice, BoardTable):
            return sight.move(self._part.people, choice.number)
        return sight.exchange(self._part, choice)

    def act(self, session: EventSession, choice: Choice) -> Change:
        manual = Manual(session)
        if isinstance(choice, BoardTable):
            return manual.move_parts(choice.number, self._part)
        return manual.exchange(self._part, choice)

    async def typed(self, text: str) -> None:
        from checkin.roster.matching import plain

        wanted = plain(text)

        def meant(choice: Choice) -> bool:
            if isinstance(choice, BoardTable):
                return str(choice.number) == text
            return str(choice.table) == text or wanted in plain(choice.territory)

        rows = [choice for choice in self.choices if meant(choice)] if text else self.choices
        self.rows.show(rows, "No other table or territory of that name.")
        self.rows.go_to_first()


def parts_of_board(board: Board) -> tuple[Part, ...]:
    """Returns every territory at the tables of a board, part by part."""
    return parts(
        (person.id, person.territory, table.number)
        for table in board.tables
        for person in table.people
    )


def part_of(board: Board, person: Person) -> Part | None:
    """Returns those who sit with somebody and are of their territory; None where it is unknown."""
    return next((part for part in parts_of_board(board) if person.id in part.people), None)
