"""Guesses of an authority's level and territory from its name, and reads answers about both.

The words are data (`data/levels.tsv`, `data/regions.tsv`), in all languages of the Union. Every
result from a name is a guess that must be shown as one; what is unknown stays unknown.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

from checkin.people import Level
from checkin.roster.matching import phrases, plain, spellings, table

_LONGEST = 8
_GOVERNMENT = "government"
_LETTERS = {"c": Level.CITY, "m": Level.METROPOLIS, "r": Level.REGION, "o": Level.OTHER}
# Scandinavian and Icelandic join the word to the name: Västra Götalandsregionen, Vilhelmina kommun.
_ENDINGS = (
    ("regionen", Level.REGION),
    ("kommunen", Level.CITY),
    ("zupanija", Level.REGION),
    ("kaupunki", Level.CITY),
)
_LOCAL_COUNTIES = frozenset({"IE", "GB"})
"""Countries whose county councils are the local side."""

_Alias = dict[str, frozenset[tuple[str, str]]]


@lru_cache(maxsize=20_000)
def guess_level(organisation: str, country: str = "") -> Level | None:
    """Returns the level that the organisation's name speaks of, or `None`.

    The first telling word decides, and the longest phrase at that place: "Urząd Marszałkowski
    Województwa Łódzkiego" is a region, "Landeshauptstadt Stuttgart" a city. A bare name of a city
    or of a territory ("Toscana") is one too.
    """
    key = plain(organisation)
    word = _first_word(key, "name", country)
    if word == _GOVERNMENT:
        return Level.REGION if _named(key, country, _territory_names()) else Level.OTHER
    if word:
        return Level(word)
    if _named_exactly(key, country, _place_names()):
        return Level.CITY
    if _named_exactly(key, country, _territory_names()):
        return Level.REGION
    last = key.rsplit(" ", 1)[-1]
    return next((level for ending, level in _ENDINGS if last.endswith(ending)), None)


@lru_cache(maxsize=20_000)
def level_from_answer(answer: str) -> Level | None:
    """Returns the level that an answer names ("a city", "région", "Metropolitan area", "R").

    `None` where it names none; an answer that says "other" is `Level.OTHER`.
    """
    key = plain(answer)
    if key in _LETTERS:
        return _LETTERS[key]
    word = _first_word(key, "answer", "")
    return Level(word) if word else None


@lru_cache(maxsize=20_000)
def guess_territory(organisation: str, country: str = "") -> str:
    """Returns the territory whose name, or whose city, stands in the organisation's name, or ''.

    `country` (ISO code) narrows the search when it is known. The longest name found wins; a name
    that several territories share decides nothing.
    """
    return _named(plain(organisation), country, _all_names())


@lru_cache(maxsize=20_000)
def guess_country(organisation: str) -> str:
    """Returns the code of the country whose territory or city stands in the name, or ''."""
    words = plain(organisation).split()
    for _, _, phrase in phrases(words, _LONGEST):
        found = _all_names().get(phrase, frozenset())
        countries = {land for land, territory in found if not territory.startswith("~")}
        if countries:
            return countries.pop() if len(countries) == 1 else ""
    return ""


@lru_cache(maxsize=20_000)
def territory_from_answer(answer: str, country: str = "") -> tuple[str, bool]:
    """Returns (territory, guessed) for an answer in a list's territory column.

    A known other spelling ("hauts de france", "Tuscany") becomes the territory's own name, a city
    becomes its territory as a guess, and anything else stays as it was written.
    """
    key = plain(answer)
    same = _named_among_generic(key, country, _territory_names())
    if same:
        return same, False
    city = _named_among_generic(key, country, _place_names())
    return (city, True) if city else (answer, False)


def is_known_territory(name: str) -> bool:
    """Whether `name` is one of the territories of the program's table, as it spells them."""
    return name in _known()


# The words of the levels -------------------------------------------------------------------------


def _first_word(key: str, where: str, country: str) -> str:
    words = key.split()
    known = _level_words(where)
    for start in range(len(words)):
        for size in range(min(_LONGEST, len(words) - start), 0, -1):
            phrase = " ".join(words[start : start + size])
            if phrase in known:
                local = phrase.startswith("county") and country in _LOCAL_COUNTIES
                return Level.CITY.value if local else known[phrase]
    return ""


@cache
def _level_words(where: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for level, place, listed in table("levels.tsv"):
        if place in (where, "both"):
            for phrase in listed.split(";"):
                for spelling in spellings(phrase):
                    words.setdefault(spelling, level)
    words.pop("", None)
    return words


@cache
def _generic() -> frozenset[str]:
    words = {word for phrase in _level_words("answer") for word in phrase.split()}
    return frozenset(words | {"de", "of", "di", "the", "la", "le", "des", "du", "do", "da"})


# The names of territories and their cities -------------------------------------------------------


def _named(key: str, country: str, names: _Alias) -> str:
    words = key.split()
    for _, _, phrase in phrases(words, _LONGEST):
        found = _named_exactly(phrase, country, names)
        if found:
            return found
    return ""


def _named_among_generic(key: str, country: str, names: _Alias) -> str:
    """The territory named by a phrase round which only words such as "region of" stand."""
    words = key.split()
    for start, end, phrase in phrases(words, _LONGEST):
        if all(word in _generic() for word in words[:start] + words[end:]):
            found = _named_exactly(phrase, country, names)
            if found:
                return found
    return ""


def _named_exactly(key: str, country: str, names: _Alias) -> str:
    found = names.get(key, frozenset())
    if country:
        territories = {territory.lstrip("~") for land, territory in found if land == country}
    else:
        territories = {territory for _, territory in found if not territory.startswith("~")}
    return territories.pop() if len(territories) == 1 else ""


@cache
def _territory_names() -> _Alias:
    return _aliases(1, 2)


@cache
def _place_names() -> _Alias:
    return _aliases(3, 3)


@cache
def _all_names() -> _Alias:
    return _aliases(1, 3)


@cache
def _known() -> frozenset[str]:
    return frozenset(row[1].lstrip("~") for row in table("regions.tsv"))


def _aliases(first: int, last: int) -> _Alias:
    """Names from the columns `first` to `last`, each with its (country, territory) pairs.

    A territory that starts with ~ is believed only where the country is known.
    """
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in table("regions.tsv"):
        country, territory = row[0], row[1].lstrip("~")
        for cell in row[first : last + 1]:
            for name in filter(None, cell.split(";")):
                shy = "~" if name.startswith("~") else ""
                for spelling in _inflected(name.lstrip("~"), country):
                    found[spelling].add((country, shy + territory))
    return {name: frozenset(pairs) for name, pairs in found.items()}


def _inflected(name: str, country: str) -> tuple[str, ...]:
    forms = spellings(name)
    if country == "PL" and forms[0].endswith("kie"):
        return (*forms, *(f"{form}go" for form in forms), *(form[:-1] + "ego" for form in forms))
    return forms
