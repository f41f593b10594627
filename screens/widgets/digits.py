"""Giant digits for a table number, readable at two metres.

Solid blocks on a grid of three by five, each point twice as wide as high, as terminal cells are;
larger by whole factors where there is room. Shape, not colour, carries the number.
"""

from __future__ import annotations

_SHAPES = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
    "-": ("   ", "   ", "███", "   ", "   "),
    " ": (" ", " ", " ", " ", " "),
}

ROWS = 5
"""Rows of a digit at scale 1."""


def giant(text: str, scale: int = 1) -> list[str]:
    """Returns `text` (digits, `:`, `-`) as `5 * scale` lines of equal width."""
    lines: list[str] = []
    for row in range(ROWS):
        points = " ".join(_SHAPES[character][row] for character in text)
        line = "".join(point * 2 * scale for point in points)
        lines.extend([line] * scale)
    return lines


def fitting(text: str, width: int, height: int) -> list[str]:
    """Returns `text` as large as `width` x `height` cells allow; empty when it fits at no scale."""
    for scale in (3, 2, 1):
        if scale * ROWS <= height:
            lines = giant(text, scale)
            if not lines or len(lines[0]) <= width:
                return lines
    return []
