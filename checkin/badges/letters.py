"""The letters that the fonts of badges and papers have, and what is printed for those they lack.

A letter without a glyph would print as an empty box. It is written in Latin letters instead, which
its owner can recognise and object to. Knows the coverage without loading a font.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from anyascii import anyascii

from checkin.text import clean

COVERED = (
    range(0x20, 0x7F),
    range(0xA0, 0x250),
    range(0x259, 0x25A),
    range(0x2B0, 0x378),
    range(0x37A, 0x380),
    range(0x384, 0x38B),
    range(0x38C, 0x38D),
    range(0x38E, 0x3A2),
    range(0x3A3, 0x3E2),
    range(0x3F0, 0x530),
    range(0x1E00, 0x1F16),
    range(0x1F18, 0x1F1E),
    range(0x1F20, 0x1F46),
    range(0x1F48, 0x1F4E),
    range(0x1F50, 0x1F58),
    range(0x1F59, 0x1F5A),
    range(0x1F5B, 0x1F5C),
    range(0x1F5D, 0x1F5E),
    range(0x1F5F, 0x1F7E),
    range(0x1F80, 0x1FB5),
    range(0x1FB6, 0x1FC5),
    range(0x1FC6, 0x1FD4),
    range(0x1FD6, 0x1FDC),
    range(0x1FDD, 0x1FF0),
    range(0x1FF2, 0x1FF5),
    range(0x1FF6, 0x1FFF),
    range(0x2000, 0x2065),
    range(0x2066, 0x2072),
    range(0x2074, 0x208F),
    range(0x2090, 0x209D),
    range(0x20A0, 0x20C0),
    range(0x2100, 0x2160),
    range(0x2184, 0x2185),
    range(0x2189, 0x218A),
)
"""The characters of the shipped fonts, the same in both weights (docs/fonts.md)."""

_GLYPHS = frozenset(chr(code) for block in COVERED for code in block)


def printable(text: str, longest: int = 200) -> str:
    """Returns `text` cleaned, with every letter that the fonts lack written in Latin letters.

    Scripts without capitals get them at the start of words, since what they spell are names.
    """
    cleaned = clean(text, longest)
    if cleaned.isascii() or _GLYPHS.issuperset(cleaned):
        return cleaned
    return _in_latin(cleaned)


@lru_cache(maxsize=512)
def _in_latin(text: str) -> str:
    out = ""
    for covered, run in groupby(text, _GLYPHS.__contains__):
        letters = "".join(run)
        if covered:
            out += letters
            continue
        latin = anyascii(letters) or "?"
        # Georgian has capitals, but not for names: `title` leaves it alone as it does Hebrew.
        if letters == letters.title() and latin.islower() and not out[-1:].isalnum():
            latin = latin[0].upper() + latin[1:]
        out += latin
    return clean(out, longest=len(out))
