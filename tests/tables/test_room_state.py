"""A room kept up to date at the door answers as one built anew, whatever happened before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.tables.arrival import RoomState, arrival_seat
from checkin.tables.room import Guest, Room, Side, Table
from tests.tables.facts import facts
from tests.tables.random_days import Day


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
