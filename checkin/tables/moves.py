"""Proposals of change for the searches: single people, swaps, territories, pairs of tables.

Each gives a step for `LiveSeating.shift` that respects seats, moves together groups in one piece
and leaves those who stay, or nothing when the draw doesn't fit. Which of them is good, the score
says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from checkin.tables.incremental import LiveSeating
from checkin.tables.room import Kind
from checkin.tables.start import units_of

Step = list[tuple[int, int]]


class Proposals:
    """Draws steps for a live seating."""

    def __init__(self, live: LiveSeating, random: Random) -> None:
        self.live = live
        self.random = random
        self.seats = live.seats
        self.open = [j for j, seats in enumerate(live.seats) if seats]
        self._set_units()

    def draws(self) -> tuple[Callable[[], Step], ...]:
        """Returns the kinds of proposals for this kind of round, as often as each is drawn."""
        if self.live.room.kind is Kind.MIX:
            return (self.move, self.swap, self.swap, self.swap, self.swap_out, self.swap_out)
        exchange = (self.swap_blocks, self.swap_blocks, self.gather, self.gather)
        return (self.move, self.swap, self.move_block, *exchange, self.mend_language, self.repack)

    def _set_units(self) -> None:
        """Who moves along with whom, and who doesn't move at all."""
        live = self.live
        self.unit: list[tuple[int, ...]] = [()] * len(live.guests)
        self.fixed = [False] * len(live.guests)
        for guests in units_of(live.room):
            unit = tuple(live.number_of[g.id] for g in guests if g.id in live.number_of)
            for i in unit:
                self.unit[i] = unit
            stays = any(g.stays or g.pin is not None for g in guests)
            if stays and len({live.where[i] for i in unit}) == 1:
                number = live.tables[live.where[unit[0]]].number
                for i in unit:
                    self.fixed[i] = all(g.pin is None or g.pin == number for g in guests)
        self.movers = [i for i in range(len(live.guests)) if not self.fixed[i]]

    def swap_out(self) -> Step:
        """Swaps somebody whose table costs points with anybody."""
        return self._swapped(self._pick_trouble(), self._pick())

    def _pick(self) -> int:
        return self.movers[int(self.random.random() * len(self.movers))]

    def _pick_trouble(self) -> int:
        """Somebody whose table or territory costs points, if a few draws find one."""
        live = self.live
        align = live.room.kind is Kind.ALIGN
        split = live.room.weights.split if align else 0
        i = self._pick()
        for _ in range(6):
            j = live.where[i]
            homes = live.homes[j]
            home = live.home[i]
            if live.cost[j] > split * len(homes):
                return i
            if align and homes[home] < len(live.of_home[home]):
                return i
            i = self._pick()
        return i

    def _table(self) -> int:
        return self.open[int(self.random.random() * len(self.open))]

    def free(self, j: int) -> int:
        """Free chairs at a table."""
        return self.seats[j] - len(self.live.people[j])

    def move(self) -> Step:
        """Moves a person to a free chair."""
        i = self._pick()
        j = self._table()
        unit = self.unit[i]
        if j == self.live.where[i] or self.free(j) < len(unit):
            return []
        return [(one, j) for one in unit]

    def swap(self) -> Step:
        """Swaps two people."""
        return self._swapped(self._pick(), self._pick())

    def _swapped(self, i: int, k: int) -> Step:
        where = self.live.where
        a, b = where[i], where[k]
        if a == b:
            return []
        one, other = self.unit[i], self.unit[k]
        more = len(one) - len(other)
        if more and (self.free(b) < more or self.free(a) < -more):
            return []
        return [(x, b) for x in one] + [(x, a) for x in other]

    def _block(self, i: int) -> list[int]:
        live = self.live
        block = live.block(live.home[i], live.where[i])
        if len(live.room.together):
            block = list({x for one in block for x in self.unit[one]})
        if any(self.fixed[x] for x in block):
            return list(self.unit[i])
        return block

    def move_block(self) -> Step:
        """Moves a territory's people at a table to another table."""
        i = self._pick_trouble()
        j = self._table()
        if j == self.live.where[i]:
            return []
        block = self._block(i)
        if self.free(j) < len(block):
            return []
        return [(x, j) for x in block]

    def gather(self) -> Step:
        """Brings a territory's people at one table to where others of it sit."""
        live = self.live
        i = self._pick_trouble()
        others = [x for x in live.of_home[live.home[i]] if live.where[x] != live.where[i]]
        if not others:
            return self._exchange(i, self._pick())
        j = live.where[others[int(self.random.random() * len(others))]]
        return self._balanced(self._block(i), live.where[i], [], j)

    def swap_blocks(self) -> Step:
        """Swaps two territories between their tables."""
        return self._exchange(self._pick_trouble(), self._pick())

    def mend_language(self) -> Step:
        """Exchanges a territory that doesn't speak its table's language for one that does."""
        live, draw = self.live, self.random.random
        i = self._pick_trouble()
        a = live.where[i]
        if _common(live.tongues[a]):
            return self._exchange(i, self._pick())
        spoken = live.tongue[i]
        culprits = [k for k in live.people[a] if not live.tongue[k] & spoken]
        if not culprits:
            return []
        block = self._block(culprits[int(draw() * len(culprits))])
        theirs = _common(live.tongue[k] for k in block)
        for _ in range(12):
            b = self._table()
            if b != a and live.people[b] and _common(live.tongues[b]) & theirs:
                people = [k for k in live.people[b] if live.tongue[k] & spoken]
                k = people[int(draw() * len(people))] if people else -1
                if k < 0 or self.fixed[k] or live.home[k] == live.home[block[0]]:
                    return self._balanced(block, a, [], b)
                return self._balanced(block, a, self._block(k), b)
        return []

    def _exchange(self, i: int, k: int) -> Step:
        where = self.live.where
        if where[i] == where[k]:
            return []
        return self._balanced(self._block(i), where[i], self._block(k), where[k])

    def _balanced(self, ours: list[int], a: int, theirs: list[int], b: int) -> Step:
        """Exchanges people of table a with people of b, adding whole territories until both fit."""
        taken = {self.live.home[x] for x in ours + theirs}
        free_a, free_b = self.free(a), self.free(b)
        for _ in range(6):
            more = len(ours) - len(theirs)
            if more > free_b:
                if not self._add(theirs, b, more + free_a, taken):
                    return []
            elif -more > free_a:
                if not self._add(ours, a, free_b - more, taken):
                    return []
            else:
                return [(x, b) for x in ours] + [(x, a) for x in theirs]
        return []

    def _add(self, block: list[int], j: int, most: int, taken: set[int]) -> bool:
        """Adds another whole territory of a table, at most so large; False if none came up."""
        live = self.live
        people = live.people[j]
        for _ in range(4):
            k = people[int(self.random.random() * len(people))]
            if self.fixed[k] or live.home[k] in taken:
                continue
            more = self._block(k)
            if len(more) <= most and not set(more) & set(block):
                taken.add(live.home[k])
                block += more
                return True
        return False

    def repack(self) -> Step:
        """Deals the territories of two tables anew."""
        a = self.live.where[self._pick_trouble()]
        b = self._table()
        if a == b:
            return []
        blocks = []
        room = [self.seats[a], self.seats[b]]
        for j, table in enumerate((a, b)):
            done: set[int] = set()
            for i in list(self.live.people[table]):
                if i in done:
                    continue
                block = self._block(i)
                done.update(block)
                if self.fixed[i]:
                    room[j] -= 1
                else:
                    blocks.append(block)
        self.random.shuffle(blocks)
        moves = []
        for block in blocks:
            j = int(self.random.random() * 2)
            if room[j] < len(block):
                j = 1 - j
            if room[j] < len(block):
                return []
            room[j] -= len(block)
            moves += [(x, (a, b)[j]) for x in block]
        return moves


def _common(tongues: Iterable[int]) -> int:
    """The languages that all of these masks have."""
    common = -1
    for tongue in tongues:
        common &= tongue
    return common
