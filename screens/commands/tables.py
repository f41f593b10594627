"""Commands of the tables: who sits where, and manual work with its price."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from screens.commands.frame import DONE, Group, asked
from screens.commands.shapes import person_json, person_line

if TYPE_CHECKING:
    from checkin.event.session import EventSession
    from checkin.tables.seating import Board, BoardTable, Change, Seating


@contextmanager
def the_seating() -> Iterator[Seating]:
    """The seating of the event that the command line names, for the length of the block."""
    from checkin.tables.seating import Seating

    with asked().session() as session:
        yield Seating(session)


@click.group(cls=Group, invoke_without_command=True)
@click.option("--round", "number", type=click.IntRange(1, 20), help="The round; the latest.")
@click.pass_context
def tables_command(context: click.Context, number: int | None) -> int:
    """Who sits where, with the score and what is wrong.

    Example: checkin tables --json
    """
    if context.invoked_subcommand is not None:
        return DONE
    with the_seating() as seating:
        board = seating.board(number)
        asked().answer(board_json(seating.session, board), board_lines(seating.session, board))
    return DONE


def board_json(session: EventSession, board: Board) -> dict[str, Any]:
    """Returns the JSON of `checkin tables` (CONTRACT.md)."""
    return {
        "round": board.round,
        "kind": board.kind,
        "score": {"total": board.total, **board.score},
        "tables": [_table_json(session, table) for table in board.tables],
        "unseated": [person_json(session, person) for person in board.unseated],
    }


def _table_json(session: EventSession, table: BoardTable) -> dict[str, Any]:
    return {
        "table": table.number,
        "seats": table.seats,
        "minimum": table.minimum,
        "open": table.open,
        "host": table.host or None,
        "language": table.language or None,
        "people": [person_json(session, person) for person in table.people],
        "score": table.score,
        "warnings": list(table.warnings),
    }


def board_lines(session: EventSession, board: Board) -> list[str]:
    """Returns the board in plain lines."""
    lines = [f"Round {board.round} ({board.kind}): {board.total} points."]
    for table in board.tables:
        head = f"Table {table.number}: {len(table.people)} of {table.seats}"
        parts = [head, table.language, f"host {table.host}" if table.host else ""]
        parts += ["closed" if not table.open else ""]
        lines.append("  ".join(filter(None, parts)))
        lines += [f"  ! {warning}" for warning in table.warnings]
        lines += [f"    {person_line(session, person)}" for person in table.people]
    if board.unseated:
        lines.append("Without a table")
        lines += [f"    {person_line(session, person)}" for person in board.unseated]
    return lines


@tables_command.command(name="move")
@click.argument("who")
@click.argument("table", type=int)
@click.option("--dry-run", is_flag=True, help="Only tell the price.")
def move_command(who: str, table: int, dry_run: bool) -> int:
    """Move WHO to TABLE; the price is told.

    Example: checkin tables move kowalska 4
    """
    from checkin.door.desk import Door
    from screens.commands.door import one_person

    with the_seating() as seating:
        found = one_person(Door(seating.session, seating), who)
        if isinstance(found, int):
            return found
        price = seating.price_of_move(found, table)
        if dry_run:
            asked().answer(
                {
                    "say": price.say,
                    "before": {"total": price.before},
                    "after": {"total": price.after},
                    "refused": price.refused or None,
                },
                [price.say],
            )
            return DONE if not price.refused else 1
        return tell_change(seating, seating.move(found, table), price.say)


def tell_change(seating: Seating, change: Change, price: str = "") -> int:
    """Writes what was done at the tables, with the score before and after."""
    asked().answer(
        {
            "say": change.say,
            "price": price or None,
            "person": person_json(seating.session, change.person) if change.person else None,
            "table": change.table,
            "before": {"total": change.before},
            "after": {"total": change.after},
        },
        [change.say, f"{price} ({change.before} points before, {change.after} after)"],
    )
    return DONE
