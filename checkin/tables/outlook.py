"""What the people still due let expect, seen from one arrival: how many follow, and how surely.

An `Outlook` is made for one guest and holds until the room changes. People of one side of a
territory, a *party*, come or stay away together: where one has come, most of the others do. Whoever
isn't here is the less likely to come, the later it is.
"""

from __future__ import annotations

from checkin.tables.places import PLACE_OF_SIDE, Awaited, Home, Place
from checkin.tables.prospects import Prospect
from checkin.tables.room import Guest
from checkin.tables.room_state import RoomState


class Outlook:
    """The people due once one guest is here, as means and variances of how many will come.

    `mates` are those of the guest's own territory, `free` those of territories that sit nowhere
    yet, who may be sent anywhere; `party` is how many of them come at once, on average. `own` is
    the table where the guest's territory sits, without those of it who are due: it is one of them
    who asks.
    """

    # fmt: off
    __slots__ = ("free", "free_variance", "mates", "mates_variance", "own", "party", "prospects")
    # fmt: on

    def __init__(self, state: RoomState, guest: Guest) -> None:
        self.prospects = prospects = state.prospects
        prospects.catch_up(state.share_in, state.no_show)
        sure, rest = prospects.sure, prospects.rest
        here = guest.id in state.due
        home = state.homes.get(guest.territory) if guest.territory else None
        self.mates = self.mates_variance = 0.0
        self.own: Prospect | None = None
        nowhere = state.nowhere
        # What is due of those who sit nowhere, less the guest's own.
        begun, begun_squares = nowhere.sure, nowhere.sure_squares
        others, squares, parties = nowhere.others, nowhere.others_squares, nowhere.parties
        if home is not None:
            due = home.awaited
            self._expect_mates(home, PLACE_OF_SIDE[guest.side], here)
            if home.main is not None:
                self.own = self._without(due, home.main)
            else:
                begun, begun_squares = begun - due.sure, begun_squares - due.sure_squares
                others, squares = others - due.others, squares - due.others_squares
                parties -= due.parties
        elif here:
            others, squares, parties = others - 1, squares - 1, parties - 1
        self.free = sure * begun + rest * others
        self.free_variance = sure * (1 - sure) * begun_squares + rest * (1 - rest) * squares
        self.party = others / parties if parties else 1.0

    def _expect_mates(self, home: Home, own: int, here: bool) -> None:
        """Takes the guest's side as begun: the guest, who is due no more, has come."""
        due = home.awaited
        mine = home.due[own]
        left = mine - here
        sure, squares = due.sure + left, due.sure_squares + left * left
        others, others_squares = due.others, due.others_squares
        if home.came[own] > 0:
            sure, squares = sure - mine, squares - mine * mine
        else:
            others, others_squares = others - mine, others_squares - mine * mine
        chance, lower = self.prospects.sure, self.prospects.rest
        self.mates = chance * sure + lower * others
        self.mates_variance = chance * (1 - chance) * squares + lower * (1 - lower) * others_squares

    def _without(self, due: Awaited, number: int) -> Prospect | None:
        """The table in use without those due of one territory; None where that changes nothing."""
        found = self.prospects.at.get(number)
        if found is None or not (due.sure or due.others):
            return None
        rest = Awaited()
        rest.add(found.place.awaited, 1)
        rest.add(due, -1)
        without = Prospect(found.place)
        without.look(rest, self.prospects.sure, self.prospects.rest)
        return without

    def of(self, place: Place) -> Prospect | None:
        """Returns a table in use as the guest leaves it; None where nobody sits, or it's closed."""
        if self.own is not None and self.own.place is place:
            return self.own
        return self.prospects.at.get(place.number)

    def due_at(self, place: Place) -> tuple[float, float]:
        """Mean and variance of how many come for whom chairs are held at an open table."""
        found = self.of(place)
        return (found.due, found.variance) if found is not None else (float(place.pins), 0.0)
