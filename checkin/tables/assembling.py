"""The room as the event file knows it: people, tables and wishes, made into the engine's Room.

Nothing is decided here. Names in wishes (an e-mail or an external id) become people's ids; one that
names nobody binds nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, or_, select

from checkin.event.settings import EventSettings
from checkin.tables.room import Guest, Kind, Room, Table, side_of
from checkin.tables.values import changed
from db import people
from db.schema import day_wish, host, person, seat, seating_round, table_state, word


@dataclass(frozen=True, slots=True)
class Standing:
    """One round as it stands: its room, and who sits where.

    `room.guests` are the people inside; `rows` are the same people as the file holds them.
    """

    number: int
    room: Room
    seating: dict[str, int]
    rows: tuple[Row[Any], ...]


@dataclass(frozen=True, slots=True)
class StillDue:
    """Who is still due, and the tables planned for them, both by id.

    People who are alike to the engine share one guest, which has no id and no name.
    """

    guests: dict[str, Guest]
    plan: dict[str, int]


def standing(connection: Connection, settings: EventSettings, number: int) -> Standing:
    """Returns the round `number` as the event file knows it at this moment."""
    rows = people.here(connection, number)
    pins, together, apart, stays = wishes(connection)
    kind = kind_of(connection, number)
    seating = {row.id: row.table_number for row in rows if row.table_number is not None}
    room = Room(
        tables=(*tables(connection, settings), *_gone(settings, seating.values())),
        guests=tuple(guest(row, pins, stays) for row in rows),
        together=together,
        apart=apart,
        languages=settings.languages,
        weights=settings.weights,
        kind=kind,
        earlier=tuple(earlier(connection, number)) if kind is Kind.MIX else (),
    )
    return Standing(
        number=number,
        room=room,
        seating=seating,
        rows=tuple(rows),
    )


def _gone(settings: EventSettings, numbers: Iterable[int]) -> Iterable[Table]:
    """Yields a closed table for each that the settings took away while people still sit there."""
    for number in sorted(set(numbers)):
        if number > settings.tables:
            yield Table(number, settings.seats, 0, open=False)


def still_due(connection: Connection, number: int) -> StillDue:
    """Returns who is still due in a round; there may be 100,000 of them."""
    said = wishes(connection)
    asked = said.pins.keys() | said.stays
    alike: dict[tuple[str, str, str, bool], Guest] = {}
    guests: dict[str, Guest] = {}
    plan: dict[str, int] = {}
    for row in people.due_guests(connection, number):
        facts = (row.territory, row.level, row.languages, bool(row.step_free))
        guest = alike.get(facts)
        if guest is None:
            guest = alike[facts] = _unnamed(*facts)
        if row.id in asked:
            guest = changed(guest, pin=said.pins.get(row.id), stays=row.id in said.stays)
        guests[row.id] = guest
        if row.planned is not None:
            plan[row.id] = row.planned
    return StillDue(guests, plan)


def _unnamed(territory: str, level: str, languages: str, step_free: bool) -> Guest:
    return Guest("", territory, side_of(level), _languages(languages), step_free)


@cache
def _languages(text: str) -> tuple[str, ...]:
    """Returns a cell of languages as codes; the same cell gives the same tuple."""
    return tuple(text.split(","))


def tables(connection: Connection, settings: EventSettings) -> tuple[Table, ...]:
    """Returns the event's tables, with what the day has changed about them."""
    hosts = {row.table_number: row.name for row in connection.execute(select(host))}
    is_open: dict[int, bool] = {}
    names: dict[int, str] = {}
    for row in connection.execute(_DAY_OF_TABLES):
        is_open[row.number] = row.open
        names[row.number] = row.name
        if row.host_entry is not None:
            hosts[row.number] = row.host
    return tuple(
        Table(
            number=number,
            seats=settings.seats,
            minimum=settings.minimum,
            open=is_open.get(number, True),
            step_free=number in settings.step_free_tables,
            host=hosts.get(number, ""),
            name=names.get(number, ""),
        )
        for number in range(1, settings.tables + 1)
    )


_NAME = word.alias()
_DAY_OF_TABLES = select(
    table_state.c.number,
    table_state.c.open,
    table_state.c.host_entry,
    func.coalesce(word.c.text, "").label("host"),
    func.coalesce(_NAME.c.text, "").label("name"),
).select_from(
    table_state.outerjoin(word, word.c.entry_id == table_state.c.host_entry).outerjoin(
        _NAME, _NAME.c.entry_id == table_state.c.name_entry
    )
)
"""Which tables are open, their names and hosts; an entry that names, without words, names none."""


def guest(row: Row[Any], pins: dict[str, int], stays: frozenset[str] = frozenset()) -> Guest:
    """Returns a person of the event file as the engine sees one."""
    return Guest(
        id=row.id,
        territory=row.territory,
        side=side_of(row.level),
        languages=_languages(row.languages),
        step_free=bool(row.step_free),
        pin=pins.get(row.id),
        stays=row.id in stays,
        name=f"{row.given_name} {row.family_name}".strip(),
    )


def kind_of(connection: Connection, number: int) -> Kind:
    """Returns what a round is for: as planned, else `align` first and `mix` later."""
    found = connection.execute(
        select(seating_round.c.kind).where(seating_round.c.round == number)
    ).scalar()
    return Kind(found) if found else (Kind.ALIGN if number == 1 else Kind.MIX)


def earlier(connection: Connection, number: int) -> Iterable[dict[str, int]]:
    """Yields who sat where in each round before `number`."""
    for before in range(1, number):
        rows = connection.execute(
            select(seat.c.person_id, seat.c.table_number).where(
                seat.c.round == before, seat.c.table_number.is_not(None)
            )
        )
        yield {row.person_id: row.table_number for row in rows}


Pairs = tuple[tuple[str, str], ...]


class Wishes(NamedTuple):
    """Pins by person, the pairs together, the pairs apart, and who refused to move."""

    pins: dict[str, int]
    together: Pairs
    apart: Pairs
    stays: frozenset[str]


def wishes(connection: Connection) -> Wishes:
    """Returns what people wish at this moment.

    What a facilitator said on the day overrules what the list said.
    """
    pins, together, apart = listed_wishes(connection)
    stays = set()
    for row in connection.execute(select(day_wish)):
        pair = (min(row.person_id, row.other), max(row.person_id, row.other))
        match row.wish:
            case "pin" if row.wanted:
                pins[row.person_id] = row.table_number
            case "pin":
                pins.pop(row.person_id, None)
            case "together":
                (together.add if row.wanted else together.discard)(pair)
            case "apart":
                (apart.add if row.wanted else apart.discard)(pair)
            case "stays" if row.wanted:
                stays.add(row.person_id)
    return Wishes(pins, tuple(sorted(together)), tuple(sorted(apart)), frozenset(stays))


def listed_wishes(
    connection: Connection,
) -> tuple[dict[str, int], set[tuple[str, str]], set[tuple[str, str]]]:
    """Returns what the registration list says: pins by person, pairs together, pairs apart."""
    rows = people.wishes(connection)
    named = {name for row in rows for text in (row.together, row.apart) for name in _names(text)}
    ids = _ids(connection, sorted(named))
    pins = {row.person_id: row.pin for row in rows if row.pin is not None}
    together = _pairs(((row.person_id, row.together) for row in rows), ids)
    apart = _pairs(((row.person_id, row.apart) for row in rows), ids)
    return pins, together, apart


def _names(text: str) -> list[str]:
    return [name.casefold() for name in text.split("\n") if name]


def _ids(connection: Connection, named: Sequence[str]) -> dict[str, str]:
    """Returns the person's id behind each e-mail, external id or id that a wish names."""
    found: dict[str, str] = {}
    if not named:
        return found
    columns = (person.c.email, person.c.external_id, person.c.id)
    rows = connection.execute(
        select(person.c.id, *columns[:2]).where(
            or_(*(c.collate("NOCASE").in_(named) for c in columns))
        )
    )
    for row in rows:
        for name in (row.email, row.external_id, row.id):
            found.setdefault(name.casefold(), row.id)
    return found


def _pairs(wanted: Iterable[tuple[str, str]], ids: dict[str, str]) -> set[tuple[str, str]]:
    return {
        (min(person_id, ids[name]), max(person_id, ids[name]))
        for person_id, text in wanted
        for name in _names(text)
        if name in ids and ids[name] != person_id
    }
