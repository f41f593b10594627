"""What the people still due let expect, seen from one arrival: how many follow, and how surely.

An `Outlook` is made for one guest and holds until the room changes. People of one side of a
territory, a *party*, come or stay away together: where one has come, most of the others do. Whoever
isn't here is the less likely to come, the later it is.
"""

from __future__ import annotations

from checkin.tables.forecast import chance_later
from checkin.tables.room import Guest
from checkin.tables.room_state import PLACE_OF_SIDE, Awaited, Place, RoomState

AWAY_ALONE = 0.15
"""The share who don't come of people whose party has begun to come."""


class Outlook:
    """The people due once one guest is here, as means and variances of how many will come.

    `mates` are those of the guest's own territory, `free` those of territories that sit nowhere
    yet, who may be sent anywhere; `party` is how many of them come at once, on average.
    """

    # fmt: off
    __slots__ = ("_home", "_rest", "_sure", "free", "free_variance", "mates", "mates_variance",
                 "party")
    # fmt: on

    def __init__(self, state: RoomState, guest: Guest) -> None:
        self._home = home = state.homes.get(guest.territory) if guest.territory else None
        own = PLACE_OF_SIDE[guest.side]
        here = guest.id in state.due
        mine, nowhere = Awaited(), Awaited()
        nowhere.add(state.nowhere, 1)
        if home is not None:
            for side, due in enumerate(home.due):
                mine.count(due - (here and side == own), side == own or home.came[side] > 0)
            if home.main is None:
                nowhere.add(home.awaited, -1)
        elif here:
            nowhere.add_alone(-1)
        self._sure = chance_later(AWAY_ALONE, state.share_in)
        self._rest = chance_later(state.no_show, state.share_in)
        self.mates, self.mates_variance = self._coming(mine)
        self.free, self.free_variance = self._coming(nowhere)
        self.party = nowhere.others / nowhere.parties if nowhere.parties else 1.0

    def _coming(self, awaited: Awaited) -> tuple[float, float]:
        """Mean and variance of how many of the people due come."""
        sure, rest = self._sure, self._rest
        return (
            sure * awaited.sure + rest * awaited.others,
            sure * (1 - sure) * awaited.sure_squares + rest * (1 - rest) * awaited.others_squares,
        )

    def due_at(self, place: Place) -> tuple[float, float]:
        """Mean and variance of how many come for whom chairs are held at a table.

        Their territory sits there, or they are pinned to it. The guest's own territory is left
        out: it is one of them who asks.
        """
        awaited, home = place.awaited, self._home
        if not awaited.sure and not awaited.others:
            return float(place.pins), 0.0
        if home is not None and home.main == place.number:
            awaited = Awaited()
            awaited.add(place.awaited, 1)
            awaited.add(home.awaited, -1)
        mean, variance = self._coming(awaited)
        return mean + place.pins, variance
