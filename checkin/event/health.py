"""What to check before the day: clock and zone, disk, SQLite, the backup's age, printing, scanner.

Each check ends in one sentence to read. The scanner's is about what its test card told last time;
the rest is looked at anew.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from dataclasses import dataclass

from sqlalchemy import func, select

from checkin.door.scanner_card import ScannerHabits
from checkin.event.device import this_device
from checkin.event.proof import verify
from checkin.event.session import EventSession
from db.journal import as_time
from db.kinds import EntryKind
from db.schema import journal

_ROOM_NEEDED = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it is well, and the sentence to read."""

    name: str
    ok: bool
    say: str


def examine(session: EventSession) -> list[Check]:
    """Returns every check of this machine and event, in the order in which to read them."""
    return [
        _clock(session),
        _disk(session),
        _sqlite(),
        _proof(session),
        _backup(session),
        _printer(),
        scanner_check(this_device().scanner),
    ]


def _clock(session: EventSession) -> Check:
    now = session.local(session.now())
    away = abs((now.date() - session.settings.date).days)
    shown = f"{now:%a %d %B %Y %H:%M} in {session.settings.timezone}"
    with session.reading() as connection:
        newest = connection.execute(select(func.max(journal.c.at))).scalar()
    if newest and as_time(newest) > session.now() + dt.timedelta(minutes=1):
        return Check("clock", False, f"It is {shown}, but the journal is ahead. Set the clock.")
    if away > 1:
        return Check("clock", True, f"It is {shown}; the event is {away} days away.")
    return Check("clock", True, f"It is {shown}.")


def _disk(session: EventSession) -> Check:
    free = shutil.disk_usage(session.path.parent).free
    ok = free > _ROOM_NEEDED
    word = "free" if ok else "free: too little for a day. Make room"
    return Check("disk", ok, f"{free // 1_048_576:,} MB {word}.")


def _sqlite() -> Check:
    ok = sqlite3.sqlite_version_info >= (3, 35)
    return Check("sqlite", ok, f"SQLite {sqlite3.sqlite_version}{'' if ok else ' is too old'}.")


def _proof(session: EventSession) -> Check:
    proof = verify(session)
    return Check("event", proof.ok, " ".join(proof.say))


def _backup(session: EventSession) -> Check:
    with session.reading() as connection:
        at = connection.execute(
            select(func.max(journal.c.at)).where(journal.c.kind == EntryKind.BACKED_UP.value)
        ).scalar()
    if at is None:
        return Check("backup", False, "No backup yet. `checkin backup FILE` writes one.")
    age = session.now() - as_time(at)
    hours = int(age.total_seconds() // 3600)
    return Check("backup", age < dt.timedelta(days=1), f"The last backup is {hours} hours old.")


def scanner_check(habits: ScannerHabits | None) -> Check:
    """Returns what is known of this device's scanner, and whether badges can be read with it."""
    if habits is not None:
        return Check("scanner", habits.handled, habits.say)
    # A scanner is a keyboard: nothing tells it apart from one until it types.
    return Check("scanner", True, "Not tested on this device yet: checkin doctor --scanner.")


def _printer() -> Check:
    """What of the queues matters: that the one this device prints badges on is fit for it."""
    from checkin.badges.printers import NOT_RUNNING, SILENT, print_system, short

    system, meant = print_system(), this_device().printer
    if meant:
        queue = system.named(meant)
        if queue is not None:
            return Check("printer", queue.ready, queue.say)
        missing = f"There is no printer queue {short(meant)} here, where badges went last."
        return Check("printer", False, missing if system.running else system.say)
    if not system.queues:
        # Who has no printer here prints elsewhere; a print system that is down is a fault.
        return Check("printer", system.say not in (NOT_RUNNING, SILENT), system.say)
    count = len(system.queues)
    queues = "1 printer queue" if count == 1 else f"{count} printer queues"
    return Check("printer", True, f"{queues}: {system.queues[0].say}")
