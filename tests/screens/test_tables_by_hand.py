"""The board by hand: swap, pin, stays, together, apart, host; each foreseen, done and undone."""

from __future__ import annotations

from pathlib import Path

from checkin.event.session import open_event
from checkin.tables.assembling import standing
from checkin.tables.bonds import Bonds
from checkin.tables.foresight import Foresight
from checkin.tables.manual import Manual, Wish
from checkin.tables.room import Room
from checkin.tables.seating import Seating
from screens.move_person import FindAtTables
from screens.table_acts import ActBox, WordsBox
from screens.table_box import TableBox
from screens.table_pair import PairBox
from screens.tables import TablesScreen
from tests.screens.in_an_area import Stage, stage
from tests.screens.test_tables_screen import come, seats


def room(at: Stage) -> Room:
    with at.session.reading() as connection:
        return standing(connection, at.session.settings, 1).room


async def first_table(at: Stage) -> str:
    """Opens table 1 of a room of 31 and returns who is meant there."""
    await come(at, 31)
    await at.until_shown("31 at")
    await at.press("enter")
    await at.until(lambda: isinstance(at.app.screen, TableBox), "the table's people")
    await at.until_shown("sits at table 1")
    table = Seating(at.session).board().table(1)
    assert table is not None
    return table.people[0].id


async def test_a_swap_shows_its_price_changes_two_places_and_is_undone_and_redone(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        person = await first_table(at)
        before = seats(at)
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.screen, PairBox), "the question with whom")
        await at.until(lambda: "Swap with" in at.text and "→" in at.text, "the price")
        while "Not possible" in at.text or "Reckoning" in at.text:
            await at.press("down")
            await at.until(lambda: "Reckoning" not in at.text, "the next price")
        assert seats(at) == before
        await at.press("enter")
        await at.until_said("changed places.")
        after = seats(at)
        moved = {id for id in before if before[id] != after[id]}
        assert len(moved) == 2
        assert person in moved
        one, other = moved
        assert (after[one], after[other]) == (before[other], before[one])
        await at.until(lambda: isinstance(at.app.screen, TablesScreen))
        await at.press("f8")
        await at.until_said("Undone: ")
        assert seats(at) == before
        await at.press("ctrl+y")
        await at.until_said("Done again: ")
        assert seats(at) == after


async def test_a_pin_says_what_it_means_holds_and_is_let_go_again(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        person = await first_table(at)
        await at.press("f4")
        await at.until(lambda: isinstance(at.app.screen, ActBox), "the effect")
        await at.until_shown("takes them from table 1")
        assert room(at).guest(person).pin is None
        await at.press("enter")
        await at.until_said("is pinned to table 1 and sits there.")
        assert room(at).guest(person).pin == 1
        assert Seating(at.session).price_of_move(person, 9).refused
        await at.press("enter")
        await at.until_shown("pinned to table 1 (said today)")
        await at.press("f4")
        await at.until_shown("They stay where they sit")
        await at.press("enter")
        await at.until_said("is no longer pinned to table 1.")
        assert room(at).guest(person).pin is None


async def test_who_stays_is_noted_after_its_effect_was_read(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables") as at:
        person = await first_table(at)
        await at.press("f2")
        await at.until_shown("No repair proposes to move them")
        await at.press("escape")
        assert not room(at).guest(person).stays
        await at.press("f2")
        await at.until_shown("No repair proposes to move them")
        await at.press("enter")
        await at.until_said("no repair moves them.")
        assert room(at).guest(person).stays
        await at.press("f8")
        await at.until_said("Undone: ")
        assert not room(at).guest(person).stays


async def test_together_and_apart_name_two_people_and_can_be_undone(tmp_path: Path) -> None:
    for key, word in (("f5", "together"), ("f7", "apart")):
        folder = tmp_path / word
        folder.mkdir()
        async with stage(folder, "tables", (80, 24)) as at:
            person = await first_table(at)
            await at.press(key)
            await at.until(lambda: isinstance(at.app.screen, PairBox), "the question with whom")
            await at.until(
                lambda: "the same" in at.text or "✕ Then broken: " in at.text, "the effect"
            )
            await at.press("enter")
            await at.until_said(f"are to sit {word}.")
            pairs = getattr(room(at), word)
            assert any(person in pair for pair in pairs)
            await at.until(lambda: isinstance(at.app.screen, TablesScreen))
            await at.press("f8")
            await at.until_said("Undone: ")
            assert not any(person in pair for pair in getattr(room(at), word))


async def test_the_other_person_is_found_by_name_and_nobody_else_is_offered(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 62)
        await at.until_shown(f"{len(seats(at))} at")
        await at.press("shift+f3")
        await at.until(lambda: isinstance(at.app.screen, FindAtTables))
        await at.type("kowalska")
        await at.until_shown("KOWALSKA")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, PairBox))
        await at.type("xxyyxxyy")
        await at.until_shown("Nobody of that name sits there.")
        before = seats(at)
        await at.press("enter")
        await at.until_shown("Choose who sits at a table.")
        assert seats(at) == before


async def test_a_host_is_named_on_the_board_and_taken_back_by_an_undo_or_an_empty_name(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 12)
        await at.until_shown("12 at")
        await at.press("shift+f2")
        await at.until(lambda: isinstance(at.app.screen, WordsBox), "the question who hosts")
        await at.type("Mia")
        await at.until_shown("Mia is the host of table 1.")
        await at.press("enter")
        await at.until_said("Table 1: Mia is the host.")
        await at.until_shown("host Mia")
        await at.press("f8")
        await at.until(lambda: "host Mia" not in at.text, "no host")
        await at.press("shift+f8")
        await at.until_shown("host Mia")
        await at.press("shift+f2", *["backspace"] * 3)
        await at.until_shown("Table 1 has no host.")
        await at.press("enter")
        await at.until_said("Table 1: no host.")


async def test_what_contradicts_a_wish_is_refused_in_words_before_it_is_done(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path) as at:
        await come(at, 31)
        board = Seating(at.session).board()
        one, other = (board.tables[place].people[0] for place in (0, 1))
        sight = Foresight(at.session)
        assert "until one is moved" in sight.pair(Wish.TOGETHER, one.id, other.id).say
        Manual(at.session).pair(Wish.APART, one.id, other.id)
        refused = Foresight(at.session).pair(Wish.TOGETHER, one.id, other.id).refused
        assert "can't both be" in refused
        (bond,) = Bonds(at.session).of(one.id)
        assert (bond.say, bond.origin) == (f"to sit apart from {other.full_name}", "said today")
        Manual(at.session).pin(one.id, 1)
        assert "pinned to table 1" in Foresight(at.session).swap(one.id, other.id).refused


async def test_an_undo_that_would_overrule_another_desk_says_so_and_moves_nobody(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        person = await first_table(at)
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, TablesScreen))
        await at.app.desk_line.work(lambda: Seating(at.session).move(person, 9))
        other = open_event(at.session.path, desk="B")
        Seating(other).move(person, 10)
        other.close()
        await at.press("f8")
        await at.until_said("moved again since (to table 10, desk B); move them by hand.")
        assert seats(at)[person] == 10
