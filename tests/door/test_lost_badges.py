"""A lost badge is closed: the one that was named, or by name every badge of that person."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.door.answers import Kind
from checkin.door.desk import Door
from checkin.door.registrations import Reason
from checkin.event.proof import verify
from checkin.people import Person
from tests.day import command, opened, who


@pytest.fixture
def both(day: Path) -> tuple[Person, Person]:
    """The two registrations of Johanna Berg, merged: the first stays."""
    one, other = who(day, "Johanna Berg", 0), who(day, "Johanna Berg", 1)
    with opened(day) as door:
        door.registrations.merge(one.id, other.id)
    return one, other


def kinds(door: Door, *codes: str) -> list[Kind]:
    """The answers to codes, each taken back where it let somebody in."""
    told = []
    for code in codes:
        (answer,) = door.scan(code)
        told.append(answer.kind)
        if answer.kind is Kind.WELCOME:
            door.undo()
    return told


def test_of_two_badges_the_one_that_was_named_is_closed(
    day: Path, both: tuple[Person, Person]
) -> None:
    one, other = both
    with opened(day) as door:
        door.registrations.replace_badge(one.id, Reason.LOST, code=other.code)
        assert door.person(one.id).code == one.code
        assert kinds(door, other.code, one.code) == [Kind.REPLACED, Kind.WELCOME]
        assert verify(door.session).ok


def test_by_name_every_badge_of_that_person_is_closed(
    day: Path, both: tuple[Person, Person]
) -> None:
    one, other = both
    with opened(day) as door:
        new = door.registrations.replace_badge(one.id, Reason.LOST).code
        assert kinds(door, other.code, one.code, new) == [
            Kind.REPLACED,
            Kind.REPLACED,
            Kind.WELCOME,
        ]


def test_one_undo_opens_every_badge_again(day: Path, both: tuple[Person, Person]) -> None:
    one, other = both
    with opened(day) as door:
        door.registrations.replace_badge(one.id, Reason.LOST)
        assert door.undo().say == "Undone: the new badge of Johanna Berg."
        assert kinds(door, one.code, other.code) == [Kind.WELCOME, Kind.WELCOME]


def test_a_badge_of_the_other_registration_is_given_back_by_naming_who_stays(
    day: Path, both: tuple[Person, Person]
) -> None:
    one, other = both
    with opened(day) as door:
        door.registrations.replace_badge(one.id, Reason.LOST, code=other.code)
        door.undo(one.id)
        assert kinds(door, other.code) == [Kind.WELCOME]


def test_the_command_closes_the_badge_whose_code_it_is_given(
    day: Path, both: tuple[Person, Person]
) -> None:
    one, other = both
    command("--event", day, "replace-badge", other.code.lower(), "--reason", "lost")
    with opened(day) as door:
        assert kinds(door, other.code, one.code) == [Kind.REPLACED, Kind.WELCOME]


def test_badges_printed_as_lost_close_the_code_they_are_given(
    day: Path, both: tuple[Person, Person], tmp_path: Path
) -> None:
    one, other = both
    command("--event", day, "badges", tmp_path / "b.pdf", other.code, "--reason", "lost")
    with opened(day) as door:
        assert kinds(door, other.code, one.code) == [Kind.REPLACED, Kind.WELCOME]
