"""The first time, on a real terminal and an empty home: a demo, a new event or a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.at_the_door import demo, own_home
from tests.terminal import Terminal


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with own_home(tmp_path):
        yield tmp_path


def first_run() -> Terminal:
    terminal = Terminal.python("-m", "checkin")
    terminal.wait_for("How do you want to begin?")
    return terminal


@pytest.mark.usefixtures("home")
def test_enter_opens_the_demo() -> None:
    with first_run() as terminal:
        terminal.press("enter")
        terminal.wait_for("due 62")
        assert "TEST" in terminal.text


@pytest.mark.usefixtures("home")
def test_escape_does_not_quit_and_a_scan_is_not_lost_on_anything() -> None:
    with first_run() as terminal:
        terminal.press("esc")
        terminal.wait_quiet(0.25)
        terminal.send("kowal")
        terminal.wait_quiet()
        assert "How do you want to begin?" in terminal.text
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0


@pytest.mark.usefixtures("home")
def test_a_new_event_is_a_title_and_a_key() -> None:
    with first_run() as terminal:
        terminal.press("f3")
        terminal.wait_for("A new event")
        terminal.press("f2")
        terminal.wait_for("The event needs a title.")
        terminal.send("Cities [/x] meet")
        terminal.wait_for("Cities [/x] meet")
        terminal.press("f2")
        terminal.wait_for("LIVE")
        terminal.wait_for("due 0")
        assert "Cities [/x] meet" in terminal.lines[0]
        assert str(dt.date.today().day) in terminal.lines[0]


def test_a_file_that_is_no_event_is_said_in_the_box_and_the_right_one_opens(home: Path) -> None:
    wrong = home / "list.checkin"
    wrong.write_text("name;organisation\n" * 100)
    right = demo(home)
    (home / "xdg_state_home" / "checkin-desk" / "last-event").unlink()
    with first_run() as terminal:
        terminal.press("f4")
        terminal.wait_for("Path of the event file")
        terminal.send(str(wrong))
        terminal.wait_quiet()
        terminal.press("enter")
        terminal.wait_for("list.checkin")
        terminal.wait_gone("Path of the event file")
        assert "How do you want to begin?" in terminal.text
        terminal.press("f4")
        terminal.wait_for("Path of the event file")
        terminal.send(f"'{right}'")
        terminal.wait_quiet()
        terminal.press("enter")
        terminal.wait_for("due 62")
