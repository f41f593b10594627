"""A choice of printer queues: all in sight where there is room, else the chosen one in full.

Names of queues are long and there may be hundreds: the arrows step through them, and which of how
many it is stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message

from screens.widgets.one_of import OneOf

_ROOM_BESIDE = 20
"""Cells taken by the arrows and by which of how many it is."""


class QueueChoice(OneOf):
    """One of the queues; says when another is chosen."""

    @dataclass
    class Chosen(Message):
        """Another queue was chosen."""

        value: str

    def render(self) -> Content:
        if self._all_fit:
            return super().render()
        values = [value for value, _ in self.choices]
        place = values.index(self.value)
        word = self.choices[place][1]
        room = max(self.size.width - _ROOM_BESIDE, 8)
        if len(word) > room:
            word = f"{word[: room - room // 3 - 1]}…{word[-(room // 3) :]}"
        chosen = "bold reverse" if self.has_focus else "bold $strong"
        return Content.assemble(
            ("◂ " if place else "  ", "$quiet"),
            Content.styled(f"● {word} ", chosen),
            (" ▸" if place < len(values) - 1 else "  ", "$quiet"),
            (f"  {place + 1} of {len(values)}", "$quiet"),
        )

    @property
    def _all_fit(self) -> bool:
        return sum(len(word) + 4 for _, word in self.choices) - 1 <= self.size.width

    def action_step(self, by: int) -> None:
        """Chooses the next queue, or the one before, and says so."""
        super().action_step(by)
        self.post_message(self.Chosen(self.value))

    def on_click(self, event: events.Click) -> None:
        """Chooses the clicked queue; where one is in sight, a click steps on, one on ◂ back."""
        event.prevent_default()
        if self._all_fit:
            super().on_click(event)
            self.post_message(self.Chosen(self.value))
        else:
            offset = event.get_content_offset(self)
            if offset is not None:
                self.action_step(-1 if offset.x < 2 else 1)
