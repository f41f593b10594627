"""The rounds of the day: the tabs above the board, and the mixing plan per person and per table.

Earlier rounds are looked at and not changed; planned ones show who would sit where.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.people import Person
from checkin.tables.rounds import PersonRounds, Round, Stand, ways
from checkin.tables.seating import Board
from screens.table_more import ListBox
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name, where_from
from screens.working import begin

_STANDS = {Stand.OVER: "", Stand.NOW: " (now)", Stand.PLANNED: " (planned)"}


class RoundRow(Widget):
    """A tab a round; a click shows that round. Out of sight while there is only one."""

    DEFAULT_CSS = """
    RoundRow { height: 1; padding: 0 1; color: $quiet; display: none; }
    RoundRow.-several { display: block; }
    """

    @dataclass
    class Asked(Message):
        """A round was clicked."""

        round: int

    def __init__(self) -> None:
        super().__init__()
        self._shown = 1
        self._rounds: tuple[Round, ...] = ()

    def show(self, shown_round: int, rounds: Sequence[Round]) -> None:
        """Shows a tab for each of `rounds`, with `shown_round` in front."""
        self._shown, self._rounds = shown_round, tuple(rounds)
        self.set_class(len(rounds) > 1, "-several")
        self.refresh()

    @property
    def _numbers(self) -> list[int]:
        return [each.number for each in self._rounds]

    def _words(self) -> list[str]:
        return [
            f"{'▸' if each.number == self._shown else ' '}Round {each.number}{_STANDS[each.stand]} "
            for each in self._rounds
        ]

    def render(self) -> Content:
        tabs = [
            Content.styled(word, "bold $accent reverse" if n == self._shown else "$quiet")
            for n, word in zip(self._numbers, self._words(), strict=True)
        ]
        row = Content(" ").join(tabs)
        hint = "ctrl+← → rounds"
        gap = max(self.content_size.width - row.cell_length, len(hint) + 1)
        return row + Content.styled(hint.rjust(gap), "$quiet")

    def on_click(self, event: events.Click) -> None:
        """Asks for the round under the pointer."""
        offset = event.get_content_offset(self)
        column = 0
        for number, word in zip(self._numbers, self._words(), strict=True):
            if offset is not None and column <= offset.x < column + len(word):
                self.post_message(self.Asked(number))
            column += len(word) + 1


@dataclass(frozen=True, slots=True)
class _TableRound:
    """Who sits at one table in one round."""

    table: int
    round: int
    people: tuple[Person, ...]


class RoundsBox(ListBox[None]):
    """The mixing plan of the rounds in `boards`, per person and per table."""

    CSS_PATH = "table_box.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "view('tables')", "per table", id="rounds.per-table", key_display="→"),
        Binding("left", "view('people')", "per person", id="rounds.per-person", key_display="←"),
        Binding("f5,ctrl+o", "print", "print", id="rounds.print"),
        Binding("escape", "leave", "back", id="rounds.leave"),
    ]
    HELP = (
        "Per person: the table of each round, planned rounds too, how many different people they "
        "sit with, and with how many of them more than once. Per table: who sits there in each "
        "round. ← → change between the two, ↑ ↓ go through the list. F5 writes a PDF beside the "
        "event file: everybody by name, then a page a table."
    )

    def __init__(self, boards: Sequence[Board]) -> None:
        super().__init__()
        self._boards = tuple(boards)
        self._tables = [
            _TableRound(table.number, board.round, table.people)
            for place in range(len(boards[0].tables))
            for board in boards
            for table in (board.tables[place],)
            if table.people
        ]

    def compose_box(self) -> ComposeResult:
        yield Static("", id="faults", markup=False)
        yield LineList(_way_line, lambda way: way.person.id, id="people")
        yield LineList(_table_line, lambda each: (each.table, each.round), id="tables")
        yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        """Begins with the people."""
        height = 14 if self.app.size.height >= 36 else 9
        found = ways(self._boards)
        self._people.show(found, "Nobody sits anywhere yet.")
        self._per_table.show(self._tables, "Nobody sits anywhere yet.")
        for rows in (self._people, self._per_table):
            rows.styles.height = max(min(len(rows.items), height), 1)
        again = sum(way.again for way in found) // 2
        count = "1 round" if len(self._boards) == 1 else f"{len(self._boards)} rounds"
        title = f"Mixing plan: {count}, {again} pairs more than once"
        self.query_one("#box", Vertical).border_title = Content(title)
        self._see(self._people)

    @property
    def _people(self) -> LineList[PersonRounds]:
        return self.query_one("#people", LineList)

    @property
    def _per_table(self) -> LineList[_TableRound]:
        return self.query_one("#tables", LineList)

    def _see(self, wanted: Widget) -> None:
        for rows in (self._people, self._per_table):
            rows.display = rows is wanted
        wanted.focus()
        self.refresh_bindings()
        self.call_after_refresh(self._head)
        self._say()

    def _head(self) -> None:
        """Names the columns of the list in sight, above them."""
        if not self.is_mounted:
            return
        words = "   table     round    who sits there"
        if self._people.display:
            # As wide as a row, behind the mark of the row that is meant.
            width = self._people.content_size.width - 2
            words = " " * 3 + _way_head([board.round for board in self._boards], width)
        self.query_one("#faults", Static).update(Content.styled(words, "$quiet"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the other view is offered."""
        if action == "view":
            return not self.query_one(f"#{parameters[0]}").display
        return super().check_action(action, parameters)

    def on_line_list_highlighted(self) -> None:
        """Names everybody at the highlighted table, or tells two people of one name apart."""
        self._say()

    def _say(self) -> None:
        self.query_one("#why", Static).update(shown(self._who()))

    def _who(self) -> str:
        """Everybody at the highlighted table, or where the highlighted person is from."""
        if self._per_table.display:
            each = self._per_table.highlighted
            return ", ".join(person.full_name for person in each.people) if each else ""
        way = self._people.highlighted
        return f"{way.person.full_name} · {where_from(way.person)}" if way else ""

    def action_print(self) -> None:
        """Writes the plan as a PDF beside the event file."""
        begin(self, self._print, group="print", exclusive=True, exit_on_error=False)

    async def _print(self) -> None:
        session = self.checkin.session
        if session is None:
            return
        target = session.path.with_name(f"{session.path.stem}-rounds.pdf")

        def write() -> None:
            from checkin.papers.rounds import write_rounds

            write_rounds(target, session.settings, self._boards)

        try:
            await asyncio.to_thread(write)
        except CheckinError as error:
            words = shown(str(error), "bold $look")
        else:
            words = shown(f"Written: {target}")
        self.query_one("#why", Static).update(words)

    def action_view(self, wanted: str) -> None:
        """Shows the people or the tables."""
        self._see(self.query_one(f"#{wanted}"))


def _way_head(rounds: Sequence[int], width: int) -> str:
    """The columns of `_way_line`, by their rounds."""
    each = _round_room(len(rounds), width)
    word = "round " if each > 5 else "R"
    columns = "".join(f"{f'{word}{number}':>{each}}" for number in rounds)
    name = f"{'table in':>{_name_room(len(rounds), width)}}"
    return f"{name}{columns}{'people met':>{_MET}}{'again':>{_AGAIN}}"


_MET, _AGAIN = 12, 10
"""Cells of how many people somebody meets, and how many of them again."""


def _round_room(rounds: int, width: int) -> int:
    """Cells of a round's table: its name in words above it where there is room."""
    return 8 if width - 8 * rounds - _MET - _AGAIN >= 24 else 5


def _name_room(rounds: int, width: int) -> int:
    return max(width - _round_room(rounds, width) * rounds - _MET - _AGAIN, 12)


def _way_line(way: PersonRounds, width: int) -> Content:
    each = _round_room(len(way.tables), width)
    tables = "".join(f"{'-' if table is None else table:>{each}}" for table in way.tables)
    again = (str(way.again), "$look") if way.again else ("✓ none", "$good")
    return joined(
        fitted_content(shown(display_name(way.person)), _name_room(len(way.tables), width)),
        Content.styled(tables, "bold $accent"),
        Content.styled(f"{way.met:>{_MET}}", "$quiet"),
        Content.styled(again[0].rjust(_AGAIN), again[1]),
    )


def _table_line(each: _TableRound, width: int) -> Content:
    names = ", ".join(display_name(person) for person in each.people)
    return joined(
        Content.styled(f"table {each.table:<3} ", "bold $accent"),
        Content.styled(f"round {each.round}  ", "bold"),
        fitted_content(shown(names, "$quiet"), max(width - 20, 10)),
    )
