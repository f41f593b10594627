"""People of an open event who may be registered twice: found, shown side by side, kept in mind.

It reads and never writes: that two registrations are one person, or two people, is said in
`registrations`. Who was told apart, replaced by a substitute or merged is not proposed.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from checkin.door.alike import Alike, Registration, alike
from checkin.door.duplicates import Pair, propose
from checkin.door.people_index import PeopleIndex
from checkin.event.rows import as_person
from checkin.event.session import EventSession, current_round
from checkin.people import Level, Person, State
from db import people
from db.schema import MERGED, person, presence

SMALL = 5_000
"""Registrations that are compared in a moment; more are compared in another process, so that
nobody who types or scans meanwhile has to wait for the interpreter."""

_NEAREST = 20
"""Search results among which the other registration of somebody is looked for."""

_CHUNK = 2_000

_LOOK_AGAIN = 0.05
"""Seconds between two looks at the other process."""

_WHY = {
    Alike.EMAIL: "The e-mail address is the same.",
    Alike.AUTHORITY: "Name and authority are the same.",
    Alike.DOMAIN: "The name is the same, and both write from one organisation.",
    Alike.TERRITORY: "Name and territory are the same.",
    Alike.NOWHERE: "The name is the same; one of them says nothing more.",
}


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Twice:
    """Two registrations that may be one person: `stays` is the one to keep, and why, in words."""

    stays: Person
    other: Person
    why: str

    @property
    def ids(self) -> frozenset[str]:
        """The ids of both."""
        return frozenset((self.stays.id, self.other.id))


class RegisteredTwice:
    """Who may be registered twice in an open event."""

    def __init__(self, session: EventSession, index: PeopleIndex) -> None:
        self._session = session
        self._index = index
        self._near: Mapping[str, tuple[str, ...]] = {}

    @property
    def is_quick(self) -> bool:
        """Whether the event is so small that looking through it takes a moment."""
        with self._session.reading() as connection:
            return people.count_registered(connection) <= SMALL

    def load(self, stopped: Callable[[], bool] = _never) -> None:
        """Looks through everybody, so that `here_already` knows; takes seconds in a large event.

        `stopped` is asked now and then; when it says so, nothing is known yet.
        """
        self._near = _by_person(self._pairs(stopped))

    def everybody(self) -> list[Twice]:
        """Returns all who may be registered twice, in the order of their later registration."""
        pairs = self._pairs(_never)
        self._near = _by_person(pairs)
        with self._session.reading() as connection:
            found = self._people(connection, {id for pair in pairs for id in pair.ids})
        return [
            side_by_side(found[pair.first], found[pair.second], pair.alike)
            for pair in pairs
            if pair.first in found and pair.second in found
        ]

    def others(self, person_id: str) -> list[Twice]:
        """Returns whom else `person_id` may be registered as, by what a search for them finds."""
        with self._session.reading() as connection:
            me = self._people(connection, {person_id}).get(person_id)
        if me is None:
            return []
        ids = {match.person.id for match in self._index.find(me.full_name, _NEAREST)}
        ids |= set(self._near.get(person_id, ()))
        with self._session.reading() as connection:
            found = self._people(connection, ids - {person_id})
            apart = _apart(connection)
        twice = []
        for other in found.values():
            common = alike(_registration(me), _registration(other))
            both_off = me.state is other.state is State.CANCELLED
            if common and not both_off and frozenset((me.id, other.id)) not in apart:
                twice.append(side_by_side(me, other, common))
        if twice:
            near = {other for each in twice for other in each.ids} - {person_id}
            self._near = {
                **self._near,
                person_id: tuple(near),
                **{other: (*self._near.get(other, ()), person_id) for other in near},
            }
        return twice

    def among(self, group: Iterable[Person]) -> tuple[frozenset[str], ...]:
        """Returns the ids of each two of a group who may be one person; `here_already` knows then.

        Who is cancelled is none of them.
        """
        some = [each for each in group if each.state is not State.CANCELLED]
        with self._session.reading() as connection:
            pairs = propose(map(_registration, some), _apart(connection))
        if pairs:
            near = {key: list(others) for key, others in self._near.items()}
            for one, others in _by_person(pairs).items():
                known = near.setdefault(one, [])
                known += [other for other in others if other not in known]
            self._near = {one: tuple(others) for one, others in near.items()}
        return tuple(pair.ids for pair in pairs)

    def here_already(self, connection: Connection, person_id: str) -> Person | None:
        """Returns the other registration of `person_id` that is inside now, as far as it is known.

        Costs nothing for nearly everybody: what `load` and `others` found is kept in mind.
        """
        for other_id in self._near.get(person_id, ()):
            row = people.by_id(connection, current_round(connection), other_id)
            if row is not None and row.state == "here":
                pair = frozenset((person_id, other_id))
                return None if pair in _apart(connection) else as_person(row)
        return None

    # ---- the parts

    def _pairs(self, stopped: Callable[[], bool]) -> tuple[Pair, ...]:
        if self.is_quick:
            with self._session.reading() as connection:
                return propose(_registrations(connection), _apart(connection))
        from checkin.tables.worker import SearchJob

        job = SearchJob.start(_in_another_process, self._session.path)
        while not job.over:
            if stopped():
                job.cancel()
                return ()
            time.sleep(_LOOK_AGAIN)
        found: tuple[Pair, ...] = job.latest()
        return found

    def _people(self, connection: Connection, ids: Iterable[str]) -> dict[str, Person]:
        number = current_round(connection)
        wanted = sorted(ids)
        rows: list[Row[Any]] = []
        for start in range(0, len(wanted), _CHUNK):
            some = wanted[start : start + _CHUNK]
            rows += people.people(connection, number, person.c.id.in_(some))
        return {row.id: as_person(row) for row in rows}


def side_by_side(older: Person, newer: Person, common: Alike) -> Twice:
    """Returns two registrations with the one to keep first.

    That is the one who is here, else the one who is due, else the one that says more; the older one
    when both say as much.
    """
    stays, other = sorted((older, newer), key=_worth, reverse=True)
    return Twice(stays, other, _WHY[common])


def _worth(each: Person) -> tuple[int, int]:
    standing = {State.HERE: 3, State.LEFT: 2, State.EXPECTED: 1}.get(each.state, 0)
    known = (
        each.organisation,
        each.territory and not each.territory_guessed,
        each.level is not Level.OTHER and not each.level_guessed,
        each.country,
        each.email,
        each.role,
        each.title,
        each.badge_name,
    )
    return standing, sum(map(bool, known))


def _by_person(pairs: Iterable[Pair]) -> dict[str, tuple[str, ...]]:
    near: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        near[pair.first].append(pair.second)
        near[pair.second].append(pair.first)
    return {one: tuple(others) for one, others in near.items()}


def _registration(each: Person) -> Registration:
    return Registration(
        each.id,
        each.given_name,
        each.family_name,
        each.organisation,
        each.territory,
        each.email,
    )


def _apart(connection: Connection) -> set[frozenset[str]]:
    """Returns the pairs that are two people: told apart, or one came in the other's place."""
    replaced = connection.execute(
        select(presence.c.person_id, presence.c.replaced_by).where(
            presence.c.replaced_by.is_not(None), presence.c.state != MERGED
        )
    )
    pairs = {frozenset(pair) for pair in people.told_apart(connection)}
    return pairs | {frozenset((absent, came)) for absent, came in replaced}


def _registrations(connection: Connection) -> Iterator[Registration]:
    """Yields everybody who may come or came, in the order of registration."""
    columns = person.c
    query = (
        select(
            columns.id,
            columns.given_name,
            columns.family_name,
            columns.organisation,
            columns.territory,
            columns.email,
            columns.status,
            presence.c.state,
        )
        .select_from(person.outerjoin(presence, presence.c.person_id == columns.id))
        .where(people.registered())
        .order_by(columns.number)
    )
    for *known, status, state in connection.execution_options(yield_per=_CHUNK).execute(query):
        if (state or status) != State.CANCELLED:
            yield Registration(*known)


def _in_another_process(path: Path) -> Iterator[tuple[Pair, ...]]:
    """Yields all pairs of the event at `path`, once."""
    import gc
    import os

    from checkin.event.session import open_event

    with suppress(AttributeError, OSError):
        os.nice(10)  # whoever types or scans goes first
    gc.disable()  # the process ends with this answer
    session = open_event(path)
    try:
        with session.reading() as connection:
            yield propose(_registrations(connection), _apart(connection))
    finally:
        session.close()
