"""What the board says: points that add up, names that fit, keys that make sense, other rounds."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.content import Content

from checkin.people import Person
from checkin.tables.manual import Manual
from checkin.tables.planning import Planning
from checkin.tables.rounds import Stand
from checkin.tables.seating import Board, BoardTable, Seating
from screens.board_keys import board_keys
from screens.help import HelpScreen
from screens.move_person import FindAtTables, MoveBox
from screens.room_lines import room_lines
from screens.round_people import RoundTableBox
from screens.table_rounds import RoundRow
from screens.tables import TablesScreen
from screens.widgets.key_row import KeyRow
from screens.widgets.line_list import LineList
from screens.widgets.short_words import fault_lines
from screens.widgets.table_card import TableCard
from tests.screens.in_an_area import Stage, stage, words_of
from tests.screens.test_tables_rounds import second_round
from tests.screens.test_tables_screen import come, seats

TERMS = {"whisper": 180, "short": 200, "alone": 60, "voice": 12, "host": 8, "split": 30}


def a_board(terms: dict[str, int]) -> Board:
    person = Person(id="p", code="", given_name="Eva", family_name="Nová")
    table = BoardTable(
        number=1, seats=7, minimum=6, open=True, step_free=False, name="", host="",
        people=(person,), language="en", languages=("en",), levels="C", territories=(),
        warnings=(), score={},
    )  # fmt: skip
    return Board(1, "align", (table,), (), sum(terms.values()), terms)


def last_row(at: Stage) -> str:
    return words_of(at.app.screen.query_one(KeyRow)).strip()


@pytest.mark.parametrize("width", [78, 118])
def test_the_points_are_a_sum_that_fits_and_says_when_there_is_more(width: int) -> None:
    first, second = room_lines(a_board(TERMS), None, 2, width).plain.splitlines()
    assert max(len(first), len(second)) <= width
    assert "…" not in first + second
    assert first.endswith("2 to be told · shift+F5")
    assert second.startswith("490 points = 460 at ")
    assert "+ 30 territories" in second
    assert "too few people 200" in second
    assert "more)" in second or "no host 8)" in second


def test_without_territories_over_several_tables_the_points_are_the_tables() -> None:
    words = room_lines(a_board({"short": 200, "alone": 20}), None, 0, 78).plain
    assert "220 points: too few people 200 · alone 20" in words
    assert "to be told" not in words


def test_a_name_gives_way_before_the_reason_does() -> None:
    people = [
        Person(id="1", code="", given_name="José María", family_name="Ortega Luque"),
        Person(id="2", code="", given_name="Béatrice", family_name="Lambiotte"),
    ]
    whisper = "a whisper for José María Ortega Luque (no en)"
    alone = "Béatrice Lambiotte, the only one from Wallonie"

    def said(faults: list[str], width: int, rows: int) -> list[str]:
        lines = fault_lines(faults, people, width, rows)
        assert len(lines) <= rows
        assert all(line.cell_length <= width for line in lines)
        return [line.plain for line in lines]

    assert said([whisper], 50, 1) == [f"! {whisper}"]
    assert said([whisper], 22, 2) == ["! a whisper for J.", "Ortega Luque (no en)"]
    assert said([whisper], 26, 1) == ["! whisper: J. Ortega"]
    assert said([whisper, alone], 28, 1) == ["! whisper: J. Ortega, 1 more"]
    assert said([whisper, alone], 24, 1) == ["! whisper, 1 more"]
    assert said([whisper, alone], 26, 4)[-1].endswith("Wallonie")
    both = "a whisper for José María Ortega Luque and Béatrice Lambiotte (no en)"
    assert said([both], 22, 1) == ["! whisper: 2 people"]


async def test_the_cards_points_and_the_rooms_add_up_and_no_host_is_no_warning(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 31)
        manual = Manual(at.session)
        await at.app.desk_line.work(lambda: manual.describe(1, name="", host="Anne Example"))
        at.app.desk_line.stir()
        await at.until_shown("host Anne Example")
        await at.until_shown("no host")
        board = Seating(at.session).board()
        cards = at.app.screen.query(TableCard)
        badges = [Content.from_markup(card.border_subtitle or "").plain for card in cards]
        points = [int(word) for badge in badges for word in badge.split() if word.isdigit()]
        assert sum(points) + board.score["split"] == board.total > 0
        for card in at.app.screen.query(TableCard):
            assert "! no host" not in words_of(card)
            only_host = card.table.warnings == ("no host",)
            assert not (only_host and card.has_class("-wrong"))


async def test_an_empty_day_says_what_is_so_and_a_closed_table_is_closed(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await at.until_shown("nobody sits yet; the door seats whoever arrives")
        assert "Everybody who is here" not in at.text
        assert "Nobody is here yet." in at.text
        await at.app.desk_line.work(lambda: Manual(at.session).close_table(1))
        at.app.desk_line.stir()
        await at.until_shown("Closed: nobody is seated here.")
        await at.app.desk_line.work(lambda: Manual(at.session).open_table(1))
        await come(at, 5)
        await at.until_shown("Everybody who is here has a table.")


async def test_after_one_move_the_board_says_that_somebody_is_to_be_told(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 12)
        await at.until_shown("12 at")
        assert "to be told" not in at.text
        assert "tell" not in last_row(at)
        id = next(iter(seats(at)))
        await at.app.desk_line.work(lambda: Seating(at.session).move(id, 9))
        at.app.desk_line.stir()
        await at.until_shown("1 to be told · shift+F5")
        assert "shift+F5 tell" in last_row(at)


async def test_another_round_is_searched_and_opened_and_only_its_keys_are_promised(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 24)
        await at.until_shown("24 at")
        first = seats(at)
        await second_round(at)
        await at.until_shown("▸Round 2 (now)")
        await at.press("ctrl+left")
        await at.until_shown("Round 1, with your territory")
        assert "▸Round 1" in words_of(at.app.screen.query_one(RoundRow))
        for word in ("move", "undo", "repair", "plan"):
            assert f" {word}" not in last_row(at).replace("mixing plan", "")
        who = Seating(at.session).board(1)
        table = next(table for table in reversed(who.tables) if table.people)
        person = table.people[-1]
        await at.press("f2")
        await at.until(lambda: isinstance(at.app.screen, FindAtTables), "the search")
        await at.type(person.family_name)
        await at.until_shown(person.family_name.upper())
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, RoundTableBox), "their table then")
        await at.until_shown(f"sat at table {first[person.id]} in round 1")
        meant = at.app.screen.query_one(LineList).highlighted
        assert meant is not None
        await at.press("escape", "escape")
        await at.until(lambda: isinstance(at.app.screen, TablesScreen))
        card = at.app.screen.focused
        assert isinstance(card, TableCard)
        assert card.table.number == first[person.id]
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, RoundTableBox), "the table's people then")
        assert at.app.screen.query_one(LineList).items == table.people


async def test_in_a_planned_round_it_says_who_will_sit_where(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 24)
        await at.until_shown("24 at")
        planning = Planning(at.session)
        plans = planning.plan_rounds(1)
        planning.keep(plans)
        at.app.desk_line.stir()
        await at.until_shown("Round 2 (planned)")
        await at.press("ctrl+right")
        await at.until_shown("▸Round 2 (planned)")
        await at.press("enter")
        await at.until_shown("· round 2, planned")
        await at.until_shown("will sit at table")


async def test_a_move_begins_at_the_first_table_that_can_be(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 24)
        await at.until_shown("24 at")
        manual = Manual(at.session)
        await at.app.desk_line.work(lambda: [manual.close_table(n) for n in (1, 2)])
        at.app.desk_line.stir()
        await at.until(lambda: at.text.count("✕ closed") == 2, "two closed tables")
        board = Seating(at.session).board()
        person = next(t.people[0] for t in board.tables if t.people and t.number > 2)
        at.app.push_screen(MoveBox(board, person))
        await at.until(lambda: isinstance(at.app.screen, MoveBox))
        priced = ("▲ worse", "▼ better", "= the same")
        await at.until(lambda: any(words in at.text for words in priced), "a price")
        box = at.app.screen
        assert isinstance(box, MoveBox)
        assert box.rows.highlighted is not None
        assert box.rows.highlighted.open
        await at.press("up")
        await at.until_shown("Not possible")
        at.app.pop_screen()
        at.app.push_screen(MoveBox(board, person, 1))
        await at.until_shown("Not possible")
        await at.pilot.pause(0.3)
        assert "Not possible" in at.text


async def test_help_says_that_it_goes_on_and_what_the_signs_are(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await at.press("f1")
        await at.until(lambda: isinstance(at.app.screen, HelpScreen), "the help")
        await at.until_shown("♿ is a step-free table")
        box = at.app.screen.query_one("#box")
        await at.until(lambda: "more lines" in str(box.border_subtitle), "that it goes on")
        at.app.screen.query_one("#help").scroll_end(animate=False)
        await at.until(lambda: not box.border_subtitle, "its end")


def test_the_last_row_has_the_keys_that_make_sense() -> None:
    def keys(board: Board, stand: Stand = Stand.NOW, told: int = 0) -> list[str]:
        return [word for word in board_keys(board, stand, told).values() if word]

    wrong, right = a_board(TERMS), a_board({})
    assert keys(right) == ["people", "find", "move", "plan", "swap", "undo", "help"]
    assert "repair" in keys(wrong)
    assert "tell" not in keys(wrong)
    assert "tell" in keys(wrong, told=2)
    for stand in Stand:
        for told in (0, 2):
            assert len(keys(wrong, stand, told)) <= 7
    assert not {"move", "undo", "repair", "plan"} & set(keys(wrong, Stand.OVER))
