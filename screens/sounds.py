"""What the terminal's bell says: once for a welcome, twice for “look at me”, never for the rest.

A terminal knows one sound, so the number tells them apart. Nothing waits for a sound, and a burst
of scans does not pile sounds up: while one is heard, another of its kind says nothing new.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.app import CheckinApp

BETWEEN = 0.15
"""Seconds between the two rings of “look at me”."""

_LOOKS = frozenset({"look", "stop"})


class Bells:
    """Rings the bell of one app as far as its device wants to hear it."""

    def __init__(self, app: CheckinApp) -> None:
        self._app = app
        self._heard_until = 0.0
        self._looking_until = 0.0

    def answer(self, mood: str) -> None:
        """Rings for an answer in its mood."""
        if mood in _LOOKS:
            self.look()
        elif mood == "good":
            self.welcome()

    def welcome(self) -> None:
        """One ring, when all sounds are wanted."""
        now = time.monotonic()
        if self._app.this_device.sounds == "all" and now >= self._heard_until:
            self._heard_until = now + BETWEEN
            self._app.bell()

    def look(self) -> None:
        """Two rings, unless silence is wanted; they go before a welcome that is heard."""
        now = time.monotonic()
        if self._app.this_device.sounds != "none" and now >= self._looking_until:
            self._looking_until = self._heard_until = now + 2 * BETWEEN
            self._app.bell()
            self._app.set_timer(BETWEEN, self._app.bell)
