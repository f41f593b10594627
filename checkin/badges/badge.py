"""One badge as data, and what stands on it: the decisions that the artwork and the preview share.

Nothing private passes here: no e-mail, no diet, no access needs, no table that may still change.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkin.badges.letters import printable
from checkin.people import Level, Person

SIGNS = {Level.CITY: "■", Level.METROPOLIS: "◆", Level.REGION: "▲", Level.OTHER: "●"}
"""The sign of each level, for terminals; the artwork draws the same shapes."""

_WORDS = {
    Level.CITY: "City",
    Level.METROPOLIS: "Metropolis",
    Level.REGION: "Region",
    Level.OTHER: "Other",
}
_UNREMARKABLE_ROLES = frozenset({"", "participant", "attendee", "delegate"})


@dataclass(frozen=True, slots=True)
class BadgeData:
    """What one badge is made of. `badge_name` is the name that its bearer asked for, or empty."""

    code: str
    given_name: str
    family_name: str
    organisation: str = ""
    level: Level = Level.OTHER
    country: str = ""
    role: str = ""
    badge_name: str = ""

    @classmethod
    def of(cls, person: Person) -> BadgeData:
        """Returns the badge of `person`."""
        return cls(
            code=person.code,
            given_name=person.given_name,
            family_name=person.family_name,
            organisation=person.organisation,
            level=person.level,
            country=person.country,
            role=person.role,
            badge_name=person.badge_name,
        )


@dataclass(frozen=True, slots=True)
class BadgeText:
    """The words on one badge, cleaned, in letters that the fonts have.

    `large` is the line that is read across a table; `small` is the rest of the name and may be
    empty. `letters` are the letters of the code in groups.
    """

    large: str
    small: str
    organisation: str
    role: str
    country: str
    level: Level
    sign: str
    letter: str
    word: str
    letters: str


def badge_text(badge: BadgeData) -> BadgeText:
    """Returns what stands on `badge`.

    A wished badge name replaces the registered one altogether: who asks for another name does not
    want to wear both. A badge without any name shows its organisation large.
    """
    large, small = _names(badge)
    organisation = printable(badge.organisation)
    if not large:
        large, organisation = organisation, ""
    role = printable(badge.role)
    if role.casefold() in _UNREMARKABLE_ROLES:
        role = ""
    return BadgeText(
        large=large,
        small=small,
        organisation=organisation,
        role=role[:1].upper() + role[1:],
        country=printable(badge.country).upper(),
        level=badge.level,
        sign=SIGNS[badge.level],
        letter=badge.level.letter,
        word=_WORDS[badge.level],
        letters=grouped(badge.code),
    )


def grouped(code: str) -> str:
    """Returns the letters of a badge code as people read them out: `BCDF GHJK LN`."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _names(badge: BadgeData) -> tuple[str, str]:
    """The large and the small part of the name."""
    given, family = printable(badge.given_name), printable(badge.family_name)
    wished = printable(badge.badge_name)
    if wished:
        rest = wished[: len(wished) - len(family)]
        if family and rest.endswith(" ") and wished.casefold().endswith(family.casefold()):
            return rest.strip(), wished[len(rest) :]
        return wished, ""
    return (given, family) if given else (family, "")
