"""What the board and its boxes say: help of a box, lists that go on, the plan before the doors."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

from checkin.tables.assembling import standing
from checkin.tables.bonds import Bonds
from checkin.tables.manual import Manual
from checkin.tables.planning import Planning
from checkin.tables.search import Effort
from checkin.tables.seating import Seating
from screens.board_plan import BoardCard
from screens.help import HelpScreen
from screens.price_box import PriceBox
from screens.table_box import TableBox
from screens.table_repair import RepairBox
from screens.table_rounds import RoundsBox
from screens.table_tell import TellBox
from screens.tables import TablesScreen
from tests.screens.in_an_area import Stage, stage
from tests.screens.test_tables_screen import come, seats


def accept_plan(at: Stage) -> None:
    planning = Planning(at.session)
    planning.accept(planning.plan(effort=Effort.QUICK))


def cards(at: Stage) -> list[BoardCard]:
    return list(at.app.screen.query(BoardCard))


async def test_help_of_a_box_has_its_title_and_only_its_own_keys(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 31)
        await at.until_shown("31 at")
        await at.press("f1")
        await at.until_shown("the next area")
        await at.press("escape", "enter")
        await at.until(lambda: isinstance(at.app.screen, TableBox), "the table's people")
        await at.press("f1")
        await at.until(lambda: isinstance(at.app.screen, HelpScreen), "help")
        await at.until_shown("F3 or ctrl+f")
        title = at.app.screen.query_one("#box").border_title or ""
        assert Content.from_markup(title).plain.startswith("Help: Table 1 · ")
        assert "F6" not in at.text
        assert "ctrl+q" not in at.text
        assert "area" not in at.text


async def test_a_list_that_goes_on_says_which_rows_are_seen_and_where_more_are(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 45)
        planning = Planning(at.session)
        await at.app.desk_line.work(
            lambda: planning.accept(planning.plan(number=2, effort=Effort.QUICK))
        )
        at.app.desk_line.stir()
        await at.press("ctrl+l")
        await at.until(lambda: isinstance(at.app.screen, TellBox), "who has to be told")
        (count,) = {len(at.app.screen.query_one("#told").items)}  # type: ignore[attr-defined]
        await at.until(lambda: below(at) == f"1-9 of {count}, ↓ more", "the rows in sight")
        await at.press("end")
        await at.until(lambda: below(at) == f"{count - 8}-{count} of {count}, ↑ more", "the end")
        await at.press("up", "pageup")
        await at.until(lambda: below(at).endswith("↑ ↓ more"), "the middle")
        await at.press("escape", "ctrl+k")
        await at.until(lambda: isinstance(at.app.screen, RoundsBox), "the mixing plan")
        await at.until(lambda: below(at).startswith("1-9 of 4"), "people in sight")
        await at.press("right")
        await at.until(lambda: "table 1" in at.text and "↓ more" in below(at), "tables in sight")
        await at.press("escape", "enter", "enter")
        await at.until(lambda: isinstance(at.app.screen, PriceBox), "where to")
        await at.until(lambda: below(at) == "1-6 of 9, ↓ more", "tables in sight")


def below(at: Stage) -> str:
    return Content.from_markup(at.app.screen.query_one("#box").border_subtitle or "").plain


async def test_a_short_list_says_nothing_of_more(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 5)
        await at.until_shown("5 at")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, TableBox), "the table's people")
        await at.pilot.pause()
        assert below(at) == ""


async def test_before_the_doors_an_accepted_plan_stands_on_the_board(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await at.until_shown("nobody sits yet")
        await at.app.desk_line.work(lambda: accept_plan(at))
        at.app.desk_line.stir()
        await at.until_shown("62 planned at")
        first = cards(at)[0]
        assert first.planned
        assert first.has_class("-planned")
        assert f"0 of {len(first.table.people)} in" in str(first.border_title)
        assert "planned" in str(first.border_subtitle)
        assert first.pullable(first.region.offset) is None
        first.focus()
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, TableBox), "who is planned")
        await at.until_shown("Planned: the door tells them their table")
        await at.press("enter", "f3", "f4", "f2")
        assert isinstance(at.app.screen, TableBox)
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, TablesScreen))
        person = first.table.people[0]
        door = at.app.door
        assert door is not None
        await at.app.desk_line.work(lambda: door.check_in(person.id))
        at.app.desk_line.stir()
        await at.until_shown("1 at 1 table")
        taken = seats(at)[person.id]
        assert [card.planned for card in cards(at) if card.table.number == taken] == [False]
        assert any(card.planned for card in cards(at))
        assert all(not card.table.warnings for card in cards(at) if card.planned)


async def test_the_plan_taken_back_leaves_an_empty_board(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await at.app.desk_line.work(lambda: accept_plan(at))
        at.app.desk_line.stir()
        await at.until_shown("0 of 7 in")
        await at.until_shown("· planned, 0 of")
        await at.press("f8")
        await at.until_said("Undone: the plan of round 1 is taken back.")
        await at.until_shown("nobody sits yet")
        assert "planned" not in at.text


async def test_moves_picked_out_of_a_repair_have_their_own_price(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 31)
        await at.until_shown("31 at")
        before = seats(at)
        ladder = Planning(at.session).ladder()
        place = next(n for n, rung in enumerate(ladder.rungs) if len(rung.moves) > 1)
        rung = ladder.rungs[place]
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, RepairBox), "the repairs")
        box = at.app.screen
        assert isinstance(box, RepairBox)
        await at.press(*["left"] * 6, *["right"] * (place - 1))
        assert len(box.rung.moves) == len(rung.moves)
        last = box.rung.moves[-1]
        await at.press("end", "space")
        whole = {(move.person, move.target) for move in box.rung.moves[:-1]}
        is_a_rung = any(
            {(move.person, move.target) for move in each.moves} == whole for each in ladder.rungs
        )
        count = len(box.rung.moves)
        await at.until_shown(f"{count - 1} of {count} moves picked")
        await at.until(lambda: "Reckoning" not in at.text, "the price")
        assert is_a_rung or "Not possible" in at.text or "→" in at.text
        assert seats(at) == before
        if "Not possible" not in at.text:
            await at.press("enter")
            await at.until(lambda: seats(at) != before, "the moves")
            assert seats(at)[last.person] == before[last.person]


async def test_who_does_not_want_to_be_moved_may_be_again_with_the_same_key(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 31)
        await at.until_shown("31 at")
        table = Seating(at.session).board().table(1)
        assert table is not None
        person = table.people[0].id
        for effect, said, stays in (
            ("No repair proposes to move them", "no repair moves them.", True),
            ("a repair may propose to move them again", "may be moved again.", False),
        ):
            await at.press("enter")
            await at.until_shown("sits at table 1")
            await at.press("f2")
            await at.until_shown(effect)
            await at.press("enter")
            await at.until_said(said)
            await at.until(lambda: isinstance(at.app.screen, TablesScreen))
            with at.session.reading() as connection:
                room = standing(connection, at.session.settings, 1).room
            assert room.guest(person).stays is stays


async def test_a_list_of_no_wishes_offers_nothing_to_withdraw(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 31)
        await at.until_shown("31 at")
        await at.press("ctrl+x")
        await at.until_shown("withdraw, or count again")
        await at.press("escape")
        board = Seating(at.session).board()
        bound = {bond.person for bond in Bonds(at.session).all()}
        bound |= {bond.other for bond in Bonds(at.session).all()}
        number, place = next(
            (table.number, place)
            for table in board.tables
            for place, person in enumerate(table.people)
            if person.id not in bound
        )
        next(card for card in cards(at) if card.table.number == number).focus()
        await at.press("enter")
        await at.until_shown(f"sits at table {number}")
        await at.press(*["down"] * place, "ctrl+x")
        await at.until_shown("Nobody asked for anything.")
        assert "withdraw" not in at.text


async def test_a_hostile_name_in_the_title_of_a_box_is_only_text_in_its_help(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 12)
        await at.app.desk_line.work(lambda: Manual(at.session).name_table(1, "[/x] [@click=quit]"))
        at.app.desk_line.stir()
        await at.until_shown("12 at")
        await at.until_shown("[/x]")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, TableBox), "the table's people")
        await at.press("f1")
        await at.until(lambda: isinstance(at.app.screen, HelpScreen), "help")
        title = at.app.screen.query_one("#box").border_title or ""
        assert Content.from_markup(title).plain.startswith("Help: Table 1 · [/x] [@click=quit]")
