"""People who come together: one answer that says who is in, who is not, and why; nobody twice."""

from __future__ import annotations

from pathlib import Path

from checkin.door.admission import Override
from checkin.door.answers import Answer, Kind
from checkin.door.groups import as_one
from checkin.people import State
from tests.day import make_day, opened, who

COLLEAGUES = ("Claire Dupont", "Marc Lefèvre", "Inès Moreau")


def group_of(path: Path, *, override: Override | None = None) -> Answer:
    with opened(path) as door:
        ids = [who(path, name).id for name in COLLEAGUES]
        return as_one(door.check_in_group(ids, override=override))


def test_a_group_in_a_nearly_full_room_says_who_stays_out_and_why(tmp_path: Path) -> None:
    answer = group_of(make_day(tmp_path, capacity=2))
    assert answer.say == "2 of 3 are in."
    assert answer.next == "Not in, the room is full: Inès Moreau."
    assert [(kind, person.full_name) for kind, person in answer.not_in] == [
        (Kind.FULL, "Inès Moreau")
    ]


def test_names_that_stay_out_for_one_reason_stand_in_one_sentence(tmp_path: Path) -> None:
    answer = group_of(make_day(tmp_path, capacity=1))
    assert answer.next == "Not in, the room is full: Marc Lefèvre, Inès Moreau."


def test_a_group_that_finds_the_room_full_hears_that_nobody_is_in(tmp_path: Path) -> None:
    path = make_day(tmp_path, capacity=1)
    with opened(path) as door:
        door.check_in(who(path, "Johanna Berg", 0).id)
    answer = group_of(path)
    assert answer.say == "Nobody of the group is in."
    assert len(answer.not_in) == len(COLLEAGUES)


def test_a_supervisors_word_lets_the_whole_group_in(tmp_path: Path) -> None:
    answer = group_of(make_day(tmp_path, capacity=1), override=Override("Ada", "the minister"))
    assert answer.say == "3 people are in."
    assert answer.not_in == ()


def test_a_group_asks_before_it_counts_a_person_twice(day: Path) -> None:
    one, other = who(day, "Johanna Berg", 0), who(day, "Johanna Berg", 1)
    with opened(day) as door:
        assert door.twice.among((one, other)) == (frozenset((one.id, other.id)),)
        answer = as_one(door.check_in_group([one.id, other.id]))
        assert answer.say == "1 of 2 are in."
        assert answer.next == "Not in, registered twice (F10): Johanna Berg."
        assert door.person(other.id).state is State.EXPECTED
        door.registrations.tell_apart(one.id, other.id)
        assert door.twice.among((one, other)) == ()
        assert as_one(door.check_in_group([other.id])).kind is Kind.WELCOME
