"""Several processes on one event file: nobody arrives twice, nobody waits long, nothing fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from checkin.event.proof import restore_test, verify
from db.journal import entries
from db.kinds import EntryKind
from tests.event.small_events import make, opened

ROOT = Path(__file__).resolve().parents[2]
WORKER = Path(__file__).with_name("one_of_many.py")
ENVIRONMENT = {"PYTHONPATH": str(ROOT)}

LONGEST_WAIT = 5.0
"""Seconds; on an idle machine it is some tenths. Without turns it was over twelve."""


class Crowd:
    """So many processes that hammer one event, each as a desk of its own."""

    def __init__(self, path: Path, size: int, rounds: int) -> None:
        self.desks = [
            subprocess.Popen(
                [sys.executable, str(WORKER), str(path), f"desk {number}", str(rounds)],
                env={**os.environ, **ENVIRONMENT},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(size)
        ]
        for desk in self.desks:
            assert desk.stdout is not None
            assert desk.stdout.readline() == "ready\n"

    def start(self) -> None:
        for desk in self.desks:
            assert desk.stdin is not None
            desk.stdin.write("go\n")
            desk.stdin.flush()

    @property
    def at_work(self) -> bool:
        return all(desk.poll() is None for desk in self.desks)

    def done(self) -> list[dict[str, list[str]]]:
        told = [json.loads(desk.communicate(timeout=200)[0]) for desk in self.desks]
        assert [desk.returncode for desk in self.desks] == [0] * len(self.desks)
        return told


@pytest.mark.campaign
def test_eight_processes_check_each_person_in_once_and_none_waits_long(
    tmp_path: Path, cases: Callable[[int], int], report: Callable[[str], None]
) -> None:
    path = tmp_path / "event.checkin"
    people = make(path, people=40)
    scans = cases(800)
    crowd = Crowd(path, 8, max(scans // (8 * len(people)), 1))
    crowd.start()
    told = crowd.done()
    assert [each["failed"] for each in told] == [[]] * 8
    welcomed = Counter(person for each in told for person in each["welcomed"])
    assert welcomed == Counter(people)
    session = opened(path)
    with session.reading() as connection:
        arrived = Counter(
            each.subject for each in entries(connection) if each.kind == EntryKind.ARRIVED
        )
    assert arrived == Counter(people)
    assert verify(session).ok
    session.close()
    waits = sorted(float(wait) for each in told for wait in each["waits"])
    report(
        f"\n8 processes, {len(waits)} scans of {len(people)} people: no double; "
        f"wait median {waits[len(waits) // 2]:.3f} s, worst {waits[-1]:.3f} s"
    )
    assert waits[-1] < LONGEST_WAIT


@pytest.mark.campaign
def test_backups_are_whole_while_four_processes_scan(
    tmp_path: Path, report: Callable[[str], None]
) -> None:
    """`checkin backup` again and again; each copy restores and holds one moment of the day."""
    path = tmp_path / "event.checkin"
    make(path, people=40)
    crowd = Crowd(path, 4, 2)
    crowd.start()
    backups: list[int] = []
    began = time.monotonic()
    while crowd.at_work:
        target = tmp_path / f"backup {len(backups)}.checkin"
        done = subprocess.run(
            [sys.executable, "-m", "checkin", "backup", str(target), "--event", str(path),
             "--json"],
            env={**os.environ, **ENVIRONMENT},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        entries_in_it = json.loads(done.stdout)["entries"]
        proof = restore_test(target)
        assert proof.ok
        assert proof.entries == entries_in_it
        backups.append(entries_in_it)
    assert [each["failed"] for each in crowd.done()] == [[]] * 4
    assert backups == sorted(backups)
    assert len(backups) > 1
    report(
        f"\n{len(backups)} backups in {time.monotonic() - began:.1f} s of scanning by 4 processes, "
        f"of {backups[0]} to {backups[-1]} entries, all whole"
    )
