"""The tables on the command line say what they mean: undo, lists of words, the plan, the export."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.day import Done, command


@pytest.fixture
def event(tmp_path: Path) -> Path:
    path = tmp_path / "w.checkin"
    assert command("demo", "--no-open", path).status == 0
    return path


def run(event: Path, *words: str | Path, given: str = "") -> Done:
    return command("--event", event, "--desk", "A", *words, given=given.encode())


def json_of(event: Path, *words: str) -> dict:  # type: ignore[type-arg]
    found = command("--event", event, "--desk", "A", "--json", *words).json
    assert isinstance(found, dict)
    return found


def test_before_the_doors_the_plan_is_told_and_undo_says_that_it_is_gone(event: Path) -> None:
    assert "due" not in json_of(event, "tables")
    assert run(event, "tables", "plan", "--effort", "quick", "--accept").status == 0
    document = json_of(event, "tables")
    assert sum(len(table["people"]) for table in document["due"]) == 62
    assert not any(table["people"] for table in document["tables"])
    told = run(event, "tables").out
    assert "Planned and not here yet" in told
    assert "0 of 7 in" in told
    undone = run(event, "tables", "undo").out
    assert undone.startswith("Undone: the plan of round 1 is taken back.")
    assert "due" not in json_of(event, "tables")


def test_a_territory_at_three_tables_is_said_in_english_and_undo_says_where_people_are(
    event: Path,
) -> None:
    people = json_of(event, "people", "--all")["people"]
    home = [each for each in people if each["territory"] == "Hauts-de-France"]
    for each in home:
        run(event, "scan", given=f"{each['code']}\n")
    moved = []
    for table in ("8", "9", "10"):
        who = next(
            each
            for each in home
            if each not in moved and run(event, "tables", "move", each["code"], table).status == 0
        )
        moved.append(who)
    refused = run(event, "tables", "swap", "--territory", "Hauts-de-France", "Lazio")
    assert refused.status == 1
    assert ", 8, 9 and 10; say which" in refused.err
    name = f"{moved[2]['given_name']} {moved[2]['family_name']}"
    undone = run(event, "tables", "undo").out
    assert undone.startswith(f"Undone: {name} is back at table ")
    again = run(event, "tables", "redo").out
    assert again.startswith(f"Done again: {name} sits at table 10.")


def test_the_export_of_the_tables_has_their_names_last(event: Path, tmp_path: Path) -> None:
    person = json_of(event, "people", "--all")["people"][0]
    run(event, "scan", given=f"{person['code']}\n")
    run(event, "tables", "move", person["code"], "4")
    run(event, "tables", "name", "4", "Harbour")
    out = tmp_path / "t.csv"
    assert run(event, "export", "tables", out).status == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        header, row = list(csv.reader(file))[:2]
    assert header[-1] == "table_name"
    assert (row[header.index("table")], row[-1]) == ("4", "Harbour")
