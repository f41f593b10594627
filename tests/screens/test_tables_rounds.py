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
from screens.widgets.text_field import TextField
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
        await at.until_shown("people met")
        box = at.app.screen
        assert isinstance(box, RoundsBox)
        assert ways(Rounds(at.session).boards())[0].person.organisation in at.text
        await at.press("right")
        await at.until_shown("round 2  ")
        await at.press("left")
        await at.until_shown("people met")
        head, (row, *_) = box.query_one("#faults"), box.query_one("#people").items  # type: ignore[attr-defined]
        title, line = str(head.render()), str(box.query_one("#people").render()).splitlines()[0]
        for word, value in (
            ("round 1", row.tables[0]),
            ("round 2", row.tables[1]),
            ("people met", row.met),
        ):
            # The list's own edge is a cell that its lines don't have.
            at_end = title.index(word) + len(word) - 1
            assert line[:at_end].endswith(f" {value}"), (title, line)


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
        await at.press("down", "right", "right", "down", "left", "enter")
        await at.until_shown("Plan for round 2 (first of three): with new people")
        await at.until_shown("In all 3 rounds together ")
        assert "nobody moves before one begins" in at.text
        await at.press("right", "right")
        await at.until_shown("Plan for round 4 (last of three): with new people")
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
        await at.press("left", "enter")
        await at.until_shown("Plan for round 2: with their territory")
        await at.press("escape")
        await at.until_said("nothing was changed.")
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


async def test_a_plan_opens_as_many_tables_as_are_asked_for_and_says_what_it_costs(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await at.press("f4")
        await at.until(lambda: isinstance(at.app.screen, PlanBox), "the plan")
        box = at.app.screen
        assert isinstance(box, PlanBox)
        nine, board = len(seated(box.proposal.board)), box.proposal.board
        await at.until_shown(f"{nine} tables. {board.total} points (0 is perfect): ")
        assert "meet again" not in at.text
        assert "F3" not in at.text
        await at.press("f2")
        await at.until(lambda: isinstance(at.app.screen, PlanForm), "what to plan")
        assert at.app.screen.focused is at.app.screen.query_one("#kind")
        await at.until_shown("● with their territory")
        assert at.app.screen.query_one("#count", TextField).placeholder == f"as few as fit ({nine})"
        await at.press("down", "down", "left", "down", "x", "enter")
        await at.until_shown("Type a number of tables, or leave it empty.")
        await at.press("backspace", "1", "0", "enter")
        await at.until_shown("62 people at 10 tables. ")
        box = at.app.screen
        assert isinstance(box, PlanBox)
        assert len(seated(box.proposal.board)) == 10


async def test_the_points_of_a_plan_are_those_of_its_tables_and_of_the_board(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        await at.press("f4")
        await at.until(lambda: isinstance(at.app.screen, PlanBox), "the plan")
        box = at.app.screen
        assert isinstance(box, PlanBox)
        plan = box.proposal
        named = sum(each.points or 0 for found in plan.faults.values() for each in found)
        assert named + plan.board.score["split"] == plan.board.total
        await at.press("enter")
        await at.until_said(f"{plan.board.total} points.")
        due = Rounds(at.session).due()
        assert due is not None
        assert due.total == plan.board.total
        assert Rounds(at.session).as_planned() is None
        await come(at, 20)
        await at.until_shown("20 at")
        kept = Rounds(at.session).as_planned()
        assert kept is not None
        assert 0 < kept.kept <= kept.seated == 20
