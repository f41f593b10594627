"""Words that were meant when a finger slipped: a letter wrong, missing, too many, or two swapped.

One slip is looked for in whole words and in the starts of longer ones, for somebody may still be
typing; two only in whole long words. Costs a few milliseconds among 100,000 people, and is asked
only when nothing fits as typed.
"""

from __future__ import annotations

from collections.abc import Iterator

from checkin.door.shelves import Shelf

SHORTEST = 3
"""Shorter words have too many neighbours to guess from."""

_LONG = 6
"""From this length on a whole word may hold two slips."""

_MOST = 40
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def one_slip(shelf: Shelf, bones: str) -> list[str]:
    """Returns the starts of skeletons on the shelf that are one slip away from `bones`, in order.

    Walks only where the shelf has words: a slip stands at the latest where the first of them ends.
    """
    if len(bones) < SHORTEST:
        return []
    found = dict.fromkeys(each for each in _neighbours(shelf, bones) if shelf.has(each))
    found.pop(bones, None)
    return list(found)


def _neighbours(shelf: Shelf, bones: str) -> Iterator[str]:
    for place in range(len(bones)):
        before, letter, after = bones[:place], bones[place], bones[place + 1 :]
        if not shelf.has(before):
            return
        if after:
            yield before + after[0] + letter + after[1:]
        yield before + after
        for other in _LETTERS:
            if shelf.has(before + other):
                yield before + other + after
                yield before + other + letter + after


def two_slips(shelf: Shelf, bones: str) -> list[str]:
    """Returns the whole skeletons, starting alike, that are at most two slips away, nearest first.

    The distance counts a swap of neighbours as one slip (optimal string alignment).
    """
    return _within(shelf, bones, 2) if len(bones) >= _LONG else []


def near_whole(shelf: Shelf, bones: str) -> list[str]:
    """Returns the whole skeletons, starting alike, that are at most one slip away."""
    return _within(shelf, bones, 1) if len(bones) >= SHORTEST else []


def _within(shelf: Shelf, bones: str, most: int) -> list[str]:
    from rapidfuzz import process  # a tenth of a second that most mornings never need
    from rapidfuzz.distance import OSA

    found = process.extract(
        bones, shelf.starting(bones[0]), scorer=OSA.distance, score_cutoff=most, limit=_MOST
    )
    return [skeleton for skeleton, _, _ in found]
