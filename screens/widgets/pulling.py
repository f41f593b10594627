"""Pulling with the mouse: a row is held, carried and let go over something else.

A widget says what can be pulled at a place; the screen says what happens where it is let go.
Nothing is moved by pulling alone, and whatever can be pulled can be done with keys as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from textual import events
from textual.errors import NoWidget
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget


@dataclass
class Pulled(Message):
    """Something is being carried and is now at this place of the screen."""

    item: object
    at: Offset


@dataclass
class Dropped(Message):
    """Something was carried and let go at this place of the screen."""

    item: object
    at: Offset


class Pulls:
    """What a widget whose rows can be pulled has; `pullable` is the widget's own."""

    _held: object | None = None
    _from: Offset | None = None
    _carried = False

    pulled = False
    """Whether the mouse was let go after it had carried something; its click means nothing then."""

    def pullable(self, at: Offset) -> object | None:
        """Returns what can be pulled at a place of the widget's content; None where nothing."""
        raise NotImplementedError

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Holds what is under the pointer."""
        offset = event.get_content_offset(cast("Widget", self))
        self._held = self.pullable(offset) if offset is not None and event.button == 1 else None
        if self._held is not None:
            self._from, self._carried = event.screen_offset, False
            cast("Widget", self).capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Carries what is held, from the first cell on."""
        if self._held is None or self._from is None:
            return
        if event.screen_offset != self._from or self._carried:
            self._carried = True
            cast("Widget", self).post_message(Pulled(self._held, event.screen_offset))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Lets go."""
        held, carried = self._held, self._carried
        self._held, self._carried = None, False
        self.pulled = held is not None and carried
        if held is not None:
            cast("Widget", self).release_mouse()
            if carried:
                cast("Widget", self).post_message(Dropped(held, event.screen_offset))

    def on_click(self, event: events.Click) -> None:
        """Whoever carries something and brings it back has changed their mind: nothing opens."""
        if self.pulled:
            event.stop()
            event.prevent_default()


def under(screen: Screen[Any], at: Offset) -> Widget | None:
    """Returns the widget at a place of a screen, in sight or under a box; None where nothing is."""
    try:
        return screen.get_widget_at(at.x, at.y)[0]
    except NoWidget:
        return None
