"""What a column title may mean: the vocabulary of titles, in all languages of the Union.

Titles are data (`data/headers.tsv`). A title may mean several things, each with a score; which one
it is, beside the other columns and above its cells, is decided in `columns`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from checkin.roster.authorities import level_from_answer
from checkin.roster.matching import plain, spellings, table
from checkin.text import clean

NAME = "name"
"""What a title means that may be the full name or one of its parts."""

UNWANTED = "-"
"""What a title means that is known and of no use here."""

_STRONG, _TAIL, _WEAK = 1_000.0, 900.0, 10.0
# What a long question is about when it also names the organisation.
_HEAD_WORDS = {
    "email": 40,
    "-": 35,
    "languages": 30,
    "country": 30,
    "diet": 30,
    "access": 30,
    "step_free": 32,
    "photo": 28,
    "listed": 28,
    "territory": 25,
    "level": 25,
    "badge_name": 25,
    "full_name": 10,
}


def wanted(title: str) -> float:
    """1 for a title of which we know what to do, a little for one we know and leave."""
    fields = [field for field, score in meanings(clean(title)) if score > _WEAK]
    if not fields:
        return 0.5 if meanings(clean(title)) else 0.0
    return 1.0 if fields != [UNWANTED] else 0.6


@lru_cache(maxsize=5_000)
def meanings(title: str) -> tuple[tuple[str, float], ...]:
    """(field, score) of what a title may mean, the likeliest first."""
    scores: dict[str, float] = {}

    def note(field: str, score: float) -> None:
        scores[field] = max(score, scores.get(field, 0.0))

    key = plain(title)
    bare = " ".join(word for word in key.split() if word not in _polite())
    for text, top in ((key, _STRONG), (bare, _STRONG - 0.5), (_tail(title), _TAIL)):
        for field, place in _exact().get(text, ()):
            note(field, top - place / 100)
    if not scores:
        words = f" {key} "
        for field, phrase, ends in _contained():
            if (f" {phrase} " if ends else f" {phrase}") in words:
                note(field, 100.0 + len(phrase) + _HEAD_WORDS.get(field, 0))
        if _asks_for_level(title, key):
            note("level", 300.0)
    for field in _weak().get(key, ()):
        note(field, _WEAK)
    return tuple(sorted(scores.items(), key=lambda item: -item[1]))


def _tail(title: str) -> str:
    """The last part of a title such as "Attendee name: Given name" or "Question [row]"."""
    parts = [part for part in re.split(r"[:\[\]›>]", title) if part.strip()]
    return plain(parts[-1]) if len(parts) > 1 else ""


def _asks_for_level(title: str, key: str) -> bool:
    """Whether a title offers levels to choose from: "a city, a region or other?"."""
    if len(key.split()) > 16:
        return False
    parts = re.split(
        r"[,/?;()]|\b(?:or|ou|oder|of|o|lub|czy|nebo|alebo|sau|eller|vai|või|vagy|ili|ali)\b", title
    )
    levels = {level for part in parts if (level := level_from_answer(part))}
    return len(levels) >= 3 or (len(levels) == 2 and len(parts) >= 3)


@cache
def _exact() -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for place, (field, how, titles) in enumerate(table("headers.tsv")):
        if how == "is" and field not in ("tool", "own", "polite"):
            for title in titles.split(";"):
                for spelling in spellings(title):
                    found.setdefault(spelling, []).append((field, place))
    found.pop("", None)
    return {title: tuple(fields) for title, fields in found.items()}


@cache
def _contained() -> tuple[tuple[str, str, bool], ...]:
    """(field, phrase, whether the phrase ends where a word ends)."""
    return tuple(
        (field, spelling, not phrase.endswith("*"))
        for field, how, phrases in table("headers.tsv")
        if how == "has"
        for phrase in phrases.split(";")
        for spelling in spellings(phrase)
    )


@cache
def _polite() -> frozenset[str]:
    return _listed("polite")


@cache
def _weak() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for field, how, titles in table("headers.tsv"):
        if how == "weak":
            for title in titles.split(";"):
                for spelling in spellings(title):
                    found[spelling] = (*found.get(spelling, ()), field)
    return found


@cache
def tool_titles() -> frozenset[str]:
    """The plain titles that only a survey or ticket tool makes."""
    return _listed("tool")


@cache
def own_titles() -> frozenset[str]:
    """The plain titles by which a tool means its form or its bill, not the person."""
    return _listed("own")


def _listed(kind: str) -> frozenset[str]:
    rows = (titles for field, _, titles in table("headers.tsv") if field == kind)
    return frozenset(plain(title) for titles in rows for title in titles.split(";"))
