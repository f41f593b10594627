"""What a real terminal hears: one ring for a welcome, two for “look at me”, by choice fewer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checkin.event.device import Sounds, change_device, this_device
from tests.screens.at_the_door import app_on, codes, demo, own_home
from tests.terminal import Terminal

NOT_A_RING = re.compile(rb"\x1b\][^\x07\x1b]*\x07")
"""A sequence that ends with the sign of the bell, as the shape of the mouse pointer does."""


@pytest.fixture
def event(tmp_path: Path) -> Iterator[Path]:
    with own_home(tmp_path):
        yield demo(tmp_path)


def rings(terminal: Terminal) -> int:
    """How often the bell rang so far, once it is quiet for longer than between two rings."""
    terminal.wait_quiet(0.4)
    return NOT_A_RING.sub(b"", bytes(terminal.raw)).count(b"\x07")


def heard(terminal: Terminal, typed: str, words: str) -> int:
    """How often the bell rings for what is scanned now."""
    before = rings(terminal)
    terminal.send(typed + "\r")
    terminal.wait_for(words)
    return rings(terminal) - before


@pytest.mark.parametrize(
    ("sounds", "welcome", "look"), [(Sounds.ALL, 1, 2), (Sounds.LOOK, 0, 2), (Sounds.NONE, 0, 0)]
)
def test_a_welcome_rings_once_and_look_at_me_twice_as_far_as_wanted(
    event: Path, sounds: Sounds, welcome: int, look: int
) -> None:
    change_device(lambda device: replace(device, sounds=sounds))
    with app_on(event) as terminal:
        assert rings(terminal) == 0
        assert heard(terminal, codes(event)[0], "✓ WELCOME") == welcome
        assert heard(terminal, "BCDFGHJKLL", "SCAN AGAIN") == look
        # Read twice by the scanner: at once, because later it is another answer.
        twice = f"{codes(event)[1]}\r{codes(event)[1]}"
        assert heard(terminal, twice, "DONE A MOMENT AGO") == welcome


def test_a_burst_of_scans_does_not_pile_sounds_up(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.send("".join(code + "\r" for code in codes(event)[:40]))
        terminal.wait_for("here 40", seconds=60)
        assert 1 <= rings(terminal) < 40


def test_sounds_are_changed_in_the_palette_and_with_a_key_and_remembered(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.press("ctrl+p")
        terminal.wait_for("Search for")
        terminal.send("sounds: none")
        terminal.wait_for("Sounds: none")
        terminal.press("enter")
        terminal.wait(lambda _: this_device().sounds is Sounds.NONE, "silence to be remembered")
        assert rings(terminal) == 0
        terminal.click("Event", 2)
        terminal.wait_for("To do")
        terminal.press("f8")
        terminal.wait(lambda _: this_device().sounds is Sounds.ALL, "sounds to be remembered")
        terminal.wait_for("Sounds now: one for a welcome")
        assert rings(terminal) == 2
