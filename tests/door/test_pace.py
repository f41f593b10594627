"""The pace of arrivals and the forecast."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from checkin.door.pace import forecast, likely, per_minute, ready_words, sentence

NOW = datetime(2024, 10, 9, 7, 1, 0, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def test_arrivals_are_counted_by_minute_oldest_first() -> None:
    arrivals = [ago(0), ago(59), ago(60), ago(150), ago(599), ago(600), ago(-5)]
    assert per_minute(arrivals, NOW, 10) == [1, 0, 0, 0, 0, 0, 0, 1, 1, 2]
    assert per_minute([], NOW, 3) == [0, 0, 0]


def test_the_forecast_reads_as_on_the_screen() -> None:
    counts = [0, 0, 5, 7, 6, 6, 6, 6, 6, 6]
    said = forecast(32, 45, counts, NOW)
    assert sentence(said, "Europe/Brussels") == "32 of 45 in, 6 a minute, ready at ~09:04"
    assert said.a_minute == 6


def test_the_pace_counts_from_the_first_arrival_so_that_the_start_is_not_slow() -> None:
    assert forecast(6, 45, [0, 0, 0, 0, 0, 0, 0, 0, 0, 6], NOW).a_minute == 6


def test_two_arrivals_foretell_nothing_and_nobody_says_only_how_many() -> None:
    assert forecast(2, 45, [0, 0, 1, 1], NOW).ready_at is None
    assert sentence(forecast(0, 45, [0] * 10, NOW), "UTC") == "0 of 45 in"


def test_a_trickle_foretells_nothing_far_away() -> None:
    slow = forecast(3, 60, [1, 0, 0, 1, 0, 0, 0, 0, 0, 1], NOW)
    assert slow.ready_at is None
    assert sentence(slow, "UTC") == "3 of 60 in, 0.3 a minute"


def test_a_time_farther_than_an_hour_and_a_half_is_not_told() -> None:
    assert forecast(10, 100, [1] * 10, NOW).ready_at is not None
    assert forecast(10, 101, [1] * 10, NOW).ready_at is None


def test_everybody_in_is_ready() -> None:
    said = forecast(45, 45, [0, 6, 6], NOW)
    assert said.ready
    assert sentence(said, "UTC") == "45 of 45 in"


def test_the_time_is_the_events_not_utc() -> None:
    said = forecast(0, 60, [6] * 10, NOW)
    assert sentence(said, "Europe/Helsinki").endswith("ready at ~10:11")
    assert sentence(said, "UTC").endswith("ready at ~07:11")


def test_the_doors_words_say_of_how_many_the_time_is() -> None:
    said = forecast(32, 45, [0, 0, 5, 7, 6, 6, 6, 6, 6, 6], NOW)
    assert ready_words(said, "Europe/Brussels") == "45 in by ~09:04"
    assert ready_words(forecast(45, 45, [6], NOW), "Europe/Brussels") == ""


def test_those_who_will_likely_come_are_no_more_than_the_room_holds() -> None:
    assert likely(0, 60, 0.25) == 45
    assert likely(50, 10, 0.25) == 50, "who came is not taken for a no-show"
    assert likely(3, 57, 0.25, places=30) == 30
    assert likely(31, 0, 0, places=30) == 31, "a supervisor let one more in"
