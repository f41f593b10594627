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
from checkin.text import clean
from db import people
from db.journal import Entry, as_entry
from db.kinds import EntryKind
from db.schema import FLAGGED, MERGED, WITHDRAWN, journal, presence


@dataclass(frozen=True, slots=True)
class AtProblemDesk:
    """Who waits at the problem desk, since when (UTC), sent by which desk, and what it answered.

    `answered` is None when nothing had been refused.
    """

    person: Person
    since: dt.datetime
    desk: str
    answered: Kind | None
    place: int = 0
    """Who came first, by the journal and not by the clock, which may have been set in between."""

    @property
    def key(self) -> str:
        """What tells this one from the others who wait."""
        return self.person.id


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Somebody on no list who waits at the problem desk: what was typed for them, since when (UTC),
    sent by which desk."""

    text: str
    since: dt.datetime
    desk: str
    key: str
    """The id of the entry that sent them."""
    place: int = 0


LONGEST_TEXT = 80
"""Characters kept of what was typed for somebody who is on no list."""


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

    def send_unlisted(self, typed: str) -> Answer:
        """Sends somebody on no list to the problem desk with what was typed for them.

        Nothing is noted of a text that is empty once it is cleaned.
        """
        text = clean(typed, LONGEST_TEXT)
        if not text:
            return wording.problem_desk(None)
        with self._session.writing() as writer:
            flag = PersonFlag.PROBLEM_DESK.value
            entry = writer.record(EntryKind.FLAG_SET, flag=flag, wanted=True)
            # The journal holds no people's text.
            people.keep_text(writer.connection, entry.id, text)
        return wording.problem_desk(None, entry.id, text=text)

    def settle_unlisted(self, key: str) -> None:
        """Notes that somebody on no list needs the problem desk no more; once is enough."""
        with self._session.writing() as writer:
            settle_unlisted(writer, key)

    def waiting(self) -> list[AtProblemDesk | Unlisted]:
        """Returns everybody who waits at the problem desk, listed or not, first come first."""
        return sorted([*self.at_problem_desk(), *self.unlisted()], key=lambda each: each.place)

    def unlisted(self) -> list[Unlisted]:
        """Returns who waits at the problem desk and is on no list, first come first."""
        with self._session.reading() as connection:
            return [
                Unlisted(text, sent.at, sent.desk, sent.id, sent.position)
                for sent, text in people.unlisted(connection)
            ]

    def at_problem_desk(self) -> list[AtProblemDesk]:
        """Returns who of the list waits at the problem desk, first come first."""
        with self._session.reading() as connection:
            number = current_round(connection)
            flagged = people.people(connection, number, FLAGGED, _AT_PROBLEM_DESK)
            sent = [(row, _sending(connection, row.id)) for row in flagged]
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
    .where(FLAGGED, _AT_PROBLEM_DESK, presence.c.state.not_in((MERGED, WITHDRAWN)))
)


def count_at_problem_desk(connection: Connection) -> int:
    """Returns how many people wait at the problem desk, on the list or not."""
    return int(connection.execute(_COUNT).scalar_one()) + len(people.unlisted(connection))


def settle_unlisted(writer: Writer, key: str, act: str | None = None) -> None:
    """Writes that somebody on no list, whom the entry `key` sent, needs the problem desk no more.

    `act` joins it with what settled it. Nothing is written of who does not wait any more.
    """
    if key in {sent.id for sent, _ in people.unlisted(writer.connection)}:
        flag = PersonFlag.PROBLEM_DESK.value
        writer.record(EntryKind.FLAG_SET, refers_to=key, flag=flag, wanted=False, act=act)


def _waiting(row: Row[Any], sent: Entry) -> AtProblemDesk:
    answer = sent.payload.get("answer")
    kind = Kind(answer) if answer else None
    return AtProblemDesk(as_person(row), sent.at, sent.desk, kind, sent.position)


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
