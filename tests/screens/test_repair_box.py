"""The repair's box says what stays broken after the moves in sight, and what no move can mend."""

from __future__ import annotations

from pathlib import Path

from checkin.tables.manual import Manual
from checkin.tables.seating import Seating
from screens.table_repair import RepairBox
from tests.screens.in_an_area import stage
from tests.screens.test_tables_screen import come, seats


async def test_the_box_says_what_the_moves_in_sight_leave_broken_and_what_none_mends(
    tmp_path: Path,
) -> None:
    for size in ((120, 40), (80, 24)):
        folder = tmp_path / f"{size[0]}"
        folder.mkdir()
        async with stage(folder, "tables", size) as at:
            await come(at, 31)
            at_table = seats(at)
            pinned = next(iter(at_table))
            manual = Manual(at.session)
            manual.pin(pinned, at_table[pinned])
            manual.close_table(at_table[pinned])
            at.app.desk_line.stir()
            await at.press("f5")
            await at.until(lambda: isinstance(at.app.screen, RepairBox), "the repairs")
            await at.until_shown("✕ As it is, 1 rule broken: Table ")
            await at.until_shown("‼ ")
            await at.until_shown("Still broken: Table ")
            await at.press("enter")
            await at.until_said("moved.")
            assert seats(at)[pinned] == at_table[pinned]


async def test_where_no_move_mends_it_the_board_says_why(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 31)
        board = Seating(at.session).board()
        manual = Manual(at.session)
        for table in board.tables:
            manual.close_table(table.number)
        at.app.desk_line.stir()
        await at.press("f5")
        await at.until_said("No move mends it: 31 people of tables ")
        await at.until_said("find no free chair")
