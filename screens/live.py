"""An area that shows what the event file says, and follows it.

It reads beside the desk's thread, so that no scan waits for a board of five hundred, one reading at
a time, and only while it is in sight: an area behind another reads when it comes back. What it
writes goes through the desk's thread.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from checkin.errors import CheckinError
from screens.base import AreaScreen
from screens.working import begin

Snapshot = TypeVar("Snapshot")
T = TypeVar("T")

LONGEST_PAUSE = 2.0
"""Seconds between two readings at most, however long one takes."""


class LiveArea(AreaScreen, Generic[Snapshot]):
    """An area with a snapshot of the event: `read` takes it, `show` brings it to the screen."""

    _stale = False
    _reading = False

    def read(self) -> Snapshot:
        """Returns what the screen shows; runs in a thread of its own."""
        raise NotImplementedError

    def show(self, snapshot: Snapshot) -> None:
        """Brings `snapshot` to the screen without moving what is under the finger."""
        raise NotImplementedError

    def event_ready(self) -> None:
        """Reads for the first time."""
        self.reload()

    def event_changed(self) -> None:
        """Reads again, now or when the area is back in sight."""
        if self.is_current or self in self.app.screen_stack:
            self.reload()
        else:
            self._stale = True

    def on_screen_resume(self) -> None:
        """Catches up with what happened behind another area."""
        super().on_screen_resume()
        if self._stale and self.checkin.session is not None:
            self.reload()

    def reload(self) -> None:
        """Reads again; while a reading is under way, once more after it."""
        self._stale = True
        if not self._reading:
            begin(self, self._reload, group="reload", exit_on_error=False)

    async def _reload(self) -> None:
        self._reading = True
        try:
            while self._stale:
                self._stale = False
                began = time.monotonic()
                snapshot = await self.asked_beside(self.read)
                if snapshot is not None and self.is_mounted:
                    self.show(snapshot)
                # A burst of arrivals in a large room is not read after each of them.
                await asyncio.sleep(min((time.monotonic() - began) * 2, LONGEST_PAUSE))
        finally:
            self._reading = False

    async def asked_beside(self, job: Callable[[], T]) -> T | None:
        """Runs a long job beside the desk's thread; None when it was refused, which is said."""
        try:
            return await asyncio.to_thread(job)
        except CheckinError as error:
            self.tell(str(error), severity="error")
            return None
