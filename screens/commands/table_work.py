"""Commands that work at the tables: repair, and what moves people or opens and closes tables.

What binds people, and what tables are called, is in `table_wishes.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from screens.commands.frame import DONE, REFUSED, asked, tell
from screens.commands.table_hand import (
    by_hand,
    found_person,
    one_part_meant,
    parts_meant,
    priced,
    sight_and_hand,
)
from screens.commands.table_rounds import of_rounds
from screens.commands.table_wishes import of_wishes
from screens.commands.tables import tables_command, the_seating

if TYPE_CHECKING:
    from checkin.tables.planning import Ladder
    from checkin.tables.repair import Rung

for _command in (*of_rounds, *of_wishes):
    tables_command.add_command(_command)


@tables_command.command(name="repair")
@click.option("--accept", "rung", type=click.IntRange(1), help="Make the moves of this rung.")
def repair_command(rung: int | None) -> int:
    """The fewest moves that make the tables better, with their reasons; accepts one rung.

    Example: checkin tables repair --accept 1
    """
    from checkin.tables.planning import Planning

    with asked().session() as session:
        planning = Planning(session)
        ladder = planning.ladder()
        lines: list[str] = []
        for place, each in enumerate(ladder.rungs):
            lines += _rung_lines(ladder, each, place)
        lines += ladder.other_notes
        document: dict[str, Any] = {
            "rungs": [_rung_json(ladder, each, at) for at, each in enumerate(ladder.rungs)],
            "suggested": ladder.suggested,
            "accepted": None,
            "notes": list(ladder.notes),
        }
        if rung is not None:
            if rung >= len(ladder.rungs):
                tell(f"There is no rung {rung}; the last one is {len(ladder.rungs) - 1}.")
                asked().answer(document, lines)
                return REFUSED
            change = planning.accept_moves(ladder.rungs[rung].moves, ladder.seen)
            document["accepted"] = rung
            lines.append(f"{change.say} {change.before} points before, {change.after} after.")
        asked().answer(document, lines)
    return DONE


def _rung_json(ladder: Ladder, rung: Rung, place: int) -> dict[str, Any]:
    return {
        "moves": [
            {
                "person": {"id": move.person, "name": ladder.names[move.person]},
                "from": move.origin,
                "to": move.target,
                "reason": move.reason,
            }
            for move in rung.moves
        ],
        "score": {"total": rung.points},
        "broken": len(ladder.left[place]),
        "exact": rung.exact,
    }


def _rung_lines(ladder: Ladder, rung: Rung, place: int) -> list[str]:
    count = len(rung.moves)
    mark = "  (suggested: more moves gain little)" if place == ladder.suggested else ""
    moves = "As it is" if not count else f"{count} {'move' if count == 1 else 'moves'}"
    left = ladder.left[place]
    rules = "1 rule" if len(left) == 1 else f"{len(left)} rules"
    hard = f" and {rules} broken" if left else ""
    lines = [f"{place}. {moves}: {rung.points} points{hard}{mark}"]
    lines += [f"     ✕ {rule}" for rule in left]
    lines += [
        f"     {ladder.names[move.person]}: table {move.origin} → {move.target}, {move.reason}"
        for move in rung.moves
    ]
    return lines


@tables_command.command(name="move")
@click.argument("who")
@click.argument("table", type=int)
@click.option("--territory", is_flag=True, help="WHO is a territory: all of it goes there.")
@click.option("--dry-run", is_flag=True, help="Only tell the price.")
def move_command(who: str, table: int, territory: bool, dry_run: bool) -> int:
    """Move WHO to TABLE; the price is told. A territory can be one table's part: Lazio@4.

    Example: checkin tables move kowalska 4
    """
    with the_seating() as seating:
        sight, hand = sight_and_hand(seating)
        if territory:
            parts = parts_meant(sight, who)
            people = [id for part in parts for id in part.people]
            price = sight.move(people, table)
            return priced(seating, price, dry_run, lambda: hand.move_parts(table, *parts))
        found = found_person(seating, who)
        if isinstance(found, int):
            return found
        price = sight.move((found,), table)
        return priced(seating, price, dry_run, lambda: seating.move(found, table))


@tables_command.command(name="swap")
@click.argument("one")
@click.argument("other")
@click.option("--territory", is_flag=True, help="They are territories, such as Lazio or Lazio@4.")
@click.option("--dry-run", is_flag=True, help="Only tell the price.")
def swap_command(one: str, other: str, territory: bool, dry_run: bool) -> int:
    """Two people change places, or two whole territories; the price is told.

    Example: checkin tables swap kowalska dupont
    """
    with the_seating() as seating:
        sight, hand = sight_and_hand(seating)
        if territory:
            here, there = (one_part_meant(sight, text) for text in (one, other))
            price = sight.exchange(here, there)
            return priced(seating, price, dry_run, lambda: hand.exchange(here, there))
        ids: list[str] = []
        for text in (one, other):
            found = found_person(seating, text)
            if isinstance(found, int):
                return found
            ids.append(found)
        price = sight.swap(*ids)
        return priced(seating, price, dry_run, lambda: hand.swap(*ids))


@tables_command.command(name="open")
@click.argument("table", type=int)
def open_command(table: int) -> int:
    """Open TABLE again.

    Example: checkin tables open 8
    """
    return by_hand((), lambda hand, _: hand.open_table(table))


@tables_command.command(name="close")
@click.argument("table", type=int)
def close_command(table: int) -> int:
    """Close TABLE; who sits there is named by the next repair.

    Example: checkin tables close 8
    """
    return by_hand((), lambda hand, _: hand.close_table(table))


@tables_command.command(name="undo")
def undo_command() -> int:
    """Undo this desk's latest act at the tables.

    Example: checkin tables undo
    """
    return by_hand((), lambda hand, _: hand.undo())


@tables_command.command(name="redo")
def redo_command() -> int:
    """Do again what was undone last at the tables.

    Example: checkin tables redo
    """
    return by_hand((), lambda hand, _: hand.redo())
