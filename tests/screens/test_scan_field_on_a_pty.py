"""The scan field on a real terminal: every scan once, whole and in order, whatever ends it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.terminal import Terminal

APP = str(Path(__file__).with_name("scan_field_app.py"))
LETTERS = "BCDFGHJKLNPRSTVX"


def codes(count: int, seed: int = 7) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices(LETTERS, k=10)) for _ in range(count)]


def entries(log: Path, count: int, terminal: Terminal) -> list[str]:
    terminal.wait_for(f"entries {count}.")
    return log.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("suffix", [b"\r", b"\n", b"\r\n", b"\t"], ids=["CR", "LF", "CRLF", "TAB"])
def test_two_hundred_scans_in_one_burst_all_arrive_in_order(tmp_path: Path, suffix: bytes) -> None:
    wanted = codes(200)
    log = tmp_path / "entries"
    with Terminal.python(APP, str(log)) as terminal:
        terminal.wait_for("ready")
        terminal.send(b"".join(code.encode() + suffix for code in wanted))
        assert entries(log, 200, terminal) == wanted


def test_a_scanner_without_a_suffix_is_heard_by_its_silence(tmp_path: Path) -> None:
    log = tmp_path / "entries"
    with Terminal.python(APP, str(log)) as terminal:
        terminal.wait_for("ready")
        for count, code in enumerate(codes(3), 1):
            terminal.send(code.lower())
            assert entries(log, count, terminal)[-1] == code.lower()


def test_every_line_of_a_paste_is_an_entry(tmp_path: Path) -> None:
    wanted = codes(20)
    log = tmp_path / "entries"
    with Terminal.python(APP, str(log)) as terminal:
        terminal.wait_for("ready")
        pasted = "\r\n".join(wanted) + "\r\n"
        terminal.send(b"\x1b[200~" + pasted.encode() + b"\x1b[201~")
        assert entries(log, 20, terminal) == wanted


def test_a_pasted_name_waits_for_enter(tmp_path: Path) -> None:
    log = tmp_path / "entries"
    with Terminal.python(APP, str(log)) as terminal:
        terminal.wait_for("ready")
        terminal.send("\x1b[200~Ann [/x]\u202e\x07 \u200bLee\u0301\u0301\u0301\u0301\x1b[201~")
        terminal.wait_for("Ann [/x] Le")
        terminal.press("enter")
        assert entries(log, 1, terminal) == ["Ann [/x] Leé\u0301\u0301"]


def test_backspace_keeps_its_place_among_fast_keys(tmp_path: Path) -> None:
    log = tmp_path / "entries"
    with Terminal.python(APP, str(log)) as terminal:
        terminal.wait_for("ready")
        terminal.send(b"abx\x7fcd\r" * 50)
        assert entries(log, 50, terminal) == ["abcd"] * 50


def test_enter_in_the_empty_field_confirms_and_a_scanners_line_feed_does_not(
    tmp_path: Path,
) -> None:
    log = tmp_path / "entries"
    with Terminal.python(APP, str(log)) as terminal:
        terminal.wait_for("ready")
        terminal.send(b"BCDFGHJKLN\r\n")
        terminal.wait_for("entries 1.")
        terminal.press("enter")
        assert entries(log, 2, terminal) == ["BCDFGHJKLN", "<confirmed>"]
