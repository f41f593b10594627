"""The questions of an import: what a column holds, how the file is read, whether to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from checkin.roster.preview import Preview, ReadingOptions, field_choices
from screens.base import BaseModal
from screens.import_words import confirm_words
from screens.widgets.line_list import LineList
from screens.widgets.list_grid import FIELD_WORDS
from screens.widgets.one_of import OneOf
from screens.widgets.shown import fitted, joined, shown
from screens.widgets.text_field import TextField


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field that a column may hold, and the title of the column that holds it now."""

    field: str
    held_by: str


class FieldBox(BaseModal[str]):
    """Asks what a column holds; gives the field ('' for nothing), or None."""

    CSS_PATH = "import_boxes.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "this is it", id="field.choose"),
        Binding("escape", "leave", "as it was", id="field.leave"),
    ]
    HELP = "Choose what the column holds. A field that another column held is taken from it."

    def __init__(self, preview: Preview, column: int) -> None:
        super().__init__()
        self._choice = preview.choices[column]
        held = {choice.field: choice.title or choice.letter for choice in preview.choices}
        self._rows = [FieldRow(field, held.get(field, "")) for field in field_choices()]

    def compose_box(self) -> ComposeResult:
        examples = " · ".join(self._choice.examples) or "nothing in the first rows"
        yield Static(joined(Content.styled("for example: ", "$quiet"), shown(examples)), id="about")
        yield LineList(_field_line, lambda row: row.field, id="fields")

    def on_mount(self) -> None:
        """Marks the field that the column holds now."""
        title = joined("What is “", shown(self._choice.title or self._choice.letter), "”?")
        self.query_one("#box", Vertical).border_title = title
        box = self.query_one(LineList)
        box.styles.height = 12
        box.show(self._rows)
        box.go_to(self._choice.field)
        box.focus()

    def on_line_list_chosen(self) -> None:
        """A second click chooses."""
        self.action_choose()

    def action_choose(self) -> None:
        """Gives the highlighted field."""
        row: FieldRow | None = self.query_one(LineList).highlighted
        if row is not None:
            self.dismiss(row.field)


def _field_line(row: FieldRow, width: int) -> Content:
    word = FIELD_WORDS.get(row.field, row.field)
    held = f"now: {row.held_by}" if row.field and row.held_by else ""
    return fitted(word, 18) + fitted(held, max(width - 18, 4), "$quiet")


class ReadingForm(BaseModal[ReadingOptions]):
    """Asks how the file is read; gives the options, or None."""

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then read", id="reading.next"),
        Binding("f5,ctrl+s", "read", "read again", id="reading.read"),
        Binding("down", "app.focus_next", "next field", id="reading.down", show=False),
        Binding("up", "app.focus_previous", "field before", id="reading.up", show=False),
    ]
    HELP = "Change this when names look wrong or the wrong sheet was read; empty means: find out."

    def __init__(self, preview: Preview, options: ReadingOptions) -> None:
        super().__init__()
        self._preview = preview
        self._options = options

    def compose_box(self) -> ComposeResult:
        raw = self._preview.raw
        if raw.sheets:
            yield Label("Sheet")
            yield OneOf([(name, name[:24]) for name in raw.sheets[:8]], raw.sheet, id="sheet")
        else:
            yield Label("Encoding (utf-8, cp1252, cp1250, iso8859-7 ...)")
            yield TextField(raw.encoding, longest=30, id="encoding")
        yield Label("Row of the column titles (0: there is none)")
        yield TextField(str(self._preview.columns.header_row), longest=6, id="header")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Starts with the first question."""
        self.query_one("#box", Vertical).border_title = Content("How the list is read")
        self.query("OneOf, TextField").first().focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes on; in the last field it reads again."""
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Goes to the next field, or reads again from the last."""
        if self.focused is not None and self.focused.id == "header":
            self.action_read()
        else:
            self.focus_next()

    def action_read(self) -> None:
        """Gives the options, when they can be understood."""
        text = self.query_one("#header", TextField).value.strip()
        if text and not text.isdecimal():
            self.query_one("#problem", Static).update("Write the number of the row, for example 4.")
            return
        header = int(text) if text else None
        raw, former = self._preview.raw, self._options
        sheet = self.query_one("#sheet", OneOf).value if raw.sheets else None
        encoding = None
        if not raw.sheets:
            encoding = self.query_one("#encoding", TextField).value.strip() or None
        self.dismiss(
            ReadingOptions(
                sheet=sheet,
                encoding=encoding,
                countries=former.countries,
                header_row=None if header == self._preview.columns.header_row else header,
            )
        )


class ConfirmImport(BaseModal[bool]):
    """Says what would be written; gives True when it is to be."""

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,ctrl+s", "confirm", "import now", id="confirm-import.now"),
        Binding("escape", "leave", "not now", id="confirm-import.leave"),
    ]
    HELP = "F5 writes what stands here, all of it or nothing. Esc goes back to the preview."

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self._preview = preview

    def compose_box(self) -> ComposeResult:
        yield Static(confirm_words(self._preview), id="about")
        yield Static("F5 imports, Esc goes back.", id="hint", markup=False)

    def on_mount(self) -> None:
        """Names the question."""
        self.query_one("#box", Vertical).border_title = Content("Import this list?")

    def action_confirm(self) -> None:
        """Says yes."""
        self.dismiss(True)
