"""Finding people while somebody types: any alphabet, any order of words, starts of words, slips.

An index in memory over the people of one event; a keystroke among 100,000 is answered in about a
millisecond. It promises the best matches first and shows what matched in them. It picks nobody:
`only` names a person when no other could be meant, and admitting is for others. Not to be used from
two threads at once: load it in a worker, then hand it over.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from checkin.door import slips
from checkin.door.exonyms import with_other_names
from checkin.door.folding import Word, forms, skeleton, skeletons, words
from checkin.door.lines import Lines
from checkin.door.matching import (
    LONGEST_RUN,
    PLACES,
    Document,
    Field,
    Mark,
    field_words,
    fit,
    runs,
)
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
from checkin.people import Person

__all__ = ["Document", "Field", "Hit", "Index", "Mark", "document_of"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found: the higher the score the better; `exact` when every word typed is a whole
    word of theirs; `marks` are the parts of the fields that matched, in the order of the fields.
    `guessed` when some word fits only after a slip of the finger, or as a sister's or brother's
    name; `elsewhere` when one fits only as another name of a place."""

    id: str
    score: float
    exact: bool
    marks: tuple[Mark, ...]
    guessed: bool = False
    elsewhere: bool = False


def document_of(person: Person) -> Document:
    """Returns what the index needs to know of a person."""
    return Document(
        person.id,
        person.given_name,
        person.family_name,
        person.badge_name,
        person.organisation,
        person.territory,
        person.email,
        person.code,
    )


_ENOUGH = 64
"""Candidates gathered for one typed word before the best are chosen."""

_ENOUGH_TO_TELL = 400
"""Candidates gathered to tell whether a text can mean one person only."""

_SHORTLIST = 48
"""Candidates that are looked at closely (and may be boosted) before the best are shown."""

_HANDFUL = 5_000
"""People added before their words are set aside: unpacked they take four times the memory."""

_FEW = 60
"""People asked one by one whether another word fits them."""

# What a whole word, or the very spelling, adds to a match; a code's worth; what a slip costs.
_WHOLE = 10.0
_AS_TYPED = 2.0
_CODE = 30.0
_SLIP = 4.0

_PLACE = 1.0
"""What another name of a place is worth: less than any name that starts as typed."""

_Entry = tuple[float, Iterable[int]]
_Naming = Callable[[Iterable[Word]], tuple[Word, ...]]


class Index:
    """The people of one event, ready to be found."""

    def __init__(self) -> None:
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
        self._lines = Lines()

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, person_id: str) -> bool:
        return person_id in self._lines

    def load(self, documents: Iterable[Document], chunk: int = 1000) -> Iterator[int]:
        """Adds many, yielding how many are in after each `chunk`, so that a caller can breathe."""
        done = 0
        for done, document in enumerate(documents, start=1):
            self.add(document)
            if done % _HANDFUL == 0:
                for _, shelf in self._shelves:
                    shelf.set_aside()
                self._lines.pack()
            if done % chunk == 0:
                yield done
        for _, shelf in self._shelves:
            shelf.pack()
        self._lines.pack()
        # What was kept of one person's words for the next person's is of no use from here on.
        for kept in (forms, skeleton, skeletons, field_words, keys):
            kept.cache_clear()
        yield done

    def add(self, document: Document) -> None:
        """Adds a person, or puts what is now known in place of what was."""
        self._lines.remove(document.id)
        row = self._lines.add(document)
        self._family.add(keys(document.family_name, Field.FAMILY_NAME), row)
        self._siblings.add(sibling_keys(document.family_name), row)
        self._given.add(keys(document.given_name, Field.GIVEN_NAME), row)
        self._rest.add(keys(document.organisation, Field.ORGANISATION), row)
        self._rest.add(keys(document.territory, Field.TERRITORY), row)
        self._rest.add(self._new_keys(document, document.badge_name, Field.BADGE_NAME), row)
        self._email.add(self._new_keys(document, document.email, Field.EMAIL), row)

    def remove(self, person_id: str) -> None:
        """Forgets a person; nothing happens when nobody has this id."""
        # The words stay behind and lead to an empty line: cheaper than a search for each.
        self._lines.remove(person_id)

    def find(
        self, text: str, limit: int = 10, boost: Callable[[str], float] | None = None
    ) -> list[Hit]:
        """Returns at most `limit` people for what was typed so far, best first.

        Every word must match the start of some word of theirs; when nobody fits, words run
        together and slips of the finger are tried. A place is found under its other names too,
        which are never `exact`. `boost` gives a person's id a bonus (a whole
        word is worth 10): people still due before those who are here. Nothing typed finds nobody.
        """
        return self._find(text, with_other_names, limit, boost)

    def find_as_written(self, text: str, limit: int = 10) -> list[Hit]:
        """Returns what `find` does, but for the other names of places."""
        return self._find(text, tuple, limit, None)

    def fitting(self, text: str, limit: int = 10) -> list[Hit]:
        """Returns what `find` does, but for second thoughts: whom every word fits as it is."""
        typed = with_other_names(_typed_words(text))
        return self._best(self._gather(typed), typed, limit, None) if typed else []

    def _find(
        self, text: str, naming: _Naming, limit: int, boost: Callable[[str], float] | None
    ) -> list[Hit]:
        typed = naming(_typed_words(text))
        if not typed:
            return []
        found = self._gather(typed)
        found.update(dict.fromkeys(self._lines.rows_of_code(text), _CODE))
        if not found:
            typed, found = self._second_thoughts(typed, naming)
        return self._best(found, typed, limit, boost)

    def only(self, text: str) -> Hit | None:
        """Returns the one person whom `text` fits when nobody else fits it nearly, else None.

        A whole name stands against longer ones (*Anna Kowal* is not *Anna Kowalska*), never
        against one that is a single slip away.
        """
        typed = _typed_words(text)
        rows = self._gather(typed, enough=_ENOUGH_TO_TELL) if typed else {}
        fitting = [self._lines.document(row) for row in rows]
        whole = [each for each in fitting if _is_whole_name(each, typed)]
        return self._if_alone(whole or fitting, typed, rows)

    def named(self, text: str) -> Hit | None:
        """Returns the one person whose whole name `text` is when nobody's is nearly, else None.

        Stricter than `only`: neither a start nor an organisation will do, nor half of a name.
        """
        typed = _typed_words(text)
        rows = self._gather(typed, enough=_ENOUGH_TO_TELL) if typed else {}
        fitting = (self._lines.document(row) for row in rows)
        whole = [each for each in fitting if _is_whole_name(each, typed)]
        return self._if_alone(whole, typed, rows)

    def _if_alone(
        self, chosen: Sequence[Document], typed: Sequence[Word], rows: dict[int, float]
    ) -> Hit | None:
        if len(chosen) != 1 or fit(chosen[0], typed).guessed:
            return None
        own = self._lines.row_of(chosen[0].id)
        if self._nearly(typed) - {own}:
            return None
        return self._best({own: rows[own]}, typed, 1, None)[0]

    def _new_keys(self, document: Document, text: str, field: Field) -> set[str]:
        """The keys of a field that mostly repeats the names, without what they say already."""
        if not text:
            return set()
        named = keys(document.family_name, Field.FAMILY_NAME)
        return {*keys(text, field)} - {*named, *keys(document.given_name, Field.GIVEN_NAME)}

    def _gather(self, typed: Sequence[Word], enough: int = _ENOUGH) -> dict[int, float]:
        if len(typed) == 1:
            return self._first(self._entries(typed[0]), enough)
        rarest = sorted(typed, key=self._size)
        found = self._all_of(rarest[0])
        for word in rarest[1:-1]:
            found = self._narrowed(found, word)
        found = self._narrowed(found, rarest[-1], enough)
        return {row: score for row, score in found.items() if self._lines.holds(row)}

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

    def _second_thoughts(
        self, typed: tuple[Word, ...], naming: _Naming
    ) -> tuple[tuple[Word, ...], dict[int, float]]:
        """Words that were meant as one, then slips; returns the words that led to somebody."""
        for run in runs(typed, LONGEST_RUN):
            before = (word for word in typed if word.end <= run.start)
            after = (word for word in typed if word.start >= run.end)
            together = naming((*before, run, *after))
            found = self._gather(together)
            if found:
                return together, found
        return typed, self._with_slips(typed)

    def _with_slips(self, typed: Sequence[Word]) -> dict[int, float]:
        """People whom every word fits once slips are allowed, none of them found without."""
        if len(typed) == 1:
            return self._first(reversed(self._slipped(typed[0])), _ENOUGH)
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

    def _nearly(self, typed: Sequence[Word]) -> set[int]:
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

    def _best(
        self,
        found: dict[int, float],
        typed: Sequence[Word],
        limit: int,
        boost: Callable[[str], float] | None,
    ) -> list[Hit]:
        shortlist = heapq.nlargest(max(limit, _SHORTLIST), found.items(), key=itemgetter(1))
        ranked = []
        for row, score in shortlist:
            document = self._lines.document(row)
            bonus = boost(document.id) if boost is not None else 0.0
            order = (document.family_name, document.given_name, document.id)
            ranked.append((-score - bonus, order, document))
        ranked.sort(key=itemgetter(0, 1))
        hits = []
        for score, _, document in ranked[:limit]:
            fitting = fit(document, typed)
            told = (fitting.exact, fitting.marks, fitting.guessed, fitting.elsewhere)
            hits.append(Hit(document.id, -score, *told))
        return hits


def _typed_words(text: str) -> tuple[Word, ...]:
    """The words of what was typed; of an e-mail address all but the last label, as indexed."""
    if "@" in text and "." in text.partition("@")[2]:
        text = text.rpartition(".")[0]
    return words(text[:_LONGEST_TEXT])[:_MOST_WORDS]


_LONGEST_TEXT = 200
_MOST_WORDS = 8


def _is_whole_name(document: Document, typed: Sequence[Word]) -> bool:
    """Whether the typed words are all of a person's names, and nothing else."""
    left: set[tuple[Field, Word]] = set()
    own: list[tuple[Field, Word]] = []
    for field in (Field.GIVEN_NAME, Field.FAMILY_NAME):
        left.update((field, word) for word in words(document.text(field)))
        own.extend((field, word) for word in field_words(document.text(field), field))
    for word in typed:
        bones = set(skeletons(word.forms))
        said = [each for each in own if not bones.isdisjoint(skeletons(each[1].forms))]
        if not said:
            return False
        left -= {each for each in left if any(_covers(run, each) for run in said)}
    return not left


def _covers(run: tuple[Field, Word], word: tuple[Field, Word]) -> bool:
    return run[0] is word[0] and run[1].start <= word[1].start and word[1].end <= run[1].end


def _is_there(document: Document, word: Word) -> bool:
    """Whether another name of the typed place stands in a person's authority or territory."""
    return bool(word.places) and any(
        is_whole(key, word.places) for field in PLACES for key in keys(document.text(field), field)
    )


def _nearness(word: Word, bones: str, form: str) -> float:
    """How good a start of a word is: typed letter by letter, and most of the word."""
    return (_AS_TYPED if form.startswith(word.forms) else 0.0) + len(bones) / len(form)
