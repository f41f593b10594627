"""What the door can see at a glance: the latest acts, the pace, the lists. Reads, never writes."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from checkin.door import pace
from checkin.door.flags import count_at_problem_desk
from checkin.door.histories import is_undone, last_act, who_stays
from checkin.door.roll_call import RollCall
from checkin.door.roll_call import roll_call as called
from checkin.event.rows import as_person
from checkin.event.session import EventSession, current_round
from checkin.event.status import status
from checkin.people import Person, PersonFlag
from checkin.tables.seating import Seating
from db import people
from db.journal import as_time
from db.kinds import EntryKind
from db.schema import journal, need, person, presence

__all__ = ["DeskAct", "Overview", "Pulse", "RollCall", "Which"]


class Which(StrEnum):
    """Which people a list shows."""

    HERE = "here"
    EXPECTED = "expected"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class DeskAct:
    """One act at the door: when (UTC), a sign and a word, whose, the table, and whether undone."""

    at: dt.datetime
    sign: str
    word: str
    name: str
    table: int | None
    desk: str
    journal_id: str
    person_id: str | None
    undone: bool
    flags: tuple[PersonFlag, ...] = ()
    """How the person is flagged now."""


@dataclass(frozen=True, slots=True)
class NextUndo:
    """What a desk's next undo takes back: whose act (a family name, or what was typed for somebody
    on no list), and of how many people."""

    name: str
    people: int = 1


@dataclass(frozen=True, slots=True)
class Pulse:
    """The door in numbers. `rate` is arrivals a minute, `per_minute` the last ten, oldest first."""

    registered: int
    here: int
    due: int
    left: int
    rate: float
    per_minute: tuple[int, ...]
    next_table: int | None
    ready_words: str = ""
    """`45 in by ~09:03`, when those who will likely come should be in; empty when that can't be
    told."""
    at_problem_desk: int = 0
    full_words: str = ""
    """`full: 6 of 6`, when as many are inside as may be."""


_SHOWN = (
    EntryKind.ARRIVED,
    EntryKind.DEPARTED,
    EntryKind.REFUSED,
    EntryKind.MOVED,
    EntryKind.FLAG_SET,
)
_BADGES = (EntryKind.BADGE_REPLACED, EntryKind.BADGE_CORRECTED)
_UNDONE = {
    EntryKind.ARRIVED: "check-in undone",
    EntryKind.DEPARTED: "departure undone",
}
"""What is said of an undo that stands in the list by itself."""
SIGNS = {
    EntryKind.UNDONE: ("↶", "undone"),
    EntryKind.ARRIVED: ("✓", "here"),
    EntryKind.DEPARTED: ("←", "left"),
    EntryKind.REFUSED: ("✕", "refused"),
    EntryKind.MOVED: ("→", "moved"),
    EntryKind.FLAG_SET: ("⚑", "flag"),
}
"""Sign and word of the acts shown, as far as the kind tells."""
_FLAGGED = {
    ("problem_desk", True): ("⚑", "problem desk"),
    ("problem_desk", False): ("⚑", "settled"),
    ("vip", True): ("★", "VIP"),
    ("vip", False): ("★", "no VIP"),
    ("organiser", True): ("☎", "call organiser"),
    ("organiser", False): ("☎", "no call"),
}
_NO_NEWS = ("own_repeat", "needs_choice")
"""Answers that are kept for their nonce only: nothing happened."""

_REFUSALS = {
    "already_in": ("‼", "twice"),
    "other_event": ("✕", "other event"),
    "foreign_code": ("✕", "not our badge"),
    "unknown_name": ("✕", "not found"),
    "replaced": ("⇄", "replaced"),
    "cancelled": ("✕", "cancelled"),
    "waitlisted": ("…", "waiting list"),
    "not_yet": ("✕", "too early"),
    "too_late": ("✕", "too late"),
    "full": ("✕", "full"),
}


class Overview:
    """The read-only side of the door of an open event."""

    def __init__(self, session: EventSession, seating: Seating) -> None:
        self._session = session
        self._seating = seating

    def pulse(self) -> Pulse:
        """Returns the door in numbers at this moment."""
        now, settings = status(self._session), self._session.settings
        outlook = now.outlook(settings, self._session.now())
        return Pulse(
            registered=now.registered,
            here=now.here,
            due=now.expected,
            left=now.left,
            rate=outlook.a_minute,
            per_minute=now.per_minute,
            next_table=self._seating.next_table(),
            ready_words=pace.ready_words(outlook, settings.timezone),
            at_problem_desk=self._at_problem_desk(),
            full_words=now.full_words(settings),
        )

    def _at_problem_desk(self) -> int:
        with self._session.reading() as connection:
            return count_at_problem_desk(connection)

    def recent(self, limit: int) -> list[DeskAct]:
        """Returns the latest acts at the door, at every desk of this file, newest first."""
        undone = journal.alias()
        taken_back = (
            select(undone.c.kind).where(undone.c.id == journal.c.refers_to).scalar_subquery()
        )
        with self._session.reading() as connection:
            entries = connection.execute(
                select(journal, taken_back.label("taken_back"))
                .where(
                    journal.c.kind.in_([kind.value for kind in _SHOWN])
                    | (
                        (journal.c.kind == EntryKind.UNDONE.value)
                        & taken_back.in_([kind.value for kind in _UNDONE])
                    ),
                    func.json_extract(journal.c.payload, "$.answer").is_(None)
                    | func.json_extract(journal.c.payload, "$.answer").not_in(_NO_NEWS),
                    # What a list said is no act at the door.
                    func.json_extract(journal.c.payload, "$.listed").is_(None),
                )
                .order_by(journal.c.position.desc())
                .limit(limit)
            ).all()
            ids = {entry.subject for entry in entries if entry.subject}
            round_number = current_round(connection)
            rows = people.people(connection, round_number, person.c.id.in_(sorted(ids)))
            names = {row.id: as_person(row) for row in rows}
            about = {entry.id: entry.refers_to or entry.id for entry in entries}
            said = people.texts(
                connection, [about[entry.id] for entry in entries if not entry.subject]
            )
            return [
                _act(
                    entry,
                    names.get(entry.subject),
                    said.get(about[entry.id], ""),
                    undone=is_undone(connection, entry.id),
                )
                for entry in entries
            ]

    def next_undo(self) -> NextUndo | None:
        """Returns what this desk's next undo takes back; None when it finds nothing."""
        with self._session.reading() as connection:
            act = last_act(connection, self._session.desk)
            if act is None:
                return None
            chief = act.chief
            if chief.subject is None:
                sent = chief.refers_to or chief.id
                return NextUndo(people.texts(connection, [sent]).get(sent, ""))
            subject = who_stays(connection, chief.subject)
            row = people.by_id(connection, current_round(connection), subject)
            who = as_person(row) if row else None
            name = (who.family_name or who.given_name) if who else ""
            # Their check-in stays: what goes is the other badge.
            return NextUndo(f"badge {name}" if chief.kind in _BADGES else name, act.others + 1)

    def people(self, which: Which, limit: int | None = None) -> list[Person]:
        """Returns the people that are meant, by family name; at most `limit` of them.

        With a limit, letters with accents stand behind those without.
        """
        conditions: dict[Which, list[ColumnElement[bool]]] = {
            Which.HERE: [presence.c.state == "here"],
            Which.EXPECTED: [people.expected()],
            Which.ALL: [],
        }
        with self._session.reading() as connection:
            query = people.people_query(current_round(connection)).where(*conditions[which])
            if limit is not None:
                by_name = (person.c.family_name.collate("NOCASE"), person.c.given_name, person.c.id)
                query = query.order_by(*by_name).limit(limit)
            rows = connection.execute(query).all()
        found = [as_person(row) for row in rows]
        return sorted(found, key=lambda p: (p.family_name.casefold(), p.given_name, p.id))

    def roll_call(self) -> RollCall:
        """Returns who is inside now, by table; people who need assistance first."""
        with self._session.reading() as connection:
            rows = people.here(connection, current_round(connection))
            helped = set(
                connection.execute(
                    select(need.c.person_id).where(need.c.step_free | (need.c.access != ""))
                ).scalars()
            )
        return called((as_person(row) for row in rows), helped)


def _act(entry: Row[Any], who: Person | None, said: str, *, undone: bool) -> DeskAct:
    payload = json.loads(entry.payload)
    sign, word = SIGNS[EntryKind(entry.kind)]
    if entry.kind == EntryKind.FLAG_SET:
        sign, word = _FLAGGED.get((payload["flag"], payload["wanted"]), (sign, word))
    if entry.kind == EntryKind.REFUSED:
        sign, word = _REFUSALS.get(payload.get("answer", ""), (sign, word))
        if "looked_up" in payload and payload.get("answer") == "already_in":
            sign, word = "◆", "looked up"
        if "problem" in payload:
            sign, word = "↻", "not read well"
    if entry.kind == EntryKind.UNDONE:
        word = _UNDONE[EntryKind(entry.taken_back)]
    return DeskAct(
        at=as_time(entry.at),
        sign="↶" if undone else sign,
        word="undone" if undone else word,
        name=who.family_name or who.given_name if who else said,
        table=payload.get("table", payload.get("to")),
        desk=entry.desk,
        journal_id=entry.id,
        person_id=entry.subject,
        undone=undone,
        # Whoever was flagged just now is told by the act itself.
        flags=who.flags if who and entry.kind != EntryKind.FLAG_SET else (),
    )
