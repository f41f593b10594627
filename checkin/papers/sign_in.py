"""The attendance sheet that auditors ask for: every person with organisation and room to sign.

People stand by authority, so that colleagues sign one after the other. No e-mail, no needs. Blank
rows at the end are for those who come unannounced.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkin.badges.fonts import BOLD, REGULAR
from checkin.event.settings import EventSettings
from checkin.papers.page import (
    FOOT,
    GREY,
    MARGIN,
    PaperReport,
    Sheet,
    by_authority,
    write_paper,
)
from checkin.papers.ruled import Column, Row, Ruling, ruled_sheets
from checkin.people import Person

_FEWEST_BLANK = 4
_CLOSING = 14 * mm
_COLUMNS = (
    Column("", 9, size=8.5),
    Column("Name", 56, BOLD, 11),
    Column("Organisation", 59, size=9.5),
    Column("Signature", 50),
)


def write_sign_in(path: Path, event: EventSettings, people: Sequence[Person]) -> PaperReport:
    """Writes the attendance sheet of `people` to the PDF `path`."""
    return write_paper(path, event, "Attendance sheet", sign_in_sheets(event, people))


def sign_in_sheets(event: EventSettings, people: Sequence[Person]) -> list[Sheet]:
    """Returns the sheets of the attendance sheet; one of blank rows when nobody is registered."""
    listed = sorted(people, key=by_authority)
    count = "1 person" if len(listed) == 1 else f"{len(listed)} people"
    ruling = Ruling("Attendance sheet", f"{count} registered", _COLUMNS, 11 * mm, _close, _CLOSING)
    rows = [_row(number, person) for number, person in enumerate(listed, start=1)]
    for number, (one, other) in enumerate(pairwise(listed), start=1):
        if one.organisation != other.organisation:
            rows[number] = Row(rows[number].cells, above=0.2)
    blank = _FEWEST_BLANK + -(len(rows) + _FEWEST_BLANK) % ruling.per_page
    rows += [Row((str(len(listed) + number + 1), "", "", "")) for number in range(blank)]
    return ruled_sheets(event, ruling, rows)


def _row(number: int, person: Person) -> Row:
    where = f"{person.organisation} ({person.country})" if person.country else person.organisation
    return Row((str(number), person.full_name, where, ""), above=0.75 if number > 1 else 0.0)


def _close(canvas: Canvas) -> None:
    """The organiser's own line at the bottom of each page."""
    y = FOOT + 3 * mm
    canvas.setFillGray(GREY)
    canvas.setFont(REGULAR, 8.5)
    canvas.setStrokeGray(GREY)
    canvas.setLineWidth(0.5)
    x = MARGIN
    for label, end in (("For the organisers, name:", 92), ("Signature:", 145), ("Date:", 192)):
        canvas.drawString(x, y, label)
        start = x + canvas.stringWidth(label, REGULAR, 8.5) + 1.5 * mm
        canvas.line(start, y - 1, end * mm, y - 1)
        x = end * mm + 3 * mm
