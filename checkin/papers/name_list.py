"""The list for a door without electricity: everybody by name, table, code and a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from checkin.badges.badge import grouped
from checkin.badges.fonts import BOLD
from checkin.event.settings import EventSettings
from checkin.papers.page import Sheet, by_name
from checkin.papers.ruled import BOX, Column, Row, Ruling, ruled_sheets
from checkin.people import Person

_COLUMNS = (
    Column("Here", 10),
    Column("Name", 58, BOLD, 10.5),
    Column("Organisation", 60, size=9),
    Column("Table", 14, BOLD, 12),
    Column("Badge code", 32, size=10),
)


def name_list_sheets(event: EventSettings, people: Sequence[Person]) -> list[Sheet]:
    """Returns the sheets that list `people` by family name; none when there is nobody."""
    ruling = Ruling("Everybody by name", f"{len(people)} on the list", _COLUMNS, 8.5 * mm)
    rows = [
        Row((BOX, _sorted_name(person), person.organisation, _table(person), grouped(person.code)))
        for person in sorted(people, key=by_name)
    ]
    return ruled_sheets(event, ruling, rows)


def _sorted_name(person: Person) -> str:
    return ", ".join(name for name in (person.family_name, person.given_name) if name)


def _table(person: Person) -> str:
    return "" if person.table is None else str(person.table)
