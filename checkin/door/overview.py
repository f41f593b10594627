"""What the door can see at a glance: the latest acts, the pace, the lists. Reads, never writes."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from checkin.door.histories import is_undone
from checkin.event.rows import as_person
from checkin.event.session import EventSession, current_round
from checkin.event.status import status
from checkin.people import Person
from checkin.tables.seating import Seating
from db import people
from db.journal import as_time
from db.kinds import EntryKind
from db.schema import journal, need, person, presence


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


@dataclass(frozen=True, slots=True)
class RollCallLine:
    """One person inside; `assistance` when they need help to leave."""

    person: Person
    assistance: bool


@dataclass(frozen=True, slots=True)
class RollCall:
    """Who is inside now: the count, and the people by table, those without one last."""

    inside: int
    assistance: int
    tables: tuple[tuple[int | None, tuple[RollCallLine, ...]], ...]


_SHOWN = (EntryKind.ARRIVED, EntryKind.DEPARTED, EntryKind.REFUSED, EntryKind.MOVED)
_SIGNS = {
    EntryKind.ARRIVED: ("✓", "here"),
    EntryKind.DEPARTED: ("←", "left"),
    EntryKind.REFUSED: ("✕", "refused"),
    EntryKind.MOVED: ("→", "moved"),
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
        now = status(self._session)
        return Pulse(
            registered=now.registered,
            here=now.here,
            due=now.expected,
            left=now.left,
            rate=sum(now.per_minute) / len(now.per_minute),
            per_minute=now.per_minute,
            next_table=self._seating.next_table(),
        )

    def recent(self, limit: int) -> list[DeskAct]:
        """Returns the latest acts at the door, at every desk of this file, newest first."""
        with self._session.reading() as connection:
            entries = connection.execute(
                select(journal)
                .where(
                    journal.c.kind.in_([kind.value for kind in _SHOWN]),
                    func.json_extract(journal.c.payload, "$.answer").is_(None)
                    | func.json_extract(journal.c.payload, "$.answer").not_in(_NO_NEWS),
                )
                .order_by(journal.c.position.desc())
                .limit(limit)
            ).all()
            ids = {entry.subject for entry in entries if entry.subject}
            round_number = current_round(connection)
            rows = people.people(connection, round_number, person.c.id.in_(sorted(ids)))
            names = {row.id: as_person(row) for row in rows}
            return [
                _act(entry, names.get(entry.subject), is_undone(connection, entry.id))
                for entry in entries
            ]

    def people(self, which: Which) -> list[Person]:
        """Returns the people that are meant, by family name."""
        conditions: dict[Which, list[ColumnElement[bool]]] = {
            Which.HERE: [presence.c.state == "here"],
            Which.EXPECTED: [people.expected()],
            Which.ALL: [],
        }
        with self._session.reading() as connection:
            rows = people.people(connection, current_round(connection), *conditions[which])
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
        lines = [RollCallLine(as_person(row), row.id in helped) for row in rows]
        lines.sort(key=lambda line: (not line.assistance, line.person.family_name.casefold()))
        numbers = sorted({_place(line.person) for line in lines})
        return RollCall(
            inside=len(lines),
            assistance=sum(line.assistance for line in lines),
            tables=tuple(
                (
                    None if number == _NOWHERE else number,
                    tuple(line for line in lines if _place(line.person) == number),
                )
                for number in numbers
            ),
        )


_NOWHERE = 1_000_000
"""Sorts people without a table behind every table."""


def _place(person: Person) -> int:
    return _NOWHERE if person.table is None else person.table


def _act(entry: Row[Any], who: Person | None, undone: bool) -> DeskAct:
    payload = json.loads(entry.payload)
    sign, word = _SIGNS[EntryKind(entry.kind)]
    if entry.kind == EntryKind.REFUSED:
        sign, word = _REFUSALS.get(payload.get("answer", ""), (sign, word))
    return DeskAct(
        at=as_time(entry.at),
        sign="↶" if undone else sign,
        word="undone" if undone else word,
        name=who.family_name or who.given_name if who else "",
        table=payload.get("table", payload.get("to")),
        desk=entry.desk,
        journal_id=entry.id,
        person_id=entry.subject,
        undone=undone,
    )
