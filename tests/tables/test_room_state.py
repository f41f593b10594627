"""A room kept up to date at the door answers as one built anew, whatever happened before."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.tables.arrival import RoomState, arrival_seat
from checkin.tables.room import Guest, Room, Side, Table
from tests.tables.facts import facts

LANGUAGES = ("en", "fr", "de", "pl", "hu")
SIDES = tuple(Side)


class Day:
    """A random day: the facts as a file would hold them, and the room that follows them."""

    def __init__(self, seed: int) -> None:
        self.random = random = Random(seed)
        self.tables = tuple(
            Table(n, random.choice((3, 6)), random.choice((2, 4)), random.random() > 0.1,
                  random.random() < 0.3, random.choice(("", "Ann")))
            for n in range(1, random.choice((2, 4, 7)))
        )  # fmt: skip
        self.everybody = [self.guest(f"g{n}") for n in range(random.choice((6, 15, 30)))]
        pairs = [tuple(random.sample([g.id for g in self.everybody], 2)) for _ in range(4)]
        self.together, self.apart = tuple(pairs[:2]), tuple(pairs[2:])
        self.here: dict[str, tuple[Guest, int]] = {}
        self.due = {guest.id: guest for guest in self.everybody if random.random() < 0.8}
        self.plan = {id: self.any_table() for id in self.due if random.random() < 0.6}
        self.in_by_now = random.choice((None, 0.3, 0.9))
        self.room = self.built_anew()

    def guest(self, id: str) -> Guest:
        random = self.random
        spoken = tuple(random.sample(LANGUAGES, random.choice((1, 1, 2))))
        territory = random.choice(("", "Lazio", "Toscana", "Wallonie", "Mazowsze"))
        return Guest(
            id,
            territory,
            random.choice(SIDES),
            spoken if random.random() < 0.5 else ("en",),
            step_free=random.random() < 0.1,
            pin=self.any_table() if random.random() < 0.1 else None,
            name=id.capitalize(),
        )

    def any_table(self) -> int:
        """A table; now and then one that the event does not have."""
        return self.random.randint(1, len(self.tables) + 1)

    def built_anew(self) -> RoomState:
        guests = tuple(guest for guest, _ in self.here.values())
        return RoomState(
            Room(self.tables, guests, self.together, self.apart, languages=("en", "fr")),
            {id: table for id, (_, table) in self.here.items()},
            self.due.values(),
            self.plan,
            0.28,
            in_by_now=self.in_by_now,
        )

    def step(self) -> None:
        """Somebody arrives, leaves, comes back, is expected, cancelled, moved, or walks in."""
        random = self.random
        guest = random.choice(self.everybody)
        if random.random() < 0.1:
            guest = self.guest(f"w{len(self.everybody)}")
            self.everybody.append(guest)
        what = random.choice(
            ("arrives", "arrives", "arrives", "sits", "leaves", "expected", "drop")
        )
        if what == "arrives" and guest.id not in self.here:
            table = arrival_seat(self.room, guest).table
            self.gone(guest.id)
            if table is None:
                self.room.drop(guest.id)
            else:
                self.here[guest.id] = (guest, table)
                self.room.seat(guest, table)
        elif what == "sits":
            self.gone(guest.id)
            self.here[guest.id] = (guest, self.any_table())
            self.room.seat(*self.here[guest.id])
        elif what == "leaves" and guest.id in self.here:
            self.gone(guest.id)
            self.room.leave(guest.id)
        elif what == "expected":
            self.gone(guest.id)
            self.due[guest.id] = guest
            if random.random() < 0.5:
                self.plan[guest.id] = self.any_table()
            self.room.expect(guest, self.plan.get(guest.id))
        elif what == "drop":
            self.gone(guest.id)
            self.room.drop(guest.id)

    def gone(self, id: str) -> None:
        self.here.pop(id, None)
        self.due.pop(id, None)
        self.plan.pop(id, None)


@given(seed=st.integers(0, 2**32), steps=st.integers(1, 80))
def test_a_room_kept_up_to_date_answers_as_one_built_anew(seed: int, steps: int) -> None:
    day = Day(seed)
    for _ in range(steps):
        day.step()
    anew = day.built_anew()
    assert facts(day.room) == facts(anew)
    strangers = [day.guest(f"x{n}") for n in range(5)]
    for guest in [*day.due.values(), *strangers]:
        assert arrival_seat(day.room, guest) == arrival_seat(anew, guest)


@pytest.mark.parametrize("seed", range(5))
def test_asking_for_a_seat_changes_nothing(seed: int) -> None:
    day = Day(seed)
    for _ in range(20):
        day.step()
    before = facts(day.room)
    for guest in day.everybody:
        if guest.id not in day.here:
            arrival_seat(day.room, guest)
    assert facts(day.room) == before


def test_people_of_a_table_stay_in_the_order_in_which_they_came() -> None:
    table = Table(1, 6, 2)
    state = RoomState(Room((table,), ()), {})
    for name, came in (("bo", "09:02"), ("ana", "09:01"), ("cy", "09:03")):
        state.seat(Guest(name, "Lazio", Side.LOCAL, name=name.capitalize()), 1, (came, 1))
    assert list(state.places[1].people) == ["ana", "bo", "cy"]
    answer = arrival_seat(state, Guest("di", "Lazio", Side.REGION))
    assert answer.reason == "Ana of Lazio sits there."
