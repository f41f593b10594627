"""How one person fits what was typed: which part of which field each typed word matches.

Pure and small; `search` calls it for the few people it shows, so that a screen can underline what
matched, and so that a whole word can be told from the start of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from checkin.door.folding import Word, forms, sibling, skeletons, words

LONGEST_RUN = 3
"""Words that people write in one: *dela fuente*, *obriain*, *delafuente*."""


class Field(StrEnum):
    """The fields that are searched, the most telling first."""

    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    BADGE_NAME = "badge_name"
    ORGANISATION = "organisation"
    TERRITORY = "territory"
    EMAIL = "email"
    CODE = "code"


FIELDS = tuple(Field)
NAMES = (Field.FAMILY_NAME, Field.GIVEN_NAME, Field.BADGE_NAME)
PLACES = (Field.ORGANISATION, Field.TERRITORY)


@dataclass(frozen=True, slots=True)
class Document:
    """What the search knows of one person; every field is cleaned text, or empty."""

    id: str
    given_name: str
    family_name: str
    badge_name: str = ""
    organisation: str = ""
    territory: str = ""
    email: str = ""
    code: str = ""

    def text(self, field: Field) -> str:
        """The text of one field."""
        return str(getattr(self, field))


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a field that matched: `text[start:end]` of the field's own text."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How a document fits: its marks in the order of the fields, whether by whole words only,
    whether some word had to be guessed (a slip, a sister's or brother's form of the name), and
    whether one fits only as another name of a place."""

    marks: tuple[Mark, ...]
    exact: bool
    guessed: bool
    elsewhere: bool = False


_WHOLE, _START, _ELSEWHERE, _GUESS = 3, 2, 1, 0


@lru_cache(maxsize=4096)
def field_words(text: str, field: Field) -> tuple[Word, ...]:
    """Returns the words of a field as they are searched: single ones, then words run together.

    Of an e-mail address the last label (`.eu`) is nobody's mark and is left out.
    """
    single = words(text.rpartition(".")[0] if field is Field.EMAIL else text)
    longest = LONGEST_RUN if field in NAMES else 2
    return single + (() if field is Field.EMAIL else tuple(runs(single, longest)))


def runs(single: Sequence[Word], longest: int) -> Iterator[Word]:
    """Yields neighbouring words joined to one, two to `longest` at a time."""
    for length in range(2, longest + 1):
        for first in range(len(single) - length + 1):
            yield joined(single[first : first + length])


def joined(neighbours: Sequence[Word]) -> Word:
    """Returns neighbouring words as one word, each form joined with its like."""
    most = max(len(word.forms) for word in neighbours)
    together = (
        "".join(word.forms[min(turn, len(word.forms) - 1)] for word in neighbours)
        for turn in range(most)
    )
    return Word(neighbours[0].start, neighbours[-1].end, tuple(dict.fromkeys(together)))


def fit(document: Document, typed: Sequence[Word]) -> Fit:
    """Returns where each typed word matches best: whole words first, then the fields' order.

    A word that matches nothing by its letters (a slip of the finger) marks the nearest word.
    """
    marks: set[Mark] = set()
    hows = set()
    for word in typed:
        mark, how = _best(document, word)
        hows.add(how)
        if mark is not None:
            marks.add(mark)
    ordered = sorted(marks, key=lambda mark: (FIELDS.index(mark.field), mark.start))
    return Fit(tuple(ordered), hows == {_WHOLE}, _GUESS in hows, _ELSEWHERE in hows)


def _best(document: Document, typed: Word) -> tuple[Mark | None, int]:
    wanted = skeletons(typed.forms)
    started: Mark | None = None
    for field in FIELDS[:-1]:
        if field is Field.EMAIL and started is not None:
            break  # the address repeats the name, and says less
        text = document.text(field)
        for word in field_words(text, field):
            own = skeletons(word.forms)
            if any(skeleton in own for skeleton in wanted):
                return Mark(field, word.start, word.end), _WHOLE
            if started is None and _starts(own, wanted):
                started = Mark(field, word.start, _end(text, word, typed))
    if started is not None:
        return started, _START
    for field in PLACES if typed.places else ():
        for word in field_words(document.text(field), field):
            if not set(typed.places).isdisjoint(skeletons(word.forms)):
                return Mark(field, word.start, word.end), _ELSEWHERE
    code = typed.forms[0].upper()
    if document.code.startswith(code):
        return Mark(Field.CODE, 0, len(code)), _START
    for word in field_words(document.family_name, Field.FAMILY_NAME):
        if _is_sibling(word, wanted):
            return Mark(Field.FAMILY_NAME, word.start, word.end), _GUESS
    return _nearest(document, wanted), _GUESS


def _starts(own: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(each.startswith(start) for each in own for start in wanted)


def _is_sibling(word: Word, wanted: Sequence[str]) -> bool:
    siblings = tuple(each for form in word.forms if (each := sibling(form)))
    return _starts(skeletons(siblings), wanted)


def _end(text: str, word: Word, typed: Word) -> int:
    """Where the shortest start of `word` ends that holds what was typed, letter by letter if any
    spelling does, else by its skeleton."""
    small = text[word.start : word.end].lower()
    for form in typed.forms:
        if small.startswith(form):  # mostly; the rest is for letters that change their number
            return word.start + len(form)
    wanted = skeletons(typed.forms)
    by_skeleton: int | None = None
    for end in range(word.start + 1, word.end):
        so_far = (
            "".join(each.forms[0] for each in words(text[word.start : end])),
            *forms(text[word.start : end]),
        )
        if _starts(so_far, typed.forms):
            return end
        if by_skeleton is None and _starts(skeletons(so_far), wanted):
            by_skeleton = end
    return by_skeleton or word.end


def _nearest(document: Document, wanted: Sequence[str]) -> Mark | None:
    """The word fewest slips away from what was typed."""
    from rapidfuzz.distance import OSA  # only after a slip; keeps the door's start short

    fewest: tuple[float, Mark] | None = None
    for field in FIELDS[:-1]:
        for word in field_words(document.text(field), field):
            for own in skeletons(word.forms):
                for typed in wanted:
                    away = min(OSA.distance(typed, own), OSA.distance(typed, own[: len(typed)]))
                    if fewest is None or away < fewest[0]:
                        fewest = (away, Mark(field, word.start, word.end))
    return fewest[1] if fewest else None
