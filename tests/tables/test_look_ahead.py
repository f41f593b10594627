"""What is reckoned while nobody waits changes no table and no reason that an arrival gets."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from checkin.door.desk import Door
from checkin.door.overview import Which
from checkin.event.demo import make_demo
from checkin.event.session import open_event
from tests.event.small_events import DAY, Clock

Told = list[tuple[int | None, str | None]]


def _arrivals(path: Path, looks_ahead: range) -> Told:
    """Lets 45 people arrive, looking ahead behind the arrivals whose places are given."""
    session = open_event(path, desk="A", clock=Clock())
    door = Door(session)
    door.seating.look_ahead()
    coming = sorted(person.id for person in door.people(Which.EXPECTED))
    random.Random(5).shuffle(coming)
    told: Told = []
    for place, person_id in enumerate(coming[:45]):
        answer = door.check_in(person_id)
        told.append((answer.table, answer.why_table))
        if place in looks_ahead:
            door.seating.look_ahead()
    session.close()
    return told


def test_looking_ahead_changes_no_answer(tmp_path: Path) -> None:
    plain, _ = make_demo(tmp_path / "plain.checkin", DAY)
    always, sometimes = tmp_path / "always.checkin", tmp_path / "sometimes.checkin"
    for copy in (always, sometimes):
        shutil.copy(plain, copy)
    wanted = _arrivals(plain, range(0))
    assert _arrivals(always, range(45)) == wanted
    assert _arrivals(sometimes, range(0, 45, 7)) == wanted
