"""The form for somebody who comes in a colleague's place."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from checkin.people import Person
from checkin.text import clean
from screens.base import BaseModal
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name, where_from
from screens.widgets.text_field import TextField


class SubstituteForm(BaseModal[tuple[str, str]]):
    """Asks who comes in place of `person`; gives given and family name, or None."""

    HELP = (
        "Somebody comes in a colleague's place. Write the name of the one who came; the "
        "colleague's badge is answered as replaced from then on."
    )
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then check in", id="substitute.next"),
        Binding("f3,ctrl+s", "replace", "check in now", id="substitute.replace"),
        Binding("down", "app.focus_next", "next field", id="substitute.down", show=False),
        Binding("up", "app.focus_previous", "field before", id="substitute.up", show=False),
    ]

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person

    def compose_box(self) -> ComposeResult:
        yield Static(
            joined(
                "In place of ",
                shown(display_name(self._person), "bold"),
                "\n",
                shown(where_from(self._person), "$quiet"),
            ),
            id="about",
        )
        yield Label("Given name of the one who came")
        yield TextField(id="given")
        yield Label("Family name")
        yield TextField(id="family")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Starts with the given name."""
        self.query_one("#box", Vertical).border_title = Content("⇄ Substitute")
        self.query_one("#given", TextField).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes on, and checks in from the last field."""
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Goes on to the family name, or checks in."""
        if self.focused is not None and self.focused.id == "given":
            self.query_one("#family", TextField).focus()
        else:
            self.action_replace()

    def action_replace(self) -> None:
        """Gives the names, when both are there."""
        given = clean(self.query_one("#given", TextField).value)
        family = clean(self.query_one("#family", TextField).value)
        if family:
            self.dismiss((given, family))
        else:
            self.query_one("#problem", Static).update(Content("The family name is missing."))
            self.query_one("#family", TextField).focus()
