"""The scanner's test card on paper: one A4 page with the code, and what to do with it in words.

It belongs to no event and names nobody, so it can be kept in the box with the scanners.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkin.badges.artwork import draw_qr
from checkin.badges.document import write_document
from checkin.badges.fit import Room, fit
from checkin.badges.fonts import BOLD, REGULAR
from checkin.badges.letters import printable
from checkin.badges.qr import text_matrix
from checkin.door.scanner_card import CARD
from checkin.papers.page import GREY, MARGIN, UPRIGHT, PaperReport, put_centred

_SIDE = 90 * mm
_TITLE = "Scanner test card"
_WORDS = (
    "In the program: ctrl+p, then “Test the scanner”.",
    "On the command line: checkin doctor --scanner",
    "Then scan the code: you read how the scanner types, and it is remembered there.",
    "This is not a badge: it admits nobody.",
)


def write_scanner_card(path: Path) -> PaperReport:
    """Writes the card to the PDF `path`. Raises `CheckinError` when that can't be written."""
    write_document(path, _TITLE, _draw)
    return PaperReport(path, 1)


def _draw(canvas: Canvas) -> None:
    width, height = UPRIGHT
    canvas.setPageSize(UPRIGHT)
    room = width - 2 * MARGIN
    top = height - 30 * mm
    _line(canvas, _TITLE, BOLD, top, Room(room, 30, 28, 18, 1))
    top -= 18 * mm
    draw_qr(canvas, text_matrix(CARD), (width - _SIDE) / 2, top - _SIDE, _SIDE)
    top -= _SIDE + 6 * mm
    for words in _WORDS:
        _line(canvas, words, REGULAR, top, Room(room, 30, 13, 9, 2))
        top -= 14 * mm
    _line(canvas, f"It holds: {CARD}", REGULAR, top, Room(room, 20, 9, 7, 1), GREY)
    canvas.showPage()


def _line(canvas: Canvas, text: str, font: str, top: float, room: Room, grey: float = 0.0) -> None:
    canvas.setFillGray(grey)
    put_centred(canvas, fit(printable(text), font, room), UPRIGHT[0] / 2, top)
