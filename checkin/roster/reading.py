"""Opens a registration list, whatever it came as, and returns its rows as text.

CSV, TSV and the spreadsheet formats; encoding, delimiter and sheet are found by themselves and
reported, and each can be said. What is not a list is refused in one sentence, before it can cost
memory. Which row and column means what is decided in `columns`.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checkin.errors import ListFileError
from checkin.roster.encodings import decode
from checkin.roster.old_spreadsheets import read_old_sheet
from checkin.roster.spreadsheets import MOST_ROWS, Sheet, read_sheet
from checkin.roster.watching import Progress

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes of a file that is opened at all."""

DELIMITERS = ",;\t|"

_WIDEST = 1_000
_SAMPLE_LINES = 50
_PROGRESS_EVERY = 2_000

_SIGNATURES = (
    (b"%PDF", "This is a PDF file; ask for the list as .xlsx or .csv."),
    (b"\x89PNG", "This is a picture; ask for the list as .xlsx or .csv."),
    (b"\xff\xd8\xff", "This is a picture; ask for the list as .xlsx or .csv."),
    (b"GIF8", "This is a picture; ask for the list as .xlsx or .csv."),
    (
        b"SQLite format 3\0",
        "This is an event file or another database, not a list; open an event with --event.",
    ),
    (b"{\\rtf", "This is a text document; save its table as .xlsx or .csv."),
    (b"\x1f\x8b", "This is an archive, not a list; take the list out of it first."),
    (b"7z\xbc\xaf", "This is an archive, not a list; take the list out of it first."),
    (b"Rar!", "This is an archive, not a list; take the list out of it first."),
    (b"MZ", "This is a program, not a list."),
    (b"\x7fELF", "This is a program, not a list."),
)
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class RawList:
    """The rows of a list as text, all of the same width, and how the file was read.

    Row 1 of the file is `rows[0]`, also where it is empty. `encoding` and `delimiter` are empty for
    a spreadsheet, `sheet` and `sheets` for a text file.
    """

    rows: list[tuple[str, ...]]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_rows(
    path: Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    countries: Sequence[str] = (),
    progress: Progress | None = None,
) -> RawList:
    """Returns the rows of the list at `path`.

    `countries` are the ISO codes of the event's countries and only help to tell old code pages
    apart. `progress` is called with (rows so far, rows in all or 0, both 0 while the file is being
    opened); what it raises ends the reading. Raises `ListFileError` with one sentence for
    everything that can't be read as a list.
    """
    raw = _bytes_of(path)
    for signature, sentence in _SIGNATURES:
        if raw.startswith(signature):
            raise ListFileError(sentence)
    if raw.startswith(_OLD_CONTAINER):
        found = _of_sheet(read_old_sheet(raw, sheet=sheet))
    elif raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        found = _of_sheet(read_sheet(raw, sheet=sheet, progress=progress))
    else:
        if sheet is not None:
            raise ListFileError("This is a text file and has no sheets; leave the sheet out.")
        found = _read_text(raw, encoding, countries, progress)
    if not any(any(cell.strip() for cell in row) for row in found.rows):
        raise ListFileError("This list is empty: there is no row with anything in it.")
    return found


def _of_sheet(sheet: Sheet) -> RawList:
    return RawList(_squared(sheet.rows), sheet=sheet.name, sheets=sheet.names)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ListFileError("This is a folder; name the list inside it.")
        if not path.is_file():
            if path.exists():
                raise ListFileError("This isn't a file; name a .csv, .xlsx, .xls or .ods file.")
            raise ListFileError(f"There is no file at {path}.")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ListFileError(
                f"This file has {size >> 20} MB, far more than a list needs; is it the right one?"
            )
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise ListFileError(f"The list can't be read: {reason}.") from error
    if not raw.strip():
        raise ListFileError("This file is empty.")
    return raw


# Text --------------------------------------------------------------------------------------------


def _read_text(
    raw: bytes, encoding: str | None, countries: Sequence[str], progress: Progress | None
) -> RawList:
    from checkin.roster.columns import known_titles

    def titles_in(text: str) -> int:
        head = "\n".join(text.splitlines()[:15])
        return known_titles(_parsed(head, delimiter_of(head), None))

    text, name = decode(raw, countries=countries, encoding=encoding, known_titles=titles_in)
    start = text[:1_000].lstrip("\ufeff \r\n\t").lower()
    if start.startswith(("<!doctype html", "<html", "<?xml", "<table")):
        raise ListFileError(
            "This is a web page or an XML file; open it in your spreadsheet program "
            "and save it as .xlsx or .csv."
        )
    if start.startswith(("begin:vcard", "begin:vcalendar", "[{", '{"')):
        raise ListFileError("This isn't a table of people; export the list as .xlsx or .csv.")
    text, said = _without_separator_line(text)
    delimiter = said or delimiter_of(text)
    rows = _parsed(text, delimiter, progress)
    broken = text.count("\ufffd")
    letters = "1 letter" if broken == 1 else f"{broken} letters"
    notes = (f"{letters} could not be read as {name}.",) if broken else ()
    return RawList(_squared(rows), encoding=name, delimiter=delimiter, notes=notes)


def _without_separator_line(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;` names the delimiter and is no row."""
    first, _, rest = text.lstrip("\ufeff").partition("\n")
    line = first.strip().strip('"')
    if line[:4].lower() == "sep=" and line[4:5] in DELIMITERS and len(line) <= 5:
        # The line stays as an empty row, so that rows are counted as in the file.
        return "\n" + rest, line[4:5] or "\t"
    return text, ""


def delimiter_of(text: str) -> str:
    """Returns the delimiter of a CSV text: the sniffer's choice, unless counting finds better.

    Counting: the sign that splits most lines into the same number of two or more cells.
    """
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:_SAMPLE_LINES]
    if not lines:
        return ","
    scores = {sign: _evenness(lines, sign) for sign in DELIMITERS}
    best = max(scores, key=lambda sign: scores[sign])
    try:
        sniffed = csv.Sniffer().sniff("\n".join(lines[:20])[:4_000], DELIMITERS).delimiter
    except csv.Error:
        return best
    return sniffed if scores.get(sniffed, 0.0) >= scores[best] else best


def _evenness(lines: list[str], sign: str) -> float:
    widths = Counter(
        len(row)
        for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=sign)
        if len(row) > 1
    )
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count / len(lines) + min(width, 30) / 100


def _parsed(text: str, delimiter: str, progress: Progress | None) -> list[tuple[str, ...]]:
    # A NUL or a lone quote in one cell must not end the list.
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    rows: list[tuple[str, ...]] = []
    try:
        for row in reader:
            rows.append(tuple(row))
            if len(rows) > MOST_ROWS:
                raise ListFileError(
                    f"This list has more than {MOST_ROWS:,} rows; is it the right file?"
                )
            if progress and len(rows) % _PROGRESS_EVERY == 0:
                progress(len(rows), 0)
    except csv.Error as error:
        raise ListFileError(
            f"Line {reader.line_num} of this list can't be read: a cell is too long, "
            "perhaps because a quotation mark is missing."
        ) from error
    return rows


def _squared(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows of one width, without empty columns at the right or empty rows at the end."""
    width = 0
    last = 0
    for number, row in enumerate(rows, start=1):
        used = len(row)
        while used and not row[used - 1].strip():
            used -= 1
        if used:
            last = number
            width = max(width, used)
    width = min(width, _WIDEST)
    blank = ("",) * width
    return [row if len(row) == width else (row + blank)[:width] for row in rows[:last]]
