"""People's flags: whom to welcome in person, for whom to call the organiser, who has a problem.

Each is an act of the desk in the journal and can be undone like any other. Nothing here admits or
refuses anybody; what a flag asks for at an arrival is `admission`'s business.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from checkin.door import wording
from checkin.door.answers import Answer, Kind
from checkin.door.histories import is_undone
from checkin.door.passage import Passage
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer, current_round
from checkin.people import Person, PersonFlag
from checkin.tables.seating import Seating
from db import people
from db.journal import Entry, as_entry
from db.kinds import EntryKind
from db.schema import FLAGGED, MERGED, journal, presence


@dataclass(frozen=True, slots=True)
class AtProblemDesk:
    """Who waits at the problem desk, since when (UTC), sent by which desk, and what it answered.

    `answered` is None when nothing had been refused.
    """

    person: Person
    since: dt.datetime
    desk: str
    answered: Kind | None


class Flags:
    """The flags of the people of an open event, as one desk sets and lifts them."""

    def __init__(self, session: EventSession, seating: Seating) -> None:
        self._session = session
        self._passage = Passage(session, seating)

    def set(self, person_id: str, flag: PersonFlag) -> Person:
        """Flags somebody and returns them; writes nothing when they are flagged so already."""
        with self._session.writing() as writer:
            return self._set(writer, person_id, flag, None)[0]

    def lift(self, person_id: str, flag: PersonFlag) -> Person:
        """Takes a flag from somebody and returns them; writes nothing when there is none."""
        with self._session.writing() as writer:
            row = self._passage.row(writer.connection, person_id)
            person = as_person(row)
            if flag not in person.flags:
                return person
            writer.record(EntryKind.FLAG_SET, row.id, flag=flag.value, wanted=False)
            return as_person(self._passage.row(writer.connection, row.id))

    def send_to_problem_desk(self, person_id: str | None, answered: Kind | None = None) -> Answer:
        """Sends somebody to the problem desk and returns what is said: the queue moves on.

        `answered` is what the door had answered. Of somebody who is not on the list (None) nothing
        is noted.
        """
        if person_id is None:
            return wording.problem_desk(None)
        with self._session.writing() as writer:
            person, entry_id = self._set(writer, person_id, PersonFlag.PROBLEM_DESK, answered)
        return wording.problem_desk(person, entry_id)

    def at_problem_desk(self) -> list[AtProblemDesk]:
        """Returns who waits at the problem desk, first come first."""
        with self._session.reading() as connection:
            number = current_round(connection)
            flagged = people.people(connection, number, FLAGGED, _AT_PROBLEM_DESK)
            sent = [(row, _sending(connection, row.id)) for row in flagged]
        # By the journal and not by the clock, which may have been set in between.
        sent.sort(key=lambda each: each[1].position)
        return [_waiting(*each) for each in sent]

    def _set(
        self, writer: Writer, person_id: str, flag: PersonFlag, answered: Kind | None
    ) -> tuple[Person, str | None]:
        row = self._passage.row(writer.connection, person_id)
        person = as_person(row)
        if flag in person.flags:
            return person, None
        answer = answered.value if answered else None
        entry = writer.record(
            EntryKind.FLAG_SET, row.id, flag=flag.value, wanted=True, answer=answer
        )
        return as_person(self._passage.row(writer.connection, row.id)), entry.id


_AT_PROBLEM_DESK = presence.c.flags.contains(PersonFlag.PROBLEM_DESK.value)
_COUNT = (
    select(func.count())
    .select_from(presence)
    .where(FLAGGED, _AT_PROBLEM_DESK, presence.c.state != MERGED)
)


def count_at_problem_desk(connection: Connection) -> int:
    """Returns how many people wait at the problem desk."""
    return connection.execute(_COUNT).scalar_one()


def _waiting(row: Row[Any], sent: Entry) -> AtProblemDesk:
    answer = sent.payload.get("answer")
    return AtProblemDesk(as_person(row), sent.at, sent.desk, Kind(answer) if answer else None)


def _sending(connection: Connection, person_id: str) -> Entry:
    """Returns the entry by which somebody who is at the problem desk was sent there."""
    entries = connection.execute(
        select(journal)
        .where(journal.c.subject == person_id, journal.c.kind == EntryKind.FLAG_SET.value)
        .order_by(journal.c.position.desc())
    )
    return next(
        each
        for each in map(as_entry, entries)
        if each.payload["wanted"]
        and each.payload["flag"] == PersonFlag.PROBLEM_DESK
        and not is_undone(connection, each.id)
    )
