"""The wall view: everybody by table, no private data, pages that turn, Esc back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Size

from checkin.people import Person
from checkin.roster.walk_in import WalkIn
from checkin.tables.planning import Planning
from checkin.tables.seating import Board, BoardTable, Seating
from screens import table_wall
from screens.table_wall import Wall, WallScreen, posters
from screens.tables import TablesScreen
from screens.widgets.wall_pages import NameWall
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


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_by_name_everybody_stands_once_from_a_to_z_with_their_table(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with stage(tmp_path, "tables", size) as at:
        await come(at, 31)
        await at.until_shown("31 at")
        await at.press("ctrl+w")
        await at.until_shown("page 1 of")
        await at.press("f2")
        wall = at.app.screen.query_one(NameWall)
        await at.until(lambda: wall.display and len(wall.pages()[0]) > 1, "everybody by name")
        await at.until(lambda: "round 1   " in at.text and " - " in at.text, "from whom to whom")
        assert not at.app.screen.query_one(Wall).display
        said = ""
        for _ in wall.pages():
            said += at.text
            await at.press("right")
        people = {p.id: (p, t.number) for t in Seating(at.session).board().tables for p in t.people}
        for person, _ in people.values():
            assert person.organisation[:20] in said
            assert person.email not in said
            assert person.code not in said
        stands = [seat for page in wall.pages() for seat in page]
        assert {seat.person.id: seat.table for seat in stands} == {
            id: table for id, (_, table) in people.items()
        }
        assert len(stands) == len(people)
        names = [seat.person.family_name for seat in stands]
        ascii_names = [name for name in names if name.isascii() and name.isalpha()]
        assert ascii_names == sorted(ascii_names, key=str.casefold)
        await at.press("f2")
        await at.until(lambda: at.app.screen.query_one(Wall).display, "the tables again")


async def test_the_pages_by_name_turn_by_themselves_and_o_with_dots_stands_with_o(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_wall, "PAGE", 0.2)
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 31)
        door = at.app.door
        assert door is not None
        for family in ("Özil", "Onana", "Orban", "Żak"):
            door.walk_in(WalkIn("Eva", family, "Stadt Köln"))
        at.app.desk_line.stir()
        await at.until_shown("35 at")
        await at.press("ctrl+w", "f2")
        await at.until_shown("page 2 of")
        await at.until_shown("page 3 of")
        wall = at.app.screen.query_one(NameWall)
        names = [seat.person.family_name for page in wall.pages() for seat in page]
        places = [names.index(family) for family in ("Onana", "Orban", "Özil", "Żak")]
        assert places == sorted(places)
        assert names.index("Özil") - names.index("Orban") < 3


async def test_the_way_back_stands_in_the_last_row_of_a_narrow_wall(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await at.press("ctrl+w")
        await at.until_shown("F2 by name")
        await at.until_shown("esc back to the board")


def test_a_large_event_still_fits_a_few_pages() -> None:
    people = [
        Person(id=f"p{n:03}", code="", given_name="Eva", family_name=f"Name{n:03}")
        for n in range(500)
    ]
    tables = [
        BoardTable(
            number=n + 1, seats=10, minimum=6, open=True, step_free=False, name="", host="",
            people=tuple(people[n * 10 : n * 10 + 10]), language="en", languages=("en",), levels="",
            territories=(), warnings=(), score={},
        )
        for n in range(50)
    ]  # fmt: skip
    board = Board(1, "align", tuple(tables), (), 0, {})
    wall = NameWall()
    for size, most in ((Size(116, 36), 5), (Size(76, 20), 13)):
        pages = wall.dealt(board, size)
        assert sum(map(len, pages)) == 500
        assert len(pages) <= most
