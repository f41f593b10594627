"""A few ways to go on, one above the other: arrows or a click choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget


class ChoiceList(Widget, can_focus=True):
    """Two lines a choice: what it is, and a quiet word on it."""

    DEFAULT_CSS = """
    ChoiceList { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "up", id="choices.up", show=False),
        Binding("down", "step(1)", "down", id="choices.down", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """A choice was clicked."""

        value: str

    @dataclass
    class Marked(Message):
        """Another choice is marked."""

        value: str

    def __init__(self, choices: Sequence[tuple[str, str, str]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.choices = tuple(choices)
        self.index = 0

    @property
    def value(self) -> str:
        """The value of the marked choice."""
        return self.choices[self.index][0]

    def get_content_height(self, _container: Size, _viewport: Size, _width: int) -> int:
        return len(self.choices) * 3

    def action_step(self, by: int) -> None:
        """Marks the choice above or below; the ends hold."""
        self.index = min(max(self.index + by, 0), len(self.choices) - 1)
        self.refresh()
        self.post_message(self.Marked(self.value))

    def on_click(self, event: events.Click) -> None:
        """Takes the clicked choice."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y // 3 < len(self.choices):
            self.index = offset.y // 3
            self.refresh()
            self.post_message(self.Chosen(self.value))

    def render(self) -> Content:
        lines: list[Content] = []
        for index, (_, word, about) in enumerate(self.choices):
            marked = index == self.index
            sign = Content.styled("▸ ", "bold $accent") if marked else Content("  ")
            lines.append(sign + Content.styled(word, "bold $strong" if marked else ""))
            lines.append(Content.styled(f"  {about}", "$quiet"))
            lines.append(Content(""))
        return Content("\n").join(lines)
