"""What two registrations have in common, and whether that makes them likely one person.

Pure. Names are the same in any order of words, alphabet or spelling, and with one slip of the
finger; then something else must be the same as well. Which registrations are compared at all is the
business of `duplicates`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from checkin.door.folding import forms, skeleton, skeletons, words

SHORTEST_SLIP = 5
"""Letters of a word from which another letter in it may be a slip; shorter ones are other names."""

PUBLIC_MAILBOXES = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.fr",
        "hotmail.it",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.fr",
        "yahoo.it",
        "yahoo.de",
        "icloud.com",
        "me.com",
        "proton.me",
        "protonmail.com",
        "gmx.de",
        "gmx.net",
        "gmx.at",
        "web.de",
        "t-online.de",
        "orange.fr",
        "free.fr",
        "laposte.net",
        "wanadoo.fr",
        "libero.it",
        "wp.pl",
        "o2.pl",
        "onet.pl",
        "interia.pl",
        "seznam.cz",
        "centrum.cz",
        "abv.bg",
        "ukr.net",
        "mail.com",
    ]
)
"""Domains of e-mail that say nothing of where somebody works."""


class Alike(StrEnum):
    """What two registrations have in common besides the name, the most telling first."""

    EMAIL = "email"
    AUTHORITY = "authority"
    DOMAIN = "domain"
    TERRITORY = "territory"
    NOWHERE = "nowhere"
    """One of them says nothing of where the person comes from."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What of one registration tells who it is. Absent text is empty."""

    id: str
    given_name: str
    family_name: str
    organisation: str = ""
    territory: str = ""
    email: str = ""


def alike(one: Registration, other: Registration) -> Alike | None:
    """Returns what makes two registrations likely one person; None when they are two people."""
    if one.id == other.id:
        return None
    fold = Folding()
    return alike_folded(Folded(*fold.row(one)), Folded(*fold.row(other)))


# ---- one registration, folded


Row = tuple[str, str, str, str]
"""What `Folded` is made of. Plain tuples of texts, however many, cost the collector nothing."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A registration as it is compared: the name's words, sorted, in one to three spellings that
    are parted by `|`, and where it comes from."""

    spelt: str
    authority: str
    territory: str
    email: str

    @property
    def names(self) -> list[str]:
        return self.spelt.split("|")

    @property
    def domain(self) -> str:
        domain = self.email.rpartition("@")[2]
        return "" if domain in PUBLIC_MAILBOXES else domain

    @property
    def is_from_nowhere(self) -> bool:
        return not (self.authority or self.territory or self.email)


class Folding:
    """Folds registrations; texts that come again, as most do, are folded once."""

    def __init__(self) -> None:
        self._words: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._places: dict[str, str] = {}

    def row(self, each: Registration) -> Row:
        """Returns one registration as a `Folded` holds it."""
        return (
            self._name(each.given_name, each.family_name),
            self._place(each.organisation),
            self._place(each.territory),
            each.email.strip().casefold(),
        )

    def _name(self, given: str, family: str) -> str:
        name = (*self._spelt(given), *self._spelt(family))
        most = max(map(len, name), default=0)
        if most == 1:
            return " ".join(sorted([word[0] for word in name]))
        names = (
            " ".join(sorted(word[min(turn, len(word) - 1)] for word in name))
            for turn in range(most)
        )
        return "|".join(dict.fromkeys(names))

    def _spelt(self, text: str) -> tuple[tuple[str, ...], ...]:
        found = self._words.get(text)
        if found is None:
            if text.isalnum():
                # One word, as most names are: what `words` would say, without looking for it.
                found = ((skeleton(text.lower()),),) if text.isascii() else (_sounds(text),)
            else:
                found = tuple(skeletons(word.forms) for word in words(text))
            self._words[text] = found
        return found

    def _place(self, text: str) -> str:
        found = self._places.get(text)
        if found is None:
            found = " ".join(skeletons(word.forms)[0] for word in words(text))
            self._places[text] = found
        return found


def _sounds(word: str) -> tuple[str, ...]:
    """Returns the skeletons of a word's spellings, each once."""
    return tuple(dict.fromkeys(map(skeleton, forms(word))))


# ---- what makes two of them one person


def share_a_place(one: Row, other: Row) -> bool:
    """Whether a closer look is worth while: few of those who only share a name pass."""
    return (
        one[1] == other[1]
        or one[2] == other[2]
        or one[3].rpartition("@")[2] == other[3].rpartition("@")[2]
        or not any(one[1:])
        or not any(other[1:])
    )


def alike_folded(one: Folded, other: Folded) -> Alike | None:
    if not one.spelt or not other.spelt:
        return None
    same = _same_name(one, other)
    if one.email and one.email == other.email:
        return Alike.EMAIL if same or _similar(one, other) else None
    if not same:
        return None
    if one.authority and one.authority == other.authority:
        return Alike.AUTHORITY
    # Some mailboxes serve many authorities: a domain is no match for two other places.
    elsewhere = one.territory and other.territory and one.territory != other.territory
    if one.domain and one.domain == other.domain and not elsewhere:
        return Alike.DOMAIN
    if one.territory and one.territory == other.territory:
        return Alike.TERRITORY
    whole = any(name in other.names for name in one.names)
    if whole and (one.is_from_nowhere or other.is_from_nowhere):
        return Alike.NOWHERE
    return None


def _same_name(one: Folded, other: Folded) -> bool:
    """Whether the names have the same words, or all but one, in which there is one slip."""
    if any(name in other.names for name in one.names):
        return True
    return any(_is_slip_apart(mine, theirs) for mine in one.names for theirs in other.names)


def _is_slip_apart(mine: str, theirs: str) -> bool:
    left, right = mine.split(), theirs.split()
    if len(left) != len(right):
        return False
    rest = list(right)
    for word in left:
        if word in rest:
            rest.remove(word)
    lacking = [word for word in left if word not in right]
    return len(lacking) == len(rest) == 1 and is_slip(lacking[0], rest[0])


def _similar(one: Folded, other: Folded) -> bool:
    """Whether one name may be the other with a part left out, or with an initial for a part."""
    return any(_is_part(mine, theirs) for mine in one.names for theirs in other.names)


def _is_part(mine: str, theirs: str) -> bool:
    shorter, longer = sorted((mine.split(), theirs.split()), key=len)
    if not set(shorter) & set(longer):
        return False
    return all(
        word in longer or (len(word) == 1 and any(each.startswith(word) for each in longer))
        or any(len(each) == 1 and word.startswith(each) for each in longer)
        for word in shorter
    )  # fmt: skip


def is_slip(one: str, other: str) -> bool:
    """Whether a word may be the other with one letter wrong, missing, added or two swapped.

    The first letter is right as a rule, and two frequent given names (Marta, Maria) are two names.
    """
    if one == other or min(len(one), len(other)) < SHORTEST_SLIP or one[:1] != other[:1]:
        return False
    from rapidfuzz.distance import OSA

    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    return not (one in _given_names() and other in _given_names())


@cache
def _given_names() -> frozenset[str]:
    from checkin.roster.names import given_names

    return frozenset(word for name in given_names() for word in _skeletons_of(name))


def _skeletons_of(text: str) -> Iterator[str]:
    for word in words(text):
        yield from skeletons(word.forms)
