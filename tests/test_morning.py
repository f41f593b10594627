"""A whole morning on a real terminal of 80x24: from an empty event to a roll call, and again.

One organiser and one desk, as they would do it: the list comes in through the Roster screen, the
badges are printed from the Badges screen, and what is scanned afterwards was read from that very
PDF by a decoder. Everything is held against the event file at the end, through the command line.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import xlsxwriter
import zxingcpp

from checkin.door.latin import in_latin
from tests.door.crowd import crowd
from tests.terminal import ROOT, Terminal

VECTORS = ROOT / "tests" / "vectors"
PATIENCE = 120.0
"""Seconds that a slow machine may take for one step."""

SCANNED = 200
BURST = 25
SUFFIXES = ("\r", "\n", "\r\n", "\t")

TYPED = (
    ("trzcinsk", ("Wanda", "Trzcińska", "Urząd Miasta Łodzi", "city", "Polska", "polski")),
    ("papadimitr", ("Ελένη", "Παπαδημητρίου", "Δήμος Πατρέων", "city", "Ελλάδα", "el")),
    ("щербак", ("Радостина", "Щербакова", "Община Пловдив", "city", "България", "български")),
    ("aeroskjold", ("Søren", "Ærøskjold", "Region Nordjylland", "region", "Danmark", "da, en")),
    ("ann lee", ("Ann [/x]", "Lee", "Dublin City Council", "city", "Ireland", "en")),
)
"""What the desk types for somebody without a badge, and whom it means."""

HOSTILE = (
    ("[@click=app.quit]x", "[bold red]Quit[/]"),
    ("\x1b[31mRed", "\x1b]0;title\x07Osc"),
    ("\u202eevil", "Rlo\u2066"),
    ("Zal" + "g\u0301\u0302\u0303\u0304\u0305" * 10 + "o", "Marks"),
    ("$accent ${x}", "{0} %s"),
    ("=1+1", "@SUM(A1)"),
    ('"; drop table person; --', "O'Hara"),
)
"""Names that must stay text; they are badges among the others."""

CROWD = 230 - len(TYPED) - len(HOSTILE)


def rows() -> list[list[str]]:
    """The people of the list, in the columns of the tool's export."""
    levels = ("City", "Region", "Metropolitan area", "Other")
    people = [
        [p.given_name, p.family_name, p.organisation, levels[n % 4], "", "English, French"]
        for n, p in enumerate(crowd(CROWD, seed=2))
    ]
    people += [
        [given, family, f"Town [/] of {family}", "City", "Ireland", "English"]
        for given, family in HOSTILE
    ]
    people += [list(person) for _, person in TYPED]
    return people


def write_list(path: Path) -> int:
    """Writes the list as EUSurvey exports it; returns how many people are on it."""
    lists = json.loads((VECTORS / "list_headers.json").read_text(encoding="utf-8"))["lists"]
    tool = next(each for each in lists if each["tool"] == "EUSurvey (en)")
    header = tool["header"]
    fields = tool["expect"]
    order = ("given_name", "family_name", "organisation", "level", "country", "languages")
    people = rows()
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(tool["above"]):
            sheet.write_row(number, 0, line.split(" | "))
        sheet.write_row(tool["header_row"] - 1, 0, header)
        for number, person in enumerate(people):
            cells = dict(zip((fields[name] for name in order), person, strict=True))
            cells[fields["email"]] = f"person{number}@example.org"
            cells[fields["external_id"]] = f"c-{number:04}"
            cells[fields["diet"]] = "no nuts" if number % 9 == 0 else ""
            for column, title in enumerate(header):
                sheet.write_string(tool["header_row"] + number, column, cells.get(title, ""))
    return len(people)


def belgian(text: str) -> str:
    """What a US scanner's `text` becomes on a Belgian layout."""
    tables = json.loads((VECTORS / "keyboard_layouts.json").read_text(encoding="utf-8"))
    return "".join(tables["layouts"]["BE"][character] for character in text)


def checkin(*arguments: str | Path) -> dict[str, Any]:
    """Runs a command in a process of its own and returns its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "checkin", "--json", *map(str, arguments)],
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    document = json.loads(done.stdout)
    assert isinstance(document, dict)
    return document


@dataclass
class Morning:
    """The event, the terminal, and who must be here by now."""

    event: Path
    terminal: Terminal
    here: int = 0
    codes: list[str] = field(default_factory=list)

    def wait(self, *words: str) -> str:
        """Waits until all of `words` stand on the screen."""
        return self.terminal.wait(
            lambda text: all(word in text for word in words), " and ".join(words), PATIENCE
        )

    def wait_here(self) -> None:
        self.wait(f"here {self.here} ·")

    def type(self, text: str) -> None:
        """Types `text` and waits until it stands in a field."""
        self.terminal.send(text)
        self.wait(text)

    def import_list(self, path: Path, count: int) -> None:
        self.terminal.press("f6")
        self.wait("Import a list")
        self.terminal.press("f7")
        self.wait("type its path")
        self.terminal.wait_quiet()
        self.terminal.send(str(path))
        self.wait(path.name)
        self.terminal.press("enter")
        self.wait("titles in row 4", f"{count} new")
        self.terminal.press("f5")
        self.wait("Import this list?", f"{count} people are new.")
        self.terminal.press("f5")
        self.wait(f"Imported: {count} new")

    def print_badges(self, count: int) -> None:
        self.terminal.press("f6")
        self.wait(f"{count} badges · {count} unprinted")
        self.terminal.press("f5")
        self.wait("Whose badges", f"unprinted {count}")
        self.terminal.press("f5")
        self.wait(f"{count} badges · 0 unprinted")
        (sheet,) = self.event.parent.glob("*-badges-*.pdf")
        self.codes = decoded(sheet)

    def scan(self) -> None:
        """Bursts of 25 scans: every suffix, small and capital letters, two layouts."""
        typed = {person["code"] for person in self.people() if person["given_name"] in GIVEN}
        scanned = [code for code in self.codes if code not in typed][:SCANNED]
        assert len(scanned) == SCANNED
        for start in range(0, SCANNED, BURST):
            turn = start // BURST
            suffix = SUFFIXES[turn % len(SUFFIXES)]
            part = scanned[start : start + BURST]
            if turn % 2:
                part = [code.lower() for code in part]
            if turn >= 4:
                # With the ECI prefix that some scanners send, on a keyboard that garbles digits.
                part = [belgian("000026" + code if n % 2 else code) for n, code in enumerate(part)]
            self.terminal.send("".join(code + suffix for code in part))
            self.here += BURST
            self.wait_here()

    def type_names(self) -> None:
        for text, (given, family, *_) in TYPED:
            self.type(text)
            # At 80 columns a long name of another alphabet stands in Latin letters alone.
            latin = in_latin(family)
            self.wait(latin or family.upper(), "○ due")
            self.terminal.press("enter")
            self.here += 1
            self.wait("WELCOME", given, family.upper())
            self.wait_here()

    def undo(self) -> None:
        self.terminal.press("f8")
        self.here -= 1
        self.wait("UNDONE", "LEE")
        self.wait_here()

    def walk_in(self) -> None:
        self.terminal.press("f2")
        texts = {"Given name": "Maja", "Family name": "Novak", "Authority": "Grad Osijek"}
        for label, text in texts.items():
            self.terminal.wait(lambda _, label=label: self._asks(label), label, PATIENCE)
            self.type(text)
            self.terminal.press("f2" if label == "Authority" else "enter")
        self.here += 1
        self.wait("WELCOME", "NOVAK")
        self.wait_here()

    def _asks(self, label: str) -> bool:
        """Whether the field beside `label` has the focus: it looks as the last one does not."""
        asked = self.terminal.background(label, 32)
        return asked not in {"", self.terminal.background("Languages", 32)}

    def look_at_the_board(self) -> None:
        for area in ("Import a list", "unprinted", "Round 1"):
            self.terminal.press("f6")
            self.wait(area)
        self.wait(f"{self.here} at ")
        self.terminal.press("ctrl+home")
        self.wait("Scan a badge")

    def call_the_roll(self) -> None:
        self.terminal.press("f9")
        self.wait(f"{self.here} inside", f"{self.here} missing")
        self.terminal.press("esc")
        self.wait("Scan a badge")

    def people(self, *which: str) -> list[dict[str, Any]]:
        people: list[dict[str, Any]] = checkin("--event", self.event, "people", *which)["people"]
        return people


GIVEN = {person[0] for _, person in TYPED}


def decoded(sheet: Path) -> list[str]:
    """Every QR code of a PDF, page by page, by a real decoder."""
    document = pypdfium2.PdfDocument(sheet)
    codes = [
        found.text
        for page in document
        for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    ]
    document.close()
    return codes


def opened(event: Path) -> Terminal:
    return Terminal.python("-m", "checkin", "--event", str(event), "--desk", "A")


@pytest.mark.timeout(600)
def test_a_whole_morning_from_an_empty_event_to_the_roll_call(tmp_path: Path) -> None:
    event = tmp_path / "workshop.checkin"
    today = dt.date.today().isoformat()
    room = ("--tables", "26", "--seats", "10", "--practice")
    checkin("new", event, "--title", "City-Region Cooperation", "--date", today, *room)
    registered = write_list(tmp_path / "registrations.xlsx")

    with opened(event) as terminal:
        morning = Morning(event, terminal)
        morning.wait("Ready.", "here 0 ·")
        morning.import_list(tmp_path / "registrations.xlsx", registered)
        morning.print_badges(registered)
        assert sorted(morning.codes) == sorted(person["code"] for person in morning.people())
        terminal.press("ctrl+home")
        morning.wait("Scan a badge")
        morning.scan()
        morning.type_names()
        morning.undo()
        morning.walk_in()
        morning.look_at_the_board()
        morning.call_the_roll()
        terminal.press("ctrl+q")
        assert terminal.wait_end(PATIENCE) == 0
        assert b"\x1b]0;title" not in terminal.raw

    # 200 scanned, five typed, one of them undone, one who was on no list.
    here = SCANNED + len(TYPED)
    with opened(event) as terminal:
        morning = Morning(event, terminal, here)
        morning.wait_here()
        morning.wait(f"due {registered + 1 - here} ·")
        morning.call_the_roll()
        terminal.press("ctrl+q")
        assert terminal.wait_end(PATIENCE) == 0
    held_against_the_file(morning, registered, here)


def held_against_the_file(morning: Morning, registered: int, here: int) -> None:
    """The command line finds the same morning in the event file."""
    status = checkin("--event", morning.event, "status")
    counted = {name: status[name] for name in ("registered", "here", "expected", "left")}
    assert counted == {
        "registered": registered + 1,
        "here": here,
        "expected": registered + 1 - here,
        "left": 0,
    }
    assert (status["walk_ins"], status["badges_printed"]) == (1, registered)
    inside = morning.people("--here")
    assert len(inside) == here
    assert all(person["table"] is not None for person in inside)
    typed = {person["given_name"] for person in inside} & (GIVEN | {"Maja"})
    assert typed == (GIVEN | {"Maja"}) - {"Ann [/x]"}
    proof = checkin("--event", morning.event, "verify")
    assert proof["ok"] is True
    # Printed, arrived, undone, registered at the door: an entry each, and the event and its list.
    assert proof["entries"] == 2 + registered + (SCANNED + len(TYPED) + 1) + 1 + 1
