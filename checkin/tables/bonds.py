"""What binds people at the tables: pins, pairs together and apart, who does not want to be moved.

Each bond tells who said so, the registration list or a facilitator today, and whether it counts:
what the list says is never taken out of it, but a facilitator may say that it does not count today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, current_round
from checkin.tables.assembling import listed_wishes
from checkin.tables.manual import Manual, Wish
from checkin.tables.seating import Change
from db.people import by_id
from db.schema import day_wish


class Source(StrEnum):
    """Who said it."""

    LIST = "list"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Bond:
    """One wish. `wish` is pin, stays, together or apart; `other` is empty where it needs nobody.

    `say` is what it asks for, as it follows "PERSON is"; `counts` is false where a facilitator
    said that what the list asks for does not count today.
    """

    wish: str
    person: str
    other: str
    table: int | None
    source: Source
    counts: bool
    who: str
    say: str

    @property
    def origin(self) -> str:
        """Who said it, and whether it counts, in words."""
        if self.source is Source.TODAY:
            return "said today"
        return "on the list" if self.counts else "on the list, does not count today"


class Bonds:
    """The bonds of an open event."""

    def __init__(self, session: EventSession) -> None:
        self.session = session

    def all(self) -> tuple[Bond, ...]:
        """Returns every bond of the day, by name."""
        with self.session.reading() as connection:
            names = _Names(connection)
            found = [_bond(names, *each) for each in _said(connection)]
        return tuple(sorted(found, key=lambda bond: (bond.who.casefold(), bond.wish, bond.say)))

    def of(self, person: str) -> tuple[Bond, ...]:
        """Returns what binds one person, told from their side."""
        with self.session.reading() as connection:
            names = _Names(connection)
            return tuple(
                _bond(names, wish, person, other if one == person else one, table, source, counts)
                for wish, one, other, table, source, counts in _said(connection)
                if person in (one, other)
            )

    def turn(self, bond: Bond) -> Change:
        """Withdraws a bond for today; what the list says and does not count today counts again."""
        manual = Manual(self.session)
        match bond.wish:
            case "pin":
                return manual.pin(bond.person, None if bond.counts else bond.table)
            case "stays":
                return manual.may_move(bond.person)
            case "together" | "apart":
                act = manual.unpair if bond.counts else manual.pair
                return act(Wish(bond.wish), bond.person, bond.other)
        raise RefusedError("This program does not know that wish.")


class _Names:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._round = current_round(connection)
        self._known: dict[str, str] = {}

    def of(self, person: str) -> str:
        if person and person not in self._known:
            row = by_id(self._connection, self._round, person)
            self._known[person] = as_person(row).full_name if row else "somebody unknown"
        return self._known.get(person, "")


def _said(
    connection: Connection,
) -> Iterator[tuple[str, str, str, int | None, Source, bool]]:
    """Yields wish, person, other, table, who said it and whether it counts."""
    pins, together, apart = listed_wishes(connection)
    today = {
        (row.wish, *_pair(row.person_id, row.other)): row
        for row in connection.execute(select(day_wish))
    }
    listed: dict[tuple[str, str, str], int | None] = {
        ("pin", person, ""): table for person, table in pins.items()
    }
    listed |= {("together", *pair): None for pair in together}
    listed |= {("apart", *pair): None for pair in apart}
    for (wish, one, other), table in listed.items():
        row = today.pop((wish, one, other), None)
        if row is None or (row.wanted and row.table_number == table):
            yield wish, one, other, table, Source.LIST, True
            continue
        yield wish, one, other, table, Source.LIST, False
        if row.wanted:
            yield wish, one, other, row.table_number, Source.TODAY, True
    for (wish, one, other), row in today.items():
        if row.wanted:
            yield wish, one, other, row.table_number, Source.TODAY, True


def _pair(one: str, other: str) -> tuple[str, str]:
    return (min(one, other), max(one, other)) if other else (one, "")


def _bond(
    names: _Names,
    wish: str,
    one: str,
    other: str,
    table: int | None,
    source: Source,
    counts: bool,
) -> Bond:
    say = {
        "pin": f"pinned to table {table}",
        "stays": "not to be moved",
        "together": f"to sit together with {names.of(other)}",
        "apart": f"to sit apart from {names.of(other)}",
    }.get(wish, wish)
    return Bond(wish, one, other, table, source, counts, names.of(one), say)
