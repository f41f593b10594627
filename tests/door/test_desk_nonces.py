"""The same nonce gets the same answer and writes nothing more; an undo wins over a late repeat."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checkin.door.codes import new_code
from checkin.event.demo import make_demo
from checkin.event.proof import verify
from tests.day import ByCommand, ByService, Desk, everybody, journal_of, make_day, opened, who

At = Callable[..., Desk]


def test_a_scan_sent_twice_gets_the_same_answer_and_arrives_once(day: Path, at: At) -> None:
    code = who(day, "Anna Kowalska").code
    first = at(day).scan(code, "n-1")
    later = at(day, "B")
    later.now += dt.timedelta(hours=2)
    assert later.scan(code, "n-1") == first
    assert len(journal_of(day)) == 3


def test_a_refusal_sent_twice_is_the_same_refusal_in_one_row(day: Path, at: At) -> None:
    wanted = [new_code(), who(day, "Piet de Vries").code, who(day, "Luc Peeters").code,
              "garbage 12", "Nobody Known", "Maria Rossi", "", "BCDFGHJKLN"]  # fmt: skip
    desk = at(day)
    first = [desk.scan(text, f"r{place}") for place, text in enumerate(wanted)]
    written = len(journal_of(day))
    assert written == 2 + len(wanted)
    assert [at(day).scan(text, f"r{place}") for place, text in enumerate(wanted)] == first
    assert len(journal_of(day)) == written


def test_an_already_in_is_told_again_with_the_first_time_and_desk(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    one, two = at(day, "Front"), at(day, "Side")
    one.scan(anna.code, "first")
    two.now += dt.timedelta(minutes=9)
    told = two.scan(anna.code, "second")
    assert told[0]["first_desk"] == "Front"
    one.out(anna.id)
    again = one.scan(anna.code, "second")
    for key in ("answer", "say", "next", "table", "first_at", "first_desk", "journal_id"):
        assert again[0][key] == told[0][key], key


def test_a_replaced_badge_is_told_again_with_who_came_and_since_when(day: Path, at: At) -> None:
    jan = who(day, "Jan Kowalczyk")
    desk = at(day)
    desk.substitute(jan.id, "Ewa", "Zając")
    told = desk.scan(jan.code, "old")
    assert told[0]["answer"] == "replaced"
    assert "Ewa Zając" in told[0]["say"]
    assert at(day, "B").scan(jan.code, "old") == told


def test_an_undo_wins_over_a_late_repeat(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    desk = at(day)
    desk.scan(anna.code, "late")
    desk.undo()
    written = len(journal_of(day))
    (answer,) = desk.scan(anna.code, "late")
    assert answer["answer"] == "undone"
    assert "undone" in answer["say"]
    assert answer["table"] is None
    assert answer["person"]["state"] == "expected"
    assert len(journal_of(day)) == written
    (fresh,) = desk.scan(anna.code, "fresh")
    assert fresh["answer"] == "welcome"


def test_a_late_repeat_of_an_undone_arrival_knows_that_they_came_back(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    desk = at(day)
    desk.scan(anna.code, "late")
    desk.undo()
    desk.scan(anna.code, "fresh")
    (answer,) = desk.scan(anna.code, "late")
    assert answer["answer"] == "undone"
    assert answer["next"] == "They came again since and are here."


def test_nonces_that_differ_anywhere_are_two(day: Path, at: At) -> None:
    anna, marc = who(day, "Anna Kowalska"), who(day, "Marc Lefèvre")
    desk = at(day)
    (one,) = desk.scan(anna.code, "x" * 300 + "1")
    (other,) = desk.scan(marc.code, "x" * 300 + "2")
    assert (one["person"]["id"], other["person"]["id"]) == (anna.id, marc.id)
    (one,) = desk.scan(anna.code, "a\tb")
    (other,) = desk.scan(marc.code, "a b")
    assert (one["person"]["id"], other["person"]["id"]) == (anna.id, marc.id)


def test_a_whole_demo_is_answered_again_word_by_word_by_another_process(tmp_path: Path) -> None:
    path, registered = make_demo(tmp_path / "demo.checkin", dt.date(2027, 3, 10))
    people = everybody(path)
    desk = ByService(path)
    first = [desk.scan(person.code, f"d{place}") for place, person in enumerate(people)]
    desk.close()
    lines = "".join(
        json.dumps({"code": person.code, "nonce": f"d{place}"}) + "\n"
        for place, person in enumerate(people)
    )
    again = ByCommand(path, "B").run("scan", given=lines.encode()).lines
    assert len(again) == registered
    for (before,), after in zip(first, again, strict=True):
        del after["line"]
        assert after == before


def test_the_journal_of_a_day_holds_nobodys_name(tmp_path: Path) -> None:
    path, _ = make_demo(tmp_path / "demo.checkin", dt.date(2027, 3, 10))
    people = everybody(path)
    desk = ByService(path)
    for place, person in enumerate(people):
        desk.scan(person.code, f"d{place}")
        desk.scan(person.full_name, f"e{place}")
    desk.close()
    text = json.dumps([[e.subject, e.payload] for e in journal_of(path)], ensure_ascii=False)
    for person in people:
        for name in (person.full_name, person.family_name):
            assert len(name) < 4 or name not in text
    assert any("{" in str(entry.payload.get("why", "")) for entry in journal_of(path))


@pytest.mark.parametrize("at_text", ["9999-12-31T23:59:59-14:00", "0001-01-01", "soon", 7])
def test_a_time_that_is_none_is_refused_and_not_guessed(tmp_path: Path, at_text: object) -> None:
    path = make_day(tmp_path)
    anna = who(path, "Anna Kowalska")
    line = json.dumps({"code": anna.code, "at": at_text})
    done = ByCommand(path).run("scan", given=line.encode())
    assert done.status == 1, done.err
    assert "is no time" in done.json["say"]
    assert journal_of(path, "arrived", "refused") == []


def test_a_scan_without_a_time_is_of_now(tmp_path: Path) -> None:
    path = make_day(tmp_path)
    line = json.dumps({"code": who(path, "Anna Kowalska").code, "at": None})
    assert ByCommand(path).run("scan", given=line.encode()).json["answer"] == "welcome"


def test_the_folds_hold_after_replays_and_undos(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    desk = at(day)
    desk.scan(anna.code, "one")
    desk.undo()
    desk.scan(anna.code, "one")
    desk.scan(anna.code, "two")
    with opened(day) as door:
        assert verify(door.session).ok
