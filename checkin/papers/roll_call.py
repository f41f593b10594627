"""The roll call on paper: who is inside, by table, with boxes to tick; who needs help comes first.

Each person stands on it once, so that the ticks can be counted. It tells who needs assistance: it
is for the wardens, and to be destroyed after the day, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkin.badges.fit import Room, draw_block, fit
from checkin.badges.fonts import BOLD, REGULAR
from checkin.badges.letters import printable
from checkin.event.settings import EventSettings
from checkin.papers.page import (
    FOOT,
    GREY,
    HEADING,
    MARGIN,
    UPRIGHT,
    PaperReport,
    Sheet,
    by_name,
    draw_heading,
    put,
    write_paper,
)
from checkin.papers.ruled import draw_box
from checkin.people import Person

_LINE = 10 * mm
_BAND = 8 * mm
_GUTTER = 8 * mm
_COLUMN = (UPRIGHT[0] - 2 * MARGIN - _GUTTER) / 2
_DEPTH = UPRIGHT[1] - HEADING - FOOT


@dataclass(frozen=True, slots=True)
class Inside:
    """One person inside, and whether they need assistance to leave."""

    person: Person
    assistance: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of the roll call: a band with a title, or a person when there is one."""

    title: str
    person: Person | None = None
    urgent: bool = False

    @property
    def height(self) -> float:
        return float(_LINE if self.person else _BAND)


def write_roll_call(
    path: Path, event: EventSettings, inside: Sequence[Inside], at: datetime
) -> PaperReport:
    """Writes the roll call of those `inside` at the aware time `at` to the PDF `path`."""
    return write_paper(path, event, "Roll call", roll_call_sheets(event, inside, at))


def roll_call_sheets(event: EventSettings, inside: Sequence[Inside], at: datetime) -> list[Sheet]:
    """Returns the sheets of the roll call; one that says so when nobody is inside."""
    note = f"{len(inside)} inside at {at.astimezone(event.zone):%H:%M}"
    columns = _columns(_pieces(inside))
    pages = [columns[start : start + 2] for start in range(0, len(columns), 2)] or [[]]
    private = any(one.assistance for one in inside)
    keep = "Tells who needs assistance: for the wardens only; destroy it after the day."
    return [
        Sheet(partial(_draw_page, event, note, keep if private else "", page)) for page in pages
    ]


def _pieces(inside: Sequence[Inside]) -> list[_Piece]:
    """Bands and people in their order: assistance, then table by table, then those without one."""
    listed = sorted(inside, key=lambda one: by_name(one.person))
    pieces: list[_Piece] = []
    urgent = [one.person for one in listed if one.assistance]
    if urgent:
        pieces.append(_Piece(f"Need assistance: {len(urgent)}", urgent=True))
        pieces += [_Piece(_table_of(person), person, urgent=True) for person in urgent]
    tables = sorted({one.person.table for one in listed}, key=lambda table: (table is None, table))
    for table in tables:
        here = [one for one in listed if one.person.table == table]
        rest = [one.person for one in here if not one.assistance]
        above = len(here) - len(rest)
        title = "No table" if table is None else f"Table {table}"
        count = f"{title}: {len(rest)}" + (f" and {above} above" if above else "")
        pieces.append(_Piece(count))
        pieces += [_Piece("", person) for person in rest]
    return pieces


def _table_of(person: Person) -> str:
    return "no table" if person.table is None else f"table {person.table}"


def _columns(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Fills columns; a band never ends one, and is repeated where its people go on in the next."""
    columns: list[list[_Piece]] = []
    left = 0.0
    band = _Piece("")
    for number, piece in enumerate(pieces):
        following = pieces[number + 1] if number + 1 < len(pieces) else None
        needed = piece.height
        if piece.person is None:
            band = piece
            needed += following.height if following and following.person else 0.0
        if not columns or needed > left:
            columns.append([])
            left = _DEPTH
            if piece.person is not None:
                columns[-1].append(_Piece(f"{band.title}, continued", urgent=band.urgent))
                left -= _BAND
        columns[-1].append(piece)
        left -= piece.height
    return columns


def _draw_page(
    event: EventSettings,
    note: str,
    keep: str,
    columns: Sequence[Sequence[_Piece]],
    canvas: Canvas,
) -> None:
    draw_heading(canvas, event, "Roll call", note)
    put(canvas, keep, BOLD, MARGIN, FOOT, Room(400, 12, 8, 8, 1))
    top = UPRIGHT[1] - HEADING
    if not columns:
        put(canvas, "Nobody is inside.", REGULAR, MARGIN, top, Room(400, 30, 14, 14, 1))
    for number, column in enumerate(columns):
        x = MARGIN + number * (_COLUMN + _GUTTER)
        y = top
        for piece in column:
            if piece.person is None:
                _draw_band(canvas, piece, x, y)
            else:
                _draw_person(canvas, piece, piece.person, x, y)
            y -= piece.height


def _draw_band(canvas: Canvas, piece: _Piece, x: float, top: float) -> None:
    """A title on a band: black with a sign for those who need assistance, light for a table."""
    height = _BAND - 1.5 * mm
    canvas.setFillGray(0 if piece.urgent else 0.88)
    canvas.rect(x, top - height, _COLUMN, height, stroke=0, fill=1)
    start = x + 2 * mm
    canvas.setFillGray(1 if piece.urgent else 0)
    if piece.urgent:
        _draw_warning(canvas, start, top - height / 2)
        start += 6 * mm
    block = fit(printable(piece.title), BOLD, Room(x + _COLUMN - start - 2 * mm, height, 11, 6, 1))
    canvas.setFillGray(1 if piece.urgent else 0)
    draw_block(canvas, block, start, top - (height - block.height) / 2)


def _draw_warning(canvas: Canvas, x: float, middle: float) -> None:
    """A white triangle with a black exclamation mark."""
    path = canvas.beginPath()
    path.moveTo(x, middle - 1.8 * mm)
    path.lineTo(x + 4.4 * mm, middle - 1.8 * mm)
    path.lineTo(x + 2.2 * mm, middle + 2.2 * mm)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.setFont(BOLD, 8)
    canvas.drawCentredString(x + 2.2 * mm, middle - 1.5 * mm, "!")


def _draw_person(canvas: Canvas, piece: _Piece, person: Person, x: float, top: float) -> None:
    """A box, the name, and under it the organisation; for assistance also the table."""
    draw_box(canvas, x, top - _LINE / 2)
    start = x + 6.5 * mm
    width = _COLUMN - 6.5 * mm
    name = fit(printable(person.full_name), BOLD, Room(width, _LINE * 0.5, 10.5, 7, 1))
    said = " · ".join(part for part in (piece.title, person.organisation) if part)
    room = Room(width, _LINE * 0.9 - name.height, 8, 6, 1)
    under = fit(printable(said), REGULAR, room)
    top -= (_LINE - name.height - under.height) / 2
    canvas.setFillGray(0)
    draw_block(canvas, name, start, top)
    canvas.setFillGray(GREY)
    draw_block(canvas, under, start, top - name.height)
