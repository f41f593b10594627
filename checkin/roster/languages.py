"""Working languages as people write them, as ISO 639-1 codes.

Names are known in all languages of the Union and some more (`data/languages.tsv`). What is not
understood is handed back for a note; it is never an error, and no answer means English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from checkin.roster.matching import phrases, plain, spellings, table

ENGLISH = ("en",)

_PARTS = re.compile(r"[,;/|+&\n\r\[\]\"•·]+|\s[-–]\s|\s(?:and|et|und|y|e|i|en|och|og|ja|a|și|és)\s")
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class ReadLanguages:
    """What a cell says: the codes in its order (never empty), and the parts nobody understood."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def read_languages(text: str) -> ReadLanguages:
    """Returns the languages that `text` names: "EN", "anglais, Deutsch", "English; French (B2)".

    An empty cell, or one of which nothing is understood, means English.
    """
    codes: dict[str, None] = {}
    unknown: list[str] = []
    for part in _PARTS.split(text):
        if not plain(part):
            continue
        found = _codes_in(part)
        codes.update(dict.fromkeys(found))
        if not found:
            unknown.append(part.strip())
    return ReadLanguages(tuple(codes) or ENGLISH, tuple(unknown))


def is_language(code: str) -> bool:
    """Whether `code` is one of the codes this program knows."""
    return code in _codes()


def language_of(text: str) -> str:
    """Returns the code of the one language that `text` is the name or the code of, or ''."""
    return _names().get(plain(text), "")


def _codes_in(part: str) -> tuple[str, ...]:
    key = plain(part)
    if key in _names():
        return (_names()[key],)
    locale = re.fullmatch(r"\s*([a-z]{2})[-_][A-Za-z]{2}\s*", part)
    if locale and locale[1] in _codes():
        return (locale[1],)
    words = key.split()
    found: dict[int, tuple[int, str]] = {}
    for start, end, phrase in phrases(words, _LONGEST_NAME):
        code = _names().get(phrase, "") if len(phrase) > 3 else ""
        if code and not any(a < end and start < b for a, (b, _) in found.items()):
            found[start] = (end, code)
    return tuple(code for _, (_, code) in sorted(found.items()))


@cache
def _codes() -> frozenset[str]:
    return frozenset(row[0] for row in table("languages.tsv"))


@cache
def _names() -> dict[str, str]:
    names = {code: code for code in _codes()}
    for code, listed in table("languages.tsv"):
        for name in listed.split(";"):
            for spelling in spellings(name):
                names.setdefault(spelling, code)
    names.pop("", None)
    return names
