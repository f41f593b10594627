"""The quick answer at the door is the plain one: the same table, and the same reason."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checkin.tables.arrival import NEAR, arrival_seat
from checkin.tables.outlook import Outlook
from checkin.tables.stakes import Stakes
from tests.tables.plain_arrival import plain_arrival_seat
from tests.tables.random_days import Day

DAYS = st.builds(Day, st.integers(0, 2**32))


@given(day=DAYS, steps=st.integers(1, 80))
def test_whoever_comes_is_told_what_pricing_every_table_anew_would_tell(
    day: Day, steps: int
) -> None:
    for _ in range(steps):
        day.step()
        for guest in day.some_who_may_come():
            told = day.random.choice((None, None, day.any_table()))
            plain = plain_arrival_seat(day.room, guest, told)
            assert arrival_seat(day.room, guest, told) == plain


@given(day=DAYS, steps=st.integers(1, 60))
def test_no_table_costs_less_than_the_least_that_it_is_said_to_cost(day: Day, steps: int) -> None:
    for _ in range(steps):
        day.step()
    for guest in day.some_who_may_come():
        kept = {day.any_table() for _ in range(day.random.choice((0, 0, 3)))}
        stakes = Stakes(day.room, Outlook(day.room, guest), kept)
        tables = list(stakes.outlook.prospects.at.values())
        for at, least in zip(tables, stakes.least(tables), strict=True):
            assert stakes.points_at(at) >= least - NEAR
