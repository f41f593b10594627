"""What an arrival puts at stake at each table: the points to expect later from sitting there now.

Chairs that people due will want, tables that may stay under their minimum, and tables that must be
opened late for a few: each is weighed with its chance, from the means and variances of `Outlook`.
Nothing here looks at languages or hosts, and nothing decides.

Numbers of people are taken as normal. Points are the weights of the score.
"""

from __future__ import annotations

from math import erf, exp, pi, sqrt

from checkin.tables.outlook import Outlook
from checkin.tables.room import Table
from checkin.tables.room_state import Place, RoomState

WAITING = 0.8
"""How much of the cost of opening a table only once every chair is taken counts for waiting now.

It could still be opened in between, when more is known: 0 would be as if that cost nothing, 1 as if
it couldn't be done."""

ROOT_HALF = sqrt(0.5)
"""What erf's argument is of a number of standard deviations."""

PEAK = 1 / sqrt(2 * pi)
"""The normal density at its middle."""


class Stakes:
    """The points at stake for one guest; `kept` are tables whose last chair is kept for others."""

    # fmt: off
    __slots__ = ("_as_before", "_due", "_known", "_lack", "_lacks", "_late", "_spare", "_spread",
                 "_waste", "free", "kept", "mates", "mates_variance", "outlook", "pair", "short")
    # fmt: on

    def __init__(self, state: RoomState, outlook: Outlook, kept: set[int]) -> None:
        weights = state.room.weights
        self.outlook = outlook
        self.kept = kept
        self.short = weights.short
        # Who finds no chair beside their counterpart leaves two people alone, one territory split
        # and, at each of two tables, a voice missing.
        self.pair = 2 * weights.alone + weights.split + 2 * weights.voice
        self.mates, self.mates_variance = outlook.mates, outlook.mates_variance
        # A table that lacks one gets a party; the rest of the party isn't there for other tables.
        self._waste = outlook.party - 1
        self._known: dict[tuple[float, ...], float] = {}
        self._due: dict[int, tuple[float, float]] = {}
        self._lacks: dict[int, float] = {}
        self._lack = self._spare = 0.0
        self.free = outlook.free
        variance = outlook.free_variance
        following: Table | None = None
        for place in state.places.values():
            if not place.open:
                continue
            if not place.people:
                following = following or place.table
                continue
            mean, spread = self._due[place.number] = outlook.due_at(place)
            self._spare += _more(place.free - mean, spread)
            self.free += _more(mean - place.free, spread)
            if place.short > 0:
                lack = self._lacking(place, mean, spread, 0)
                self._lacks[place.number] = lack
                self._lack += lack
                variance += spread
        self._spread = max(variance, state.variance)
        self._late = WAITING * self._opened_late(following) if following is not None else 0.0
        self._as_before = self.short * (_more(self._lack - self.free, self._spread) + self._late)

    def points(self, place: Place) -> float:
        """Returns the points to expect from seating the guest at a place."""
        due, spread = self.due_at(place)
        free = place.free - (place.number in self.kept)
        key = (len(place.people), free, place.table.minimum, due, spread)
        found = self._known.get(key)
        if found is None:
            found = self._crowding(place, due, spread, free) + self._shortage(place, due, spread)
            self._known[key] = found
        return found

    def due_at(self, place: Place) -> tuple[float, float]:
        """Mean and variance of the people due for whom chairs are held at a place."""
        return self._due.get(place.number) or self.outlook.due_at(place)

    def _crowding(self, place: Place, due: float, spread: float, free: int) -> float:
        """Points for people due who find no chair, more than without the guest."""
        more = _more(1 + self.mates + due - free, self.mates_variance + spread)
        return self.pair * (more - _more(due - free, spread) if place.people else more)

    def _shortage(self, place: Place, due: float, spread: float) -> float:
        """Points for seats under the minimum, wherever those free to choose will be sent."""
        before = self._lacks.get(place.number, 0.0)
        lack = self._lack - before
        if place.short > 1:
            lack += self._lacking(place, due + self.mates, spread + self.mates_variance, 1)
        elif place.people and not before:
            return self._as_before
        short = _more(lack - self.free, self._spread)
        return self.short * (short + self._late if place.people else short)

    def _opened_late(self, table: Table) -> float:
        """Seats under the minimum of a table opened when no chair is left at those in use."""
        full = max(self._spare - 1 - self.mates, 0.0)
        enough = full + table.minimum + self._waste
        # Nothing lacks when those free to choose find chairs, or are enough to fill the table too.
        without = (enough - full) * _below(self.free - full, self._spread)
        short = _more(enough - self.free, self._spread)
        return short - _more(full - self.free, self._spread) - without

    def _lacking(self, place: Place, due: float, spread: float, here: int) -> float:
        """People a table will lack, and those who can't go elsewhere because they fill it."""
        lack = _more(place.short - here - due, spread)
        return lack + self._waste * min(lack, 1.0)


def _more(mean: float, variance: float) -> float:
    """The mean of a normal number where it is above 0, counted as 0 below."""
    if mean * mean >= 36 * variance:
        return max(mean, 0.0)
    spread = sqrt(variance)
    z = mean / spread
    return mean * 0.5 * (1 + erf(z * ROOT_HALF)) + spread * exp(-z * z / 2) * PEAK


def _below(mean: float, variance: float) -> float:
    """The chance that a normal number is below 0."""
    if mean * mean >= 36 * variance:
        return float(mean < 0)
    return 0.5 * (1 - erf(mean / sqrt(2 * variance)))
