"""The people of a roll call: missing ones on top by table, assistance first, present ones below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from checkin.people import Person
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import fitted, shown
from screens.widgets.states import display_name


@dataclass(frozen=True, slots=True)
class RollLine:
    """One person who should be outside."""

    person: Person
    table: int | None
    assistance: bool


class RollList(Widget, can_focus=True):
    """Rows of people; space or a click says present."""

    DEFAULT_CSS = """
    RollList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "up", id="roll.up", show=False),
        Binding("down", "step(1)", "down", id="roll.down", show=False),
        Binding("pageup", "step(-10)", "page up", id="roll.page-up", show=False),
        Binding("pagedown", "step(10)", "page down", id="roll.page-down", show=False),
    ]

    @dataclass
    class Ticked(Message):
        """Somebody was found present, or no longer."""

        person: Person

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: tuple[RollLine, ...] = ()
        self._ticks: list[str] = []
        self._index = 0

    @property
    def present(self) -> tuple[RollLine, ...]:
        """Those who were ticked, in the order of the list."""
        return tuple(line for line in self.lines if line.person.id in self._ticks)

    @property
    def ordered(self) -> tuple[RollLine, ...]:
        """Missing ones first; each part by assistance, table and name as it came."""
        missing = (line for line in self.lines if line.person.id not in self._ticks)
        return (*sorted(missing, key=lambda line: not line.assistance), *self.present)

    def show(self, lines: Iterable[RollLine]) -> None:
        """Shows `lines`; ticks of those who are still inside stay."""
        self.lines = tuple(lines)
        self._index = min(self._index, max(len(self.lines) - 1, 0))
        self.refresh()

    def action_step(self, by: int) -> None:
        """Moves the highlight; the ends hold."""
        self._index = min(max(self._index + by, 0), max(len(self.lines) - 1, 0))
        self.refresh()

    def tick(self) -> None:
        """The highlighted one is present: the row sinks, the highlight stays for the next."""
        if not self.lines:
            return
        person = self.ordered[self._index].person
        if person.id in self._ticks:
            self._ticks.remove(person.id)
        else:
            self._ticks.append(person.id)
        missing = len(self.lines) - len(self.present)
        self._index = min(self._index, max(missing - 1, 0))
        self.refresh()
        self.post_message(self.Ticked(person))

    def untick(self) -> None:
        """Takes the last tick away and highlights that person."""
        if not self._ticks:
            return
        last = self._ticks.pop()
        for index, line in enumerate(self.ordered):
            if line.person.id == last:
                self._index = index
                self.post_message(self.Ticked(line.person))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """The clicked one is present."""
        offset = event.get_content_offset(self)
        row = -1 if offset is None else self._first() + offset.y
        if 0 <= row < len(self.lines):
            self._index = row
            self.tick()

    def _first(self) -> int:
        height = max(self.content_size.height, 1)
        return max(0, min(self._index - height // 2, len(self.lines) - height))

    def render(self) -> Content:
        width, height = self.content_size
        if not self.lines:
            return Content.styled("Nobody is inside.", "$quiet")
        first = self._first()
        rows = []
        for number, line in enumerate(self.ordered[first : first + height], first):
            row = self._row(line, width)
            rows.append(row.stylize("bold on $picked") if number == self._index else row)
        return Content("\n").join(rows)

    def _row(self, line: RollLine, width: int) -> Content:
        present = line.person.id in self._ticks
        sign = ("✓ present ", "$good") if present else ("‼ missing ", "bold $stop")
        table = f"table {line.table}" if line.table is not None else "no table"
        room = max(width - 10 - 10 - 14, 20)
        name_width = room * 55 // 100
        return Content("").join(
            (
                Content.styled(*sign),
                Content.styled(f"{table:<10}", "bold"),
                Content.styled("! assistance " if line.assistance else " " * 13, "bold $look"),
                fitted_content(shown(display_name(line.person)), name_width),
                Content(" "),
                fitted(line.person.organisation, room - name_width - 1, "$quiet"),
            )
        )
