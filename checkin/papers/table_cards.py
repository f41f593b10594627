"""Table cards: one A4 sheet a table, folded to a tent that says number, language, host and names.

Both faces say the same, the upper one upside down, so that the card reads from both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from checkin.badges.fit import Block, Room, draw_block, fit
from checkin.badges.fonts import BOLD, CAP_HEIGHT, REGULAR, text_width
from checkin.badges.letters import printable
from checkin.event.settings import EventSettings
from checkin.papers.page import (
    GREY,
    MARGIN,
    UPRIGHT,
    PaperReport,
    Sheet,
    by_name,
    folded,
    put,
    write_paper,
)
from checkin.people import Person
from checkin.roster.matching import table

_FACE = UPRIGHT[1] / 2
_BOTTOM = 16 * mm
_TOP = _FACE - 14 * mm
_NUMBER_WIDTH = 78 * mm
_NAMES_LEFT = MARGIN + _NUMBER_WIDTH + 8 * mm
_NAMES_WIDTH = UPRIGHT[0] - MARGIN - _NAMES_LEFT


@dataclass(frozen=True, slots=True)
class TableCard:
    """What stands on one table's card: its languages are ISO 639-1 codes.

    `host`, and the `name` below the number, may be empty.
    """

    number: int
    languages: tuple[str, ...] = ()
    host: str = ""
    people: tuple[Person, ...] = ()
    name: str = ""


def write_table_cards(path: Path, event: EventSettings, cards: Sequence[TableCard]) -> PaperReport:
    """Writes one card a table to the PDF `path`."""
    return write_paper(path, event, "Table cards", table_card_sheets(cards))


def table_card_sheets(cards: Sequence[TableCard]) -> list[Sheet]:
    """Returns one sheet for each of `cards`, in their order."""
    return [Sheet(partial(_draw_tent, card=card)) for card in cards]


def _draw_tent(canvas: Canvas, card: TableCard) -> None:
    canvas.setStrokeGray(0.6)
    canvas.setLineWidth(0.5)
    canvas.setDash(2, 3)
    canvas.line(0, _FACE, UPRIGHT[0], _FACE)
    canvas.setDash()
    _draw_face(canvas, card)
    canvas.saveState()
    canvas.translate(UPRIGHT[0], UPRIGHT[1])
    canvas.rotate(180)
    _draw_face(canvas, card)
    canvas.restoreState()


def _draw_face(canvas: Canvas, card: TableCard) -> None:
    """One face of the tent: number, languages and host on the left, names on the right."""
    width = _NUMBER_WIDTH if card.people else UPRIGHT[0] - 2 * MARGIN
    floor = _draw_number(canvas, card.number, width)
    if card.name:
        block = put(canvas, card.name, BOLD, MARGIN, floor, Room(width, 14 * mm, 22, 9, 2))
        floor -= block.height + 4 * mm
    spoken = " · ".join(map(_language, card.languages))
    room = Room(width, 18 * mm, 20, 9, 2)
    block = put(canvas, spoken, BOLD, MARGIN, floor, room)
    floor -= block.height + 2 * mm
    if card.host:
        room = Room(width, floor - _BOTTOM, 14, 8, 2)
        put(canvas, f"Host: {card.host}", REGULAR, MARGIN, floor, room)
    canvas.setStrokeGray(0.6)
    canvas.setLineWidth(0.5)
    if card.people:
        canvas.line(_NAMES_LEFT - 5 * mm, _BOTTOM, _NAMES_LEFT - 5 * mm, _TOP)
        _draw_names(canvas, card.people)


def _draw_number(canvas: Canvas, number: int, width: float) -> float:
    """The table's number as large as its place; returns where the next thing may begin."""
    canvas.setFillGray(GREY)
    canvas.setFont(REGULAR, 16)
    canvas.drawString(MARGIN, _TOP - 16 * CAP_HEIGHT, "Table")
    size = min(250.0, width / text_width(str(number), BOLD, 1.0))
    baseline = _TOP - 24 - size * CAP_HEIGHT
    canvas.setFillGray(0)
    canvas.setFont(BOLD, size)
    canvas.drawString(MARGIN - size * 0.04, baseline, str(number))
    return float(baseline - 6 * mm)


def _draw_names(canvas: Canvas, people: Sequence[Person]) -> None:
    """The names by territory, all at the largest size at which they fit."""
    size = 17.0
    blocks = _blocks(people, size)
    while sum(block.height + gap for block, gap in blocks) > _TOP - _BOTTOM:
        size *= 0.96
        blocks = _blocks(people, size)
    y = _TOP
    for number, (block, gap) in enumerate(blocks):
        y -= gap if number else 0.0
        canvas.setFillGray(GREY if block.font == REGULAR else 0)
        draw_block(canvas, block, _NAMES_LEFT, y)
        y -= block.height


def _blocks(people: Sequence[Person], size: float) -> list[tuple[Block, float]]:
    """Each territory and each name as a block of about `size` points, with the gap above it."""
    ordered = sorted(
        people, key=lambda person: (not person.territory, folded(_place(person)), by_name(person))
    )
    out: list[tuple[Block, float]] = []
    for place, members in groupby(ordered, _place):
        lines = [(place, REGULAR, size * 0.68, size * 0.7)]
        lines += [(person.full_name, BOLD, size, size * 0.12) for person in members]
        for text, font, largest, gap in lines:
            room = Room(_NAMES_WIDTH, largest * 2.6, largest, largest * 0.75, 2)
            out.append((fit(printable(text), font, room), gap))
    return out


def _place(person: Person) -> str:
    """The territory, or for those who come from none (agencies, guests) the organisation."""
    return person.territory or person.organisation or "Guests"


def _language(code: str) -> str:
    """The language's own name for itself, or its code in capitals when it is not known."""
    return _own_names().get(code, code.upper())


@cache
def _own_names() -> dict[str, str]:
    names = {row[0]: row[1].split(";")[0] for row in table("languages.tsv")}
    return {code: name[:1].upper() + name[1:] for code, name in names.items()}
