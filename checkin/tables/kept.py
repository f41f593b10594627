"""Chairs kept for people due who can sit nowhere else: pinned to a table, or needing step-free.

`KeptChairs` counts them, kept up to date by `RoomState`, so that nobody due is looked at when
somebody arrives. Whether a kept chair is given away after all is for `arrival` to decide.
"""

from __future__ import annotations

from collections.abc import Iterable

from checkin.tables.places import Place
from checkin.tables.room import Guest


class KeptChairs:
    """How many chairs are kept, and where.

    `full` are tables with no more free chairs than people due are pinned to them, `step_free` the
    open step-free tables. `needing` counts who is due and needs such a table; `suited` the chairs
    there that are free for them: pinned people's own, and those for which nobody is pinned.
    """

    __slots__ = ("full", "needing", "step_free", "suited")

    def __init__(self, places: Iterable[Place]) -> None:
        self.full: set[int] = set()
        self.step_free: set[int] = set()
        self.needing = self.suited = 0
        for place in places:
            self.count(place, 1)

    def count(self, place: Place, step: int) -> None:
        """Counts a table in (1), or out (-1) before its chairs, pins or state change."""
        if place.pins:
            (self.full.add if place.free <= place.pins else self.full.discard)(place.number)
        elif self.full:
            self.full.discard(place.number)
        if place.table.step_free and place.open:
            (self.step_free.add if step > 0 else self.step_free.discard)(place.number)
            self.suited += step * (max(place.free - place.pins, 0) + place.step_free_pins)

    def without_chair_for(self, guest: Guest) -> set[int]:
        """Returns the tables where every free chair is kept for others; not to be changed."""
        if guest.step_free or not self.needing or self.suited > self.needing:
            return self.full
        return self.full | self.step_free

    def leave_two(self, place: Place, guest: Guest, partner: Guest) -> bool:
        """Whether a table has a chair for a guest and one for a partner due, beside those kept."""
        pinned = partner.pin is not None
        if place.free - place.pins < 2 - pinned:
            return False
        others = (not guest.step_free) + (not pinned and not partner.step_free)
        return not (others and place.table.step_free) or self.suited - self.needing >= others
