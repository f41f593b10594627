"""An undo after something was done to a badge takes that back, and never sends anybody home."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checkin.badges.printing import Badges
from checkin.door.answers import Kind
from checkin.door.registrations import Reason
from checkin.event.proof import verify
from checkin.people import State
from tests.day import Desk, command, opened, who

At = Callable[..., Desk]


def test_an_undo_after_a_lost_badge_keeps_the_guest_in_and_opens_the_old_code_again(
    day: Path, tmp_path: Path
) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day) as door:
        door.scan(marc.code)
        new = door.registrations.replace_badge(marc.id, Reason.LOST).code
        Badges(door.session).write(tmp_path / "one.pdf", [marc.id], reason="lost")
        following = door.next_undo()
        assert following is not None
        assert "Lefèvre" in following.name
        answer = door.undo()
        assert answer.kind is Kind.UNDONE
        assert answer.say == "Undone: the new badge of Marc Lefèvre."
        assert door.person(marc.id).state is State.HERE
        assert door.person(marc.id).code == marc.code
        assert door.scan(marc.code)[0].kind in (Kind.ALREADY_IN, Kind.OWN_REPEAT)
        (printed,) = door.scan(new)
        assert printed.kind is Kind.REPLACED, "the badge printed meanwhile says whose it was"
        assert printed.person is not None
        assert printed.person.id == marc.id
        assert door.undo().kind is Kind.NOTHING_TO_UNDO
        assert verify(door.session).ok


def test_a_badge_lost_twice_is_taken_back_step_by_step(day: Path) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day) as door:
        second = door.registrations.replace_badge(marc.id, Reason.LOST).code
        third = door.registrations.replace_badge(marc.id, Reason.LOST).code
        door.undo(marc.id)
        assert door.person(marc.id).code == second
        door.undo(marc.id)
        assert door.person(marc.id).code == marc.code
        assert [door.scan(code)[0].kind for code in (second, third)] == [Kind.REPLACED] * 2
        assert door.scan(marc.code)[0].kind is Kind.WELCOME


def test_an_undo_after_another_badge_text_puts_the_text_before_back(day: Path) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day) as door:
        door.registrations.correct_badge(marc.id, "Marco")
        door.check_in(marc.id)
        door.registrations.correct_badge(marc.id, "M. Lefèvre")
        answer = door.undo()
        assert answer.say == "Undone: the badge text of Marc Lefèvre."
        assert answer.next == "It says Marco again."
        person = door.person(marc.id)
        assert (person.badge_name, person.state) == ("Marco", State.HERE)
        assert [each.person.id for each in door.find("marco")][:1] == [marc.id]


def test_a_lost_badge_with_another_text_is_one_act(day: Path) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day) as door:
        door.registrations.replace_badge(marc.id, Reason.LOST, text="Marco")
        assert door.undo().kind is Kind.UNDONE
        person = door.person(marc.id)
        assert (person.badge_name, person.code) == ("", marc.code)


def test_a_badge_replaced_again_elsewhere_is_not_taken_back(day: Path) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day) as door, opened(day, "B") as other:
        door.check_in(marc.id)
        door.registrations.replace_badge(marc.id, Reason.LOST)
        newest = other.registrations.replace_badge(marc.id, Reason.LOST).code
        answer = door.undo()
        assert answer.kind is Kind.NOTHING_TO_UNDO
        assert "can't be taken back: it was replaced again since" in answer.say
        assert door.person(marc.id).state is State.HERE
        assert door.person(marc.id).code == newest


def test_a_text_corrected_again_elsewhere_is_not_taken_back(day: Path) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day) as door, opened(day, "B") as other:
        door.registrations.correct_badge(marc.id, "Marco")
        other.registrations.correct_badge(marc.id, "Marcus")
        assert door.undo().kind is Kind.NOTHING_TO_UNDO
        assert door.person(marc.id).badge_name == "Marcus"


def test_after_a_damaged_badge_was_printed_again_an_undo_does_nothing(
    day: Path, tmp_path: Path
) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day) as door:
        door.scan(marc.code)
        Badges(door.session).write(tmp_path / "one.pdf", [marc.id], reason="damaged")
        assert door.next_undo() is None
        answer = door.undo()
        assert answer.kind is Kind.NOTHING_TO_UNDO
        assert "Marc Lefèvre can't be taken back: it was only printed once more" in answer.say
        assert door.person(marc.id).state is State.HERE
        assert door.undo(marc.id).kind is Kind.UNDONE, "by name the check-in is"


def test_an_undo_after_a_merge_and_a_lost_badge_leaves_the_merge(day: Path) -> None:
    one, other = who(day, "Johanna Berg", 0), who(day, "Johanna Berg", 1)
    with opened(day) as door:
        door.registrations.merge(one.id, other.id)
        door.registrations.replace_badge(one.id, Reason.LOST)
        assert door.undo().say == "Undone: the new badge of Johanna Berg."
        assert door.meant(other.code)[0].id == one.id
        assert door.person(one.id).code == one.code


def test_the_commands_take_a_badge_back_alike(day: Path) -> None:
    marc = who(day, "Marc Lefèvre")
    event = ("--event", day, "--desk", "A")
    command(*event, "in", marc.code)
    command(*event, "replace-badge", marc.code, "--reason", "lost")
    assert command(*event, "undo").out.startswith("Undone: the new badge of Marc Lefèvre.")
    command(*event, "badge-text", marc.code, "Marco")
    assert command(*event, "undo").out.startswith("Undone: the badge text of Marc Lefèvre.")
    after = who(day, "Marc Lefèvre")
    assert (after.state, after.code, after.badge_name) == (State.HERE, marc.code, "")
