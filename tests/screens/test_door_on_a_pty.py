"""The door on a real terminal: what the people at the desk do on the day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.screens.at_the_door import app_on, codes, demo, own_home
from tests.terminal import Terminal


@pytest.fixture
def event(tmp_path: Path) -> Iterator[Path]:
    with own_home(tmp_path):
        yield demo(tmp_path)


def journal(event: Path, kind: str) -> int:
    with closing(sqlite3.connect(event)) as connection:
        query = "select count(*) from journal where kind = ?"
        return int(connection.execute(query, (kind,)).fetchone()[0])


def test_scans_in_a_burst_are_all_answered_and_written(event: Path) -> None:
    with app_on(event) as terminal:
        badges = codes(event)[:40]
        suffixes = (b"\r", b"\n", b"\r\n", b"\t")
        for place, suffix in enumerate(suffixes):
            part = badges[place * 10 : place * 10 + 10]
            terminal.send(b"".join(code.lower().encode() + suffix for code in part))
        terminal.wait_for("here 40", seconds=60)
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    assert journal(event, "arrived") == 40


def test_keys_typed_before_the_event_is_open_are_kept(event: Path) -> None:
    with Terminal.python("-m", "checkin", "--event", str(event)) as terminal:
        terminal.wait(lambda _: b"\x1b[?1049h" in terminal.raw, "the first frame")
        terminal.send(codes(event)[0] + "\r" + codes(event)[1] + "\r")
        terminal.wait_for("here 2")


def test_a_slip_of_the_finger_entered_at_once_asks_and_admits_nobody(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.send("trzcinsak\r")
        terminal.wait_for("IS IT BOŻENA TRZCIŃSKA?")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    assert journal(event, "arrived") == 0


def test_typing_shows_who_is_meant_and_enter_admits(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.send("trzcin")
        screen = terminal.wait(lambda text: "│ trzcin " in text and "TRZCIŃSKA" in text)
        assert "○ due" in screen
        assert "Urząd Miasta" in screen
        terminal.wait_quiet()
        terminal.press("enter")
        terminal.wait(lambda text: "WELCOME" in text and "TRZCIŃSKA" in text)
        terminal.wait_for("here 1")
        assert "│ trzcin" not in terminal.text
        terminal.send("trzcin")
        terminal.wait_for("✓ here")
        terminal.wait_quiet()
        terminal.press("enter")
        terminal.wait_for("DONE A MOMENT AGO")


def test_a_scan_into_half_typed_text_is_a_scan_and_the_text_stays(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.send("trzc")
        terminal.wait_for("TRZCIŃSKA")
        terminal.wait_quiet()
        terminal.send(codes(event)[5] + "\r")
        terminal.wait_for("here 1")
        terminal.wait_for("│ trzc ")


def test_undo_takes_the_last_act_back(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.send(codes(event)[0] + "\r")
        terminal.wait_for("here 1")
        terminal.press("f8")
        terminal.wait_for("UNDONE")
        terminal.wait_for("here 0")


def test_a_scan_reaches_the_door_from_other_areas_and_from_under_a_form(event: Path) -> None:
    badges = codes(event)
    with app_on(event) as terminal:
        for key, sign in (("f9", "inside"), ("f1", "Help:")):
            terminal.press(key)
            terminal.wait_for(sign)
        terminal.send(f"{badges[0]}\r{badges[1]}\r\n{badges[2]}\t")
        terminal.wait(lambda _: journal(event, "arrived") == 3, "three arrivals")
        terminal.press("esc")
        terminal.wait_gone("Help:")
        terminal.press("esc")
        terminal.wait_gone("inside ")
        terminal.press("esc")
        terminal.wait_for("here 3")


def test_a_scan_in_another_area_is_answered_there_and_leaves_it_open(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.press("f6")
        terminal.wait_gone("Scan a badge")
        terminal.send("".join(code + "\r\n" for code in codes(event)[:5]))
        terminal.wait_for("✓ WELCOME")
        terminal.wait(lambda _: journal(event, "arrived") == 5, "five arrivals")
        assert "Scan a badge" not in terminal.text
        terminal.click("Door", 2)
        terminal.wait_for("here 5")


def test_text_typed_slowly_in_another_area_waits_in_the_doors_field(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.press("f6")
        terminal.wait_gone("Scan a badge")
        for letter in "trzc":
            terminal.send(letter)
            terminal.wait_quiet()
        terminal.wait_for("What you type goes")
        terminal.click("Door", 2)
        terminal.wait_for("│ trzc ")
        terminal.wait_for("TRZCIŃSKA")


def test_a_scan_into_a_form_is_answered_and_leaves_the_form_as_it_was(event: Path) -> None:
    badges = codes(event)
    with app_on(event) as terminal:
        terminal.press("f2")
        terminal.wait_for("Walk-in:")
        terminal.send("Maja")
        terminal.wait_for("Maja")
        terminal.wait_quiet()
        terminal.send(f"{badges[0]}\r{badges[1]}\t{badges[2]}")
        terminal.wait(lambda _: journal(event, "arrived") == 3, "three arrivals")
        terminal.wait(lambda text: "Given name" in text and "Maja" in text)
        terminal.press("esc")
        terminal.wait_gone("Walk-in:")
        terminal.wait_for("here 3")


def test_a_walk_in_needs_at_most_twelve_keys_beyond_the_text(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.press("f2")
        texts = {"Given name": "Maja", "Family name": "Novak", "Authority": "Osijek"}
        for label, value in texts.items():
            terminal.wait(lambda _, label=label: has_focus(terminal, label), f"{label} to be typed")
            terminal.send(value)
            terminal.wait_for(value)
            terminal.press("enter" if label != "Authority" else "f2")
        terminal.wait(lambda text: "WELCOME" in text and "NOVAK" in text)
        assert terminal.pressed <= 12


def test_namesakes_are_a_choice_and_never_picked_alone(event: Path) -> None:
    with app_on(event) as terminal:
        twins = _namesakes(event)
        terminal.send(twins)
        terminal.wait(lambda text: f"│ {twins} " in text and text.count("○ due") >= 2)
        terminal.wait_quiet()
        terminal.press("enter")
        terminal.wait_for("WHICH ONE?")
        terminal.press("enter")
        terminal.wait_for("WHICH ONE?")
        assert journal(event, "arrived") == 0
        terminal.press("down")
        terminal.wait(lambda text: "▸" in text.splitlines()[5])
        terminal.press("enter")
        terminal.wait_for("here 1")


def has_focus(terminal: Terminal, label: str) -> bool:
    """Whether the field beside `label` looks as no other does."""
    return terminal.background(label, 32) not in {"", terminal.background("Languages", 32)}


def _namesakes(event: Path) -> str:
    with closing(sqlite3.connect(event)) as connection:
        query = """select given_name || ' ' || family_name from person
                   group by 1 having count(*) > 1 and count(distinct organisation) > 1"""
        return str(connection.execute(query).fetchone()[0])


def test_escape_never_quits_and_ctrl_q_does(event: Path) -> None:
    with app_on(event) as terminal:
        for _ in range(5):
            terminal.press("esc")
            # What follows Esc at once is one key with it, to every program on a terminal.
            terminal.wait_quiet(0.25)
        terminal.send("q")
        terminal.wait_for("│ q")
        assert terminal.alive
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0


def test_a_small_terminal_says_what_it_needs_and_still_takes_scans(event: Path) -> None:
    with app_on(event) as terminal:
        for columns, lines in ((60, 20), (20, 5)):
            terminal.resize(columns, lines)
            terminal.wait_for(f"{columns} x {lines}")
        terminal.send(codes(event)[0] + "\r")
        terminal.resize(80, 24)
        terminal.wait_for("here 1")
        terminal.press("f2")
        terminal.wait_for("Walk-in:")
        terminal.resize(20, 5)
        terminal.wait_for("20 x 5")
        terminal.resize(120, 40)
        terminal.wait_for("Walk-in:")


@pytest.mark.parametrize(
    "environment", [{"NO_COLOR": "1"}, {"TERM": "xterm"}, {"TERM": "screen"}, {"TERM": "linux"}]
)
def test_signs_and_words_say_everything_with_few_or_no_colours(
    event: Path, environment: dict[str, str]
) -> None:
    with app_on(event, **environment) as terminal:
        terminal.send(codes(event)[0] + "\r")
        screen = terminal.wait_for("here 1")
        terminal.send("trzcin")
        terminal.wait_for("TRZCIŃSKA")
        assert not terminal.unreadable
        assert "✓ WELCOME" in screen
        assert "██" in screen
        assert "F8 undo" in screen


def test_a_group_is_ticked_admitted_and_undone_as_one(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.send("lodzi")
        terminal.wait_for("Łodzi")
        terminal.wait_quiet()
        terminal.press("f4")
        terminal.wait_for("Nobody yet: space ticks")
        terminal.press("f4")
        ticked = terminal.wait_for("[✓]").count("[✓]")
        terminal.press("enter")
        terminal.wait_for(f"here {ticked}")
        terminal.press("f8")
        terminal.wait_for("here 0")


def test_the_roll_call_counts_ticks_and_keeps_the_missing_on_top(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.send("".join(code + "\r" for code in codes(event)[:5]))
        terminal.wait_for("here 5")
        terminal.press("f9")
        terminal.wait_for("5 inside")
        terminal.wait_for("‼ 5 missing")
        terminal.send(" ")
        terminal.wait_for("✓ 1 present")
        screen = terminal.wait_for("‼ 4 missing")
        rows = [line for line in screen.splitlines() if "table" in line]
        assert "✓ present" in rows[-1]
        assert all("‼ missing" in row for row in rows[:-1])


def test_everything_can_be_clicked(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.send("trzcin")
        terminal.wait_for("TRZCIŃSKA")
        terminal.wait_quiet()
        terminal.click("TRZCIŃSKA")
        terminal.wait_for("here 1")
        terminal.click("F8 undo")
        terminal.wait_for("here 0")
        terminal.click("F9 roll call")
        terminal.wait_for("0 inside")
        terminal.click("esc back")
        terminal.wait_for("Scan a badge")
        terminal.click("Event", 2)
        terminal.wait_gone("Scan a badge")
        terminal.click("Door", 2)
        terminal.wait_for("Scan a badge")


def test_somebody_leaves_and_comes_back(event: Path) -> None:
    with app_on(event) as terminal:
        for key, sign in (("enter", "WELCOME"), ("f5", "LEFT"), ("enter", "WELCOME BACK")):
            terminal.send("trzcin")
            terminal.wait_for("│ trzcin ")
            terminal.wait_for("TRZCIŃSKA")
            terminal.wait_quiet()
            terminal.press(key)
            terminal.wait_for(sign)
            terminal.wait_gone("│ trzcin ")
        terminal.wait_for("here 1")


def test_a_substitute_comes_in_and_the_old_badge_says_so(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.send("trzcin")
        terminal.wait_for("│ trzcin ")
        terminal.wait_for("TRZCIŃSKA")
        terminal.wait_quiet()
        terminal.press("f3")
        terminal.wait_for("In place of")
        terminal.send("Ewa")
        terminal.wait_for("Ewa")
        terminal.press("enter")
        terminal.wait_quiet()
        terminal.send("Zając")
        terminal.wait_for("Zając")
        terminal.press("enter")
        terminal.wait(lambda text: "WELCOME" in text and "ZAJĄC" in text)
        with closing(sqlite3.connect(event)) as connection:
            query = "select code from person where family_name = 'Trzcińska'"
            (old,) = connection.execute(query).fetchone()
        terminal.send(old + "\r")
        terminal.wait_for("⇄ OLD BADGE")


def test_an_act_of_another_program_shows_within_seconds(event: Path) -> None:
    with app_on(event) as terminal:
        command = ("-m", "checkin", "--event", str(event), "--desk", "B", "in", codes(event)[0])
        with Terminal.python(*command) as other:
            assert other.wait_end() == 0
        terminal.wait_for("here 1", seconds=10)


def test_a_scan_into_the_palette_is_a_scan_and_chooses_nothing(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.press("ctrl+p")
        terminal.wait_for("Search for")
        for count, suffix in enumerate(("\r", "\t", "\n"), 1):
            terminal.send(codes(event)[count] + suffix)
            terminal.wait(lambda _, n=count: journal(event, "arrived") == n, f"{count} arrivals")
            terminal.wait_for("Search for")
        terminal.press("esc")
        terminal.wait_for("here 3")


def test_a_departure_never_picks_one_of_two_namesakes(event: Path) -> None:
    with app_on(event) as terminal:
        twins = _namesakes(event)
        family = twins.split()[-1].upper()
        terminal.send(twins)
        terminal.wait(lambda text: f"│ {twins} " in text and text.count(family) >= 2)
        # Both may stand there for fewer letters, and a key would ask to be pressed again.
        terminal.wait_quiet()
        terminal.press("f5")
        terminal.wait_for("WHICH ONE?")
        assert journal(event, "departed") == 0


def test_quitting_right_after_a_burst_loses_no_scan(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.send("".join(code + "\r" for code in codes(event)[:30]) + "\x11")
        assert terminal.wait_end() == 0
    assert journal(event, "arrived") == 30


def test_the_number_of_the_guest_before_is_gone_while_the_next_is_looked_up(event: Path) -> None:
    with app_on(event) as terminal:
        terminal.send("trzcin")
        terminal.wait_for("TRZCIŃSKA")
        terminal.press("enter")
        terminal.wait(lambda text: "✓ WELCOME" in text and "███" in text)
        terminal.send("papaio")
        terminal.wait(lambda text: "Before: ✓ WELCOME" in text and "███" not in text)
        assert "Table 2" in terminal.text
        terminal.press("esc")
        terminal.wait(lambda text: "Before:" not in text and "███" in text)
        terminal.send("trzcin")
        terminal.wait(lambda text: "◆ IN SINCE" in text and "⏎ show table  F5 leaves" in text)
