"""Badges replaced and corrected, statuses changed, two registrations of one person made one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checkin.badges.printing import Badges
from checkin.door.overview import Which
from checkin.door.registrations import Reason
from checkin.errors import RefusedError
from checkin.event.proof import rebuild_folds, verify
from checkin.event.status import status
from tests.day import ByCommand, Desk, command, everybody, journal_of, opened, who

At = Callable[..., Desk]


# ---- one person, registered twice


def bergs(path: Path) -> tuple[str, str, str, str]:
    """The ids and codes of the two registrations of Johanna Berg."""
    one, other = who(path, "Johanna Berg", 0), who(path, "Johanna Berg", 1)
    return one.id, one.code, other.id, other.code


def test_merged_registrations_are_one_card_and_one_count(day: Path) -> None:
    one, _, other, _ = bergs(day)
    with opened(day) as door:
        door.load()
        assert len(door.find("johanna berg")) == 2
        kept = door.registrations.merge(one, other)
        assert kept.id == one
        assert [match.person.id for match in door.find("johanna berg")] == [one]
        assert [match.person.id for match in door.find("jo@example")] == []
        assert door.scan("Johanna Berg")[0].kind.value == "welcome"
        assert status(door.session).registered == 11
        assert door.pulse().registered == 11
        assert len(door.people(Which.ALL)) == 11
        assert len(Badges(door.session).lines()) == 10
        assert door.meant(other)[0].id == one
        assert verify(door.session).ok
        before = everybody(day)
        rebuild_folds(door.session)
        assert everybody(day) == before
    (entry,) = journal_of(day, "merged")
    assert (entry.subject, entry.payload["into"]) == (other, one)


def test_both_codes_lead_to_who_stays(day: Path, at: At) -> None:
    one, code, other, other_code = bergs(day)
    with opened(day) as door:
        door.registrations.merge(one, other)
    desk = at(day)
    (answer,) = desk.scan(other_code, "a")
    assert answer["answer"] == "welcome"
    assert answer["person"]["id"] == one
    assert answer["person"]["code"] == code
    (answer,) = at(day, "B").scan(code, "b")
    assert answer["answer"] == "already_in"
    assert len(journal_of(day, "arrived")) == 1
    assert desk.out(other)["person"]["id"] == one


def test_who_was_here_under_the_other_name_is_here_since_then_at_that_table(day: Path) -> None:
    one, _, other, other_code = bergs(day)
    with opened(day) as door:
        (first,) = door.scan(other_code, nonce="n")
        kept = door.registrations.merge(one, other)
        assert kept.state.value == "here"
        assert kept.table == first.table
        assert kept.arrived_at == first.person.arrived_at if first.person else False
        assert status(door.session).here == 1
        assert door.roll_call().inside == 1
        (again,) = door.scan(other_code, nonce="n")
        assert again.say == first.say
        assert again.person
        assert again.person.id == one
        assert verify(door.session).ok


def test_two_arrivals_of_one_person_are_one_after_the_merge(day: Path) -> None:
    one, code, other, other_code = bergs(day)
    with opened(day) as door:
        door.scan(code)
        door.scan(other_code)
        assert status(door.session).here == 2
        door.registrations.merge(one, other)
        assert status(door.session).here == 1
        assert door.roll_call().inside == 1


def test_a_merge_is_undone_as_one_act(day: Path) -> None:
    one, _, other, other_code = bergs(day)
    with opened(day) as door:
        door.scan(other_code)
        door.registrations.merge(one, other)
        door.undo()
        people = {person.id: person.state.value for person in door.people(Which.ALL)}
        assert (people[one], people[other]) == ("expected", "here")
        assert len(door.find("johanna berg")) == 2


def test_a_merge_is_undone_by_naming_who_stayed(day: Path) -> None:
    one, _, other, _ = bergs(day)
    with opened(day) as door:
        door.registrations.merge(one, other)
        door.scan(who(day, "Marc Lefèvre").code)
        door.undo(one)
        assert {one, other} <= {person.id for person in door.people(Which.ALL)}


def test_nobody_is_merged_with_themselves_or_a_stranger(day: Path) -> None:
    one, _, other, _ = bergs(day)
    with opened(day) as door:
        with pytest.raises(RefusedError):
            door.registrations.merge(one, one)
        with pytest.raises(RefusedError):
            door.registrations.merge(one, "nobody")
        door.registrations.merge(one, other)
        with pytest.raises(RefusedError, match="one registration already"):
            door.registrations.merge(one, other)


def test_who_needs_help_to_leave_needs_it_after_a_merge_too(day: Path) -> None:
    anna, marc = who(day, "Anna Kowalska").id, who(day, "Marc Lefèvre").id
    with opened(day) as door:
        door.registrations.merge(marc, anna)
        door.check_in(marc)
        assert door.roll_call().assistance == 1


def test_three_registrations_of_one_person_end_at_one(day: Path) -> None:
    one, _, other, other_code = bergs(day)
    third = who(day, "Marc Lefèvre").id
    with opened(day) as door:
        door.registrations.merge(one, other)
        door.registrations.merge(third, one)
        (answer,) = door.scan(other_code)
        assert answer.person
        assert answer.person.id == third
        assert verify(door.session).ok


def test_an_import_again_brings_no_merged_registration_back(day: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(
        "given_name,family_name,email\nJohanna,Berg,j.berg@graz.example\nJohanna,Berg,jo@example\n"
    )
    one, _, other, _ = bergs(day)
    with opened(day) as door:
        door.registrations.merge(one, other)
    done = command("--event", day, "--json", "import", listed)
    assert done.status == 0, done.err
    assert done.json["new"] == 0
    assert len(everybody(day)) == 11


# ---- badges


def test_a_damaged_badge_keeps_its_code_and_a_lost_one_does_not(day: Path) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day) as door:
        assert door.registrations.replace_badge(marc.id, Reason.DAMAGED).code == marc.code
        new = door.registrations.replace_badge(marc.id, Reason.LOST)
        assert new.code != marc.code
        assert [match.person.code for match in door.find(new.code)] == [new.code]
    (entry,) = journal_of(day, "badge_replaced")
    told = {name: entry.payload[name] for name in ("old", "new")}
    assert told == {"old": marc.code, "new": new.code}


def test_a_badge_lost_twice_leaves_one_good_code(day: Path, at: At) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day) as door:
        second = door.registrations.replace_badge(marc.id, Reason.LOST).code
        third = door.registrations.replace_badge(marc.id, Reason.LOST).code
    desk = at(day)
    assert [desk.scan(code)[0]["answer"] for code in (marc.code, second, third)] == [
        "replaced", "replaced", "welcome",
    ]  # fmt: skip


def test_who_lost_their_badge_can_leave_by_the_old_code(day: Path) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day) as door:
        door.scan(marc.code)
        door.registrations.replace_badge(marc.id, Reason.LOST)
    done = command("--event", day, "--json", "out", marc.code)
    assert done.json["answer"] == "left"


def test_printing_is_no_arrival_and_arriving_is_no_print(day: Path, tmp_path: Path) -> None:
    marc = who(day, "Marc Lefèvre")
    run = ByCommand(day).run
    assert run("badges", str(tmp_path / "one.pdf"), marc.code).json["badges"] == 1
    assert who(day, "Marc Lefèvre").state.value == "expected"
    run("in", who(day, "Claire Dupont").code)
    printed = journal_of(day, "badge_printed")
    assert [entry.subject for entry in printed] == [marc.id]
    assert run("status").json["badges_printed"] == 1


def test_a_reprint_keeps_its_reason_and_a_lost_badge_gets_a_new_code(
    day: Path, tmp_path: Path
) -> None:
    marc = who(day, "Marc Lefèvre")
    run = ByCommand(day).run
    run("badges", str(tmp_path / "one.pdf"), marc.code)
    run("badges", str(tmp_path / "two.pdf"), marc.code, "--reason", "damaged")
    assert who(day, "Marc Lefèvre").code == marc.code
    run("badges", str(tmp_path / "three.pdf"), marc.code, "--reason", "lost")
    assert who(day, "Marc Lefèvre").code != marc.code
    reasons = [entry.payload.get("reason") for entry in journal_of(day, "badge_printed")]
    assert reasons == [None, "damaged", "lost"]


def test_the_text_of_a_badge_is_corrected_and_the_registration_is_not(day: Path) -> None:
    anna = who(day, "Anna Kowalska")
    with opened(day) as door:
        told = door.registrations.correct_badge(anna.id, "Ania\x1b[31m \u202eKowalska")
        assert told.badge_name == "Ania[31m Kowalska"
        assert told.full_name == "Anna Kowalska"
        assert [match.person.id for match in door.find("ania")] == [anna.id]
        assert door.registrations.correct_badge(anna.id, " ").badge_name == ""
    assert "Ania" not in json.dumps([entry.payload for entry in journal_of(day)])


# ---- status


def test_who_cancels_is_refused_and_expected_again_is_welcome(day: Path, at: At) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day) as door:
        assert door.registrations.cancel(marc.id).state.value == "cancelled"
    desk = at(day)
    assert desk.scan(marc.code)[0]["answer"] == "cancelled"
    with opened(day) as door:
        assert door.registrations.expect(marc.id).state.value == "expected"
    assert desk.scan(marc.code)[0]["answer"] == "welcome"


def test_a_cancellation_is_undone_like_any_act(day: Path, at: At) -> None:
    desk = at(day)
    done = command("--event", day, "--desk", "A", "--json", "cancel", "lefevre")
    assert done.json["person"]["state"] == "cancelled"
    assert desk.undo()["person"]["state"] == "expected"


def test_statuses_that_make_no_sense_are_refused_in_words(day: Path) -> None:
    marc, anna = who(day, "Marc Lefèvre"), who(day, "Anna Kowalska")
    with opened(day) as door:
        door.scan(marc.code)
        with pytest.raises(RefusedError, match="was here today"):
            door.registrations.cancel(marc.id)
        with pytest.raises(RefusedError, match="came already"):
            door.registrations.expect(marc.id)
        with pytest.raises(RefusedError, match="cancelled already"):
            door.registrations.cancel(who(day, "Piet de Vries").id)
        door.substitute(anna.id, "Ewa", "Zając")
        with pytest.raises(RefusedError, match="came instead"):
            door.registrations.expect(anna.id)


def test_a_place_for_somebody_who_waits_moves_the_others_up(day: Path, at: At) -> None:
    with opened(day) as door:
        door.registrations.expect(who(day, "Ana Horvat").id)
    (answer,) = at(day).scan(who(day, "Luc Peeters").code)
    assert "place 1" in answer["say"]
