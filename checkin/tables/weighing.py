"""The weights of the score in plain words: what each is given for, and which weights can't be.

Pure data and checks. The score itself (`score.py`) only multiplies; changing weights is the
business of the event's settings.
"""

from __future__ import annotations

from checkin.tables.room import DEFAULT_WEIGHTS, Weights
from checkin.tables.score import TERMS
from checkin.tables.values import value

__all__ = ["DEFAULT_WEIGHTS", "EXPLAINED", "HEAVIEST", "TERMS", "Explained", "why_not"]

HEAVIEST = 5000
"""The most one thing may cost: all points of the largest room stay far below one hard rule."""


@value(frozen=True, slots=True)
class Explained:
    """One term of the score: its name, in which rounds it counts, and what costs its points."""

    term: str
    rounds: str
    costs: str


EXPLAINED = (
    Explained("strangers", "every round", "A person with nobody at the table to talk to"),
    Explained("whisper", "every round", "A person who needs a neighbour to whisper"),
    Explained("short", "every round", "A seat under the minimum of its table"),
    Explained("alone", "with your territory", "A person apart from all of their territory"),
    Explained("split", "with your territory", "A table more than needed for a territory"),
    Explained("voice", "every round", "A table with no region or no city voice"),
    Explained("host", "with your territory", "A table with no host, where hosts are named"),
    Explained("met", "meet new people", "Two people who sat together before"),
    Explained("same", "meet new people", "Two people of one territory at a table"),
)
"""What each term is given for, in the order in which they are told."""


def why_not(weights: Weights) -> str:
    """Returns why an event can't have these weights, in one sentence; empty when it can."""
    for each in EXPLAINED:
        points = getattr(weights, each.term)
        # A bool is an int to Python, and no number to anybody else.
        if type(points) is not int or not 0 <= points <= HEAVIEST:
            return f"{each.costs}: the points are a whole number from 0 to {HEAVIEST}."
    if weights.strangers <= weights.whisper:
        return (
            "A person with nobody to talk to must cost more than one who needs a neighbour to "
            "whisper."
        )
    return ""
