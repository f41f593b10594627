"""What a repair says: every rule that stays broken, and what no move can mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from checkin.door.desk import Door
from checkin.door.overview import Which
from checkin.errors import RefusedError
from checkin.event.session import EventSession
from checkin.roster.registrations import Registrar
from checkin.tables.manual import Manual
from checkin.tables.planning import Planning
from checkin.tables.repair import Move
from checkin.tables.seating import Seating
from screens.table_repair import no_repair, scale
from tests.day import command
from tests.tables.by_hand import ids, person, seated, tables_of

NAMES = ("Ana", "Bo", "Cy", "Di", "Ed", "Flo")


def room(
    path: Path, at: Mapping[str, int], tables: int, seats: int, **more: Mapping[str, object]
) -> EventSession:
    people = {
        name: (person(name, f"Terr {table}", **more.get(name, {})), table)
        for name, table in at.items()
    }
    return seated(path, people, tables, seats)


def test_a_full_room_with_a_closed_table_is_told_that_no_chair_is_free(tmp_path: Path) -> None:
    path = tmp_path / "a.checkin"
    session = room(path, {name: 1 + n // 2 for n, name in enumerate(NAMES)}, 3, 2)
    Manual(session).close_table(1)
    ladder = Planning(session).ladder()
    say = "2 people of table 1 find no free chair: open a table, or give one more seats."
    assert ladder.notes == (say,)
    assert no_repair(ladder).startswith(f"No move mends it: {say[:-1]}")
    assert f"‼ {say}" in scale(ladder, 0).plain
    session.close()
    told = command("--event", path, "tables", "repair").out
    assert say in told
    document = command("--event", path, "--json", "tables", "repair").json
    assert isinstance(document, dict)
    assert document["notes"] == [say]


def test_as_many_rules_are_counted_as_lines_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.checkin"
    needs: dict[str, Mapping[str, object]] = {n: {"step_free": True} for n in ("Ana", "Bo", "Cy")}
    at = {"Ana": 1, "Bo": 1, "Cy": 2, "Di": 2, "Ed": 3, "Flo": 3}
    session = room(path, at, 3, 4, **needs)
    Manual(session).close_table(3)
    ladder = Planning(session).ladder()
    assert set(ladder.broken) == {
        "Table 3 is closed, and 2 people are still there.",
        "Somebody needs a step-free table; none is open (3 people).",
    }
    assert "✕ As it is, 2 rules broken" in scale(ladder, 1).plain
    session.close()
    told = command("--event", path, "tables", "repair").out
    rungs: list[tuple[int, int]] = []
    for line in told.splitlines():
        if "points" in line:
            count = int(line.split(" rule")[0].split()[-1]) if "broken" in line else 0
            rungs.append((count, 0))
        elif "✕" in line:
            rungs[-1] = (rungs[-1][0], rungs[-1][1] + 1)
    assert len(rungs) > 1
    assert all(count == lines for count, lines in rungs)
    document = command("--event", path, "--json", "tables", "repair").json
    assert isinstance(document, dict)
    assert [rung["broken"] for rung in document["rungs"]] == [count for count, _ in rungs]


def test_a_need_that_no_open_table_serves_is_on_the_board_in_the_ladder_and_in_the_plan(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.checkin"
    need: Mapping[str, object] = {"step_free": True}
    session = room(path, {"Ana": 1, "Bo": 2}, 2, 4, Ana=need)
    session.change_settings(replace(session.settings, step_free_tables=(1,)))
    Manual(session).close_table(1)
    say = "Somebody needs a step-free table; none is open."
    ladder = Planning(session).ladder()
    assert say in ladder.broken
    assert say in ladder.notes
    assert tables_of(session)["Ana"] == 1
    best = ladder.rungs[-1]
    Planning(session).accept_moves(best.moves, ladder.seen)
    assert tables_of(session)["Ana"] == 2
    assert Planning(session).ladder().broken == (say,)
    assert say in Planning(session).plan().notes
    session.close()
    told = command("--event", path, "--json", "tables").json
    assert isinstance(told, dict)
    assert say in told["tables"][1]["warnings"]


def test_people_without_a_table_are_named_as_to_be_seated_by_hand(tmp_path: Path) -> None:
    session = room(tmp_path / "a.checkin", {"Ana": 1, "Bo": 1}, 1, 2)
    with session.writing() as writer:
        Registrar(writer.connection).add([person("Cy", "Terr C")])
    door = Door(session, Seating(session))
    for each in door.people(Which.EXPECTED):
        door.check_in(each.id)
    ladder = Planning(session).ladder()
    assert ladder.notes == (
        "1 person without a table finds no free chair: open a table, or give one more seats.",
        "1 person has no table; seat them by hand, no rung does.",
    )


def test_a_part_of_a_rung_that_would_break_a_rule_that_holds_is_refused(tmp_path: Path) -> None:
    session = room(tmp_path / "a.checkin", {"Ana": 1, "Bo": 2, "Cy": 2}, 2, 2)
    who = ids(session)
    ladder = Planning(session).ladder()
    half = Move(who["Ana"], 1, 2, "half of a swap")
    with pytest.raises(RefusedError, match="Table 2 has 2 seats for 3 people"):
        Planning(session).accept_moves((half,), ladder.seen)
    assert tables_of(session)["Ana"] == 1
