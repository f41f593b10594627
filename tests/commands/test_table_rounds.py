"""Rounds on the command line: planned together, begun, listed, printed; and who was told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pypdf
import pytest

from checkin.event.demo import make_demo
from tests.day import Done, command


@pytest.fixture
def event(tmp_path: Path) -> Path:
    path = tmp_path / "demo.checkin"
    make_demo(path, dt.date(2026, 3, 10))
    codes = [person["code"] for person in run(path, "people").json["people"]][:40]
    command("--event", path, "--json", "scan", given="\n".join(codes).encode())
    return path


def run(path: Path, *arguments: str | Path) -> Done:
    done = command("--event", path, "--json", *arguments)
    assert "Something went wrong" not in done.err
    return done


def seats(board: Any) -> dict[str, int]:
    return {each["id"]: table["table"] for table in board["tables"] for each in table["people"]}


def test_rounds_are_planned_together_begun_and_told(event: Path) -> None:
    advice = run(event, "tables", "plan", "--rounds", "3", "--effort", "quick")
    assert advice.json["accepted"] is False
    assert [run(event, "tables", "rounds").json["rounds"]] == [
        [{"round": 1, "kind": "align", "stand": "now"}]
    ]
    kept = run(event, "tables", "plan", "--rounds", "3", "--effort", "quick", "--accept").json
    assert kept["accepted"] is True
    assert [each["round"] for each in kept["later"]] == [3, 4]
    rounds = run(event, "tables", "rounds").json
    assert [each["stand"] for each in rounds["rounds"]] == ["now", *["planned"] * 3]
    assert {len(each["tables"]) for each in rounds["people"]} == {4}
    assert run(event, "tables").json["round"] == 1
    third = run(event, "tables", "--round", "3").json
    assert third["planned"] is True
    assert seats(third) == seats(kept["later"][0])
    assert run(event, "tables", "told").json == {"left": 0, "people": []}

    assert run(event, "tables", "begin", "--dry-run").json["accepted"] is False
    begun = run(event, "tables", "begin").json
    assert (begun["round"], begun["accepted"]) == (2, True)
    now = run(event, "tables").json
    assert seats(now) == seats(begun) == seats(kept)
    assert now["score"] == begun["score"]
    told = run(event, "tables", "told").json
    assert told["left"] == len(told["people"]) > 20
    someone = told["people"][0]
    ticked = run(event, "tables", "told", someone["person"]["id"]).json
    assert ticked["left"] == told["left"] - 1
    back = run(event, "tables", "told", someone["person"]["id"], "--off").json
    assert back == told


def test_nothing_begins_that_was_not_planned(event: Path) -> None:
    done = run(event, "tables", "begin")
    assert done.status == 1
    assert "No round is planned" in done.err


def test_who_sits_where_they_were_told_cannot_be_ticked(event: Path) -> None:
    person = run(event, "people", "--here").json["people"][0]
    done = run(event, "tables", "told", person["id"])
    assert done.status == 1
    assert "nothing to tick" in done.err


def test_the_mixing_plan_is_printed_and_exported(event: Path, tmp_path: Path) -> None:
    run(event, "tables", "plan", "--rounds", "2", "--effort", "quick", "--accept")
    paper, table = tmp_path / "rounds.pdf", tmp_path / "rounds.csv"
    pages = run(event, "tables", "rounds", paper).json["pages"]
    read = pypdf.PdfReader(paper)
    assert len(read.pages) == pages
    words = "\n".join(page.extract_text() for page in read.pages)
    plan = run(event, "tables", "rounds").json["people"]
    for each in plan:
        assert words.count(each["person"]["family_name"]) >= 1 + 3
    assert "Table 1" in words
    assert "example.org" not in words
    assert run(event, "tables", "rounds", table).json["rows"] == len(plan) == 40
    lines = table.read_text("utf-8-sig").splitlines()
    assert lines[0].endswith("territory,round_1,round_2,round_3,met,again")
    assert "example.org" not in table.read_text("utf-8-sig")


def test_the_mixing_plan_of_an_empty_room_is_refused_as_paper(tmp_path: Path) -> None:
    path = tmp_path / "empty.checkin"
    make_demo(path, dt.date(2026, 3, 10))
    done = run(path, "tables", "rounds", tmp_path / "none.pdf")
    assert done.status == 1
    assert not (tmp_path / "none.pdf").exists()


def test_points_are_listed_changed_with_what_they_do_and_put_back(event: Path) -> None:
    usual = run(event, "tables", "points").json
    assert usual["points"]["strangers"] == 1000
    assert usual["changed"] is False
    before = run(event, "tables").json["score"]
    foreseen = run(event, "tables", "points", "short=20", "whisper=3", "--dry-run").json
    assert run(event, "tables").json["score"] == before
    changed = run(event, "tables", "points", "short=20", "whisper=3").json
    assert changed == foreseen | {"changed": True}
    after = run(event, "tables").json["score"]
    assert after["total"] == changed["after"]["total"] < before["total"]
    assert 10 * after["short"] == before["short"]
    assert run(event, "tables", "points", "--usual").json["changed"] is True
    assert run(event, "tables").json["score"] == before


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ("alone", 2, "like alone=40"),
        ("tall=3", 2, "the terms are strangers, whisper"),
        ("alone=-1", 2, "like alone=40"),
        ("alone=99999", 1, "from 0 to 5000"),
        ("strangers=30", 1, "must cost more"),
    ],
)
def test_points_that_cannot_be_change_nothing(
    event: Path, change: str, status: int, words: str
) -> None:
    done = run(event, "tables", "points", change)
    assert done.status == status
    assert words in done.err
    assert run(event, "tables", "points").json["points"]["alone"] == 20


def test_a_round_that_was_never_planned_is_not_shown_as_people_without_tables(event: Path) -> None:
    done = run(event, "tables", "--round", "9")
    assert done.status == 1
    assert done.json["refused"] == "Round 9 is not planned yet; there is round 1."
    run(event, "tables", "plan", "--rounds", "2", "--effort", "quick", "--accept")
    assert run(event, "tables", "--round", "3").json["planned"] is True
    done = run(event, "tables", "--round", "4")
    assert done.json["say"] == "Round 4 is not planned yet; there are rounds 1, 2 and 3."


def test_no_round_begins_before_the_one_that_comes_next(event: Path) -> None:
    words = ("tables", "plan", "--effort", "quick")
    done = run(event, *words, "--round", "3", "--accept")
    say = "Round 1 is under way and round 2 comes next: begin that one first."
    assert (done.status, done.json["refused"]) == (1, say)
    assert run(event, *words, "--round", "3").json["accepted"] is False
    run(event, *words, "--rounds", "2", "--accept")
    assert run(event, "tables", "begin", "--round", "3").json["refused"] == say
    run(event, "tables", "begin")
    run(event, "tables", "begin")
    done = run(event, *words, "--round", "2", "--accept")
    assert done.json["refused"] == "Round 2 is over; round 3 is under way."
    assert run(event, "tables").json["round"] == 3


@pytest.mark.parametrize(
    "words",
    [
        ("move", "kowalska", "99"),
        ("close", "99"),
        ("begin",),
        ("told", "kowalska"),
        ("undo",),
        ("stays", "kowalska", "--off"),
    ],
    ids=" ".join,
)
def test_a_refusal_in_json_is_an_answer_on_standard_output(
    demo: Path, words: tuple[str, ...]
) -> None:
    command("--event", demo, "in", "kowalska")
    done = run(demo, "tables", *words)
    assert done.status == 1
    assert done.json["refused"] == done.json["say"] == done.err.strip()
    plain = command("--event", demo, "tables", *words)
    assert (plain.status, plain.err) == (1, done.err)
