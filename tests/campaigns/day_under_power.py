"""A day for the power campaign: one event made, worked on by several runs, backed up.

Tells on standard output, in single writes that the trace shows in their place: `made`, `ok ENTRY`
for each act and `backup`. With `CHECKIN_SYNCHRONOUS=NORMAL` it works as one must not.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import db.engine
from checkin.event.proof import back_up
from checkin.event.session import make_event, open_event
from db.kinds import EntryKind
from tests.event.small_events import settings

ACTS_IN_A_RUN = (25, 190, 25)
"""The second run is long enough for the log to be moved into the file on the way, twice."""


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main(folder: Path) -> None:
    weaker = os.environ.get("CHECKIN_SYNCHRONOUS")
    if weaker:
        kept = [each for each in db.engine._PRAGMAS if each[0] != "synchronous"]
        vars(db.engine)["_PRAGMAS"] = (("synchronous", weaker, 1), *kept)
    path = make_event(folder / "event.checkin", settings())
    tell("made")
    for run, acts in enumerate(ACTS_IN_A_RUN):
        session = open_event(path, desk="door")
        session.file.reserve(500_000)
        for number in range(acts):
            with session.writing() as writer:
                entry = writer.record(
                    EntryKind.ARRIVED, f"p{run}-{number % 40}", round=1, nonce=f"{run}-{number}"
                )
            tell(f"ok {entry.id}")
            session.file.tidy(80)
        if run == 1:
            back_up(session, folder / "backup.checkin")
            tell("backup")
        session.close()
    tell("end")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
