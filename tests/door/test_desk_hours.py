"""Opening hours of LIVE events by the wall clock of their zone, and clocks that are wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from checkin.event.proof import verify
from tests.day import ByService, Desk, journal_of, make_day, opened, who

At = Callable[..., Desk]


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_before_the_doors_and_after_the_end_the_answer_tells_the_local_time(
    tmp_path: Path, at: At
) -> None:
    path = make_day(tmp_path, live=True, start=dt.time(9), end=dt.time(14))
    marc = who(path, "Marc Lefèvre")
    desk = at(path)
    desk.now = utc("2027-03-10 06:59:59")
    (answer,) = desk.scan(marc.code)
    assert answer["answer"] == "not_yet"
    assert "08:00" in answer["say"]
    desk.now = utc("2027-03-10 13:00")
    (answer,) = desk.scan(marc.code)
    assert answer["answer"] == "too_late"
    assert "14:00" in answer["say"]
    desk.now = utc("2027-03-10 07:00")
    (answer,) = desk.scan(marc.code)
    assert answer["answer"] == "welcome"


def test_departures_are_taken_at_any_hour(tmp_path: Path) -> None:
    path = make_day(tmp_path, live=True)
    marc = who(path, "Marc Lefèvre")
    desk = ByService(path)
    desk.scan(marc.code)
    desk.now = utc("2027-03-10 20:00")
    assert desk.out(marc.id)["answer"] == "left"
    desk.close()


def test_a_supervisor_admits_outside_the_hours(tmp_path: Path) -> None:
    path = make_day(tmp_path, live=True)
    desk = ByService(path, now=utc("2027-03-10 05:00"))
    marc = who(path, "Marc Lefèvre")
    assert desk.enter(marc.id)["answer"] == "not_yet"
    answer = desk.enter(marc.id, ("Ada", "sets up the room"))
    assert answer["answer"] == "welcome"
    assert "outside the opening hours" in answer["next"]
    desk.close()


def test_a_practice_event_keeps_no_hours(day: Path, at: At) -> None:
    desk = at(day)
    desk.now = utc("2027-03-10 01:00")
    assert desk.scan(who(day, "Marc Lefèvre").code)[0]["answer"] == "welcome"


@pytest.mark.parametrize(
    ("day", "doors", "closed", "opened_at"),
    [
        ("2027-03-28", "03:30", "2027-03-28 01:29:59", "2027-03-28 01:30"),
        ("2027-10-31", "03:30", "2027-10-31 02:29:59", "2027-10-31 02:30"),
        ("2027-03-28", "08:00", "2027-03-28 05:59:59", "2027-03-28 06:00"),
        ("2027-10-31", "08:00", "2027-10-31 06:59:59", "2027-10-31 07:00"),
        ("2027-03-10", "00:00", "2027-03-09 22:59:59", "2027-03-09 23:00"),
    ],
)
def test_the_doors_follow_the_wall_clock_through_midnight_and_daylight_saving(
    tmp_path: Path, at: At, day: str, doors: str, closed: str, opened_at: str
) -> None:
    path = make_day(
        tmp_path, live=True, date=dt.date.fromisoformat(day), doors=dt.time.fromisoformat(doors)
    )
    marc = who(path, "Marc Lefèvre")
    desk = at(path)
    desk.now = utc(closed)
    assert desk.scan(marc.code)[0]["answer"] == "not_yet"
    desk.now = utc(opened_at)
    assert desk.scan(marc.code)[0]["answer"] == "welcome"


def test_an_event_that_starts_at_midnight_opens_the_evening_before(tmp_path: Path, at: At) -> None:
    path = make_day(tmp_path, live=True, start=dt.time(0, 30), end=dt.time(6))
    desk = at(path)
    desk.now = utc("2027-03-09 22:29")
    assert desk.scan(who(path, "Marc Lefèvre").code)[0]["answer"] == "not_yet"
    desk.now = utc("2027-03-09 22:30")
    assert desk.scan(who(path, "Marc Lefèvre").code)[0]["answer"] == "welcome"


def test_a_clock_ten_years_ahead_is_an_alarm_and_stops_nobody(tmp_path: Path, at: At) -> None:
    path = make_day(tmp_path, live=True)
    marc = who(path, "Marc Lefèvre")
    desk = at(path)
    desk.now = utc("2037-03-10 07:30")
    (answer,) = desk.scan(marc.code)
    assert answer["answer"] == "welcome"
    assert "clock" in answer["next"]
    assert "clock_far" in journal_of(path, "arrived")[0].payload["flags"]
    desk.now = utc("2027-03-10 07:31")
    assert desk.out(marc.id)["answer"] == "left"
    (answer,) = desk.scan(marc.code)
    assert answer["answer"] == "welcome_back"
    assert answer["person"]["state"] == "here"
    with opened(path) as door:
        assert verify(door.session).ok
