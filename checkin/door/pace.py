"""How fast people come, and when the last of those still due should be in.

Arithmetic on arrival times and counts; where they come from is the service's business.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MINUTES = 10
"""How far back the pace is measured."""

_FEWEST = 3
"""Arrivals within the measured minutes below which nothing is foretold."""

_FARTHEST = timedelta(minutes=90)
"""A forecast beyond this says nothing about a door."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the arrivals stand: how many of `expected` (no-shows left out) are `here`, arrivals a
    minute, and when the rest are in at this pace (UTC; None when that can't be told)."""

    here: int
    expected: int
    a_minute: float
    ready_at: datetime | None

    @property
    def ready(self) -> bool:
        """Whether everybody who was expected is in."""
        return self.here >= self.expected


def per_minute(arrivals: Iterable[datetime], now: datetime, minutes: int = MINUTES) -> list[int]:
    """Returns arrivals in each of the last `minutes`, oldest first; the last one ends now."""
    counts = [0] * minutes
    for arrival in arrivals:
        ago = math.floor((now - arrival).total_seconds() / 60)
        if 0 <= ago < minutes:
            counts[minutes - 1 - ago] += 1
    return counts


def likely(came: int, due: int, no_show: float, places: int | None = None) -> int:
    """Returns how many are thought to come in all: those who `came`, and those due but for the
    share of no-shows; no more than there are `places` for (those who left need none any more).

    The door and `checkin status` both reckon with it.
    """
    expected = round((came + due) * (1 - no_show))
    if places is not None:
        expected = min(expected, places)
    return max(expected, came)


def forecast(here: int, expected: int, counts: Sequence[int], now: datetime) -> Forecast:
    """Returns the forecast from arrivals by minute (`per_minute`), oldest first.

    The pace is taken since the first arrival among `counts`, so that a door that has just opened
    is not called slow; `expected` counts those here and those still thought to come.
    """
    running = _since_the_first(counts)
    pace = sum(running) / len(running) if running else 0.0
    if here >= expected:
        return Forecast(here, expected, pace, None)
    if sum(running) < _FEWEST:
        return Forecast(here, expected, pace, None)
    rest = timedelta(minutes=(expected - here) / pace)
    return Forecast(here, expected, pace, now + rest if rest <= _FARTHEST else None)


def sentence(forecast: Forecast, zone: str) -> str:
    """Returns `32 of 45 in, 6 a minute, ready at ~09:03`, in the event's wall-clock time."""
    parts = [f"{forecast.here} of {forecast.expected} in"]
    if forecast.ready:
        return parts[0]
    if forecast.a_minute:
        parts.append(f"{_shown(forecast.a_minute)} a minute")
    if forecast.ready_at is not None:
        parts.append(f"ready at ~{_clock(forecast.ready_at, zone)}")
    return ", ".join(filter(None, parts))


def ready_words(forecast: Forecast, zone: str) -> str:
    """Returns `45 in by ~09:03`, by the event's wall clock; empty when that can't be told."""
    if forecast.ready_at is None:
        return ""
    return f"{forecast.expected} in by ~{_clock(forecast.ready_at, zone)}"


def _clock(ready_at: datetime, zone: str) -> str:
    # Rounded up: whoever plans to begin then should not begin too early.
    minute = timedelta(minutes=1) - timedelta(microseconds=1)
    return f"{(ready_at + minute).astimezone(ZoneInfo(zone)):%H:%M}"


def _since_the_first(counts: Sequence[int]) -> Sequence[int]:
    for place, count in enumerate(counts):
        if count:
            return counts[place:]
    return ()


def _shown(pace: float) -> str:
    return f"{pace:.0f}" if pace >= 2 else f"{pace:.1f}".removesuffix(".0")
