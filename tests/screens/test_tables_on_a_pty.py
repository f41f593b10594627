"""The tables on a real terminal: the mouse pulls, and hostile names and territories do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.door.desk import Door
from checkin.door.overview import Which
from checkin.event.session import open_event
from checkin.roster.walk_in import WalkIn
from checkin.tables.manual import Manual
from tests.screens.at_the_door import HOSTILE, app_on, demo, own_home
from tests.screens.test_areas_on_a_pty import go
from tests.screens.test_hostile_names_on_a_pty import harmless
from tests.terminal import Terminal

TABLES = 2
PRICED = ("▲ worse", "▼ better", "Not possible")


@pytest.fixture
def event(tmp_path: Path) -> Iterator[Path]:
    """Ten people with hostile names, territories and wishes; a table and its host called so."""
    with own_home(tmp_path):
        path = demo(tmp_path)
        session = open_event(path, desk="A")
        door = Door(session)
        for name in HOSTILE:
            door.walk_in(WalkIn(name, f"{name} Zz", "Miasto", territory=name))
        manual = Manual(session)
        for person in door.people(Which.HERE):
            manual.stays(person.id)
        manual.describe(1, name=HOSTILE[0], host=HOSTILE[1])
        session.close()
        yield path


def place(terminal: Terminal, words: str) -> str:
    """Column and row of `words`, as a mouse reports them."""
    for row, line in enumerate(terminal.screen.display):
        if words in line:
            return f"{line.index(words) + 3};{row + 1}"
    raise AssertionError(f"no {words!r} in\n{terminal.text}")


def pull(terminal: Terminal, words: str, to: str) -> None:
    """Holds the mouse on `words`, carries and lets go on `to`."""
    start, end = place(terminal, words), place(terminal, to)
    terminal.send(f"\x1b[<0;{start}M")
    terminal.wait_quiet()
    terminal.send(f"\x1b[<32;{end}M")
    terminal.wait_for("let go to see the price")
    harmless(terminal)
    terminal.send(f"\x1b[<0;{end}m")


def test_a_territory_is_pulled_with_a_real_mouse_and_the_price_comes_first(event: Path) -> None:
    with app_on(event, 120, 40) as terminal:
        go(terminal, TABLES)
        terminal.wait_for("10 at")
        terminal.wait_for("┏━ 1 ")
        terminal.wait_quiet()
        pull(terminal, "Ann [/x] Lee     ", "╭─ 3 ")
        terminal.wait_for("to a table, or")
        terminal.wait(lambda text: any(words in text for words in PRICED), "the price")
        harmless(terminal)
        terminal.press("esc")
        terminal.wait_gone("to a table, or")
        assert "10 at" in terminal.text


def test_a_pull_that_is_over_before_the_board_has_seen_it_begin_asks_as_well(event: Path) -> None:
    with app_on(event, 120, 40) as terminal:
        go(terminal, TABLES)
        terminal.wait_for("10 at")
        terminal.wait_for("┏━ 1 ")
        terminal.wait_quiet()
        start, end = place(terminal, "Ann [/x] Lee     "), place(terminal, "╭─ 3 ")
        for _ in range(3):
            terminal.send(f"\x1b[<0;{start}M\x1b[<32;{end}M\x1b[<0;{end}m")
            terminal.wait_for("to a table, or")
            terminal.press("esc")
            terminal.wait_gone("to a table, or")


def test_a_button_held_long_or_a_pull_brought_back_opens_nothing(event: Path) -> None:
    with app_on(event, 120, 40) as terminal:
        go(terminal, TABLES)
        terminal.wait_for("10 at")
        terminal.wait_for("┏━ 1 ")
        terminal.wait_quiet()
        start, away = place(terminal, "Ann [/x] Lee     "), place(terminal, "╭─ 3 ")
        terminal.send(f"\x1b[<0;{start}M")
        terminal.wait_for("┏━ 2 ")
        terminal.wait_quiet(0.5)
        terminal.send(f"\x1b[<0;{start}m")
        terminal.wait_quiet()
        assert "seats ·" not in terminal.text
        terminal.send(f"\x1b[<0;{start}M\x1b[<32;{away}M\x1b[<32;{start}M")
        terminal.wait_for("→ table 2: let go")
        terminal.send(f"\x1b[<0;{start}m")
        terminal.wait_gone("let go")
        terminal.wait_quiet()
        assert "seats ·" not in terminal.text
        terminal.click("Ann [/x] Lee     ")
        terminal.wait_for("seats ·")


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)])
def test_hostile_territories_wishes_and_names_of_tables_do_nothing(
    event: Path, columns: int, lines: int
) -> None:
    with app_on(event, columns, lines) as terminal:
        go(terminal, TABLES)
        terminal.wait_for("10 at")
        terminal.wait_for("┏━ 1 ")
        harmless(terminal)
        terminal.send("\x18")
        terminal.wait_for("Wishes of the day")
        terminal.wait_for("said today")
        for _ in HOSTILE:
            terminal.press("down")
        harmless(terminal)
        terminal.press("esc")
        terminal.wait_gone("Wishes of the day")
        terminal.send("\x02")
        terminal.wait_for("Name beside the number")
        harmless(terminal)
        terminal.press("esc")
        terminal.wait_gone("Name beside the number")
        terminal.press("right")
        terminal.wait_for("┏━ 2 ")
        terminal.press("enter")
        terminal.wait_for("seats ·")
        terminal.send("\x05")
        terminal.wait_for("to a table, or")
        for _ in range(15):
            terminal.press("down")
        terminal.wait_quiet()
        harmless(terminal)
        terminal.press("esc")
        terminal.wait_gone("to a table, or")
