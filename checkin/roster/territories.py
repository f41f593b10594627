"""Which territories come with both sides, whom to nudge where one is missing, who was not invited.

Hints for the organiser in the days before: whom to ask so that a city meets its region. Pure, and
never a wall: nobody is left out by anything that is said here. Who is counted is read elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from checkin.people import Level, State
from checkin.roster.countries import in_union, name_of


class Registered(Protocol):
    """What these questions need to know of a person; `Person` and `RosterEntry` have it."""

    @property
    def level(self) -> Level: ...
    @property
    def country(self) -> str: ...
    @property
    def level_guessed(self) -> bool: ...


MOST_LETTERS = 9
"""People of a territory whose levels are told one by one."""


@dataclass(frozen=True, slots=True)
class TerritoryLine:
    """One territory: how many are registered from each level, and which side it lacks.

    `country` is empty when several were named; `guessed` counts people placed by a guess; `ask` is
    the authority of the first who knows the side that is missing.
    """

    territory: str
    country: str
    cities: int
    metropolises: int
    regions: int
    others: int
    guessed: int = 0
    ask: str = ""

    @property
    def count(self) -> int:
        """How many are registered."""
        return self.cities + self.metropolises + self.regions + self.others

    @property
    def complete(self) -> bool:
        """Whether both sides are registered."""
        return bool(self.cities + self.metropolises) and bool(self.regions)

    @property
    def lacks(self) -> str:
        """'local', 'region', or '' where both sides are registered or neither is."""
        local = bool(self.cities + self.metropolises)
        if local == bool(self.regions):
            return ""
        return "region" if local else "local"

    @property
    def levels(self) -> str:
        """The levels as letters, one a person: "C C R"; of many how many each: "12C 3R"."""
        counts = (self.cities, self.metropolises, self.regions, self.others)
        each = list(zip(ORDER, counts, strict=True))
        if self.count <= MOST_LETTERS:
            return " ".join(level.letter for level, count in each for _ in range(count))
        return " ".join(f"{count}{level.letter}" for level, count in each if count)

    @property
    def say(self) -> str:
        """One sentence on what to do before the day."""
        if self.complete:
            return "both sides are registered"
        if not self.lacks:
            return "no city and no region is registered"
        missing = "no city or metropolis" if self.lacks == "local" else "no region"
        return f"{missing} is registered yet" + (f": ask {self.ask}" if self.ask else "")

    def nudges(self, person: Registered) -> bool:
        """Whether `person`, who is of this territory, knows the side that it lacks."""
        if self.lacks == "region":
            return person.level.is_local
        return self.lacks == "local" and person.level is Level.REGION


ORDER = (Level.CITY, Level.METROPOLIS, Level.REGION, Level.OTHER)
"""The levels in the order in which people of a territory are told."""


def by_need(lines: Iterable[TerritoryLine]) -> tuple[TerritoryLine, ...]:
    """Returns the lines: those that lack a side first, then by people and name."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (not line.lacks, line.complete, -line.count, line.territory),
        )
    )


def why_outside(person: Registered) -> str:
    """Returns why an invitation to cities and regions of the Union doesn't name `person`; or ''."""
    reasons = []
    if person.level is Level.OTHER:
        guess = ", as far as its name says" if person.level_guessed else ""
        reasons.append(f"neither a city nor a region{guess}")
    if person.country and not in_union(person.country):
        reasons.append(f"{name_of(person.country)} is not in the European Union")
    return "; ".join(reasons)


@dataclass(frozen=True, slots=True)
class Places:
    """Places left against the limit; `left` is `None` without a limit, below 0 when overbooked."""

    registered: int
    waitlisted: int
    cancelled: int
    capacity: int | None

    @property
    def left(self) -> int | None:
        """Places still free."""
        return None if self.capacity is None else self.capacity - self.registered


def places(counts: Mapping[str, int], capacity: int | None) -> Places:
    """Returns how many places are taken and left, of how many people stand in each state.

    Who waits or cancelled takes none.
    """
    waitlisted, cancelled = counts.get(State.WAITLISTED, 0), counts.get(State.CANCELLED, 0)
    return Places(sum(counts.values()) - waitlisted - cancelled, waitlisted, cancelled, capacity)
