"""Finds the header row of a list and which column holds which of our fields.

Titles are data (`data/headers.tsv`), in all languages of the Union; the cells below a title have a
say, so that a column of "anonymous" is no name. The result is a proposal that people see and can
change column by column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace

from checkin.errors import ListFileError
from checkin.roster.authorities import level_from_answer
from checkin.roster.countries import country_of
from checkin.roster.entry import FIELDS
from checkin.roster.languages import read_languages
from checkin.roster.matching import plain
from checkin.roster.titles import NAME, UNWANTED, meanings, own_titles, tool_titles, wanted
from checkin.text import clean

Rows = Sequence[Sequence[str]]

EXTRA_FIELDS = ("full_name", "registered_at", "status", "vip", "note")
"""Fields that lists of other tools have and our own format doesn't."""

ALL_FIELDS = FIELDS + EXTRA_FIELDS

_HEADER_ROWS = 15
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column holds which field. Columns are counted from 0, `header_row` from 1.

    `header_row` is 0 for a list without titles; its columns are then called by their letters.
    `fields` are pairs of field and column.
    """

    header_row: int
    titles: tuple[str, ...]
    fields: tuple[tuple[str, int], ...]

    def column_of(self, field: str) -> int | None:
        """Returns the column that holds `field`, or `None`."""
        return dict(self.fields).get(field)

    def field_of(self, column: int) -> str:
        """Returns the field that `column` holds, or ''."""
        return next((field for field, at in self.fields if at == column), "")

    @property
    def columns(self) -> dict[str, str]:
        """Field to column title, for the fields of the list format and `full_name`."""
        wanted = (*FIELDS, "full_name")
        found = dict(self.fields)
        return {field: self.titles[found[field]] for field in wanted if field in found}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The titles of columns that nothing is read from."""
        used = {column for _, column in self.fields}
        return tuple(
            title for column, title in enumerate(self.titles) if column not in used and title
        )

    @property
    def names_people(self) -> bool:
        """Whether there is a column to read a name from."""
        return bool({"given_name", "family_name", "full_name"} & dict(self.fields).keys())

    def with_field(self, column: int, field: str) -> ColumnMap:
        """Returns the map with `column` holding `field` ('' for none), and no other column it.

        Raises `ListFileError` for a field or column that doesn't exist.
        """
        if field and field not in ALL_FIELDS:
            raise ListFileError(
                f"There is no field called “{field}”; there are: {', '.join(ALL_FIELDS)}."
            )
        if not 0 <= column < len(self.titles):
            raise ListFileError(f"This list has no column {column + 1}; it has {len(self.titles)}.")
        kept = [(name, at) for name, at in self.fields if at != column and name != field]
        return replace(self, fields=_in_order([*kept, (field, column)] if field else kept))


def find_columns(
    rows: Rows, overrides: Dict[str, str] | None = None, *, header_row: int | None = None
) -> ColumnMap:
    """Returns the header row of `rows` and the fields that its columns hold.

    `overrides` maps fields to columns, each named by its title (in any case), its number from 1 or
    its letter; `header_row` says where the titles are (0: nowhere). Raises `ListFileError` for an
    override that names no field or no column, and for a header row that isn't there.
    """
    header = header_row_of(rows) if header_row is None else header_row
    if not 0 <= header <= len(rows):
        raise ListFileError(f"This list has no row {header} to hold the titles.")
    width = max((len(row) for row in rows), default=0)
    if header:
        titles = tuple(clean(cell) for cell in rows[header - 1])
    else:
        titles = tuple(f"column {letter_of(column)}" for column in range(width))
    cells = _cells_below(rows, header, len(titles))
    found = ColumnMap(header, titles, _in_order(_proposed(titles if header else (), cells)))
    for field, column in (overrides or {}).items():
        found = found.with_field(_column_named(column, found.titles), field.strip())
    if overrides and {"given_name", "family_name"} & overrides.keys():
        # Who names the two parts doesn't want the guess about the whole.
        whole = found.column_of("full_name")
        if whole is not None and "full_name" not in overrides:
            found = found.with_field(whole, "")
    return found


def header_row_of(rows: Rows) -> int:
    """Returns the 1-based number of the row, among the first fifteen, that holds the titles, or 0.

    It is the first of the rows with the most known titles; a row in which a cell is an e-mail
    address is never one (a title may show one as an example).
    """
    best, best_score = 0, 0.0
    for number, row in enumerate(rows[:_HEADER_ROWS], start=1):
        filled = [cell for cell in row if cell.strip()]
        if not filled or any(_EMAIL.fullmatch(cell.strip()) for cell in filled):
            continue
        known = [wanted(cell) for cell in filled]
        # A line such as "Alias | Workshop" above the titles knows one word of two.
        score = sum(known) + sum(known) / len(filled)
        if score > best_score:
            best, best_score = number, score
    return best


def known_titles(rows: Rows) -> int:
    """Returns how many cells of the likeliest header row are titles we know."""
    number = header_row_of(rows)
    return int(sum(map(wanted, rows[number - 1]))) if number else 0


def letter_of(column: int) -> str:
    """Returns the spreadsheet's letters for a column counted from 0: A, B, ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
ANONYMOUS = frozenset(
    ("anonymous", "anonym", "anonyme", "anonimo", "anonimowy", "anoniem", "anonyymi", "anonymni")
)

# The choice --------------------------------------------------------------------------------------


def _proposed(titles: Sequence[str], cells: Sequence[Sequence[str]]) -> list[tuple[str, int]]:
    """Gives each field the column that fits it best, the surest pair first."""
    offers = [
        (score + _fit(field, cells[column]), -column, field, column)
        for column, title in enumerate(titles)
        for field, score in meanings(title)
    ]
    by_tool = sum(plain(title) in tool_titles() for title in titles) >= 2
    taken: dict[str, int] = {}
    columns: set[int] = set()
    names: list[int] = []
    for score, _, field, column in sorted(offers, reverse=True):
        if column in columns or score <= 0:
            continue
        if by_tool and field != UNWANTED and plain(titles[column]) in own_titles():
            continue  # The language of the form or the country of the bill, not the person's.
        if field == UNWANTED:
            columns.add(column)
        elif field == NAME:
            names.append(column)
            columns.add(column)
        elif field not in taken:
            taken[field] = column
            columns.add(column)
    _place_names(taken, names)
    _look_for_email(taken, columns, cells)
    return list(taken.items())


def _place_names(taken: dict[str, int], names: list[int]) -> None:
    """Decides what a column called just "name" holds, from the columns beside it."""
    given, family = "given_name" in taken, "family_name" in taken
    if given and family:
        taken.pop("full_name", None)
    elif names and given:
        taken["family_name"] = names[0]
        taken.pop("full_name", None)
    elif names and family:
        taken["given_name"] = names[0]
        taken.pop("full_name", None)
    elif names and "full_name" not in taken:
        taken["full_name"] = names[0]


def _look_for_email(
    taken: dict[str, int], columns: set[int], cells: Sequence[Sequence[str]]
) -> None:
    if "email" in taken:
        return
    for column, below in enumerate(cells):
        filled = [cell for cell in below if cell.strip()]
        if column not in columns and filled and _share(filled, _EMAIL.search) >= 0.8:
            taken["email"] = column
            return


def _fit(field: str, below: Sequence[str]) -> float:
    """What the cells of a column add to or take from its claim to a field."""
    filled = [cell for cell in below if cell.strip()]
    if not filled:
        # An empty column steps back behind a filled one, and still counts alone.
        return -0.2 if below else 0.0
    if all(plain(cell) in ANONYMOUS for cell in filled):
        return -5_000.0
    if field == "email":
        return 0.0 if _share(filled, _EMAIL.search) >= 0.3 else -5_000.0
    if field == "country":
        return 0.0 if _share(filled, country_of) >= 0.3 else -600.0
    if field == "level":
        return 0.0 if _share(filled, level_from_answer) >= 0.3 else -295.0
    if field == "languages":
        understood = _share(filled, lambda cell: not read_languages(cell).unknown)
        return 0.0 if understood >= 0.3 else -600.0
    if field in ("given_name", "family_name", "full_name", NAME):
        return -5_000.0 if _share(filled, _EMAIL.search) > 0.5 else 0.0
    if field == "pin":
        return 0.0 if _share(filled, lambda cell: re.search(r"\d", cell)) >= 0.5 else -5_000.0
    return 0.0


def _share(cells: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(cell)) for cell in cells) / len(cells)


# Small things ------------------------------------------------------------------------------------


def _cells_below(rows: Rows, header: int, width: int) -> list[list[str]]:
    sample = rows[header : header + _LOOKED_AT]
    return [[row[column] for row in sample if column < len(row)] for column in range(width)]


def _in_order(fields: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(fields, key=lambda pair: ALL_FIELDS.index(pair[0])))


def _column_named(name: str, titles: Sequence[str]) -> int:
    wanted = clean(name).casefold()
    for column, title in enumerate(titles):
        if title.casefold() == wanted:
            return column
    near = [column for column, title in enumerate(titles) if plain(title) == plain(name) != ""]
    if len(near) == 1:
        return near[0]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(titles):
        return int(wanted) - 1
    letters = [column for column in range(len(titles)) if letter_of(column).casefold() == wanted]
    if letters:
        return letters[0]
    listed = ", ".join(f"“{title}”" for title in titles[:12] if title)
    raise ListFileError(f"There is no column “{clean(name)}” in this list; there are: {listed}.")
