"""The page that all papers share: A4, a heading, a footer with the event and the page number.

A paper is a list of sheets; sheets of several papers may be put into one file. What is drawn on
them is the business of each paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkin.badges.document import write_document
from checkin.badges.fit import LEADING, Block, Room, draw_block, fit
from checkin.badges.fonts import BOLD, REGULAR, text_width
from checkin.badges.letters import printable
from checkin.errors import RefusedError
from checkin.event.settings import EventSettings
from checkin.people import Person

UPRIGHT = (210 * mm, 297 * mm)
LENGTHWAYS = (297 * mm, 210 * mm)
MARGIN = 18 * mm
FOOT = 16 * mm
"""Points at the bottom of a page that belong to the footer."""

HEADING = 40 * mm
"""Points at the top of an upright page that belong to the heading."""

GREY = 0.35
"""The grey of what is not read first; dark enough for any printer."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: how to draw it, and its size in points. The footer is drawn by `write_paper`."""

    draw: Callable[[Canvas], None]
    size: tuple[float, float] = UPRIGHT


@dataclass(frozen=True, slots=True)
class PaperReport:
    """What was written: the file and its pages."""

    file: Path
    pages: int


def write_paper(
    path: Path, event: EventSettings, title: str, sheets: Sequence[Sheet], unit: str = "Page"
) -> PaperReport:
    """Writes `sheets` to the PDF `path`, each with its footer, counted in `unit`s.

    Raises `RefusedError` when there is no sheet and `CheckinError` when `path` can't be written.
    """
    if not sheets:
        raise RefusedError(f"There is nobody to print on the {title.lower()}.")

    def draw(canvas: Canvas) -> None:
        for number, sheet in enumerate(sheets, start=1):
            canvas.setPageSize(sheet.size)
            canvas.saveState()
            sheet.draw(canvas)
            canvas.restoreState()
            _draw_footer(canvas, event, f"{unit} {number} of {len(sheets)}", sheet.size[0])
            canvas.showPage()

    write_document(path, f"{title}: {printable(event.title)}", draw)
    return PaperReport(path, len(sheets))


def draw_heading(canvas: Canvas, event: EventSettings, title: str, note: str) -> None:
    """Draws title, event, day and place on top of an upright page, within `HEADING`."""
    width = UPRIGHT[0] - 2 * MARGIN
    top = UPRIGHT[1] - 15 * mm
    head = put(canvas, title, BOLD, MARGIN, top, Room(width * 0.6, 30, 22, 12, 1))
    block = fit(printable(note), REGULAR, Room(width * 0.38, 30, 11, 7, 2))
    put_right(canvas, block, UPRIGHT[0] - MARGIN, top + 1.5)
    top -= head.height + 1.5 * mm
    block = put(canvas, event.title, BOLD, MARGIN, top, Room(width, 25, 12, 8, 2))
    top -= block.height + 0.5 * mm
    line = " · ".join(part for part in (day_of(event), hours_of(event), event.venue) if part)
    put(canvas, line, REGULAR, MARGIN, top, Room(width, 16, 10.5, 7, 1))


def put(
    canvas: Canvas, text: str, font: str, x: float, top: float, room: Room, grey: float = 0.0
) -> Block:
    """Fits data `text` into `room` and draws it with its upper left corner at (x, top)."""
    block = fit(printable(text), font, room)
    canvas.setFillGray(grey)
    draw_block(canvas, block, x, top)
    return block


def put_right(canvas: Canvas, block: Block, right: float, top: float) -> None:
    """Draws `block` with its upper right corner at (right, top)."""
    _put_aligned(canvas, block, right, top, 1.0)


def put_centred(canvas: Canvas, block: Block, middle: float, top: float) -> None:
    """Draws `block` with every line centred on `middle`."""
    _put_aligned(canvas, block, middle, top, 0.5)


def _put_aligned(canvas: Canvas, block: Block, x: float, top: float, share: float) -> None:
    """Draws `block` with `share` of each line left of `x`."""
    for line in block.lines:
        single = Block((line,), block.font, block.size, block.rise)
        draw_block(canvas, single, x - share * single.width, top)
        top -= block.size * LEADING


def _draw_footer(canvas: Canvas, event: EventSettings, number: str, width: float) -> None:
    """The event and its day on the left, the page on the right, TEST between them if it is one."""
    canvas.setFillGray(GREY)
    baseline = 9 * mm
    canvas.setFont(REGULAR, 8)
    canvas.drawRightString(width - MARGIN, baseline, number)
    right = width - MARGIN - text_width(number, REGULAR, 8) - 5 * mm
    if not event.live:
        canvas.setFillGray(0)
        canvas.setFont(BOLD, 8)
        canvas.drawRightString(right, baseline, "TEST")
        canvas.setFillGray(GREY)
        right -= 14 * mm
    room = Room(right - MARGIN, 12, 8, 5, 1)
    day = day_of(event)
    block = fit(printable(f"{event.title} · {day}", 300), REGULAR, room)
    draw_block(canvas, block, MARGIN, baseline + block.rise * block.size)


def day_of(event: EventSettings) -> str:
    """Returns the day in words: `Wednesday 9 October 2024`."""
    day = event.date
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def hours_of(event: EventSettings) -> str:
    """Returns the hours of the event in its zone: `09:00–14:00`."""
    return f"{event.start:%H:%M}–{event.end:%H:%M}"


def by_name(person: Person) -> tuple[str, str, str]:
    """Sorts people by family name, then given name, as an English reader looks them up."""
    return (folded(person.family_name or person.given_name), folded(person.given_name), person.id)


def by_authority(person: Person) -> tuple[str, tuple[str, str, str]]:
    """Sorts people by their organisation, then by name."""
    return (folded(person.organisation), by_name(person))


def folded(text: str) -> str:
    """Returns `text` without case, accents and alphabets, for sorting only."""
    return str(anyascii(text)).casefold()
