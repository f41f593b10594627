"""How many chairs can be given to people who wait: pure arithmetic on counts, and why, in words.

Before the programme begins the forecast says how many of those still due will come; once it has
begun, the chairs of those who have not come are free. Who gets them is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from checkin.tables.forecast import expected_more


@dataclass(frozen=True, slots=True)
class Crowd:
    """The counts of a moment. `limit` is how many the room takes; `due` those expected who have not
    come, `came` those who are here or were. `in_by_now` is the share of all arrivals usually in by
    now, 0 to 1 (`forecast.usual_share`), None when it is not known; `begun` whether the programme
    has begun.
    """

    limit: int
    here: int
    due: int
    came: int
    no_show: float
    in_by_now: float | None
    begun: bool


@dataclass(frozen=True, slots=True)
class FreeChairs:
    """Chairs that can be given away now (never below 0), those kept for who will come, and why."""

    free: int
    kept: int
    why: str


def free_chairs(crowd: Crowd) -> FreeChairs:
    """Returns how many of the waiting may be called.

    Chairs are kept for those here and for as many of the due as the forecast expects, rounded up:
    nobody who was invited finds the room full because of half a person.
    """
    kept = 0
    if not crowd.begun and crowd.due:
        registered = crowd.came + crowd.due
        more = expected_more(registered, crowd.no_show, crowd.came, crowd.in_by_now)
        kept = min(ceil(more - 1e-9), crowd.due)
    free = max(crowd.limit - crowd.here - kept, 0)
    return FreeChairs(free, kept, _why(crowd, kept))


def _why(crowd: Crowd, kept: int) -> str:
    room = f"{_count(crowd.limit, 'chair')}, {crowd.here} here"
    if not crowd.due:
        return f"{room}, nobody is due any more."
    if crowd.begun:
        return f"{room}; the programme has begun and {_count(crowd.due, 'person')} did not come."
    if kept == crowd.due:
        return f"{room}, {crowd.due} still due, who may all come."
    return f"{room}, {crowd.due} still due, of whom {kept} will come as a rule."


def _count(number: int, thing: str) -> str:
    several = {"person": "people"}.get(thing, f"{thing}s")
    return f"{number} {thing if number == 1 else several}"
