"""Certificates of attendance: one page for each person who was there.

Says what the event was, when, for how long and where; no code, no e-mail, no table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkin.badges.fit import Room, fit
from checkin.badges.fonts import BOLD, REGULAR
from checkin.badges.letters import printable
from checkin.event.settings import EventSettings
from checkin.papers.page import (
    GREY,
    LENGTHWAYS,
    PaperReport,
    Sheet,
    by_name,
    day_of,
    hours_of,
    put_centred,
    write_paper,
)
from checkin.people import Person

_MIDDLE = LENGTHWAYS[0] / 2
_WIDTH = LENGTHWAYS[0] - 70 * mm
_TOP = LENGTHWAYS[1] - 27 * mm
_BOTTOM = 42 * mm
_MOST_SPARE = 70 * mm
_GAPS = (2, 4, 2, 1, 4, 2, 1)
_GREYS = (0, GREY, 0, 0, GREY, 0, 0)
_COLOUR = (0.10, 0.29, 0.56)


def write_certificates(
    path: Path, event: EventSettings, people: Sequence[Person], signatory: str = ""
) -> PaperReport:
    """Writes a certificate for each of `people` (those who came), by name, to the PDF `path`.

    `signatory` is printed under the line for the signature.
    """
    sheets = certificate_sheets(event, people, signatory)
    return write_paper(path, event, "Certificates", sheets, unit="Certificate")


def certificate_sheets(
    event: EventSettings, people: Sequence[Person], signatory: str
) -> list[Sheet]:
    """Returns one lengthways sheet for each of `people`, by name."""
    return [
        Sheet(partial(_draw, event=event, person=person, signatory=signatory), LENGTHWAYS)
        for person in sorted(people, key=by_name)
    ]


def _draw(canvas: Canvas, event: EventSettings, person: Person, signatory: str) -> None:
    _draw_frame(canvas)
    blocks = [fit(printable(text, 500), font, room) for text, font, room in _lines(event, person)]
    spare = _TOP - _BOTTOM - sum(block.height for block in blocks)
    y = _TOP
    for block, weight, grey in zip(blocks, _GAPS, _GREYS, strict=True):
        y -= min(spare, _MOST_SPARE) * weight / sum(_GAPS)
        canvas.setFillGray(grey)
        put_centred(canvas, block, _MIDDLE, y)
        y -= block.height
    _draw_signature(canvas, signatory)


def _lines(event: EventSettings, person: Person) -> list[tuple[str, str, Room]]:
    """The texts from top to bottom, each with its font and the room it has."""
    where = ", ".join(part for part in (person.organisation, person.country) if part)
    place = f", {event.venue}" if event.venue else ""
    when = f"{day_of(event)}, {hours_of(event)} ({_duration(event)}){place}"
    return [
        ("Certificate of attendance", BOLD, Room(_WIDTH, 60, 34, 34, 1)),
        ("This is to certify that", REGULAR, Room(_WIDTH, 30, 13, 13, 1)),
        (person.full_name, BOLD, Room(_WIDTH, 76, 32, 12, 2)),
        (where, REGULAR, Room(_WIDTH, 40, 16, 8, 2)),
        ("took part in", REGULAR, Room(_WIDTH, 30, 13, 13, 1)),
        (event.title, BOLD, Room(_WIDTH, 60, 20, 10, 2)),
        (when, REGULAR, Room(_WIDTH, 40, 13, 8, 2)),
    ]


def _draw_frame(canvas: Canvas) -> None:
    """A double frame and a short bar of colour under its upper edge."""
    canvas.setStrokeColorRGB(*_COLOUR)
    for inset, width in ((14 * mm, 1.6), (16 * mm, 0.5)):
        canvas.setLineWidth(width)
        canvas.rect(inset, inset, LENGTHWAYS[0] - 2 * inset, LENGTHWAYS[1] - 2 * inset)
    canvas.setFillColorRGB(*_COLOUR)
    canvas.rect(_MIDDLE - 15 * mm, LENGTHWAYS[1] - 24 * mm, 30 * mm, 1.6 * mm, stroke=0, fill=1)


def _draw_signature(canvas: Canvas, signatory: str) -> None:
    y = 32 * mm
    canvas.setStrokeGray(GREY)
    canvas.setLineWidth(0.6)
    canvas.line(_MIDDLE - 40 * mm, y, _MIDDLE + 40 * mm, y)
    said = printable(signatory) or "For the organisers"
    block = fit(said, REGULAR, Room(120 * mm, 26, 11, 7, 2))
    canvas.setFillGray(GREY)
    put_centred(canvas, block, _MIDDLE, y - 1.5 * mm)


def _duration(event: EventSettings) -> str:
    """The length of the event: `5 hours`, `1 hour`, `4 h 30`."""
    start = datetime.combine(event.date, event.start)
    minutes = int((datetime.combine(event.date, event.end) - start).total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    if rest:
        return f"{hours} h {rest:02}"
    return "1 hour" if hours == 1 else f"{hours} hours"
