"""The QR code: the bare code, read back by a real decoder from paper and terminal forms."""

from __future__ import annotations

import random

import pytest
import zxingcpp
from PIL import Image

from checkin.badges import qr
from checkin.errors import CheckinError

LETTERS = "BCDFGHJKLNPRSTVX"
INK = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def codes(count: int) -> list[str]:
    some = random.Random(7)
    return ["".join(some.choices(LETTERS, k=10)) for _ in range(count)]


def picture(rows: list[list[int]], scale: tuple[int, int]) -> Image.Image:
    image = Image.new("L", (len(rows[0]), len(rows)), 255)
    image.putdata([0 if dark else 255 for row in rows for dark in row])
    return image.resize((image.width * scale[0], image.height * scale[1]), Image.Resampling.NEAREST)


def decoded(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


def halves(lines: list[str]) -> list[list[int]]:
    return [[INK[cell][half] for cell in line] for line in lines for half in (0, 1)]


def test_the_half_blocks_of_every_code_are_read_by_a_decoder() -> None:
    for code in codes(100):
        assert decoded(picture(halves(qr.terminal_lines(code)), (8, 8))) == [code]


def test_the_half_blocks_fill_29_by_15_cells_with_four_light_modules_around() -> None:
    lines = qr.terminal_lines("BCDFGHJKLN")
    assert [len(line) for line in lines] == [29] * 15
    rows = halves(lines)
    assert not any(any(row) for row in [*rows[:4], *rows[25:]])
    assert not any(any(row[:4]) or any(row[25:]) for row in rows)


def test_the_large_form_is_read_where_half_blocks_have_gaps() -> None:
    lines = qr.large_lines("BCDFGHJKLN")
    assert [len(line) for line in lines] == [58] * 29
    rows = [[INK[cell][0] for cell in line] for line in lines]
    assert decoded(picture(rows, (4, 8))) == ["BCDFGHJKLN"]


def test_a_smudge_of_five_by_six_modules_does_no_harm() -> None:
    rows = halves(qr.terminal_lines("BCDFGHJKLN"))
    for row in range(15, 20):
        for column in range(17, 23):
            rows[row][column] = 1
    assert decoded(picture(rows, (8, 8))) == ["BCDFGHJKLN"]


def test_the_coloured_lines_are_black_on_white_whatever_the_theme() -> None:
    for line, plain in zip(
        qr.coloured_lines("BCDFGHJKLN"), qr.terminal_lines("BCDFGHJKLN"), strict=True
    ):
        assert line == f"\x1b[38;5;16;48;5;231m{plain}\x1b[0m"


@pytest.mark.parametrize("text", ["", "bcdfghjkln", "BCDFGHJKL", "https://example.org", "\x1b[2J"])
def test_nothing_but_a_badge_code_is_put_into_a_qr_code(text: str) -> None:
    with pytest.raises(CheckinError, match="not a badge code"):
        qr.matrix(text)
