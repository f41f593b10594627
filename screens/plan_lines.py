"""The tables of a plan, one a line, in columns that stand below each other.

What is wrong at a table is told by its heaviest fault; the whole sentences are the box's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from checkin.people import Person
from checkin.tables.faults import Fault
from checkin.tables.seating import BoardTable
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide the longest cells of a plan are: its seats, its territories, what is wrong."""

    seats: int
    homes: int
    wrong: int


def columns_of(tables: Sequence[BoardTable], faults: Mapping[int, Sequence[Fault]]) -> Columns:
    """Returns the widths that a plan's lines need."""
    return Columns(
        max((len(_seats(table)) for table in tables), default=0),
        max((shown(_homes(table)).cell_length for table in tables), default=0),
        max((shown(_wrong(faults.get(t.number, ()))).cell_length for t in tables), default=0),
    )


def plan_line(table: BoardTable, faults: Sequence[Fault], columns: Columns, width: int) -> Content:
    """Returns one table of a plan as a line: its seats, its points, who sits there, what is wrong.

    The columns stand below each other; the territories give way first, then what is wrong.
    """
    points = sum(fault.points or 0 for fault in faults)
    sign = "✕" if any(fault.points is None for fault in faults) else "!" if faults else "✓"
    mark = f"{sign} {points or '':<4}" if faults else f"{sign}     "
    room = max(width - 9 - columns.seats - 2 - 3 - len(mark) - 2, 20)
    wrong = min(columns.wrong, max(room - columns.homes, room // 2))
    return joined(
        Content.styled(f"table {table.number:<3}", "bold"),
        fitted_content(Content(_seats(table)), columns.seats + 2),
        fitted_content(shown(table.language, "$quiet"), 3),
        Content.styled(mark, "bold $look" if faults else "$good"),
        fitted_content(shown(_homes(table)), room - wrong if faults else room + 2),
        "  " if faults else "",
        shown(_fitting(faults, table.people, wrong), "$look"),
    )


def _seats(table: BoardTable) -> str:
    taken = len(table.people)
    if table.seats > 14:
        return f"{taken}/{table.seats}"
    return f"{'●' * min(taken, table.seats)}{'○' * table.free}"


def _homes(table: BoardTable) -> str:
    return ", ".join(f"{name} {letters}" for name, letters in table.territories)


def _fitting(faults: Sequence[Fault], people: Sequence[Person], width: int) -> str:
    """The heaviest fault in so many cells: first the given names give way, then the verb."""
    words = _wrong(faults)
    for shorter in (_initials(words, people), _terse(_initials(words, people))):
        if shown(words).cell_length > width:
            words = shorter
    return words


def _wrong(faults: Sequence[Fault]) -> str:
    """The heaviest fault without its details, and how many more there are."""
    if not faults:
        return ""
    first = faults[0].say.partition(";")[0].partition(": ")[0].rstrip(".")
    return first if len(faults) == 1 else f"{first} +{len(faults) - 1}"


def _initials(words: str, people: Sequence[Person]) -> str:
    """The words with "F. Wartelle" for Françoise Wartelle; the longest names first."""
    for person in sorted(people, key=lambda each: -len(each.full_name)):
        if person.given_name and person.family_name:
            short = f"{person.given_name[:1]}. {person.family_name}"
            words = words.replace(person.full_name, short)
    return words


def _terse(words: str) -> str:
    for long in (" does not speak ", " do not speak "):
        words = words.replace(long, ": no ")
    return words.replace("Sat together before", "met before")
