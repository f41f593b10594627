"""The wall view: everybody by table, no private data, pages that turn, Esc back."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.tables.planning import Planning
from checkin.tables.seating import Seating
from screens import table_wall
from screens.table_wall import Wall, WallScreen, posters
from screens.tables import TablesScreen
from tests.screens.in_an_area import stage
from tests.screens.test_tables_screen import come


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_pages_hold_everybody_once_by_table_and_nothing_private(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with stage(tmp_path, "tables", size) as at:
        await come(at, 31)
        await at.until_shown("31 at")
        await at.press("ctrl+w")
        await at.until(lambda: isinstance(at.app.screen, WallScreen), "the wall")
        await at.until_shown("page 1 of")
        wall = at.app.screen.query_one(Wall)
        board = Seating(at.session).board()
        said = ""
        for _ in wall.pages():
            said += at.text
            await at.press("right")
        assert wall.page == 0
        people = [p for t in board.tables for p in t.people]
        lines = said.replace("\n", "  ")
        for person in people:
            assert person.organisation[:20] in lines
            assert person.email not in said
            assert person.code not in said
        shown = [p.id for page in wall.pages() for poster in page for p in poster.people]
        assert sorted(shown) == sorted(person.id for person in people)
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, TablesScreen), "the board")


async def test_the_pages_turn_by_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_wall, "PAGE", 0.2)
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 31)
        await at.until_shown("31 at")
        await at.press("ctrl+w")
        await at.until_shown("page 2 of")
        await at.until_shown("page 3 of")


async def test_a_table_too_long_for_the_wall_goes_on_beside(tmp_path: Path) -> None:
    async with stage(tmp_path) as at:
        await come(at, 31)
        board = Seating(at.session).board()
        found = posters(board, 2)
        for table in board.tables:
            parts = [poster for poster in found if poster.number == table.number]
            assert {p.id for part in parts for p in part.people} == {p.id for p in table.people}
            assert [part.more for part in parts] == [True] * (len(parts) - 1) + [False] * bool(
                parts
            )


async def test_space_makes_the_pages_stand_still_and_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_wall, "PAGE", 0.2)
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 31)
        await at.until_shown("31 at")
        await at.press("ctrl+w")
        await at.until_shown("page 2 of")
        await at.press("space")
        await at.until_shown("standing still")
        page = at.app.screen.query_one(Wall).page
        await at.pilot.pause(0.8)
        assert at.app.screen.query_one(Wall).page == page
        await at.press("left")
        await at.pilot.pause(0.5)
        assert at.app.screen.query_one(Wall).page == page - 1
        await at.press("space")
        await at.until(lambda: at.app.screen.query_one(Wall).page not in (page, page - 1), "pages")


async def test_an_earlier_and_a_planned_round_stand_on_the_wall_as_well(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 24)
        await at.until_shown("24 at")
        planning = Planning(at.session)
        plans = planning.plan_rounds(2)
        planning.keep(plans)
        at.app.desk_line.stir()
        await at.until_shown("Round 3 (planned)")
        await at.press("ctrl+right", "ctrl+right")
        await at.until_shown("Round 3, meet new people")
        await at.press("ctrl+w")
        await at.until_shown("round 3, planned")
        wall = at.app.screen.query_one(Wall)
        shown = {p.id: po.number for page in wall.pages() for po in page for p in po.people}
        assert shown == plans[1].seating
        await at.press("up")
        await at.until_shown("round 2, planned")
        await at.press("up")
        await at.until(lambda: "round 1" in at.text and "planned" not in at.text, "round 1")
        kept = planning.kept()
        assert kept is not None
        planning.accept(kept)
        await at.until_shown("round 2")
        await at.press("up")
        await at.until_shown("round 1, over")
