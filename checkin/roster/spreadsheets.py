"""Reads XLSX, XLSB, XLS and ODS files as rows of the text that people see in the cells.

Before a file is opened its unpacked size, its ratio and the extent of its sheets are bounded, so
that a small file can't fill the memory. Which sheet, header and columns are meant is decided
elsewhere.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from checkin.errors import ListFileError
from checkin.roster.watching import Alive, Progress, alive_at

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_UNPACKED = 400 * 1024 * 1024
"""Bytes that a spreadsheet may unpack to; 100,000 people with 25 columns need about 150 MB."""

MOST_RATIO = 200
"""How many times its size a spreadsheet of more than 20 MB unpacked may unpack to."""

MOST_CELLS = 8_000_000
"""Cells from the first to the last used one, empty ones included."""

MOST_ROWS = 200_000
"""Rows that a list may have; twice of what the program is built for."""

_CHUNK = 1 << 20
_OVERLAP = 2_000
_PROGRESS_EVERY = 2_000

Cell = (
    int
    | float
    | str
    | bool
    | datetime.time
    | datetime.date
    | datetime.datetime
    | datetime.timedelta
)


class Sheet(NamedTuple):
    """The rows of one sheet, its name, and the names of all sheets of the file."""

    rows: list[tuple[str, ...]]
    name: str
    names: tuple[str, ...]


def read_sheet(raw: bytes, *, sheet: str | None = None, progress: Progress | None = None) -> Sheet:
    """Returns the wanted sheet of the spreadsheet file `raw`.

    Without `sheet` it is the visible sheet with the most rows among the first ten. Rows and columns
    are counted from the sheet's first, also where these are empty. Raises `ListFileError`.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _check_before_opening(raw, alive_at(progress))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            return _from_book(book, sheet, progress)
    except PasswordError:
        raise ListFileError(_PASSWORD) from None
    # The reader's own errors, and those that it lets through from damaged XML and dates.
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise ListFileError(DAMAGED) from error


DAMAGED = (
    "This spreadsheet is damaged or of a kind that can't be read; "
    "open it in your spreadsheet program and save it as .xlsx or .csv."
)
_PASSWORD = "This spreadsheet is protected by a password; save a copy without one and import that."


def _from_book(book: CalamineWorkbook, sheet: str | None, progress: Progress | None) -> Sheet:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    pages = [page for page in book.sheets_metadata if page.typ == SheetTypeEnum.WorkSheet]
    names = tuple(page.name for page in pages)
    if not names:
        raise ListFileError("This spreadsheet has no sheet with cells in it.")
    if sheet is not None:
        wanted = [name for name in names if name.casefold() == sheet.strip().casefold()]
        if not wanted and sheet.strip().isdigit() and 1 <= int(sheet) <= len(names):
            wanted = [names[int(sheet) - 1]]
        if not wanted:
            listed = ", ".join(names[:8])
            raise ListFileError(f"There is no sheet called “{sheet}”; there are: {listed}.")
        return Sheet(_rows(book.get_sheet_by_name(wanted[0]), progress), wanted[0], names)
    visible = [page.name for page in pages if page.visible == SheetVisibleEnum.Visible] or list(
        names
    )
    best: CalamineSheet | None = None
    for name in visible[:10]:
        # Each is read whole, which takes its time: the best so far is kept, and read once.
        page = book.get_sheet_by_name(name)
        alive_at(progress)()
        if best is None or _filled(page) > _filled(best):
            best = page
    assert best is not None, "there is at least one sheet"
    return Sheet(_rows(best, progress), best.name, names)


def _filled(page: CalamineSheet) -> int:
    return page.height if page.start else 0


def _rows(page: CalamineSheet, progress: Progress | None) -> list[tuple[str, ...]]:
    if not page.start:
        return []
    total = page.total_height + 1
    if total * (page.total_width + 1) > MOST_CELLS or total > MOST_ROWS + 100:
        raise ListFileError(_TOO_FAR)
    left = ("",) * page.start[1]
    rows = []
    for number, row in enumerate(page.iter_rows(), start=1):
        rows.append(left + tuple(map(shown, row)))
        if progress and number % _PROGRESS_EVERY == 0:
            progress(number, total)
    return rows


_TOO_FAR = (
    "This spreadsheet has more cells than a list can have; "
    "copy the list alone into a new file and import that."
)


def shown(cell: Cell) -> str:
    """Returns what people see in a cell: 12 for 12.0, ISO dates and times, yes and no."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


# Bounds before opening ---------------------------------------------------------------------------


def _check_before_opening(raw: bytes, alive: Alive) -> None:
    if not raw.startswith(b"PK"):
        # The old container: a document under a password hides its sheets in this stream.
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise ListFileError(_PASSWORD)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check_archive(archive, len(raw), alive)
    # What the standard library raises on damaged archives, found by feeding it thousands of them.
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        raise ListFileError(
            "This spreadsheet is damaged; save it again and import that."
        ) from error


def _check_archive(archive: zipfile.ZipFile, packed: int, alive: Alive) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED or (unpacked > 20 << 20 and unpacked > packed * MOST_RATIO):
        raise ListFileError(
            f"This file would unpack to {unpacked >> 20} MB, far more than a list needs; "
            "copy the list alone into a new file and import that."
        )
    if any(name.startswith("word/") for name in names):
        raise ListFileError("This is a Word document; save its table as .xlsx or .csv.")
    if any(name.startswith("ppt/") for name in names):
        raise ListFileError("This is a presentation, not a list.")
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        raise ListFileError(
            "This is an Apple Numbers file; export it from Numbers as .xlsx or .csv."
        )
    if "content.xml" not in names and not any(name.startswith("xl/") for name in names):
        raise ListFileError("This is an archive, not a list; take the list out of it first.")
    for member in members:
        if member.flag_bits & 1:
            raise ListFileError(_PASSWORD)
        # Reading a member to its end proves the size that its header claims.
        if member.filename == "content.xml":
            _check_content(archive, member, alive)
        elif re.fullmatch(r"xl/worksheets/[^/]+\.xml", member.filename):
            _check_worksheet(archive, member, alive)
        else:
            _read_through(archive, member, alive)


def _read_through(archive: zipfile.ZipFile, member: zipfile.ZipInfo, alive: Alive) -> None:
    with archive.open(member) as stream:
        while stream.read(_CHUNK):
            alive()


# Bounded repeats: a file made to be slow must not make the search of it slow.
_ROW = re.compile(rb"<(?:\w{1,20}:)?row\b[^<>]{0,500}?\br=\"(\d{1,9})\"")
_WIDE = re.compile(rb"\br=\"([A-Z]{2,3})\d")
_USED = re.compile(rb"<(?:\w{1,20}:)?c\b[^<>/]{0,200}?\br=\"([A-Z]{1,3})(\d{1,9})\"[^<>/]{0,200}>")


def _check_worksheet(archive: zipfile.ZipFile, member: zipfile.ZipInfo, alive: Alive) -> None:
    """A reader makes room for every cell between the first and the last used one: bound these."""
    last_row, last_column = 1, 26
    for part in _parts(archive, member, alive):
        last_row = max(last_row, max(map(int, _ROW.findall(part)), default=1))
        for letters in set(_WIDE.findall(part)):
            last_column = max(last_column, _column(letters))
    if last_row * last_column <= MOST_CELLS:
        return
    # Rows formatted to the end of the sheet are no harm: look again, for cells with something in.
    last_row = last_column = 1
    for part in _parts(archive, member, alive):
        for letters, row in _USED.findall(part):
            last_row, last_column = max(last_row, int(row)), max(last_column, _column(letters))
        if last_row * last_column > MOST_CELLS:
            raise ListFileError(_TOO_FAR)


def _parts(archive: zipfile.ZipFile, member: zipfile.ZipInfo, alive: Alive) -> Iterator[bytes]:
    """The member in pieces that overlap, so that no tag is cut in two in both."""
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            yield tail + chunk
            alive()
            tail = chunk[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


_REPEATED = re.compile(
    rb"number-(?:rows|columns)-repeated=\"\d{4,}\"[^<>]{0,500}>(.{0,400})", re.DOTALL
)
_REPEATED_CELL = re.compile(
    rb"<table:table-cell\b(?=[^<>]{0,500}\bvalue)[^<>]{0,500}number-columns-repeated=\"\d{4,}\""
)
_EMPTY = (b"</table:table-cell>", b"<table:table-cell/>", b"<table:table-column")


def _check_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, alive: Alive) -> None:
    """An ODS file may say "this cell a million times": fine for empty ones only."""
    for part in _parts(archive, member, alive):
        if _REPEATED_CELL.search(part) or any(
            b"-value" in after.split(b"</table:table-row>", 1)[0]
            for after in _REPEATED.findall(part)
            if not after.startswith(_EMPTY)
        ):
            raise ListFileError(_TOO_FAR)
