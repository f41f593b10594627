"""Bad ground: files that are none, a damaged event, a tiny terminal, a full disk.

Each is met on a real terminal and answered with one sentence; nothing is written in part, and the
morning goes on when the ground is good again.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from checkin.event.demo import make_demo
from tests.terminal import ROOT, Terminal

PATIENCE = 90.0

WITH_A_DISK_THAT_FILLS = """
import resource, signal, sys

def full(*_):
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))

def room(*_):
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

signal.signal(signal.SIGUSR1, full)
signal.signal(signal.SIGUSR2, room)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from checkin.__main__ import main
main()
"""
"""The program in a process that a signal forbids to write past the first 4 KB of any file."""


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return make_demo(tmp_path / "demo.checkin", dt.date.today())[0]


def codes(event: Path) -> list[str]:
    with closing(sqlite3.connect(event)) as file:
        return [code for (code,) in file.execute("SELECT code FROM person ORDER BY number")]


def entries(event: Path) -> int:
    with closing(sqlite3.connect(event)) as file:
        return int(file.execute("SELECT count(*) FROM journal").fetchone()[0])


def opened(event: Path, columns: int = 80, lines: int = 24) -> Terminal:
    return Terminal.python(
        "-m", "checkin", "--event", str(event), "--desk", "A", columns=columns, lines=lines
    )


def whole(event: Path) -> bool:
    """Whether `checkin verify` finds the event whole, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "checkin", "--event", str(event), "--json", "verify"],
        capture_output=True,
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
    )
    return bool(json.loads(done.stdout)["ok"])


def said(terminal: Terminal) -> str:
    """The words on the screen and then those of its notes, without frames and breaks of lines."""
    lines = [line.strip(" │") for line in terminal.lines]
    notes = [line.rpartition("▌")[2].strip(" ─╮╯│") for line in terminal.lines if "▌" in line]
    return " ".join(" ".join([*lines, "", *notes]).split())


def wait_said(terminal: Terminal, words: str) -> None:
    terminal.wait(lambda _: words in said(terminal), repr(words), PATIENCE)


# A file that is no list ---------------------------------------------------------------------------


def no_lists(folder: Path) -> dict[Path, str]:
    """Files that are no list, and what the sentence says of each."""
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
    made = {
        "picture.png": (picture, "This is a picture"),
        "empty.csv": (b"", "This file is empty"),
        "broken.xlsx": (b"PK\x03\x04" + b"\x00\xff" * 900, "This spreadsheet is damaged"),
    }
    for name, (data, _) in made.items():
        (folder / name).write_bytes(data)
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * (300 << 20))
    says = {folder / name: words for name, (_, words) in made.items()}
    return says | {
        folder / "bomb.xlsx": "This file would unpack to 300 MB",
        folder / "gone.csv": "There is no file at",
    }


def test_a_file_that_is_no_list_is_refused_in_a_sentence(event: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    before = entries(event)
    with opened(event) as app:
        app.wait_for("due 62", PATIENCE)
        app.press("f6")
        app.wait_for("Import a list", PATIENCE)
        for path, words in no_lists(folder).items():
            app.press("f7")
            app.wait_for("type its path", PATIENCE)
            empty_the_field(app)
            app.send(str(path))
            app.wait_for(path.name, PATIENCE)
            app.press("enter")
            wait_said(app, words)
            assert app.alive
            assert "Traceback" not in app.text
            assert "titles in row" not in app.text
            # Esc empties the path, then leads back to the people; never to the door.
            app.press("esc")
            app.wait_for("62 registered", PATIENCE)
        app.press("ctrl+home")
        app.wait_for("Scan a badge", PATIENCE)
        app.send(codes(event)[0] + "\r")
        app.wait_for("here 1 ·", PATIENCE)
    assert entries(event) == before + 1


def empty_the_field(app: Terminal) -> None:
    """Deletes what stands in the path's field, once it has the focus."""
    for _ in range(round(PATIENCE / 0.2)):
        app.send("\x15")
        app.wait_quiet(0.2)
        if "path of the list" in app.text:
            return
    raise AssertionError(f"the field keeps its path:\n{app.text}")


# A damaged event ----------------------------------------------------------------------------------


def damaged(event: Path, how: str) -> None:
    data = bytearray(event.read_bytes())
    match how:
        case "empty":
            data.clear()
        case "text":
            data[:] = b"family_name,given_name\r\nLee,Ann\r\n" * 200
        case "cut":
            del data[len(data) // 2 :]
        case "beginning":
            data[:100] = bytes(100)
        case "pages":
            for start in range(4096, len(data), 4096):
                data[start : start + 200] = b"\xa5" * 200
    event.write_bytes(data)


DAMAGES = ("empty", "text", "cut", "beginning", "pages")


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_event_is_refused_at_the_front_door_in_one_line(event: Path, how: str) -> None:
    damaged(event, how)
    before = event.read_bytes()
    with opened(event) as app:
        assert app.wait_end(PATIENCE) == 3
        rest = app.raw.decode("utf-8", "replace").rpartition("\x1b[?1049l")[2]
        lines = re.sub("\x1b\\[[?0-9;<=>]*[a-z]", "", rest).split("\n")
        words = [line.strip() for line in lines if line.strip()]
        assert len(words) == 1
        assert str(event) in words[0]
        assert words[0].endswith(".")
    assert event.read_bytes() == before
    assert not list(event.parent.glob("demo.checkin-*"))


def test_a_damaged_event_is_refused_on_the_first_run_screen_and_another_opens(
    event: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.checkin"
    bad.write_bytes(event.read_bytes())
    damaged(bad, "pages")
    # An empty home knows no event.
    (home := tmp_path / "home").mkdir()
    homes = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    with Terminal.python("-m", "checkin", environment=homes) as app:
        app.wait_for("No event is open yet", PATIENCE)
        app.press("f4")
        app.wait_for("Path of the event file", PATIENCE)
        app.send(str(bad))
        app.wait_for("bad.checkin", PATIENCE)
        app.press("enter")
        wait_said(app, "is damaged.")
        app.press("f4")
        app.wait_for("Path of the event file", PATIENCE)
        app.send(str(event))
        app.wait_for("demo.checkin", PATIENCE)
        app.press("enter")
        app.wait_for("due 62", PATIENCE)


def test_an_event_that_is_moved_away_takes_no_more_scans_until_it_is_back(
    event: Path, tmp_path: Path
) -> None:
    badges = codes(event)
    with opened(event) as app:
        app.wait_for("due 62", PATIENCE)
        app.send(badges[0] + "\r")
        app.wait_for("here 1 ·", PATIENCE)
        away = tmp_path / "away.checkin"
        event.rename(away)
        app.send(badges[1] + "\r")
        wait_said(app, "was moved or deleted while it was open")
        assert "here 1 ·" in app.text
        away.rename(event)
        app.send(badges[2] + "\r")
        app.wait_for("here 2 ·", PATIENCE)
    assert whole(event)


# A tiny terminal ----------------------------------------------------------------------------------


def test_a_terminal_of_20_by_5_says_what_it_needs_and_grows_and_shrinks(event: Path) -> None:
    badges = codes(event)
    with opened(event, 20, 5) as app:
        app.wait_for("20 x 5", PATIENCE)
        app.send(badges[0] + "\r")
        for turn in range(2, 5):
            app.resize(80, 24)
            app.wait_for(f"here {turn - 1} ·", PATIENCE)
            assert "20 x 5" not in app.text
            app.resize(20, 5)
            app.wait_for("20 x 5", PATIENCE)
            app.send(badges[turn] + "\r")
        for area in ("f6", "f6", "f6", "f6", "f6", "f9", "f1", "ctrl+p"):
            app.press(area)
            app.wait_quiet()
            app.resize(80, 24)
            app.wait_gone("20 x 5", PATIENCE)
            app.resize(20, 5)
            app.wait_for("20 x 5", PATIENCE)
        app.press("ctrl+q")
        assert app.wait_end(PATIENCE) == 0
    assert whole(event)


# A full disk --------------------------------------------------------------------------------------


def test_a_full_disk_is_said_nothing_is_half_written_and_the_door_goes_on(event: Path) -> None:
    badges = codes(event)
    list_ = event.parent / "late.csv"
    list_.write_text("First name,Surname,Organisation\nMaja,Novak,Grad Osijek\n", "utf-8")
    with Terminal.python("-c", WITH_A_DISK_THAT_FILLS, "--event", str(event), "--desk", "A") as app:
        app.wait_for("due 62", PATIENCE)
        app.send(badges[0] + "\r")
        app.wait_for("here 1 ·", PATIENCE)
        before, files = entries(event), sorted(os.listdir(event.parent))

        os.kill(app.process.pid, signal.SIGUSR1)
        app.send(badges[1] + "\r" + badges[2] + "\r")
        wait_said(app, "Nothing was written; make room, then do it again.")
        assert "here 1 ·" in app.text
        # The welcome of the person before must not stand there for the one who was not admitted.
        app.wait_gone("WELCOME", PATIENCE)
        app.press("f8")
        app.wait_quiet()
        assert "UNDONE" not in app.text

        app.press("f6")
        app.wait_for("Import a list", PATIENCE)
        app.press("f7")
        app.wait_for("type its path", PATIENCE)
        app.wait_quiet()
        app.send(str(list_))
        app.wait_for("late.csv", PATIENCE)
        app.press("enter")
        app.wait_for("1 new", PATIENCE)
        app.press("f5")
        app.wait_for("Import this list?", PATIENCE)
        app.press("f5")
        app.wait_gone("Import this list?", PATIENCE)
        wait_said(app, "make room, then do it again.")
        assert "Imported" not in app.text

        app.press("f6")
        app.wait_for("62 unprinted", PATIENCE)
        app.press("f5")
        app.wait_for("Whose badges", PATIENCE)
        app.press("f5")
        wait_said(app, "There is no room on the disk for")
        assert sorted(os.listdir(event.parent)) == files
        assert entries(event) == before

        os.kill(app.process.pid, signal.SIGUSR2)
        app.press("f5")
        app.wait_for("Whose badges", PATIENCE)
        app.press("f5")
        app.wait_for("0 unprinted", PATIENCE)
        app.press("ctrl+home")
        app.wait_for("Scan a badge", PATIENCE)
        app.send(badges[1] + "\r" + badges[2] + "\r")
        app.wait_for("here 3 ·", PATIENCE)
        app.press("ctrl+q")
        assert app.wait_end(PATIENCE) == 0
    assert entries(event) == before + 62 + 2
    assert whole(event)
