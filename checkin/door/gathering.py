"""Who fits typed words: candidates gathered from the shelves of one event's people, with scores.

A shelf a kind of field, the most telling first; no more people are gathered than are needed to
choose from. Whoever calls looks at the best of them closely, orders them and shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checkin.door import slips
from checkin.door.folding import Word, skeletons
from checkin.door.lines import Lines
from checkin.door.matching import PLACES, Document, Field
from checkin.door.ranks import (
    EMAIL,
    FAMILY,
    GIVEN,
    REST,
    SIBLING,
    keys,
    keys_by_worth,
    sibling_keys,
)
from checkin.door.shelves import Shelf, is_whole

ENOUGH = 64
"""Candidates gathered for one typed word before the best are chosen."""

_FEW = 60
"""People asked one by one whether another word fits them."""

# What a whole word, or the very spelling, adds to a match; what a slip costs.
_WHOLE = 10.0
_AS_TYPED = 2.0
_SLIP = 4.0

_PLACE = 1.0
"""What another name of a place is worth: less than any name that starts as typed."""

_Entry = tuple[float, Iterable[int]]


class Candidates:
    """The words of one event's people on their shelves; a person is their row in `lines`."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._family = Shelf()
        self._given = Shelf()
        self._rest = Shelf()
        self._siblings = Shelf()
        self._email = Shelf()
        # Best shelf first.
        self._shelves = (
            (FAMILY, self._family),
            (GIVEN, self._given),
            (REST, self._rest),
            (SIBLING, self._siblings),
            (EMAIL, self._email),
        )

    def add(self, document: Document, row: int) -> None:
        """Puts the words of a person on the shelves."""
        self._family.add(keys(document.family_name, Field.FAMILY_NAME), row)
        self._siblings.add(sibling_keys(document.family_name), row)
        self._given.add(keys(document.given_name, Field.GIVEN_NAME), row)
        self._rest.add(keys(document.organisation, Field.ORGANISATION), row)
        self._rest.add(keys(document.territory, Field.TERRITORY), row)
        self._rest.add(_new_keys(document, document.badge_name, Field.BADGE_NAME), row)
        self._email.add(_new_keys(document, document.email, Field.EMAIL), row)

    def set_aside(self) -> None:
        """Packs what was added last apart, while more is to come."""
        for _, shelf in self._shelves:
            shelf.set_aside()

    def pack(self) -> None:
        """Packs everything; until then it takes several times the memory."""
        for _, shelf in self._shelves:
            shelf.pack()

    def gather(self, typed: Sequence[Word], enough: int = ENOUGH) -> dict[int, float]:
        """Returns the scores of people whom every word fits; of one word the first `enough`."""
        if len(typed) == 1:
            return self._first(self._entries(typed[0]), enough)
        rarest = sorted(typed, key=self._size)
        found = self._all_of(rarest[0])
        for word in rarest[1:-1]:
            found = self._narrowed(found, word)
        found = self._narrowed(found, rarest[-1], enough)
        return {row: score for row, score in found.items() if self._lines.holds(row)}

    def with_slips(self, typed: Sequence[Word]) -> dict[int, float]:
        """People whom every word fits once slips are allowed, none of them found without."""
        if len(typed) == 1:
            return self._first(reversed(self._slipped(typed[0])), ENOUGH)
        found: dict[int, float] | None = None
        for word in sorted(typed, key=self._size):
            near: dict[int, float] = {}
            for score, rows in self._slipped(word):
                near.update(dict.fromkeys(rows, score))
            if found is None:
                found = near | self._all_of(word)
                continue
            as_typed = self._narrowed(found, word)
            slipped = {row: found[row] + near[row] for row in found.keys() & near.keys()}
            found = slipped | as_typed
        return {row: score for row, score in (found or {}).items() if self._lines.holds(row)}

    def nearly(self, typed: Sequence[Word]) -> set[int]:
        """People all of whose typed words are whole words of theirs, or one slip away from them."""
        near: set[int] | None = None
        for word in typed:
            rows: set[int] = set()
            for _, shelf in self._shelves:
                for each in skeletons(word.forms):
                    for bones in (each, *slips.near_whole(shelf, each)):
                        rows.update(row for _, rows_of in shelf.whole(bones) for row in rows_of)
            near = rows if near is None else near & rows
        return {row for row in near or () if self._lines.holds(row)}

    def _first(self, entries: Iterable[_Entry], enough: int) -> dict[int, float]:
        """The first people by rank, and no more than are needed to choose from."""
        found: dict[int, float] = {}
        for score, rows in entries:
            for row in rows:
                if self._lines.holds(row):
                    found.setdefault(row, score)
                    if len(found) >= enough:
                        return found
        return found

    def _all_of(self, word: Word) -> dict[int, float]:
        """Everybody a word fits. The best ranks are written last and overrule the others."""
        found: dict[int, float] = {}
        bones = skeletons(word.forms)
        for worth, shelf in reversed(self._shelves):
            for each in bones:
                if shelf.is_wide(each):
                    found.update(dict.fromkeys(shelf.all_longer(each), worth))
                else:
                    for form, rows in shelf.longer(each):
                        score = worth + _nearness(word, each, form)
                        found.update(dict.fromkeys(rows, score))
        for score, bearers in reversed(list(self._whole(word))):
            found.update(dict.fromkeys(bearers, score))
        for score, there in self._elsewhere(word):
            for row in there:
                found.setdefault(row, score)
        return found

    def _narrowed(
        self, found: dict[int, float], word: Word, enough: int | None = None
    ) -> dict[int, float]:
        """Those of `found` whom another word fits as well, with its worth added.

        Given `enough`, less telling fields are not asked once so many fit by better ones.
        """
        if len(found) <= _FEW:
            return self._narrowed_one_by_one(found, word)
        left = set(found)
        kept: dict[int, float] = {}

        def keep(rows: Iterable[int], score: float) -> None:
            for row in left.intersection(rows):
                kept[row] = found[row] + score
                left.discard(row)

        for score, rows in self._whole(word):
            keep(rows, score)
        for worth, shelf in self._shelves:
            if enough is not None and len(kept) >= enough:
                break
            for each in skeletons(word.forms):
                if shelf.is_wide(each):
                    # Among so many words the start typed is short, and all fit about as well.
                    keep(shelf.all_longer(each), worth)
                else:
                    for form, rows in shelf.longer(each):
                        keep(rows, worth + _nearness(word, each, form))
        for score, rows in self._elsewhere(word):
            keep(rows, score)
        return kept

    def _narrowed_one_by_one(self, found: dict[int, float], word: Word) -> dict[int, float]:
        """The same for a few people: asks each of them, not everybody whom the word fits."""
        kept: dict[int, float] = {}
        starts = skeletons(word.forms)
        for row, score in found.items():
            if not self._lines.holds(row):
                continue
            document = self._lines.document(row)
            fitting = [
                worth + (_WHOLE if is_whole(key, starts) else 0.0)
                for worth, its_keys in keys_by_worth(document)
                for key in its_keys
                if key.startswith(starts)
            ]
            if not fitting and _is_there(document, word):
                fitting = [REST + _PLACE]
            if fitting:
                kept[row] = score + max(fitting)
        return kept

    def _entries(self, word: Word) -> Iterator[_Entry]:
        """Every shelf's entries for the start of a word, best rank first."""
        yield from self._whole(word)
        for worth, shelf in self._shelves:
            for each in skeletons(word.forms):
                for form, rows in shelf.longer(each):
                    yield worth + _nearness(word, each, form), rows
            if shelf is self._rest:
                yield from self._elsewhere(word)

    def _elsewhere(self, word: Word) -> Iterator[_Entry]:
        """The entries of the other names of the place that a word may be."""
        for each in word.places:
            for _, rows in self._rest.whole(each):
                yield REST + _PLACE, rows

    def _whole(self, word: Word) -> Iterator[_Entry]:
        """Every shelf's entries for a whole word, best rank first."""
        for worth, shelf in self._shelves:
            for each in skeletons(word.forms):
                whole = sorted(shelf.whole(each), key=lambda entry: entry[0] not in word.forms)
                for form, rows in whole:
                    as_typed = _AS_TYPED if form in word.forms else 0.0
                    yield worth + _WHOLE + as_typed, rows

    def _size(self, word: Word) -> int:
        typed = (shelf.size(each) for _, shelf in self._shelves for each in skeletons(word.forms))
        return sum(typed) + sum(self._rest.size(each) for each in word.places)

    def _slipped(self, word: Word) -> list[_Entry]:
        """Entries that a slip in the word hides, the worst first."""
        entries: list[_Entry] = []
        for each in skeletons(word.forms):
            for worth, shelf in self._shelves:
                for bones in slips.one_slip(shelf, each):
                    entries.append((worth - _SLIP - 1, shelf.all_longer(bones)))
                    entries.extend((worth - _SLIP, rows) for _, rows in shelf.whole(bones))
        if not entries:
            for each in skeletons(word.forms):
                for worth, shelf in self._shelves:
                    for bones in slips.two_slips(shelf, each):
                        score = worth - 2 * _SLIP
                        entries.extend((score, rows) for _, rows in shelf.whole(bones))
        return sorted(entries, key=lambda entry: entry[0])


def _new_keys(document: Document, text: str, field: Field) -> set[str]:
    """The keys of a field that mostly repeats the names, without what they say already."""
    if not text:
        return set()
    named = keys(document.family_name, Field.FAMILY_NAME)
    return {*keys(text, field)} - {*named, *keys(document.given_name, Field.GIVEN_NAME)}


def _is_there(document: Document, word: Word) -> bool:
    """Whether another name of the typed place stands in a person's authority or territory."""
    return bool(word.places) and any(
        is_whole(key, word.places) for field in PLACES for key in keys(document.text(field), field)
    )


def _nearness(word: Word, bones: str, form: str) -> float:
    """How good a start of a word is: typed letter by letter, and most of the word."""
    return (_AS_TYPED if form.startswith(word.forms) else 0.0) + len(bones) / len(form)
