"""The points of the score: what each is given for in a line, changed one by one, and put back.

What the new points would do to those who sit stands below before anything is saved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from checkin.event.settings import EventSettings
from checkin.tables.room import Weights
from checkin.tables.weighing import DEFAULT_WEIGHTS, EXPLAINED, HEAVIEST, TERMS
from screens.event_forms import FieldError, SettingsBox
from screens.widgets.text_field import TextField

_GROUPS = {
    "every round": "In every round",
    "with your territory": "Rounds with your territory",
    "meet new people": "Rounds to meet new people",
}


class PointsForm(SettingsBox):
    """Asks for the points of each term; gives the settings with them, or None."""

    TITLE_WORDS = "What costs points; fewer are better"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7,ctrl+t", "usual", "usual here", id="points.usual"),
        Binding("f8,ctrl+y", "all_usual", "all as usual", id="points.all-usual"),
    ]
    HELP = (
        "Plans, the door, repairs and the board count with these points; seats, closed tables, "
        "pins, step-free needs, together and apart are never traded for points. 0 means that it "
        "does not count. F7 puts the usual number back in this line, F8 in all of them, F2 saves. "
        "Below stands what would become of the points of those who sit."
    )

    def compose_fields(self) -> ComposeResult:
        for rounds, heading in _GROUPS.items():
            yield Static(Content.styled(heading, "bold"), classes="group")
            for each in EXPLAINED:
                if each.rounds != rounds:
                    continue
                with Horizontal(classes="points"):
                    yield Label(f"  {each.costs}")
                    value = getattr(self._settings.weights, each.term)
                    yield TextField(str(value), longest=5, id=each.term)
                    usual = getattr(DEFAULT_WEIGHTS, each.term)
                    yield Static(f"usual {usual}", id=f"usual-{each.term}", classes="usual")

    def on_mount(self) -> None:
        """Marks what is not as usual."""
        super().on_mount()
        self._mark()

    def on_input_changed(self, message: TextField.Changed) -> None:
        """Marks what is not as usual, and says what it would do."""
        super().on_input_changed(message)
        self._mark()

    def _mark(self) -> None:
        for term, text in self.texts.items():
            usual = getattr(DEFAULT_WEIGHTS, term)
            other = text.strip() != str(usual)
            words = f"≠ usual {usual}" if other else f"  usual {usual}"
            label = self.query_one(f"#usual-{term}", Static)
            label.update(Content.styled(words, "bold $look" if other else "$quiet"))

    def read_fields(self) -> EventSettings:
        """Returns the settings with the points as the fields say."""
        texts = self.texts
        points = {}
        for term in TERMS:
            text = texts[term].strip()
            if not text.isdecimal() or int(text) > HEAVIEST:
                raise FieldError(term, f"Write a whole number here, from 0 to {HEAVIEST}.")
            points[term] = int(text)
        return replace(self._settings, weights=Weights(**points))

    def action_usual(self) -> None:
        """Puts the usual number back where the cursor is."""
        field = self.focused
        if isinstance(field, TextField) and field.id:
            _put(field)

    def action_all_usual(self) -> None:
        """Puts the usual numbers back everywhere."""
        for field in self.query(TextField):
            _put(field)


def _put(field: TextField) -> None:
    field.value = str(getattr(DEFAULT_WEIGHTS, field.id or ""))
    field.cursor_position = len(field.value)
