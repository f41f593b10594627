"""Two registrations of one person: noticed, asked about, merged or told apart for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.door import registered_twice
from checkin.door.answers import Kind
from checkin.door.desk import Door
from checkin.errors import RefusedError
from checkin.event.proof import rebuild_folds, verify
from checkin.event.status import status
from checkin.people import State
from checkin.roster.walk_in import WalkIn
from tests.day import PEOPLE, entry, journal_of, make_day, opened, who


def names(door: Door) -> list[frozenset[str]]:
    return [each.ids for each in door.twice.everybody()]


def bergs(day: Path) -> tuple[str, str]:
    return who(day, "Johanna Berg", 0).id, who(day, "Johanna Berg", 1).id


def test_the_bergs_are_proposed_and_the_rossis_of_two_places_are_not(day: Path) -> None:
    one, other = bergs(day)
    with opened(day) as door:
        (twice,) = door.twice.everybody()
        assert twice.ids == {one, other}
        assert twice.why == "Name and territory are the same."
        assert [each.ids for each in door.twice.others(other)] == [{one, other}]
        assert door.twice.others(who(day, "Maria Rossi").id) == []
        assert door.twice.others("nobody") == []


def test_who_is_here_stays_else_the_one_that_says_more_else_the_older(tmp_path: Path) -> None:
    people = (
        entry("Anna", "Kowalska", "Grad Split", country=""),
        entry("Anna", "Kowalska", "Grad Split", email="anna@split.example"),
    )
    day = make_day(tmp_path, people)
    older, newer = who(day, "Anna Kowalska", 0), who(day, "Anna Kowalska", 1)
    with opened(day) as door:
        assert door.twice.everybody()[0].stays.id == newer.id
        door.scan(older.code)
        assert door.twice.everybody()[0].stays.id == older.id
    alike = (entry("Anna", "Kowalska"), entry("Anna", "Kowalska"))
    (tmp_path / "second").mkdir()
    day = make_day(tmp_path / "second", alike)
    with opened(day) as door:
        assert door.twice.everybody()[0].stays.id == who(day, "Anna Kowalska", 0).id


def test_the_second_registration_of_somebody_who_is_here_is_a_question_and_no_second_count(
    day: Path,
) -> None:
    one, other = who(day, "Johanna Berg", 0), who(day, "Johanna Berg", 1)
    with opened(day) as door:
        door.twice.load()
        door.scan(one.code, nonce="a")
        (asked,) = door.scan(other.code, nonce="b")
        assert asked.kind is Kind.NEEDS_CHOICE
        assert [person.id for person in asked.choices] == [one.id, other.id]
        assert asked.say.startswith("Johanna Berg may be here already since 08:30")
        assert status(door.session).here == 1
        (again,) = door.scan(other.code, nonce="b")
        assert (again.kind, again.say) == (asked.kind, asked.say)
        assert verify(door.session).ok


def test_whoever_is_chosen_from_the_question_is_admitted(day: Path) -> None:
    one, other = who(day, "Johanna Berg", 0), who(day, "Johanna Berg", 1)
    with opened(day) as door:
        door.twice.load()
        door.scan(one.code)
        door.scan(other.code)
        assert door.check_in(other.id).kind is Kind.WELCOME


def test_two_people_are_told_apart_once_and_for_all(day: Path) -> None:
    one, other = who(day, "Johanna Berg", 0), who(day, "Johanna Berg", 1)
    with opened(day) as door:
        door.twice.load()
        door.registrations.tell_apart(one.id, other.id)
        assert names(door) == []
        assert door.twice.others(one.id) == []
        door.scan(one.code)
        assert door.scan(other.code)[0].kind is Kind.WELCOME
        rebuild_folds(door.session)
        assert names(door) == []
    (told,) = journal_of(day, "told_apart")
    assert (told.subject, told.payload) == (one.id, {"other": other.id})


def test_telling_apart_is_undone_like_any_act(day: Path) -> None:
    one, other = bergs(day)
    with opened(day) as door:
        door.registrations.tell_apart(one, other)
        assert door.undo().kind is Kind.UNDONE
        assert names(door) == [{one, other}]
        door.registrations.tell_apart(one, other)
        assert door.undo(other).kind is Kind.UNDONE
        assert names(door) == [{one, other}]


def test_one_registration_is_not_told_apart_from_itself(day: Path) -> None:
    one, other = bergs(day)
    with opened(day) as door:
        with pytest.raises(RefusedError):
            door.registrations.tell_apart(one, one)
        door.registrations.merge(one, other)
        with pytest.raises(RefusedError):
            door.registrations.tell_apart(one, other)


def test_after_a_merge_nobody_is_proposed_and_after_its_undo_they_are(day: Path) -> None:
    one, other = bergs(day)
    with opened(day) as door:
        door.registrations.merge(one, other)
        assert names(door) == []
        assert door.twice.others(one) == []
        door.undo()
        assert names(door) == [{one, other}]


def test_a_substitute_of_the_same_name_is_somebody_else(tmp_path: Path) -> None:
    day = make_day(tmp_path, (entry("Anna", "Kowalska"), entry("Piet", "Maes")))
    with opened(day) as door:
        door.substitute(who(day, "Anna Kowalska").id, "Anna", "Kowaslka")
        assert names(door) == []


def test_who_cancelled_is_not_listed_but_told_at_the_door(day: Path) -> None:
    one, other = bergs(day)
    with opened(day) as door:
        door.registrations.cancel(one)
        assert names(door) == []
        (twice,) = door.twice.others(one)
        assert (twice.stays.id, twice.other.state) == (other, State.CANCELLED)


def test_a_walk_in_who_was_registered_is_noticed(day: Path) -> None:
    with opened(day) as door:
        door.load()
        claire = who(day, "Claire Dupont")
        new = door.walk_in(WalkIn("Claire", "Dupont", "Ville de Lille")).person
        assert new
        (twice,) = door.twice.others(new.id)
        assert (twice.stays.id, twice.other.id) == (new.id, claire.id)
        assert door.scan(claire.code)[0].kind is Kind.NEEDS_CHOICE


def test_a_large_event_is_looked_through_in_another_process(
    day: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registered_twice, "SMALL", len(PEOPLE) - 1)
    one, other = bergs(day)
    with opened(day) as door:
        assert not door.twice.is_quick
        assert names(door) == [{one, other}]
