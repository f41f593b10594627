"""A real terminal for tests: a program on a pseudo-terminal, its screen, waits on what it shows.

Nothing sleeps: every wait reads what the program writes until a condition on the screen holds, or
fails with the picture of the screen. As on a terminal of today, a frame is seen whole or not at
all: no condition is tried on half of one.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

ROOT = Path(__file__).resolve().parent.parent

KEYS = {
    "enter": b"\r",
    "esc": b"\x1b",
    "ctrl+home": b"\x1b[1;5H",
    "tab": b"\t",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "backspace": b"\x7f",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
    "ctrl+p": b"\x10",
    "ctrl+q": b"\x11",
}

NOT_OF_THIS_TERMINAL = frozenset(
    {"NO_COLOR", "COLORTERM", "TERM", "COLUMNS", "LINES", "CHECKIN_EVENT", "CHECKIN_DESK"}
)
"""What the tests' own surroundings say and the terminal does not: workers inherit a size, too."""

FRAME = re.compile(rb"\x1b\[\?2026[hl]")
FRAME_ENDS = b"\x1b[?2026l"
"""Begin and end of a frame that a terminal shows at once."""

ASKED = b"\x1b[?2026$p"
"""Asks whether the terminal shows frames at once."""

SHOWS_FRAMES = b"\x1b[?2026;2$y"
"""The answer that it does, and that no frame is open."""

ASLEEP = frozenset("SIZX")
"""States of a thread that waits for something to happen, or has ended."""

LONGEST_WORK = 60.0
"""Seconds after which a program that never sleeps is given up."""

LOOK = 0.01
"""Seconds between two looks at whether a program that writes nothing is asleep."""


class Terminal:
    """One program on a pseudo-terminal of `columns` x `lines`; a context manager."""

    def __init__(
        self,
        *command: str,
        columns: int = 80,
        lines: int = 24,
        environment: dict[str, str] | None = None,
        cwd: Path = ROOT,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self._whole = True
        self.pressed = 0
        env = {key: value for key, value in os.environ.items() if key not in NOT_OF_THIS_TERMINAL}
        env |= {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT)} | (environment or {})
        self.process = pexpect.spawn(
            command[0],
            list(command[1:]),
            dimensions=(lines, columns),
            env=env,
            cwd=str(cwd),
            timeout=None,
        )
        self.process.delaybeforesend = None
        self.process.ptyproc.delayafterclose = 0
        self.process.ptyproc.delayafterterminate = 0.1

    @classmethod
    def python(cls, *arguments: str, **options: object) -> Terminal:
        """The Python that runs the tests, with `arguments`."""
        return cls(sys.executable, *arguments, **options)  # type: ignore[arg-type]

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, without spaces at their ends."""
        return [line.rstrip() for line in self.screen.display]

    def background(self, words: str, right: int = 0) -> str:
        """The background colour of the cell `right` of where `words` start; empty for no words."""
        for row, line in enumerate(self.screen.display):
            if words in line:
                return str(self.screen.buffer[row][line.index(words) + right].bg)
        return ""

    @property
    def unreadable(self) -> str:
        """The characters on the screen that have the colour of their ground."""
        cells = (cell for row in self.screen.buffer.values() for cell in row.values())
        return "".join(
            cell.data for cell in cells if cell.data.strip() and cell.fg == cell.bg != "default"
        )

    @property
    def text(self) -> str:
        """The whole screen, one line a row."""
        return "\n".join(self.lines)

    def read(self, seconds: float = 0.05) -> bool:
        """Takes in what the program has written; waits up to `seconds` for the first byte."""
        try:
            data = self.process.read_nonblocking(1 << 16, timeout=seconds)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            return False
        self._take(data)
        return True

    def _take(self, data: bytes) -> None:
        """Shows what was written, as a terminal does that puts a frame up at once."""
        known = len(self.raw)
        self.raw += data
        self._stream.feed(data)
        # A sequence may be cut in two by the end of what was read.
        for mark in FRAME.finditer(self.raw, max(known - len(FRAME_ENDS) + 1, 0)):
            self._whole = mark[0] == FRAME_ENDS
        if self.raw.find(ASKED, max(known - len(ASKED) + 1, 0)) >= 0:
            os.write(self.process.child_fd, SHOWS_FRAMES)

    @property
    def asleep(self) -> bool:
        """Whether no thread of the program is at work, stopped or waiting for its turn."""
        try:
            tasks = list(Path(f"/proc/{self.process.pid}/task").iterdir())
            # The name in front of the state is in brackets and may hold anything.
            states = {(task / "stat").read_text().rpartition(")")[2].split()[0] for task in tasks}
        except OSError:
            # It ended, a thread did, or this system does not tell.
            return not self.alive or not Path("/proc/self/task").exists()
        return states <= ASLEEP

    def wait(self, condition: Callable[[str], bool], what: str = "", seconds: float = 30) -> str:
        """Reads until `condition` holds for a whole frame of the screen, and returns its text."""
        limit = time.monotonic() + seconds
        while not (self._whole and condition(self.text)):
            if time.monotonic() > limit:
                raise AssertionError(
                    f"waited {seconds} s for {what or 'a condition'}:\n{self.text}"
                )
            if not self.read() and not self.alive and not self.read():
                raise AssertionError(f"ended while waiting for {what or 'it'}:\n{self.text}")
        return self.text

    def wait_for(self, words: str, seconds: float = 30) -> str:
        """Reads until `words` stand on the screen."""
        return self.wait(lambda text: words in text, repr(words), seconds)

    def wait_gone(self, words: str, seconds: float = 30) -> str:
        """Reads until `words` no longer stand on the screen."""
        return self.wait(lambda text: words not in text, f"no {words!r}", seconds)

    def wait_quiet(self, seconds: float = 0.12) -> None:
        """Reads until the program has written nothing for `seconds` and slept all the while.

        On a busy computer a program also writes nothing because it waits for its turn.
        """
        since = began = time.monotonic()
        while time.monotonic() - since < seconds:
            if self.read(LOOK) or not self.asleep:
                since = time.monotonic()
            if since - began > LONGEST_WORK:
                raise AssertionError(f"at work for {LONGEST_WORK} s:\n{self.text}")

    def send(self, data: bytes | str) -> None:
        """Types `data` as it is, at the speed of the line, and keeps reading what comes back."""
        left = data.encode() if isinstance(data, str) else data
        while left:
            # A full input buffer of the terminal takes no more until the program has read.
            left = left[os.write(self.process.child_fd, left[:512]) :]
            self.read(0)

    def press(self, *keys: str) -> None:
        """Presses named keys (see `KEYS`)."""
        for key in keys:
            self.pressed += 1
            self.send(KEYS[key])

    def click(self, words: str, right: int = 1) -> None:
        """Clicks the cell `right` of where `words` start on the screen."""
        for row, line in enumerate(self.screen.display):
            if words in line:
                place = f"{line.index(words) + right + 1};{row + 1}"
                self.send(f"\x1b[<0;{place}M\x1b[<0;{place}m")
                return
        raise AssertionError(f"nothing to click: no {words!r} in\n{self.text}")

    def resize(self, columns: int, lines: int) -> None:
        """Makes the terminal another size, as a dragged window does."""
        self.screen.resize(lines, columns)
        self.process.setwinsize(lines, columns)

    @property
    def alive(self) -> bool:
        return bool(self.process.isalive())

    def wait_end(self, seconds: float = 20) -> int:
        """Reads until the program has ended, and returns its exit status."""
        limit = time.monotonic() + seconds
        while self.alive:
            self.read()
            if time.monotonic() > limit:
                raise AssertionError(f"still running after {seconds} s:\n{self.text}")
        while self.read(0):
            pass
        self.process.close()
        status = self.process.exitstatus
        return int(status) if status is not None else -int(self.process.signalstatus or 0)

    def close(self) -> None:
        self.process.close(force=True)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
