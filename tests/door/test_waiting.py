"""The waiting list: how many chairs are free and why, who is called, and taking it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.door.answers import Kind
from checkin.door.waiting import Crowd, free_chairs
from checkin.door.waiting_list import limit_of
from checkin.errors import RefusedError
from checkin.event.proof import rebuild_folds, verify
from checkin.event.settings import EventSettings
from checkin.people import State
from tests.day import DAY, ByCommand, ByService, entry, everybody, journal_of, make_day, opened, who

MORNING = Crowd(limit=50, here=0, due=60, came=0, no_show=0.28, in_by_now=None, begun=False)


def test_before_the_doors_the_usual_no_shows_leave_chairs() -> None:
    chairs = free_chairs(MORNING)
    assert (chairs.kept, chairs.free) == (44, 6)
    assert chairs.why == "50 chairs, 0 here, 60 still due, of whom 44 will come as a rule."


def test_chairs_are_kept_for_who_is_still_expected_while_people_come() -> None:
    chairs = free_chairs(replace(MORNING, here=31, came=31, due=29, in_by_now=0.7))
    assert chairs.kept < 29
    assert chairs.free == 50 - 31 - chairs.kept


def test_once_the_programme_has_begun_the_chairs_of_no_shows_are_free() -> None:
    chairs = free_chairs(replace(MORNING, here=40, came=42, due=18, in_by_now=1.0, begun=True))
    assert (chairs.kept, chairs.free) == (0, 10)
    assert chairs.why == "50 chairs, 40 here; the programme has begun and 18 people did not come."


def test_a_full_room_has_no_chair_and_never_less_than_none() -> None:
    chairs = free_chairs(replace(MORNING, here=55, came=55, due=5))
    assert chairs.free == 0


def test_with_nobody_due_every_chair_left_is_free() -> None:
    chairs = free_chairs(replace(MORNING, here=48, came=60, due=0))
    assert chairs.free == 2
    assert chairs.why == "50 chairs, 48 here, nobody is due any more."


def test_without_no_shows_every_chair_of_the_due_is_kept() -> None:
    chairs = free_chairs(replace(MORNING, no_show=0.0, due=30))
    assert (chairs.kept, chairs.free) == (30, 20)
    assert chairs.why == "50 chairs, 0 here, 30 still due, who may all come."


@given(
    limit=st.integers(1, 600),
    here=st.integers(0, 600),
    left=st.integers(0, 50),
    due=st.integers(0, 600),
    no_show=st.floats(0, 0.9),
    share=st.none() | st.floats(0, 1),
    begun=st.booleans(),
)
def test_no_chair_is_given_twice(
    limit: int, here: int, left: int, due: int, no_show: float, share: float | None, begun: bool
) -> None:
    crowd = Crowd(limit, here, due, here + left, no_show, share, begun)
    chairs = free_chairs(crowd)
    assert 0 <= chairs.kept <= due
    assert chairs.free == max(limit - here - chairs.kept, 0)
    assert free_chairs(replace(crowd, begun=True)).free >= chairs.free


def test_the_smallest_limit_counts() -> None:
    plain = EventSettings("Day", DAY, tables=4, seats=6)
    assert limit_of(plain) == 24
    assert limit_of(replace(plain, capacity=20)) == 20
    assert limit_of(replace(plain, capacity=20, places=18)) == 18
    assert limit_of(replace(plain, places=60)) == 24


def queue(day: Path) -> list[str]:
    with opened(day) as door:
        return [person.given_name for person in door.waiting.look().line]


def test_people_wait_in_the_order_of_their_registration(day: Path) -> None:
    assert queue(day) == ["Ana", "Luc"]


def test_chairs_given_away_are_one_act_with_one_undo(day: Path) -> None:
    with opened(day) as door:
        called = door.waiting.release(2)
        assert [person.full_name for person in called] == ["Ana Horvat", "Luc Peeters"]
        assert {person.state for person in called} == {State.EXPECTED}
        assert queue(day) == []
        assert door.scan(called[0].code)[0].kind is Kind.WELCOME
        door.undo()
        assert door.undo(called[0].id).kind is Kind.UNDONE
        assert queue(day) == ["Ana"]
    with opened(day, "B") as door:
        door.waiting.release(1)
        answer = door.undo()
        assert (answer.kind, answer.say) == (Kind.UNDONE, "Undone: Ana Horvat.")
        rebuild_folds(door.session)
        assert verify(door.session).ok
    assert queue(day) == ["Ana"]


def test_the_undo_of_a_release_says_how_many_wait_again(day: Path) -> None:
    with opened(day) as door:
        door.waiting.release(2)
        assert door.undo().say == "Undone: Luc Peeters and 1 other."
    acts = {each.payload["act"] for each in journal_of(day, "status_set")}
    assert len(acts) == 1
    assert queue(day) == ["Ana", "Luc"]


def test_nobody_is_called_when_nobody_waits_or_no_chair_is_free(day: Path) -> None:
    with opened(day) as door:
        with pytest.raises(RefusedError, match="no chair is free"):
            door.waiting.release(0)
        door.waiting.release(5)
        with pytest.raises(RefusedError, match="Nobody is on the waiting list"):
            door.waiting.release(1)


def test_a_live_morning_gives_away_more_chairs_once_the_programme_began(tmp_path: Path) -> None:
    people = [entry("Anna", f"K{number}") for number in range(9)]
    people.append(entry("Luc", "Peeters", status=State.WAITLISTED))
    day = make_day(tmp_path, tuple(people), live=True, capacity=9, no_show=0.0)
    desk = ByService(day)
    assert desk.door.waiting.chairs().free == 0
    desk.scan(who(day, "Anna K0").code)
    desk.now += dt.timedelta(hours=1)
    chairs = desk.door.waiting.chairs()
    assert (chairs.free, chairs.kept) == (8, 0)
    desk.close()


def test_the_command_line_shows_the_queue_and_gives_chairs_away(day: Path) -> None:
    run = ByCommand(day).run
    shown = run("waitlist")
    assert shown.status == 0
    assert [person["family_name"] for person in shown.json["waiting"]] == ["Horvat", "Peeters"]
    assert shown.json["free"] == 24 - shown.json["kept"]
    done = run("waitlist", "--release", "1").json
    assert [person["family_name"] for person in done["called"]] == ["Horvat"]
    assert [person["family_name"] for person in done["waiting"]] == ["Peeters"]
    assert run("undo").json["person"]["state"] == "waitlisted"
    assert len(run("waitlist", "--release-free").json["called"]) == 2
    assert run("waitlist", "--release", "1").status == 1
    assert run("waitlist", "--release", "1", "--release-free").status == 2
    states = {person.full_name: person.state for person in everybody(day)}
    assert states["Luc Peeters"] is State.EXPECTED
