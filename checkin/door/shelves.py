"""A shelf of folded words in alphabetical order, each with the people who bear it.

The part of the search that must stay small and fast: words are kept once, people as numbers, and
the words that start with what was typed stand side by side. Most words lie packed in a few large
pieces; what was added since stands beside them until `pack` takes it in.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import chain
from operator import itemgetter

from checkin.door.folding import skeleton

# A key is the skeleton, then this, then the form: sorted by what is looked up, and still knowing
# how the word is really spelt. No letter or digit sorts before it, and none after _AFTER.
_BORDER = "\0"
_LONGER = "\x01"
_AFTER = "\x7f"

_MANY = 100
"""Words beyond which their people are looked at together rather than word by word."""

_PIECE = 64
"""Words packed in one piece: more make a look-up slower, fewer take more memory."""

_APART = "\n"
_MOST_OPEN = 256
"""Pieces kept unpacked at a time: neighbours of one word lie in few of them."""

_Shelved = tuple[str, "array[int]"]


class _Packed:
    """Words in order and their people, packed; never changed. A word is known by its place."""

    def __init__(self, shelved: Iterable[_Shelved] = ()) -> None:
        self._pieces: list[str] = []
        self._heads: list[str] = []
        self._rows = array("I")
        self._starts = array("I", (0,))
        self._open: dict[int, list[str]] = {}
        piece: list[str] = []
        last = None
        for key, rows in shelved:
            self._rows.extend(rows)
            if key == last:
                self._starts[-1] = len(self._rows)
                continue
            last = key
            self._starts.append(len(self._rows))
            piece.append(key)
            if len(piece) == _PIECE:
                self._close(piece)
                piece = []
        if piece:
            self._close(piece)

    def _close(self, piece: list[str]) -> None:
        self._heads.append(piece[0])
        self._pieces.append(_APART.join(piece))

    def place(self, key: str) -> int:
        """Returns how many words stand before `key`."""
        number = bisect_left(self._heads, key)
        if number == 0:
            return 0
        return (number - 1) * _PIECE + bisect_left(self._piece(number - 1), key)

    def key(self, place: int) -> str:
        """Returns the word at a place; empty behind the last one."""
        number, rest = divmod(place, _PIECE)
        return self._piece(number)[rest] if place < len(self._starts) - 1 else ""

    def keys(self, low: int, high: int) -> Iterator[str]:
        """Yields the words from place `low` to before `high`."""
        # Pieces that are only passed through would push out those that are asked again.
        unpacked = self._piece if high - low < _MANY else self._unpacked
        for number in range(low // _PIECE, -(-high // _PIECE)):
            start = number * _PIECE
            yield from unpacked(number)[max(low - start, 0) : high - start]

    def rows(self, low: int, high: int) -> array[int]:
        """Returns the people of the words from place `low` to before `high`, word after word."""
        return self._rows[self._starts[low] : self._starts[high]]

    def count(self, low: int, high: int) -> int:
        """Returns the length of `rows`."""
        return self._starts[high] - self._starts[low]

    def shelved(self, low: int = 0, high: int | None = None) -> Iterator[_Shelved]:
        """Yields words with their people."""
        high = len(self._starts) - 1 if high is None else high
        start = self._starts[low]
        for place, key in enumerate(self.keys(low, high), low + 1):
            end = self._starts[place]
            yield key, self._rows[start:end]
            start = end

    def _piece(self, number: int) -> list[str]:
        found = self._open.get(number)
        if found is None:
            if len(self._open) >= _MOST_OPEN:
                self._open.clear()
            found = self._open[number] = self._unpacked(number)
        return found

    def _unpacked(self, number: int) -> list[str]:
        return self._pieces[number].split(_APART)


class Shelf:
    """Folded words and the numbers of the people who bear them."""

    def __init__(self) -> None:
        self._packed = _Packed()
        self._aside: list[_Packed] = []
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

    def set_aside(self) -> None:
        """Packs what was added since on its own; nobody is found by it before `pack`."""
        self._range("", "")  # puts the keys in order
        self._aside.append(_Packed((key, self._rows[key]) for key in self._keys))
        self._keys, self._rows = [], {}

    def pack(self) -> None:
        """Takes in all that was added, so that it needs a fraction of the memory."""
        self.set_aside()
        parts = (part.shelved() for part in (self._packed, *self._aside))
        self._packed = _Packed(merge(*parts, key=itemgetter(0)))
        self._aside = []

    def whole(self, bones: str) -> Iterator[tuple[str, array[int]]]:
        """Yields (form, rows) of the words whose skeleton is `bones`."""
        return self._between(bones + _BORDER, bones + _LONGER)

    def longer(self, bones: str) -> Iterator[tuple[str, array[int]]]:
        """Yields (form, rows) of the words whose skeleton starts with `bones` and goes on."""
        return self._between(bones + _LONGER, bones + _AFTER)

    def all_longer(self, bones: str) -> chain[int]:
        """Returns the rows that `longer` yields, many of them more than once, and faster."""
        first, last = bones + _LONGER, bones + _AFTER
        low, high = self._range(first, last)
        packed = self._packed.rows(self._packed.place(first), self._packed.place(last))
        return chain(packed, *map(self._rows.__getitem__, self._keys[low:high]))

    def has(self, start: str) -> bool:
        """Whether some skeleton starts with `start`."""
        low, _ = self._range(start, start)
        if low < len(self._keys) and self._keys[low].startswith(start):
            return True
        key = self._packed.key(self._packed.place(start))
        return bool(key) and key.startswith(start)

    def starting(self, start: str) -> list[str]:
        """Returns the skeletons that start with `start`, each once, in order."""
        last = start + _AFTER
        low, high = self._range(start, last)
        packed = self._packed.keys(self._packed.place(start), self._packed.place(last))
        keys = merge(packed, self._keys[low:high]) if low < high else packed
        return list(dict.fromkeys(key.partition(_BORDER)[0] for key in keys))

    def is_wide(self, bones: str) -> bool:
        """Whether many different words start with `bones`."""
        first, last = bones + _LONGER, bones + _AFTER
        low, high = self._range(first, last)
        return high - low + self._packed.place(last) - self._packed.place(first) > _MANY

    def size(self, bones: str) -> int:
        """Returns how many people bear words that start with `bones`; twice for two words."""
        last = bones + _AFTER
        low, high = self._range(bones, last)
        added = sum(len(self._rows[key]) for key in self._keys[low:high])
        return added + self._packed.count(self._packed.place(bones), self._packed.place(last))

    def _between(self, first: str, last: str) -> Iterator[tuple[str, array[int]]]:
        packed = self._packed.shelved(self._packed.place(first), self._packed.place(last))
        low, high = self._range(first, last)
        if low < high:
            added = ((key, self._rows[key]) for key in self._keys[low:high])
            packed = merge(packed, added, key=itemgetter(0))
        for key, rows in packed:
            yield key.partition(_BORDER)[2], rows

    def _range(self, first: str, last: str) -> tuple[int, int]:
        if not self._in_order:
            self._keys.sort()  # nearly in order already, which the sort makes use of
            self._in_order = True
        if not self._keys:
            return 0, 0
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
