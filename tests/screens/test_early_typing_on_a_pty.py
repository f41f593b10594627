"""Typing faster than the screen: what follows a key lands where the key leads, and in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.screens.at_the_door import app_on, codes, demo, own_home
from tests.terminal import KEYS, Terminal


@pytest.fixture
def event(tmp_path: Path) -> Iterator[Path]:
    with own_home(tmp_path):
        yield demo(tmp_path)


def typed(terminal: Terminal, *parts: str) -> None:
    """Names of keys and texts, written in one go."""
    terminal.send(b"".join(KEYS.get(part, part.encode()) for part in parts))


def walk_ins(event: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(event)) as connection:
        query = """select given_name, family_name, organisation, territory, country
                   from person order by rowid desc limit 3"""
        return list(connection.execute(query))


def test_a_whole_walk_in_in_one_go_fills_every_field_in_order(event: Path) -> None:
    with app_on(event) as terminal:
        typed(
            terminal, "f2", "Maja", "enter", "Novak", "enter", "Grad Osijek", "enter", "enter",
            "Slavonija", "enter", "HR", "enter", "hr,en", "enter",
        )  # fmt: skip
        terminal.wait(lambda text: "WELCOME" in text and "Maja NOVAK" in text)
        terminal.wait_for("here 1")
        terminal.wait_gone("│ Maja")
    assert walk_ins(event)[0] == ("Maja", "Novak", "Grad Osijek", "Slavonija", "HR")


def test_two_walk_ins_and_a_scan_in_one_go_are_three_arrivals(event: Path) -> None:
    with app_on(event) as terminal:
        typed(
            terminal, "f2", "Maja", "\t", "Novak", "\t", "Osijek", "f2",
            "f2", "Ante", "down", "Kos", "down", "Split", "f2",
            codes(event)[0], "enter",
        )  # fmt: skip
        terminal.wait_for("here 3")
    assert [row[:3] for row in walk_ins(event)[:2]] == [
        ("Ante", "Kos", "Split"),
        ("Maja", "Novak", "Osijek"),
    ]


def test_what_stood_in_the_field_begins_the_form_and_typing_goes_on_behind_it(event: Path) -> None:
    with app_on(event) as terminal:
        typed(terminal, "Novak", "f2", "Maja", "enter", "\x1b[B", "Osijek", "f2")
        terminal.wait(lambda text: "WELCOME" in text and "Maja NOVAK" in text)


def test_a_name_pasted_right_behind_the_key_goes_into_the_form(event: Path) -> None:
    with app_on(event) as terminal:
        pasted = "\x1b[200~Maja\x1b[201~"
        typed(terminal, "f2", pasted, "enter", "Novak", "enter", "Osijek", "f2")
        terminal.wait(lambda text: "WELCOME" in text and "Maja NOVAK" in text)


def test_what_follows_escape_is_for_the_door(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.press("f9")
        terminal.wait_for("0 inside")
        typed(terminal, "f9", "f1")
        terminal.wait_for("Help:")
        terminal.press("esc")
        terminal.wait_gone("Help:")
        terminal.press("esc")
        terminal.wait_gone("inside ")
        typed(terminal, "trzcin")
        terminal.wait_for("│ trzcin ")


def test_what_is_typed_right_behind_a_click_goes_where_the_click_leads(event: Path) -> None:
    with app_on(event) as terminal:
        row = next(n for n, line in enumerate(terminal.lines, 1) if "F2 walk-in" in line)
        place = f"{terminal.lines[row - 1].index('F2 walk-in') + 2};{row}"
        click = f"\x1b[<0;{place}M\x1b[<0;{place}m"
        typed(terminal, click, "Maja", "enter", "Novak", "enter", "Osijek", "f2")
        terminal.wait(lambda text: "WELCOME" in text and "Maja NOVAK" in text)
