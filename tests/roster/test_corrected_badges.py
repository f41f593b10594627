"""A badge text corrected at the door outlives the next import of the list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from checkin.door.desk import Door
from checkin.door.overview import Which
from checkin.event.session import make_event, open_event
from checkin.event.settings import EventSettings
from checkin.roster.demo import write_demo_list
from checkin.roster.roster import Roster


def test_a_list_imported_again_leaves_a_corrected_badge_alone(tmp_path: Path) -> None:
    path = make_event(tmp_path / "day.checkin", EventSettings("Day", dt.date(2027, 3, 10)))
    listed = tmp_path / "list.csv"
    write_demo_list(listed)
    session = open_event(path, desk="A")
    try:
        roster, door = Roster(session), Door(session)
        roster.store(roster.preview(listed))
        somebody = door.people(Which.ALL)[0]
        door.registrations.correct_badge(somebody.id, "Chiara B.")

        again = roster.preview(listed)

        assert again.plan.changes_nothing
        assert door.person(somebody.id).badge_name == "Chiara B."
    finally:
        session.close()
