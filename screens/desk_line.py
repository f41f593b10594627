"""The line in front of the desk: every scan and act of the app, one after the other, in order.

It belongs to the app, so that no screen that closes can lose a scan. One consumer takes an act at a
time to the one thread that writes; screens stay live meanwhile. Acts that come before the event
file is open wait for it.
"""

from __future__ import annotations

import asyncio
import functools
import gc
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from checkin.errors import CheckinError
from screens.answering import tell
from screens.crash import note
from screens.working import begin

if TYPE_CHECKING:
    from checkin.door.answers import Answer
    from checkin.door.desk import Door
    from checkin.door.overview import DeskAct, NextUndo, Pulse
    from checkin.door.people_index import Match, NearMatches
    from screens.app import CheckinApp

T = TypeVar("T")
Question = Callable[["Door"], "Sequence[Answer]"]

SLOW = 0.1
"""Seconds after which a sign of life stands in the place of an answer."""

NEWS = 2.0
"""Seconds in which an answer is not covered by that sign: it is still being read out."""

CHEAP = 0.02
"""Seconds that counting may take without making the next scan wait for a pause."""

PAINTED = 0.05
"""Seconds in which an answer is painted: until then nothing else is asked of the file."""

LONGEST_PAUSE = 2.0
"""Seconds of a pause that counting waits for at most."""

NOT_DONE = "That could not be done and nothing was written. Try again, or call the organiser."
OUT_OF_ORDER = (
    "This desk can't check anybody in. Call the organiser; write names on paper meanwhile."
)
"""What is said from the second unexpected failure in a row."""


class _ClosingError(Exception):
    """The app ends while a list is being read."""


class DeskLine:
    """Acts in order for one app; counters and last acts after them."""

    def __init__(self, app: CheckinApp) -> None:
        self._app = app
        self._acts: asyncio.Queue[Question] = asyncio.Queue()
        self._open = asyncio.Event()
        self._door: Door | None = None
        self._desk = ThreadPoolExecutor(1, "desk")
        self._search = ThreadPoolExecutor(1, "search")
        self._news = asyncio.Event()
        self._answering = False
        self._answered = False
        """Whether an answer was given a moment ago, and may not be painted yet."""
        self._given = float("-inf")
        """When the last answer was given, by the loop's clock."""
        self._failures = 0
        """Unexpected failures since anything was answered."""
        self._closing = False
        self.pulse: Pulse | None = None
        self.acts: Sequence[DeskAct] = ()
        self.next_undo: NextUndo | None = None
        self.progress: tuple[int, int] | None = None

    @property
    def waiting(self) -> int:
        """Acts not yet answered."""
        return self._acts.qsize()

    @property
    def answering(self) -> bool:
        """Whether an act is being done, or waits."""
        return self._answering or bool(self.waiting)

    @property
    def busy(self) -> bool:
        """Whether an act is being done or waits, or counters are not up to date yet."""
        return bool(self.waiting) or self._answering or self._news.is_set()

    def start(self) -> None:
        """Starts the one consumer; call it once, when the app runs."""
        for work in (self._consume, self._keep_counting):
            begin(self._app, work, group="desk-line", exit_on_error=False)

    def open(self, door: Door) -> None:
        """The event is open: what waited goes to `door` now; its search index is loaded behind."""
        self._door = door
        self._open.set()
        self._news.set()
        begin(
            self._app,
            functools.partial(self._load, door),
            group="load",
            exclusive=True,
            exit_on_error=False,
        )

    def ask(self, act: Question) -> None:
        """Puts an act at the end of the line."""
        self._acts.put_nowait(act)

    def scan(self, raw: str) -> None:
        """Puts a scan or an exact name at the end of the line, with a nonce of its own."""
        nonce = uuid.uuid4().hex
        self.ask(lambda door: door.scan(raw, nonce=nonce))
        self._name_layout(raw)

    def _name_layout(self, raw: str) -> None:
        """Says once that a scanner types as on another keyboard, so that nobody has to wonder."""
        from checkin.door.scanning import Form, read

        for reading in read(raw):
            layout = reading.layout if reading.form is Form.CODE else None
            if layout is not None and not self._app.this_device.told(layout):
                tell(self._app, f"This scanner types as {layout}; handled, nothing to do.")

    async def finish(self, seconds: float) -> None:
        """Waits until every act in the line is answered, for at most `seconds`."""
        loop = asyncio.get_running_loop()
        limit = loop.time() + seconds
        while self._open.is_set() and (self.waiting or self._answering) and loop.time() < limit:
            await asyncio.sleep(0.01)

    def close(self) -> None:
        """Lets the threads go; a list that is still being read is not read to its end."""
        self._closing = True
        for pool in (self._desk, self._search):
            pool.shutdown(wait=False, cancel_futures=True)

    async def work(self, job: Callable[[], T]) -> T:
        """Runs `job` on the desk's thread and returns its result; acts wait meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._desk, job)

    async def find(self, text: str, limit: int) -> Sequence[Match]:
        """Searches beside the desk's thread; empty until the event is open."""
        if self._door is None:
            return ()
        job = functools.partial(self._door.find, text, limit)
        return await asyncio.get_running_loop().run_in_executor(self._search, job)

    async def nearly(self, text: str, limit: int) -> NearMatches | None:
        """Searches for whom `text` fits without one of its words, as `find` does."""
        if self._door is None:
            return None
        job = functools.partial(self._door.nearly, text, limit)
        return await asyncio.get_running_loop().run_in_executor(self._search, job)

    async def look(self) -> None:
        """Asks for counters when another process wrote, or the minute passed."""
        session = self._app.session
        door = self._door
        if session is None or door is None or self.waiting:
            return
        try:
            if await self.work(session.changed_elsewhere):
                loop = asyncio.get_running_loop()
                await loop.run_in_executor(self._search, door.refresh)
                self._news.set()
        except CheckinError as error:
            self._app.post_message(self._app.Refused(str(error)))

    def stir(self) -> None:
        """Something changed: counters, last acts and the screens are refreshed."""
        self._news.set()

    async def _load(self, door: Door) -> None:
        loop = asyncio.get_running_loop()

        def loaded(done: int, of: int) -> None:
            if self._closing:
                raise _ClosingError
            self.progress = (done, of)

        try:
            # Before the first scan needs it; a scan that comes meanwhile would read it as well.
            await self.work(door.seating.warm)
            # What stays is not looked through for garbage again: a tenth of a second each time.
            gc.freeze()
            await loop.run_in_executor(self._search, functools.partial(door.load, loaded))
            gc.freeze()
            # A disk that refuses says so to whoever writes next.
            with suppress(CheckinError):
                await loop.run_in_executor(self._search, door.session.reserve)
        except _ClosingError:
            return
        self.progress = None
        self._news.set()

    async def _consume(self) -> None:
        while True:
            act = await self._acts.get()
            self._answering = True
            await self._open.wait()
            door = self._door
            assert door is not None
            loop = asyncio.get_running_loop()
            # The table of whoever came just before must stand long enough to be read.
            slow_at = max(loop.time() + SLOW, self._given + NEWS)
            slow = loop.call_at(slow_at, self._one_moment)
            try:
                answers = await self.work(functools.partial(act, door))
            except CheckinError as error:
                self._app.post_message(self._app.Refused(str(error)))
            except Exception as error:  # noqa: BLE001
                # The line must go on: the next person stands at the desk. The log has the cause.
                note(error)
                self._failures += 1
                sentence = NOT_DONE if self._failures == 1 else OUT_OF_ORDER
                self._app.post_message(self._app.Refused(sentence))
            else:
                self._failures = 0
                for answer in answers:
                    self._app.post_message(self._app.Answered(answer))
                self._given = loop.time()
            finally:
                slow.cancel()
            self._news.set()
            self._answering, self._answered = False, True

    def _one_moment(self) -> None:
        """Says in the answer's place that it takes longer than usual."""
        from screens.door import DoorScreen

        door_screen = self._app.door_screen
        if isinstance(door_screen, DoorScreen):
            door_screen.show_moment()

    async def _keep_counting(self) -> None:
        """Counters after the acts, not between them: a burst is counted once, at its end.

        The answer is painted first: what is read here would share the processor with it.
        Counting a hundred thousand people takes a while on the desk's thread; then it waits for a
        pause that is several times as long, so that the next scan does not wait for it.
        """
        cost = 0.0
        while True:
            await self._news.wait()
            if self._answered or self._answering or self.waiting:
                self._answered = False
                await asyncio.sleep(PAINTED)
                continue
            self._news.clear()
            door = self._door
            if door is None:
                continue
            try:
                self.acts = await self.work(functools.partial(door.recent, 10))
                self.next_undo = await self.work(door.next_undo)
                if cost > CHEAP:
                    self._app.changed.publish(None)
                    await asyncio.sleep(min(cost * 5, LONGEST_PAUSE))
                    if self._news.is_set():
                        continue
                started = time.perf_counter()
                self.pulse = await self.work(door.pulse)
                cost = time.perf_counter() - started
                # An own import or plan may ask for the whole room: not while somebody waits.
                loop = asyncio.get_running_loop()
                await loop.run_in_executor(self._search, door.seating.prepare)
                await self.work(door.seating.look_ahead)
                await loop.run_in_executor(self._search, door.session.tidy)
            except CheckinError as error:
                self._app.post_message(self._app.Refused(str(error)))
            self._app.changed.publish(None)
