"""The tables on the command line: who sits where, with the score and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from checkin.errors import RefusedError
from screens.commands.frame import DONE, Group, asked
from screens.commands.shapes import person_json, person_line

if TYPE_CHECKING:
    from checkin.event.session import EventSession
    from checkin.tables.seating import Board, BoardTable, Seating


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
    from checkin.tables.rounds import Rounds, Stand

    with the_seating() as seating:
        rounds = Rounds(seating.session)
        found = rounds.all()
        if number is not None and number not in {each.number for each in found}:
            raise RefusedError(_no_round(number, [each.number for each in found]))
        board = rounds.board(number)
        planned = any(each.number == board.round and each.stand is Stand.PLANNED for each in found)
        document = board_json(seating.session, board) | ({"planned": True} if planned else {})
        lines = board_lines(seating.session, board)
        if planned:
            lines[0] += " Only planned."
        due = rounds.due() if number in (None, 1) else None
        if due is not None:
            document["due"] = [
                {"table": table.number, "people": _people_json(seating.session, table)}
                for table in due.tables
                if table.people
            ]
            lines += _due_lines(seating.session, due)
        kept = rounds.as_planned() if number in (None, 1) else None
        if kept is not None:
            lines.append(kept.say)
        asked().answer(document, lines)
    return DONE


def _no_round(number: int, there: list[int]) -> str:
    """Returns that a round is neither planned nor seated, and which are."""
    from checkin.tables.explain import series

    rounds = f"round {there[0]}" if len(there) == 1 else f"rounds {series(list(map(str, there)))}"
    return (
        f"Round {number} is not planned yet; there {'is' if len(there) == 1 else 'are'} {rounds}."
    )


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
        "name": table.name or None,
        "host": table.host or None,
        "language": table.language or None,
        "people": _people_json(session, table),
        "score": table.score,
        "warnings": list(table.warnings),
    }


def _people_json(session: EventSession, table: BoardTable) -> list[dict[str, Any]]:
    return [person_json(session, person) for person in table.people]


def _due_lines(session: EventSession, due: Board) -> list[str]:
    """Who is planned at tables where nobody sits yet."""
    lines = ["Planned and not here yet; the door tells each their table at arrival"]
    for table in due.tables:
        if table.people:
            lines.append(f"Table {table.number}: 0 of {len(table.people)} in")
            lines += [f"    {person_line(session, person)}" for person in table.people]
    return lines


def board_lines(session: EventSession, board: Board) -> list[str]:
    """Returns the board in plain lines."""
    lines = [f"Round {board.round} ({board.kind}): {board.total} points."]
    for table in board.tables:
        name = f" · {table.name}" if table.name else ""
        head = f"Table {table.number}{name}: {len(table.people)} of {table.seats}"
        parts = [head, table.language, f"host {table.host}" if table.host else ""]
        parts += ["closed" if not table.open else ""]
        lines.append("  ".join(filter(None, parts)))
        lines += [f"  ! {warning}" for warning in table.warnings]
        lines += [f"    {person_line(session, person)}" for person in table.people]
    if board.unseated:
        lines.append("Without a table")
        lines += [f"    {person_line(session, person)}" for person in board.unseated]
    return lines
