"""A box with one line to write: what is to stand there instead of what stands there now."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from checkin.text import clean
from screens.base import BaseModal
from screens.widgets.text_field import TextField


class OneLine(BaseModal[str]):
    """Asks for a line of text; gives it, empty when it was emptied, or None."""

    HELP = "Write the line, then Enter. An empty line takes away what stood there. Esc: no change."
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "keep it", id="one-line.keep"),
    ]

    def __init__(
        self, title: str, about: Content, value: str, *, placeholder: str = "", longest: int = 200
    ) -> None:
        super().__init__()
        self._asked, self._about, self._value = title, about, value
        self._placeholder, self._longest = placeholder, longest

    def compose_box(self) -> ComposeResult:
        yield Static(self._about, id="about")
        yield TextField(
            self._value,
            placeholder=clean(self._placeholder, 60),
            longest=self._longest,
            id="line",
        )

    def on_mount(self) -> None:
        """Starts in the line."""
        self.query_one("#box", Vertical).border_title = Content(self._asked)
        self.query_one("#line", TextField).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter keeps it."""
        message.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Gives the line as it stands."""
        self.dismiss(clean(self.query_one("#line", TextField).value, self._longest))
