"""Who has to be told: listed after a repair or a later round, ticked off, printed."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from checkin.errors import RefusedError
from checkin.papers.telling import write_telling
from checkin.tables.planning import Planning
from checkin.tables.seating import Seating
from checkin.tables.telling import still, to_tell
from screens.table_repair import RepairBox
from screens.table_tell import TellBox
from screens.tables import TablesScreen
from tests.screens.in_an_area import stage
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
        await at.press(*["space"] * len(moved))
        await at.until_shown("Everybody was told.")
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, TablesScreen))
        await at.press("ctrl+l")
        await at.until_shown("Everybody was told.")
        await at.press("escape", "f8")
        await at.until_said("Undone.")
        await at.until_shown("31 at")
        assert seats(at) == before
        await at.until(lambda: not _stands(at.app.screen), "the board as before")
        await at.press("ctrl+l")
        await at.until_said("Nobody has to be told")


def _stands(screen: object) -> bool:
    assert isinstance(screen, TablesScreen)
    assert screen.board is not None
    return bool(still(screen.telling.people, screen.board))


async def test_the_next_round_lists_everybody_who_changes_tables_by_the_table_they_leave(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path) as at:
        await come(at, 24)
        planning, seating = Planning(at.session), Seating(at.session)
        before = seating.board()
        planning.accept(planning.plan())
        after = seating.board()
        told = to_tell(before, after)
        was = {p.id: t.number for t in before.tables for p in t.people}
        now = {p.id: t.number for t in after.tables for p in t.people}
        assert {each.person.id for each in told} == {id for id in now if was.get(id) != now[id]}
        assert all((was.get(t.person.id), now[t.person.id]) == (t.origin, t.target) for t in told)
        origins = [each.origin or 99 for each in told]
        assert origins == sorted(origins)
        assert still(told, after) == told
        assert not still(told, before)


async def test_an_empty_list_is_not_printed(tmp_path: Path) -> None:
    async with stage(tmp_path) as at:
        with pytest.raises(RefusedError):
            write_telling(tmp_path / "none.pdf", at.session.settings, ())
    assert not (tmp_path / "none.pdf").exists()
