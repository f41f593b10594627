"""The mixing plan on paper: everybody's table in each round, then a page for each table.

The first pages hang on a wall or lie at the entrance; a table's page goes to its host. Names,
organisations and table numbers only.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.units import mm

from checkin.badges.fonts import BOLD
from checkin.event.settings import EventSettings
from checkin.papers.page import PaperReport, Sheet, by_name, write_paper
from checkin.papers.ruled import Column, Row, Ruling, ruled_sheets
from checkin.tables.rounds import ways
from checkin.tables.seating import Board

_TITLE = "Tables by round"
_MOST = 6
"""Rounds that fit beside the names; of more, the last ones are printed."""

_OF_A_TABLE = (
    Column("Round", 18, BOLD, 12),
    Column("Name", 76, BOLD, 11),
    Column("Organisation", 80, size=9.5),
)


def write_rounds(path: Path, event: EventSettings, boards: Sequence[Board]) -> PaperReport:
    """Writes the rounds of `boards` to the PDF `path`; RefusedError when nobody sits in any."""
    kept = boards[-_MOST:]
    return write_paper(path, event, _TITLE, [*_people(event, kept), *_tables(event, kept)])


def _people(event: EventSettings, boards: Sequence[Board]) -> list[Sheet]:
    """Everybody by name, with the table of each round."""
    numbers = tuple(Column(f"R{board.round}", 13, BOLD, 13) for board in boards)
    free = 174 - 13 * len(boards)
    columns = (Column("Name", free * 0.48, BOLD, 11), Column("Organisation", free * 0.52, size=9))
    rows = [
        Row(
            (
                ", ".join(filter(None, (way.person.family_name, way.person.given_name))),
                way.person.organisation,
                *("" if table is None else str(table) for table in way.tables),
            )
        )
        for way in sorted(ways(boards), key=lambda way: by_name(way.person))
        if any(way.tables)
    ]
    count = "1 round" if len(boards) == 1 else f"{len(boards)} rounds"
    return ruled_sheets(event, Ruling(_TITLE, count, (*columns, *numbers), 8 * mm), rows)


def _tables(event: EventSettings, boards: Sequence[Board]) -> list[Sheet]:
    """A page for each table: who sits there in each round."""
    sheets = []
    numbers = sorted({table.number for board in boards for table in board.tables if table.people})
    for number in numbers:
        rows = []
        for board in boards:
            table = board.table(number)
            people = sorted(table.people, key=by_name) if table else []
            for place, person in enumerate(people):
                cells = ("" if place else str(board.round), person.full_name, person.organisation)
                rows.append(Row(cells, above=0.75 if place else 0.2))
        hosts = {table.host for board in boards if (table := board.table(number)) and table.host}
        note = f"host {', '.join(sorted(hosts))}" if hosts else ""
        name = next((at.name for board in boards if (at := board.table(number)) and at.name), "")
        title = f"Table {number} · {name}" if name else f"Table {number}"
        sheets += ruled_sheets(event, Ruling(title, note, _OF_A_TABLE, 8 * mm), rows)
    return sheets
