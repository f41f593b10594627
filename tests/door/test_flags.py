"""Flags of people at the door: acts like any other, and nobody is stranded by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from checkin.door.answers import Kind
from checkin.event.proof import rebuild_folds, verify
from checkin.people import PersonFlag, State
from db.kinds import FLAGS
from tests.day import ByCommand, ByService, Desk, command, everybody, journal_of, opened, who

At = Callable[..., Desk]


def flag(path: Path, name: str, *flags: PersonFlag) -> str:
    """Flags somebody from another desk; gives the id."""
    person_id = who(path, name).id
    with opened(path, "office") as door:
        for each in flags:
            door.flags.set(person_id, each)
    return person_id


def test_the_flags_of_the_program_are_those_of_the_file_in_its_order() -> None:
    assert tuple(each.value for each in PersonFlag) == FLAGS


def test_whom_to_call_the_organiser_for_is_let_in_and_the_staff_are_told_first(
    day: Path, at: At
) -> None:
    marc = flag(day, "Marc Lefèvre", PersonFlag.VIP, PersonFlag.ORGANISER)
    (answer,) = at(day).scan(who(day, "Marc Lefèvre").code)
    assert answer["answer"] == "welcome"
    assert answer["next"].startswith("Call the organiser before they go in.")
    assert "Welcome them in person." in answer["next"]
    assert answer["person"]["state"] == "here"
    assert answer["person"]["flags"] == ["vip", "organiser"]
    with opened(day) as door:
        assert door.person(marc).state is State.HERE


def test_a_scanner_that_reads_twice_does_not_wipe_out_the_call(day: Path) -> None:
    flag(day, "Marc Lefèvre", PersonFlag.ORGANISER)
    desk = ByService(day)
    code = who(day, "Marc Lefèvre").code
    first, second = desk.door.scan(code)[0], desk.door.scan(code)[0]
    desk.close()
    assert (first.kind, second.kind) == (Kind.WELCOME, Kind.OWN_REPEAT)
    assert first.calls_organiser
    assert second.calls_organiser


def test_the_same_nonce_says_the_same_after_the_flag_was_lifted(day: Path) -> None:
    marc = flag(day, "Marc Lefèvre", PersonFlag.ORGANISER)
    with opened(day) as door:
        code = door.person(marc).code
        (first,) = door.scan(code, nonce="n")
        door.flags.lift(marc, PersonFlag.ORGANISER)
        (again,) = door.scan(code, nonce="n")
        assert again.next == first.next
        assert again.calls_organiser
        assert "waits for the organiser again" in door.undo(marc).say
        door.undo(marc)
        (undone,) = door.scan(code, nonce="n")
        assert undone.kind is Kind.UNDONE
        assert not undone.calls_organiser


def test_a_flag_is_the_desks_last_act_and_undo_takes_it_alone_back(day: Path) -> None:
    with opened(day) as door:
        anna, marc = who(day, "Anna Kowalska"), who(day, "Marc Lefèvre")
        door.check_in(anna.id)
        door.flags.set(marc.id, PersonFlag.VIP)
        answer = door.undo()
        assert answer.kind is Kind.UNDONE
        assert answer.say == "Undone: Marc Lefèvre is no VIP any more."
        assert door.person(marc.id).flags == ()
        assert door.person(anna.id).state is State.HERE
        assert door.undo().kind is Kind.NOTHING_TO_UNDO
        assert verify(door.session).ok


def test_the_undo_of_a_lifted_flag_sets_it_again(day: Path) -> None:
    marc = flag(day, "Marc Lefèvre", PersonFlag.ORGANISER)
    with opened(day) as door:
        door.flags.lift(marc, PersonFlag.ORGANISER)
        assert "waits for the organiser again" in door.undo().say
        assert door.person(marc).flags == (PersonFlag.ORGANISER,)


def test_a_flag_that_stands_already_writes_nothing(day: Path) -> None:
    marc = flag(day, "Marc Lefèvre", PersonFlag.VIP)
    with opened(day) as door:
        door.flags.set(marc, PersonFlag.VIP)
        door.flags.lift(marc, PersonFlag.ORGANISER)
    assert len(journal_of(day, "flag_set")) == 1


def test_the_problem_desk_knows_who_waits_since_when_and_after_which_answer(day: Path) -> None:
    piet, anna = who(day, "Piet de Vries"), who(day, "Anna Kowalska")
    desk = ByService(day)
    (refused,) = desk.door.scan(piet.code)
    desk.door.flags.send_to_problem_desk(piet.id, refused.kind)
    desk.now += (later := desk.now - desk.now.replace(minute=0)) / 2
    desk.door.flags.send_to_problem_desk(anna.id)
    first, second = desk.door.flags.at_problem_desk()
    assert (first.person.id, first.answered, first.desk) == (piet.id, Kind.CANCELLED, "A")
    assert (second.person.id, second.answered) == (anna.id, None)
    assert second.since - first.since == later / 2
    assert desk.door.pulse().at_problem_desk == 2
    desk.close()


def test_sending_somebody_twice_keeps_their_place_in_the_line(day: Path) -> None:
    with opened(day) as door:
        anna, piet = who(day, "Anna Kowalska").id, who(day, "Piet de Vries").id
        for each in (piet, anna, piet):
            door.flags.send_to_problem_desk(each)
        assert [each.person.id for each in door.flags.at_problem_desk()] == [piet, anna]
    assert len(journal_of(day, "flag_set")) == 2


def test_who_is_admitted_leaves_the_problem_desk_and_is_back_when_that_is_undone(
    day: Path, at: At
) -> None:
    anna = flag(day, "Anna Kowalska", PersonFlag.PROBLEM_DESK)
    desk = at(day)
    answer = desk.enter(anna)
    assert answer["person"]["flags"] == []
    with opened(day) as door:
        assert door.pulse().at_problem_desk == 0
    assert desk.undo()["person"]["flags"] == ["problem_desk"]
    with opened(day) as door:
        assert [each.person.id for each in door.flags.at_problem_desk()] == [anna]
        before = everybody(day)
        rebuild_folds(door.session)
        assert everybody(day) == before


def test_who_stays_after_a_merge_is_flagged_and_noted_as_the_other_was_and_one_undo_ends_it(
    day: Path,
) -> None:
    one, other = who(day, "Johanna Berg", 0).id, who(day, "Johanna Berg", 1).id
    with opened(day) as door:
        door.flags.set(other, PersonFlag.ORGANISER)
        door.cards.write_note(other, "Speaks first.")
        assert door.registrations.merge(one, other).flags == (PersonFlag.ORGANISER,)
        assert door.cards.card(one).note == "Speaks first."
        assert door.undo().say.startswith("Undone: Johanna Berg.")
        assert door.person(one).flags == ()
        assert door.person(other).flags == (PersonFlag.ORGANISER,)
        assert verify(door.session).ok


def test_a_merged_registration_no_longer_waits(day: Path) -> None:
    one, other = who(day, "Johanna Berg", 0).id, who(day, "Johanna Berg", 1).id
    with opened(day) as door:
        door.flags.send_to_problem_desk(other)
        door.registrations.merge(one, other)
        assert door.flags.at_problem_desk() == []
        assert door.pulse().at_problem_desk == 0


def test_the_last_acts_tell_of_flags_and_of_who_is_flagged(day: Path) -> None:
    with opened(day) as door:
        marc = who(day, "Marc Lefèvre").id
        door.flags.set(marc, PersonFlag.VIP)
        door.check_in(marc)
        arrival, flagged = door.recent(2)
    assert (arrival.word, arrival.flags) == ("here", (PersonFlag.VIP,))
    assert (flagged.sign, flagged.word) == ("★", "VIP")


def test_the_journal_holds_no_word_of_a_note(day: Path) -> None:
    anna = who(day, "Anna Kowalska").id
    with opened(day) as door:
        card = door.cards.write_note(anna, "Her hotel\nis not paid\x1b[31m.")
        assert card.note == "Her hotel is not paid[31m."
        assert door.cards.write_note(anna, " ").note == ""
    entries = json.dumps([[each.subject, each.payload] for each in journal_of(day)])
    assert "hotel" not in entries


def test_a_card_says_that_assistance_is_needed_and_never_which(day: Path) -> None:
    anna, marc = who(day, "Anna Kowalska").id, who(day, "Marc Lefèvre").id
    with opened(day) as door:
        card = door.cards.card(anna)
        assert card.assistance
        assert "wheelchair" not in repr(card)
        assert card.code.startswith(card.person.code[:3])
        assert card.person.code[3:] not in card.code
        assert card.person.photo is False
        assert replace(card, assistance=False) != card
        assert not door.cards.card(marc).assistance


# ---- on the command line


def test_somebody_is_sent_listed_and_settled_on_the_command_line(day: Path) -> None:
    desk = ByCommand(day)
    piet = who(day, "Piet de Vries")
    sent = desk.one("problem", piet.code)
    assert (sent["answer"], sent["person"]["id"]) == ("problem_desk", piet.id)
    (waiting,) = desk.one("problem", "--list")["waiting"]
    assert (waiting["person"]["id"], waiting["desk"], waiting["answered"]) == (piet.id, "A", None)
    assert "Piet de Vries" in command("--event", day, "problem").out
    assert desk.run("problem", "--settled", piet.id).status == 0
    assert desk.one("problem")["waiting"] == []
    assert command("--event", day, "problem").out == "Nobody waits at the problem desk.\n"


def test_flags_are_set_and_lifted_on_the_command_line_and_stand_in_lists(day: Path) -> None:
    desk = ByCommand(day)
    anna = who(day, "Anna Kowalska")
    assert desk.one("flag", anna.code, "--vip")["person"]["flags"] == ["vip"]
    assert "★ VIP" in command("--event", day, "find", "kowalska").out
    assert desk.one("flag", anna.code, "--vip", "--off")["person"]["flags"] == []
    assert desk.undo()["person"]["flags"] == ["vip"]


@pytest.mark.parametrize(
    "words", [("flag", "anna"), ("problem", "--settled"), ("problem", "anna", "--list")]
)
def test_half_a_question_is_wrong_usage(day: Path, words: tuple[str, ...]) -> None:
    assert ByCommand(day).run(*words).status == 2
    assert not journal_of(day, "flag_set")
