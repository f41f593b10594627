"""The practice event: today, marked TEST, 62 invented people, 10 tables of 7, two exercises.

The same day gives the same badges, so that pictures and lessons repeat.
"""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from checkin.event.remembered import data_folder
from checkin.event.session import make_event, open_event
from checkin.event.settings import EventSettings
from checkin.roster.demo import demo_entries
from checkin.roster.registrations import Registrar
from db.kinds import EntryKind

_SEED = 20241009
_AGENDA = (
    "09:00 Welcome, and what brought us here",
    "09:40 Exercise 1: Aligning goals towards a shared vision",
    "10:50 Coffee and networking",
    "11:20 Exercise 2: Innovation ecosystems that deliver the vision",
    "12:30 Pledges and plenary",
    "13:00 Lunch",
)


def make_demo(path: Path | None, today: dt.date) -> tuple[Path, int]:
    """Makes the practice event and returns its file and the number of people registered.

    Without a `path` it lies in the program's data folder, under a name not yet taken.
    """
    target = path or _free(data_folder(), f"demo-{today.isoformat()}")
    entries = demo_entries(today)
    settings = EventSettings(
        title="City-Region Cooperation",
        date=today,
        venue="Brussels, Square de Meeûs",
        tables=10,
        seats=7,
        minimum=4,
        live=False,
        places=80,
        deadline=today - dt.timedelta(days=21),
        agenda=_AGENDA,
        step_free_tables=(1, 2),
    )
    made = make_event(target, settings)
    session = open_event(made, desk="demo")
    try:
        with session.writing() as writer:
            Registrar(writer.connection, random.Random(_SEED)).add(entries)
            writer.record(EntryKind.LIST_IMPORTED, new=len(entries))
    finally:
        session.close()
    return made, len(entries)


def _free(folder: Path, stem: str) -> Path:
    path, count = folder / f"{stem}.checkin", 1
    while path.exists():
        count += 1
        path = folder / f"{stem}-{count}.checkin"
    return path
