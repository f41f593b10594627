"""The door of an open event: admissions, departures and undo. Screens and commands ask here.

Each act is one transaction, on disk before its answer is given. The decision is `admission.decide`,
the words are `wording`'s, the seat is the tables' business; this service finds, writes and answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row

from checkin.door import wording
from checkin.door.admission import (
    Act,
    Ask,
    Asked,
    Decision,
    History,
    Override,
    Replaced,
    Undoable,
    decide,
    decide_undo,
)
from checkin.door.answers import Answer, Kind
from checkin.door.histories import (
    WholeAct,
    entry_of_nonce,
    history_of,
    is_undone,
    last_act,
    last_act_of,
    rules_of,
)
from checkin.door.overview import DeskAct, Overview, Pulse, RollCall, Which
from checkin.door.people_index import Match, PeopleIndex, Progress
from checkin.door.scanning import Form, Reading, read
from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer
from checkin.people import Person, State
from checkin.roster.registrations import Registrar, as_entry
from checkin.roster.walk_in import WalkIn
from checkin.tables.arrival import ArrivalSeat
from checkin.tables.seating import Seating
from db import people
from db.ids import new_id
from db.journal import Entry, as_time
from db.kinds import EntryKind
from db.schema import person as person_table

NO_SEAT = ArrivalSeat(None, "")


class Door:
    """One desk at the door of an open event. Its acts run one at a time, in the order asked."""

    def __init__(self, session: EventSession, seating: Seating | None = None) -> None:
        self.session = session
        self.seating = seating or Seating(session)
        self.index = PeopleIndex(session)
        self._overview = Overview(session, self.seating)

    # ---- finding

    def load(self, progress: Progress | None = None) -> None:
        """Reads everybody into the search index; `progress` is told (people read, in all)."""
        self.index.load(progress)

    @property
    def ready(self) -> bool:
        """Whether everybody can be found. Codes are answered before that."""
        return self.index.ready

    def refresh(self) -> None:
        """Takes in what other desks wrote; call it when the session says that something changed."""
        self.seating.forget()
        if self.ready:
            self.index.refresh()

    def find(self, text: str, limit: int = 10) -> list[Match]:
        """Returns the people that `text` may mean, best first. Loads the index when need be."""
        return self.index.find(text, limit)

    def person(self, person_id: str) -> Person:
        """Returns one person as they stand now; RefusedError when there is no such person."""
        with self.session.reading() as connection:
            return as_person(self._row(connection, person_id))

    def meant(self, who: str) -> tuple[Person, ...]:
        """Returns whom `who` (a code, an id or a text) may mean: nobody, one, or several.

        A text means one person only when it fits nobody else nearly as well.
        """
        reading = read(who)[0]
        with self.session.reading() as connection:
            row = people.by_id(connection, self.seating.round, who)
            if row is None and reading.form is Form.CODE:
                row = people.by_code(connection, self.seating.round, reading.code)
            if row is not None:
                return (as_person(row),)
        only = self.index.only(reading.text)
        if only is not None:
            return (self.person(only),)
        return tuple(match.person for match in self.find(reading.text))

    def pulse(self) -> Pulse:
        """Returns the door in numbers at this moment."""
        return self._overview.pulse()

    def recent(self, limit: int = 10) -> list[DeskAct]:
        """Returns the latest acts at the door, newest first."""
        return self._overview.recent(limit)

    def people(self, which: Which) -> list[Person]:
        """Returns the people that are meant, by family name."""
        return self._overview.people(which)

    def roll_call(self) -> RollCall:
        """Returns who is inside now, by table."""
        return self._overview.roll_call()

    # ---- coming and going

    def scan(
        self, raw: str, *, nonce: str | None = None, at: dt.datetime | None = None
    ) -> list[Answer]:
        """Answers what was scanned or typed: a code, several glued together, or a whole name.

        The same `nonce` always gets the same answer and writes nothing more; with several codes
        each gets its own. `at` is when it was scanned, now when None.
        """
        readings = read(raw)
        several = len(readings) > 1
        return [
            self._scan_one(reading, f"{nonce}#{place}" if nonce and several else nonce, at)
            for place, reading in enumerate(readings, start=1)
        ]

    def check_in(
        self, person_id: str, *, override: Override | None = None, act: str | None = None
    ) -> Answer:
        """Checks one person in. `override` is a supervisor's word; `act` joins several into one."""
        with self.session.writing() as writer:
            row = self._row(writer.connection, person_id)
            return self._pass(writer, row, Asked(override=override), {"act": act})

    def check_in_group(self, person_ids: Sequence[str]) -> list[Answer]:
        """Checks several people in: one entry each, one act to undo."""
        act = new_id()
        return [self.check_in(person_id, act=act) for person_id in person_ids]

    def check_out(self, person_id: str) -> Answer:
        """Notes that somebody left; never refused."""
        with self.session.writing() as writer:
            row = self._row(writer.connection, person_id)
            return self._pass(writer, row, Asked(ask=Ask.OUT), {})

    def undo(self, person_id: str | None = None) -> Answer:
        """Undoes this desk's latest act, or a person's at any desk, with all that was one act."""
        with self.session.writing() as writer:
            connection = writer.connection
            act = (
                last_act(connection, self.session.desk)
                if person_id is None
                else last_act_of(connection, self._row(connection, person_id))
            )
            person = self._person_of(connection, act)
            undoable = None
            if act and person:
                chief = act.chief
                undoable = Undoable(Act(chief.kind), chief.at, chief.desk, person)
            decision = decide_undo(undoable, rules_of(connection, self.session), writer.author.at)
            written = self._write_undo(writer, act) if act and undoable else None
            if person and written:
                person = as_person(self._row(connection, person.id))
            return self._answer(decision, person, entry=written)

    # ---- people nobody expected

    def walk_in(self, form: WalkIn, *, override: Override | None = None) -> Answer:
        """Registers somebody who was not on the list and checks them in, as one act.

        When the room is full they stay registered, on the waiting list.
        """
        entry = form.as_entry()
        with self.session.writing() as writer:
            act = new_id()
            (person_id,) = Registrar(writer.connection).add([entry], "walk_in")
            writer.record(EntryKind.REGISTERED, person_id, act=act)
            self.seating.forget()
            row = self._row(writer.connection, person_id)
            answer = self._pass(writer, row, Asked(override=override), {"act": act})
            if answer.kind is Kind.FULL:
                writer.record(EntryKind.STATUS_SET, person_id, status="waitlisted", act=act)
        self.index.refresh()
        return answer

    def substitute(self, person_id: str, given_name: str, family_name: str) -> Answer:
        """Checks in somebody who comes instead of `person_id`, as one act.

        They take over organisation, territory, level, languages and table; not diet or access.
        """
        name = WalkIn(given_name, family_name).as_entry()
        with self.session.writing() as writer:
            connection, act = writer.connection, new_id()
            absent = self._row(connection, person_id)
            if absent.state == "here":
                raise RefusedError(
                    f"{as_person(absent).full_name} is here; nobody can replace them."
                )
            if absent.replaced_by:
                raise RefusedError(f"{as_person(absent).full_name} has a substitute already.")
            kept = replace(
                as_entry(absent, None, None),
                given_name=name.given_name,
                family_name=name.family_name,
                email="",
                badge_name="",
                title="",
                external_id="",
                host=False,
                status=State.EXPECTED,
                name_guessed=False,
            )
            (new,) = Registrar(connection).add([kept], "substitute")
            writer.record(EntryKind.REGISTERED, new, act=act)
            writer.record(EntryKind.REPLACED, person_id, by=new, act=act)
            self.seating.forget()
            row = self._row(connection, new)
            answer = self._pass(writer, row, Asked(), {"act": act, "planned": absent.planned})
        self.index.refresh()
        return answer

    def colleagues(self, person_id: str) -> list[Person]:
        """Returns everybody of the same authority, the person first, then by family name."""
        with self.session.reading() as connection:
            row = self._row(connection, person_id)
            same = person_table.c.organisation == row.organisation
            rows = (
                people.people(connection, self.seating.round, same) if row.organisation else [row]
            )
        return sorted(map(as_person, rows), key=lambda p: (p.id != row.id, p.family_name, p.id))

    # ---- the parts of an act

    def _scan_one(self, reading: Reading, nonce: str | None, at: dt.datetime | None) -> Answer:
        with self.session.writing(at) as writer:
            connection = writer.connection
            if nonce:
                before = entry_of_nonce(connection, nonce)
                if before is not None:
                    return self._replay(connection, before)
            keep = {"nonce": nonce}
            if reading.form is Form.CODE:
                row = people.by_code(connection, self.seating.round, reading.code)
                if row is not None:
                    return self._pass(writer, row, Asked(), keep)
                old = people.by_old_code(connection, reading.code)
                if old is not None:
                    row = self._row(connection, old.person_id)
                    history = History(replaced=Replaced(as_time(old.replaced_at)))
                    return self._pass(writer, row, Asked(), keep, history)
                if reading.layout is None:
                    return self._nobody(writer, Asked(), reading, keep)
            return self._by_name(writer, reading, keep)

    def _by_name(self, writer: Writer, reading: Reading, keep: dict[str, Any]) -> Answer:
        """Answers text: the one person whose whole name it is, those to choose from, or nobody."""
        if reading.form not in (Form.TEXT, Form.CODE):
            return self._nobody(writer, Asked(form=reading.form), reading, keep)
        exact = [match.person for match in self.find(reading.text) if match.exact]
        only = self.index.only(reading.text)
        if only is not None:
            row = self._row(writer.connection, only)
            return self._pass(writer, row, Asked(form=reading.form), keep)
        asked = Asked(form=reading.form, typed=_is_name(reading.text), choices=tuple(exact[:10]))
        return self._nobody(writer, asked, reading, keep)

    def _nobody(
        self, writer: Writer, asked: Asked, reading: Reading, keep: dict[str, Any]
    ) -> Answer:
        rules = rules_of(writer.connection, self.session)
        decision = decide(None, History(), rules, asked, writer.author.at)
        if decision.journal is None and not keep.get("nonce"):
            return self._answer(decision, None)
        entry = writer.record(
            EntryKind.REFUSED, answer=decision.kind.value, shape=shape(reading.text), **keep
        )
        self.seating.follow(writer.connection)
        return self._answer(decision, None, entry=entry)

    def _pass(
        self,
        writer: Writer,
        row: Row[Any],
        asked: Asked,
        keep: dict[str, Any],
        history: History | None = None,
    ) -> Answer:
        """Decides on one person, writes what is to be written and answers."""
        connection = writer.connection
        person = as_person(row)
        rules = rules_of(connection, self.session)
        decision = decide(
            person, history or history_of(connection, row), rules, asked, writer.author.at
        )
        journal = decision.journal or (Act.REFUSED if keep.get("nonce") else None)
        if journal is None:
            return self._answer(decision, person)
        if journal is not Act.ARRIVED:
            entry = writer.record(
                EntryKind(journal.value), row.id, answer=decision.kind.value, **keep
            )
            self.seating.forget() if journal is Act.DEPARTED else self.seating.follow(connection)
            return self._answer(decision, as_person(self._row(connection, row.id)), entry=entry)
        return self._arrive(writer, row, decision, keep)

    def _arrive(
        self, writer: Writer, row: Row[Any], decision: Decision, keep: dict[str, Any]
    ) -> Answer:
        connection = writer.connection
        planned = keep.pop("planned", None)
        seat = self.seating.arrival(connection, row.id, planned)
        entry = writer.record(
            EntryKind.ARRIVED,
            row.id,
            answer=decision.kind.value,
            round=self.seating.round,
            table=seat.table,
            flags=[flag.value for flag in decision.flags] or None,
            supervised=True if decision.override else None,
            **keep,
        )
        if decision.override:
            people.write_word(connection, entry.id, decision.override.who, decision.override.why)
        self.seating.follow(connection, row.id, seat.table)
        return self._answer(decision, as_person(self._row(connection, row.id)), seat, entry)

    def _replay(self, connection: Connection, before: Entry) -> Answer:
        """Answers a nonce again, as it was answered; an undo since then wins."""
        person = as_person(self._row(connection, before.subject)) if before.subject else None
        kind = Kind(before.payload["answer"])
        undone = is_undone(connection, before.id)
        seat = ArrivalSeat(before.payload.get("table"), "") if not undone else NO_SEAT
        return wording.replayed(
            self._answer(Decision(kind, first_at=before.at), person, seat, before), undone=undone
        )

    def _write_undo(self, writer: Writer, act: WholeAct) -> Entry | None:
        written = None
        shared = {"act": new_id()} if len(act.entries) > 1 else {}
        for each in reversed(act.entries):
            written = writer.record(EntryKind.UNDONE, each.subject, refers_to=each.id, **shared)
        self.seating.forget()
        return written

    def _answer(
        self,
        decision: Decision,
        person: Person | None,
        seat: ArrivalSeat = NO_SEAT,
        entry: Entry | None = None,
    ) -> Answer:
        return wording.answer(
            decision,
            person,
            zone=self.session.settings.timezone,
            table=seat.table,
            why_table=seat.reason or None,
            journal_id=entry.id if entry else None,
        )

    def _person_of(self, connection: Connection, act: WholeAct | None) -> Person | None:
        subject = act.chief.subject if act else None
        row = people.by_id(connection, self.seating.round, subject) if subject else None
        return as_person(row) if row else None

    def _row(self, connection: Connection, person_id: str) -> Row[Any]:
        row = people.by_id(connection, self.seating.round, person_id)
        if row is None:
            raise RefusedError("There is no such person in this event.")
        return row


def shape(text: str) -> str:
    """Returns what was scanned with every letter made `a` and every digit `9`.

    It is enough to see what kind of code it was, and says nothing about anybody.
    """
    made = "".join("9" if c.isdigit() else "a" if c.isalpha() else c for c in text[:40])
    return made if made.isascii() else made.encode("ascii", "replace").decode("ascii")


def _is_name(text: str) -> bool:
    return not any(character.isdigit() for character in text)
