"""Somebody who was not on the list, or comes for somebody who was: made into a roster entry.

Every text passes the cleaner; what is missing (country, level, territory) is guessed from the
authority and marked as a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checkin.errors import RefusedError
from checkin.people import Level
from checkin.roster.authorities import guess_country, guess_level, guess_territory
from checkin.roster.countries import country_of
from checkin.roster.entry import RosterEntry
from checkin.roster.languages import is_language, read_languages
from checkin.text import clean


@dataclass(frozen=True, slots=True)
class WalkIn:
    """What the door's form holds, as typed. Only a name is needed."""

    given_name: str
    family_name: str
    organisation: str = ""
    territory: str = ""
    level: str = ""
    country: str = ""
    languages: str = ""

    @property
    def not_understood(self) -> tuple[str, ...]:
        """The parts of `languages` that name no language."""
        return read_languages(_apart(clean(self.languages))).unknown

    def as_entry(self) -> RosterEntry:
        """Returns the roster entry; RefusedError when there is no name or a level nobody knows."""
        given, family = clean(self.given_name), clean(self.family_name)
        if not given and not family:
            raise RefusedError("Type a name first; nothing was registered.")
        organisation, territory = clean(self.organisation), clean(self.territory)
        country = country_of(clean(self.country)) or guess_country(organisation)
        level = _level(clean(self.level))
        return RosterEntry(
            given_name=given,
            family_name=family,
            organisation=organisation,
            level=level or guess_level(organisation, country) or Level.OTHER,
            level_guessed=level is None,
            territory=territory or guess_territory(organisation, country),
            territory_guessed=not territory,
            country=country,
            languages=read_languages(_apart(clean(self.languages))).codes,
        )


def stand_in(absent: RosterEntry, given_name: str, family_name: str) -> RosterEntry:
    """Returns the entry of somebody who comes instead of `absent`; RefusedError without a name.

    They take over organisation, territory, level, country, languages and role. What `absent` said
    about themselves alone stays theirs: e-mail, needs, wishes, and whether they may be shown.
    """
    name = WalkIn(given_name, family_name).as_entry()
    return replace(
        name,
        organisation=absent.organisation,
        level=absent.level,
        level_guessed=absent.level_guessed,
        territory=absent.territory,
        territory_guessed=absent.territory_guessed,
        country=absent.country,
        languages=absent.languages,
        role=absent.role,
    )


def _apart(languages: str) -> str:
    """`ro en`, as it is typed in a hurry, is two codes; names of several words stay together."""
    words = languages.casefold().split()
    return ",".join(words) if words and all(map(is_language, words)) else languages


def _level(text: str) -> Level | None:
    if not text:
        return None
    try:
        return Level(text.casefold())
    except ValueError:
        known = ", ".join(level.value for level in Level)
        raise RefusedError(f"{text} is no level; it is one of {known}.") from None
