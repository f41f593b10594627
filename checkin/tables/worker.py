"""A search in another process: progress, the best so far at any moment, and cancel.

A thread would make the screen stutter, so `SearchJob.start` runs a search (`plan`, `mix`,
`improve`: any generator function of this package) in a fresh Python process, the same way on every
platform. The caller looks in with `latest` as often as it likes; nothing here waits unless it is
asked to. The process ends by itself when the search is over, when it is cancelled, or when its
parent is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from typing import Any

SEND_EVERY = 0.1
"""Seconds between two reports to the caller, at least."""


class SearchJob:
    """A running search. Use it from one thread; call `cancel` when nobody wants the result."""

    def __init__(self, process: SpawnProcess, connection: Connection) -> None:
        self._process = process
        self._connection = connection
        self._latest: Any = None
        self._failure = ""
        self._over = False

    @classmethod
    def start(cls, search: Callable[..., Iterator[Any]], *given: Any, **named: Any) -> SearchJob:
        """Starts `search(*given, **named)`: a module's function, and arguments that pickle."""
        # Imported here: it costs more than the whole engine, and only searches need it.
        from multiprocessing import get_context

        context = get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(
            target=_work, args=(theirs, search, given, named), daemon=True, name="seating-search"
        )
        with _own_stderr():
            process.start()
        theirs.close()
        return cls(process, ours)

    def latest(self) -> Any:
        """Returns the newest report that has come, None before the first; never waits.

        Raises RefusedError with a sentence when the search failed.
        """
        while not self._over and self._connection.poll():
            self._take()
        if self._failure:
            from checkin.errors import RefusedError

            raise RefusedError(self._failure)
        return self._latest

    @property
    def over(self) -> bool:
        """Whether the search has ended, with a result, cancelled or failed."""
        while not self._over and self._connection.poll():
            self._take()
        return self._over

    def result(self) -> Any:
        """Waits for the end and returns the last report."""
        while not self._over:
            self._take()
        return self.latest()

    def cancel(self) -> Any:
        """Stops the search and returns the best so far, None when there was no report yet."""
        found = self.latest()
        if not self._over:
            self._end()
        return found

    def _take(self) -> None:
        """Receives one message; the end of the pipe is the end of the search."""
        try:
            kind, content = self._connection.recv()
        except (EOFError, OSError):
            if self._latest is None and not self._failure:
                self._failure = "The search ended without a result; try it again."
            self._end()
            return
        if kind == "report":
            self._latest = content
        elif kind == "failed":
            self._failure = content
            self._end()
        else:
            self._end()

    def _end(self) -> None:
        self._over = True
        self._connection.close()
        if self._process.is_alive():
            self._process.terminate()
        self._process.join()
        self._process.close()


@contextmanager
def _own_stderr() -> Iterator[None]:
    """Puts the real standard error back for the block.

    A terminal toolkit replaces it by an object without a file, and `multiprocessing` hands the
    file's number on to what it starts.
    """
    import sys

    shown, sys.stderr = sys.stderr, sys.__stderr__
    try:
        yield
    finally:
        sys.stderr = shown


def _work(
    connection: Connection,
    search: Callable[..., Iterator[Any]],
    given: tuple[Any, ...],
    named: dict[str, Any],
) -> None:
    """The other process: sends reports now and then, always the last one, then the end."""
    import signal
    from time import monotonic

    # Ctrl+C in the terminal is the app's business; it cancels the search in its own way.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sent = 0.0
    report = None
    try:
        for report in search(*given, **named):
            if monotonic() - sent >= SEND_EVERY:
                connection.send(("report", report))
                sent, report = monotonic(), None
        if report is not None:
            connection.send(("report", report))
        connection.send(("over", None))
    except OSError:
        # The caller is gone: nobody is left to tell.
        return
    except Exception as error:  # noqa: BLE001 - whatever it was, the caller must hear of it
        connection.send(("failed", f"The search failed ({type(error).__name__}: {error})."))
    finally:
        connection.close()
