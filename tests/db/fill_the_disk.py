"""Run by test_disk_full: checks people in until the disk is full, makes room, checks one more in.

Tells as one line of JSON what was acknowledged, what is in the file, and every refusal.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path

from checkin.errors import EventFileError
from checkin.event.proof import back_up, verify
from checkin.event.session import EventSession, make_event, open_event
from db.event_file import create_event_file
from db.journal import entries
from db.kinds import EntryKind
from tests.event.small_events import settings

WEIGHT = "x" * 3_000


def fill(session: EventSession) -> tuple[list[str], list[str]]:
    """Checks people in until three acts in a row were refused."""
    acknowledged: list[str] = []
    refusals: list[str] = []
    while len(refusals) < 3 and len(acknowledged) < 20_000:
        try:
            with session.writing() as writer:
                first = writer.record(EntryKind.ARRIVED, f"p{len(acknowledged)}", why=WEIGHT)
                writer.record(EntryKind.BADGE_PRINTED, f"p{len(acknowledged)}")
        except EventFileError as error:
            refusals.append(str(error))
        else:
            acknowledged.append(first.id)
            refusals.clear()
    return acknowledged, refusals


def arrivals(session: EventSession) -> list[str]:
    with session.reading() as connection:
        return [each.id for each in entries(connection) if each.kind == EntryKind.ARRIVED]


def refusal(act: object) -> str:
    assert callable(act)
    try:
        act()
    except EventFileError as error:
        return str(error)
    return "done"


def main(folder: Path) -> None:
    room = folder / "room"
    limit = int(os.environ.get("LIMIT_FILES", "0"))
    path = make_event(folder / "event.checkin", settings())
    session = open_event(path, desk="door")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    else:
        room.write_bytes(bytes(300_000))
    acknowledged, refusals = fill(session)
    found = arrivals(session)
    new_event = refusal(lambda: create_event_file(folder / "new.checkin").close())
    backup = refusal(lambda: back_up(session, folder / "copy.checkin"))
    # Under a limit on files each of these is small enough: there the two say nothing.
    left = sorted(
        name for name in os.listdir(folder)
        if not name.startswith("event.checkin") and name not in ("room", "xdg")
    )  # fmt: skip
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    else:
        room.unlink()
    after = refusal(lambda: _one_more(session))
    proof = verify(session)
    assert arrivals(session)[: len(found)] == found
    session.close()
    print(  # noqa: T201
        json.dumps(
            {
                "acknowledged": len(acknowledged),
                "found": len(found) if found == acknowledged else found,
                "refusals": refusals,
                "new_event": new_event,
                "backup": backup,
                "left_behind": left,
                "after_making_room": after,
                "entries": proof.entries,
                "proof": proof.say,
            }
        )
    )


def _one_more(session: EventSession) -> None:
    with session.writing() as writer:
        writer.record(EntryKind.ARRIVED, "late")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
