"""The box for two registrations of one person: who stays, which one goes into theirs, and a word.

Nothing is chosen at first but to keep both, so that an Enter too many merges nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.people import Person
from checkin.text import clean
from screens.base import BaseModal
from screens.widgets.choice_list import ChoiceList
from screens.widgets.shown import joined, shown
from screens.widgets.states import STATES, display_name, where_from

MOST = 3
"""Registrations offered; more of one name are told apart by typing more."""

KEEP_BOTH = ""


class OnePersonBox(BaseModal[str]):
    """Asks which of `others` is `person` again; gives that registration's id, or None."""

    HELP = (
        "Two registrations of one person become one card and one count, and both badges open the "
        "door. Choose with ↑ ↓ the registration that goes into the one on top, then Enter; the "
        "one on top keeps its own text. F8 at the door takes it back."
    )
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "merge", "take the marked one", id="one-person.merge"),
    ]

    def __init__(self, person: Person, others: Sequence[Person]) -> None:
        super().__init__()
        self._person = person
        self._others = tuple(others)[:MOST]

    def compose_box(self) -> ComposeResult:
        yield Static(
            joined(
                shown(display_name(self._person), "bold"),
                f" stays, {_state(self._person)}\n",
                shown(where_from(self._person), "$quiet"),
            ),
            id="about",
        )
        yield ChoiceList(
            [
                (KEEP_BOTH, "Keep both", "They are two people, or nobody knows yet."),
                *(
                    (
                        other.id,
                        clean(f"The same person: {display_name(other)}, {_state(other)}"),
                        clean(f"{where_from(other)} · {other.code}"),
                    )
                    for other in self._others
                ),
            ]
        )

    def on_mount(self) -> None:
        """Starts where nothing happens."""
        self.query_one("#box", Vertical).border_title = Content("One person, registered twice?")
        self.query_one(ChoiceList).focus()

    def on_choice_list_chosen(self) -> None:
        """A click marks; Enter is the word."""

    def action_merge(self) -> None:
        """Gives the marked registration; none when both are kept."""
        self.dismiss(self.query_one(ChoiceList).value or None)


def _state(person: Person) -> str:
    sign, word, _ = STATES[person.state]
    return f"{sign} {word}"
