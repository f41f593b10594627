"""The screen that goes blank after a minute without a key, so that nobody reads a list in passing.

Off until it is switched on, which the device remembers. The cover lies over whatever is open and
takes no focus: a scan goes on to the field it would have reached, and any key or click brings the
screen back.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual import events
from textual.command import CommandPalette
from textual.content import Content
from textual.widget import Widget

from screens.widgets.scan_field import is_text

if TYPE_CHECKING:
    from screens.app import CheckinApp

AFTER = 60.0
"""Seconds without a key after which the screen goes blank."""


class Cover(Widget):
    """Hides a whole screen, and the notes at its edge: they may name somebody."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Cover {
        layer: over; dock: top; width: 100%; height: 100%; background: $background;
        content-align: center middle; text-align: center;
    }
    Screen.-resting Toast { display: none; }
    """

    def __init__(self, rest: Rest) -> None:
        super().__init__()
        self._rest = rest

    def render(self) -> Content:
        return Content.styled("Any key brings the screen back. Scans are taken.", "$quiet")

    def on_click(self) -> None:
        """A click on the cover only takes it away."""
        self._rest.wake()


class Rest:
    """Blanks the screens of one app when it is `on` and nobody pressed a key for `after` seconds.

    It promises that no key of a scan is lost on the way.
    """

    def __init__(self, app: CheckinApp) -> None:
        self._app = app
        self._covers: list[Cover] = []
        self._last = time.monotonic()
        self.on = False
        self.after = AFTER

    @property
    def resting(self) -> bool:
        """Whether the screen is blank."""
        return bool(self._covers)

    def look(self) -> None:
        """Blanks the screen when it is time, and a screen that came on top meanwhile."""
        if not self.on or time.monotonic() - self._last < self.after:
            return
        if isinstance(self._app.screen, CommandPalette):
            # The palette has no room for a cover, and nothing in it is lost.
            self._app.pop_screen()
        screen = self._app.screen
        if not any(cover.parent is screen for cover in self._covers):
            cover = Cover(self)
            self._covers.append(cover)
            self._app.clear_notifications()
            screen.add_class("-resting")
            screen.mount(cover)

    def wakes(self, event: events.Event) -> bool:
        """Takes note of an event and returns whether it was a key that only wakes.

        Keys that a scanner types go on; Enter, arrows, space and the like were meant for nothing
        that anybody could see.
        """
        if not isinstance(event, events.Key | events.Paste | events.MouseDown):
            return False
        self._last = time.monotonic()
        if not self.resting or isinstance(event, events.MouseDown):
            return False
        self.wake()
        return isinstance(event, events.Key) and (not is_text(event) or event.character == " ")

    def wake(self) -> None:
        """Brings the screen back."""
        self._last = time.monotonic()
        for cover in self._covers:
            if isinstance(cover.parent, Widget):
                cover.parent.remove_class("-resting")
            cover.display = False
            cover.remove()
        self._covers.clear()
