"""Somebody on no list at the problem desk: what was typed for them is kept until it is settled."""

from __future__ import annotations

import json
from pathlib import Path

from checkin.door.answers import Kind
from checkin.door.desk import Door
from checkin.event.proof import rebuild_folds, verify
from checkin.roster.walk_in import WalkIn
from tests.day import command, journal_of, opened

SAID = "Müller stuttgart"


def texts(door: Door) -> list[str]:
    return [each.text for each in door.flags.unlisted()]


def test_what_was_typed_waits_there_across_a_restart_and_at_another_desk(day: Path) -> None:
    with opened(day, "A") as door:
        answer = door.flags.send_unlisted(SAID)
        assert answer.kind is Kind.PROBLEM_DESK
        assert answer.asked == SAID
        assert door.pulse().at_problem_desk == 1
    with opened(day, "B") as door:
        (waits,) = door.flags.unlisted()
        assert (waits.text, waits.desk) == (SAID, "A")
        assert door.pulse().at_problem_desk == 1
        (act,) = door.recent(10)
        assert (act.sign, act.word, act.name) == ("⚑", "problem desk", SAID)


def test_the_journal_holds_nothing_of_what_was_typed(day: Path) -> None:
    with opened(day) as door:
        door.flags.send_unlisted(SAID)
    (entry,) = journal_of(day, "flag_set")
    assert entry.subject is None
    assert "ller" not in json.dumps(dict(entry.payload))


def test_what_is_typed_is_cleaned_and_cut_and_nothing_is_noted_of_nothing(day: Path) -> None:
    with opened(day) as door:
        door.flags.send_unlisted("\x1b[31mMül\u202eler\n stutt\x00gart " + "x" * 500)
        (text,) = texts(door)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert len(text) <= 80
        assert door.flags.send_unlisted(" \u200b\n").asked == ""
        assert len(texts(door)) == 1


def test_an_undo_takes_the_sending_back_and_a_second_one_finds_nothing(day: Path) -> None:
    with opened(day) as door:
        door.flags.send_unlisted(SAID)
        undone = door.undo()
        assert undone.kind is Kind.UNDONE
        assert undone.say == f"Undone: “{SAID}” is no longer at the problem desk."
        assert texts(door) == []
        assert door.pulse().at_problem_desk == 0
        assert door.undo().kind is Kind.NOTHING_TO_UNDO
        assert door.recent(1)[0].word == "undone"
        assert door.recent(1)[0].name == SAID


def test_what_is_settled_leaves_the_list_once_and_an_undo_brings_it_back(day: Path) -> None:
    with opened(day) as door:
        door.flags.send_unlisted(SAID)
        (waits,) = door.flags.unlisted()
        door.flags.settle_unlisted(waits.key)
        door.flags.settle_unlisted(waits.key)
        assert texts(door) == []
        assert len(journal_of(day, "flag_set")) == 2
        assert (door.recent(1)[0].word, door.recent(1)[0].name) == ("settled", SAID)
        assert door.undo().say == f"Undone: “{SAID}” is at the problem desk again."
        assert texts(door) == [SAID]


def test_a_walk_in_settles_it_and_one_undo_takes_both_back(day: Path) -> None:
    with opened(day) as door:
        door.flags.send_unlisted(SAID)
        (waits,) = door.flags.unlisted()
        form = WalkIn("Uwe", "Müller", "Stadt Stuttgart")
        answer = door.walk_in(form, settles=waits.key)
        assert answer.kind is Kind.WELCOME
        assert texts(door) == []
        assert door.undo().kind is Kind.UNDONE
        assert texts(door) == [SAID]
        again = door.walk_in(form, settles=waits.key)
        assert again.person
        assert door.undo(again.person.id).kind is Kind.UNDONE
        assert texts(door) == [SAID]


def test_listed_and_unlisted_wait_in_the_order_in_which_they_came(day: Path) -> None:
    with opened(day) as door:
        door.flags.send_unlisted("first")
        door.flags.send_to_problem_desk(door.meant("claire dupont")[0].id)
        door.flags.send_unlisted("third")
        names = [
            getattr(each, "text", None) or each.person.family_name  # type: ignore[union-attr]
            for each in door.flags.waiting()
        ]
        assert names == ["first", "Dupont", "third"]


def test_stored_and_replayed_folds_are_the_same(day: Path) -> None:
    with opened(day) as door:
        door.flags.send_unlisted(SAID)
        door.undo()
        door.flags.send_unlisted(SAID)
        (waits,) = door.flags.unlisted()
        door.walk_in(WalkIn("Uwe", "Müller", "Stadt Stuttgart"), settles=waits.key)
        door.undo()
        assert verify(door.session).ok
        rebuild_folds(door.session)
        assert verify(door.session).ok
    with opened(day) as door:
        assert texts(door) == [SAID]


def test_the_command_line_sends_lists_and_settles_them(day: Path) -> None:
    desk = ("--event", day, "--desk", "A")
    answer = command(*desk, "--json", "problem", "--unlisted", *SAID.split()).json
    assert answer["answer"] == "problem_desk"
    assert answer["person"] is None
    (waits,) = command(*desk, "--json", "problem").json["waiting"]
    assert (waits["text"], waits["person"], waits["desk"]) == (SAID, None, "A")
    assert f"? on no list  “{SAID}”" in command(*desk, "problem").out
    assert command(*desk, "problem", "--unlisted", "--settled", "somebody else").status == 1
    settled = command(*desk, "problem", "--unlisted", "--settled", SAID.upper())
    assert (settled.status, settled.out.strip()) == (0, f"“{SAID}” is settled.")
    assert command(*desk, "--json", "problem").json["waiting"] == []
    assert command(*desk, "undo").status == 0
    assert len(command(*desk, "--json", "problem").json["waiting"]) == 1


def test_names_that_are_hostile_reach_no_terminal(day: Path) -> None:
    desk = ("--event", day, "--desk", "A")
    command(*desk, "problem", "--unlisted", "\x1b[31mRed\x1b]0;t\x07")
    assert "\x1b" not in command(*desk, "problem").out
