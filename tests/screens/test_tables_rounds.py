"""Rounds as tabs on the board, and the mixing plan per person and per table."""

from __future__ import annotations

from pathlib import Path

import pypdf

from checkin.tables.planning import Planning
from checkin.tables.rounds import Rounds, ways
from checkin.tables.seating import Board, Seating
from screens.move_person import FindAtTables
from screens.table_plan import PlanBox, PlanForm
from screens.table_rounds import RoundsBox
from screens.table_tell import TellBox
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
        for key in ("f3", "f5", "f7", "shift+f2", "ctrl+e"):
            await at.press(key)
            assert isinstance(at.app.screen, TablesScreen)
        await at.until_said("Round 1 is over")
        assert seats(at) == before
        await at.press("ctrl+right")
        await at.until_shown("Round 2, meet new people")
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.screen, FindAtTables))


async def test_the_mixing_plan_is_shown_per_person_and_per_table(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 24)
        await at.until_shown("24 at")
        await second_round(at)
        await at.until_shown("Round 2 (now)")
        await at.press("ctrl+k")
        await at.until(lambda: isinstance(at.app.screen, RoundsBox), "the mixing plan")
        await at.until_shown(" met")
        box = at.app.screen
        assert isinstance(box, RoundsBox)
        assert ways(Rounds(at.session).boards())[0].person.organisation in at.text
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


async def test_rounds_are_planned_together_kept_looked_at_and_begun(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 30)
        await at.until_shown("30 at")
        before = seats(at)
        await at.press("f4")
        await at.until(lambda: isinstance(at.app.screen, PlanBox), "the plan")
        await at.until_shown("round 2 begins now")
        await at.press("f2")
        await at.until(lambda: isinstance(at.app.screen, PlanForm), "what to plan")
        await at.press("right", "right", "down", "left", "enter")
        await at.until_shown("1 of 3 rounds")
        assert "nobody moves before one begins" in at.text
        await at.press("right", "right")
        await at.until_shown("Plan for round 4: meet new people   3 of 3 rounds")
        await at.press("enter")
        await at.until_said("Rounds 2, 3 and 4 are kept as planned")
        await at.until_shown("Round 4 (planned)")
        assert seats(at) == before
        await at.press("ctrl+right")
        await at.until_shown("Round 2, meet new people")
        await at.press("f3")
        await at.until_said("Round 2 is only planned")
        await at.press("f4")
        await at.until_shown("Round 2 as it was planned")
        await at.press("enter")
        await at.until_said("Round 2 is seated: 30 people.")
        await at.until(lambda: isinstance(at.app.screen, TellBox), "who has to be told")
        await at.press("escape")
        await at.until_shown("Round 2 (now)")
        assert "Round 3 (planned)" in at.text
        await at.press("f8", "f8")
        await at.until(lambda: at.notes.count("Undone: ") == 2, "both taken back")
        await at.until(lambda: "Round 2" not in at.text, "round 1 alone")
        assert seats(at) == before


async def test_a_plan_for_later_moves_nobody_and_is_planned_anew_at_will(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 24)
        await at.until_shown("24 at")
        before = seats(at)
        await at.press("f4")
        await at.until(lambda: isinstance(at.app.screen, PlanBox), "the plan")
        await at.press("f3")
        await at.until_said("Round 2 is kept as planned")
        assert seats(at) == before
        await at.press("f4")
        await at.until_shown("Round 2 as it was planned")
        await at.press("f2")
        await at.until(lambda: isinstance(at.app.screen, PlanForm), "what to plan")
        await at.press("up", "left", "enter")
        await at.until_shown("Plan for round 2: with your territory")
        await at.press("escape")
        await at.until_said("Nothing was changed.")
        assert seats(at) == before


async def test_the_mixing_plan_is_printed_with_a_page_a_table(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 24)
        await at.until_shown("24 at")
        await second_round(at)
        await at.until_shown("Round 2 (now)")
        await at.press("ctrl+k")
        await at.until(lambda: isinstance(at.app.screen, RoundsBox), "the mixing plan")
        await at.press("f5")
        await at.until_shown("Written: ")
        (paper,) = tmp_path.rglob("*-rounds.pdf")
        used = {n for board in Rounds(at.session).boards() for n in seated(board)}
        assert len(pypdf.PdfReader(paper).pages) == 1 + len(used)


def seated(board: Board) -> set[int]:
    return {table.number for table in board.tables if table.people}
