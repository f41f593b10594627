"""Whole territories, wishes, names and the mouse on the board: the price is always seen first."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual.geometry import Offset

from checkin.tables.bonds import Bonds
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual
from checkin.tables.seating import Seating
from checkin.tables.territories import Part
from screens.board import BoardScreen
from screens.move_person import FindAtTables, MoveBox
from screens.price_box import PriceBox
from screens.table_acts import ActBox, WordsBox
from screens.table_bonds import BondsBox
from screens.table_box import PeopleList, TableBox
from screens.table_part import PartBox, parts_of_board
from screens.table_wall import posters
from screens.tables import TablesScreen
from screens.widgets.table_card import TableCard
from screens.widgets.table_panel import TablePanel
from tests.screens.in_an_area import Stage, stage
from tests.screens.test_tables_screen import come, seats


async def full_board(at: Stage, count: int = 31) -> None:
    """The board with people at its tables."""
    await come(at, count)
    await at.until_shown(f"{len(seats(at))} at")


def card(at: Stage, number: int) -> TableCard:
    return next(each for each in at.app.screen.query(TableCard) if each.table.number == number)


async def priced(at: Stage) -> PriceBox[object]:
    """The box in sight, once the row that is meant has its price."""
    await at.until(lambda: isinstance(at.app.screen, PriceBox), "a box with prices")
    box = at.app.screen
    assert isinstance(box, PriceBox)
    await at.until(lambda: "Reckoning" not in at.text, "the price")
    return box


async def ask_for_a_swap(at: Stage) -> tuple[PartBox, Part]:
    """Opens the box of a territory that can change places, with the other one meant."""
    sight = Foresight(at.session)
    found = sight.parts()
    one, other = next(
        (one, other)
        for one in found
        for other in found
        if one.territory != other.territory and not sight.exchange(one, other).refused
    )
    card(at, one.table).focus()
    await at.press("enter")
    await at.until(lambda: isinstance(at.app.screen, TableBox))
    at.app.screen.query_one(PeopleList).go_to(one.people[0])
    await at.press("shift+f3")
    box = await priced(at)
    assert isinstance(box, PartBox)
    box.rows.go_to(other)
    await at.until_shown(f"{other.territory} to table {one.table}: ")
    return box, other


async def pull(at: Stage, start: Offset, end: Offset) -> None:
    """Holds the mouse at one place, carries and lets go at the other."""
    await at.pilot.mouse_down(offset=start)
    await at.pilot.hover(offset=end)
    assert await at.pilot.mouse_up(offset=end)
    await at.pilot.pause()


async def test_a_territory_changes_places_with_another_as_one_act(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await full_board(at)
        before = seats(at)
        box, chosen = await ask_for_a_swap(at)
        assert seats(at) == before
        await at.press("enter")
        await at.until_said("sits at table")
        after = seats(at)
        here = box._part
        assert all(after[id] == chosen.table for id in here.people)
        assert all(after[id] == here.table for id in chosen.people)
        moved = {id for id in before if before[id] != after[id]}
        assert moved == {*here.people, *chosen.people}
        await at.until(lambda: isinstance(at.app.screen, TablesScreen))
        await at.press("f8")
        await at.until_said("Undone: ")
        assert seats(at) == before


async def test_a_search_means_a_whole_territory_when_told_so(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await full_board(at, 62)
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.screen, FindAtTables))
        await at.type("kowalska")
        await at.until_shown("KOWALSKA")
        await at.press("f4")
        await priced(at)
        await at.until_shown("All of Łódzkie")
        await at.type("9")
        await at.until(lambda: "to table 9" in at.text or "Not possible" in at.text)
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, TablesScreen))


async def test_why_here_finds_somebody_and_opens_their_table(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await full_board(at, 62)
        await at.press("f2")
        await at.until(lambda: isinstance(at.app.screen, FindAtTables))
        await at.type("kowalczyk")
        await at.until_shown("KOWALCZYK")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, TableBox))
        await at.until_shown("Jan Kowalczyk sits at table")
        await at.until_shown("to sit together with Anna Kowalska (on the list)")


async def test_what_is_wrong_at_a_table_stands_in_its_box_with_the_points(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await full_board(at)
        board = Seating(at.session).board()
        wrong = next(table for table in board.tables if table.warnings)
        card(at, wrong.number).focus()
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, TableBox))
        await at.until_shown(" points")
        assert at.app.screen.query_one("#box").region.bottom <= 23
        assert at.app.screen.query_one("#why").is_on_screen


async def test_a_wish_of_the_list_is_set_aside_from_the_board_and_taken_back(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        await full_board(at)
        await at.press("shift+f7")
        await at.until(lambda: isinstance(at.app.screen, BondsBox))
        await at.until_shown("on the list")
        first = Bonds(at.session).all()[0]
        await at.until_shown("It stays on the registration list and does not count today.")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, TablesScreen))
        assert not Bonds(at.session).all()[0].counts
        await at.press("f8")
        await at.until_said("Undone: ")
        assert Bonds(at.session).all()[0] == first


async def test_a_table_gets_a_name_beside_its_number_and_an_undo_takes_it_back(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        await full_board(at)
        await at.press("shift+f2")
        await at.until(lambda: isinstance(at.app.screen, WordsBox))
        await at.press("tab")
        await at.type("Old Harbour")
        await at.press("enter")
        await at.until_said('Table 1: called "Old Harbour".')
        await at.until_shown("1 · Old Harbour  ")
        wall = posters(Seating(at.session).board(), 10)
        assert [poster.name for poster in wall if poster.number == 1] == ["Old Harbour"]
        await at.press("f8")
        await at.until_said("Undone: ")
        await at.until(lambda: "Old Harbour" not in str(card(at, 1).border_title))


async def test_a_territory_is_pulled_onto_another_card_and_the_price_comes_first(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        await full_board(at)
        before = seats(at)
        line = card(at, 1).content_region.offset + Offset(1, 0)
        await pull(at, line, card(at, 10).region.offset + Offset(4, 3))
        box = await priced(at)
        assert isinstance(box, PartBox)
        assert box._part.table == 1
        assert getattr(box.rows.highlighted, "number", None) == 10
        assert seats(at) == before
        assert not any(each.has_class("-target") for each in at.app.screen_stack[-2].query("Card"))
        await at.press("escape")
        await at.pilot.pause()
        assert seats(at) == before
        # Let go on its own card, or nowhere, nothing is asked.
        await pull(at, line, line + Offset(5, 1))
        assert isinstance(at.app.screen, BoardScreen)


async def test_a_person_is_pulled_from_the_panel_and_from_the_box(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await full_board(at)
        panel = at.app.screen.query_one(TablePanel)
        row = next(place for place, each in enumerate(panel._rows) if each is not None)
        person = panel._rows[row]
        target = card(at, 4).region.offset + Offset(4, 3)
        await pull(at, panel.content_region.offset + Offset(5, row), target)
        box = await priced(at)
        assert isinstance(box, MoveBox)
        assert getattr(box.rows.highlighted, "number", None) == 4
        await at.press("escape", "enter")
        await at.until(lambda: isinstance(at.app.screen, TableBox))
        people = at.app.screen.query_one(PeopleList)
        assert people.highlighted == person
        await pull(at, people.content_region.offset + Offset(9, 1), Offset(2, 5))
        assert isinstance(at.app.screen, TableBox), "let go on its own card"
        await pull(at, people.content_region.offset + Offset(9, 1), target)
        await at.until(lambda: isinstance(at.app.screen, MoveBox), "the price")


async def test_a_click_still_opens_a_card_that_is_meant(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await full_board(at)
        await at.until(lambda: not card(at, 1).fresh)
        await at.pilot.click(offset=card(at, 1).content_region.offset + Offset(1, 0))
        await at.until(lambda: isinstance(at.app.screen, TableBox), "the table")


async def test_parts_that_moved_meanwhile_are_refused_in_a_sentence(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await full_board(at)
        box, _ = await ask_for_a_swap(at)
        await at.app.desk_line.work(lambda: _scatter(at, box))
        await at.press("enter")
        await at.until_shown("as it did; look again.")


def _scatter(at: Stage, box: PartBox) -> None:
    """Somebody of the part goes elsewhere by another hand."""
    seating = Seating(at.session)
    one = box._part.people[0]
    numbers = [table.number for table in seating.board().tables]
    free = next(n for n in numbers if not seating.price_of_move(one, n).refused)
    seating.move(one, free)


async def test_every_part_of_the_board_is_a_territory_at_one_table(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await full_board(at)
        board = Seating(at.session).board()
        people = [id for part in parts_of_board(board) for id in part.people]
        assert len(people) == len(set(people))


async def test_closing_a_table_says_first_whom_it_leaves_there_and_is_undone(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        await full_board(at)
        people = len(card(at, 1).table.people)
        await at.press("f7")
        await at.until(lambda: isinstance(at.app.screen, ActBox), "the question")
        await at.until_shown(f"{people} people need a seat; F5 repairs")
        await at.press("escape")
        await at.pilot.pause()
        assert card(at, 1).table.open
        await at.press("f7")
        await at.until_shown("until somebody moves them")
        await at.press("enter")
        await at.until_said("Table 1 is closed")
        await at.until(lambda: not card(at, 1).table.open)
        await at.press("f7")
        await at.until_shown("People may be seated there again.")
        await at.press("escape", "f8")
        await at.until(lambda: card(at, 1).table.open)


async def test_somebody_without_a_table_is_found_with_their_wishes(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        for table in (8, 9, 10):
            await at.app.desk_line.work(partial(Manual(at.session).close_table, table))
        await full_board(at, 62)
        lost = Seating(at.session).board().unseated
        assert lost
        await at.press("f2")
        await at.until(lambda: isinstance(at.app.screen, FindAtTables))
        await at.type(lost[0].family_name.casefold())
        await at.until_shown(lost[0].family_name.upper())
        await at.press("enter")
        await at.until_shown("They sit at no table.")
