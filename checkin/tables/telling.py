"""Who has to be told that they sit elsewhere: whoever sits at another table than they were told.

At the door people are told their table; afterwards somebody goes to them and ticks them off. The
ticks are acts in the journal, so that every desk sees them; a later move asks again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer, current_round
from checkin.people import Person
from checkin.tables.explain import listed
from db import people
from db.kinds import EntryKind
from db.schema import journal, presence, seat


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody to be told: the table they know of (None: none) and where they sit now.

    `done` says that they were told meanwhile.
    """

    person: Person
    origin: int | None
    target: int
    done: bool = False


class Telling:
    """Who has to be told in the round under way of an open event."""

    def __init__(self, session: EventSession) -> None:
        self.session = session

    def whom(self) -> tuple[Told, ...]:
        """Returns who sits elsewhere than they were told at the door or in the round before.

        Those who were told stay on the list, ticked. Table by table as they sat: one walks so. Who
        knew of no table comes last.
        """
        with self.session.reading() as connection:
            return _whom(connection)

    def tick(self, person_id: str, table: int) -> None:
        """Notes that somebody was told of `table`; RefusedError when they sit elsewhere by now."""
        with self.session.writing() as writer:
            name = _tick(writer, person_id, table)
            if name:
                raise RefusedError(f"{name} doesn't sit at table {table} any more; look again.")

    def tick_all(self, told: Sequence[Told]) -> None:
        """Notes that all of these were told, in one act.

        Who was moved meanwhile is not ticked, and RefusedError says so when the others are.
        """
        with self.session.writing() as writer:
            moved = [_tick(writer, each.person.id, each.target) for each in told]
        elsewhere = [name for name in moved if name]
        if elsewhere:
            sits = "sits" if len(elsewhere) == 1 else "sit"
            raise RefusedError(f"{listed(elsewhere)} {sits} elsewhere by now; tell them anew.")

    def untick(self, person_id: str) -> None:
        """Takes the tick back: they were not told after all."""
        with self.session.writing() as writer:
            number = current_round(writer.connection)
            writer.record(EntryKind.TOLD, person_id, round=number)

    def untick_all(self, told: Sequence[Told]) -> None:
        """Takes the ticks of all of these back, in one act."""
        with self.session.writing() as writer:
            number = current_round(writer.connection)
            for each in told:
                writer.record(EntryKind.TOLD, each.person.id, round=number)


def left(told: Sequence[Told]) -> int:
    """Returns how many of these are still to be told."""
    return sum(not each.done for each in told)


def _tick(writer: Writer, person_id: str, table: int) -> str:
    """Notes that somebody was told of `table`; returns who it is when they don't sit there."""
    number = current_round(writer.connection)
    row = people.by_id(writer.connection, number, person_id)
    if row is None or row.table_number != table:
        return as_person(row).full_name if row is not None else "This person"
    writer.record(EntryKind.TOLD, person_id, round=number, table=table)
    return ""


def _whom(connection: Connection) -> tuple[Told, ...]:
    number = current_round(connection)
    ticks = _column(connection, seat.c.told, number)
    seated = [row for row in people.here(connection, number) if row.table_number is not None]
    before: dict[str, int] = {}
    for earlier in range(1, number):
        before |= _column(connection, seat.c.table_number, earlier)
    arrived = _told_at_the_door(connection, number)
    found = []
    for row in seated:
        knew = arrived.get(row.id, before.get(row.id))
        tick = ticks.get(row.id)
        if tick is None and knew != row.table_number:
            found.append(Told(as_person(row), knew, row.table_number))
        elif tick is not None and tick != row.table_number:
            found.append(Told(as_person(row), tick, row.table_number))
        elif tick is not None and knew != tick:
            found.append(Told(as_person(row), knew, tick, done=True))
    return tuple(sorted(found, key=_walk))


def _column(connection: Connection, column: Any, number: int) -> dict[str, int]:
    """Returns one column of everybody's seat in a round, by person, where there is anything."""
    rows: Sequence[Row[Any]] = connection.execute(
        select(seat.c.person_id, column.label("at")).where(
            seat.c.round == number, column.is_not(None)
        )
    ).all()
    return {row.person_id: row.at for row in rows}


def _told_at_the_door(connection: Connection, number: int) -> dict[str, int | None]:
    """Returns the table that each arrival of this round was told, by person; None for none."""
    found: dict[str, int | None] = {}
    rows = connection.execute(
        select(presence.c.person_id, journal.c.payload)
        .select_from(presence.join(journal, journal.c.id == presence.c.last_entry))
        .where(presence.c.state == "here", journal.c.kind == EntryKind.ARRIVED.value)
    )
    for row in rows:
        payload = json.loads(row.payload)
        if payload.get("round", 1) == number:
            found[row.person_id] = payload.get("table")
    return found


def _walk(told: Told) -> tuple[bool, int, str, str, str]:
    person = told.person
    names = (person.family_name.casefold(), person.given_name.casefold())
    return told.origin is None, told.origin or 0, *names, person.id
