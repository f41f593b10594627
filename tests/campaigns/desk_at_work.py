"""A desk for the campaigns: checks people in and out, and tells each act when it is on disk.

Reads from standard input one line a case: a JSON list of scans. Each case runs in a process of its
own, forked from this one so that a kill costs milliseconds; it tells its number first, then one
line a scan: `ok ENTRY`, the journal entry that was acknowledged, or `- ANSWER`. `gone` ends a case.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from checkin.door.desk import Door
from checkin.event.session import open_event


def tell(line: str) -> None:
    # Unbuffered and in one piece, so that a kill leaves no half of a line.
    os.write(1, f"{line}\n".encode())


def work(path: Path, scans: list[str]) -> None:
    """Works off a queue at the door: `CODE` comes, `CODE out` goes, `CODE undo` is undone."""
    session = open_event(path, desk="door")
    door = Door(session)
    for scan in scans:
        code, _, way = scan.partition(" ")
        (person,) = door.meant(code)
        if way == "out":
            answer = door.check_out(person.id)
        elif way == "undo":
            answer = door.undo(person.id)
        else:
            (answer,) = door.scan(code)
        tell(f"ok {answer.journal_id}" if answer.journal_id else f"- {answer.kind}")
    session.close()


def main(path: Path) -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            tell(f"at work {os.getpid()}")
            work(path, json.loads(line))
            os._exit(0)
        os.waitpid(child, 0)
        tell("gone")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
