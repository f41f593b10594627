"""Hostile names on every screen of the door: shown as text, harmless to terminal and app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.door.desk import Door
from checkin.event.session import open_event
from checkin.roster.walk_in import WalkIn
from tests.screens.at_the_door import HOSTILE, app_on, demo, own_home
from tests.terminal import Terminal

AUTHORITY = "[@click=app.quit]Evil\x1b[2J [/] Town"


@pytest.fixture
def event(tmp_path: Path) -> Iterator[Path]:
    with own_home(tmp_path):
        path = demo(tmp_path)
        session = open_event(path, desk="A")
        door = Door(session)
        for number, name in enumerate(HOSTILE):
            door.walk_in(WalkIn(name, f"{name} [b]Zz{number}[/]", AUTHORITY, territory=name))
        session.close()
        yield path


def harmless(terminal: Terminal) -> None:
    """Fails when a name reached the terminal as anything but text, or ended the app."""
    written = terminal.raw.decode("utf-8", "replace")
    assert terminal.alive
    assert "\x1b]0;title" not in written
    assert "\x1b[2J\x90q" not in written
    assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069]", written)
    assert not re.search("[\u0300-\u036f]{4}", written)


def test_hostile_names_pass_through_every_screen_of_the_door(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.wait_for("here 10")
        for number in range(len(HOSTILE)):
            terminal.send(f"zz{number}")
            terminal.wait(
                lambda text, n=number: f"│ zz{n} " in text and "▸ ✓ here" in text, f"Zz{number}"
            )
            harmless(terminal)
            terminal.wait_quiet()
            terminal.press("enter")
            terminal.wait_for("Evil")
            terminal.wait_gone(f"│ zz{number}")
        terminal.send("evil")
        terminal.wait_for("│ evil ")
        terminal.wait_for("[/] Town")
        terminal.wait_quiet()
        terminal.press("f4")
        terminal.wait_for("Group of")
        harmless(terminal)
        terminal.press("esc")
        terminal.wait_gone("Group of")
        terminal.send("zz2")
        terminal.wait_for("│ zz2 ")
        terminal.wait_for("[bold red]")
        terminal.wait_quiet()
        terminal.press("f3")
        terminal.wait_for("In place of")
        harmless(terminal)
        terminal.press("esc")
        terminal.wait_gone("In place of")
        terminal.press("f9")
        terminal.wait_for("10 inside")
        terminal.wait_for("Ann [/x] Lee")
        terminal.send(" ")
        terminal.wait_for("1 present")
        harmless(terminal)
        terminal.press("f1")
        terminal.wait_for("Help:")
        terminal.press("esc")
        terminal.wait_gone("Help:")
        terminal.press("ctrl+p")
        terminal.wait_for("Search for")
        terminal.send("zz1")
        terminal.wait_for("Find [@click=app.quit]x")
        harmless(terminal)
        terminal.press("esc")
        terminal.wait_gone("Find [@click")
        terminal.press("esc")
        terminal.wait_for("here 10")
        harmless(terminal)


def test_hostile_text_typed_into_the_forms_comes_back_as_text(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.press("f2")
        terminal.wait_for("Walk-in:")
        terminal.send("Ann [/x]")
        terminal.wait_for("Ann [/x]")
        terminal.press("tab")
        terminal.wait_quiet()
        terminal.send("[@click=app.quit]Lee")
        terminal.wait_for("Lee")
        terminal.press("tab")
        terminal.wait_quiet()
        terminal.send("[/] Town")
        terminal.wait_for("[/] Town")
        terminal.press("f2")
        terminal.wait(lambda text: "WELCOME" in text and "Ann [/x]" in text)
        terminal.press("f8")
        terminal.wait_for("UNDONE")
        harmless(terminal)
