"""What the people still due let expect, seen from one arrival: who follows, what is held for them.

An `Outlook` is made for one guest and holds until the room changes. People of one side of a
territory come or stay away together: where one has come, the others nearly surely do; the rest of
those still expected is spread over the other people due.
"""

from __future__ import annotations

from collections.abc import Iterable

from checkin.tables.room import Guest
from checkin.tables.room_state import LEAST, PLACE_OF_SIDE, SURE, Home, Place, RoomState

PAIR_CHANCE = 0.3
"""People of a territory expected at least, to hold a chair for the side that is missing."""


class Outlook:
    """The people due once one guest is here.

    `mates` is how many of the guest's own territory will still come, `expected` how many of
    territories that sit nowhere yet; `still_expected` counts all.
    """

    __slots__ = ("_held", "_home", "_rest", "expected", "mates", "state", "still_expected")

    def __init__(self, state: RoomState, guest: Guest) -> None:
        self.state = state
        self.still_expected = state.still_expected
        self._held: dict[int, float] = {}
        self._home = home = state.homes.get(guest.territory) if guest.territory else None
        here = guest.id in state.due
        sure, others = state.sure, state.others
        nowhere = (state.unseated_sure, state.unseated_others)
        mine = (0, 0)
        if home is not None:
            # Once the guest is here, their own side has begun to come.
            side = PLACE_OF_SIDE[guest.side]
            started = 0 if home.came[side] else home.due[side]
            mine = (home.sure + started - here, home.others - started)
            sure += mine[0] - home.sure
            others += mine[1] - home.others
            if home.main is None:
                nowhere = (nowhere[0] - home.sure, nowhere[1] - home.others)
        elif here:
            others -= 1
            nowhere = (nowhere[0], nowhere[1] - 1)
        rest = (self.still_expected - SURE * sure) / others if others else 0.0
        self._rest = min(max(rest, LEAST), 1 - state.no_show)
        self.mates = self._coming(*mine)
        self.expected = self._coming(*nowhere)

    def _coming(self, sure: int, others: int) -> float:
        """How many of so many people due will come."""
        return SURE * sure + self._rest * others

    def held(self, places: Iterable[Place]) -> dict[int, float]:
        """Returns the chairs held at tables for people due: their territory or their pin is there.

        Those of the guest's own territory are left out: it is one of them who asks. What was asked
        for before is among what is returned.
        """
        held, rest = self._held, self._rest
        for place in places:
            found = SURE * place.sure + rest * place.others
            if place.waiting:
                found += self._waited_for(place.waiting)
            held[place.number] = found + place.pins
        home = self._home
        if home is not None and home.main in held:
            held[home.main] = self._held_by_others(self.state.places[home.main], home)
        return held

    def _held_by_others(self, place: Place, home: Home) -> float:
        """Chairs held at the main table of the guest's own territory for the others."""
        sure, others, waiting = place.sure, place.others, dict(place.waiting)
        if home.waits:
            waiting[home.sure, home.others] -= 1
        else:
            sure -= home.sure
            others -= home.others
        return self._coming(sure, others) + self._waited_for(waiting) + place.pins

    def _waited_for(self, waiting: dict[tuple[int, int], int]) -> float:
        """Chairs held for territories whose other side has come: one each, where it may come."""
        chairs = 0.0
        # In their order, so that two rooms that hold the same add up to the same.
        for numbers in sorted(waiting) if len(waiting) > 1 else waiting:
            due = self._coming(*numbers)
            chairs += waiting[numbers] * (max(due, 1.0) if due >= PAIR_CHANCE else due)
        return chairs

    def short(self) -> list[tuple[int, int, float]]:
        """Returns number, people missing and chairs held of open tables under their minimum.

        Those in use only; asked after `held` of all tables.
        """
        held = self._held
        return [
            (place.number, place.short, held[place.number])
            for place in self.state.places.values()
            if place.short > 0 and place.people and place.open
        ]


def lacking(short: list[tuple[int, int, float]], share: float) -> dict[int, float]:
    """Returns how many people each `short` table lacks; `share` of a held chair is taken."""
    return {number: left for number, missing, held in short if (left := missing - share * held) > 0}
