"""The last row of every screen: at most seven keys in words, and each can be clicked.

It is made from the bindings that are in force, so it can't promise a key that does nothing.
"""

from __future__ import annotations

from dataclasses import replace

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

MOST = 7
"""Keys shown at once."""

_NAMES = {
    "pagedown": "PgDn", "pageup": "PgUp", "escape": "esc", "question_mark": "?",
    "left": "←", "right": "→", "home": "Home",
}  # fmt: skip
_SIGNS = {"enter": "⏎", "escape": "esc", "question_mark": "?", "up": "↑", "down": "↓"}


class KeyRow(Widget):
    """The keys that matter now."""

    DEFAULT_CSS = """
    KeyRow { height: 1; dock: bottom; background: $panel; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Follows the bindings of the screen it stands on."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        self._places = []
        row = Content(" ")
        for key, binding in _fitting(shown_keys(self.screen), self.content_size.width):
            word = Content.styled(key, "bold $accent") + f" {binding.description}"
            start = row.cell_length + (2 if self._places else 0)
            row = row + "  " + word if self._places else row + word
            self._places.append((start, start + word.cell_length, binding.key))
        return row

    async def on_click(self, event: events.Click) -> None:
        """Presses the key under the pointer."""
        offset = event.get_content_offset(self)
        for start, end, key in self._places:
            if offset is not None and start <= offset.x < end:
                self.app.simulate_key(key)


def _fitting(keys: list[tuple[str, Binding]], width: int) -> list[tuple[str, Binding]]:
    """Returns the first keys that fit into a row, and the way back in any case."""
    back = [each for each in keys if each[1].key == "escape"]
    others = [each for each in keys if each[1].key != "escape"]

    def cells(words: list[tuple[str, Binding]]) -> int:
        lengths = [len(word) + 1 + len(binding.description) for word, binding in words]
        return sum(lengths) + 2 * len(lengths) - 1

    while others and cells(others + back) > width:
        others.pop()
    return others + back


def shown_keys(screen: Screen[object]) -> list[tuple[str, Binding]]:
    """Returns the keys in force that want to be shown: the screen's own first, at most seven.

    Each act once, with the first of its keys; a key that is switched off now is left out. A screen
    may have other words for a key at the moment (`key_words`, by the binding's id; empty: left
    out); those keys stand first, in that order.
    """
    words: dict[str, str] = getattr(screen, "key_words", {})
    found: dict[str, tuple[str, Binding]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        name = binding.id or binding.action
        word = words.get(name, binding.description if binding.show else "")
        if word and active.enabled:
            found.setdefault(name, (key_word(binding), replace(binding, description=word)))
    order = list(words)

    def place(item: tuple[str, Binding]) -> tuple[bool, int]:
        name = item[1].id or ""
        return item[1].key == "escape", order.index(name) if name in words else len(order)

    return sorted(found.values(), key=place)[:MOST]


def key_word(binding: Binding) -> str:
    """How a key is written on the screen: `F2`, `⏎`, `esc`, `ctrl+p`."""
    if binding.key_display:
        return binding.key_display
    if binding.key in _SIGNS:
        return _SIGNS[binding.key]
    *chords, key = binding.key.split("+")
    if key[:1] == "f" and key[1:].isdigit():
        key = key.upper()
    return "+".join((*chords, _NAMES.get(key, key)))
