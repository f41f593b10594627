"""The door on a real pseudo-terminal, with a bare app of the same toolkit beside it.

The watch runs from the write of a key to the arrival of the bytes that complete the picture. What
came is kept with its time and read by the terminal only afterwards, so that reading costs the
program nothing on a machine with few cores.
"""

from __future__ import annotations

import os
import random
import select
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from checkin.door.desk import Door
from checkin.event.session import open_event
from checkin.people import Person
from screens.widgets.states import capitals, display_name, read_out
from tests.benchmarks.figures import Figure, milliseconds
from tests.terminal import Terminal

QUIET = 0.07
"""Seconds without a byte after which a picture is looked at; also the least between two keys."""

PATIENCE = 120.0
RESULTS = slice(5, 12)
"""The rows of the screen with results, at 80x24."""
PANEL = slice(12, 22)
"""The rows of the screen with the answer."""

BARE = """
from textual.app import App
from textual.widgets import Input, Static

class Bare(App):
    def compose(self):
        yield Input(placeholder="Type here", id="field")
        yield Static("", id="results", markup=False)
        yield Static("", id="answer", markup=False)

    def on_mount(self):
        self.query_one("#results").styles.height = 7
        self.query_one("#answer").styles.height = 3

    def on_input_changed(self, event):
        rows = "\\n".join(f"row {n} of {event.value}." for n in range(7))
        self.query_one("#results").update(rows, layout=False)

    def on_input_submitted(self, event):
        self.query_one("#answer").update(f"WELCOME {event.value}.", layout=False)
        self.query_one("#field").clear()

Bare().run()
"""

Seen = Callable[[Terminal], bool]


class WatchedTerminal(Terminal):
    """A terminal that keeps when each piece of the program's output came."""

    def pieces(self, seconds: float) -> Iterator[tuple[float, bytes]]:
        """Yields what comes, with its time, until nothing comes for `seconds`."""
        descriptor = self.process.child_fd
        while select.select([descriptor], [], [], seconds)[0]:
            try:
                data = os.read(descriptor, 1 << 16)
            except OSError:
                return
            yield perf_counter(), data

    def watched(self, keys: str, seen: Seen) -> float:
        """Writes `keys` at once; returns the seconds until `seen` held, within `PATIENCE`."""
        self.settle()
        start = perf_counter()
        os.write(self.process.child_fd, keys.encode())
        return self.until(seen) - start

    def until(self, seen: Seen) -> float:
        """Returns when the piece came after which `seen` held; takes in what follows it."""
        limit = perf_counter() + PATIENCE
        while perf_counter() < limit:
            held = 0.0
            for at, data in list(self.pieces(QUIET)):
                self._stream.feed(data)
                held = held or (at if seen(self) else 0.0)
            if held:
                return held
        raise AssertionError(f"waited {PATIENCE} s:\n{self.text}")

    def reach(self, seen: Seen) -> None:
        """Takes in what comes until `seen` holds, which may be now."""
        self.settle()
        if not seen(self):
            self.until(seen)

    def echoed(self, sign: str) -> float:
        """Types a key the moment `sign` is painted; returns when its echo came."""
        limit = perf_counter() + PATIENCE
        typed = False
        while perf_counter() < limit:
            for at, data in self.pieces(1.0):
                self._stream.feed(data)
                if not typed and sign in self.text:
                    typed = True
                    os.write(self.process.child_fd, b"qx")
                elif typed and "qx" in self.text:
                    return at
        raise AssertionError(f"waited {PATIENCE} s:\n{self.text}")

    def settle(self) -> None:
        """Takes in everything until the program is quiet."""
        for _, data in list(self.pieces(QUIET)):
            self._stream.feed(data)


def words(*parts: str, rows: slice = slice(None)) -> Seen:
    """Returns what looks for all `parts` in some rows of the screen."""
    return lambda terminal: all(part in "\n".join(terminal.lines[rows]) for part in parts)


@contextmanager
def running(sign: str, *arguments: str) -> Iterator[WatchedTerminal]:
    """A Python program on a terminal, once it shows `sign`."""
    with WatchedTerminal(sys.executable, *arguments) as terminal:
        terminal.until(words(sign))
        yield terminal  # type: ignore[misc]


def program(event: Path) -> tuple[str, ...]:
    return ("-m", "checkin", "--event", str(event), "--desk", "A")


def starts(event: Path, people: int, times: int) -> list[Figure]:
    """Process start to the echo of a key, in turns with a bare app."""
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(times):
        for took, sign, arguments in (
            (ours, "Scan a badge", program(event)),
            (bare, "Type here", ("-c", BARE)),
        ):
            start = perf_counter()
            with WatchedTerminal(sys.executable, *arguments) as terminal:
                took.append(terminal.echoed(sign) - start)  # type: ignore[attr-defined]
    return [
        Figure("start to a field that takes keys, p50", f"{people:,} people",
               milliseconds(ours, 50), "ms", floor=milliseconds(bare, 50), factor=1.5, count=times)
    ]  # fmt: skip


def door(event: Path, people: int, samples: int, seed: int) -> list[Figure]:
    """Keystrokes, Enter after a name, scans and memory at `people` registered."""
    figures = []
    with running("here 0", *program(event)) as app, running("Type here", "-c", BARE) as bare:
        pid = app.process.pid
        figures += _loading(event, app, people)
        figures.append(_memory(pid, "resident once everybody can be found", people))
        typing = _typing(event, app, bare, samples, seed)
        scanning = _scanning(event, app, bare, samples * 4, seed)
        figures = typing + scanning + figures
        figures.append(_memory(pid, "resident at the end", people))
    return [figure if figure.of else _about(figure, people) for figure in figures]


def _about(figure: Figure, people: int) -> Figure:
    return replace(figure, of=f"{people:,} people")


def _loading(event: Path, app: WatchedTerminal, people: int) -> list[Figure]:
    """Waits until everybody can be found; the clock starts with the first counters."""
    start = perf_counter()
    ((text, name),) = _typed_names(event, 1, 0)
    app.watched(text, words(f"│ {text[:60]}"))
    app.reach(words(name[:10], rows=RESULTS))
    took = perf_counter() - start
    app.watched("\x1b", words("Ready."))
    return [Figure("search ready after the first counters", f"{people:,} people", took, "s")]


def _memory(pid: int, what: str, people: int) -> Figure:
    told = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
    )
    return Figure(f"memory, {what}", f"{people:,} people", int(told.stdout) / 1024, "MB", limit=200)


def _typing(
    event: Path, app: WatchedTerminal, bare: WatchedTerminal, samples: int, seed: int
) -> list[Figure]:
    """Types whole names letter by letter, then Enter; each key beside the bare app's."""
    keys: list[float] = []
    """Of keys that change the rows, not only the field and the marks."""
    floor: list[float] = []
    enters: list[float] = []
    bare_enters: list[float] = []
    session = open_event(event, desk="watch")
    index = Door(session)
    index.load()
    for text, name in _typed_names(event, samples, seed):
        if not _means(index, text, name):
            continue
        typed, before = "", [("",)]
        for letter in text:
            typed += letter
            people = [match.person for match in index.find(typed, 10)]
            # One line less than there is room for: a question may stand above the rows.
            rows = [_ways(person) for person in people[: RESULTS.stop - RESULTS.start - 1]]
            took = app.watched(letter, _painted(typed.rstrip(), rows))
            beside = bare.watched(letter, words(f"row 6 of {typed}."))
            if rows != before:
                keys.append(took)
                floor.append(beside)
            before = rows
        sign = [name[:20], "WELCOME"]
        enters.append(app.watched("\r", words(*sign, rows=PANEL)))
        bare_enters.append(bare.watched("\r", words(f"WELCOME {text}.")))
    session.close()
    first, *enters = enters
    return [
        Figure("first check-in after the start, Enter to the answer painted", "", first * 1000,
               "ms", limit=60),
        Figure("keystroke to results painted, p95", "", milliseconds(keys, 95), "ms",
               limit=50, floor=milliseconds(floor, 95), count=len(keys)),
        Figure("keystroke to results painted, p99", "", milliseconds(keys, 99), "ms",
               limit=100, floor=milliseconds(floor, 99), count=len(keys)),
        Figure("keystroke to results painted, p50", "", milliseconds(keys, 50), "ms",
               floor=milliseconds(floor, 50), count=len(keys)),
        Figure("Enter after a name to the answer painted, p50", "", milliseconds(enters, 50), "ms",
               floor=milliseconds(bare_enters, 50), count=len(enters)),
        Figure("Enter after a name to the answer painted, p99", "", milliseconds(enters, 99), "ms",
               limit=60, floor=milliseconds(bare_enters, 99), count=len(enters)),
    ]  # fmt: skip


def _ways(person: Person) -> tuple[str, ...]:
    """The ways in which a row may name somebody: a long name of another alphabet in Latin alone."""
    return display_name(person)[:10], read_out(person)[:10]


def _painted(typed: str, rows: list[tuple[str, ...]]) -> Seen:
    """Returns what looks for the text in the field and for every row of the results."""

    def seen(terminal: Terminal) -> bool:
        shown = "\n".join(terminal.lines[2:12])
        return f"│ {typed}" in shown and all(any(way in shown for way in row) for row in rows)

    return seen


def _means(index: Door, text: str, name: str) -> bool:
    found = index.find(text, 10)
    return bool(found) and display_name(found[0].person) == name


def _scanning(
    event: Path, app: WatchedTerminal, bare: WatchedTerminal, samples: int, seed: int
) -> list[Figure]:
    """Whole scans, ten letters and Enter at once; each beside the bare app's."""
    ours: list[float] = []
    floor: list[float] = []
    for code, name in _codes(event, samples, seed):
        ours.append(app.watched(code + "\r", words(name[:20], "WELCOME", rows=PANEL)))
        floor.append(bare.watched(code + "\r", words(f"WELCOME {code}.")))
    return [
        Figure(f"scan with Enter to the answer painted, p{percent}", "",
               milliseconds(ours, percent), "ms", limit=60 if percent == 99 else None,
               floor=milliseconds(floor, percent), count=len(ours))
        for percent in (50, 99)
    ]  # fmt: skip


def _typed_names(event: Path, count: int, seed: int) -> list[tuple[str, str]]:
    """Returns family and given name as typed, and the name as shown, of names that one bears."""
    with closing(sqlite3.connect(event)) as file:
        people = file.execute(
            "SELECT given_name, family_name FROM person ORDER BY number"
        ).fetchall()
    once = [names for names, times in Counter(people).items() if times == 1]
    chosen = random.Random(seed).sample(once, min(count, len(once)))
    return [(f"{family} {given}", f"{given} {capitals(family)}") for given, family in chosen]


def _codes(event: Path, count: int, seed: int) -> list[tuple[str, str]]:
    """Returns code and name as shown of people who are not here yet, no name twice in a row."""
    with closing(sqlite3.connect(event)) as file:
        people = file.execute(
            "SELECT code, given_name, family_name FROM person WHERE id NOT IN "
            "(SELECT person_id FROM presence WHERE state = 'here') ORDER BY number"
        ).fetchall()
    chosen = random.Random(seed).sample(people, min(count, len(people)))
    return [(code, f"{given} {capitals(family)}") for code, given, family in chosen]
