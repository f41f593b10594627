"""Help for what has the focus: a few sentences, then the keys that are in force, in words."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from screens.base import BaseModal
from screens.palette import is_act
from screens.widgets.key_row import key_word

_SENTENCES: dict[str, str] = {
    "DoorScreen": (
        "Scan a badge at any time, on any screen. Or type part of a name, an authority or a city,"
        " in any order and without accents; ↑ ↓ choose, Enter checks in the marked person. Two "
        "people of the same name are never chosen for you. The large answer says where to go; F8 "
        "takes the last act back. Nobody has to wait: what is scanned meanwhile is answered in "
        "order."
    ),
    "WalkInForm": (
        "For somebody who is not on the list. Both names and the authority are enough; Enter goes"
        " to the next field, F2 registers at once. ← → choose the level. A badge scanned "
        "meanwhile is answered and does not disturb the form."
    ),
    "SubstituteForm": (
        "Somebody comes in a colleague's place. Write the name of the one who came; the "
        "colleague's badge is answered as replaced from then on."
    ),
    "GroupList": (
        "Everyone of one authority. Those who are due are ticked; space changes a tick, Enter "
        "checks all ticked people in as one act, and F8 at the door undoes them as one."
    ),
    "RollCallScreen": (
        "Everyone who is inside now, those who need assistance first. Space says present and goes"
        " on; who is missing stays on top. F5 writes the list as a PDF."
    ),
    "RosterScreen": (
        "Import a registration list: give its path, look at the preview, change a column where the "
        "guess is wrong, then store. Nothing is written before that."
    ),
    "BadgesScreen": "Choose whose badges to print; the right side shows a badge as it will look.",
    "TablesScreen": (
        "One card a table. Choose a table to see its people; moving somebody shows the price "
        "first. Nobody who sits is moved by the program."
    ),
    "ExercisesScreen": "The collective exercises: steps, timers, ballots and what they tell.",
    "EventScreen": "The event itself: its settings, backup, proof of the journal, exports.",
    "FirstRun": "Begin with the demo, or make an event, or open an event file.",
}

_TWINS = frozenset({"f18"})
"""Names under which a terminal sends a key that is listed already."""

_ANYWHERE = (
    ("F6", "the next area; shift+F6 the one before"),
    ("F9", "roll call, on every screen"),
    ("ctrl+p", "everything the program can do, by its name"),
    ("ctrl+q", "quit"),
)


def topic_of(screen: Screen[object]) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Returns the title, the sentences and the keys (key, words) that help on `screen` now."""
    name = type(screen).__name__
    title = name.removesuffix("Screen").removesuffix("Form").removesuffix("List")
    keys: dict[str, list[str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if (
            active.enabled
            and binding.description
            and is_act(binding.id)
            and binding.key not in _TWINS
        ):
            keys.setdefault(binding.description, []).append(key_word(binding))
    rows = tuple((" or ".join(dict.fromkeys(words[:2])), what) for what, words in keys.items())
    words = getattr(screen, "HELP", "") or _SENTENCES.get(name, "")
    focused = screen.focused
    widget_help = getattr(focused, "HELP", "") or ""
    return title, f"{words} {widget_help}".strip(), rows


class HelpScreen(BaseModal[None]):
    """Shows help over the screen it is about."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,enter", "leave", "back", id="help.leave", priority=True),
    ]

    def __init__(self, topic: tuple[str, str, tuple[tuple[str, str], ...]]) -> None:
        super().__init__()
        self._title, self._words, self._rows = topic

    def compose_box(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Static(self._words, markup=False, id="words")
            yield Static(self._table(), id="keys")

    def on_mount(self) -> None:
        """Names what the help is about."""
        self.query_one("#box", Vertical).border_title = Content(f"Help: {self._title}")

    def _table(self) -> Content:
        rows = [row for row in self._rows if row[0] not in {key for key, _ in _ANYWHERE}]
        lines = [
            Content.styled(f"{key:<22}", "bold $accent") + what for key, what in (*rows, *_ANYWHERE)
        ]
        return Content("\n").join(lines)
