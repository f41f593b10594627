"""Whether an Enter is an answer to a question, or the key that asked it, coming once more.

A yes to "is it this person?" is given by Enter, and Enter is also what bounces, what a scanner adds
twice and what a hand in a hurry taps twice. Only an Enter that comes after the question could be
read counts, and none of a key that is held down.
"""

from __future__ import annotations

import time
from collections.abc import Callable

READ = 0.7
"""Seconds from the painted question until an Enter may be an answer to it."""

HELD = 0.25
"""Seconds between two Enters below which they come from one key held down or bouncing."""


class Bounce:
    """The time of one question. `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._painted: float | None = None
        self._last = float("-inf")

    def asked(self) -> None:
        """A question is about to be painted: no Enter is an answer yet."""
        self._painted = None

    def painted(self) -> None:
        """The question can be read from now on."""
        self._painted = self.clock()

    def is_answer(self) -> bool:
        """Takes note of an Enter; returns whether it is an answer."""
        now = self.clock()
        last, self._last = self._last, now
        return self._painted is not None and now - self._painted >= READ and now - last >= HELD
