"""Badges onto pages: any number of badges on a stock, in one PDF that is whole or not there.

The same badges give the same bytes. What is on a badge is the artwork's business; that a badge was
printed is for the journal to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkin.badges.artwork import draw_badge
from checkin.badges.badge import BadgeData
from checkin.badges.document import write_document
from checkin.badges.stocks import Stock
from checkin.errors import RefusedError


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What was written: the file, badges and pages in it."""

    file: Path
    badges: int
    pages: int


def write_badges(
    path: Path,
    badges: Sequence[BadgeData],
    stock: Stock,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    event: str = "",
) -> SheetReport:
    """Writes `badges` in their order to the PDF `path` and says how many on how many pages.

    `progress` is told badges done and badges in all; `cancelled` is asked before each badge.
    `event` is a small line on top of each badge. Raises `RefusedError` when there is nothing to
    print or it was cancelled, `CheckinError` when a code or the path won't do; then `path` is as
    it was.
    """
    if not badges:
        raise RefusedError("There is no badge to print.")
    pages = -(-len(badges) // stock.per_page)

    def draw(canvas: Canvas) -> None:
        places = list(stock.places())
        for index, badge in enumerate(badges):
            if cancelled is not None and cancelled():
                raise RefusedError("Printing was cancelled; nothing was written.")
            place = index % stock.per_page
            if place == 0:
                _begin_page(canvas, stock)
            _draw_at(canvas, badge, stock, places[place], event)
            if place == stock.per_page - 1 or index == len(badges) - 1:
                canvas.showPage()
            if progress is not None:
                progress(index + 1, len(badges))

    write_document(path, "Badges", draw)
    return SheetReport(path, len(badges), pages)


def _draw_at(
    canvas: Canvas, badge: BadgeData, stock: Stock, place: tuple[float, float], event: str
) -> None:
    canvas.saveState()
    canvas.translate(place[0] * mm, place[1] * mm)
    width, height = stock.badge_width * mm, stock.badge_height * mm
    draw_badge(canvas, badge, width, height, head=stock.head * mm, event=event)
    canvas.restoreState()


def _begin_page(canvas: Canvas, stock: Stock) -> None:
    """Sets the page's size and draws the cut marks: ticks outside the badges, crosses between."""
    canvas.setPageSize((stock.page_width * mm, stock.page_height * mm))
    if not stock.mark:
        return
    canvas.saveState()
    canvas.setLineWidth(0.25)
    canvas.setStrokeGray(0.35)
    columns, rows = _edges(stock)
    for x in columns:
        for y in rows:
            _mark(canvas, stock, x, y, (columns[0], columns[-1]), (rows[0], rows[-1]))
    canvas.restoreState()


def _edges(stock: Stock) -> tuple[list[float], list[float]]:
    """The x of every vertical and the y of every horizontal edge of a badge, in millimetres."""
    places = list(stock.places())
    columns = {x for x, _ in places} | {x + stock.badge_width for x, _ in places}
    rows = {y for _, y in places} | {y + stock.badge_height for _, y in places}
    return sorted(columns), sorted(rows)


def _mark(
    canvas: Canvas,
    stock: Stock,
    x: float,
    y: float,
    sides: tuple[float, float],
    ends: tuple[float, float],
) -> None:
    """One corner's marks: long towards the margin, a short cross where four badges meet."""
    away = 1.5
    if x in sides:
        sign = -1 if x == sides[0] else 1
        canvas.line((x + sign * away) * mm, y * mm, (x + sign * (away + stock.mark)) * mm, y * mm)
    if y in ends:
        sign = -1 if y == ends[0] else 1
        canvas.line(x * mm, (y + sign * away) * mm, x * mm, (y + sign * (away + stock.mark)) * mm)
    if x not in sides and y not in ends:
        canvas.line((x - away) * mm, y * mm, (x + away) * mm, y * mm)
        canvas.line(x * mm, (y - away) * mm, x * mm, (y + away) * mm)
