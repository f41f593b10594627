"""Ruled pages: rows under column titles, for papers that people write on or look things up in.

Every row has the same height; what stands in a cell shrinks and wraps until it fits. Which columns
and rows there are is the business of each paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkin.badges.fit import Room, draw_block, fit
from checkin.badges.fonts import BOLD, REGULAR
from checkin.badges.letters import printable
from checkin.event.settings import EventSettings
from checkin.papers.page import FOOT, GREY, HEADING, MARGIN, UPRIGHT, Sheet, draw_heading

_TITLES = 6 * mm
_GAP = 2 * mm
BOX = "\u2610"
"""A cell that is a box to tick; drawn as a shape, since the fonts have none."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in millimetres, the font and largest size of its cells."""

    title: str
    width: float
    font: str = REGULAR
    size: float = 10.5


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and how dark the line above it is (0 black, 1 none)."""

    cells: tuple[str, ...]
    above: float = 0.75


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a paper is ruled: its title and note, columns, row height and what closes each page."""

    title: str
    note: str
    columns: tuple[Column, ...]
    height: float
    closing: Callable[[Canvas], None] | None = None
    closing_height: float = 0.0

    @property
    def per_page(self) -> int:
        """Rows on one page."""
        free = UPRIGHT[1] - HEADING - _TITLES - FOOT - self.closing_height
        return int(free // self.height)


def ruled_sheets(event: EventSettings, ruling: Ruling, rows: Sequence[Row]) -> list[Sheet]:
    """Returns the sheets that hold `rows`, as many as it takes."""
    step = ruling.per_page
    return [
        Sheet(partial(_draw_page, event=event, ruling=ruling, rows=rows[start : start + step]))
        for start in range(0, len(rows), step)
    ]


def _draw_page(canvas: Canvas, event: EventSettings, ruling: Ruling, rows: Sequence[Row]) -> None:
    draw_heading(canvas, event, ruling.title, ruling.note)
    top = UPRIGHT[1] - HEADING
    _draw_titles(canvas, ruling, top)
    top -= _TITLES
    for row in rows:
        _rule(canvas, top, row.above)
        _draw_row(canvas, ruling, row, top)
        top -= ruling.height
    _rule(canvas, top, 0.0)
    if ruling.closing is not None:
        ruling.closing(canvas)


def _draw_titles(canvas: Canvas, ruling: Ruling, top: float) -> None:
    canvas.setFillGray(GREY)
    canvas.setFont(BOLD, 8.5)
    x = MARGIN
    for column in ruling.columns:
        canvas.drawString(x, top - _TITLES + 2 * mm, column.title)
        x += column.width * mm


def _draw_row(canvas: Canvas, ruling: Ruling, row: Row, top: float) -> None:
    x = MARGIN
    for column, cell in zip(ruling.columns, row.cells, strict=True):
        width = column.width * mm - _GAP
        if cell == BOX:
            draw_box(canvas, x, top - ruling.height / 2)
        else:
            room = Room(width, ruling.height - 1.5 * mm, column.size, 6.5, 2)
            block = fit(printable(cell), column.font, room)
            canvas.setFillGray(0)
            draw_block(canvas, block, x, top - (ruling.height - block.height) / 2)
        x += column.width * mm


def draw_box(canvas: Canvas, x: float, middle: float) -> None:
    """An empty box of 4 mm to tick, its left edge at `x`."""
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.9)
    canvas.rect(x, middle - 2 * mm, 4 * mm, 4 * mm, stroke=1, fill=0)


def _rule(canvas: Canvas, y: float, grey: float) -> None:
    canvas.setStrokeGray(grey)
    canvas.setLineWidth(0.8 if grey < 0.5 else 0.5)
    canvas.line(MARGIN, y, UPRIGHT[0] - MARGIN, y)
