"""Small, old and colourless terminals: everything can be read and every scan counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.at_the_door import app_on, codes, demo, own_home
from tests.terminal import Terminal

AREAS = {
    "Roster": "registered",
    "Badges": "As it will print",
    "Tables": "Round 1",
    "Exercises": "Roll call",
    "Event": "To do",
}
"""The areas behind the door, in their order, and words that stand in each."""

STYLES = re.compile(rb"\x1b\[([0-9;:]*)m")


@pytest.fixture
def event(tmp_path: Path) -> Iterator[Path]:
    with own_home(tmp_path):
        yield demo(tmp_path)


def through_all_areas(terminal: Terminal, event: Path) -> None:
    """A scan, a search, a form, and every area once."""
    terminal.send(codes(event)[0] + "\r")
    terminal.wait_for("✓ WELCOME")
    terminal.wait_for("here 1")
    terminal.press("f2")
    terminal.wait_for("Walk-in:")
    terminal.press("esc")
    terminal.wait_gone("Walk-in:")
    for words in AREAS.values():
        terminal.press("f6")
        terminal.wait_for(words)
        terminal.wait_quiet()
        assert not terminal.unreadable


def reversed_rows(terminal: Terminal) -> list[str]:
    """The rows of which most is in reverse video."""
    rows = []
    for number, line in enumerate(terminal.lines):
        cells = terminal.screen.buffer[number]
        if sum(cells[column].reverse for column in range(terminal.screen.columns)) > 40:
            rows.append(line)
    return rows


@pytest.mark.parametrize(
    "environment", [{"NO_COLOR": "1"}, {"TERM": "vt100", "LC_ALL": "C"}], ids=["NO_COLOR", "vt100"]
)
def test_without_colours_no_colour_is_sent_and_the_marked_row_is_reversed(
    event: Path, environment: dict[str, str]
) -> None:
    with app_on(event, 80, 24, **environment) as terminal:
        terminal.send("an")
        terminal.wait(lambda text: text.count("○ due") > 3)
        terminal.press("down")
        terminal.wait(lambda text: "▸" in text.splitlines()[6])
        terminal.wait_quiet()
        (marked,) = reversed_rows(terminal)
        assert "▸" in marked
        terminal.press("esc")
        terminal.wait_gone("▸")
        through_all_areas(terminal, event)
        sent = {int(each) for style in STYLES.findall(bytes(terminal.raw))
                for each in re.findall(rb"[0-9]+", style)}  # fmt: skip
    assert sent <= {0, 1, 2, 3, 4, 7, 9}, "only bold, dim, italic, underline, reverse, struck"


@pytest.mark.parametrize("term", ["xterm", "linux", "screen-256color", "xterm-256color"])
def test_with_few_colours_every_area_is_readable(event: Path, term: str) -> None:
    with app_on(event, TERM=term) as terminal:
        through_all_areas(terminal, event)


def test_at_60_by_20_it_says_what_it_needs_and_answers_scans(event: Path) -> None:
    with Terminal.python(
        "-m", "checkin", "--event", str(event), columns=60, lines=20
    ) as terminal:  # fmt: skip
        screen = terminal.wait_for("This terminal is 60 x 20")
        assert "80 x 24" in screen
        assert "Scans are still taken" in screen
        terminal.wait_quiet(0.5)
        terminal.send(codes(event)[0] + "\r")
        screen = terminal.wait_for("✓ WELCOME")
        assert "This terminal is 60 x 20" in screen
        assert "Table" in screen
        terminal.send(codes(event)[0] + "\r")
        terminal.wait_for("DONE A MOMENT AGO")
        terminal.resize(80, 24)
        terminal.wait_for("here 1")


def test_the_terminal_says_how_large_it_is_and_not_what_a_shell_left_behind(event: Path) -> None:
    with Terminal.python(
        "-m", "checkin", "--event", str(event), columns=120, lines=40,
        environment={"COLUMNS": "80", "LINES": "24"},
    ) as terminal:  # fmt: skip
        terminal.wait_for("F1 help")
        assert max(len(line) for line in terminal.lines) == 120
        terminal.resize(100, 30)
        terminal.wait(lambda text: "F1 help" in text.splitlines()[29], "the last row at its place")
        assert max(len(line) for line in terminal.lines) == 100
