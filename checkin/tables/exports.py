"""The seating as a table to hand out: one row a person, by table; or the rounds, by name."""

from __future__ import annotations

from pathlib import Path

from checkin.event.session import EventSession
from checkin.event.table_files import write_table
from checkin.tables.rounds import Rounds, ways
from checkin.tables.seating import Seating

HEADER = (
    "round", "table", "table_language", "host", "family_name", "given_name", "organisation",
    "level", "territory", "table_name",
)  # fmt: skip


def export_tables(session: EventSession, path: Path) -> int:
    """Writes who sits where in this round, people without a table last; returns the rows."""
    board = Seating(session).board()
    rows = [
        (str(board.round), str(table.number), table.language, table.host, each.family_name,
         each.given_name, each.organisation, each.level.value, each.territory, table.name)
        for table in board.tables
        for each in table.people
    ]  # fmt: skip
    rows += [
        (str(board.round), "", "", "", each.family_name, each.given_name, each.organisation,
         each.level.value, each.territory, "")
        for each in board.unseated
    ]  # fmt: skip
    return write_table(path, HEADER, rows)


def export_rounds(session: EventSession, path: Path) -> int:
    """Writes everybody's table in each round, planned ones too, and whom they meet; the rows.

    `met` counts the different people somebody sits with, `again` those of them met more than once.
    """
    boards = Rounds(session).boards()
    header = (
        "family_name", "given_name", "organisation", "level", "territory",
        *(f"round_{board.round}" for board in boards), "met", "again",
    )  # fmt: skip
    rows = [
        (way.person.family_name, way.person.given_name, way.person.organisation,
         way.person.level.value, way.person.territory, *way.tables, way.met, way.again)
        for way in ways(boards)
    ]  # fmt: skip
    return write_table(path, header, rows)
