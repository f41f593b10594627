"""The plan on the board while people are still due: cards of tables where nobody sits yet.

Such a card shows in grey who is planned there and how many of them are in; as soon as somebody
sits at the table, it is a table like any other. Nobody who is only planned can be pulled or moved.
"""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content
from textual.geometry import Offset

from checkin.tables.seating import Board, BoardTable
from screens.widgets.shown import joined, shown
from screens.widgets.table_card import Card, TableCard, called
from screens.widgets.table_panel import TablePanel


class BoardCard(TableCard):
    """A table of the board, with who is planned there while nobody sits."""

    DEFAULT_CSS = """
    BoardCard.-planned { border: round $line; color: $quiet; border-title-color: $quiet; }
    BoardCard.-planned:focus { border: heavy $accent; border-title-color: $accent; }
    """

    planned = False
    """Whether the people of the card are only planned, and none of them is in."""

    def show_with(self, table: BoardTable, plan: BoardTable | None) -> None:
        """Shows the table as it stands; where nobody sits, as it is in `plan` if it is in it."""
        planned = not table.people and plan is not None and bool(plan.people)
        wanted = table
        if planned and plan is not None:
            wanted = replace(
                plan, open=table.open, name=table.name, host=table.host, step_free=table.step_free
            )
        if planned is not self.planned or wanted != self.table:
            self.planned = planned
            self.show(wanted)
            self._title()
            self.refresh()

    def _title(self) -> None:
        super()._title()
        self.set_class(self.planned, "-planned")
        if not self.planned:
            return
        rest = f"  {none_in(self.table)}"
        room = (self.size.width or 24) - 2
        name = shown(called(self.table)).truncate(max(room - len(rest), 3), ellipsis=True)
        self.border_title = joined(name, rest)
        words = self._border_subtitle
        self.border_subtitle = joined("planned", "  " if words else "", words or "")

    def pullable(self, at: Offset) -> object | None:
        """Nobody who is only planned can be moved."""
        return None if self.planned else super().pullable(at)

    def render(self) -> Content:
        return super().render().stylize("not bold $quiet") if self.planned else super().render()


class BoardPanel(TablePanel):
    """The people of the card that is meant, in sight or only planned."""

    _planned = False

    def show(self, card: Card | None) -> None:
        """Shows who sits at the table of `card`, or who is planned there."""
        self._planned = isinstance(card, BoardCard) and card.planned
        if isinstance(card, BoardCard) and card.planned:
            table = card.table
            self.border_title = shown(f"Table {called(table)} · planned, {none_in(table)}")
            words = Content.styled(AT_THE_DOOR, "$quiet")
            lines = [shown(f"! {warning}", "bold $look") for warning in table.warnings]
            self._show([words, *lines], table.people, "")
        else:
            super().show(card)
        hidden = len(self._rows) - self.content_size.height
        more = hidden > 0 and self.content_size.height > 0
        self.border_subtitle = Content(f"↓ {hidden} more, ⏎ shows all") if more else None

    def pullable(self, at: Offset) -> object | None:
        """Nobody who is only planned can be moved."""
        return None if self._planned else super().pullable(at)


AT_THE_DOOR = "Planned: the door tells them their table when they arrive, as it fits who comes."
"""What a plan is, for people who see it."""


def none_in(table: BoardTable) -> str:
    """Returns how many of a planned table's people are in: none."""
    return f"0 of {len(table.people)} in"


def plan_words(due: Board) -> str:
    """Returns what is planned while nobody sits anywhere."""
    seated = sum(len(table.people) for table in due.tables)
    used = sum(bool(table.people) for table in due.tables)
    return f"{seated} planned at {tables_in_words(used)}, none in · "


def tables_in_words(count: int) -> str:
    """Returns a count of tables in words."""
    return "1 table" if count == 1 else f"{count} tables"
