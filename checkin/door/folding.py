"""Names as people type them: every alphabet and accent brought down to plain small letters.

A word becomes one or several *forms*, the ways in which people spell it without its accents or
outside its alphabet (Jürgen: jurgen, juergen), and each form a *skeleton*, in which spellings that
differ only by habit fall together (oe/o, aa/a, dj/d, sh/s, y/j/i, w/v, doubled letters). Folding
promises that whatever is typed of a word folds to the start of what the whole word folds to. It
finds and ranks nothing; `search` does.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it stands (`text[start:end]`), and its forms, plainest first.

    Of a word that was typed, `places` are the skeletons of other names of the place it may be.
    """

    start: int
    end: int
    forms: tuple[str, ...]
    places: tuple[str, ...] = ()


_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_UKRAINIAN = re.compile("[іїєґ]")
_NOT_PLAIN = re.compile("[^a-z0-9]+")

# anyascii knows ø, ł, ħ and the rest; these are the second spellings people use.
_LATIN_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj", "ð": "th"}
)
_LATIN_PLAIN = str.maketrans({"ð": "d", "þ": "th", "đ": "d", "ı": "i", "ŋ": "ng", "ə": "e"})

# Accents are gone when these apply. First the official spelling (ELOT 743), then by ear, then the
# older one of the West. Pairs come before single letters.
_GREEK_SCHEMES = (
    (
        ("αυ", "av"), ("ευ", "ev"), ("ου", "ou"), ("γγ", "ng"), ("γξ", "nx"), ("γχ", "nch"),
        ("η", "i"), ("υ", "y"), ("ω", "o"), ("χ", "ch"), ("β", "v"), ("ξ", "x"),
    ),
    (
        ("αυ", "af"), ("ευ", "ef"), ("ου", "u"), ("αι", "e"), ("ει", "i"), ("οι", "i"),
        ("γγ", "g"), ("γκ", "g"), ("μπ", "b"), ("ντ", "d"), ("γι", "yi"), ("γε", "ye"),
        ("yio", "yo"), ("yiω", "yo"), ("yia", "ya"), ("yiα", "ya"),
        ("η", "i"), ("υ", "i"), ("ω", "o"), ("χ", "h"), ("β", "v"), ("ξ", "ks"),
    ),
    (
        ("αυ", "au"), ("ευ", "eu"), ("ου", "ou"), ("γγ", "ng"), ("φ", "ph"), ("μπ", "b"),
        ("η", "i"), ("υ", "y"), ("ω", "o"), ("χ", "ch"), ("β", "b"), ("ξ", "x"),
    ),
)  # fmt: skip
_GREEK_LETTERS = str.maketrans("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo") | str.maketrans(
    {"θ": "th", "χ": "ch", "ψ": "ps"}
)

_CYRILLIC_LETTERS = str.maketrans(
    "абвгдезийклмнопрстуфіэыѝјѐґ", "abvgdeziyklmnoprstufieyijeg"
) | str.maketrans(
    {"ь": "", "ё": "yo", "ї": "yi", "є": "ye", "љ": "lj", "њ": "nj", "ђ": "dj", "џ": "dz",
     "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "ў": "u", "’": ""}
)  # fmt: skip
# Bulgarian (official), then Russian and others by ear, then as Latin Slavic languages write.
_CYRILLIC_SCHEMES = tuple(
    str.maketrans(dict(zip("жхцчшщъюяћ", sounds.split(), strict=True)) | {"ь": "", "ъ": hard})
    for sounds, hard in (
        ("zh h ts ch sh sht - yu ya c", "a"),
        ("zh kh ts ch sh shch - yu ya c", ""),
        ("z h c c s st - ju ja c", "u"),
    )
)
_UKRAINIAN_LETTERS = str.maketrans("ги", "hy")

_HABIT = re.compile("(?<=[aou])e|(?<=d)j|(?<=[cdgkprstz])h|(?<=[cds])z")
_SOUNDS = str.maketrans("yjw", "iiv")
_DOUBLED = re.compile(r"([a-z])\1+")


def words(text: str) -> tuple[Word, ...]:
    """Returns the words of `text` in order; everything but letters and digits separates them."""
    found = []
    for match in _WORD.finditer(text):
        spelt = forms(match.group())
        if spelt:
            found.append(Word(*match.span(), spelt))
    return tuple(found)


@lru_cache(maxsize=8192)
def forms(word: str) -> tuple[str, ...]:
    """Returns how `word` is spelt in small letters a-z and digits: one to three ways, or none."""
    if word.isascii():
        plain = word.lower() if word.isalnum() else _NOT_PLAIN.sub("", word.lower())
        return (plain,) if plain else ()
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).lower())
    if _GREEK.search(small):
        spelt = _greek(small)
    elif _CYRILLIC.search(small):
        spelt = _cyrillic(small)
    else:
        spelt = [small.translate(_LATIN_PLAIN), small.translate(_LATIN_SPELT_OUT)]
    plain_forms = (_plain(each) for each in spelt)
    return tuple(dict.fromkeys(each for each in plain_forms if each))


@lru_cache(maxsize=8192)
def skeleton(form: str) -> str:
    """Returns the form without what habits of spelling add; never longer, never empty.

    Works from left to right, so the skeleton of a form's start is the start of its skeleton.
    """
    return _DOUBLED.sub(r"\1", _HABIT.sub("", form).translate(_SOUNDS))


@lru_cache(maxsize=8192)
def skeletons(word_forms: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the skeletons of several forms, each once."""
    return tuple(dict.fromkeys(map(skeleton, word_forms)))


_GENDERED = (("ska", "ski"), ("cka", "cki"), ("zka", "zki"), ("ova", "ov"), ("eva", "ev"),
             ("poulou", "poulos"), ("idou", "idis"))  # fmt: skip
_OTHER_ENDING = dict(_GENDERED) | {his: hers for hers, his in _GENDERED}
_GENDERED_ENDS = {ending[-1] for ending in _OTHER_ENDING} | {"y", "j"}
_SKY = re.compile("(?<=[sc]k)(?:y|yi|iy|ij|yy|yj)$")


def sibling(form: str) -> str | None:
    """Returns a family name's other form, as a sister or brother bears it; None without one.

    People look for *Szczepański* and mean *Szczepańska*; *-skyi*, *-skiy* and *-sky* are one.
    """
    if form[-1:] not in _GENDERED_ENDS:
        return None
    form = _SKY.sub("i", form)
    for ending, others in _OTHER_ENDING.items():
        if form.endswith(ending):
            return form.removesuffix(ending) + others
    return None


def _plain(spelt: str) -> str:
    if not spelt.isascii():
        bare = unicodedata.normalize("NFKD", spelt)
        bare = "".join(each for each in bare if not unicodedata.combining(each))
        spelt = bare if bare.isascii() else _transliterated(bare)
    return _NOT_PLAIN.sub("", spelt.lower())


def _transliterated(bare: str) -> str:
    from anyascii import anyascii  # a third of this module's import time; plain names need it not

    return str(anyascii(bare))


def _greek(small: str) -> list[str]:
    bare = unicodedata.normalize("NFD", small)
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    spelt = []
    for scheme in _GREEK_SCHEMES:
        word = bare
        for pair, sounds in scheme:
            word = word.replace(pair, sounds)
        spelt.append(word.translate(_GREEK_LETTERS))
    return spelt


def _cyrillic(small: str) -> list[str]:
    if _UKRAINIAN.search(small):
        small = small.translate(_UKRAINIAN_LETTERS)
    return [small.translate(scheme).translate(_CYRILLIC_LETTERS) for scheme in _CYRILLIC_SCHEMES]
