"""Rounds as tabs on the board, and the mixing plan per person and per table."""

from __future__ import annotations

from pathlib import Path

from checkin.tables.planning import Planning
from checkin.tables.rounds import ways
from checkin.tables.seating import Seating
from screens.move_person import FindToMove
from screens.table_rounds import RoundsBox
from screens.tables import TablesScreen
from tests.screens.in_an_area import Stage, stage
from tests.screens.test_tables_screen import come, seats


async def second_round(at: Stage) -> None:
    planning = Planning(at.session)
    plan = planning.plan()
    await at.app.desk_line.work(lambda: planning.accept(plan))
    at.app.desk_line.stir()


async def test_an_earlier_round_is_looked_at_and_not_changed(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 24)
        await at.until_shown("24 at")
        assert "ctrl+← → rounds" not in at.text
        await second_round(at)
        await at.until_shown("Round 2 (now)")
        before = seats(at)
        await at.press("ctrl+left")
        await at.until_shown("Round 1, with your territory")
        for key in ("enter", "f3", "f7", "shift+f2", "shift+f3"):
            await at.press(key)
            assert isinstance(at.app.screen, TablesScreen)
        await at.until_said("Round 1 is over")
        assert seats(at) == before
        await at.press("ctrl+right")
        await at.until_shown("Round 2, meet new people")
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.screen, FindToMove))


async def test_the_mixing_plan_is_shown_per_person_and_per_table(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 24)
        await at.until_shown("24 at")
        await second_round(at)
        await at.until_shown("Round 2 (now)")
        await at.press("ctrl+k")
        await at.until(lambda: isinstance(at.app.screen, RoundsBox), "the mixing plan")
        await at.until_shown(" met")
        await at.press("right")
        await at.until_shown("round 2  ")
        await at.press("left")
        await at.until_shown(" met")


async def test_everybody_has_a_table_in_each_round_and_their_company_is_counted(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path) as at:
        await come(at, 24)
        await second_round(at)
        seating = Seating(at.session)
        boards = [seating.board(1), seating.board(2)]
        found = {way.person.id: way for way in ways(boards)}
        assert len(found) == 24
        for id, way in found.items():
            company = []
            for board, number in zip(boards, way.tables, strict=True):
                table = board.table(number or 0)
                company.append({p.id for p in table.people if p.id != id} if table else set())
                assert table is None or id in {p.id for p in table.people}
            assert way.met == len(company[0] | company[1])
            assert way.again == len(company[0] & company[1])
