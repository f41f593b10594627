"""Who has to be told: listed after a repair or a later round, ticked off at every desk, printed."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from checkin.errors import RefusedError
from checkin.event.proof import verify
from checkin.event.session import open_event
from checkin.papers.telling import write_telling
from checkin.tables.planning import Planning
from checkin.tables.search import Effort
from checkin.tables.seating import Seating
from checkin.tables.telling import Telling, Told, left
from screens.table_repair import RepairBox
from screens.table_tell import TellBox
from screens.tables import TablesScreen
from tests.screens.in_an_area import Stage, stage
from tests.screens.test_tables_screen import come, seats


async def test_after_a_repair_those_who_moved_are_listed_ticked_off_and_printed(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        await come(at, 31)
        await at.until_shown("31 at")
        before = seats(at)
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, RepairBox), "the repairs")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, TellBox), "who has to be told")
        after = seats(at)
        moved = {id for id in before if before[id] != after[id]}
        await at.until_shown(f"{len(moved)} of {len(moved)} still to be told")
        await at.press("f5")
        await at.until_shown("Written: ")
        (paper,) = tmp_path.rglob("*-to-tell.pdf")
        words = pypdf.PdfReader(paper).pages[0].extract_text()
        board = Seating(at.session).board()
        names = [p.family_name for t in board.tables for p in t.people if p.id in moved]
        assert all(name in words for name in names)
        assert "example.org" not in words
        await at.press("space")
        box = at.app.screen
        assert isinstance(box, TellBox)
        assert box.query_one("#told").index == 0  # type: ignore[attr-defined]
        await at.press(*["down", "space"] * (len(moved) - 1))
        await at.until_shown("Everybody was told.")
        await at.until(lambda: all(each.done for each in whom(at)), "the ticks in the event")
        await at.press("f8")
        await at.until_shown(f"1 of {len(moved)} still to be told")
        await at.until(lambda: left(whom(at)) == 1, "the tick taken back")
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, TablesScreen))
        await at.press("ctrl+l")
        await at.until_shown(f"1 of {len(moved)} still to be told")
        await at.press("escape")
        await at.press("f8")
        await at.until_said("Undone: ")
        assert seats(at) == before


def whom(at: Stage) -> tuple[Told, ...]:
    return Telling(at.session).whom()


async def test_another_desk_sees_the_ticks_and_ticks_as_well(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 31)
        await at.until_shown("31 at")
        ladder = Planning(at.session).ladder()
        moves = ladder.rungs[-1].moves
        await at.app.desk_line.work(lambda: Planning(at.session).accept_moves(moves, ladder.seen))
        at.app.desk_line.stir()
        await at.press("ctrl+l")
        await at.until_shown(f"{len(moves)} of {len(moves)} still to be told")
        other = open_event(at.session.path, desk="B")
        told = Telling(other).whom()[0]
        Telling(other).tick(told.person.id, told.target)
        other.close()
        await at.until_shown(f"{len(moves) - 1} of {len(moves)} still to be told")
        assert "[✓]" in at.text


async def test_a_later_move_asks_again_and_going_back_unasked_does_not(tmp_path: Path) -> None:
    async with stage(tmp_path) as at:
        await come(at, 24)
        telling, seating = Telling(at.session), Seating(at.session)
        assert telling.whom() == ()
        person, second, third = next(
            (id, *free[-2:])
            for id in seats(at)
            if len(free := [n for n in range(1, 11) if not seating.price_of_move(id, n).refused])
            > 5
        )
        first = seats(at)[person]
        seating.move(person, second)
        assert [(t.origin, t.target, t.done) for t in telling.whom()] == [(first, second, False)]
        seating.move(person, first)
        assert telling.whom() == ()
        seating.move(person, second)
        telling.tick(person, second)
        assert [(t.origin, t.target, t.done) for t in telling.whom()] == [(first, second, True)]
        seating.move(person, third)
        assert [(t.origin, t.target, t.done) for t in telling.whom()] == [(second, third, False)]
        with pytest.raises(RefusedError, match="any more; look again"):
            telling.tick(person, second)
        telling.tick(person, third)
        telling.untick(person)
        assert [(t.origin, t.target, t.done) for t in telling.whom()] == [(first, third, False)]
        assert verify(at.session).ok


async def test_the_next_round_lists_everybody_who_changes_tables_by_the_table_they_leave(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path) as at:
        await come(at, 24)
        planning, seating = Planning(at.session), Seating(at.session)
        before = seating.board()
        planning.accept(planning.plan())
        after = seating.board()
        told = Telling(at.session).whom()
        was = {p.id: t.number for t in before.tables for p in t.people}
        now = {p.id: t.number for t in after.tables for p in t.people}
        assert {each.person.id for each in told} == {id for id in now if was.get(id) != now[id]}
        assert all((was.get(t.person.id), now[t.person.id]) == (t.origin, t.target) for t in told)
        origins = [each.origin or 99 for each in told]
        assert origins == sorted(origins)


async def test_who_comes_during_a_later_round_was_told_at_the_door(tmp_path: Path) -> None:
    async with stage(tmp_path) as at:
        await come(at, 24)
        planning = Planning(at.session)
        planning.accept(planning.plan())
        known = {each.person.id for each in Telling(at.session).whom()}
        at.app.desk_line.stir()
        await come(at, 30)
        assert {each.person.id for each in Telling(at.session).whom()} == known


async def test_an_empty_list_is_not_printed(tmp_path: Path) -> None:
    async with stage(tmp_path) as at:
        with pytest.raises(RefusedError):
            write_telling(tmp_path / "none.pdf", at.session.settings, ())
    assert not (tmp_path / "none.pdf").exists()


async def test_one_key_ticks_everybody_of_a_round_and_one_undo_takes_it_back(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await come(at, 30)
        planning = Planning(at.session)
        plan = planning.plan(effort=Effort.QUICK)
        await at.app.desk_line.work(lambda: planning.accept(plan))
        at.app.desk_line.stir()
        await at.press("ctrl+l")
        await at.until(lambda: isinstance(at.app.screen, TellBox), "who has to be told")
        await at.until_shown("The wall (shift+F9) tells them all")
        count = left(whom(at))
        await at.press("f4")
        await at.until_shown("Everybody was told.")
        await at.until(lambda: left(whom(at)) == 0, "the ticks in the event")
        await at.press("space")
        await at.until(lambda: left(whom(at)) == 1, "who missed it")
        await at.press("f8")
        await at.until(lambda: left(whom(at)) == count, "the ticks taken back")
        assert verify(at.session).ok


async def test_who_moved_meanwhile_is_not_ticked_with_the_others(tmp_path: Path) -> None:
    async with stage(tmp_path) as at:
        await come(at, 24)
        planning, seating, telling = Planning(at.session), Seating(at.session), Telling(at.session)
        planning.accept(planning.plan(effort=Effort.QUICK))
        seen = telling.whom()
        moved = next(
            (each, n)
            for each in seen
            for n in range(1, 11)
            if n not in (each.target, each.origin)
            and not seating.price_of_move(each.person.id, n).refused
        )
        seating.move(moved[0].person.id, moved[1])
        with pytest.raises(RefusedError, match="elsewhere by now"):
            telling.tick_all(seen)
        assert [each.person.id for each in telling.whom() if not each.done] == [moved[0].person.id]
