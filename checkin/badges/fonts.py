"""The two fonts that badges and papers are set in, and the width of text in them.

Promises that every European name has its letters (`checkin.badges.letters` says which, and stands
in for the rest). Importing this module loads reportlab; drawing is the artwork's business.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "CheckinSans"
BOLD = "CheckinSans-Bold"

CAP_HEIGHT = 0.714
"""Height of a capital, in ems."""

_FILES = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf"}


@cache
def load() -> None:
    """Makes both fonts known to reportlab; the second call costs nothing."""
    for name, file in _FILES.items():
        content = files("checkin.badges").joinpath("fonts", file).read_bytes()
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(content), shapable=False))


def text_width(text: str, font: str, size: float) -> float:
    """Returns the width of `text` in points, as it will be drawn."""
    load()
    return float(pdfmetrics.stringWidth(text, font, size))
