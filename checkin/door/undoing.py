"""Taking an act of the door back: the desk's latest, or the latest about one person.

Everything that was one act goes together, or nothing is changed and the answer says why. An undo is
an entry like any other; what stands beside the journal (a badge's code and its text) is put back in
the same transaction.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from checkin.door import wording
from checkin.door.admission import Act, Undoable, decide_undo
from checkin.door.answers import Answer
from checkin.door.histories import (
    PASSAGES,
    WholeAct,
    is_undone,
    last_act,
    last_act_of,
    last_reprint,
    rules_of,
)
from checkin.door.passage import Passage
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer
from checkin.people import Person, PersonFlag
from db import people
from db.folds import inside
from db.ids import new_id
from db.journal import Entry, as_text
from db.kinds import EntryKind
from db.schema import journal


class Undoing:
    """The undo of one desk of an open event."""

    def __init__(self, session: EventSession, passage: Passage) -> None:
        self._session = session
        self._passage = passage

    def undo(self, writer: Writer, person_id: str | None) -> Answer:
        """Takes back this desk's latest act with all that was one, or a person's part of theirs."""
        connection = writer.connection
        act = (
            last_act(connection, self._session.desk)
            if person_id is None
            else last_act_of(connection, self._passage.row(connection, person_id))
        )
        if act is None:
            return self._nothing(writer, person_id)
        chief = act.chief
        if chief.subject is None:
            return self._undo_unlisted(writer, act)
        person = self._person(connection, chief)
        why_not = next(filter(None, (_why_not(connection, each) for each in act.entries)), "")
        if why_not:
            return wording.badge_stays(person, why_not)
        capacity = self._session.settings.capacity
        # Counted only where there is a limit: among 100,000 it takes a while.
        before = inside(connection) if capacity is not None else 0
        did = Act(chief.kind) if chief.kind in PASSAGES else Act.REFUSED
        undoable = Undoable(did, chief.at, chief.desk, person)
        decision = decide_undo(undoable, rules_of(writer, self._session), writer.author.at)
        written = _take_back(writer, act)
        answer = self._passage.answer(decision, self._person(connection, chief), entry=written)
        answer = wording.undone_with(_in_words(answer, did, chief), act.others)
        if capacity is not None and (here := inside(connection)) > max(capacity, before):
            answer = wording.over_limit(answer, here, capacity)
        return answer

    def _nothing(self, writer: Writer, person_id: str | None) -> Answer:
        reprint = last_reprint(writer.connection, self._session.desk) if not person_id else None
        if reprint is not None:
            person = self._person(writer.connection, reprint)
            return wording.badge_stays(person, "it was only printed once more")
        rules = rules_of(writer, self._session)
        return self._passage.answer(decide_undo(None, rules, writer.author.at), None)

    def _undo_unlisted(self, writer: Writer, act: WholeAct) -> Answer:
        """Takes back that somebody on no list was sent to the problem desk, or settled."""
        chief = act.chief
        sent = chief.refers_to or chief.id
        text = people.texts(writer.connection, [sent]).get(sent, "")
        written = _take_back(writer, act)
        return wording.unlisted_undone(text, written.id, stands=not chief.payload["wanted"])

    def _person(self, connection: Connection, entry: Entry) -> Person:
        return as_person(self._passage.row(connection, entry.subject or ""))


def _in_words(answer: Answer, did: Act, chief: Entry) -> Answer:
    """Returns the answer to an undo with what was taken back, and the way on."""
    match chief.kind:
        case EntryKind.FLAG_SET:
            flag = PersonFlag(chief.payload["flag"])
            return wording.flag_undone(answer, flag, stands=not chief.payload["wanted"])
        case EntryKind.BADGE_REPLACED:
            return wording.badge_undone(answer)
        case EntryKind.BADGE_CORRECTED:
            return wording.badge_text_undone(answer)
    return wording.undone_passage(answer, did)


def _take_back(writer: Writer, act: WholeAct) -> Entry:
    """Writes that the entries of `act` count no more, the latest first; returns the last undo."""
    shared = {"act": new_id()} if len(act.entries) > 1 else {}
    for each in reversed(act.entries):
        written = writer.record(EntryKind.UNDONE, each.subject, refers_to=each.id, **shared)
        _put_back(writer, each)
    return written


def _put_back(writer: Writer, entry: Entry) -> None:
    """Puts back what an entry changed beside the journal."""
    connection, subject = writer.connection, entry.subject or ""
    if entry.kind == EntryKind.BADGE_REPLACED:
        old, new = entry.payload["old"], entry.payload["new"]
        people.restore_code(connection, subject, old, new, as_text(writer.author.at))
    if entry.kind == EntryKind.BADGE_CORRECTED:
        before = people.texts(connection, [entry.id])[entry.id]
        people.change(connection, subject, {"badge_name": before})


def _why_not(connection: Connection, entry: Entry) -> str:
    """Returns why an entry can't be taken back any more, as half a sentence; empty when it can."""
    if entry.kind == EntryKind.BADGE_REPLACED:
        stands = people.id_of_code(connection, entry.payload["new"]) == entry.subject
        return "" if stands else "it was replaced again since"
    if entry.kind == EntryKind.BADGE_CORRECTED:
        if entry.id not in people.texts(connection, [entry.id]):
            return "what it said before was not kept"
        if _corrected_since(connection, entry):
            return "its text was corrected again since"
    return ""


def _corrected_since(connection: Connection, entry: Entry) -> bool:
    later = connection.execute(
        select(journal.c.id).where(
            journal.c.subject == entry.subject,
            journal.c.kind == EntryKind.BADGE_CORRECTED.value,
            journal.c.position > entry.position,
        )
    ).scalars()
    return any(not is_undone(connection, each) for each in later)
