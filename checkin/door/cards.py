"""A person's card: everything the staff may have to know of one person, and the organiser's note.

What is private stands on it only as far as the door needs it: that somebody needs assistance, not
which. Who shows the card keeps e-mail and note hidden until they are asked for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from checkin.door.admission import Override
from checkin.door.histories import words_given
from checkin.door.passage import Passage
from checkin.event.rows import as_person
from checkin.event.session import EventSession
from checkin.people import Person
from checkin.tables.seating import Seating
from checkin.text import clean
from db import people
from db.journal import as_time
from db.schema import need

LONGEST_NOTE = 500
"""Characters of a note: a few sentences."""

SHOWN_OF_A_CODE = 3
"""Letters of a badge code on the card: enough to tell two badges apart, too few to copy one."""


@dataclass(frozen=True, slots=True)
class Card:
    """One person's card. Times are UTC; `last_at` and `last_desk` tell of the latest passage.

    `listed` is whether their name may stand on the list of participants, None when nobody asked.
    `assistance` is that they need help to leave, as the roll call says it. `words` are the
    supervisors' words by which they were admitted: who, and why.
    """

    person: Person
    first_desk: str
    last_at: dt.datetime | None
    last_desk: str
    listed: bool | None
    assistance: bool
    prints: int
    note: str
    words: tuple[Override, ...] = ()

    @property
    def code(self) -> str:
        """The badge code's first letters, the rest as dots."""
        code = self.person.code
        return code[:SHOWN_OF_A_CODE] + "·" * (len(code) - SHOWN_OF_A_CODE)


class Cards:
    """The cards of the people of an open event."""

    def __init__(self, session: EventSession, seating: Seating) -> None:
        self._session = session
        self._passage = Passage(session, seating)

    def card(self, person_id: str) -> Card:
        """Returns somebody's card as they stand now; RefusedError when there is no such person."""
        with self._session.reading() as connection:
            row = self._passage.row(connection, person_id)
            return Card(
                person=as_person(row),
                first_desk=row.first_desk or "",
                last_at=as_time(row.last_at) if row.last_at else None,
                last_desk=row.last_desk or "",
                listed=row.listed,
                assistance=_needs_assistance(connection, row.id),
                prints=row.prints or 0,
                note=people.note_of(connection, row.id),
                words=words_given(connection).get(row.id, ()),
            )

    def write_note(self, person_id: str, text: str) -> Card:
        """Writes the organiser's note about somebody over the one before; empty takes it away.

        The journal knows nothing of it, and no undo brings the old one back.
        """
        with self._session.writing() as writer:
            row = self._passage.row(writer.connection, person_id)
            people.write_note(writer.connection, row.id, clean(text, LONGEST_NOTE))
        return self.card(person_id)


def _needs_assistance(connection: Connection, person_id: str) -> bool:
    found = select(need.c.person_id).where(
        need.c.person_id == person_id, need.c.step_free | (need.c.access != "")
    )
    return connection.execute(found).first() is not None
