"""What an arrival puts at stake at each table: the points to expect later from sitting there now.

Chairs that people due will want, tables that may stay under their minimum, and tables that must be
opened late for a few: each is weighed with its chance, from the means and variances of `Outlook`
and what each table may expect. Nothing here looks at languages or hosts, and nothing decides.

Numbers of people are taken as normal. Points are the weights of the score.
"""

from __future__ import annotations

from math import erf, sqrt

from checkin.tables.outlook import Outlook
from checkin.tables.places import Place
from checkin.tables.prospects import FINE, Prospect, instead, more_and_chance
from checkin.tables.room_state import RoomState

WAITING = 0.8
"""How much of the cost of opening a table only once every chair is taken counts for waiting now.

It could still be opened in between, when more is known: 0 would be as if that cost nothing, 1 as if
it couldn't be done."""


class Stakes:
    """The points at stake for one guest; `kept` are tables whose last chair is kept for others.

    Points are what a seat costs later, on average; `least` says how few they can be, unpriced.
    """

    # fmt: off
    __slots__ = ("_as_before", "_lack", "_late", "_spare", "_spread", "_waste",
                 "free", "kept", "mates", "mates_variance", "outlook", "pair", "short")
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
        prospects, own = outlook.prospects, outlook.own
        sums = prospects.sums
        if own is not None:
            sums = instead(sums, prospects.at[own.number].sums, own.sums)
        spare, over, lack, lacking, spread = sums
        self._spare = spare / FINE
        self._lack = (lack + self._waste * lacking) / FINE
        self.free = outlook.free + over / FINE
        self._spread = max(outlook.free_variance + spread / FINE, state.variance)
        self._late = 0.0
        if prospects.empty:
            following = min([(alike[0], group[1]) for group, alike in prospects.empty.items()])
            self._late = WAITING * self._opened_late(following[1])
        short, _ = more_and_chance(self._lack - self.free, self._spread)
        self._as_before = self.short * (short + self._late)

    def least(self, tables: list[Prospect]) -> list[float]:
        """Returns for each table in use the points that seating the guest there costs at least.

        What is weighed is convex in the number of people: its tangents lie below, and so does what
        it would be if the number were sure.
        """
        pair, before, more = self.pair, self._as_before, 1 + self.mates
        # No table lacks fewer people with the guest by more than this, parties and all.
        most = more * (1 + self._waste) * max([at.steep_lack for at in tables], default=0.0)
        low, slope = more_and_chance(self._lack - most - self.free, self._spread)
        fewest = self.short * (low + self._late + slope * most)
        slope *= self.short * more * (1 + self._waste)
        return [
            (fewest - slope * steep if (steep := at.steep_lack) else before)
            + pair
            * (
                tangent
                if (tangent := more * at.steep_over) > (sure := more + at.beyond - at.over)
                else sure
            )
            for at in tables
        ]

    def points(self, place: Place) -> float:
        """Returns the points to expect from seating the guest at a place."""
        at = self.outlook.of(place)
        return self.points_at(at) if at is not None else self.points_alone(place)

    def points_alone(self, place: Place) -> float:
        """Returns the points to expect from opening an empty table with the guest."""
        due = float(place.pins)
        over, _ = more_and_chance(1 + self.mates + due - place.free, self.mates_variance)
        lack = self._lack
        if place.short > 1:
            lack += self._lacking(place.short, due, 0.0)
        short, _ = more_and_chance(lack - self.free, self._spread)
        return self.pair * over + self.short * short

    def points_at(self, at: Prospect) -> float:
        """Returns the points to expect from seating the guest at a table in use."""
        place = at.place
        beyond, variance, before = at.beyond, at.variance, at.over
        if at.number in self.kept:
            beyond += 1
            before, _ = more_and_chance(beyond, variance)
        over, _ = more_and_chance(beyond + 1 + self.mates, variance + self.mates_variance)
        points = self.pair * (over - before)
        if place.short <= 1 and not at.lack:
            return points + self._as_before
        lack = self._lack - at.lack - self._waste * min(at.lack, 1.0)
        if place.short > 1:
            lack += self._lacking(place.short, at.due, variance)
        short, _ = more_and_chance(lack - self.free, self._spread)
        return points + self.short * (short + self._late)

    def _opened_late(self, minimum: int) -> float:
        """Seats under the minimum of a table opened when no chair is left at those in use."""
        full = max(self._spare - 1 - self.mates, 0.0)
        enough = full + minimum + self._waste
        # Nothing lacks when those free to choose find chairs, or are enough to fill the table too.
        without = (enough - full) * _below(self.free - full, self._spread)
        short, _ = more_and_chance(enough - self.free, self._spread)
        too_few, _ = more_and_chance(full - self.free, self._spread)
        return short - too_few - without

    def _lacking(self, short: int, due: float, variance: float) -> float:
        """People a table will lack with the guest, and those kept there because they fill it."""
        wanted = short - 1 - (due + self.mates)
        lack, _ = more_and_chance(wanted, variance + self.mates_variance)
        return lack + self._waste * min(lack, 1.0)


def _below(mean: float, variance: float) -> float:
    """The chance that a normal number is below 0."""
    if mean * mean >= 36 * variance:
        return float(mean < 0)
    return 0.5 * (1 - erf(mean / sqrt(2 * variance)))
