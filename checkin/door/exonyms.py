"""What a city or region is called in other languages: whoever types Florence may mean Firenze.

Answers what else a typed word may be called, from one small list of Europe's places. It promises to
know a name by its first four letters. It finds nobody: `search` looks for the answer, as whole
words and only where places stand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

from checkin.door.folding import Word, skeletons, words
from checkin.door.matching import LONGEST_RUN, joined, runs

SHORTEST_START = 4
"""Letters typed from which the start of a name is taken for the name."""

_AFTER = "\x7f"


def with_other_names(typed: Iterable[Word]) -> tuple[Word, ...]:
    """Returns the typed words, each with the other names of the place it may be."""
    return tuple(replace(word, places=other_names(word.forms)) for word in typed)


@lru_cache(maxsize=512)
def other_names(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the skeletons of what the place is called otherwise; none when it is no place."""
    starts = skeletons(forms)
    if len(forms[0]) < SHORTEST_START:
        named = [name for name in starts if name in _places()]
    else:
        named = [name for start in starts for name in _starting(start)]
    others = {other: None for name in named for other in _places()[name]}
    return tuple(other for other in others if other not in starts)


def typed_for(text: str, place: str) -> str:
    """Returns the words of `text`, as typed, that are another name of `place`; empty: none are."""
    wanted = {bones for word in _with_runs(words(place)) for bones in skeletons(word.forms)}
    for word in _with_runs(words(text)):
        if not wanted.isdisjoint(other_names(word.forms)):
            return text[word.start : word.end]
    return ""


def _with_runs(single: tuple[Word, ...]) -> tuple[Word, ...]:
    return (*single, *runs(single, LONGEST_RUN))


def _starting(start: str) -> list[str]:
    names = _names()
    return names[bisect_left(names, start) : bisect_left(names, start + _AFTER)]


@cache
def _names() -> list[str]:
    return sorted(_places())


@cache
def _places() -> dict[str, tuple[str, ...]]:
    """Every name's skeleton, with those of all names of the places it may be."""
    text = (files("checkin.door") / "data" / "exonyms.txt").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        # Names of several words are known by them run together, as the index has them.
        spelt = (joined(words(name)).forms for name in line.split(","))
        names = tuple(dict.fromkeys(each for forms in spelt for each in skeletons(forms)))
        for name in names:
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *names)))
    return found
