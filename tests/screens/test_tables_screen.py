"""The board: cards, the price of a move before it is paid, undo, plans and repairs."""

from __future__ import annotations

from pathlib import Path

from checkin.door.overview import Which
from checkin.tables.seating import Seating
from screens.move_person import FindAtTables, MoveBox
from screens.table_box import TableBox
from screens.table_plan import PlanBox
from screens.table_repair import RepairBox
from screens.tables import TablesScreen
from screens.widgets.line_list import LineList
from screens.widgets.table_card import TableCard
from tests.screens.in_an_area import Stage, stage


async def come(at: Stage, count: int) -> None:
    """The first `count` people by their codes come."""
    assert at.app.door is not None
    door = at.app.door
    people = sorted(door.people(Which.ALL), key=lambda person: person.code)[:count]
    await at.app.desk_line.work(lambda: [door.check_in(person.id) for person in people])
    at.app.desk_line.stir()


def seats(at: Stage) -> dict[str, int]:
    board = Seating(at.session).board()
    return {person.id: table.number for table in board.tables for person in table.people}


async def test_a_wide_terminal_shows_all_ten_tables_and_a_narrow_one_scrolls(
    tmp_path: Path,
) -> None:
    for size, all_in_sight in (((120, 40), True), ((80, 24), False)):
        folder = tmp_path / f"{size[0]}"
        folder.mkdir()
        async with stage(folder, "tables", size) as at:
            await at.until(lambda: len(at.app.screen.query(TableCard)) == 10, "ten cards")
            await at.pilot.pause()
            bottom = at.app.screen.query_one("#cards").region.bottom
            cards = list(at.app.screen.query(TableCard))
            assert all(card.region.bottom <= bottom for card in cards) is all_in_sight
            await at.press(*["down"] * 4)
            last = at.app.screen.focused
            assert last is not None
            assert last.region.bottom <= bottom
            assert "nobody sits yet" in at.text


async def test_the_price_is_shown_before_a_move_enter_moves_and_f8_takes_it_back(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 31)
        await at.until_shown("31 at")
        before = seats(at)
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, TableBox), "the table's people")
        await at.until_shown("sits at table 1")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, MoveBox), "the question where to")
        await at.type("9")
        await at.until(lambda: "Table 9: " in at.text and "→" in at.text, "the price")
        assert seats(at) == before
        await at.press("enter")
        await at.until_said("sits at table 9 now.")
        after = seats(at)
        moved = [id for id in before if before[id] != after[id]]
        assert len(moved) == 1
        assert after[moved[0]] == 9
        await at.until(lambda: isinstance(at.app.screen, TablesScreen))
        await at.press("f8")
        await at.until_said("Undone: ")
        assert seats(at) == before


async def test_esc_at_the_price_moves_nobody(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 12)
        await at.until_shown("12 at")
        before = seats(at)
        await at.press("enter", "enter")
        await at.until(lambda: isinstance(at.app.screen, MoveBox))
        await at.type("7")
        await at.until(lambda: "Table 7: " in at.text, "the price")
        await at.press("escape", "escape")
        await at.until(lambda: isinstance(at.app.screen, TablesScreen))
        assert seats(at) == before


async def test_a_table_that_is_not_there_is_said_and_nobody_moves(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 5)
        await at.until_shown("5 at")
        before = seats(at)
        await at.press("enter", "enter")
        await at.until(lambda: isinstance(at.app.screen, MoveBox))
        await at.type("88")
        await at.until_shown("There is no table 88")
        await at.press("enter")
        assert isinstance(at.app.screen, MoveBox)
        assert seats(at) == before


async def test_somebody_who_is_here_is_found_by_name_to_be_moved(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 62)
        await at.until_shown(f"{len(seats(at))} at")
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.screen, FindAtTables))
        await at.type("kowalska")
        await at.until_shown("KOWALSKA")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, MoveBox))
        assert "Anna KOWALSKA" in at.text


async def test_a_search_ends_on_the_board_whether_the_move_is_made_or_left(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 31)
        await at.until_shown(f"{len(seats(at))} at")
        before = seats(at)
        board = Seating(at.session).board()
        who = next(table.people[0] for table in board.tables if table.people)
        for key in ("escape", "enter"):
            await at.press("f3")
            await at.until(lambda: isinstance(at.app.screen, FindAtTables))
            await at.type(who.family_name)
            await at.until_shown(who.family_name.upper())
            await at.press("enter")
            await at.until(lambda: isinstance(at.app.screen, MoveBox))
            await at.type("10")
            await at.until_shown("Table 10: ")
            await at.press(key)
            await at.until(lambda: isinstance(at.app.screen, TablesScreen), "the board")
        await at.until_said("sits at table 10 now")
        assert seats(at) == {**before, who.id: 10}


async def test_a_plan_is_compared_first_and_can_be_left(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await at.until_shown("nobody sits yet")
        await at.press("f4")
        await at.until(lambda: isinstance(at.app.screen, PlanBox), "the plan")
        await at.until_shown("people at")
        await at.press("escape")
        await at.until_said("nothing was changed.")
        await at.press("f4")
        await at.until(lambda: isinstance(at.app.screen, PlanBox), "the plan")
        await at.press("enter")
        await at.until_said("The plan is kept: ")


async def test_a_repair_moves_only_who_was_accepted(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 31)
        await at.until_shown("31 at")
        before, points = seats(at), Seating(at.session).board().total
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, RepairBox), "the repairs")
        box = at.app.screen
        assert isinstance(box, RepairBox)
        moves = {move.person: move.target for move in box.rung.moves}
        await at.press("enter")
        await at.until_said("moved.")
        after = seats(at)
        assert {id: after[id] for id in before if before[id] != after[id]} == moves
        assert Seating(at.session).board().total < points


async def test_a_part_of_a_rung_is_not_offered_at_the_price_of_all_of_it(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 31)
        await at.until_shown("31 at")
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, RepairBox), "the repairs")
        box = at.app.screen
        assert isinstance(box, RepairBox)
        await at.until_shown(f"Moves: points after them   0: {Seating(at.session).board().total}")
        await at.until_shown("★ suggested: more moves gain little")
        await at.press(*["right"] * 6)
        await at.until_shown(f": {box.rung.moves[0].reason}.")
        count, price = len(box.rung.moves), f"after {box.rung.points} points"
        assert count > 1
        assert price in at.text
        await at.press("space")
        await at.until_shown(f"{count - 1} of {count} moves picked")
        assert price not in at.text
        await at.press("space")
        await at.until_shown(price)


async def test_a_plan_says_in_full_what_is_wrong_at_the_table_that_is_meant(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await at.press("f4")
        await at.until(lambda: isinstance(at.app.screen, PlanBox), "the plan")
        box = at.app.screen
        assert isinstance(box, PlanBox)
        tables = [table for table in box.proposal.board.tables if table.people]
        place, wrong = next((n, each) for n, each in enumerate(tables) if each.warnings)
        sentence = box.proposal.faults[wrong.number][0].say
        assert sentence.endswith(".")
        await at.press(*["down"] * place)
        said = box.query_one("#why")
        await at.until(lambda: sentence in str(said.render()), "the whole sentence")
        assert box.query_one("#box").region.bottom <= 23


async def test_an_arrival_does_not_move_the_card_that_is_meant(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 20)
        await at.until_shown("20 at")
        await at.press("down", "right")
        meant = at.app.screen.focused
        assert isinstance(meant, TableCard)
        place = meant.region
        await come(at, 26)
        await at.until_shown("26 at")
        assert at.app.screen.focused is meant
        assert meant.region == place
        assert isinstance(at.app.screen.query_one(TableCard), TableCard)


async def test_closing_a_table_is_said_and_can_be_taken_back(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await at.until_shown("nobody sits yet")
        await at.press("f7")
        await at.until_shown("Nobody sits there; nobody will be seated there.")
        await at.press("enter")
        await at.until_said("Table 1 is closed")
        await at.until_shown("✕ closed")
        await at.press("f8")
        await at.until_said("Undone: ")
        await at.until(lambda: "✕ closed" not in at.text, "the table open again")


async def test_a_click_means_a_card_and_a_second_one_opens_it(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 20)
        await at.until_shown("20 at")
        card = list(at.app.screen.query(TableCard))[2]
        await at.pilot.click(card)
        await at.pilot.pause()
        assert at.app.screen.focused is card
        await at.until(lambda: not card.fresh)
        await at.pilot.click(card)
        await at.until(lambda: isinstance(at.app.screen, TableBox), "the table's people")
        assert at.app.screen.query_one(LineList).items == card.table.people
