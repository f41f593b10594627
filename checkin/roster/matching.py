"""How words of lists are compared: without case, accents, alphabets or punctuation.

`plain` gives the form in which headers, organisations and names are looked up in the roster's
tables. It is for comparing only and is never shown or stored; the search at the door has its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from anyascii import anyascii

_NUMBER_SIGNS = re.compile(r"#|№|\b[nN][°º](?=\W|$)")
_APART = re.compile(r"[^a-z0-9]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


class _Ascii(dict[int, str]):
    """Letters to ASCII, each looked up once: a list has few letters and many of each."""

    def __missing__(self, letter: int) -> str:
        found = self[letter] = chr(letter) if letter < 128 else anyascii(chr(letter))
        return found


_ASCII = _Ascii()


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Returns `text` as lower-case ASCII words parted by single spaces; signs fall away."""
    if not text.isascii() or "#" in text:
        text = _NUMBER_SIGNS.sub(" no ", text).translate(_ASCII)
    return _APART.sub(" ", text.lower()).strip()


def spellings(text: str) -> tuple[str, ...]:
    """Returns the plain forms of `text`: as it is, and with ä ö ü ø å written as two letters."""
    first = plain(text)
    second = plain(text.casefold().translate(_UMLAUTS))
    return (first,) if first == second else (first, second)


def phrases(words: Sequence[str], longest: int) -> Iterator[tuple[int, int, str]]:
    """Yields every run of at most `longest` words as (start, end, phrase), the longest first."""
    for size in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            yield start, start + size, " ".join(words[start : start + size])


def table(name: str) -> Iterator[list[str]]:
    """Yields the rows of the data file `name` as their tab-separated cells; `#` starts a remark."""
    text = files("checkin.roster").joinpath(f"data/{name}").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("\t")]
