"""What the door changes about one registration: badge, status, and two that are one person.

Each act is one transaction and stands in the journal with ids only. Nothing here admits anybody:
that is the desk's business, and so is the undo of what can be undone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select

from checkin.door.histories import last_verdict, who_stays
from checkin.door.people_index import PeopleIndex
from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer, current_round
from checkin.people import Person, PersonFlag, State
from checkin.roster.registrations import fresh_code
from checkin.text import clean
from db import people
from db.ids import new_id
from db.journal import as_text, as_time
from db.kinds import EntryKind
from db.schema import need


class Reason(StrEnum):
    """Why somebody needs another badge."""

    LOST = "lost"
    """Somebody else may find it: the old code is closed."""
    DAMAGED = "damaged"
    CORRECTED = "corrected"
    """The text on it was wrong."""

    @property
    def closes_the_code(self) -> bool:
        """Whether the old badge must not open the door again."""
        return self is Reason.LOST


class Registrations:
    """The registrations of an open event, as the door may change them."""

    def __init__(self, session: EventSession, index: PeopleIndex) -> None:
        self.session = session
        self._index = index

    # ---- badges

    def replace_badge(
        self, person_id: str, reason: Reason, *, text: str | None = None, code: str = ""
    ) -> Person:
        """Returns the person with the code that their next badge bears; print it afterwards.

        A lost badge's code is closed: it answers `replaced` from now on. `code` is that badge's;
        without it every badge of the person counts as lost, those of merged registrations too.
        Otherwise the code stays, for the old badge is in our hands. `text`, if any, is put on it in
        the same act, as `correct_badge` does.
        """
        with self.session.writing() as writer:
            row, act = self._row(writer, person_id), new_id()
            if text is not None and clean(text) != row.badge_name:
                _correct(writer, row, clean(text), act)
            if reason.closes_the_code:
                _close(writer, row.id, code, act)
            person = self._person(writer, row.id)
        self._changed()
        return person

    def correct_badge(self, person_id: str, text: str) -> Person:
        """Puts `text` on the badge in the place of the name; empty text takes the name again.

        The registered name stays as it is.
        """
        with self.session.writing() as writer:
            row = self._row(writer, person_id)
            _correct(writer, row, clean(text))
            person = self._person(writer, row.id)
        self._changed()
        return person

    # ---- status

    def cancel(self, person_id: str) -> Person:
        """Notes that somebody will not come. RefusedError when they came."""
        with self.session.writing() as writer:
            person = self._person(writer, person_id)
            if person.state in (State.HERE, State.LEFT):
                raise RefusedError(f"{person.full_name} was here today and can't be cancelled.")
            if person.state is State.CANCELLED:
                raise RefusedError(f"{person.full_name} is cancelled already.")
            person = self._set(writer, person, State.CANCELLED)
        self._changed()
        return person

    def expect(self, person_id: str) -> Person:
        """Expects somebody again who cancelled, or who waits: a place was found for them."""
        with self.session.writing() as writer:
            row = self._row(writer, person_id)
            person = as_person(row)
            if row.replaced_by:
                raise RefusedError(f"Somebody else came instead of {person.full_name}.")
            if person.state not in (State.CANCELLED, State.WAITLISTED):
                raise RefusedError(f"{person.full_name} is expected or came already.")
            person = self._set(writer, person, State.EXPECTED)
        self._changed()
        return person

    # ---- one person, registered twice

    def merge(self, keep_id: str, other_id: str) -> Person:
        """Makes two registrations one and returns who stays: one card, one count, two good codes.

        Who stays keeps their own text; they are here when either was, since the earlier arrival.
        """
        with self.session.writing() as writer:
            keep, other = self._row(writer, keep_id), self._row(writer, other_id)
            if keep.id == other.id:
                raise RefusedError("These are one registration already.")
            if keep.replaced_by or other.replaced_by:
                raise RefusedError("Somebody else came instead of one of them; undo that first.")
            act = new_id()
            _carry_flags(writer, keep, other, act)
            writer.record(EntryKind.MERGED, other.id, into=keep.id, act=act)
            _carry_over(writer, keep, other, current_round(writer.connection), act)
            person = self._person(writer, keep.id)
        self._changed()
        return person

    def tell_apart(self, one_id: str, other_id: str) -> tuple[Person, Person]:
        """Notes that two registrations are two people, who are not proposed as one again."""
        with self.session.writing() as writer:
            one, other = self._person(writer, one_id), self._person(writer, other_id)
            if one.id == other.id:
                raise RefusedError("These are one registration; undo the merge first.")
            writer.record(EntryKind.TOLD_APART, one.id, other=other.id)
        return one, other

    def take_back(self, one_id: str, other_id: str) -> None:
        """Undoes what was last said of two registrations: that they are one, or two people.

        RefusedError when nothing stands that was said.
        """
        with self.session.writing() as writer:
            act = last_verdict(writer.connection, {one_id, other_id})
            if act is None:
                raise RefusedError("Nothing was said of these two that could be undone.")
            shared = {"act": new_id()} if len(act.entries) > 1 else {}
            for each in reversed(act.entries):
                writer.record(EntryKind.UNDONE, each.subject, refers_to=each.id, **shared)
        self._changed()

    # ---- the parts

    def _row(self, writer: Writer, person_id: str) -> Row[Any]:
        connection = writer.connection
        stays = who_stays(connection, person_id)
        row = people.by_id(connection, current_round(connection), stays)
        if row is None:
            raise RefusedError("There is no such person in this event.")
        return row

    def _person(self, writer: Writer, person_id: str) -> Person:
        return as_person(self._row(writer, person_id))

    def _set(self, writer: Writer, person: Person, state: State) -> Person:
        writer.record(EntryKind.STATUS_SET, person.id, status=state.value)
        return self._person(writer, person.id)

    def _changed(self) -> None:
        self._index.follow()


def _close(writer: Writer, person_id: str, code: str, act: str) -> None:
    """Gives new codes for `code`, or for every code of a person when it is none of theirs."""
    connection, at = writer.connection, as_text(writer.author.at)
    codes = people.codes_of(connection, person_id)
    closed = [code] if code in codes else list(codes)
    # Their own last, which names the act.
    for old in sorted(closed, key=lambda each: codes[each] == person_id):
        new = fresh_code(connection)
        people.replace_code(connection, codes[old], old, new, at)
        writer.record(EntryKind.BADGE_REPLACED, codes[old], old=old, new=new, act=act)


def _correct(writer: Writer, row: Row[Any], text: str, act: str | None = None) -> None:
    entry = writer.record(EntryKind.BADGE_CORRECTED, row.id, act=act)
    # What stood there before, for an undo: the journal holds no people's text.
    people.keep_text(writer.connection, entry.id, row.badge_name)
    people.change(writer.connection, row.id, {"badge_name": text})


def _carry_flags(writer: Writer, keep: Row[Any], other: Row[Any], act: str) -> None:
    """Flags `keep` as `other` was and gives them its note, if they have none.

    A problem is not carried: two registrations were the problem.
    """
    mine = as_person(keep).flags
    for flag in as_person(other).flags:
        if flag not in mine and flag is not PersonFlag.PROBLEM_DESK:
            writer.record(EntryKind.FLAG_SET, keep.id, flag=flag.value, wanted=True, act=act)
    note = people.note_of(writer.connection, other.id)
    if note and not people.note_of(writer.connection, keep.id):
        people.write_note(writer.connection, keep.id, note)


def _carry_over(writer: Writer, keep: Row[Any], other: Row[Any], number: int, act: str) -> None:
    """Writes for `keep` what only `other` had: a place in the event, an arrival, a departure."""
    if not keep.step_free:
        # Who needs help to leave must still be on the roll call's first lines.
        _carry_needs(writer, keep.id, other.id)
    mine, theirs = as_person(keep), as_person(other)
    if mine.state in (State.CANCELLED, State.WAITLISTED) and theirs.state is State.EXPECTED:
        writer.record(EntryKind.STATUS_SET, keep.id, status=State.EXPECTED.value, act=act)
    if mine.state is State.HERE or other.first_at is None:
        return
    came = as_time(other.first_at)
    if theirs.state is State.HERE or keep.first_at is None:
        table = other.table_number if keep.table_number is None else keep.table_number
        _at(writer, came).record(
            EntryKind.ARRIVED, keep.id, answer="welcome", round=number, table=table, act=act
        )
    if theirs.state is State.LEFT and keep.first_at is None:
        _at(writer, as_time(other.last_at)).record(
            EntryKind.DEPARTED, keep.id, answer="left", act=act
        )


def _carry_needs(writer: Writer, keep_id: str, other_id: str) -> None:
    """Copies the private needs of `other_id` to `keep_id`, who has named none of their own."""
    rows = writer.connection.execute(
        select(need).where(need.c.person_id.in_([keep_id, other_id]))
    ).mappings()
    needs = {row["person_id"]: dict(row) for row in rows}
    mine = needs.get(keep_id)
    if other_id in needs and (mine is None or not (mine["access"] or mine["step_free"])):
        diet = (mine["diet"] if mine else "") or needs[other_id]["diet"]
        kept = needs[other_id] | {"person_id": keep_id, "diet": diet}
        people.write_needs(writer.connection, [kept])


def _at(writer: Writer, at: dt.datetime) -> Writer:
    """Returns a writer whose entries tell of something that happened at `at`."""
    return replace(writer, author=replace(writer.author, at=at))
