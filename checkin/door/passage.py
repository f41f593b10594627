"""One passage at the door: decides, writes what is to be written and answers.

The parts that every act at the desk is made of, each inside the transaction of whoever asks. The
decision is `admission.decide`, the seat the tables' business, the words are `wording`'s.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row

from checkin.door import wording
from checkin.door.admission import Act, Asked, Decision, History, decide
from checkin.door.answers import Answer
from checkin.door.histories import entry_of_nonce, history_of, is_undone, rules_of, who_stays
from checkin.door.replays import decision_of, kept, reason_of
from checkin.door.scanning import Reading
from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer, current_round
from checkin.people import Person, PersonFlag, State
from checkin.tables.arrival import ArrivalSeat
from checkin.tables.seating import Seating
from db import people
from db.journal import Entry, as_text, as_time
from db.kinds import EntryKind

NO_SEAT = ArrivalSeat(None, "")


class Passage:
    """The parts of an act at one desk of an open event."""

    def __init__(self, session: EventSession, seating: Seating) -> None:
        self.session = session
        self.seating = seating

    def row(self, connection: Connection, person_id: str) -> Row[Any]:
        """Returns the row of a person, or of who stands for them after a merge.

        RefusedError when there is no such person.
        """
        number = current_round(connection)
        row = people.by_id(connection, number, person_id)
        if row is None:
            row = people.by_id(connection, number, who_stays(connection, person_id))
        if row is None:
            raise RefusedError("There is no such person in this event.")
        return row

    def nobody(
        self, writer: Writer, asked: Asked, reading: Reading, keep: dict[str, Any]
    ) -> Answer:
        """Answers what means nobody, and writes that it was refused."""
        rules = rules_of(writer, self.session)
        decision = decide(None, History(), rules, asked, writer.author.at)
        if decision.journal is None and not keep.get("nonce"):
            return self.answer(decision, None)
        told = kept(decision, None, "", None) if keep.get("nonce") else {}
        told |= {"answer": decision.kind.value, "shape": shape(reading.text)}
        entry = writer.record(EntryKind.REFUSED, **told, **keep)
        return self.answer(decision, None, entry=entry)

    def settle(
        self,
        writer: Writer,
        row: Row[Any],
        asked: Asked,
        keep: dict[str, Any],
        history: History | None = None,
    ) -> Answer:
        """Decides on one person, writes what is to be written and answers.

        `keep` goes into what is written, but for `planned`: the table of whom they replace.
        """
        connection = writer.connection
        planned = keep.pop("planned", None)
        person = as_person(row)
        rules = rules_of(writer, self.session)
        decision = decide(
            person, history or history_of(connection, row), rules, asked, writer.author.at
        )
        journal = decision.journal or (Act.REFUSED if keep.get("nonce") else None)
        if journal is None:
            return self.answer(decision, person)
        if journal is Act.ARRIVED:
            return self._arrive(writer, row, person, decision, keep, planned)
        told: dict[str, Any] = {"flags": [flag.value for flag in decision.flags] or None}
        if keep.get("nonce"):
            told = kept(decision, person.table, "", row.replaced_by)
        told |= {"answer": decision.kind.value}
        entry = writer.record(EntryKind(journal.value), row.id, **told, **keep)
        if journal is Act.DEPARTED:
            person = as_person(self.row(connection, row.id))
        return self.answer(decision, person, entry=entry)

    def _arrive(
        self,
        writer: Writer,
        row: Row[Any],
        person: Person,
        decision: Decision,
        keep: dict[str, Any],
        planned: int | None,
    ) -> Answer:
        connection = writer.connection
        seat = self.seating.arrival(writer, row, planned)
        told: dict[str, Any] = {"flags": [flag.value for flag in decision.flags] or None}
        if keep.get("nonce"):
            told = kept(decision, seat.table, seat.unnamed or seat.reason, None)
        told |= {
            "answer": decision.kind.value,
            "round": self.seating.round,
            "table": seat.table,
            "supervised": True if decision.override else None,
        }
        record = writer.record_first if row.state is None else writer.record
        entry = record(EntryKind.ARRIVED, row.id, **told, **keep)
        if decision.override:
            people.write_word(connection, entry.id, decision.override.who, decision.override.why)
        self.seating.seated(row, seat.table, entry)
        # As the file says now; reading it again would cost a tenth of the whole act.
        first = as_time(row.first_at or as_text(entry.at))
        arrived = replace(
            person,
            state=State.HERE,
            table=seat.table,
            arrived_at=first,
            # Whoever is in has no problem any more: that is how the fold reads an arrival.
            flags=tuple(flag for flag in person.flags if flag is not PersonFlag.PROBLEM_DESK),
        )
        return self.answer(decision, arrived, seat, entry)

    def answered(self, connection: Connection, nonce: str | None) -> Answer | None:
        """Returns the answer that this nonce got before; an undo since then wins."""
        before = entry_of_nonce(connection, nonce) if nonce else None
        if before is None:
            return None

        def person_of(person_id: str) -> Person | None:
            row = people.by_id(connection, current_round(connection), person_id)
            return as_person(row) if row else None

        person = as_person(self.row(connection, before.subject)) if before.subject else None
        territory = person.territory if person else ""
        seat = ArrivalSeat(
            before.payload.get("table"), reason_of(before.payload, person_of, territory)
        )
        decision = decision_of(before.payload, person_of)
        given = self.answer(decision, person, seat, before)
        return wording.replayed(given, undone=is_undone(connection, before.id))

    def answer(
        self,
        decision: Decision,
        person: Person | None,
        seat: ArrivalSeat = NO_SEAT,
        entry: Entry | None = None,
    ) -> Answer:
        """Returns the answer to a decision, in words."""
        return wording.answer(
            decision,
            person,
            zone=self.session.settings.timezone,
            table=seat.table,
            why_table=seat.reason or None,
            journal_id=entry.id if entry else None,
        )


def shape(text: str) -> str:
    """Returns what was scanned with every letter made `a` and every digit `9`.

    It is enough to see what kind of code it was, and says nothing about anybody.
    """
    made = "".join("9" if c.isdigit() else "a" if c.isalpha() else c for c in text[:40])
    return made if made.isascii() else made.encode("ascii", "replace").decode("ascii")
