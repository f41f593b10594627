"""What a person sees of a list before it is imported: columns, first rows, problems, totals.

Reading and planning in one go, with the choices that people can change: sheet, encoding, and the
field of each column. Nothing is written; the roster stores the plan when it is confirmed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from checkin.errors import ListFileError
from checkin.roster.columns import ALL_FIELDS, ColumnMap, find_columns, letter_of
from checkin.roster.entry import RosterEntry
from checkin.roster.plan import ExistingPerson, ImportPlan, plan_import
from checkin.roster.reading import RawList, read_rows
from checkin.roster.rows import read_entries
from checkin.roster.watching import Progress
from checkin.text import clean

SHOWN_ROWS = 10
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How a list is to be read, where somebody says so; otherwise it is found out."""

    sheet: str | None = None
    encoding: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    countries: Sequence[str] = ()
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column of the list, what it is read as ('' for nothing), and examples of its cells."""

    column: int
    letter: str
    title: str
    field: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file and the entry made of it, or why there is none."""

    row: int
    entry: RosterEntry | None
    rejected: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at before importing: where in the file, what, and how often alike."""

    row: int
    field: str
    reason: str
    serious: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """A list as it would be imported, with everything that a person may want to change first."""

    raw: RawList
    columns: ColumnMap
    choices: tuple[ColumnChoice, ...]
    first_rows: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    plan: ImportPlan


def preview_list(
    path: Path,
    options: ReadingOptions | None = None,
    existing: Iterable[ExistingPerson] = (),
    *,
    progress: Progress | None = None,
) -> Preview:
    """Reads the list at `path` and returns what importing it would do.

    Raises `ListFileError` for a file that is no list, or options that don't fit it. A list in which
    no column names people is no error: its preview shows the columns, so that somebody can choose.
    """
    wanted = options or ReadingOptions()
    raw = read_rows(
        path,
        sheet=wanted.sheet,
        encoding=wanted.encoding,
        countries=wanted.countries,
        progress=progress,
    )
    columns = find_columns(raw.rows, wanted.fields, header_row=wanted.header_row)
    return preview_rows(raw, columns, existing, progress=progress)


def preview_rows(
    raw: RawList,
    columns: ColumnMap,
    existing: Iterable[ExistingPerson] = (),
    *,
    progress: Progress | None = None,
) -> Preview:
    """Returns the preview of rows already read, through `columns`."""
    plan = plan_import(raw.rows, columns, existing, progress=progress)
    problems = _problems(raw, columns, plan)
    return Preview(
        raw=raw,
        columns=columns,
        choices=_choices(raw, columns),
        first_rows=_first_rows(raw, columns),
        problems=problems,
        counts=dict(Counter(problem.field for problem in problems)),
        plan=plan,
    )


def change_field(
    preview: Preview, column: int, field_name: str, existing: Iterable[ExistingPerson] = ()
) -> Preview:
    """Returns the preview with `column` read as `field_name` ('' for nothing).

    Raises `ListFileError` for a field or column that doesn't exist.
    """
    return preview_rows(preview.raw, preview.columns.with_field(column, field_name), existing)


def change_header(
    preview: Preview, header_row: int, existing: Iterable[ExistingPerson] = ()
) -> Preview:
    """Returns the preview with the titles in another row (0 for none). Raises `ListFileError`."""
    columns = find_columns(preview.raw.rows, header_row=header_row)
    return preview_rows(preview.raw, columns, existing)


def require_names(columns: ColumnMap) -> None:
    """Raises `ListFileError` when no column of the list holds names."""
    if not columns.names_people:
        titles = ", ".join(f"“{title}”" for title in columns.titles[:8] if title)
        raise ListFileError(
            "No column of this list is known to hold names; say which one with "
            f"--map full_name=COLUMN. Its columns are: {titles or 'empty'}."
        )


def field_choices() -> tuple[str, ...]:
    """Returns the fields that a column may be read as, '' (nothing) first."""
    return ("", *ALL_FIELDS)


def _choices(raw: RawList, columns: ColumnMap) -> tuple[ColumnChoice, ...]:
    below = raw.rows[columns.header_row :]
    return tuple(
        ColumnChoice(
            column=at,
            letter=letter_of(at),
            title=title,
            field=columns.field_of(at),
            examples=_examples(below, at),
        )
        for at, title in enumerate(columns.titles)
    )


def _examples(rows: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows[:200]:
        if column < len(row) and (cell := clean(row[column], 60)):
            found[cell] = None
            if len(found) == _EXAMPLES:
                break
    return tuple(found)


def _first_rows(raw: RawList, columns: ColumnMap) -> tuple[PreviewRow, ...]:
    return tuple(
        PreviewRow(read.row, read.entry, read.rejected)
        for read in islice(read_entries(raw.rows, columns), SHOWN_ROWS)
    )


def _problems(raw: RawList, columns: ColumnMap, plan: ImportPlan) -> tuple[Problem, ...]:
    whole = [Problem(0, "file", note, serious=True) for note in raw.notes]
    if not columns.header_row:
        whole.append(Problem(0, "file", "no row of column titles was found", serious=True))
    if not columns.names_people:
        whole.append(Problem(0, "file", "no column is known to hold names", serious=True))
    located = [Problem(bad.row, "rejected", bad.reason, serious=True) for bad in plan.rejected]
    located += [
        Problem(
            pair.row,
            "duplicate",
            f"{pair.name} in row {pair.row} and row {pair.first_row}: {pair.reason}",
            serious=not pair.certain,
        )
        for pair in plan.duplicates
    ]
    located += [Problem(note.row, note.field, note.reason, serious=False) for note in plan.notes]
    return (*whole, *sorted(located, key=lambda problem: (problem.row, problem.field)))
