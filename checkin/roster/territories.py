"""Which territories come with both sides, which lack one, who came late, who was not invited.

Hints for the organiser in the days before: whom to nudge so that a city meets its region. Pure, and
never a wall: nobody is left out by anything that is said here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from checkin.people import Level, State
from checkin.roster.countries import in_union, name_of


class Registered(Protocol):
    """What these questions need to know of a person; `Person` and `RosterEntry` have it."""

    @property
    def level(self) -> Level: ...
    @property
    def territory(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def level_guessed(self) -> bool: ...
    @property
    def territory_guessed(self) -> bool: ...


P = TypeVar("P", bound=Registered)


@dataclass(frozen=True, slots=True)
class TerritoryLine(Generic[P]):
    """One territory: who is registered from it, and which side it lacks.

    `lacks` is 'local', 'region' or '' where both sides are registered; `nudge` are the people of
    the side that is there, who know the other one; `guessed` counts people placed by a guess.
    """

    territory: str
    country: str
    people: tuple[P, ...]
    cities: int
    metropolises: int
    regions: int
    others: int
    lacks: str
    nudge: tuple[P, ...]
    guessed: int

    @property
    def complete(self) -> bool:
        """Whether both sides are registered."""
        return bool(self.cities + self.metropolises) and bool(self.regions)

    @property
    def levels(self) -> str:
        """The levels as letters, one a person: "C C R"."""
        return " ".join(person.level.letter for person in self.people)

    @property
    def say(self) -> str:
        """One sentence on what to do before the day."""
        if self.complete:
            return "both sides are registered"
        if not self.lacks:
            return "no city and no region is registered"
        missing = "no city or metropolis" if self.lacks == "local" else "no region"
        named = self.nudge[0].organisation if self.nudge else ""
        return f"{missing} is registered yet" + (f": ask {named}" if named else "")


@dataclass(frozen=True, slots=True)
class Outside(Generic[P]):
    """Somebody whom the invitation does not name, and why: a hint, never a refusal."""

    person: P
    reason: str


def territory_lines(people: Iterable[P]) -> tuple[TerritoryLine[P], ...]:
    """Returns a line for each territory: those that lack a side first, then by people and name.

    Cancelled people are passed over; people without a territory are in `without_territory`.
    """
    groups: dict[str, list[P]] = defaultdict(list)
    for person in people:
        if person.territory and _counts(person):
            groups[person.territory].append(person)
    lines = [_line(territory, group) for territory, group in groups.items()]
    return tuple(
        sorted(
            lines,
            key=lambda line: (not line.lacks, line.complete, -len(line.people), line.territory),
        )
    )


def without_territory(people: Iterable[P]) -> tuple[P, ...]:
    """Returns the people of whom no territory is known, in their order."""
    return tuple(person for person in people if not person.territory and _counts(person))


def registered_after(
    people: Iterable[P], deadline: date, registered_at: Sequence[str]
) -> tuple[P, ...]:
    """Returns the people registered after the day of `deadline`, in their order.

    `registered_at` holds the ISO dates or times of the people, in the same order; those without one
    are not late.
    """
    last = deadline.isoformat()
    return tuple(
        person
        for person, moment in zip(people, registered_at, strict=True)
        if moment and moment[:10] > last
    )


def outside_invitation(people: Iterable[P]) -> tuple[Outside[P], ...]:
    """Returns the people whom an invitation to cities and regions of the Union doesn't name."""
    found = []
    for person in people:
        reasons = []
        if person.level is Level.OTHER:
            guess = ", as far as its name says" if person.level_guessed else ""
            reasons.append(f"neither a city nor a region{guess}")
        if person.country and not in_union(person.country):
            reasons.append(f"{name_of(person.country)} is not in the European Union")
        if reasons:
            found.append(Outside(person, "; ".join(reasons)))
    return tuple(found)


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


def places(states: Iterable[State], capacity: int | None) -> Places:
    """Returns how many places are taken and left. Who waits or cancelled takes none."""
    found = list(states)
    waitlisted, cancelled = found.count(State.WAITLISTED), found.count(State.CANCELLED)
    return Places(len(found) - waitlisted - cancelled, waitlisted, cancelled, capacity)


def _counts(person: object) -> bool:
    state = getattr(person, "state", None) or getattr(person, "status", None)
    return state is not State.CANCELLED


def _line(territory: str, group: list[P]) -> TerritoryLine[P]:
    order = (Level.CITY, Level.METROPOLIS, Level.REGION, Level.OTHER)
    people = tuple(sorted(group, key=lambda person: order.index(person.level)))
    counts = {level: sum(person.level is level for person in people) for level in order}
    local = counts[Level.CITY] + counts[Level.METROPOLIS]
    regions = counts[Level.REGION]
    lacks = ""
    if bool(local) != bool(regions):
        lacks = "region" if local else "local"
    nudge = tuple(
        person
        for person in people
        if (lacks == "region" and person.level.is_local)
        or (lacks == "local" and person.level is Level.REGION)
    )
    countries = {person.country for person in people if person.country}
    return TerritoryLine(
        territory=territory,
        country=countries.pop() if len(countries) == 1 else "",
        people=people,
        cities=counts[Level.CITY],
        metropolises=counts[Level.METROPOLIS],
        regions=regions,
        others=counts[Level.OTHER],
        lacks=lacks,
        nudge=nudge,
        guessed=sum(person.territory_guessed for person in people),
    )
