"""The room as the seating engine sees it: people, tables, wishes and weights. Frozen data only.

A `Seating` maps a guest's id to a table's number; who is not in it sits nowhere yet. The engine
knows no database and no screen; a service makes the `Room` from the event file.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from checkin.tables.values import value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Seating: TypeAlias = Mapping[str, int]
else:
    Seating = Mapping


class Side(StrEnum):
    """The side of a city-region pair that a person speaks for."""

    LOCAL = "local"
    REGION = "region"
    NEITHER = "neither"


SIDES = (Side.LOCAL, Side.REGION)
"""The two sides whose voice is counted."""

_SIDE_OF_LEVEL = {"city": Side.LOCAL, "metropolis": Side.LOCAL, "region": Side.REGION}


def side_of(level: str) -> Side:
    """Returns the side of a level of government (`checkin.people.Level` is such a string)."""
    return _SIDE_OF_LEVEL.get(level, Side.NEITHER)


class Kind(StrEnum):
    """What a round is for: sitting with one's territory, or meeting new people."""

    ALIGN = "align"
    MIX = "mix"


@value(frozen=True, slots=True)
class Weights:
    """Points per unit of each term of the score; the organiser may change them. Lower is better."""

    strangers: int = 1000
    whisper: int = 30
    short: int = 200
    alone: int = 20
    split: int = 10
    voice: int = 6
    host: int = 8
    met: int = 100
    same: int = 10


DEFAULT_WEIGHTS = Weights()


@value(frozen=True, slots=True)
class Guest:
    """Someone to be seated. No languages means English.

    An empty territory is unknown: it counts as a territory of this one person, never as one shared
    with others whose territory is unknown (never `alone` or `same`, and asking for no voice).
    `pin` is the table this person must sit at. `stays` is somebody who refused to move: no repair
    proposes to. `name` is what sentences call the person; without it they use the id.
    """

    id: str
    territory: str = ""
    side: Side = Side.NEITHER
    languages: tuple[str, ...] = ("en",)
    step_free: bool = False
    pin: int | None = None
    stays: bool = False
    name: str = ""

    @property
    def called(self) -> str:
        """The name used in sentences."""
        return self.name or self.id

    @property
    def home(self) -> str:
        """The territory as counted: a private one where it is unknown."""
        return self.territory or f"\0{self.id}"

    @property
    def spoken(self) -> tuple[str, ...]:
        """The working languages; English where none was given."""
        return self.languages or ("en",)


@value(frozen=True, slots=True)
class Table:
    """A table: `seats` is its maximum, under `minimum` it is short, `host` its facilitator.

    `name` may stand beside the number, for people; nothing is reckoned from it.
    """

    number: int
    seats: int = 10
    minimum: int = 6
    open: bool = True
    step_free: bool = False
    host: str = ""
    name: str = ""


COMFORT = 0.45
"""Where between its minimum (0) and its seats (1) a table counts as filled, when opening tables."""


def fill_of(tables: list[Table]) -> tuple[float, float]:
    """Returns how many people fill a table like these comfortably, and how many it seats."""
    fill = sum(t.minimum + COMFORT * (t.seats - t.minimum) for t in tables) / max(len(tables), 1)
    seats = sum(t.seats for t in tables) / max(len(tables), 1)
    return max(fill, 1), max(seats, 1)


def filled_tables(fill: tuple[float, float], people: float) -> int:
    """Returns how many tables (`fill_of`) so many people fill comfortably, with a seat for each."""
    comfortable, seats = fill
    return max(1, int(people / comfortable), -int(-people // seats))


@value(frozen=True, slots=True)
class Room:
    """A round to be seated. Ids are unique, table numbers are unique.

    `together` and `apart` are pairs of guest ids; a pair that names somebody who isn't in the room
    binds nobody. `languages` is the event's order of languages, which breaks ties for a table's
    language. `earlier` holds the seatings of the day's earlier rounds, for rounds of kind mix.
    """

    tables: tuple[Table, ...]
    guests: tuple[Guest, ...]
    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ("en",)
    weights: Weights = DEFAULT_WEIGHTS
    kind: Kind = Kind.ALIGN
    earlier: tuple[Seating, ...] = ()

    @property
    def names_hosts(self) -> bool:
        """Whether this event names hosts at all; without any, no table lacks one."""
        return any(table.host for table in self.tables)

    @property
    def largest(self) -> int:
        """Seats of the largest open table; at least 1, so that it can divide."""
        return max((t.seats for t in self.tables if t.open), default=1) or 1

    def table(self, number: int) -> Table:
        """Returns the table of that number; raises KeyError when there is none."""
        for table in self.tables:
            if table.number == number:
                return table
        raise KeyError(number)

    def guest(self, id: str) -> Guest:
        """Returns the guest of that id; raises KeyError when there is none."""
        for guest in self.guests:
            if guest.id == id:
                return guest
        raise KeyError(id)
