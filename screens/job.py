"""A job that takes its time: what it does, how far it is, and a key that stops it.

The job runs in a thread of its own, so the door answers scans meanwhile. A job that was stopped
leaves nothing behind; saying so is the job's own business.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.text import clean
from screens.answering import tell
from screens.base import BaseModal
from screens.crash import note
from screens.working import begin

Result = TypeVar("Result")
Progress = Callable[[int, int], None]
Job = Callable[[Progress, Callable[[], bool]], Result]
"""What is to be done: called with where to report (done, of) and with whether to stop."""

WIDTH = 50
"""Cells of the bar."""

PIECE, STEP = 8, 2
"""Cells of the piece that wanders, and of its way in a tenth of a second."""

FAILED = "That could not be done. The log has the place; nothing half done was kept."


class JobBox(BaseModal["Result | None"], Generic[Result]):
    """Runs one job and gives its result; None when it was stopped or refused (said by then)."""

    CSS_PATH = "job.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "stop", id="job.stop"),
    ]
    HELP = "A job is running. It can be stopped at any time; then nothing of it is kept."

    def __init__(
        self,
        title: str,
        job: Job[Result],
        unit: str = "",
        hint: str = "Esc stops it; nothing of it is kept then.",
    ) -> None:
        super().__init__()
        self._hint = hint
        self._title = title
        self._job = job
        self._unit = unit
        self._done: tuple[int, int] = (0, 0)
        self._turn = 0
        self._stopped = threading.Event()

    def compose_box(self) -> ComposeResult:
        yield Static("", id="progress", markup=False)
        yield Static(self._hint, id="hint", markup=False)

    def on_mount(self) -> None:
        """Begins."""
        self.query_one("#box", Vertical).border_title = Content(clean(self._title))
        self._paint()
        self.set_interval(0.1, self._paint)
        begin(self, self._run, exit_on_error=False)

    async def _run(self) -> None:
        try:
            result = await asyncio.to_thread(self._job, self._report, self._stopped.is_set)
        except CheckinError as error:
            stopped = self._stopped.is_set()
            tell(self.checkin, str(error), severity="information" if stopped else "error")
            self.dismiss(None)
        except Exception as error:  # noqa: BLE001
            # The day goes on whatever one job does; the log has the cause.
            note(error)
            tell(self.checkin, FAILED, severity="error")
            self.dismiss(None)
        else:
            self.dismiss(result)

    def _report(self, done: int, of: int) -> None:
        self._done = (done, of)

    def _paint(self) -> None:
        done, of = self._done
        self._turn += 1
        if self._stopped.is_set():
            self.query_one("#progress", Static).update("Stopping ...")
            return
        words = bar(done, of, WIDTH, self._unit) if done or of else moving(self._turn, WIDTH)
        self.query_one("#progress", Static).update(words)

    def action_leave(self) -> None:
        """Asks the job to stop; the box goes when it has."""
        self._stopped.set()
        self._paint()


def bar(done: int, of: int, width: int, unit: str = "") -> Content:
    """Returns how far a job is: a bar of `width` cells, then figures; words while unknown."""
    if of <= 0:
        return Content(f"{done} {unit} so far ...")
    filled = min(width * done // of, width)
    return Content.assemble(
        ("━" * filled, "$accent"),
        ("─" * (width - filled), "$line"),
        f"  {done} of {of} {unit}".rstrip(),
    )


def moving(turn: int, width: int) -> Content:
    """Returns a sign of life while nothing is known: a piece that wanders through the bar."""
    way = width - PIECE
    before = way - abs(way - turn * STEP % (2 * way))
    return Content.assemble(
        ("─" * before, "$line"),
        ("━" * PIECE, "$accent"),
        ("─" * (way - before), "$line"),
        "  Working ...",
    )
