"""What the tests of the facilitator's hand share: a small room where everybody has been seated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from checkin.door.desk import Door
from checkin.door.overview import Which
from checkin.event.session import EventSession, make_event, open_event
from checkin.event.settings import EventSettings
from checkin.people import Level
from checkin.roster.entry import RosterEntry
from checkin.roster.registrations import Registrar
from checkin.tables.seating import Seating


def person(name: str, territory: str, level: Level = Level.CITY, **more: object) -> RosterEntry:
    """An invented person; the e-mail is the given name."""
    entry = RosterEntry(
        given_name=name,
        family_name="Invented",
        organisation=f"{territory or 'No'} authority",
        territory=territory,
        email=f"{name.lower()}@example.org",
        level=level,
        languages=("en",),
    )
    for field, value in more.items():
        object.__setattr__(entry, field, value)
    return entry


def seated(
    path: Path, people: Mapping[str, tuple[RosterEntry, int]], tables: int = 4, seats: int = 4
) -> EventSession:
    """An event whose people are here, each at the table that is said beside them."""
    settings = EventSettings(
        "A day", dt.date(2024, 10, 9), tables=tables, seats=seats, minimum=0, live=False
    )
    session = open_event(make_event(path, settings), desk="Desk A")
    with session.writing() as writer:
        Registrar(writer.connection).add([entry for entry, _ in people.values()])
    seating = Seating(session)
    door = Door(session, seating)
    for each in door.people(Which.ALL):
        door.check_in(each.id)
    for name, id in ids(session).items():
        if tables_of(session).get(name) != people[name][1]:
            seating.move(id, people[name][1])
    return session


def ids(session: EventSession) -> dict[str, str]:
    """The ids of everybody at the tables, by given name."""
    board = Seating(session).board()
    here = [*board.unseated, *(each for table in board.tables for each in table.people)]
    return {each.given_name: each.id for each in here}


def tables_of(session: EventSession) -> dict[str, int]:
    """Who sits where, by given name."""
    board = Seating(session).board()
    return {each.given_name: table.number for table in board.tables for each in table.people}
