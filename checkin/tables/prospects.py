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
    from checkin.tables.room_state import Awaited, Place

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


class Prospect:
    """One table in use: how many of those due will want its chairs, and how many it will lack.

    `due` and `variance` are of the people for whom chairs are held: their territory sits there, or
    they are pinned to it. `over` is how many of them find no chair, `lack` how many are missing of
    the minimum, on average; `steep_over` and `steep_lack` are by how much at least, and at most,
    one person more changes these.
    """

    # fmt: off
    __slots__ = ("due", "lack", "number", "over", "place", "steep_lack", "steep_over", "sums",
                 "variance")
    # fmt: on

    def __init__(self, place: Place, awaited: Awaited, sure: float, rest: float) -> None:
        self.place = place
        self.number = place.number
        due, variance = float(place.pins), 0.0
        if awaited.sure or awaited.others:
            due += sure * awaited.sure + rest * awaited.others
            variance = (
                sure * (1 - sure) * awaited.sure_squares
                + rest * (1 - rest) * awaited.others_squares
            )
        self.due, self.variance = due, variance
        beyond = due - place.free
        self.over, self.steep_over = over, _ = more_and_chance(beyond, variance)
        short = place.short
        lack = part = counted = 0.0
        steep = 0.0
        if short > 0:
            lack, steep = more_and_chance(short - due, variance)
            part = lack if lack < 1.0 else 1.0
            counted = variance
            if short == 1:
                # With the guest it lacks nobody.
                steep = lack
        self.lack, self.steep_lack = lack, steep
        self.sums: Sums = (
            int((over - beyond) * FINE),
            int(over * FINE),
            int(lack * FINE),
            int(part * FINE),
            int(counted * FINE),
        )


class Prospects:
    """The tables of a room that are open: `at` those in use, `empty` the others, like with like.

    `sure` and `rest` are the chances that people due come whose party has begun to, and others.
    """

    __slots__ = ("_groups", "_share", "at", "empty", "rest", "stale", "sums", "sure")

    def __init__(self) -> None:
        self.at: dict[int, Prospect] = {}
        self.empty: dict[Alike, list[int]] = {}
        self.sums: Sums = (0, 0, 0, 0, 0)
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
            self.stale.update([prospect.place for prospect in self.at.values()])
        while self.stale:
            self._look_again(self.stale.pop())

    def _look_again(self, place: Place) -> None:
        number = place.number
        before = self.at.pop(number, None)
        if before is not None:
            self.sums = less(self.sums, before.sums)
        group = self._groups.pop(number, None)
        if group is not None:
            alike = self.empty[group]
            del alike[bisect_left(alike, number)]
            if not alike:
                del self.empty[group]
        if not place.open:
            return
        if place.people:
            now = self.at[number] = Prospect(place, place.awaited, self.sure, self.rest)
            self.sums = plus(self.sums, now.sums)
        else:
            group = (place.free, place.table.minimum, place.pins, bool(place.table.host))
            self._groups[number] = group
            insort(self.empty.setdefault(group, []), number)


def plus(sums: Sums, more: Sums) -> Sums:
    """Returns sums with a table counted in."""
    a, b, c, d, e = sums
    v, w, x, y, z = more
    return (a + v, b + w, c + x, d + y, e + z)


def less(sums: Sums, fewer: Sums) -> Sums:
    """Returns sums with a table counted out."""
    a, b, c, d, e = sums
    v, w, x, y, z = fewer
    return (a - v, b - w, c - x, d - y, e - z)


def more_and_chance(mean: float, variance: float) -> tuple[float, float]:
    """The mean of a normal number where it is above 0, counted as 0 below; and its chance to be."""
    if mean * mean >= 36 * variance:
        return (mean, 1.0) if mean > 0 else (0.0, 0.0)
    spread = sqrt(variance)
    z = mean / spread
    chance = 0.5 * (1 + erf(z * ROOT_HALF))
    return mean * chance + spread * exp(-z * z / 2) * PEAK, chance
