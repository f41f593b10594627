"""The demonstration's list: 62 invented people of real European authorities and territories.

It holds on purpose what a real list holds: territories with both levels and lone ones, agencies,
names that are hard to type, people without English, namesakes, one person registered twice. The
people are data (`data/demo.csv`); nobody in it exists.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

from checkin.people import Level
from checkin.roster.entry import RosterEntry
from checkin.roster.template import write_list

_GUESS = "?"
"""Ends a level or territory that nobody wrote down and the program would guess."""


def demo_entries(day: date | None = None) -> tuple[RosterEntry, ...]:
    """Returns the 62 entries, in the order in which a list would have them.

    With the `day` of the event each entry also says when it registered, counted back from it.
    """
    return tuple(_entry(row, day) for row in _rows())


def write_demo_list(path: Path) -> int:
    """Writes the demonstration's list to `path` as an organiser would have it; returns its rows.

    Raises `OSError`.
    """
    return write_list(path, demo_entries())


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("checkin.roster").joinpath("data/demo.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter=";"))


def _entry(row: dict[str, str], day: date | None) -> RosterEntry:
    registered = "" if day is None else (day - timedelta(days=int(row["days_before"]))).isoformat()
    return RosterEntry(
        given_name=row["given_name"],
        family_name=row["family_name"],
        email=row["email"],
        organisation=row["organisation"],
        level=Level(row["level"].removesuffix(_GUESS)),
        territory=row["territory"].removesuffix(_GUESS),
        country=row["country"],
        languages=tuple(row["languages"].split(",")),
        role=row["role"],
        title=row["title"],
        badge_name=row["badge_name"],
        host=row["host"] == "yes",
        step_free=row["step_free"] == "yes",
        pin=int(row["pin"]) if row["pin"] else None,
        together=_people(row["together"]),
        apart=_people(row["apart"]),
        photo=_answer(row["photo"]),
        listed=_answer(row["listed"]),
        diet=row["diet"],
        access=row["access"],
        external_id=row["external_id"],
        registered_at=registered,
        level_guessed=row["level"].endswith(_GUESS),
        territory_guessed=row["territory"].endswith(_GUESS),
    )


def _people(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(",") if part)


def _answer(cell: str) -> bool | None:
    return {"yes": True, "no": False}.get(cell)
