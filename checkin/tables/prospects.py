"""What each table may expect of the people still due, kept from one arrival to the next.

`Prospects` is brought up to date by `catch_up`: only tables at which something changed are reckoned
anew, or all of them when the share of arrivals that is in by now has moved. Its sums are kept in
whole numbers, so that those kept are those that would be reckoned anew. It decides nothing.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from math import erf, exp, pi, sqrt

from checkin.tables.forecast import AWAY_ALONE, chance_later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from checkin.tables.places import Awaited, Place

FINE = 1 << 40
"""Into how many parts a person is cut in the sums."""

ROOT_HALF = sqrt(0.5)
"""What erf's argument is of a number of standard deviations."""

PEAK = 1 / sqrt(2 * pi)
"""The normal density at its middle."""

Alike = tuple[int, int, int, bool]
"""What the price of an empty table depends on: chairs, minimum, people pinned to it, a host."""

Sums = tuple[int, int, int, int, int]
"""Of tables in use: chairs to spare, people too many, people lacking, tables that lack one (or the
part of one), and the variance of those due at tables under their minimum."""


NOTHING: Sums = (0, 0, 0, 0, 0)


class Prospect:
    """One table in use: how many of those due will want its chairs, and how many it will lack.

    `due` and `variance` are of the people for whom chairs are held: their territory sits there, or
    they are pinned to it; `crowd` counts who sits there too, `beyond` is how many more are due than
    chairs are free. `over` is how many of those due find no chair, on average, `lack` how many the
    table will lack of its minimum. `steep_over` is by how much one person more changes the first at
    least, `steep_lack` by how much the second at most.
    """

    # fmt: off
    __slots__ = ("beyond", "crowd", "due", "free", "lack", "number", "over", "place", "steep_lack",
                 "steep_over", "sums", "variance")
    # fmt: on

    sums: Sums

    def __init__(self, place: Place) -> None:
        self.place = place
        self.number = place.number
        self.sums = NOTHING

    def look(self, awaited: Awaited, sure: float, rest: float) -> None:
        """Reckons the table anew, as it is and with these people due."""
        place = self.place
        due, variance = float(place.pins), 0.0
        if awaited.sure or awaited.others:
            due += sure * awaited.sure + rest * awaited.others
            variance = (
                sure * (1 - sure) * awaited.sure_squares
                + rest * (1 - rest) * awaited.others_squares
            )
        self.due, self.variance = due, variance
        self.crowd = len(place.people) + due
        self.free = place.free
        self.beyond = beyond = due - place.free
        over, self.steep_over = more_and_chance(beyond, variance)
        self.over = over
        short = place.short
        if short <= 0:
            self.lack = self.steep_lack = 0.0
            self.sums = (int((over - beyond) * FINE), int(over * FINE), 0, 0, 0)
            return
        lack, steep = more_and_chance(short - due, variance)
        self.lack = lack
        # A table that lacks one lacks nobody with the guest.
        self.steep_lack = steep if short > 1 else lack
        self.sums = (
            int((over - beyond) * FINE),
            int(over * FINE),
            int(lack * FINE),
            int(lack * FINE) if lack < 1.0 else FINE,
            int(variance * FINE),
        )


class Prospects:
    """The tables of a room that are open: `at` those in use, `empty` the others, like with like.

    `sure` and `rest` are the chances that people due come whose party has begun to, and others.
    """

    __slots__ = ("_groups", "_share", "at", "empty", "rest", "stale", "sums", "sure")

    def __init__(self) -> None:
        self.at: dict[int, Prospect] = {}
        self.empty: dict[Alike, list[int]] = {}
        self.sums = NOTHING
        self.stale: set[Place] = set()
        self.sure = self.rest = 0.0
        self._groups: dict[int, Alike] = {}
        self._share: tuple[float, float] | None = None

    def catch_up(self, share_in: float, no_show: float) -> None:
        """Takes in what changed: at the tables, and the share of all arrivals that is in."""
        if self._share != (share_in, no_show):
            self._share = (share_in, no_show)
            self.sure = chance_later(AWAY_ALONE, share_in)
            self.rest = chance_later(no_show, share_in)
            sure, rest = self.sure, self.rest
            for at in self.at.values():
                place = at.place
                due = place.awaited
                if due.sure or due.others:
                    before = at.sums
                    at.look(due, sure, rest)
                    self.sums = instead(self.sums, before, at.sums)
                    if place.people and place.open:
                        self.stale.discard(place)
        while self.stale:
            self._look_again(self.stale.pop())

    def _look_again(self, place: Place) -> None:
        number = place.number
        at = self.at.get(number)
        if place.people and place.open:
            if at is None:
                self._forget_empty(number)
                at = self.at[number] = Prospect(place)
            before = at.sums
            at.look(place.awaited, self.sure, self.rest)
            self.sums = instead(self.sums, before, at.sums)
            return
        if at is not None:
            self.sums = instead(self.sums, at.sums, NOTHING)
            del self.at[number]
        self._forget_empty(number)
        if place.open:
            group = (place.free, place.table.minimum, place.pins, bool(place.table.host))
            self._groups[number] = group
            insort(self.empty.setdefault(group, []), number)

    def _forget_empty(self, number: int) -> None:
        group = self._groups.pop(number, None)
        if group is not None:
            alike = self.empty[group]
            del alike[bisect_left(alike, number)]
            if not alike:
                del self.empty[group]


def instead(sums: Sums, before: Sums, after: Sums) -> Sums:
    """Returns sums with what one table adds to them now in the place of what it did."""
    a, b, c, d, e = sums
    f, g, h, i, j = before
    v, w, x, y, z = after
    return (a - f + v, b - g + w, c - h + x, d - i + y, e - j + z)


def more_and_chance(mean: float, variance: float) -> tuple[float, float]:
    """The mean of a normal number where it is above 0, counted as 0 below; and its chance to be."""
    if mean * mean >= 36 * variance:
        return (mean, 1.0) if mean > 0 else (0.0, 0.0)
    spread = sqrt(variance)
    z = mean / spread
    chance = 0.5 * (1 + erf(z * ROOT_HALF))
    return mean * chance + spread * exp(-z * z / 2) * PEAK, chance
