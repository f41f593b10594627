"""The box for two registrations of one person: both side by side, what to ask, and the answers.

"Not now" is marked at first, so that an Enter too many merges nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.door.registered_twice import Twice
from checkin.text import clean
from screens.base import BaseModal
from screens.widgets.choice_list import ChoiceList
from screens.widgets.side_by_side import both
from screens.widgets.states import STATES, display_name, where_from

MOST = 3
"""Registrations offered; more of one name are told apart by typing more."""

LATER = "later"
APART = "apart"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was said of registrations: those of `same` are one person, those of `apart` are not."""

    same: Twice | None = None
    apart: tuple[Twice, ...] = ()


class OnePersonBox(BaseModal[Verdict]):
    """Asks whether each of `pairs`, which share one registration, is one person; gives the verdict,
    or None."""

    HELP = (
        "Ask the person: did you register twice? Two registrations of one person become one card "
        "and one count, and both badges open the door; then Enter checks in. Choose with ↑ ↓, then "
        "Enter. ← → choose which registration stays: it keeps its own text. Two people are never "
        "asked about again. F8 at the door takes either back."
    )
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "decide", "do what is marked", id="one-person.decide"),
        Binding(
            "left,right", "swap", "the other one stays", id="one-person.swap", key_display="← →"
        ),
    ]

    def __init__(self, pairs: Sequence[Twice]) -> None:
        super().__init__()
        self._pairs = list(pairs)[:MOST]

    def compose_box(self) -> ComposeResult:
        yield Static("", id="about")
        yield ChoiceList(self._choices())

    def _choices(self) -> list[tuple[str, str, str]]:
        same = [
            (
                str(place),
                clean(_yes(pair, alone=len(self._pairs) == 1)),
                clean(pair.why or "The name is nearly the same; the rest differs."),
            )
            for place, pair in enumerate(self._pairs)
        ]
        return [
            *same,
            (APART, "No, two people", "They are never taken for one again."),
            (LATER, "Not now", "Nothing changes; nobody knows yet."),
        ]

    def on_mount(self) -> None:
        """Starts where nothing happens."""
        self.query_one("#box", Vertical).border_title = Content("Ask: did you register twice?")
        choices = self.query_one(ChoiceList)
        choices.index = len(choices.choices) - 1
        choices.focus()
        self.call_after_refresh(self._show)

    @property
    def _meant(self) -> int:
        value = self.query_one(ChoiceList).value
        return int(value) if value.isdigit() else 0

    def on_choice_list_marked(self) -> None:
        """Another choice, and with several registrations another pair on the card."""
        self._show()

    def on_choice_list_chosen(self) -> None:
        """A click marks; Enter is the word."""
        self._show()

    def _show(self) -> None:
        pair = self._pairs[self._meant]
        about = self.query_one("#about", Static)
        session = self.checkin.session
        zone = session.settings.zone if session is not None else None
        about.update(both(pair.stays, pair.other, about.size.width or 60, zone))

    def on_resize(self) -> None:
        """The card is as wide as the box."""
        self.call_after_refresh(self._show)

    def action_swap(self) -> None:
        """Lets the other registration stay."""
        pair = self._pairs[self._meant]
        self._pairs[self._meant] = replace(pair, stays=pair.other, other=pair.stays)
        self._show()

    def action_decide(self) -> None:
        """Gives the verdict that is marked; none for later."""
        value = self.query_one(ChoiceList).value
        if value == LATER:
            self.dismiss(None)
        elif value == APART:
            self.dismiss(Verdict(apart=tuple(self._pairs)))
        else:
            self.dismiss(Verdict(same=self._pairs[int(value)]))


def _yes(pair: Twice, *, alone: bool) -> str:
    if alone:
        return "Yes, one person (both badges work)"
    sign, word, _ = STATES[pair.other.state]
    place = where_from(pair.other) or display_name(pair.other)
    return f"Yes, one person with {place}, {sign} {word} (both badges work)"
