"""Tables by hand on the command line: whole territories, wishes withdrawn, names of tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.day import Done, command


@pytest.fixture
def event(demo: Path) -> Path:
    """The practice event with forty people at the tables."""
    codes = [person["code"] for person in run(demo, "people").json["people"]][:40]
    command("--event", demo, "--json", "scan", given="\n".join(codes).encode())
    return demo


def run(path: Path, *arguments: str) -> Done:
    done = command("--event", path, "--json", *arguments)
    assert "Something went wrong" not in done.err
    return done


def where(path: Path) -> dict[str, tuple[str, int]]:
    """Each person's territory and table."""
    board = run(path, "tables").json
    return {
        person["id"]: (person["territory"], table["table"])
        for table in board["tables"]
        for person in table["people"]
    }


def one_part_each(people: dict[str, tuple[str, int]]) -> list[tuple[str, int, int]]:
    """Territories that sit at one table only: name, table, how many."""
    tables: dict[str, list[int]] = {}
    for territory, table in people.values():
        tables.setdefault(territory, []).append(table)
    return [
        (territory, at[0], len(at))
        for territory, at in tables.items()
        if territory and len({*at}) == 1
    ]


def test_two_territories_change_places_as_told_and_one_undo_brings_them_back(event: Path) -> None:
    before = where(event)
    candidates = one_part_each(before)
    for one, here, size in candidates:
        for other, there, count in candidates:
            if here == there or size != count:
                continue
            price = run(event, "tables", "swap", "--territory", one, other, "--dry-run")
            if price.status:
                assert price.json["refused"]
                continue
            assert where(event) == before
            done: Any = run(event, "tables", "swap", "--territory", one, other).json
            assert done["before"] == price.json["before"]
            assert done["after"] == price.json["after"]
            assert done["price"] == price.json["say"]
            after = where(event)
            assert {table for territory, table in after.values() if territory == one} == {there}
            assert {table for territory, table in after.values() if territory == other} == {here}
            run(event, "tables", "undo")
            assert where(event) == before
            return
    raise AssertionError("no two territories could change places")


def test_a_whole_territory_goes_to_an_empty_table(event: Path) -> None:
    board = run(event, "tables").json
    empty = next(table["table"] for table in board["tables"] if not table["people"])
    several = sorted(one_part_each(where(event)), key=lambda each: -each[2])
    territory, size = next(
        (name, size)
        for name, _, size in several
        if not run(event, "tables", "move", "--territory", name, str(empty), "--dry-run").status
    )
    assert size > 1
    done = run(event, "tables", "move", "--territory", territory, str(empty))
    assert done.json["say"] == f"{territory} ({size}) sits at table {empty} now."
    assert len(run(event, "tables").json["tables"][empty - 1]["people"]) == size


def test_a_territory_that_is_not_there_or_not_one_is_refused_in_a_sentence(event: Path) -> None:
    nowhere = run(event, "tables", "move", "--territory", "Atlantis", "3")
    assert (nowhere.status, "No territory called Atlantis" in nowhere.err) == (1, True)
    several = run(event, "tables", "move", "--territory", "a", "3")
    assert (several.status, "name one of them" in several.err) == (1, True)


def test_wishes_are_listed_withdrawn_for_today_and_wished_again(event: Path) -> None:
    listed = run(event, "tables", "wishes").json["wishes"]
    apart = next(each for each in listed if each["wish"] == "apart")
    assert (apart["source"], apart["counts"]) == ("list", True)
    pair = (apart["person"]["id"], apart["other"])
    run(event, "tables", "apart", *pair, "--off")
    (aside,) = (
        each
        for each in run(event, "tables", "wishes", pair[0]).json["wishes"]
        if each["wish"] == "apart"
    )
    assert (aside["source"], aside["counts"]) == ("list", False)
    run(event, "tables", "apart", *pair)
    assert run(event, "tables", "wishes").json["wishes"] == listed
    refused = run(event, "tables", "together", *pair, "--off")
    assert (refused.status, "Nobody asked for" in refused.err) == (1, True)


def test_who_stays_and_who_is_pinned_are_let_go_again(event: Path) -> None:
    someone = next(iter(where(event)))
    before = run(event, "tables", "wishes", someone).json["wishes"]
    run(event, "tables", "stays", someone)
    run(event, "tables", "pin", someone, str(where(event)[someone][1]))
    kinds = {each["wish"] for each in run(event, "tables", "wishes", someone).json["wishes"]}
    assert {"stays", "pin"} <= kinds
    run(event, "tables", "stays", someone, "--off")
    run(event, "tables", "pin", someone, "--off")
    assert run(event, "tables", "wishes", someone).json["wishes"] == before
    assert run(event, "tables", "pin", someone, "3", "--off").status == 2


def test_a_table_is_called_something_beside_its_number(event: Path) -> None:
    run(event, "tables", "name", "2", "Old Harbour")
    assert run(event, "tables").json["tables"][1]["name"] == "Old Harbour"
    assert "Table 2 · Old Harbour:" in command("--event", event, "tables").out
    run(event, "tables", "name", "2", "")
    assert run(event, "tables").json["tables"][1]["name"] is None
    run(event, "tables", "undo")
    assert run(event, "tables").json["tables"][1]["name"] == "Old Harbour"


def test_every_act_names_its_people_and_its_table_as_they_are_afterwards(event: Path) -> None:
    board = run(event, "tables").json
    empty = next(table["table"] for table in board["tables"] if not table["people"])
    free = [
        each for each in where(event) if not run(event, "tables", "wishes", each).json["wishes"]
    ]
    one, other = free[0], next(each for each in free if where(event)[each] != where(event)[free[0]])
    moved = run(event, "tables", "move", one, str(empty)).json
    assert (moved["person"]["table"], moved["table"]) == (empty, empty)
    assert [each["table"] for each in moved["people"]] == [empty]
    undone = run(event, "tables", "undo").json
    assert undone["person"]["table"] == where(event)[one][1]
    sat = [where(event)[each][1] for each in (one, other)]
    swapped = run(event, "tables", "swap", one, other)
    if not swapped.status:
        assert [each["id"] for each in swapped.json["people"]] == [one, other]
        assert [each["table"] for each in swapped.json["people"]] == sat[::-1]
        run(event, "tables", "undo")
    together = run(event, "tables", "apart", one, other).json
    assert {each["id"] for each in together["people"]} == {one, other}
    assert together["person"] is None
    pinned = run(event, "tables", "pin", one, str(sat[0])).json
    assert (pinned["person"]["id"], pinned["table"]) == (one, sat[0])
    for words in (("close", str(empty)), ("open", str(empty)), ("host", str(empty), "Mia")):
        assert run(event, "tables", *words).json["table"] == empty


def test_a_pin_without_a_table_is_let_go_and_says_from_where(event: Path) -> None:
    someone, (_, table) = next(iter(where(event).items()))
    run(event, "tables", "pin", someone, str(table))
    again = run(event, "tables", "pin", someone, str(table)).json["say"]
    assert again.endswith(f"is pinned to table {table} already; nothing changed.")
    gone = run(event, "tables", "pin", someone)
    assert gone.json["say"].endswith(f"is no longer pinned to table {table}.")
    nothing = run(event, "tables", "pin", someone)
    assert nothing.status == 0
    assert nothing.json["say"].endswith("was not pinned; nothing changed.")
    assert run(event, "tables", "undo").json["say"].endswith(f"pinned to table {table} again.")
    assert "no longer pinned" in command("tables", "pin", "--help").out
