"""Nobody gets past a full room, a waiting list or a cancellation by coming as somebody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checkin.door.admission import Override
from checkin.door.answers import Kind
from checkin.errors import RefusedError
from checkin.event.proof import verify
from checkin.event.status import status
from checkin.people import State
from checkin.roster.walk_in import WalkIn
from checkin.tables.manual import Manual
from tests.day import LILLE, LODZ, command, entry, journal_of, make_day, opened, who

WORD = Override("AK", "minister")
NEW = WalkIn("New", "Person", LILLE)


def full(folder: Path, **settings: Any) -> Path:
    """An event whose room is full: Claire is in."""
    path = make_day(folder, capacity=1, **settings)
    with opened(path) as door:
        door.check_in(who(path, "Claire Dupont").id)
    return path


def test_the_substitute_of_somebody_who_waits_waits_in_their_place(day: Path) -> None:
    ana, luc = who(day, "Ana Horvat"), who(day, "Luc Peeters")
    with opened(day) as door:
        answer = door.substitute(ana.id, "Iva", "Babić")
        assert answer.kind is Kind.WAITLISTED
        assert answer.say == "Iva Babić is on the waiting list, place 1."
        assert answer.person is not None
        assert [each.full_name for each in door.waiting.look().line] == ["Iva Babić", luc.full_name]
        assert door.scan(luc.code)[0].say.endswith("place 2.")
        assert door.person(ana.id).replaced
        assert journal_of(day, "arrived") == []
        door.undo()
        line = door.waiting.look().line
        assert [each.full_name for each in line] == [ana.full_name, luc.full_name]


def test_the_substitute_of_somebody_who_cancelled_needs_a_supervisors_word(day: Path) -> None:
    piet = who(day, "Piet de Vries")
    with opened(day) as door:
        answer = door.substitute(piet.id, "Els", "Bakker")
        assert answer.kind is Kind.CANCELLED
        assert answer.person is not None
        assert answer.person.full_name == "Els Bakker", "a word that comes later admits her"
        assert door.check_in(answer.person.id, override=WORD).kind is Kind.WELCOME
        assert verify(door.session).ok


@pytest.mark.parametrize("absent", ["Ana Horvat", "Piet de Vries"])
def test_the_same_substitute_again_with_a_word_is_admitted(day: Path, absent: str) -> None:
    event = ("--event", day, "--desk", "A")
    words = ("substitute", *absent.split(), "--given", "Els", "--family", "Bakker")
    refused = command(*event, *words)
    assert refused.status == 1
    assert "supervisor may admit" in refused.out
    admitted = command(*event, *words, "--override", "speaker", "--by", "AK")
    assert admitted.status == 0
    assert f"Els Bakker, in place of {absent}." in admitted.out
    assert len(journal_of(day, "registered")) == 1
    (arrived,) = journal_of(day, "arrived")
    assert arrived.payload["supervised"] is True


def test_what_is_said_of_the_substitute_of_who_cancelled_is_true(day: Path) -> None:
    words = ("substitute", "de", "vries", "--given", "Els", "--family", "Bakker")
    told = command("--event", day, *words).out
    assert told.startswith("Piet de Vries cancelled; Els Bakker would come instead.")


def test_another_substitute_for_the_same_person_is_refused(day: Path) -> None:
    ana = who(day, "Ana Horvat")
    with opened(day) as door:
        door.substitute(ana.id, "Iva", "Babić")
        with pytest.raises(RefusedError, match="has a substitute already"):
            door.substitute(ana.id, "Ivo", "Babić", override=WORD)


def test_a_substitute_finds_the_room_full_and_is_on_the_waiting_list(tmp_path: Path) -> None:
    path = full(tmp_path)
    with opened(path) as door:
        answer = door.substitute(who(path, "Marc Lefèvre").id, "Els", "Bakker")
        assert answer.kind is Kind.FULL
        assert answer.next == "They are on the waiting list now; a supervisor may admit."
        assert answer.person is not None
        assert answer.person.state is State.WAITLISTED
        again = door.substitute(who(path, "Marc Lefèvre").id, "Els", "Bakker", override=WORD)
        assert again.kind is Kind.WELCOME
        assert again.person is not None
        assert again.person.id == answer.person.id


def test_a_walk_in_who_waits_is_admitted_by_the_same_line_with_a_word(tmp_path: Path) -> None:
    path = full(tmp_path)
    with opened(path) as door:
        first = door.walk_in(NEW)
        assert first.kind is Kind.FULL
        assert first.person is not None
        registered = status(door.session).registered
        again = door.walk_in(NEW)
        assert again.kind is Kind.WAITLISTED
        admitted = door.walk_in(NEW, override=WORD)
        assert admitted.kind is Kind.WELCOME
        assert admitted.person is not None
        assert admitted.person.id == first.person.id
        assert status(door.session).registered == registered
        assert status(door.session).walk_ins == 1
        door.undo()
        assert door.person(first.person.id).state is State.WAITLISTED
        other = door.walk_in(WalkIn("New", "Person", LODZ))
        assert other.person is not None
        assert other.person.id != first.person.id, "of another authority: somebody else"


def test_two_walk_ins_of_one_name_who_both_get_in_are_two_people(day: Path) -> None:
    with opened(day) as door:
        one, two = door.walk_in(NEW).person, door.walk_in(NEW).person
        assert one is not None
        assert two is not None
        assert one.id != two.id


def test_a_substitute_sits_where_who_is_absent_was_pinned_by_the_list(tmp_path: Path) -> None:
    people = (entry("Ada", "Ek", pin=3), *(entry("P", f"Q{n}") for n in range(3)))
    path = make_day(tmp_path, people)
    with opened(path) as door:
        door.check_in(who(path, "P Q0").id)
        assert door.substitute(who(path, "Ada Ek").id, "Bo", "Ek").table == 3
        assert verify(door.session).ok


def test_a_substitute_sits_where_who_is_absent_was_pinned_on_the_day(day: Path) -> None:
    anna = who(day, "Anna Kowalska")
    with opened(day) as door:
        door.check_in(who(day, "Jan Kowalczyk").id)
        Manual(door.session).pin(anna.id, 4)
        assert door.substitute(anna.id, "Ewa", "Zając").table == 4
        door.undo()
        answer = door.check_in(anna.id)
        assert answer.table == 4, "who was absent has the table again"


def test_a_language_that_nobody_knows_is_said_and_registers_nobody(day: Path) -> None:
    words = ("walk-in", "--given", "Ida", "--family", "Holm", "--languages", "xx,klingon,fr")
    done = command("--event", day, *words)
    assert done.status == 1
    assert "No language is called xx, klingon." in done.err
    assert journal_of(day, "registered") == []


def test_a_walk_in_without_a_family_name_is_not_registered(day: Path) -> None:
    done = command("--event", day, "walk-in", "--given", "Ida", "--family", "  ")
    assert done.status == 1
    assert "one name only has it as --family" in done.err
    assert journal_of(day, "registered") == []
    assert command("--event", day, "walk-in", "--given", "", "--family", "Cher").status == 0
