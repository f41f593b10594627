"""A badge as lines of text, for a preview in a terminal before it is printed.

The words are those of the artwork. Lines are plain text of one width, each with the part it belongs
to, so that a screen can colour them without parsing anything; the frame round them is the screen's.
"""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from checkin.badges.badge import BadgeData, BadgeText, badge_text
from checkin.badges.letters import printable


class Part(StrEnum):
    """What a line of the preview shows."""

    EVENT = "event"
    LARGE = "large"
    SMALL = "small"
    ORGANISATION = "organisation"
    ROLE = "role"
    LETTERS = "letters"
    STRIPE = "stripe"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line of the preview, padded to its width; plain text, never markup."""

    part: Part
    text: str


NARROWEST = 24
"""Columns below which a preview is not drawn narrower."""


def preview(badge: BadgeData, width: int = 40, event: str = "") -> tuple[PreviewLine, ...]:
    """Returns `badge` in lines of `width` columns (at least 24), from its top to the level stripe.

    Text wraps and is never cut, so long names take more lines.
    """
    width = max(width, NARROWEST)
    text = badge_text(badge)
    lines = _wrapped(Part.EVENT, printable(event), width)
    lines += _spread(text.large, width)
    lines += _wrapped(Part.SMALL, text.small, width)
    lines.append(_padded(Part.BLANK, "", width))
    lines += _wrapped(Part.ORGANISATION, text.organisation, width)
    lines += _wrapped(Part.ROLE, text.role, width)
    lines.append(_padded(Part.LETTERS, text.letters.rjust(width - 2), width))
    lines += _stripe(text, width)
    return tuple(lines)


def _spread(name: str, width: int) -> list[PreviewLine]:
    """The large name, its letters as far apart as fits: what a terminal has for large type."""
    for gap in (2, 1):
        words = [(" " * gap).join(_clusters(word)) for word in name.split()]
        line = (" " * (2 * gap + 1)).join(words)
        if _cells(line) <= width - 2:
            return [_padded(Part.LARGE, line, width)]
    return _wrapped(Part.LARGE, name, width)


def _stripe(text: BadgeText, width: int) -> list[PreviewLine]:
    """The level and the country, on one line when they fit."""
    level = f"{text.sign} {text.letter}  {text.word}"
    if _cells(level) + _cells(text.country) + 4 <= width:
        fill = " " * (width - 2 - _cells(level) - _cells(text.country))
        return [_padded(Part.STRIPE, f"{level}{fill}{text.country}", width)]
    return [_padded(Part.STRIPE, level, width), *_wrapped(Part.STRIPE, text.country, width)]


def _wrapped(part: Part, text: str, width: int) -> list[PreviewLine]:
    return [_padded(part, line, width) for line in textwrap.wrap(text, width - 2)]


def _padded(part: Part, text: str, width: int) -> PreviewLine:
    line = f" {text}"
    return PreviewLine(part, line + " " * (width - _cells(line)))


def _clusters(word: str) -> list[str]:
    """Letters with their marks."""
    clusters: list[str] = []
    for letter in word:
        if clusters and unicodedata.combining(letter):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


def _cells(text: str) -> int:
    """Columns that `text` takes; what is printable on a badge is never wide."""
    return sum(not unicodedata.combining(letter) for letter in text)
