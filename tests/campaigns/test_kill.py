"""Kill -9 at any moment: what was acknowledged is there, and the file is whole.

The long form: `CHECKIN_CASES=20000 pytest --timeout=0 tests/campaigns`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from checkin.event.proof import verify
from db.journal import entries
from tests.event.small_events import codes, make, opened

ROOT = Path(__file__).resolve().parents[2]
WORKER = Path(__file__).with_name("desk_at_work.py")


def queue(every: list[str], chance: random.Random) -> list[str]:
    """A queue at the door: people come, go and are undone, so that most scans write something."""
    codes_now = (chance.choice(every) for _ in range(100))
    return [code + chance.choice(["", "", " out", " undo"]) for code in codes_now]


class Desks:
    """Desks that are put to work and killed, one after the other."""

    def __init__(self, path: Path) -> None:
        self.nursery = subprocess.Popen(
            [sys.executable, str(WORKER), str(path)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def killed_at_work(self, scans: list[str], answers: int, after: float) -> list[str]:
        """Kills a desk so many seconds `after` so many answers; returns the entries acknowledged.

        Counted from answers, not from the start, so that a slow machine tries the same moments.
        """
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write(json.dumps(scans) + "\n")
        self.nursery.stdin.flush()
        pid = int(self.nursery.stdout.readline().removeprefix("at work "))
        acknowledged = []
        for _ in range(answers):
            line = self.nursery.stdout.readline()
            acknowledged += [line.split()[1]] if line.startswith("ok ") else []
        # The moment of the kill is what is tried here.
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        while (line := self.nursery.stdout.readline()) != "gone\n":
            assert line.endswith("\n"), "the desk broke down by itself"
            acknowledged += [line.split()[1]] if line.startswith("ok ") else []
        return acknowledged

    def close(self) -> None:
        self.nursery.communicate(timeout=60)
        assert self.nursery.returncode == 0


@pytest.mark.campaign
def test_a_killed_desk_loses_nothing_it_acknowledged(
    tmp_path: Path,
    cases: Callable[[int], int],
    chance: random.Random,
    report: Callable[[str], None],
) -> None:
    tried, total, torn = cases(60), 0, 0
    # Events of a day's length: proving one takes longer the longer it is.
    for first in range(0, tried, 200):
        path = tmp_path / f"event {first}.checkin"
        make(path, people=12)
        some = min(200, tried - first)
        acknowledged, unanswered = kill_often(path, some, chance)
        total += acknowledged
        torn += unanswered
    assert total > tried / 2
    report(
        f"{tried} kills, {total} acknowledged acts, none lost; "
        f"in {torn} the last act was on disk and not yet answered"
    )


def kill_often(path: Path, kills: int, chance: random.Random) -> tuple[int, int]:
    """Kills desks on one event; returns how many acts were acknowledged, and torn off."""
    session = opened(path)
    every = codes(session)
    session.close()
    desks = Desks(path)
    acknowledged: list[str] = []
    torn = 0
    for kill in range(kills):
        new = desks.killed_at_work(
            queue(every, chance), chance.randrange(4), chance.uniform(0, 0.03)
        )
        acknowledged += new
        session = opened(path)
        with session.reading() as connection:
            there = [each.id for each in entries(connection)]
        proof = verify(session)
        session.close()
        lost = set(acknowledged) - set(there)
        assert not lost, f"kill {kill}: {len(lost)} acknowledged entries are gone"
        assert proof.ok, f"kill {kill}: {proof.say}"
        torn += bool(new) and there[-1] != new[-1]
    desks.close()
    return len(acknowledged), torn
