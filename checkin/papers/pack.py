"""The pack for a power cut: roll call, everybody by name with codes, and table cards in one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from checkin.event.settings import EventSettings
from checkin.papers.name_list import name_list_sheets
from checkin.papers.page import PaperReport, write_paper
from checkin.papers.roll_call import Inside, roll_call_sheets
from checkin.papers.table_cards import TableCard, table_card_sheets
from checkin.people import Person


def write_pack(
    path: Path,
    event: EventSettings,
    people: Sequence[Person],
    inside: Sequence[Inside],
    at: datetime,
    cards: Sequence[TableCard],
) -> PaperReport:
    """Writes roll call (those `inside` at `at`), list of `people` and table `cards` to `path`."""
    sheets = roll_call_sheets(event, inside, at)
    sheets += name_list_sheets(event, people)
    sheets += table_card_sheets(cards)
    return write_paper(path, event, "Paper pack", sheets)
