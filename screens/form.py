"""What the forms of the door share: fields, Enter that goes on, one line for what is wrong.

A form names its first and its last field, lays out its fields and says in `action_send` what it
gives. Enter goes from field to field and sends from the last one.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from checkin.people import Person
from checkin.text import clean
from screens.base import BaseModal
from screens.widgets.one_of import OneOf
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name, where_from
from screens.widgets.text_field import TextField

Result = TypeVar("Result")


class Form(BaseModal[Result]):
    """A box with fields. The keys that go on and send are the subclass's, with their words."""

    TITLE_WORDS: ClassVar[str] = ""
    FIRST: ClassVar[str] = ""
    LAST: ClassVar[str] = ""
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "next field", id="form.down", show=False),
        Binding("up", "app.focus_previous", "field before", id="form.up", show=False),
    ]

    def compose_box(self) -> ComposeResult:
        yield from self.compose_fields()
        yield Static("", id="problem", markup=False)

    def compose_fields(self) -> ComposeResult:
        """The labels and fields."""
        yield from ()

    def on_mount(self) -> None:
        """Starts with the first field."""
        self.query_one("#box", Vertical).border_title = Content(self.TITLE_WORDS)
        self.query_one(f"#{self.FIRST}").focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes on; in the last field it sends."""
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Goes to the next field, or sends from the last."""
        if self.focused is not None and self.focused.id == self.LAST:
            self.action_send()
        else:
            self.focus_next()

    def action_send(self) -> None:
        """Gives what the form asks for, when it is all there."""
        raise NotImplementedError

    def text(self, field: str) -> str:
        """Returns what was typed into a field, cleaned."""
        return clean(self.query_one(f"#{field}", TextField).value)

    def chosen(self, field: str) -> str:
        """Returns what was chosen in a field."""
        return self.query_one(f"#{field}", OneOf).value

    def lacks(self, field: str, sentence: str) -> None:
        """Says what is wrong and goes to the field where it can be put right."""
        self.query_one("#problem", Static).update(Content(sentence))
        self.query_one(f"#{field}").focus()


def about(person: Person, before: str = "", after: Content | str = "") -> Static:
    """Returns the lines that tell whom a form is about."""
    lines = joined(
        before,
        shown(display_name(person), "bold"),
        "\n",
        shown(where_from(person), "$quiet"),
        "\n" if after else "",
        after,
    )
    return Static(lines, id="about")
