"""The person as every part of the program sees one: registration, badge, state of the day.

Frozen data only; where it comes from is the business of the services.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    """The level of government of a person's authority."""

    CITY = "city"
    METROPOLIS = "metropolis"
    REGION = "region"
    OTHER = "other"

    @property
    def letter(self) -> str:
        """`C`, `M`, `R` or `O`: the level where there is room for one letter."""
        return self.value[0].upper()

    @property
    def is_local(self) -> bool:
        """Whether this level is the local side of a city-region pair."""
        return self in (Level.CITY, Level.METROPOLIS)


class State(StrEnum):
    """Where a person stands on the day."""

    EXPECTED = "expected"
    HERE = "here"
    LEFT = "left"
    CANCELLED = "cancelled"
    WAITLISTED = "waitlisted"


class PersonFlag(StrEnum):
    """What the staff should know of a person before they greet them; the values are the file's."""

    VIP = "vip"
    """To be welcomed in person."""
    ORGANISER = "organiser"
    """The organiser is to be called before they go in."""
    PROBLEM_DESK = "problem_desk"
    """Sent to the problem desk, and not back from it."""


@dataclass(frozen=True, slots=True)
class Person:
    """One registered person. Text fields are cleaned; absent text is the empty string.

    `country` is an ISO 3166 two-letter code, `languages` are ISO 639-1 codes (never empty: no
    answer means English), `arrived_at` is UTC and the first arrival that still stands. `photo` is
    whether they may be photographed, None when nobody asked. `replaced` is that somebody else came
    instead; their state is cancelled.
    """

    id: str
    code: str
    given_name: str
    family_name: str
    organisation: str = ""
    level: Level = Level.OTHER
    territory: str = ""
    country: str = ""
    languages: tuple[str, ...] = ("en",)
    role: str = ""
    state: State = State.EXPECTED
    table: int | None = None
    arrived_at: datetime | None = None
    email: str = ""
    title: str = ""
    badge_name: str = ""
    level_guessed: bool = False
    territory_guessed: bool = False
    walk_in: bool = False
    photo: bool | None = None
    flags: tuple[PersonFlag, ...] = ()
    replaced: bool = False

    @property
    def full_name(self) -> str:
        """Given name, then family name, on one line."""
        return f"{self.given_name} {self.family_name}".strip()
