"""Tables out of the program, as files that other programs open: CSV, XLSX, JSON and Markdown.

Promises that no cell becomes a formula, a link or markup where it is opened, and that the file is
whole or not there. What the columns mean is the business of the exports.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from checkin.errors import RefusedError
from checkin.files import whole_file
from checkin.text import clean

Cell = str | int | float | bool | None

_LONGEST = 32_000
"""Characters of one cell; a spreadsheet holds 32,767."""

# What spreadsheets take for the start of a formula, in full width too.
_STARTS = "=+\\-@＝＋－＠"
# A semicolon ends a cell where the list separator is one, even inside a cell that commas part.
_FORMULA = re.compile(rf"(^|;\s*)(?=[{_STARTS}\t\r])")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&^$])")
_SHEET = "Sheet1"


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Writes `rows` under `header` to `path`, in the form that its ending names, and counts them.

    Text is cleaned; numbers stay numbers, absent cells stay empty (`null` in JSON). Raises
    `RefusedError` for an ending that is not one of ours, `CheckinError` if `path` is refused.
    """
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        *others, last = _FORMS
        raise RefusedError(
            f"{path.name} has no ending that says what to write; "
            f"use one of {', '.join(others)} or {last}."
        )
    names = [clean(name) for name in header]
    table = [[_tidy(cell) for cell in row] for row in rows]
    for row in table:
        if len(row) != len(names):
            raise ValueError(f"a row has {len(row)} cells under {len(names)} columns")
    with whole_file(path) as file:
        file.write(form(names, table))
    return len(table)


def guarded(text: str) -> str:
    """Returns `text` so that a spreadsheet that opens the CSV shows it and computes nothing."""
    return _FORMULA.sub(r"\1'", text)


def _tidy(cell: Cell) -> Cell:
    return clean(cell, _LONGEST) if isinstance(cell, str) else cell


def _csv(header: list[str], rows: list[list[Cell]]) -> bytes:
    """UTF-8 with the mark that Excel needs to see it, commas, CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(guarded, header))
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _json(header: list[str], rows: list[list[Cell]]) -> bytes:
    """A list of objects, one per row."""
    objects = [dict(zip(header, row, strict=True)) for row in rows]
    return (json.dumps(objects, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _markdown(header: list[str], rows: list[list[Cell]]) -> bytes:
    """A pipe table whose cells are shown as they are."""
    lines: list[Iterable[str]] = [map(_in_markdown, header), ["---"] * len(header)]
    lines += [map(_in_markdown, row) for row in rows]
    return ("\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n").encode("utf-8")


def _in_markdown(cell: Cell) -> str:
    return "" if cell is None else _MARKUP.sub(r"\\\1", str(cell))


def _xlsx(header: list[str], rows: list[list[Cell]]) -> bytes:
    """One sheet with a frozen, filtered header; every text is written as text."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_SHEET)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(header):
            longest = max((len(str(row[column])) for row in rows), default=0)
            sheet.set_column(column, column, min(max(len(name), longest) + 2, 60))
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif isinstance(cell, bool):
                    sheet.write_boolean(number, column, cell)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
        sheet.freeze_panes(1, 0)
        if header:
            sheet.autofilter(0, 0, len(rows), len(header) - 1)
    return out.getvalue()


_FORMS: dict[str, Callable[[list[str], list[list[Cell]]], bytes]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".json": _json,
    ".md": _markdown,
}
