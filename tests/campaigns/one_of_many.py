"""One of many processes on one event, which all check the same people in as fast as they can.

Waits for a line on standard input, works, and tells as one line of JSON each arrival it was the one
to note, the seconds of its longest wait, and whatever failed.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from checkin.door.answers import Kind
from checkin.door.desk import Door
from checkin.errors import CheckinError
from checkin.event.session import open_event
from tests.event.small_events import codes


def main(path: Path, desk: str, rounds: int) -> None:
    session = open_event(path, desk=desk)
    door = Door(session)
    everybody = codes(session) * rounds
    random.Random(desk).shuffle(everybody)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    welcomed, failed, waits = [], [], []
    for code in everybody:
        began = time.monotonic()
        try:
            (answer,) = door.scan(code)
        except CheckinError as error:
            failed.append(str(error))
            continue
        finally:
            waits.append(time.monotonic() - began)
        if answer.kind is Kind.WELCOME and answer.person:
            welcomed.append(answer.person.id)
    session.close()
    told = {"welcomed": welcomed, "failed": failed, "waits": waits}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
