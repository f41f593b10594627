"""What every rung of a repair keeps: no hard rule that holds before it is broken after it.

Seats, closed tables, pins, step-free needs and pairs are judged against the seating that a ladder
starts from, as `rules.newly_broken` does. It says who can move where, who moves as one, and whether
a change keeps the rest, from the people and tables it touched alone. It weighs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checkin.tables.incremental import LiveSeating, Step


class Keeping:
    """What held when a ladder was begun. People and tables are positions, as in `LiveSeating`.

    `units` are the people who move as one, those who are to sit together and do; only those who can
    move are in it.
    """

    def __init__(self, live: LiveSeating) -> None:
        self._live = live
        # A table that holds too many may keep as many; a closed one is nobody's target.
        self._most = [
            max(seats, len(here)) for seats, here in zip(live.seats, live.people, strict=True)
        ]
        self._targets = [self._targets_of(i) for i in range(len(live.guests))]
        where = live.where
        self._rivals = {
            i: sum(1 << k for k in _bits(rivals) if where[k] != where[i])
            for i, rivals in live.apart.items()
        }
        units = [tuple(sorted(unit)) for unit in self._held_together()]
        self.units = [unit for unit in units if self.targets(unit)]

    def targets(self, people: Sequence[int]) -> frozenset[int]:
        """Returns the tables that all of some people may be moved to, as far as they count."""
        return frozenset.intersection(*(self._targets[i] for i in people))

    def free(self, j: int) -> int:
        """Returns how many more people a table may hold now."""
        return self._most[j] - len(self._live.people[j])

    def holds(self, step: Step) -> bool:
        """Whether people who were moved to one of their `targets` leave every rule as it was.

        Looks at the tables they were moved to; the others have lost people, which breaks nothing.
        """
        live = self._live
        for i, j in step:
            if live.mask[j] & self._rivals.get(i, 0) or len(live.people[j]) > self._most[j]:
                return False
        return True

    def _targets_of(self, i: int) -> frozenset[int]:
        """The open tables that somebody may be moved to; none for who must stay where they are."""
        live = self._live
        guest, place = live.guests[i], live.tables[live.where[i]]
        usable = {j for j, seats in enumerate(live.seats) if seats}
        if guest.stays or guest.pin == place.number:
            return frozenset()
        if guest.pin is not None:
            usable = {j for j in usable if live.tables[j].number == guest.pin}
        if not live.with_steps[live.where[i]] >> i & 1 and guest.step_free:
            if place.open:
                return frozenset()
            usable = {j for j in usable if live.tables[j].step_free}
        return frozenset(usable)

    def _held_together(self) -> Iterable[set[int]]:
        """Yields everybody with those whom they are to sit with and do."""
        live = self._live
        left = dict.fromkeys(range(len(live.guests)))
        while left:
            first = next(iter(left))
            del left[first]
            unit, found = {first}, [first]
            while found:
                i = found.pop()
                for k in _bits(live.together.get(i, 0)):
                    if k in left and live.where[k] == live.where[i]:
                        del left[k]
                        unit.add(k)
                        found.append(k)
            yield unit


def _bits(mask: int) -> Iterable[int]:
    """Yields the positions of the bits of a mask."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
