"""The form for somebody who comes in a colleague's place."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Label

from checkin.people import Person
from screens.form import Form, about
from screens.widgets.text_field import TextField


class SubstituteForm(Form[tuple[str, str]]):
    """Asks who comes in place of `person`; gives given and family name, or None."""

    HELP = (
        "Somebody comes in a colleague's place. Write the name of the one who came; the "
        "colleague's badge is answered as replaced from then on."
    )
    TITLE_WORDS = "⇄ Substitute"
    FIRST, LAST = "given", "family"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then check in", id="substitute.next"),
        Binding("f3,ctrl+s", "send", "check in now", id="substitute.replace"),
    ]

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person

    def compose_fields(self) -> ComposeResult:
        yield about(self._person, "In place of ")
        yield Label("Given name")
        yield TextField(id="given")
        yield Label("Family name")
        yield TextField(id="family")

    def action_send(self) -> None:
        """Gives the names, when the family name is there."""
        if self.text("family"):
            self.dismiss((self.text("given"), self.text("family")))
        else:
            self.lacks("family", "The family name is missing.")
