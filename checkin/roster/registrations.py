"""From roster entries to the rows of an event file, and back.

The one place that knows how a registration is stored: a row of its own, private needs and seating
wishes apart, a badge code that no other badge of the event bears.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection

from checkin.door.codes import new_code
from checkin.people import Level, State
from checkin.roster.entry import RosterEntry
from db import people
from db.ids import new_id

Source = str
"""Where a registration came from: `list`, `walk_in` or `substitute`."""


_FEW = 20
"""Registrations up to which each code is looked up, instead of reading every code there is."""


class Registrar:
    """Makes rows for new registrations inside one write transaction.

    `chance` makes the badge codes; a seeded one makes a demonstration that is the same every time.
    """

    def __init__(self, connection: Connection, chance: random.Random | None = None) -> None:
        self._connection = connection
        self._choose: Callable[[int], int] = chance.randrange if chance else secrets.randbelow
        self._given: set[str] | None = None
        self._number = people.next_number(connection)

    def add(self, entries: Iterable[RosterEntry], source: Source = "list") -> list[str]:
        """Writes the entries as new registrations and returns their new ids, in order."""
        rows, needs, wishes = [], [], []
        new = list(entries)
        if len(new) > _FEW and self._given is None:
            self._given = people.codes(self._connection)
        for entry in new:
            person_id = new_id()
            rows.append(
                registration(entry)
                | {"id": person_id, "code": self._code(), "number": self._number, "source": source}
            )
            self._number += 1
            needs += (
                [need(person_id, entry)] if entry.step_free or entry.diet or entry.access else []
            )
            wishes += [wish(person_id, entry)] if entry.pin or entry.together or entry.apart else []
        people.add(self._connection, rows)
        people.write_needs(self._connection, needs)
        people.write_wishes(self._connection, wishes)
        return [row["id"] for row in rows]

    def _code(self) -> str:
        if self._given is None:
            return fresh_code(self._connection, self._choose)
        while (code := new_code(self._choose)) in self._given:
            pass
        self._given.add(code)
        return code


def fresh_code(connection: Connection, choose: Callable[[int], int] = secrets.randbelow) -> str:
    """Returns a badge code that no badge of the event bears or ever bore."""
    while people.is_code_known(connection, code := new_code(choose)):
        pass
    return code


def registration(entry: RosterEntry) -> dict[str, Any]:
    """Returns the columns of `person` that a roster entry says."""
    return {
        "given_name": entry.given_name,
        "family_name": entry.family_name,
        "badge_name": entry.badge_name,
        "email": entry.email,
        "organisation": entry.organisation,
        "level": entry.level.value,
        "level_guessed": entry.level_guessed,
        "territory": entry.territory,
        "territory_guessed": entry.territory_guessed,
        "name_guessed": entry.name_guessed,
        "country": entry.country,
        "languages": ",".join(entry.languages) or "en",
        "role": entry.role,
        "title": entry.title,
        "host": entry.host,
        "photo": entry.photo,
        "listed": entry.listed,
        "external_id": entry.external_id,
        "registered_at": entry.registered_at,
        "status": entry.status.value,
    }


def need(person_id: str, entry: RosterEntry) -> dict[str, Any]:
    """Returns the row of private needs."""
    return {
        "person_id": person_id,
        "step_free": entry.step_free,
        "diet": entry.diet,
        "access": entry.access,
    }


def wish(person_id: str, entry: RosterEntry) -> dict[str, Any]:
    """Returns the row of seating wishes; people are named as the list named them."""
    return {
        "person_id": person_id,
        "pin": entry.pin,
        "together": "\n".join(entry.together),
        "apart": "\n".join(entry.apart),
    }


def as_entry(
    row: Any, needs: Any | None, wishes: Any | None, *, vip: bool = False, note: str = ""
) -> RosterEntry:
    """Returns a stored registration as the roster entry it came from."""
    return RosterEntry(
        given_name=row.given_name,
        family_name=row.family_name,
        email=row.email,
        organisation=row.organisation,
        level=Level(row.level),
        territory=row.territory,
        country=row.country,
        languages=tuple(row.languages.split(",")),
        role=row.role,
        title=row.title,
        badge_name=row.badge_name,
        host=row.host,
        step_free=bool(needs and needs.step_free),
        pin=wishes.pin if wishes else None,
        together=tuple(filter(None, wishes.together.split("\n"))) if wishes else (),
        apart=tuple(filter(None, wishes.apart.split("\n"))) if wishes else (),
        photo=row.photo,
        listed=row.listed,
        diet=needs.diet if needs else "",
        access=needs.access if needs else "",
        external_id=row.external_id,
        status=State(row.status),
        registered_at=row.registered_at,
        vip=vip,
        note=note,
        level_guessed=row.level_guessed,
        territory_guessed=row.territory_guessed,
        name_guessed=row.name_guessed,
    )
