"""The box for two registrations of one person: both side by side, what to ask, and the answers.

Where nothing differs that matters at a door it is one question: Enter yes, Esc no. Else "not now"
is marked at first, so that an Enter too many merges nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
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
from screens.widgets.result_list import state_words
from screens.widgets.shown import joined, shown
from screens.widgets.side_by_side import both, is_all_the_same
from screens.widgets.states import STATES, display_name, read_out, where_from

MOST = 3
"""Registrations offered; more of one name are told apart by typing more."""

YES_OR_NO = "Enter: yes, one person.  Esc: no.\nF7: two people; that is never asked again."
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
        "and one count, and both badges open the door. Where both say the same, Enter is yes, Esc "
        "is no for now, F7 says that they are two people, who are never asked about again. Where "
        "they differ, choose with ↑ ↓, then Enter; ← → choose which registration stays: it keeps "
        "its own text. F8 at the door takes either back."
    )
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "decide", "do what is marked", id="one-person.decide"),
        Binding(
            "left,right", "swap", "the other one stays", id="one-person.swap", key_display="← →"
        ),
        Binding("f7,ctrl+y", "two_people", "two people", id="one-person.apart"),
    ]

    def __init__(self, pairs: Sequence[Twice]) -> None:
        super().__init__()
        self._pairs = list(pairs)[:MOST]
        first = self._pairs[0]
        self._is_plain = len(self._pairs) == 1 and is_all_the_same(first.stays, first.other)

    @property
    def key_words(self) -> dict[str, str]:
        """Of a plain question Enter is the yes and Esc the no."""
        if not self._is_plain:
            return {}
        words = {"one-person.decide": "yes, one person", "one-person.apart": "two people"}
        return words | {"modal.leave": "no"}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing differs it is the same which registration stays."""
        if action == "swap":
            return not self._is_plain
        return super().check_action(action, parameters)

    def compose_box(self) -> ComposeResult:
        yield Static("", id="about")
        if self._is_plain:
            yield Static(Content.styled(YES_OR_NO, "bold $look"), id="ask")
        else:
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
        title = "Ask: did you register twice?"
        if self._is_plain:
            title = f"Did {clean(read_out(self._pairs[0].stays), 40)} register twice?"
        self.query_one("#box", Vertical).border_title = Content(title)
        for choices in self.query(ChoiceList):
            choices.index = len(choices.choices) - 1
            choices.focus()
        self.call_after_refresh(self._show)

    @property
    def _meant(self) -> int:
        if self._is_plain:
            return 0
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
        if self._is_plain:
            about.update(_one(pair, zone))
        else:
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
        """Gives the verdict that is marked, none for later; of a plain question the yes."""
        if self._is_plain:
            self.dismiss(Verdict(same=self._pairs[0]))
            return
        value = self.query_one(ChoiceList).value
        if value == LATER:
            self.dismiss(None)
        elif value == APART:
            self.action_two_people()
        else:
            self.dismiss(Verdict(same=self._pairs[int(value)]))

    def action_two_people(self) -> None:
        """Says that nobody of those shown is the same person."""
        self.dismiss(Verdict(apart=tuple(self._pairs)))


def _one(pair: Twice, zone: tzinfo | None) -> Content:
    """Who is registered twice with the same words, and how each of the two stands."""
    states = (state_words(pair.stays, zone), state_words(pair.other, zone))
    return joined(
        shown(display_name(pair.stays), "bold $strong"),
        "\n",
        shown(where_from(pair.stays)),
        "\n",
        Content.styled("Both registrations say this. ", "$quiet"),
        Content(" · ").join(states),
    )


def _yes(pair: Twice, *, alone: bool) -> str:
    if alone:
        return "Yes, one person (both badges work)"
    sign, word, _ = STATES[pair.other.state]
    place = where_from(pair.other) or display_name(pair.other)
    return f"Yes, one person with {place}, {sign} {word} (both badges work)"
