"""Whom a text fits when one of its words is left out: *rossi palermo*, but Rossi is of Torino.

For a door that found nobody and is about to say so: a walk-in who is registered counts twice. It
promises that every other word fits, one of them a name; never is more than one word left out. The
answer is a question for people, never an admission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from checkin.door.folding import words
from checkin.door.matching import NAMES
from checkin.door.search import Hit

SHORTEST_NAME = 3
"""Letters of a name that must fit: fewer fit too many."""

MOST_WORDS = 6
"""Longer texts are no names; each word costs a search."""


@dataclass(frozen=True, slots=True)
class Nearly:
    """Whom a text nearly fits, best first, and the one word of it, as typed, that they lack."""

    without: str
    hits: tuple[Hit, ...]


def nearly(text: str, find: Callable[[str], Sequence[Hit]]) -> Nearly | None:
    """Returns the best answer without one word, or None; `find` forgives no slips.

    The best is the one whose first person fits best; among equals the later word is left out, for
    most people type the name first.
    """
    best: Nearly | None = None
    for without, rest in _each_left_out(text):
        hits = tuple(hit for hit in find(rest) if _by_name(hit))
        if hits and (best is None or hits[0].score > best.hits[0].score):
            best = Nearly(without, hits)
    return best


def _each_left_out(text: str) -> Iterator[tuple[str, str]]:
    """Yields each word of the text, the last first, with the text of the others."""
    typed = [text[word.start : word.end] for word in words(text)]
    if 2 <= len(typed) <= MOST_WORDS:
        for place in reversed(range(len(typed))):
            yield typed[place], " ".join(typed[:place] + typed[place + 1 :])


def _by_name(hit: Hit) -> bool:
    return any(mark.field in NAMES and mark.end - mark.start >= SHORTEST_NAME for mark in hit.marks)
