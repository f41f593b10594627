"""The form for a supervisor's word: admits somebody whom the door has just refused.

It asks who admits and why, and gives both; whether that is enough is the door's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Label, Static

from screens.form import Form, about
from screens.widgets.shown import joined, shown
from screens.widgets.states import answer_look, display_name
from screens.widgets.text_field import TextField

if TYPE_CHECKING:
    from checkin.door.answers import Answer
    from checkin.people import Person


class SupervisorForm(Form[tuple[str, str]]):
    """Asks who admits `people` against `answer`, and why; gives both, or None."""

    HELP = (
        "For a supervisor only: admits somebody whom the door refused. Say who admits and why; "
        "both are kept with the entry. Without them nobody is admitted, and Esc leaves all as it "
        "is."
    )
    TITLE_WORDS = "Admit all the same"
    FIRST, LAST = "who", "why"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then admit", id="supervisor.next"),
        Binding("f7,ctrl+s", "send", "admit now", id="supervisor.admit"),
    ]

    def __init__(self, answer: Answer, people: Sequence[Person]) -> None:
        super().__init__()
        self._answer, self._people = answer, people

    def compose_fields(self) -> ComposeResult:
        sign, heading, mood = answer_look(self._answer)
        refused = joined(
            Content.styled(f"{sign} {heading}  ", f"bold ${mood}"),
            shown(self._answer.next if self._answer.not_in else self._answer.say),
        )
        if len(self._people) == 1:
            yield about(self._people[0], after=refused)
        else:
            names = ", ".join(display_name(person) for person in self._people)
            yield Static(joined(shown(names, "bold"), "\nThe word is kept with each of them."))
        yield Label("Who admits")
        yield TextField(placeholder="name of the supervisor", id="who")
        yield Label("Why")
        yield TextField(placeholder="a few words, kept with the entry", id="why")

    def action_send(self) -> None:
        """Gives who and why, when both are there."""
        who, why = self.text("who"), self.text("why")
        if not who:
            self.lacks("who", "Who admits is missing.")
        elif not why:
            self.lacks("why", "The reason is missing.")
        else:
            self.dismiss((who, why))
