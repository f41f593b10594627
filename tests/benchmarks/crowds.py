"""Large invented events and lists for the benchmarks, the same for the same seed."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from checkin.event.session import make_event, open_event
from checkin.event.settings import EventSettings
from checkin.people import Level
from checkin.roster.entry import RosterEntry
from checkin.roster.registrations import Registrar
from db.kinds import EntryKind
from tests.door.crowd import crowd

SEED = 20241009
CHUNK = 5_000
LEVELS = tuple(Level)
TITLES = ("First name", "Surname", "E-mail", "Organisation", "Level", "Country", "Languages")


def make_crowded_event(path: Path, people: int, seed: int = SEED) -> Path:
    """Makes a practice event of today with `people` registered and 60 tables of 10."""
    settings = EventSettings(
        title="Crowd", date=dt.date.today(), live=False, tables=60, seats=10, minimum=6
    )
    made = make_event(path, settings)
    session = open_event(made, desk="office")
    with session.writing() as writer:
        registrar = Registrar(writer.connection)
        chunk: list[RosterEntry] = []
        for number, each in enumerate(crowd(people, seed)):
            chunk.append(
                RosterEntry(
                    given_name=each.given_name,
                    family_name=each.family_name,
                    organisation=each.organisation,
                    territory=each.territory,
                    email=f"{number}.{each.email}",
                    level=LEVELS[number % len(LEVELS)],
                    languages=("en", "fr") if number % 3 else ("en",),
                )
            )
            if len(chunk) == CHUNK:
                registrar.add(chunk)
                chunk = []
        registrar.add(chunk)
        writer.record(EntryKind.LIST_IMPORTED, new=people)
    session.optimize()
    session.close()
    return made


def copy_of_crowd(path: Path, people: int, seed: int = SEED) -> Path:
    """Makes `path` a crowded event; the first of a size is made, the others copy it."""
    source = path.with_name(f"crowd-{people}-{seed}.checkin")
    if not source.exists():
        make_crowded_event(source, people, seed)
    shutil.copy(source, path)
    return path


def list_rows(people: int, seed: int = SEED) -> Iterator[tuple[str, ...]]:
    """Yields the rows of a registration list, titles first."""
    yield TITLES
    for number, each in enumerate(crowd(people, seed)):
        yield (
            each.given_name,
            each.family_name,
            f"{number}.{each.email}",
            each.organisation,
            ("City", "Region", "Metropolitan area", "Other")[number % 4],
            ("Poland", "France", "Germany", "Italy")[number % 4],
            "English, French" if number % 3 else "English",
        )


def write_csv(path: Path, people: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(list_rows(people))
    return path


def write_xlsx(path: Path, people: int) -> Path:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(list_rows(people)):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return path
