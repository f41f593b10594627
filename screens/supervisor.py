"""The form for a supervisor's word: admits somebody whom the door has just refused.

It asks who admits and why, and gives both; whether that is enough is the door's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from checkin.text import clean
from screens.base import BaseModal
from screens.widgets.shown import joined, shown
from screens.widgets.states import answer_look, display_name, where_from
from screens.widgets.text_field import TextField

if TYPE_CHECKING:
    from checkin.door.answers import Answer
    from checkin.people import Person


class SupervisorForm(BaseModal[tuple[str, str]]):
    """Asks who admits `person` against `answer`, and why; gives both, or None."""

    HELP = (
        "For a supervisor only: admits somebody whom the door refused. Say who admits and why; "
        "both are kept with the entry. Without them nobody is admitted, and Esc leaves all as it "
        "is."
    )
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then admit", id="supervisor.next"),
        Binding("f7,ctrl+s", "admit", "admit now", id="supervisor.admit"),
        Binding("down", "app.focus_next", "next field", id="supervisor.down", show=False),
        Binding("up", "app.focus_previous", "field before", id="supervisor.up", show=False),
    ]

    def __init__(self, answer: Answer, person: Person) -> None:
        super().__init__()
        self._answer, self._person = answer, person

    def compose_box(self) -> ComposeResult:
        sign, heading, mood = answer_look(self._answer)
        yield Static(
            joined(
                shown(display_name(self._person), "bold"),
                "\n",
                shown(where_from(self._person), "$quiet"),
                "\n",
                Content.styled(f"{sign} {heading}  ", f"bold ${mood}"),
                shown(self._answer.say),
            ),
            id="about",
        )
        yield Label("Who admits")
        yield TextField(placeholder="name of the supervisor", id="who")
        yield Label("Why")
        yield TextField(placeholder="a few words, kept with the entry", id="why")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Starts with the supervisor's name."""
        self.query_one("#box", Vertical).border_title = Content("Admit all the same")
        self.query_one("#who", TextField).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes on, and admits from the last field."""
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Goes on to the reason, or admits."""
        if self.focused is not None and self.focused.id == "who":
            self.query_one("#why", TextField).focus()
        else:
            self.action_admit()

    def action_admit(self) -> None:
        """Gives who and why, when both are there."""
        value = {
            name: clean(self.query_one(f"#{name}", TextField).value) for name in ("who", "why")
        }
        for name, missing in (("who", "Who admits is missing."), ("why", "The reason is missing.")):
            if not value[name]:
                self.query_one("#problem", Static).update(Content(missing))
                self.query_one(f"#{name}", TextField).focus()
                return
        self.dismiss((value["who"], value["why"]))
