"""Giant digits for a table number, readable at two metres.

Blocks on a grid of three by five, each point as wide as high, for a cell of a terminal is twice as
high as wide; larger by half rows where there is room. Shape, not colour, carries the number.
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
"""Points of a digit from top to bottom."""

SIZES = (6, 5, 4, 3, 2)
"""Half rows that a point may be high, and cells that it is then wide: largest first."""

_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def giant(text: str, size: int = 2) -> list[str]:
    """Returns `text` (digits, `:`, `-`) in lines of equal width, each point `size` half rows high.

    At size 2 a digit has five rows; an odd size gains half a row a point.
    """
    halves: list[str] = []
    for row in range(ROWS):
        points = " ".join(_SHAPES[character][row] for character in text)
        halves.extend(["".join(point * size for point in points)] * size)
    if len(halves) % 2:
        halves.append(" " * len(halves[0]))
    return [
        "".join(_BLOCKS[up != " ", down != " "] for up, down in zip(top, bottom, strict=True))
        for top, bottom in zip(halves[::2], halves[1::2], strict=True)
    ]


def fitting(text: str, width: int, height: int) -> list[str]:
    """Returns `text` as large as `width` x `height` cells allow; empty when it fits at no size."""
    for size in SIZES:
        lines = giant(text, size)
        if len(lines) <= height and (not lines or len(lines[0]) <= width):
            return lines
    return []
