"""Handing a PDF to a printer queue (CUPS), and looking for a moment at what becomes of it.

A queue that took a file prints it now or later: a stopped one keeps it. Whatever the print system
does, the caller is answered within seconds and the PDF stays where it is.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path

from checkin.badges import printers
from checkin.badges.printers import Queue, SilentError, asked_of_cups, read_queues, short
from checkin.errors import CheckinError
from checkin.text import clean

LONGEST_SENDING = 8.0
"""Seconds for handing over a small file; a large one has a second more for each megabyte."""

LONGEST_LOOK = 1.5
"""Seconds in which a printer that fails at once is found out."""

_BETWEEN_LOOKS = 0.1
_JOB = re.compile(r"^request id is .*-(\d+) \(")


class QueueError(CheckinError):
    """The queue did not take the file, or nobody knows whether it did; the PDF is there."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A job that the queue took."""

    queue: str
    job: str


def send(path: Path, queue: str, copies: int = 1) -> Sent:
    """Hands the PDF to the queue and returns once the queue has taken it.

    Raises QueueError when it does not, or when the print system says nothing for seconds.
    """
    # `lp` calls a print system that is down "no such printer", and waits for a silent one.
    system = printers.print_system()
    if not system.running:
        raise QueueError(system.say)
    size = path.stat().st_size
    command = ("lp", "-d", queue, "-n", str(copies), "--", str(path.absolute()))
    try:
        done = asked_of_cups(command, LONGEST_SENDING + size / 1_000_000)
    except SilentError:
        raise QueueError(
            f"The printer queue {short(queue)} did not answer: look whether the paper comes before "
            "you print again."
        ) from None
    except OSError as error:
        raise QueueError(printers.NO_COMMAND) from error
    if done.returncode:
        raise QueueError(_refusal(queue, system.named(queue), done.stderr))
    job = _JOB.match(done.stdout)
    return Sent(queue, job[1] if job else "")


def _refusal(queue: str, known: Queue | None, said: str) -> str:
    if "does not exist" in said:
        return f"There is no printer queue {short(queue)} here."
    if "not accepting" in said:
        why = f": {known.reason}" if known is not None and known.reason else ""
        return f"The printer queue {short(queue)} takes no jobs now{why}."
    if "nauthorized" in said or "orbidden" in said or "Password" in said:
        return f"The printer queue {short(queue)} wants a password; it can't be used from here."
    return f"The printer queue {short(queue)} refused: {clean(said, 90)}"


def look_after(sent: Sent) -> str:
    """Returns what to say of a job that was taken: sent, or where it waits and why.

    Looks until the job is through or the queue stops, `LONGEST_LOOK` at the longest.
    """
    until = time.monotonic() + LONGEST_LOOK
    who, found = short(sent.queue), None
    while (left := until - time.monotonic()) > 0:
        try:
            told = asked_of_cups(("lpstat", "-p", sent.queue, "-o", sent.queue), left)
        except (SilentError, OSError):
            break
        found = next(iter(read_queues(told.stdout)), None)
        waiting = re.search(rf"^\S+-{sent.job}\s", told.stdout, re.MULTILINE)
        if found is None or not waiting:
            break
        if found.stopped:
            why = f": {found.reason}" if found.reason else ""
            return f"It waits in {who}, which is stopped{why}. It prints once that is started."
        time.sleep(_BETWEEN_LOOKS)
    if found is not None and found.reason:
        return f"Sent to {who}, which says: {found.reason}."
    return f"Sent to {who}."
