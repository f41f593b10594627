"""Text into a box: measured, shrunk and wrapped until it fits, and never cut.

Widths are those of the font that draws it. What stands where is the business of badges and papers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from checkin.badges.fonts import text_width

LEADING = 1.18
"""From one baseline to the next, in ems."""

DESCENT = 0.24
"""What letters reach below the baseline, in ems."""

_PIECES = re.compile(r"( ?)([^ /\-–]*[/\-–]+|[^ /\-–]+)")
_STEP = 0.5
_SHRINK = 0.96
_WORTH_A_LINE = 0.78


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one font and size (points); `rise`, in ems, from its top to the first baseline."""

    lines: tuple[str, ...]
    font: str
    size: float
    rise: float

    @property
    def height(self) -> float:
        """Points from the top edge to the lowest descender; an empty block has none."""
        if not self.lines:
            return 0.0
        return self.size * (self.rise + DESCENT + (len(self.lines) - 1) * LEADING)

    @property
    def width(self) -> float:
        """Points of the widest line."""
        return max((text_width(line, self.font, self.size) for line in self.lines), default=0.0)


@dataclass(frozen=True, slots=True)
class Room:
    """The box for a text, and how it may be set: points, lines at most, largest and smallest size.

    Below `smallest` comfort gives way to completeness: more lines, broken words, smaller letters.
    """

    width: float
    height: float
    largest: float
    smallest: float
    lines: int


class _Piece(NamedTuple):
    """A piece of text that stays whole, its width and that of the space before it, in ems."""

    text: str
    width: float
    space: float


def fit(text: str, font: str, room: Room) -> Block:
    """Returns all of `text` in a block that fits `room`, large and in few lines."""
    if not text:
        return Block((), font, room.largest, 0.0)
    best: list[Block] = []
    for count in range(1, room.lines + 1):
        block = _largest(text, font, room, count)
        if block is not None and (not best or block.size > best[-1].size):
            best.append(block)
    if best:
        return next(block for block in best if block.size >= best[-1].size * _WORTH_A_LINE)
    return _whatever_it_takes(text, font, room)


def draw_block(canvas: Canvas, block: Block, x: float, top: float) -> None:
    """Draws `block` with its upper left corner at (x, top), in the canvas's fill colour."""
    canvas.setFont(block.font, block.size)
    baseline = top - block.rise * block.size
    for line in block.lines:
        canvas.drawString(x, baseline, line)
        baseline -= block.size * LEADING


def _largest(text: str, font: str, room: Room, count: int) -> Block | None:
    """The largest setting in at most `count` lines with whole words, if there is one."""
    rise = _rise(text)
    pieces = _measured(text, font)
    widest = max(piece.width for piece in pieces)
    size = min(room.largest, room.height / (rise + DESCENT), room.width / widest)
    if size < room.largest:
        size -= size % _STEP
    while size >= room.smallest:
        lines = _wrapped(pieces, room.width / size)
        block = Block(lines, font, size, rise)
        if len(lines) <= count and block.height <= room.height and block.width <= room.width:
            return block
        size -= _STEP
    return None


def _whatever_it_takes(text: str, font: str, room: Room) -> Block:
    """The largest setting with as many lines as it takes, words broken where they must be."""
    rise = _rise(text)
    size = room.smallest
    while True:
        pieces = _broken(_measured(text, font), font, room.width / size)
        block = Block(_wrapped(pieces, room.width / size), font, size, rise)
        if block.height <= room.height and block.width <= room.width:
            return block
        size *= _SHRINK


def _measured(text: str, font: str) -> list[_Piece]:
    """The pieces between which a line may end: words, and what a hyphen or slash ends in them."""
    space = text_width(" ", font, 1.0)
    return [
        _Piece(word, text_width(word, font, 1.0), space if gap else 0.0)
        for gap, word in _PIECES.findall(text)
    ]


def _wrapped(pieces: list[_Piece], width: float) -> tuple[str, ...]:
    """Fills lines of `width` ems one after the other."""
    lines: list[str] = []
    line, used = "", 0.0
    for piece in pieces:
        if line and used + piece.space + piece.width > width + 1e-6:
            lines.append(line)
            line, used = "", 0.0
        if line:
            line, used = line + " " * bool(piece.space), used + piece.space
        line, used = line + piece.text, used + piece.width
    return (*lines, line)


def _broken(pieces: list[_Piece], font: str, width: float) -> list[_Piece]:
    """Breaks pieces wider than `width` ems between letters; marks stay with their letter."""
    out: list[_Piece] = []
    for piece in pieces:
        if piece.width <= width:
            out.append(piece)
            continue
        part, used, space = "", 0.0, piece.space
        for letter in piece.text:
            step = text_width(letter, font, 1.0)
            if part and used + step > width and not unicodedata.combining(letter):
                out.append(_Piece(part, used, space))
                part, used, space = "", 0.0, 0.0
            part, used = part + letter, used + step
        out.append(_Piece(part, used, space))
    return out


def _rise(text: str) -> float:
    """The height over the first baseline: more where a capital or a stack carries an accent."""
    for letter in text:
        decomposed = unicodedata.normalize("NFD", letter)
        if len(decomposed) > 2 or (len(decomposed) > 1 and letter.isupper()):
            return 1.0
    return 0.79
