"""A choice of one among a few words, all of them in sight: arrows or a click choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget


class OneOf(Widget, can_focus=True):
    """The words on one line; `value` is the chosen one. `choices` are pairs of value and word."""

    DEFAULT_CSS = """
    OneOf { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "choose", id="one-of.before", key_display="← →"),
        Binding("right,space", "step(1)", "next", id="one-of.next", show=False),
    ]

    def __init__(
        self, choices: Sequence[tuple[str, str]], value: str, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.choices = tuple(choices)
        self.value = value
        self.said = False
        """Whether somebody chose, and not the program."""

    def render(self) -> Content:
        chosen = "bold reverse" if self.has_focus else "bold $strong"
        return Content(" ").join(
            Content.styled(f"● {word} ", chosen)
            if value == self.value
            else Content.styled(f"○ {word} ", "$quiet")
            for value, word in self.choices
        )

    def guess(self, value: str) -> None:
        """Proposes `value`, unless somebody chose already."""
        if not self.said and value != self.value:
            self.value = value
            self.refresh()

    def offer(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        """Offers other choices; what somebody chose meanwhile stays chosen."""
        first = self.choices[0][0] if self.choices else ""
        values = [each for each, _ in choices]
        if self.value == first or self.value not in values:
            self.value = value
        self.choices = tuple(choices)
        self.refresh()

    def action_step(self, by: int) -> None:
        """Chooses the next word, or the one before; the ends hold."""
        values = [value for value, _ in self.choices]
        place = min(max(values.index(self.value) + by, 0), len(values) - 1)
        self.value = values[place]
        self.said = True
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Chooses the clicked word."""
        offset = event.get_content_offset(self)
        column = 0
        for value, word in self.choices:
            if offset is not None and column <= offset.x < column + len(word) + 3:
                self.value = value
                self.said = True
            column += len(word) + 4
        self.refresh()
