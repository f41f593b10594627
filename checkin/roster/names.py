"""Splits full names into given and family name, and puts capitals back into badge case.

A split is a guess and says on what it rests; what was typed is kept letter by letter. Nothing here
decides who a person is: namesakes and duplicates are found elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from checkin.roster.matching import plain, table

_TWO_SURNAMES = frozenset({"ES", "PT"})
_FAMILY_FIRST = frozenset({"HU"})


class Order(StrEnum):
    """Which part of the name the list puts first, where its header says so."""

    UNKNOWN = "unknown"
    GIVEN_FIRST = "given first"
    FAMILY_FIRST = "family first"


@dataclass(frozen=True, slots=True)
class SplitName:
    """A full name in two parts, an academic title taken off it, and what the split rests on."""

    given: str
    family: str
    title: str = ""
    because: str = ""


@lru_cache(maxsize=50_000)
def split_name(text: str, country: str = "", order: Order = Order.UNKNOWN) -> SplitName:
    """Returns `text` split into given and family name.

    In this order of trust: a comma; capitals; the order that the header names; a particle (de la,
    van der, Ó); a country's habit (two surnames, family name first); a frequent given name; the
    last word. A single word is a given name, unless it is in capitals.
    """
    title, words = _without_titles(text)
    if any(word.endswith(",") for word in words):
        return _at_comma(title, words)
    if len(words) < 2:
        alone = "".join(words)
        if _is_capitals(alone):
            return SplitName("", alone, title, "a single name in capitals")
        if len(text.split()) > 1:
            return SplitName("", alone, title, "a form of address and a family name")
        return SplitName(alone, "", title, "a single name")
    cut = _capitals(words)
    if cut is not None:
        return _split(title, words, *cut, "the part in capitals is the family name")
    if order is Order.FAMILY_FIRST:
        return _split(title, words, 0, _first_family(words), "the list puts the family name first")
    cut = _particle(words)
    if cut is not None:
        return _split(title, words, *cut, "the family name starts at its particle")
    if country in _FAMILY_FIRST and order is Order.UNKNOWN and not _starts_given(words):
        return _split(title, words, 0, 1, "in this country the family name comes first")
    if order is Order.UNKNOWN and _ends_given(words):
        return _split(title, words, 0, _first_family(words), "it ends with a frequent given name")
    start = len(words) - _surnames(words, country)
    last = "the last word is the family name"
    because = last if start == len(words) - 1 else "in this country people have two family names"
    return _split(title, words, start, len(words), because)


def badge_case(name: str) -> str:
    """Returns a name typed in capitals as a badge shows it; any other name as it is.

    "DE LA FUENTE" becomes "de la Fuente", "O'BRIEN-SMITH" "O'Brien-Smith", "IJSSEL" "IJssel".
    """
    if not _is_capitals(name):
        return name
    words = name.split()
    several = len(words) > 1
    return " ".join(
        word.lower()
        if several and plain(word) in _words("particle") and index < len(words) - 1
        else _case(word)
        for index, word in enumerate(words)
    )


def name_order(header: str) -> Order:
    """Returns the order that a column title names: "Nom et prénom", "Imię i nazwisko"."""
    key = f" {plain(header)} "
    given = [key.find(f" {word} ") for word in _words("given") if f" {word} " in key]
    family = [key.find(f" {word} ") for word in _words("family") if f" {word} " in key]
    if not given or not family or min(given) == min(family):
        return Order.UNKNOWN
    return Order.GIVEN_FIRST if min(given) < min(family) else Order.FAMILY_FIRST


def _split(title: str, words: list[str], start: int, end: int, because: str) -> SplitName:
    family = " ".join(words[start:end])
    given = " ".join(words[:start] + words[end:])
    return SplitName(given, family, title, because)


def _without_titles(text: str) -> tuple[str, list[str]]:
    words = re.sub(r"\s*,\s*", ", ", text).split()
    titles: list[str] = []
    while len(words) > 1:
        key = plain(words[0]).replace(" ", "")
        # "M. Dupont" may be an initial; "M. Jean Dupont" is not.
        if key in _words("academic") or (
            key in _words("civil") and (len(key) > 1 or len(words) > 2)
        ):
            taken = words.pop(0)
            titles += [taken] if key in _words("academic") else []
        else:
            break
    while len(words) > 2 and plain(words[-1]).replace(" ", "") in _words("suffix"):
        titles.append(words.pop())
        words[-1] = words[-1].rstrip(",")
    return " ".join(titles), words


def _at_comma(title: str, words: list[str]) -> SplitName:
    at = next(index for index, word in enumerate(words) if word.endswith(","))
    family = " ".join(words[: at + 1]).rstrip(", ")
    given = " ".join(words[at + 1 :]).rstrip(", ")
    return SplitName(given, family, title, "the family name stands before the comma")


def _is_capitals(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha() and letter != "ß"]
    return len(letters) > 1 and all(letter.isupper() for letter in letters) and word.lower() != word


def _capitals(words: list[str]) -> tuple[int, int] | None:
    """The run of words in capitals with the particles before it, when the rest is not."""
    marked = [_is_capitals(word) for word in words]
    if not any(marked) or all(marked):
        return None
    start = marked.index(True)
    end = start
    while end < len(words) and (
        marked[end] or (plain(words[end]) in _words("particle") and any(marked[end:]))
    ):
        end += 1
    if any(marked[end:]):
        return None
    while (
        start > 0 and plain(words[start - 1]) in _words("particle") and words[start - 1].islower()
    ):
        start -= 1
    return (start, end) if end - start < len(words) else None


def _particle(words: list[str]) -> tuple[int, int] | None:
    keys = [plain(word) for word in words]
    if keys[0] in _words("leading") and (
        words[0].islower() or words[0] in ("Ó", "O'", "Ní", "Mac", "El", "Van")
    ):
        end = (
            next((n for n, key in enumerate(keys) if key not in _words("particle")), len(keys) - 1)
            + 1
        )
        return (0, end) if end < len(words) else None
    for index in range(1, len(words) - 1):
        if keys[index] in _words("joiner") and words[index].islower():
            return (index - 1, len(words)) if index > 1 else None
        if keys[index] in _words("particle") - _words("joiner") and not words[index].endswith("."):
            return (index, len(words))
        if "'" in words[index] and plain(words[index].split("'")[0]) in _words("particle"):
            return (index, len(words))
    return None


def _first_family(words: list[str]) -> int:
    """How many words the family name has when it stands first."""
    keys = [plain(word) for word in words]
    end = next((n for n, key in enumerate(keys) if key not in _words("particle")), 0) + 1
    while end < len(words) - 1 and keys[end] not in given_names() and len(words) > 2:
        end += 1
    return min(end, len(words) - 1)


def _surnames(words: list[str], country: str) -> int:
    if country not in _TWO_SURNAMES or len(words) < 3:
        return 1
    second_is_given = plain(words[1]) in given_names()
    return 1 if len(words) == 3 and second_is_given else 2


def _starts_given(words: list[str]) -> bool:
    return plain(words[0]) in given_names() and plain(words[-1]) not in given_names()


def _ends_given(words: list[str]) -> bool:
    def given(word: str) -> bool:
        return all(part in given_names() for part in plain(word).split())

    return given(words[-1]) and not given(words[0])


def _case(word: str) -> str:
    parts = re.split(r"([-'’])", word)
    # Python lowers the Turkish dotted capital to two characters.
    cased = [part[:1] + part[1:].replace("İ", "i").lower() for part in parts]
    return "".join(_exceptions(part) for part in cased)


def _exceptions(part: str) -> str:
    if part.startswith("Mc") and len(part) > 3:
        return "Mc" + part[2].upper() + part[3:]
    if part.startswith("Ij"):
        return "IJ" + part[2:]
    return part


@cache
def _words(kind: str) -> frozenset[str]:
    rows = {row[0]: row[1] for row in table("name_words.tsv")}
    return frozenset(plain(word).replace(" ", "") for word in rows[kind].split())


@cache
def given_names() -> frozenset[str]:
    """Returns the frequent given names of Europe, as `plain` folds them."""
    text = files("checkin.roster").joinpath("data/given_names.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(plain(word) for line in lines for word in line.split())
