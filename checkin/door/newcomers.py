"""People nobody expected: who was not on the list, and who comes instead of somebody who was.

Each is registered and answered in one transaction of the desk, as one act. Nobody gets past a full
room, a waiting list or a cancellation this way without a supervisor's word; whoever is refused
stays registered, so that the word admits them and makes no second person.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row

from checkin.door import wording
from checkin.door.admission import Asked, Override
from checkin.door.answers import Answer, Kind
from checkin.door.flags import settle_unlisted
from checkin.door.passage import Passage
from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import Writer, current_round
from checkin.people import State
from checkin.roster.entry import RosterEntry
from checkin.roster.registrations import Registrar, as_entry
from checkin.roster.walk_in import stand_in
from checkin.tables.assembling import wishes
from db import people
from db.ids import new_id
from db.kinds import EntryKind
from db.schema import person

_NOT_IN_YET = (State.EXPECTED, State.WAITLISTED, State.CANCELLED)
"""States in which somebody who was registered here may still be waiting for a supervisor."""


class Newcomers:
    """The registrations that one desk of an open event makes at the door."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage

    def walk_in(
        self, writer: Writer, entry: RosterEntry, override: Override | None, settles: str
    ) -> Answer:
        """Registers somebody who was not on the list and answers them.

        Who was registered so before and did not get in is answered again. `settles` is the key of
        who waited at the problem desk for it.
        """
        act = new_id()
        row = self._refused_before(writer.connection, entry)
        if row is None:
            row = self._register(writer, entry, "walk_in", act)
        if settles:
            settle_unlisted(writer, settles, act)
        return self._answer(writer, row, override, {"act": act})

    def substitute(
        self, writer: Writer, person_id: str, names: tuple[str, str], override: Override | None
    ) -> Answer:
        """Registers who comes instead of `person_id` and answers them as that person would be.

        They take over the table, planned or pinned, and the place on the waiting list.
        """
        connection, act = writer.connection, new_id()
        absent = self._passage.row(connection, person_id)
        whose = as_person(absent)
        entry = stand_in(as_entry(absent, None, None), *names)
        if whose.state is State.HERE:
            raise RefusedError(f"{whose.full_name} is here; nobody can replace them.")
        if absent.replaced_by:
            row = self._passage.row(connection, absent.replaced_by)
            if not _waits(row, entry):
                raise RefusedError(f"{whose.full_name} has a substitute already.")
            return self._answer(writer, row, override, {"act": act, "planned": absent.planned})
        entry = replace(entry, pin=wishes(connection).pins.get(absent.id))
        new = self._register(writer, entry, "substitute", act)
        writer.record(EntryKind.REPLACED, absent.id, by=new.id, act=act)
        if whose.state in (State.CANCELLED, State.WAITLISTED):
            writer.record(EntryKind.STATUS_SET, new.id, status=whose.state.value, act=act)
        if whose.state is State.WAITLISTED:
            # The queue is in the order of registration, and the place in it is theirs now.
            people.change(connection, new.id, {"number": absent.number})
        row = self._passage.row(connection, new.id)
        return self._answer(writer, row, override, {"act": act, "planned": absent.planned})

    def _register(self, writer: Writer, entry: RosterEntry, source: str, act: str) -> Row[Any]:
        (new,) = Registrar(writer.connection).add([entry], source)
        writer.record(EntryKind.REGISTERED, new, act=act)
        return self._passage.row(writer.connection, new)

    def _answer(
        self, writer: Writer, row: Row[Any], override: Override | None, keep: dict[str, Any]
    ) -> Answer:
        """Admits or refuses somebody; who finds the room full is on the waiting list then."""
        act = keep["act"]
        answer = self._passage.settle(writer, row, Asked(override=override), keep)
        if answer.kind is not Kind.FULL:
            return answer
        writer.record(EntryKind.STATUS_SET, row.id, status=State.WAITLISTED.value, act=act)
        return wording.waiting(answer, as_person(self._passage.row(writer.connection, row.id)))

    def _refused_before(self, connection: Connection, entry: RosterEntry) -> Row[Any] | None:
        """Returns the walk-in of the same name and authority who has not got in yet, if any."""
        same = person.c.organisation == entry.organisation
        here = person.c.source == "walk_in"
        rows = people.people(connection, current_round(connection), same, here)
        return next((row for row in rows if _waits(row, entry)), None)


def _waits(row: Row[Any], entry: RosterEntry) -> bool:
    """Whether `row` is the person of `entry`, registered before, who has not got in yet."""
    names = [(each.given_name.casefold(), each.family_name.casefold()) for each in (row, entry)]
    return names[0] == names[1] and row.first_at is None and as_person(row).state in _NOT_IN_YET
