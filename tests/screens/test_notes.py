"""Notes at the edge of the screen: one of a kind at a time, out of the way, none on the wall."""

from __future__ import annotations

from pathlib import Path

from textual.widgets._toast import Toast

from screens.app import CheckinApp
from screens.table_box import TableBox
from screens.table_wall import WallScreen
from screens.tables import TablesScreen
from screens.widgets.key_row import KeyRow
from tests.screens.in_an_area import Stage, stage
from tests.screens.test_tables_screen import come


def standing(app: CheckinApp) -> list[str]:
    return [note.message for note in app._notifications]


def toasts(at: Stage) -> list[Toast]:
    """The notes in sight."""
    return [each for each in at.app.screen.query(Toast) if each.region.area and each.display]


async def test_letters_typed_on_the_board_are_answered_once(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24)) as at:
        await at.type("kowalska anna")
        await at.until(lambda: bool(standing(at.app)))
        await at.type(" who is")
        await at.pilot.pause(0.1)
        assert len(standing(at.app)) == 1
        assert "ctrl+Home" in standing(at.app)[0]
        assert isinstance(at.app.screen, TablesScreen)


async def test_a_new_sentence_replaces_the_last_and_an_error_stays_beside_it(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables") as at:
        screen = at.app.screen
        assert isinstance(screen, TablesScreen)
        for _ in range(3):
            screen.tell("First.")
        screen.tell("It broke.", severity="error")
        screen.tell("Second.", severity="warning")
        screen.tell("Third.")
        await at.until_said("Third.")
        await at.until(lambda: sorted(standing(at.app)) == ["It broke.", "Third."])


async def test_esc_never_leaves_an_area_and_ctrl_home_leads_to_the_door(tmp_path: Path) -> None:
    async with stage(tmp_path) as at:
        for area in ("tables", "roster", "badges", "exercises", "event"):
            await at.go(area)
            await at.press("escape", "escape")
            await at.pilot.pause()
            assert at.app.current_mode == area
            await at.press("ctrl+home")
            await at.until(lambda: at.app.current_mode == "door", f"the door, from {area}")
            await at.press("f9", "escape")
            assert len(at.app.screen_stack) == 1


async def test_a_note_covers_neither_the_last_row_nor_the_lower_edge_of_a_box(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "tables", (80, 24), notifications=True) as at:
        await come(at, 31)
        await at.until_shown("31 at")
        words = "Table 4 is closed; nobody new is seated there. " * 2 + "490 → 470 points."
        for opened in ("", "enter"):
            if opened:
                await at.press(opened)
                await at.until(lambda: isinstance(at.app.screen, TableBox), "the table's people")
            at.app.clear_notifications()
            at.app.notify(words)
            await at.until(lambda: bool(toasts(at)), "the note")
            await at.pilot.pause(0.1)
            (note,) = toasts(at)
            assert note.region.height >= 2
            assert not note.region.overlaps(at.app.screen.query_one(KeyRow).region)
            for box in at.app.screen.query("#box"):
                assert note.region.bottom < box.region.bottom - 2


async def test_the_wall_shows_no_notes(tmp_path: Path) -> None:
    async with stage(tmp_path, "tables", (80, 24), notifications=True) as at:
        await come(at, 12)
        await at.until_shown("12 at")
        await at.press("ctrl+w")
        await at.until(lambda: isinstance(at.app.screen, WallScreen), "the wall")
        at.app.notify("Anna KOWALSKA is on the waiting list.")
        await at.until(lambda: bool(standing(at.app)))
        await at.pilot.pause(0.1)
        assert not toasts(at)
        await at.press("escape")
        await at.until(lambda: bool(toasts(at)), "the note on the board")
