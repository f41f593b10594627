"""A small invented event for tests: a handful of people, a clock that the test turns."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path

from checkin.event.session import EventSession, make_event, open_event
from checkin.event.settings import EventSettings
from checkin.people import Level
from checkin.roster.entry import RosterEntry
from checkin.roster.registrations import Registrar

DAY = dt.date(2024, 10, 9)
NINE = dt.datetime(2024, 10, 9, 7, 0, tzinfo=dt.UTC)


@dataclass(slots=True)
class Clock:
    """A clock that goes on by a second whenever it is read, from where the test put it."""

    now: dt.datetime = NINE

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


def settings(**changed: object) -> EventSettings:
    """Returns the settings of a practice event on a fixed day."""
    known: dict[str, object] = {"title": "Cities and regions", "date": DAY, "live": False}
    return EventSettings(**(known | changed))  # type: ignore[arg-type]


def make(path: Path, people: int = 6, **changed: object) -> list[str]:
    """Makes an event with so many people at `path` and returns their ids."""
    make_event(path, settings(**changed))
    session = open_event(path, desk="office", clock=Clock())
    try:
        with session.writing() as writer:
            return Registrar(writer.connection, random.Random(7)).add(
                RosterEntry(
                    given_name=f"Ada{number}",
                    family_name=f"Novák{number}",
                    organisation=f"Město {number % 4}",
                    level=Level.CITY if number % 2 else Level.REGION,
                    territory=f"Kraj {number % 4}",
                    country="CZ",
                )
                for number in range(people)
            )
    finally:
        session.close()


def opened(path: Path, desk: str = "door") -> EventSession:
    """Opens the event at `path` for `desk` with a clock of its own."""
    return open_event(path, desk=desk, clock=Clock())


def codes(session: EventSession) -> list[str]:
    """Returns everybody's badge code in the order of registration."""
    with session.reading() as connection:
        return list(connection.exec_driver_sql("SELECT code FROM person ORDER BY number").scalars())
