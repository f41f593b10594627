"""A shelf of folded words in alphabetical order, each with the people who bear it.

The part of the search that must stay small and fast: words are kept once, people as numbers, and
the words that start with what was typed stand side by side.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain

from checkin.door.folding import skeleton

# A key is the skeleton, then this, then the form: sorted by what is looked up, and still knowing
# how the word is really spelt. No letter or digit sorts before it, and none after _AFTER.
_BORDER = "\0"
_LONGER = "\x01"
_AFTER = "\x7f"

_MANY = 100
"""Words beyond which their people are guessed at rather than counted."""


class Shelf:
    """Folded words and the numbers of the people who bear them."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._in_order = True
        self._rows: dict[str, array[int]] = {}

    def add(self, keys: Iterable[str], row: int) -> None:
        """Puts a person under the keys that `keys_of` made of a word or text."""
        shelved = self._rows
        for key in keys:
            rows = shelved.get(key)
            if rows is None:
                shelved[key] = array("I", (row,))
                self._keys.append(key)
                self._in_order = False
            elif rows[-1] != row:
                rows.append(row)

    def whole(self, bones: str) -> Iterator[tuple[str, array[int]]]:
        """Yields (form, rows) of the words whose skeleton is `bones`."""
        return self._between(bones + _BORDER, bones + _LONGER)

    def longer(self, bones: str) -> Iterator[tuple[str, array[int]]]:
        """Yields (form, rows) of the words whose skeleton starts with `bones` and goes on."""
        return self._between(bones + _LONGER, bones + _AFTER)

    def all_longer(self, bones: str) -> chain[int]:
        """Returns the rows that `longer` yields, many of them more than once, and faster."""
        low, high = self._range(bones + _LONGER, bones + _AFTER)
        return chain.from_iterable(map(self._rows.__getitem__, self._keys[low:high]))

    def has(self, start: str) -> bool:
        """Whether some skeleton starts with `start`."""
        low, _ = self._range(start, start)
        return low < len(self._keys) and self._keys[low].startswith(start)

    def starting(self, start: str) -> list[str]:
        """Returns the skeletons that start with `start`, each once, in order."""
        low, high = self._range(start, start + _AFTER)
        return list(dict.fromkeys(key.partition(_BORDER)[0] for key in self._keys[low:high]))

    def is_wide(self, bones: str) -> bool:
        """Whether many different words start with `bones`."""
        low, high = self._range(bones + _LONGER, bones + _AFTER)
        return high - low > _MANY

    def size(self, bones: str) -> int:
        """Returns about how many people bear words that start with `bones`."""
        low, high = self._range(bones, bones + _AFTER)
        if high - low > _MANY:
            return (high - low) * 4
        return sum(len(self._rows[key]) for key in self._keys[low:high])

    def _between(self, first: str, last: str) -> Iterator[tuple[str, array[int]]]:
        low, high = self._range(first, last)
        for place in range(low, high):
            key = self._keys[place]
            yield key.partition(_BORDER)[2], self._rows[key]

    def _range(self, first: str, last: str) -> tuple[int, int]:
        if not self._in_order:
            self._keys.sort()  # nearly in order already, which the sort makes use of
            self._in_order = True
        return bisect_left(self._keys, first), bisect_left(self._keys, last)


def keys_of(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the keys of a word: one for each skeleton; spellings with one skeleton count once."""
    if len(forms) == 1:
        return (skeleton(forms[0]) + _BORDER + forms[0],)
    by_skeleton: dict[str, str] = {}
    for form in forms:
        by_skeleton.setdefault(skeleton(form), form)
    return tuple(bones + _BORDER + form for bones, form in by_skeleton.items())


def is_whole(key: str, skeletons: tuple[str, ...]) -> bool:
    """Whether a key's skeleton is one of `skeletons`, and not only the start of one."""
    return key.partition(_BORDER)[0] in skeletons
