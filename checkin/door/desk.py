"""The door of an open event: admissions, departures and undo. Screens and commands ask here.

Each act is one transaction, on disk before its answer is given. The decision is `admission.decide`,
the words are `wording`'s, the seat is the tables' business; this service finds, writes and answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row

from checkin.door import wording
from checkin.door.admission import Ask, Asked, History, Override, Replaced
from checkin.door.answers import Answer
from checkin.door.cards import Cards
from checkin.door.flags import Flags
from checkin.door.groups import GroupFinder
from checkin.door.histories import who_stays
from checkin.door.newcomers import Newcomers
from checkin.door.overview import DeskAct, NextUndo, Overview, Pulse, RollCall, Which
from checkin.door.passage import Passage
from checkin.door.people_index import Match, NearMatches, PeopleIndex, Progress
from checkin.door.registered_twice import RegisteredTwice
from checkin.door.registrations import Registrations
from checkin.door.replays import nonce_of
from checkin.door.scanning import Form, Reading, read
from checkin.door.undoing import Undoing
from checkin.door.waiting_list import WaitingList
from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer, current_round
from checkin.people import Person
from checkin.roster.walk_in import WalkIn
from checkin.tables.seating import Seating
from db import people
from db.ids import new_id
from db.journal import as_time
from db.schema import WITHDRAWN
from db.schema import person as person_table


class Door:
    """One desk at the door of an open event. Its acts run one at a time, in the order asked."""

    def __init__(self, session: EventSession, seating: Seating | None = None) -> None:
        self.session = session
        self.seating = seating or Seating(session)
        self.index = PeopleIndex(session)
        self.registrations = Registrations(session, self.index)
        self.twice = RegisteredTwice(session, self.index)
        self.groups = GroupFinder(session)
        self.waiting = WaitingList(session)
        self.flags = Flags(session, self.seating)
        self.cards = Cards(session, self.seating)
        self._passage = Passage(session, self.seating)
        self._overview = Overview(session, self.seating)
        self._undoing = Undoing(session, self._passage)
        self._newcomers = Newcomers(self._passage)

    # ---- finding

    def load(self, progress: Progress | None = None) -> None:
        """Reads everybody into the search index; `progress` is told (people read, in all)."""
        self.index.load(progress)

    @property
    def ready(self) -> bool:
        """Whether everybody can be found. Codes are answered before that."""
        return self.index.ready

    def refresh(self) -> None:
        """Takes in whom other desks registered; call it when the session says that it changed.

        May run beside the acts of the desk. The room at the door notices changes by itself; where
        it must be read anew, that is begun here.
        """
        self.index.follow()
        self.seating.prepare()

    def find(self, text: str, limit: int = 10) -> list[Match]:
        """Returns the people that `text` may mean, best first. Loads the index when need be."""
        return self.index.find(text, limit)

    def nearly(self, text: str, limit: int = 10) -> NearMatches | None:
        """Returns whom `text` fits without one of its words, for when `find` finds nobody.

        They are to be asked about, never admitted unasked.
        """
        return self.index.nearly(text, limit)

    def person(self, person_id: str) -> Person:
        """Returns one person as they stand now; RefusedError when there is no such person."""
        with self.session.reading() as connection:
            return as_person(self._passage.row(connection, person_id))

    def meant(self, who: str) -> tuple[Person, ...]:
        """Returns whom `who` (a code, an id or a text) may mean: nobody, one, or several.

        A text means one person only when it fits nobody else nearly as well.
        """
        reading = read(who)[0]
        with self.session.reading() as connection:
            row = people.by_id(connection, current_round(connection), who_stays(connection, who))
            if row is None and reading.form is Form.CODE:
                old = people.by_old_code(connection, reading.code)
                row = (
                    self._passage.row(connection, old.person_id)
                    if old
                    else self._row_of_code(connection, reading.code)
                )
            if row is not None:
                return (as_person(row),)
        only = self.index.only(reading.text)
        if only is not None:
            return (self.person(only),)
        # Not by other names of places: Florence Rossi is nobody of the name Rossi in Firenze.
        found = self.index.find_as_written(reading.text, 10)
        return tuple(match.person for match in found)

    def is_guess(self, who: str) -> bool:
        """Whether the one person whom `meant` gives for `who` fits by a guess only.

        A slip of the finger, or a sister's or brother's name: to be asked about, never admitted
        unasked.
        """
        text = read(who)[0].text
        found = self.index.find_as_written(text, 1)
        return bool(found) and found[0].guessed and self.index.only(text) is None

    def pulse(self) -> Pulse:
        """Returns the door in numbers at this moment."""
        return self._overview.pulse()

    def recent(self, limit: int = 10) -> list[DeskAct]:
        """Returns the latest acts at the door, newest first."""
        return self._overview.recent(limit)

    def next_undo(self) -> NextUndo | None:
        """Returns what an undo without a name would take back now; None when it finds nothing."""
        return self._overview.next_undo()

    def people(self, which: Which, limit: int | None = None) -> list[Person]:
        """Returns the people that are meant, by family name; at most `limit` of them."""
        return self._overview.people(which, limit)

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
        nonce = nonce_of(nonce or "")
        several = len(readings) > 1
        return [
            self._scan_one(reading, f"{nonce}#{place}" if nonce and several else nonce, at)
            for place, reading in enumerate(readings, start=1)
        ]

    def check_in(
        self, person_id: str, *, override: Override | None = None, act: str | None = None
    ) -> Answer:
        """Checks one person in. `override` is a supervisor's word; `act` joins several into one.

        RefusedError for an override that does not say who and why.
        """
        _require_word(override)
        with self._writing() as writer:
            row = self._passage.row(writer.connection, person_id)
            answer = self._passage.settle(writer, row, Asked(override=override), {"act": act})
        if row.state == WITHDRAWN:
            self.index.follow()
        return answer

    def look_up(self, person_id: str) -> Answer:
        """Checks in somebody who was looked up by name; of who is in already it says the table.

        That somebody who is in was asked for again is written, as a scan of theirs is.
        """
        with self._writing() as writer:
            row = self._passage.row(writer.connection, person_id)
            keep = {"looked_up": True} if row.state == "here" else {}
            return wording.by_name(self._passage.settle(writer, row, Asked(), keep))

    def check_in_group(
        self, person_ids: Sequence[str], *, override: Override | None = None
    ) -> list[Answer]:
        """Checks several people in: one entry each, one act to undo. Whose other registration is
        inside is asked about, as a scan would be."""
        _require_word(override)
        act, answers = new_id(), []
        for person_id in person_ids:
            with self._writing() as writer:
                row = self._passage.row(writer.connection, person_id)
                twin = self.twice.here_already(writer.connection, row.id)
                asked = Asked(override=override, twin=twin)
                answers.append(self._passage.settle(writer, row, asked, {"act": act}))
        self.index.follow()
        return answers

    def check_out(self, person_id: str) -> Answer:
        """Notes that somebody left; never refused."""
        with self._writing() as writer:
            row = self._passage.row(writer.connection, person_id)
            return self._passage.settle(writer, row, Asked(ask=Ask.OUT), {})

    def undo(self, person_id: str | None = None) -> Answer:
        """Undoes this desk's latest act with all that was one, or a person's part of theirs.

        Of whatever kind it was: what can't be taken back is said, and nothing older is undone.
        """
        with self._writing() as writer:
            answer = self._undoing.undo(writer, person_id)
        self.index.follow()
        return answer

    # ---- people nobody expected

    def walk_in(
        self, form: WalkIn, *, override: Override | None = None, settles: str = ""
    ) -> Answer:
        """Registers somebody who was not on the list and checks them in, as one act.

        `settles` is the key of who waited at the problem desk for it (`flags.Unlisted`). When the
        room is full they stay registered, on the waiting list; the same again, with a supervisor's
        word, admits them.
        """
        _require_word(override)
        entry = form.as_entry()
        with self._writing() as writer:
            answer = self._newcomers.walk_in(writer, entry, override, settles)
        self.index.follow()
        return answer

    def substitute(
        self,
        person_id: str,
        given_name: str,
        family_name: str,
        *,
        override: Override | None = None,
    ) -> Answer:
        """Answers somebody who comes instead of `person_id` as that person would be, as one act.

        They take over organisation, territory, level, languages and table, a pinned one too; not
        diet or access. Instead of somebody who waits or cancelled they need a supervisor's word,
        which admits them when it comes later, too.
        """
        _require_word(override)
        with self._writing() as writer:
            names = (given_name, family_name)
            answer = self._newcomers.substitute(writer, person_id, names, override)
        self.index.follow()
        return answer

    def colleagues(self, person_id: str) -> list[Person]:
        """Returns everybody of the same authority, the person first, then by family name."""
        with self.session.reading() as connection:
            row = self._passage.row(connection, person_id)
            same = person_table.c.organisation == row.organisation
            rows = (
                people.people(connection, current_round(connection), same)
                if row.organisation
                else [row]
            )
        return sorted(map(as_person, rows), key=lambda p: (p.id != row.id, p.family_name, p.id))

    # ---- the parts of an act

    def _scan_one(self, reading: Reading, nonce: str | None, at: dt.datetime | None) -> Answer:
        if reading.form is Form.CODE:
            answer = self._by_code(reading, nonce, at)
            if answer is not None:
                return answer
        return self._by_name(reading, nonce, at)

    def _by_code(
        self, reading: Reading, nonce: str | None, at: dt.datetime | None
    ) -> Answer | None:
        """Answers a code. None when it may be a typed word as well and nobody here bears it."""
        keep = {"nonce": nonce}
        with self._writing(at) as writer:
            connection = writer.connection
            before = self._passage.answered(connection, nonce)
            if before is not None:
                return before
            row = self._row_of_code(connection, reading.code)
            if row is not None:
                asked = Asked(twin=self.twice.here_already(connection, row.id))
                return self._passage.settle(writer, row, asked, keep)
            old = people.by_old_code(connection, reading.code)
            if old is not None:
                row = self._passage.row(connection, old.person_id)
                history = History(replaced=Replaced(as_time(old.replaced_at)))
                return self._passage.settle(writer, row, Asked(), keep, history)
            if reading.layout is None:
                return self._passage.nobody(writer, Asked(), reading, keep)
        return None

    def _by_name(self, reading: Reading, nonce: str | None, at: dt.datetime | None) -> Answer:
        """Answers text: the one person whose whole name it is, those to choose from, or nobody."""
        only, exact = None, []
        if reading.form in (Form.TEXT, Form.CODE):
            # Before the transaction: a long search, or a first load, must not hold up other desks.
            only = self.index.named(reading.text)
            exact = [match.person for match in self.find(reading.text) if match.exact]
        form = Form.TEXT if reading.form is Form.CODE else reading.form
        asked = Asked(form=form, typed=_is_name(reading.text), choices=tuple(exact))
        with self._writing(at) as writer:
            before = self._passage.answered(writer.connection, nonce)
            if before is not None:
                return before
            if only is not None:
                row = self._passage.row(writer.connection, only)
                asked = Asked(form=form, twin=self.twice.here_already(writer.connection, row.id))
                return self._passage.settle(writer, row, asked, {"nonce": nonce})
            return self._passage.nobody(writer, asked, reading, {"nonce": nonce})

    @contextmanager
    def _writing(self, at: dt.datetime | None = None) -> Iterator[Writer]:
        """A write transaction; when it fails, what the room took in of it is dropped."""
        before: int | None = None
        try:
            with self.session.writing(at) as writer:
                before = writer.tip.position
                yield writer
        except Exception:
            if before is not None:
                self.seating.back_to(before)
            raise

    def _row_of_code(self, connection: Connection, code: str) -> Row[Any] | None:
        """Returns whose badge bears `code`: who stays, when that registration was merged."""
        row = people.by_code(connection, current_round(connection), code)
        if row is None:
            owner = people.id_of_code(connection, code)
            row = self._passage.row(connection, owner) if owner else None
        return row


def _require_word(override: Override | None) -> None:
    if override is not None and not (override.who.strip() and override.why.strip()):
        raise RefusedError("An override needs who admits, and why.")


def _is_name(text: str) -> bool:
    return not any(character.isdigit() for character in text)
