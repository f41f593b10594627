"""The badge area: list, picks, printing, and a QR that a real decoder reads from the terminal."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from checkin.badges.printing import Badges
from checkin.event.status import status
from screens.badge_print import PrintForm
from screens.badges import BadgesScreen
from screens.job import JobBox
from screens.widgets.line_list import LineList
from screens.widgets.text_field import TextField
from tests.screens.at_the_door import app_on, demo, own_home
from tests.screens.in_an_area import Stage, stage
from tests.terminal import Terminal

INKS = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def photographed(terminal: Terminal) -> Image.Image:
    """What a phone sees of the terminal: each cell as an upper and a lower point in its colours."""
    screen = terminal.screen
    image = Image.new("RGB", (screen.columns, screen.lines * 2))
    for row in range(screen.lines):
        for column in range(screen.columns):
            cell = screen.buffer[row][column]
            front, ground = cell.fg, cell.bg
            if cell.reverse:
                front, ground = ground, front
            for half, ink in enumerate(INKS.get(cell.data, (0, 0))):
                colour = front if ink else ground
                rgb = bytes.fromhex(colour) if len(colour) == 6 else b"\x20\x20\x20"
                image.putpixel((column, row * 2 + half), (rgb[0], rgb[1], rgb[2]))
    return image.resize((image.width * 6, image.height * 6), Image.Resampling.NEAREST)


def codes_seen(terminal: Terminal) -> list[str]:
    """What a phone reads off the terminal as it is now."""
    return [each.text for each in zxingcpp.read_barcodes(photographed(terminal))]


def people(at: Stage) -> LineList[object]:
    found: LineList[object] = at.app.screen.query_one("#people", LineList)
    return found


@pytest.mark.parametrize(("columns", "lines", "keys"), [(80, 24, ("f4",)), (120, 40, ())])
def test_a_phone_reads_the_qr_of_the_highlighted_badge(
    tmp_path: Path, columns: int, lines: int, keys: tuple[str, ...]
) -> None:
    with own_home(tmp_path), app_on(demo(tmp_path), columns, lines) as terminal:
        terminal.press("f6")
        terminal.wait_for("F7 Import a list")
        terminal.press("f6")
        terminal.wait_for("62 unprinted")
        for key in keys:
            terminal.press(key)
            terminal.wait_gone("As it will print")
        terminal.wait(lambda _: len(codes_seen(terminal)) == 1, "one code that can be read")
        (code,) = codes_seen(terminal)
        assert f"{code[:4]} {code[4:8]} {code[8:]}" in terminal.text
        terminal.press("down")
        terminal.wait(
            lambda _: len(codes_seen(terminal)) == 1 and codes_seen(terminal) != [code],
            "the next person's code",
        )


async def test_picked_badges_are_printed_to_a_pdf_and_noted(tmp_path: Path) -> None:
    target = tmp_path / "two badges.pdf"
    async with stage(tmp_path, "badges") as at:
        await at.until_shown("62 badges · 62 unprinted")
        await at.press("enter", "down", "enter")
        await at.until_shown("2 picked")
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, PrintForm))
        assert "picked 2" in at.text
        at.app.screen.query_one("#path", TextField).value = f"'{target}'"
        await at.press("f5")
        await at.until_said("2 badges on 1 page")
        await at.until_shown("62 badges · 60 unprinted")
        assert status(at.session).badges_printed == 2
        assert status(at.session).here == 0
        page = pypdfium2.PdfDocument(target)[0].render(scale=4).to_pil()
        assert len(zxingcpp.read_barcodes(page)) == 2


async def test_a_print_that_is_stopped_writes_and_notes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real writer runs; the test only holds it until Esc was pressed."""
    real = Badges.write

    def held(self, path, ids, stock, *, progress, cancelled):  # type: ignore[no-untyped-def]
        while not cancelled():
            pass
        return real(self, path, ids, stock, progress=progress, cancelled=cancelled)

    monkeypatch.setattr(Badges, "write", held)
    target = tmp_path / "none.pdf"
    async with stage(tmp_path, "badges") as at:
        await at.until_shown("62 unprinted")
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, PrintForm))
        at.app.screen.query_one("#path", TextField).value = str(target)
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, JobBox))
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, BadgesScreen))
        assert "cancelled" in at.notes
        assert not target.exists()
        assert status(at.session).badges_printed == 0


async def test_a_search_finds_people_without_their_accents_and_enter_picks(tmp_path: Path) -> None:
    async with stage(tmp_path, "badges", (80, 24)) as at:
        await at.until_shown("62 badges")
        await at.press("f3")
        await at.type("dvorak")
        await at.until(lambda: len(people(at).items) == 1, "one match")
        await at.until_shown("P  e  t  r  a")
        await at.press("enter")
        await at.until_shown("1 picked")
        await at.press("escape")
        await at.until(lambda: len(people(at).items) == 62, "everybody")


async def test_an_act_at_the_door_leaves_the_highlighted_badge_where_it_is(tmp_path: Path) -> None:
    async with stage(tmp_path, "badges", (80, 24)) as at:
        await at.until_shown("62 badges")
        await at.press(*["down"] * 30)
        shown = people(at)
        meant, top = shown.highlighted, shown._top
        assert meant is not None
        others = [row.line.person.id for row in shown.items[:5]]  # type: ignore[attr-defined]
        await at.app.desk_line.work(lambda: Badges(at.session).write(tmp_path / "some.pdf", others))
        at.app.desk_line.stir()
        await at.until_shown("57 unprinted")
        now = shown.highlighted
        assert now is not None
        assert now.line.person.id == meant.line.person.id  # type: ignore[attr-defined]
        assert shown.index - shown._top == 30 - top


async def test_without_people_the_area_says_what_to_do_next(tmp_path: Path) -> None:
    from checkin.event.session import make_event
    from checkin.event.settings import EventSettings
    from tests.screens.in_an_area import DAY

    with own_home(tmp_path):
        event = make_event(tmp_path / "empty.checkin", EventSettings("Empty", DAY))
    async with stage(tmp_path, "badges", (80, 24), event) as at:
        await at.until_shown("Import the list")
        await at.press("f5")
        await at.until_said("nobody to print for")
