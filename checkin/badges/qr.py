"""The QR code of a badge: the bare badge code, as modules for paper and as text for a terminal.

Always version 1 at error level H, which ten letters fill exactly: 21 x 21 modules, 29 x 29 with the
quiet zone of four. Nothing else is ever put into it. The scanner's test card, which no badge bears,
has a larger code of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from checkin.errors import CheckinError

SIZE = 21
"""Modules along one side."""

QUIET = 4
"""Light modules that every side needs to be found by a reader."""

Matrix = tuple[tuple[bool, ...], ...]

# One fixed mask: choosing the best of eight costs five times as much and reads no better.
_MASK = 0
_CODE = re.compile("[BCDFGHJKLNPRSTVX]{10}")
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

# Fixed entries of the 256-colour cube: themes repaint the first sixteen.
_BLACK_ON_WHITE = "\x1b[38;5;16;48;5;231m"
_PLAIN = "\x1b[0m"


@lru_cache(maxsize=1024)
def matrix(code: str) -> Matrix:
    """Returns the 21 rows of 21 modules of `code` (dark is true), without quiet zone.

    Raises `CheckinError` when `code` is not ten letters of the badge alphabet.
    """
    if not _CODE.fullmatch(code):
        raise CheckinError(f"“{code[:20]}” is not a badge code; a badge code is ten letters.")
    from qrcode.constants import ERROR_CORRECT_H
    from qrcode.main import QRCode
    from qrcode.util import MODE_ALPHA_NUM, QRData

    qr = QRCode(version=1, error_correction=ERROR_CORRECT_H, border=0, mask_pattern=_MASK)
    qr.add_data(QRData(code.encode("ascii"), mode=MODE_ALPHA_NUM))
    qr.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in qr.get_matrix())


@lru_cache(maxsize=4)
def text_matrix(text: str) -> Matrix:
    """Returns the modules of a QR of `text` at error level M, as large as that needs."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode
    from qrcode.util import MODE_8BIT_BYTE, QRData

    qr = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    qr.add_data(QRData(text.encode("ascii"), mode=MODE_8BIT_BYTE))
    qr.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in qr.get_matrix())


def terminal_lines(code: str) -> list[str]:
    """Returns 15 lines of 29 half-block characters, quiet zone included.

    The characters are the dark modules: show them black on white, whatever the theme.
    """
    return half_blocks(matrix(code))


def half_blocks(modules: Matrix) -> list[str]:
    """Returns any code like `terminal_lines`: two rows of modules a line, quiet zone included."""
    rows = _framed(modules)
    rows.append((False,) * len(rows[0]))
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]


def large_lines(code: str) -> list[str]:
    """Returns 29 lines of 58 characters, two to a module, for terminals with gaps in half blocks.

    Show them black on white, like `terminal_lines`.
    """
    return ["".join("██" if module else "  " for module in row) for row in _framed(matrix(code))]


def coloured_lines(code: str) -> list[str]:
    """Returns `terminal_lines` between the escape sequences for black on white."""
    return on_white(terminal_lines(code))


def on_white(lines: Sequence[str]) -> list[str]:
    """Returns `lines` between the escape sequences for black on white."""
    return [f"{_BLACK_ON_WHITE}{line}{_PLAIN}" for line in lines]


def _framed(modules: Matrix) -> list[tuple[bool, ...]]:
    """The modules with the quiet zone: 29 rows of 29 for a badge."""
    side = (False,) * QUIET
    blank = (False,) * (len(modules) + 2 * QUIET)
    return [blank] * QUIET + [side + row + side for row in modules] + [blank] * QUIET
