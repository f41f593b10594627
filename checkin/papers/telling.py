"""The list of who has to be told that they sit elsewhere, to walk with from table to table.

Names, organisations and table numbers only; a box to tick for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.units import mm

from checkin.badges.fonts import BOLD
from checkin.event.settings import EventSettings
from checkin.papers.page import PaperReport, write_paper
from checkin.papers.ruled import BOX, Column, Row, Ruling, ruled_sheets
from checkin.tables.telling import Told

_TITLE = "To be told"
_COLUMNS = (
    Column("Told", 11),
    Column("Name", 62, BOLD, 11),
    Column("Organisation", 65, size=9.5),
    Column("From", 18, size=12),
    Column("To table", 18, BOLD, 13),
)


def write_telling(path: Path, event: EventSettings, told: Sequence[Told]) -> PaperReport:
    """Writes the list to the PDF `path`, in the order given; RefusedError when it is empty."""
    count = "1 person sits" if len(told) == 1 else f"{len(told)} people sit"
    ruling = Ruling(_TITLE, f"{count} at another table", _COLUMNS, 9 * mm)
    rows = [_row(each, told[place - 1] if place else None) for place, each in enumerate(told)]
    return write_paper(path, event, _TITLE, ruled_sheets(event, ruling, rows))


def _row(told: Told, before: Told | None) -> Row:
    """One person; a dark line where another table begins."""
    person, origin = told.person, "" if told.origin is None else str(told.origin)
    cells = (BOX, person.full_name, person.organisation, origin, str(told.target))
    begins = before is None or before.origin != told.origin
    return Row(cells, above=0.2 if begins else 0.75)
