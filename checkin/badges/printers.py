"""The printer queues of this machine (CUPS): which there are, and how each is, in words.

It asks `lpstat`, which may take seconds to be given up: call it beside the desk and the screen. A
machine without CUPS has no queues, and badges go into PDFs; why there are none is said as well.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from checkin.text import clean

LONGEST_ANSWER = 3.0
"""Seconds after which a print system that says nothing is given up; it would never tell itself."""

NO_COMMAND = "This computer can't print from here; open the PDF and print it there."
NOT_RUNNING = "The print system (CUPS) is not running; the PDF can be printed elsewhere."
SILENT = "The print system does not answer; the PDF can be printed elsewhere."
NO_QUEUE = "This computer has no printer queue; open the PDF and print it there."

_PRINTER = re.compile(r"^printer (\S+) (.*)$")
_ACCEPTING = re.compile(r"^(\S+) (not )?accepting requests since ")
_DEFAULT = re.compile(r"^system default destination: ([^\s/]+)")
_LONGEST_NAME = 32
_NAMED = 3
_NOTHING_SAID = ("", "-", "reason unknown")


class SilentError(Exception):
    """The print system did not answer in time; whether it did what was asked is not known."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: whether it prints what it gets, what to say of it, and whether it is the usual
    one.

    `stopped` is one that takes jobs and keeps them; `reason` is the print system's own word.
    """

    name: str
    ready: bool
    say: str
    usual: bool = False
    stopped: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PrintSystem:
    """The queues, the usual one first; without any, `say` tells why in one sentence."""

    queues: tuple[Queue, ...]
    say: str = ""

    @property
    def running(self) -> bool:
        """Whether there is somebody to hand a file to, with queues or (yet) without."""
        return bool(self.queues) or self.say == NO_QUEUE

    @property
    def in_words(self) -> str:
        """What there is, in one sentence: how the only queue is, else the names of the first."""
        if len(self.queues) < 2:
            return self.queues[0].say if self.queues else self.say
        names = ", ".join(short(queue.name, 20) for queue in self.queues[:_NAMED])
        more = len(self.queues) - _NAMED
        return f"Queues here: {names}{f' and {more} more' if more > 0 else ''}."

    def named(self, name: str) -> Queue | None:
        """Returns the queue of that name, if there is one."""
        return next((queue for queue in self.queues if queue.name == name), None)


def print_system() -> PrintSystem:
    """Returns the queues of this machine; takes `LONGEST_ANSWER` at the longest."""
    if shutil.which("lp") is None or shutil.which("lpstat") is None:
        return PrintSystem((), NO_COMMAND)
    try:
        told = asked_of_cups(("lpstat", "-a", "-p", "-d"), LONGEST_ANSWER)
    except SilentError:
        return PrintSystem((), SILENT)
    except OSError:
        return PrintSystem((), NO_COMMAND)
    found = read_queues(told.stdout)
    if found:
        return PrintSystem(found)
    # "No destinations added" comes with the same status as "not running".
    down = "not running" in told.stderr or "not responding" in told.stderr
    return PrintSystem((), NOT_RUNNING if down else NO_QUEUE)


def asked_of_cups(command: Sequence[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """Runs one of CUPS's programs in the language C and returns what it said.

    Raises SilentError when it takes longer, OSError when it can't be run.
    """
    # Without a terminal of its own it can't ask for a password, over the screen and for ever. The
    # Mac's programs take LC_ALL for nothing, but LANG when SOFTWARE is there.
    try:
        return subprocess.run(
            list(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            # A name that is no UTF-8 goes back to CUPS as it came.
            errors="surrogateescape",
            timeout=seconds,
            check=False,
            env={**os.environ, "LC_ALL": "C", "LANG": "C", "SOFTWARE": ""},
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise SilentError from None


def read_queues(told: str) -> tuple[Queue, ...]:
    """Returns the queues that `lpstat -a -p -d` told of, in the language C.

    A queue that is stopped or takes nothing gives its reason on the next line.
    """
    usual = ""
    states: dict[str, str] = {}
    reasons: dict[str, str] = {}
    refusing: set[str] = set()
    last = ""
    for line in told.splitlines():
        if default := _DEFAULT.match(line):
            usual, last = default[1], ""
        elif accepting := _ACCEPTING.match(line):
            last = accepting[1]
            if accepting[2]:
                refusing.add(last)
        elif printer := _PRINTER.match(line):
            last, states[printer[1]] = printer[1], printer[2]
        elif last and line[:1].isspace() and line.strip():
            reasons.setdefault(last, clean(line, 60))
    made = [
        _queue(name, state, reasons.get(name, ""), usual, name in refusing)
        for name, state in states.items()
    ]
    return tuple(sorted(made, key=lambda queue: (not queue.usual, queue.name)))


def _queue(name: str, state: str, reason: str, usual: str, refusing: bool) -> Queue:
    reason = "" if reason in _NOTHING_SAID else reason.rstrip(".")
    why = f": {reason}" if reason else ""
    who, stopped = short(name), state.startswith("disabled")
    if refusing:
        say = f"{who} takes no jobs{why}."
    elif stopped:
        say = f"{who} is stopped{why}."
    elif state.startswith("now printing"):
        say = f"{who} is printing{why}."
    else:
        # What an idle queue says is about the job before.
        say = f"{who} is ready."
    return Queue(name, not (refusing or stopped), say, name == usual, stopped, reason)


def short(name: str, longest: int = _LONGEST_NAME) -> str:
    """Returns the name of a queue for a sentence: its start and its end when it is long."""
    name = clean(name)
    if len(name) <= longest:
        return name
    end = longest // 3
    return f"{name[: longest - end - 1]}…{name[-end:]}"
