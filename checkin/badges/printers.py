"""The printer queues of this machine (CUPS): which there are, and how each is, in words.

It asks `lpstat`, which answers in its own time: call it beside the desk. A machine without it has
no queues, and badges go into PDFs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

from checkin.text import clean

LONGEST_ANSWER = 4
"""Seconds after which a print system that says nothing counts as none."""

_PRINTER = re.compile(r"^printer (\S+) (.*)$")
_DEFAULT = re.compile(r"^system default destination: (\S+)")


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: whether it prints what it gets, what to say of it, and whether it is the usual
    one."""

    name: str
    ready: bool
    say: str
    usual: bool = False


def queues() -> tuple[Queue, ...]:
    """Returns the queues of this machine, the usual one first; none when it has no CUPS."""
    if shutil.which("lpstat") is None:
        return ()
    try:
        told = subprocess.run(
            ["lpstat", "-p", "-d"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST_ANSWER,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return read_queues(told.stdout)


def read_queues(told: str) -> tuple[Queue, ...]:
    """Returns the queues that `lpstat -p -d` told of, in the language C.

    A queue that is stopped gives its reason on the next line.
    """
    usual = ""
    found: list[tuple[str, str, str]] = []
    for line in told.splitlines():
        if default := _DEFAULT.match(line):
            usual = default[1]
        elif printer := _PRINTER.match(line):
            found.append((printer[1], printer[2], ""))
        elif found and line[:1].isspace() and line.strip():
            name, state, reason = found[-1]
            found[-1] = (name, state, reason or clean(line, 60))
    made = [_queue(name, state, reason, usual) for name, state, reason in found]
    return tuple(sorted(made, key=lambda queue: (not queue.usual, queue.name)))


def _queue(name: str, state: str, reason: str, usual: str) -> Queue:
    why = f": {reason.rstrip('.')}" if reason and reason not in ("-", "reason unknown") else ""
    if state.startswith("disabled"):
        return Queue(name, False, f"{name} is stopped{why}.", name == usual)
    if state.startswith("now printing"):
        return Queue(name, True, f"{name} is printing.", name == usual)
    return Queue(name, True, f"{name} is ready.", name == usual)
