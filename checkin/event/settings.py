"""What an organiser decides about an event: its day, its room, its limits.

Frozen data with its checks; where it is kept is the session's business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from zoneinfo import ZoneInfo

from checkin.errors import RefusedError
from checkin.tables.room import DEFAULT_WEIGHTS, Weights
from checkin.tables.weighing import TERMS, why_not
from checkin.text import clean

_DOORS_BEFORE_START = dt.timedelta(minutes=60)
_WEIGHT = "weight_"
"""What the names of the weights begin with among the values."""


@dataclass(frozen=True, slots=True)
class EventSettings:
    """One event's settings. Times of day are wall-clock times in `timezone`, an IANA name.

    `doors` is when check-in opens (an hour before `start` when None); `capacity` is the most people
    inside at once (None: no limit); `places` the most registrations; `no_show` a share from 0 to 1;
    `languages` the order in which ties between table languages are settled; `weights` the points
    of the score's terms. A practice event (`live` is False) keeps no opening hours.
    """

    title: str
    date: dt.date
    start: dt.time = dt.time(9, 0)
    end: dt.time = dt.time(14, 0)
    timezone: str = "Europe/Brussels"
    venue: str = ""
    tables: int = 10
    seats: int = 7
    minimum: int = 4
    capacity: int | None = None
    places: int | None = None
    no_show: float = 0.28
    live: bool = True
    doors: dt.time | None = None
    deadline: dt.date | None = None
    agenda: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en", "fr", "de", "es", "it", "pl", "nl", "pt", "ro", "el")
    step_free_tables: tuple[int, ...] = ()
    weights: Weights = DEFAULT_WEIGHTS

    def __post_init__(self) -> None:
        if not clean(self.title):
            raise RefusedError("The event needs a title.")
        if not _is_zone(self.timezone):
            raise RefusedError(
                f"The time zone {clean(self.timezone, 40)} is not known; write Europe/Paris, say."
            )
        if not 1 <= self.tables <= 200:
            raise RefusedError("The number of tables is from 1 to 200.")
        if not 1 <= self.seats <= 50:
            raise RefusedError("The seats at a table are from 1 to 50.")
        if not 0 <= self.minimum <= self.seats:
            raise RefusedError("The minimum at a table is from 0 to its seats.")
        if not 0 <= self.no_show < 1:
            raise RefusedError("The share of no-shows is from 0 to below 1, for example 0.28.")
        if self.capacity is not None and not 1 <= self.capacity <= 1_000_000:
            raise RefusedError("The capacity is at least 1.")
        if self.end <= self.start:
            raise RefusedError("The event ends after it starts, on the same day.")
        refused = why_not(self.weights)
        if refused:
            raise RefusedError(refused)

    @property
    def begins_at(self) -> dt.datetime:
        """When the programme begins, as an aware time."""
        return dt.datetime.combine(self.date, self.start, self.zone)

    @property
    def zone(self) -> ZoneInfo:
        """The event's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def opens_at(self) -> dt.datetime:
        """When check-in opens, as an aware time in the event's zone."""
        if self.doors is not None:
            return dt.datetime.combine(self.date, self.doors, self.zone)
        return (self.begins_at.astimezone(dt.UTC) - _DOORS_BEFORE_START).astimezone(self.zone)


def _is_zone(name: str) -> bool:
    # Listing all zones to look for one reads hundreds of files.
    try:
        return ZoneInfo(name).key == name
    except (KeyError, ValueError, OSError):
        return False


def as_values(settings: EventSettings) -> dict[str, Any]:
    """Returns the settings as JSON values by their names; each weight is a value of its own."""
    values = {
        field.name: value.isoformat() if isinstance(value, dt.date | dt.time) else value
        for field in fields(settings)
        if not isinstance(value := getattr(settings, field.name), Weights)
    }
    return values | {f"{_WEIGHT}{term}": getattr(settings.weights, term) for term in TERMS}


def from_values(values: Mapping[str, Any]) -> EventSettings:
    """Returns the settings that `as_values` wrote; unknown names are passed over."""
    known: dict[str, Any] = {
        name: values[name] for name in EventSettings.__dataclass_fields__ if name in values
    }
    for name in ("date", "deadline"):
        if known.get(name):
            known[name] = dt.date.fromisoformat(known[name])
    for name in ("start", "end", "doors"):
        if known.get(name):
            known[name] = dt.time.fromisoformat(known[name])
    for name in ("agenda", "languages", "step_free_tables"):
        if name in known:
            known[name] = tuple(known[name])
    weights = {term: values[f"{_WEIGHT}{term}"] for term in TERMS if f"{_WEIGHT}{term}" in values}
    return EventSettings(**known, weights=Weights(**weights))
