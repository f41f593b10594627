"""Commands that work at the tables: repair, and everything done by hand there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from screens.commands.frame import DONE, REFUSED, asked, tell
from screens.commands.shapes import person_json
from screens.commands.table_rounds import of_rounds
from screens.commands.tables import tables_command, the_seating

if TYPE_CHECKING:
    from checkin.tables.planning import Ladder
    from checkin.tables.repair import Rung
    from checkin.tables.seating import Change, Seating

for _command in of_rounds:
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
        document: dict[str, Any] = {
            "rungs": [_rung_json(ladder, each) for each in ladder.rungs],
            "suggested": ladder.suggested,
            "accepted": None,
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


def _rung_json(ladder: Ladder, rung: Rung) -> dict[str, Any]:
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
        "broken": rung.hard,
        "exact": rung.exact,
    }


def _rung_lines(ladder: Ladder, rung: Rung, place: int) -> list[str]:
    count = len(rung.moves)
    mark = "  (suggested)" if place == ladder.suggested else ""
    moves = "As it is" if not count else f"{count} {'move' if count == 1 else 'moves'}"
    lines = [f"{place}. {moves}: {rung.points} points{mark}"]
    lines += [
        f"     {ladder.names[move.person]}: table {move.origin} → {move.target}, {move.reason}"
        for move in rung.moves
    ]
    return lines


@tables_command.command(name="move")
@click.argument("who")
@click.argument("table", type=int)
@click.option("--dry-run", is_flag=True, help="Only tell the price.")
def move_command(who: str, table: int, dry_run: bool) -> int:
    """Move WHO to TABLE; the price is told.

    Example: checkin tables move kowalska 4
    """
    with the_seating() as seating:
        found = _found(seating, who)
        if isinstance(found, int):
            return found
        price = seating.price_of_move(found, table)
        if not dry_run:
            return _tell_change(seating, seating.move(found, table), price.say)
        document = {
            "say": price.say,
            "refused": price.refused or None,
            "before": {"total": price.before},
            "after": {"total": price.after},
        }
        asked().answer(document, [price.say])
        return REFUSED if price.refused else DONE


@tables_command.command(name="swap")
@click.argument("one")
@click.argument("other")
def swap_command(one: str, other: str) -> int:
    """Two people change places.

    Example: checkin tables swap kowalska dupont
    """
    return _by_hand((one, other), lambda hand, ids: hand.swap(*ids))


@tables_command.command(name="pin")
@click.argument("who")
@click.argument("table", type=int, required=False)
def pin_command(who: str, table: int | None) -> int:
    """Pin WHO to TABLE; without a table WHO may sit anywhere again.

    Example: checkin tables pin kowalska 4
    """
    return _by_hand((who,), lambda hand, ids: hand.pin(ids[0], table))


@tables_command.command(name="together")
@click.argument("one")
@click.argument("other")
def together_command(one: str, other: str) -> int:
    """Two people are to sit together.

    Example: checkin tables together kowalska dupont
    """
    from checkin.tables.manual import Wish

    return _by_hand((one, other), lambda hand, ids: hand.pair(Wish.TOGETHER, *ids))


@tables_command.command(name="apart")
@click.argument("one")
@click.argument("other")
def apart_command(one: str, other: str) -> int:
    """Two people are to sit apart.

    Example: checkin tables apart kowalska dupont
    """
    from checkin.tables.manual import Wish

    return _by_hand((one, other), lambda hand, ids: hand.pair(Wish.APART, *ids))


@tables_command.command(name="open")
@click.argument("table", type=int)
def open_command(table: int) -> int:
    """Open TABLE again.

    Example: checkin tables open 8
    """
    return _by_hand((), lambda hand, _: hand.open_table(table))


@tables_command.command(name="close")
@click.argument("table", type=int)
def close_command(table: int) -> int:
    """Close TABLE; who sits there is named by the next repair.

    Example: checkin tables close 8
    """
    return _by_hand((), lambda hand, _: hand.close_table(table))


@tables_command.command(name="host")
@click.argument("table", type=int)
@click.argument("name")
def host_command(table: int, name: str) -> int:
    """Name the host of TABLE; an empty name takes it back.

    Example: checkin tables host 4 Anne
    """
    return _by_hand((), lambda hand, _: hand.name_host(table, name))


@tables_command.command(name="undo")
def undo_command() -> int:
    """Undo this desk's latest act at the tables.

    Example: checkin tables undo
    """
    return _by_hand((), lambda hand, _: hand.undo())


@tables_command.command(name="redo")
def redo_command() -> int:
    """Do again what was undone last at the tables.

    Example: checkin tables redo
    """
    return _by_hand((), lambda hand, _: hand.redo())


def _by_hand(who: tuple[str, ...], act: Any) -> int:
    """Finds the people meant, does one act by hand and tells what changed."""
    from checkin.tables.manual import Manual

    with the_seating() as seating:
        ids: list[str] = []
        for text in who:
            found = _found(seating, text)
            if isinstance(found, int):
                return found
            ids.append(found)
        return _tell_change(seating, act(Manual(seating.session), ids))


def _found(seating: Seating, who: str) -> str | int:
    from checkin.door.desk import Door
    from screens.commands.door import one_person

    return one_person(Door(seating.session, seating), who)


def _tell_change(seating: Seating, change: Change, price: str = "") -> int:
    """Writes what was done at the tables, with the score before and after."""
    document = {
        "say": change.say,
        "price": price or None,
        "person": person_json(seating.session, change.person) if change.person else None,
        "table": change.table,
        "before": {"total": change.before},
        "after": {"total": change.after},
    }
    points = f"{change.before} points before, {change.after} after."
    asked().answer(document, [change.say, f"{price}. {points}" if price else points])
    return DONE
