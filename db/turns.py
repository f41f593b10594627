"""Turns at writing, so that no desk starves while others hammer the same event file.

SQLite lets whoever asks at the right moment in, and those who wait ask ever more rarely: eight busy
processes kept one of them waiting for 12 seconds. Here they queue at a lock that the system gives
in order. It is a courtesy only: SQLite's own lock decides, with or without a turn.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if os.name == "posix":
    import fcntl

PATIENCE: Final = 2.0
"""Seconds after which a turn is not waited for any longer: its holder may be suspended."""


class Turns:
    """The turns of one process at writing to one file.

    The lock is on the file's folder: nothing has to be made for it, and a handle on the event file
    itself would drop SQLite's locks when closed. Where folders can't be locked there are no turns.
    """

    def __init__(self, path: Path) -> None:
        self._folder = path.parent
        self._kept: list[int] = []
        """The handle that was locked last, while nobody of this process writes."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for a turn, `PATIENCE` at the most, and keeps it for the block."""
        place = _Place(self._handle())
        try:
            place.wait()
            yield
        finally:
            self._keep(place.leave())

    def close(self) -> None:
        """Lets go of the folder."""
        while self._kept:
            os.close(self._kept.pop())

    def _handle(self) -> int | None:
        if os.name != "posix":
            return None
        try:
            return self._kept.pop()
        except IndexError:
            pass
        try:
            return os.open(self._folder, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            # SQLite will say what is wrong with the folder.
            return None

    def _keep(self, handle: int | None) -> None:
        # Each writing thread needs its own: one handle is never locked against itself.
        if handle is not None and self._kept:
            os.close(handle)
        elif handle is not None:
            self._kept.append(handle)


class _Place:
    """A place in the queue at one folder; one for each write."""

    def __init__(self, handle: int | None) -> None:
        self._guard = threading.Lock()
        self._left = False
        self._handle = handle

    def wait(self) -> None:
        if self._handle is None:
            return
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Only a lock that is waited for is given in order; only a thread can be left waiting.
            waiting = threading.Thread(target=self._queue, args=(self._handle,), daemon=True)
            waiting.start()
            waiting.join(PATIENCE)
            if waiting.is_alive():
                self._give_up()
        except OSError:
            return

    def _queue(self, handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:
            return
        finally:
            with self._guard:
                if self._left:
                    os.close(handle)
                self._left = True

    def _give_up(self) -> None:
        """Leaves the handle to the thread that still waits with it."""
        with self._guard:
            if not self._left:
                self._left = True
                self._handle = None

    def leave(self) -> int | None:
        """Lets the next one have its turn; returns the handle, None when it was given away."""
        if self._handle is not None:
            with suppress(OSError):
                fcntl.flock(self._handle, fcntl.LOCK_UN)
        return self._handle
