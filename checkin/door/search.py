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

from checkin.door.exonyms import with_other_names
from checkin.door.folding import Word, forms, skeleton, skeletons, words
from checkin.door.gathering import Candidates
from checkin.door.lines import Lines
from checkin.door.matching import (
    LONGEST_RUN,
    Document,
    Field,
    Mark,
    field_words,
    fit,
    runs,
)
from checkin.door.ranks import keys
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


_ENOUGH_TO_TELL = 400
"""Candidates gathered to tell whether a text can mean one person only."""

_SHORTLIST = 48
"""Candidates that are looked at closely (and may be boosted) before the best are shown."""

_HANDFUL = 5_000
"""People added before their words are set aside: unpacked they take four times the memory."""

_CODE = 30.0
"""What a whole badge code is worth."""

_Naming = Callable[[Iterable[Word]], tuple[Word, ...]]


class Index:
    """The people of one event, ready to be found."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._candidates = Candidates(self._lines)

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
                self._candidates.set_aside()
                self._lines.pack()
            if done % chunk == 0:
                yield done
        self._candidates.pack()
        self._lines.pack()
        # What was kept of one person's words for the next person's is of no use from here on.
        for kept in (forms, skeleton, skeletons, field_words, keys):
            kept.cache_clear()
        yield done

    def add(self, document: Document) -> None:
        """Adds a person, or puts what is now known in place of what was."""
        self._lines.remove(document.id)
        row = self._lines.add(document)
        self._candidates.add(document, row)

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
        return self._best(self._candidates.gather(typed), typed, limit, None) if typed else []

    def _find(
        self, text: str, naming: _Naming, limit: int, boost: Callable[[str], float] | None
    ) -> list[Hit]:
        typed = naming(_typed_words(text))
        if not typed:
            return []
        found = self._candidates.gather(typed)
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
        rows = self._candidates.gather(typed, enough=_ENOUGH_TO_TELL) if typed else {}
        fitting = [self._lines.document(row) for row in rows]
        whole = [each for each in fitting if _is_whole_name(each, typed)]
        return self._if_alone(whole or fitting, typed, rows)

    def named(self, text: str) -> Hit | None:
        """Returns the one person whose whole name `text` is when nobody's is nearly, else None.

        Stricter than `only`: neither a start nor an organisation will do, nor half of a name.
        """
        typed = _typed_words(text)
        rows = self._candidates.gather(typed, enough=_ENOUGH_TO_TELL) if typed else {}
        fitting = (self._lines.document(row) for row in rows)
        whole = [each for each in fitting if _is_whole_name(each, typed)]
        return self._if_alone(whole, typed, rows)

    def _if_alone(
        self, chosen: Sequence[Document], typed: Sequence[Word], rows: dict[int, float]
    ) -> Hit | None:
        if len(chosen) != 1 or fit(chosen[0], typed).guessed:
            return None
        own = self._lines.row_of(chosen[0].id)
        if self._candidates.nearly(typed) - {own}:
            return None
        return self._best({own: rows[own]}, typed, 1, None)[0]

    def _second_thoughts(
        self, typed: tuple[Word, ...], naming: _Naming
    ) -> tuple[tuple[Word, ...], dict[int, float]]:
        """Words that were meant as one, then slips; returns the words that led to somebody."""
        for run in runs(typed, LONGEST_RUN):
            before = (word for word in typed if word.end <= run.start)
            after = (word for word in typed if word.start >= run.end)
            together = naming((*before, run, *after))
            found = self._candidates.gather(together)
            if found:
                return together, found
        return typed, self._candidates.with_slips(typed)

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
