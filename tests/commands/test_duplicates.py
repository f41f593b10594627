"""Doubles by command: listed, merged, told apart; the plain and the JSON answer say the same."""

from __future__ import annotations

from pathlib import Path

from tests.day import ByCommand, command, make_day, who


def test_pairs_are_listed_merged_and_undone(tmp_path: Path) -> None:
    day = make_day(tmp_path)
    run = ByCommand(day).run
    (pair,) = run("duplicates").json["pairs"]
    one, other = pair["stays"], pair["other"]
    assert {one["organisation"], other["organisation"]} == {"Stadt Graz", "Graz"}
    assert pair["why"] == "Name and territory are the same."
    assert run("merge", one["code"], other["code"]).status == 0
    done = run("duplicates")
    assert (done.status, done.json) == (1, {"pairs": []})
    run("undo")
    assert len(run("duplicates").json["pairs"]) == 1


def test_two_people_are_told_apart_and_listed_no_more(tmp_path: Path) -> None:
    day = make_day(tmp_path)
    one, other = who(day, "Johanna Berg", 0), who(day, "Johanna Berg", 1)
    plain = command("--event", day, "duplicates")
    assert plain.status == 0
    assert one.code in plain.out
    assert other.code in plain.out
    done = command("--event", day, "not-same", one.code, other.code)
    assert done.status == 0
    assert done.out.startswith("These are two people called Johanna Berg.")
    assert command("--event", day, "duplicates").out == "Nobody seems to be registered twice.\n"
