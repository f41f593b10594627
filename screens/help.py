"""Help for what has the focus: a few sentences, then the keys that are in force, in words.

Over a box these are the box's own keys; elsewhere those that every screen has stand below them.
"""

from __future__ import annotations

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from screens.base import BaseModal
from screens.palette import is_act
from screens.widgets.key_row import key_word, shown_keys

_TWINS = frozenset(f"f{number}" for number in range(13, 25))
"""Names under which a terminal sends a key that is listed already."""

_ANYWHERE = (
    ("F6", "the next area; shift+F6 the one before"),
    ("ctrl+home", "the door, from every area"),
    ("F9", "roll call, on every screen"),
    ("ctrl+p", "everything the program can do, by its name"),
    ("ctrl+q", "quit"),
)


def topic_of(screen: Screen[object]) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Returns the title, the sentences and the keys (key, words) that help on `screen` now."""
    title = _title_of(screen)
    keys: dict[str, list[str]] = {}
    ids: dict[str, str] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if (
            active.enabled
            and binding.description
            and is_act(binding.id)
            and binding.key not in _TWINS
        ):
            keys.setdefault(binding.description, []).append(key_word(binding))
            ids.setdefault(binding.description, binding.id or "")
    first = [binding.id for _, binding in shown_keys(screen)]

    def place(what: str) -> tuple[bool, int]:
        """Those of the last row come first, in its order; the way back comes last."""
        known = ids[what] in first
        return keys[what][0] == "esc", first.index(ids[what]) if known else len(first)

    rows = [(" or ".join(dict.fromkeys(keys[what][:2])), what) for what in sorted(keys, key=place)]
    listed = {key.split(" or ")[0] for key, _ in _ANYWHERE}
    if not isinstance(screen, ModalScreen):
        rows = [row for row in rows if row[0].split(" or ")[0] not in listed] + [*_ANYWHERE]
    words = getattr(screen, "HELP", "")
    focused = screen.focused
    widget_help = getattr(focused, "HELP", "") or ""
    return title, f"{words} {widget_help}".strip(), tuple(rows)


def _title_of(screen: Screen[object]) -> str:
    """The words that stand over a box; else what the screen is called."""
    for box in screen.query("#box"):
        if box.border_title:
            return Content.from_markup(box.border_title).plain
    name = type(screen).__name__
    for ending in ("Screen", "Form", "List", "Box"):
        name = name.removesuffix(ending)
    return re.sub(r"(?<=[a-z])[A-Z]", lambda found: f" {found.group().lower()}", name)


class HelpScreen(BaseModal[None]):
    """Shows help over the screen it is about."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "leave", "back", id="help.leave", priority=True),
    ]

    def __init__(self, topic: tuple[str, str, tuple[tuple[str, str], ...]]) -> None:
        super().__init__()
        self._title, self._words, self._rows = topic

    def compose_box(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Static(self._words, markup=False, id="words")
            yield Static(self._table(), id="keys")

    def on_mount(self) -> None:
        """Names what the help is about, and says as long as there is more of it below."""
        self.query_one("#box", Vertical).border_title = Content(f"Help: {self._title}")
        self.watch(self.query_one("#help"), "scroll_y", self._tell_more, init=False)

    def on_resize(self) -> None:
        """More or less of it is out of sight."""
        self.call_after_refresh(self._tell_more)

    def _tell_more(self) -> None:
        words = self.query_one("#help", VerticalScroll)
        below = words.max_scroll_y - round(words.scroll_offset.y)
        more = Content.styled(f"↓ {below} more lines: keys", "bold $accent") if below > 0 else None
        self.query_one("#box", Vertical).border_subtitle = more

    def _table(self) -> Content:
        lines = [Content.styled(f"{key:<22}", "bold $accent") + what for key, what in self._rows]
        return Content("\n").join(lines)
