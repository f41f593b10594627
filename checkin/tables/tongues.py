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


class Spoken:
    """What people at a table speak, tallied so that one more is priced in a few steps."""

    __slots__ = ("_masks", "_points", "_strangers", "_tallies", "_union", "_whisper")

    def __init__(self, masks: dict[int, int], strangers: int, whisper: int) -> None:
        """Takes `masks` as `language_points` does; they must not change any more."""
        self._masks = list(masks.items())
        self._strangers, self._whisper = strangers, whisper
        self._union = 0
        for mask in masks:
            self._union |= mask
        # For each language: whom its speakers can whisper to (a mask), and the points it costs.
        self._tallies: list[tuple[int, int, int]] = []
        union = self._union
        while union:
            language = union & -union
            union ^= language
            theirs = 0
            for mask in masks:
                if mask & language:
                    theirs |= mask
            self._tallies.append((language, theirs, self._cost(language, theirs)))
        self._points = min([points for _, _, points in self._tallies], default=0)

    def change(self, mask: int) -> int:
        """Returns the points with one more who speaks `mask`, less those without."""
        found = []
        for language, theirs, points in self._tallies:
            if not mask & language:
                points += self._whisper if mask & theirs else self._strangers
            elif theirs | mask != theirs:
                points = self._cost(language, theirs | mask)
            found.append(points)
        if mask & ~self._union:
            found.append(self._cost(mask & ~self._union, mask))
        return min(found) - self._points

    def _cost(self, language: int, theirs: int) -> int:
        """Points of a language whose speakers speak `theirs`."""
        points = 0
        for mask, people in self._masks:
            if not mask & language:
                points += people * (self._whisper if mask & theirs else self._strangers)
        return points
