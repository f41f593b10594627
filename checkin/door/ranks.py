"""What of a person is searched, and what a match in each field is worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from checkin.door.folding import sibling, words
from checkin.door.matching import Document, Field, field_words
from checkin.door.shelves import keys_of

FAMILY = 3.0
GIVEN = 2.0
REST = 0.0
"""Organisation, territory and badge name."""
SIBLING = -6.0
"""The form of a family name that a sister or brother bears: shown, after the right ones."""
EMAIL = -7.0
"""Mostly the name over again; must not lift one person above another of the same name."""


@lru_cache(maxsize=4096)
def keys(text: str, field: Field) -> tuple[str, ...]:
    """Returns the shelf keys of all words of a field, alone and run together."""
    return tuple(key for word in field_words(text, field) for key in keys_of(word.forms))


def keys_by_worth(document: Document) -> Iterator[tuple[float, Iterable[str]]]:
    """Yields a person's keys as they stand on the shelves, with what a match is worth there."""
    yield FAMILY, keys(document.family_name, Field.FAMILY_NAME)
    yield GIVEN, keys(document.given_name, Field.GIVEN_NAME)
    yield REST, keys(document.organisation, Field.ORGANISATION)
    yield REST, keys(document.territory, Field.TERRITORY)
    yield REST, keys(document.badge_name, Field.BADGE_NAME)
    yield SIBLING, sibling_keys(document.family_name)
    yield EMAIL, keys(document.email, Field.EMAIL)


def sibling_keys(family_name: str) -> Iterator[str]:
    """Yields the shelf keys of the other forms of a family name."""
    for word in words(family_name):
        for form in word.forms:
            other = sibling(form)
            if other is not None:
                yield from keys_of((other,))
