"""The quick answer at the door is the plain one: the same table, and the same reason."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checkin.tables.arrival import arrival_seat
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
