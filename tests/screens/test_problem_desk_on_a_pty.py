"""The problem desk's keys on a real terminal: none of them stops its output or is swallowed."""

from __future__ import annotations

from pathlib import Path

from tests.screens.at_the_door import app_on, codes, demo, own_home


def test_a_person_is_sent_the_next_is_scanned_and_the_box_tells_who_waits(tmp_path: Path) -> None:
    with own_home(tmp_path):
        event = demo(tmp_path)
        with app_on(event) as terminal:
            terminal.send("trzci")
            terminal.wait_for("TRZCIŃSKA")
            terminal.wait_quiet()
            # ctrl+s stops the output of a terminal that is not told to pass it.
            terminal.send("\x13")
            terminal.wait_for("NEXT!")
            terminal.send(f"{codes(event)[0]}\r")
            terminal.wait_for("WELCOME")
            terminal.wait_for("problem desk 1")
            terminal.send("\x1b[6~")
            terminal.wait_for("TRZCIŃSKA")
            terminal.wait_for("not refused")
            terminal.press("enter")
            terminal.wait_for("hidden, ctrl+e shows it")
            assert "at the problem desk" in terminal.text
            terminal.send("\x05")
            terminal.wait_for("@example.org")
