"""A pulled plug at any moment: every act acknowledged before it is there, and the file is whole.

A real day is recorded at the system call (strace) and replayed into a disk that loses and tears
what was not synced. The long form: `CHECKIN_CASES=60000 pytest --timeout=0 tests/campaigns`.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkin.errors import EventFileError
from checkin.event.proof import restore_test, verify
from db.journal import entries
from tests.campaigns.lossy_disk import CALLS, Call, LossyDisk, read_trace
from tests.event.small_events import opened

ROOT = Path(__file__).resolve().parents[2]
DAY = Path(__file__).with_name("day_under_power.py")


@dataclass(frozen=True, slots=True)
class Recording:
    """A day's system calls, and the folder in which its files lay."""

    folder: Path
    calls: list[Call]


def record(tmp_path: Path, **environment: str) -> Recording:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed (apt-get install strace)")
    folder = tmp_path / "disk"
    folder.mkdir()
    trace = tmp_path / "trace"
    command = [
        strace, "-qq", "-xx", "-s", "10000000", "-e", "signal=none", "-o", str(trace),
        "-e", "trace=" + ",".join(f"?{name}" for name in CALLS),
        sys.executable, str(DAY), str(folder),
    ]  # fmt: skip
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("end\n")
    return Recording(folder, list(read_trace(trace)))


def told(call: Call) -> str | None:
    """Returns what the day told its user with this call, if anything."""
    if call.name == "write" and call.rest[0] == "1":
        return call.strings[0].decode().strip()
    return None


def cuts(recording: Recording, count: int, chance: random.Random) -> list[int]:
    """Where to cut: half anywhere, half right behind something that was acknowledged.

    The making of the event and the backup are as likely as all the acts together.
    """
    told_at: dict[str, list[int]] = {}
    for place, call in enumerate(recording.calls):
        line = told(call)
        if line:
            told_at.setdefault(line.split()[0], []).append(place)
    kinds = list(told_at.values())
    first = next(
        place
        for place, call in enumerate(recording.calls)
        if call.strings and bytes(recording.folder) in call.strings[0]
    )
    anywhere = range(first, len(recording.calls))
    return sorted(
        chance.choice(chance.choice(kinds) if chance.random() < 0.5 else anywhere)
        for _ in range(count)
    )


def found_wrong(folder: Path, acknowledged: list[str]) -> str:
    """Opens what a cut left behind; returns what is wrong with it, or nothing."""
    path = folder / "event.checkin"
    if not path.exists():
        return "the event is gone" if acknowledged else ""
    try:
        session = opened(path)
    except EventFileError as error:
        return str(error)
    try:
        with session.reading() as connection:
            there = {each.id for each in entries(connection)}
        wanted = {line.split()[1] for line in acknowledged if line.startswith("ok ")}
        if not wanted <= there:
            return f"{len(wanted - there)} acknowledged acts are lost"
        proof = verify(session)
        if not proof.ok:
            return " ".join(proof.say)
    except EventFileError as error:
        return str(error)
    finally:
        session.close()
    backup = folder / "backup.checkin"
    if not backup.exists():
        return "the backup is gone" if "backup" in acknowledged else ""
    # Half a backup under its whole name would be worse than none.
    return "" if restore_test(backup).ok else "the backup is damaged"


def pull_the_plug(recording: Recording, count: int, chance: random.Random) -> list[str]:
    """Cuts the day's power so many times, each from a fresh replay; returns what went wrong."""
    disk = LossyDisk(recording.folder)
    acknowledged: list[str] = []
    wrong = []
    due = cuts(recording, count, chance)
    memory = Path("/dev/shm")
    for place, call in enumerate(recording.calls):
        disk.take(call)
        line = told(call)
        acknowledged += [line] if line else []
        while due and due[0] == place:
            due.pop(0)
            with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
                disk.cut(Path(folder), chance)
                problem = found_wrong(Path(folder), acknowledged)
            if problem:
                wrong.append(f"cut after call {place} ({call.name}): {problem}")
    return wrong


@pytest.mark.campaign
def test_a_pulled_plug_loses_nothing_that_was_acknowledged(
    tmp_path: Path,
    cases: Callable[[int], int],
    chance: random.Random,
    report: Callable[[str], None],
) -> None:
    recording = record(tmp_path)
    tried = cases(150)
    wrong = pull_the_plug(recording, tried, chance)
    assert not wrong, f"{len(wrong)} of {tried}: {wrong[:5]}"
    acts = sum(1 for call in recording.calls if (told(call) or "").startswith("ok "))
    syncs = sum(1 for call in recording.calls if call.name in ("fsync", "fdatasync"))
    assert syncs > acts
    report(f"{tried} power cuts in a day of {acts} acts and {syncs} syncs, nothing lost")


@pytest.mark.campaign
def test_the_campaign_would_notice_a_setting_that_loses(
    tmp_path: Path, chance: random.Random, report: Callable[[str], None]
) -> None:
    """With synchronous=NORMAL SQLite does not sync each commit: the same cuts must find losses."""
    recording = record(tmp_path, CHECKIN_SYNCHRONOUS="NORMAL")
    wrong = pull_the_plug(recording, 60, chance)
    report(f"60 power cuts without a sync for each act: {len(wrong)} lost something")
    assert len([each for each in wrong if "lost" in each]) > 10
