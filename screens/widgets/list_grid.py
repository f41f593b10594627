"""The rows of a list as they stand in its file, with the field of each column above it.

Arrows move over rows and columns; rows with a problem carry a sign. It shows ten rows at a time of
however many there are, and changes nothing: which field a column holds is the import's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from checkin.roster.preview import Preview
from screens.widgets.shown import fitted

FIELD_WORDS: dict[str, str] = {
    "": "not used",
    "given_name": "Given name",
    "family_name": "Family name",
    "full_name": "Full name",
    "email": "E-mail",
    "organisation": "Authority",
    "level": "Level",
    "territory": "Territory",
    "country": "Country",
    "languages": "Languages",
    "role": "Role",
    "title": "Title",
    "badge_name": "Name on badge",
    "host": "Table host",
    "step_free": "Step-free",
    "pin": "Fixed table",
    "together": "Together with",
    "apart": "Apart from",
    "photo": "Photo",
    "listed": "Listed",
    "diet": "Diet",
    "access": "Access needs",
    "external_id": "Their number",
    "registered_at": "Registered at",
    "status": "Status",
    "vip": "VIP",
    "note": "Staff's note",
}
"""Our fields in words."""

_NUMBER = 8
_NARROWEST, _WIDEST = 9, 22
_HEAD = 2


class ListGrid(Widget, can_focus=True):
    """Rows and columns of a list; `row` (of the file, from 1) and `column` (from 0) are meant."""

    DEFAULT_CSS = """
    ListGrid { height: 14; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "up", id="choices.grid-up", show=False),
        Binding("down", "move(1, 0)", "down", id="choices.grid-down", show=False),
        Binding("left", "move(0, -1)", "left", id="choices.grid-left", show=False),
        Binding("right", "move(0, 1)", "right", id="choices.grid-right", show=False),
        Binding("pageup", "move(-10, 0)", "page up", id="choices.grid-page-up", show=False),
        Binding("pagedown", "move(10, 0)", "page down", id="choices.grid-page-down", show=False),
        Binding("home", "move(-1000000, 0)", "first", id="choices.grid-first", show=False),
        Binding("end", "move(1000000, 0)", "last", id="choices.grid-last", show=False),
    ]
    HELP = (
        "Above each column stands the field it is read as; ← → go over the columns, Enter changes "
        "the field of the one that is marked. ↑ ↓ go over the rows; below stands who comes of it, "
        "with a question mark where it is a guess."
    )

    @dataclass
    class Moved(Message):
        """Another row is meant."""

        row: int

    @dataclass
    class Asked(Message):
        """The field above a column was clicked."""

        column: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.preview: Preview | None = None
        self.column = 0
        self._place = 0
        self._top = 0
        self._left = 0
        self._rows: list[int] = []
        self._widths: list[int] = []
        self._signs: dict[int, tuple[str, str]] = {}

    def show(self, preview: Preview) -> None:
        """Shows a preview; the row and the column that are meant stay."""
        kept = self.row
        self.preview = preview
        rows = preview.raw.rows
        start = preview.columns.header_row
        self._rows = [
            n + 1 for n in range(start, len(rows)) if any(cell.strip() for cell in rows[n])
        ]
        self._widths = [_width(preview, column) for column in range(len(preview.choices))]
        self._signs = _signs(preview)
        self.column = min(self.column, max(len(self._widths) - 1, 0))
        self._place = self._rows.index(kept) if kept in self._rows else 0
        self._moved()

    @property
    def row(self) -> int:
        """The row of the file that is meant; 0 when there is none."""
        return self._rows[self._place] if self._place < len(self._rows) else 0

    def go_to_row(self, row: int) -> None:
        """Goes to a row of the file, or the next one that has something in it."""
        self._place = next((place for place, n in enumerate(self._rows) if n >= row), 0)
        self._moved()

    def action_move(self, down: int, across: int) -> None:
        """Moves over rows and columns; the edges hold."""
        self._place = min(max(self._place + down, 0), max(len(self._rows) - 1, 0))
        self.column = min(max(self.column + across, 0), max(len(self._widths) - 1, 0))
        self._moved()

    def _moved(self) -> None:
        count, of = len(self._rows), len(self._widths)
        if count:
            self.border_subtitle = Content(
                f"row {self.row}, {self._place + 1} of {count} · column {self.column + 1} of {of}"
            )
        self.refresh()
        self.post_message(self.Moved(self.row))

    def on_click(self, event: events.Click) -> None:
        """Means the clicked cell; a click on the field above a column asks for another field."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        edge = _NUMBER
        for column in range(self._left, len(self._widths)):
            if edge <= offset.x < edge + self._widths[column]:
                self.column = column
                if offset.y < _HEAD:
                    self.post_message(self.Asked(column))
            edge += self._widths[column] + 1
        place = self._top + offset.y - _HEAD
        if offset.y >= _HEAD and place < len(self._rows):
            self._place = place
        self._moved()

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves over the rows."""
        self.action_move(1, 0)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves over the rows."""
        self.action_move(-1, 0)

    def _columns_in_sight(self, width: int) -> list[int]:
        """The columns that fit beside the marked one; the first one moves only when it must."""
        self._left = min(self._left, self.column)
        while True:
            columns: list[int] = []
            used = _NUMBER
            for column in range(self._left, len(self._widths)):
                used += self._widths[column] + 1
                if used > width + 1 and columns:
                    break
                columns.append(column)
            if not columns or self.column in columns:
                return columns
            self._left += 1

    def render(self) -> Content:
        """Fields, titles, and as many rows as fit."""
        preview = self.preview
        if preview is None:
            return Content("")
        width, height = self.content_size
        room = max(height - _HEAD, 1)
        self._top = max(min(self._top, self._place), self._place - room + 1, 0)
        columns = self._columns_in_sight(width)
        more = Content.styled(
            " ›" if columns and columns[-1] + 1 < len(self._widths) else "", "$accent"
        )
        lines = [self._fields(preview, columns) + more, self._titles(preview, columns)]
        for place in range(self._top, min(self._top + room, len(self._rows))):
            line = self._cells(preview, columns, self._rows[place])
            lines.append(line.stylize("on $picked") if place == self._place else line)
        if not self._rows:
            lines.append(Content.styled("There is no row below the titles.", "$quiet"))
        return Content("\n").join(line.truncate(width) for line in lines)

    def _fields(self, preview: Preview, columns: list[int]) -> Content:
        parts = [Content(" " * (_NUMBER - 1))]
        for column in columns:
            field = preview.choices[column].field
            word = f"▾ {FIELD_WORDS.get(field, field)}"
            meant = column == self.column
            style = (
                "bold reverse"
                if meant and self.has_focus
                else "bold $accent"
                if field
                else "$quiet"
            )
            parts.append(fitted(word, self._widths[column], style))
        return Content(" ").join(parts)

    def _titles(self, preview: Preview, columns: list[int]) -> Content:
        head = f"row {preview.columns.header_row}" if preview.columns.header_row else "no row"
        parts = [fitted(head, _NUMBER - 1, "$quiet")]
        parts += [
            fitted(preview.choices[column].title, self._widths[column], "underline $quiet")
            for column in columns
        ]
        return Content(" ").join(parts)

    def _cells(self, preview: Preview, columns: list[int], row: int) -> Content:
        sign, mood = self._signs.get(row, (" ", ""))
        number = Content.styled(
            f"{sign} {row:<{_NUMBER - 3}}", f"bold {mood}" if mood else "$quiet"
        )
        cells = preview.raw.rows[row - 1]
        parts = [number]
        for column in columns:
            text = cells[column] if column < len(cells) else ""
            style = "" if preview.choices[column].field else "$quiet"
            if column == self.column:
                style = f"bold {style}"
            parts.append(fitted(text, self._widths[column], style.strip()))
        return Content(" ").join(parts)


def _width(preview: Preview, column: int) -> int:
    choice = preview.choices[column]
    longest = max((len(example) for example in choice.examples), default=0)
    field = len(FIELD_WORDS.get(choice.field, "")) + 2
    return min(max(longest, field, min(len(choice.title), 14), _NARROWEST), _WIDEST)


def _signs(preview: Preview) -> dict[int, tuple[str, str]]:
    """The sign of each row that has a problem; the worst one where there are several."""
    ranks = {"rejected": (0, "✕", "$stop"), "duplicate": (1, "⇄", "$look")}
    found: dict[int, tuple[int, str, str]] = {}
    for problem in preview.problems:
        rank = ranks.get(problem.field, (2, "!", "$look"))
        if problem.row and rank < found.get(problem.row, (9, "", "")):
            found[problem.row] = rank
    return {row: (sign, mood) for row, (_, sign, mood) in found.items()}
