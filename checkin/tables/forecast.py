"""How many more people will come, from the registrations, those who came, and the time.

The registrations and the usual share of no-shows give a first guess; the people who came correct
it, the more so the later it is. People stay away by delegations, so numbers vary more than by
chance alone.
"""

from __future__ import annotations

from math import erf, exp, pi, sqrt

TOGETHER_AWAY = 2.0
"""How much more the number who come varies than if everybody decided alone."""

AWAY_ALONE = 0.15
"""The share who don't come of people whose party has begun to come."""


def usual_share(elapsed: float) -> float:
    """Returns the share of arrivals usually in when `elapsed` of the arrival time is over.

    Slow, then fast, then slow: 3x^2 - 2x^3 for x from 0 (doors open) to 1 (the programme has
    begun).
    """
    x = min(max(elapsed, 0.0), 1.0)
    return x * x * (3 - 2 * x)


def expected_more(
    registered: int, no_show: float, came: int, in_by_now: float | None = None
) -> float:
    """Returns how many more of the registered will come, when so many came.

    The number who come in all is taken as normal: around the registrations less the no-shows,
    corrected by those who came if it is known which share of all is usually `in_by_now`, and
    given that it is at least `came`.
    """
    mean = registered * (1 - no_show)
    variance = variance_left(registered, no_show, in_by_now)
    if in_by_now is not None:
        weight = 1 - variance / variance_left(registered, no_show, None)
        mean += weight * (came / _within(in_by_now) - mean)
    spread = sqrt(variance)
    z = (came - mean) / spread
    beyond = 0.5 * (1 - erf(z / sqrt(2)))
    if beyond < 1e-6:
        return min(spread / max(z, 1.0), max(0.0, registered - came))
    return max(0.0, mean + spread * exp(-z * z / 2) / sqrt(2 * pi) / beyond - came)


def variance_left(registered: int, no_show: float, in_by_now: float | None) -> float:
    """Returns the variance of how many come in all; the less is left of it, the later it is."""
    variance = max(registered * no_show * (1 - no_show) * TOGETHER_AWAY, 0.25)
    if in_by_now is None:
        return variance
    share = _within(in_by_now)
    doubt = TOGETHER_AWAY * max(registered * (1 - no_show), 1.0) * (1 - share) / share
    return variance * doubt / (variance + doubt)


def chance_later(no_show: float, in_by_now: float) -> float:
    """Returns the chance that people come who haven't yet, when so many of all are usually in.

    By Bayes: those who come later, among those and the people who don't come at all.
    """
    later = (1 - no_show) * (1 - _within(in_by_now))
    return later / (later + no_show) if later + no_show else 0.0


def _within(share: float) -> float:
    """The share in by now, never nobody and never everybody."""
    return min(max(share, 0.01), 0.99)
