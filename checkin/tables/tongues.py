"""Languages as bit masks, and the points that a table's language costs, for the fast paths.

The same figure as `score.table_language` gives, without the names behind it.
"""

from __future__ import annotations

from collections.abc import Iterable


class Tongues:
    """Gives every language of a room one bit, the same for the same order of people."""

    def __init__(self) -> None:
        self._bits: dict[str, int] = {}

    def mask(self, spoken: Iterable[str]) -> int:
        """Returns the languages as one mask; languages not met before get the next bits."""
        mask = 0
        for language in spoken:
            mask |= self._bits.setdefault(language, 1 << len(self._bits))
        return mask

    def names(self, mask: int) -> list[str]:
        """Returns the languages of a mask."""
        return [language for language, bit in self._bits.items() if bit & mask]


def language_points(masks: dict[int, int], strangers: int, whisper: int) -> int:
    """Returns the points of a table's language; `masks` counts people by what they speak."""
    common = -1
    union = 0
    for mask in masks:
        common &= mask
        union |= mask
    if common or not masks:
        return 0
    best = -1
    while union:
        language = union & -union
        union ^= language
        theirs = 0
        for mask in masks:
            if mask & language:
                theirs |= mask
        points = 0
        for mask, people in masks.items():
            if not mask & language:
                points += people * (whisper if mask & theirs else strangers)
        if best < 0 or points < best:
            best = points
    return best
