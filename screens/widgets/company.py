"""Who of a group sits where: the names beside the number of each table, as large as there is room.

Of a group at one table only the names are its business: their number is the answer's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from checkin.people import Person
from screens.widgets.digits import SIZES, giant
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name

_SIZES = (*SIZES, 1)
_LABEL = "Table   "
_GAP = 3

Seats = Sequence[tuple[int | None, Person]]


def company_lines(company: Seats, width: int, height: int) -> list[Content]:
    """Returns who sits where in at most `height` lines of `width` cells: one table's names alone,
    else a figure a table, a line a table, or all of it run on."""
    tables: dict[int | None, list[str]] = {}
    for table, person in sorted(company, key=lambda seat: (seat[0] is None, seat[0] or 0)):
        tables.setdefault(table, []).append(display_name(person))
    if len(tables) == 1 and None not in tables:
        return _cut(shown(", ".join(*tables.values()), "bold $strong").wrap(width), height)
    for size in _SIZES:
        lines = _figures(tables, size, width)
        if lines and len(lines) <= height:
            return lines
    return _in_words(tables, width, height)


def _figures(tables: dict[int | None, list[str]], size: int, width: int) -> list[Content]:
    """A giant number a table, its names on the right; empty where names would be cut."""
    drawn = {table: giant(str(table), size) for table in tables if table is not None}
    wide = max((len(lines[0]) for lines in drawn.values()), default=0)
    room = width - len(_LABEL) - wide - _GAP
    if room < width // 2:
        return []
    lines: list[Content] = []
    for table, names in tables.items():
        figure = drawn[table] if table is not None else []
        said = shown(", ".join(names), "bold $strong").wrap(room)
        rows = max(len(figure), 1)
        if len(said) > rows:
            return []
        if lines and len(drawn) > 1 and size > 1:
            lines.append(Content(""))
        top = (rows - len(said)) // 2
        for row in range(rows):
            label = _LABEL if table is not None else "no table"
            name = said[row - top] if top <= row < top + len(said) else Content("")
            lines.append(
                joined(
                    Content.styled(f"{label if row == top else '':<{len(_LABEL)}}", "$good"),
                    Content.styled(f"{figure[row] if figure else '':<{wide + _GAP}}", "$strong"),
                    name,
                )
            )
    return lines


def _in_words(tables: dict[int | None, list[str]], width: int, height: int) -> list[Content]:
    parts = [
        Content.styled("no table" if table is None else f"Table {table}", "bold $accent")
        + Content("  ")
        + shown(", ".join(names), "bold $strong")
        for table, names in tables.items()
    ]
    lines = [line for part in parts for line in part.wrap(width)]
    if len(lines) > height:
        lines = Content(" · ").join(parts).wrap(width)
    return _cut(lines, height)


def _cut(lines: Sequence[Content], height: int) -> list[Content]:
    room = max(height, 1)
    if len(lines) <= room:
        return list(lines)
    rest = Content.styled("... all of them are in the roster.", "$quiet")
    return [*lines[: room - 1], rest]
