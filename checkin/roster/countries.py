"""Countries as people write them, as ISO 3166 two-letter codes, and which are in the Union.

Names are known in all languages of the Union for Europe, in four for the rest of the world
(`data/countries.tsv`). What is not understood stays out; it is never an error.
"""

from __future__ import annotations

from functools import cache, lru_cache

from checkin.roster.matching import phrases, plain, spellings, table

_LONGEST_NAME = 6


@lru_cache(maxsize=20_000)
def country_of(text: str) -> str:
    """Returns the code of the country that `text` names ("BE", "Belgique", "Gent, België"), or ''.

    A text that names two countries names none.
    """
    key = plain(text)
    if key in _names():
        return _names()[key]
    covered = [False] * len(words := key.split())
    found: set[str] = set()
    for start, end, phrase in phrases(words, _LONGEST_NAME):
        code = _names().get(phrase, "") if len(phrase) > 3 else ""
        if code and not any(covered[start:end]):
            covered[start:end] = [True] * (end - start)
            found.add(code)
    return found.pop() if len(found) == 1 else ""


def in_union(code: str) -> bool:
    """Whether `code` is a member state of the European Union."""
    return code in members()


def name_of(code: str) -> str:
    """Returns the country's own name for itself, or `code` when it is not known."""
    return _own_names().get(code, code)


@cache
def members() -> frozenset[str]:
    """Returns the codes of the member states of the European Union."""
    return frozenset(row[0] for row in table("countries.tsv") if row[2:] == ["EU"])


@cache
def _own_names() -> dict[str, str]:
    return {row[0]: row[1].split(";")[0] for row in table("countries.tsv")}


@cache
def _names() -> dict[str, str]:
    names = {plain(code): code for code in _own_names()}
    names |= {"uk": "GB", "el": "GR"}
    for code, listed, *_ in table("countries.tsv"):
        for name in listed.split(";"):
            for spelling in spellings(name):
                names.setdefault(spelling, code)
    names.pop("", None)
    return names
