"""Which keys of the board stand in the last row: those that make sense for what is in sight.

All of them work all the time and stand in the help and the palette; this chooses seven.
"""

from __future__ import annotations

from checkin.tables.rounds import Stand
from checkin.tables.seating import Board

MOST = 5
"""Keys before the two that are always there: undo, and help."""

_CHANGE = ("move", "repair", "plan", "undo")


def board_keys(board: Board | None, stand: Stand, told: int) -> dict[str, str]:
    """Returns the words of the keys by their bindings' ids; empty words for one that is left out.

    `told` people are still to be told their table.
    """
    if board is None:
        return {}
    if stand is not Stand.NOW:
        wanted = {"open": "people", "why": "find"}
        if stand is Stand.OVER:
            wanted |= {"round-after": "next"}
        else:
            wanted |= {"round-before": "before", "plan": "plan"}
        return _named({**wanted, "rounds": "mixing plan", "wall": "wall"})
    if not any(table.people for table in board.tables):
        return _named({"plan": "plan", "close": "close", "undo": "undo", "wall": "wall"})
    wanted = {"open": "people", "why": "find", "move": "move"}
    wanted |= {"told": "tell"} if told else {}
    wrong = board.total or any(table.warnings for table in board.tables)
    wanted |= {"repair": "repair"} if wrong else {}
    for key in ("plan", "swap"):
        if len(wanted) < MOST:
            wanted[key] = key
    return _named({**wanted, "undo": "undo"})


def _named(wanted: dict[str, str]) -> dict[str, str]:
    """The words by the ids of the bindings, and none for those that are not wanted now."""
    words = {**wanted, **{key: "" for key in (*_CHANGE, "open") if key not in wanted}}
    return {f"tables.{key}": word for key, word in words.items()} | {"app.help": "help"}
