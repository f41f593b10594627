"""Finds the encoding of a text list: byte order mark, strict UTF-8, then the likeliest code page.

Old code pages can't be told apart with certainty, so the choice is a guess that people see and can
overrule: it prefers a page in which the column titles are words we know, whose letters belong
together in one language, and which the event's countries use.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from checkin.errors import ListFileError
from checkin.roster.matching import table

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
"""Bytes from which a code page is guessed; they hold thousands of names."""

_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 3_000


def decode(
    raw: bytes,
    *,
    countries: Sequence[str] = (),
    encoding: str | None = None,
    known_titles: Callable[[str], int] | None = None,
) -> tuple[str, str]:
    """Returns (text, encoding) of `raw`.

    `encoding` overrules the guess; `countries` are ISO codes that make their code pages likelier;
    `known_titles` counts the column titles it knows in a text. Raises `ListFileError` when the
    named encoding is unknown or doesn't fit, or when this is no text.
    """
    if encoding:
        return _as_told(raw, encoding)
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, name), name
    if wide := _wide_without_mark(raw):
        return _strictly(raw, wide), wide
    if b"\0" in raw:
        raise ListFileError(
            "This file isn't a list: it holds binary data, not text or a spreadsheet."
        )
    text = raw.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    # One letter cut in two by the exporting tool must not turn a list of UTF-8 into a code page.
    if not broken or broken * 20 <= len(text) - len(text.encode("ascii", "ignore")):
        return text, "utf-8"
    name = _likeliest(raw, countries, known_titles)
    return raw.decode(name, errors="replace"), name


def _as_told(raw: bytes, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise ListFileError(
            f"There is no encoding called “{encoding}”; try utf-8, cp1252 or cp1250."
        ) from None
    if name == "utf-8" and raw.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    return _strictly(raw, name), name


def _strictly(raw: bytes, name: str) -> str:
    try:
        text = raw.decode(name)
    except (UnicodeDecodeError, UnicodeError, LookupError):
        raise ListFileError(
            f"This list can't be read as {name}; leave the encoding out, or name another."
        ) from None
    # Codecs such as rot13 or base64 don't give text.
    if not isinstance(text, str):
        raise ListFileError(f"“{name}” isn't an encoding of text; try utf-8, cp1252 or cp1250.")
    return text


def _wide_without_mark(raw: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of Latin text is zero."""
    head = raw[:2_000]
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.3 and even < len(head) * 0.05:
        return "utf-16-le"
    if even > len(head) * 0.3 and odd < len(head) * 0.05:
        return "utf-16-be"
    return None


# Code pages --------------------------------------------------------------------------------------


def _likeliest(
    raw: bytes, countries: Sequence[str], known_titles: Callable[[str], int] | None
) -> str:
    home = {page for page, lands in _pages() if set(lands) & set(countries)}
    best, best_score = "cp1252", float("-inf")
    for place, (page, _) in enumerate(_pages()):
        text = raw[:_SAMPLE].decode(page, errors="replace")
        titles = known_titles(text) if known_titles else 0
        score = titles * 5 + _plausibility(text) + (5 if page in home else 0) - place * 0.01
        if score > best_score:
            best, best_score = page, score
    return best


def _plausibility(text: str) -> float:
    """From -30 to 10: how well the letters beyond ASCII go together, on average."""
    words = [word for word in _WORD.findall(text) if not word.isascii()][:_MOST_WORDS]
    oddities = sum(
        1
        for sign in text
        if not sign.isascii() and not sign.isalpha() and sign not in "’‘“”„–—…«»€°\xa0·"
    )
    judged = len(words) + oddities
    if not judged:
        return 0.0
    good = sum(_likely_word(word) for word in words)
    return max(-30.0, 10.0 * (good - 3 * oddities) / judged)


def _likely_word(word: str) -> float:
    special = {letter for letter in word.lower() if not letter.isascii()}
    if any(before.islower() and after.isupper() for before, after in pairwise(word)):
        return -1.0
    if any(letter.isascii() for letter in word) and any(map(_foreign_script, special)):
        return -2.0
    weights = [weight for letters, weight in _alphabets() if special <= letters]
    return max(weights, default=-1.0)


def _foreign_script(letter: str) -> bool:
    return "\u0370" <= letter <= "\u052f"


@cache
def _pages() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(code page, countries that use it), the more frequent first."""
    pages = (row for row in table("encodings.tsv") if row[0] == "page")
    return tuple((row[1], tuple(" ".join(row[2:]).split())) for row in pages)


@cache
def _alphabets() -> tuple[tuple[frozenset[str], float], ...]:
    """(letters beyond ASCII of a language, how much they weigh), the weight by its speakers."""
    return tuple(
        (frozenset(row[2]), float(row[1])) for row in table("encodings.tsv") if row[0] == "alphabet"
    )
