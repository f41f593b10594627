"""The people of the card that is meant, below the board where there is room for them.

Each row is a person who can be pulled onto another card.
"""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Static

from checkin.people import Person
from screens.widgets.pulling import Pulls
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import fitted, joined, shown
from screens.widgets.states import LEVELS, display_name
from screens.widgets.table_card import Card, TableCard, UnseatedCard, called, faults_of, own_points


class TablePanel(Pulls, Static):
    """What is wrong with the table that is meant, and who sits there."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._rows: list[Person | None] = []

    def show(self, card: Card | None) -> None:
        """Shows the people of `card`; nothing changes where no card is meant."""
        if isinstance(card, TableCard):
            table = card.table
            self.border_title = shown(f"Table {called(table)}")
            wrong = faults_of(table)
            lines = [shown(f"! {warning}", "bold $look") for warning in wrong]
            if table.people and not table.warnings:
                lines.append(Content.styled("✓ Nothing is wrong here.", "$good"))
            elif table.people and not wrong:
                lines.append(Content.styled("Only a host is missing here.", "$quiet"))
            points = own_points(table)
            if points and lines:
                words = Content.styled(f"   {points} points in all", "$quiet")
                lines[0] = joined(lines[0], words)
            nobody = "Nobody sits here yet." if table.open else "Closed: nobody is seated here."
            self._show(lines, table.people, nobody)
        elif isinstance(card, UnseatedCard):
            self.border_title = Content("Without a table")
            self._show([], card.people, card.nobody)

    def _show(self, lines: list[Content], people: tuple[Person, ...], nobody: str) -> None:
        rows = [table_rows(person, 112) for person in people]
        self._rows = [None] * len(lines) + list(people)
        if not rows:
            rows = [Content.styled(nobody, "$quiet")]
        self.update(Content("\n").join([*lines, *rows]))

    def pullable(self, at: Offset) -> object | None:
        """The person of a row."""
        return self._rows[at.y] if 0 <= at.y < len(self._rows) else None


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
