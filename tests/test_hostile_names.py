"""Names that try to style, click, crash, escape or compute: text on every screen, paper and file.

The event file is poisoned behind the program's back, past the cleaner at its edge, so that every
screen and every export has to be harmless by itself; a list of such names also comes in through the
import. On the terminal the raw bytes are looked at, not only what a terminal made of them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import python_calamine
import zxingcpp

from checkin.event.session import make_event, open_event
from checkin.event.settings import EventSettings
from checkin.roster.entry import RosterEntry
from checkin.roster.registrations import Registrar
from screens.commands.front import main
from tests.terminal import Terminal

PATIENCE = 90.0

HOSTILE = (
    "Ann [/x] Lee",
    "[@click=app.quit]x",
    "[bold red]B[/]",
    "\x1b[?9731hCsi\x1b[777;7r",
    "\x1b]0;OWNED\x07Osc\x1b]8;;http://evil.example\x1b\\",
    "\x1bPdcs\x1b\\\x1b_apc\x1b\\Esc\x1bc",
    "\x9b777JC1\x90q\x9d0;OWNED\x9c",
    "\u202eRlo\u2066\u200f",
    "Zal" + "g" + "\u0301\u0302\u0303\u0304\u0305" * 10 + "o",
    "a\nb\tc\x0bd\x08e\x7ff",
    "$accent ${x} {0} %s %(a)s",
    "=HYPERLINK(1)",
    "@SUM(A1)",
    "-2+3",
    "<b>x</b>&amp;`rm`|#",
    "\U000e0041\ufffe\u2028line\u2029",
)
"""Names that must stay text. A lone surrogate can't be in a file; the list's test has one."""

MARKS = (
    "Mercury", "Venus", "Jupiter", "Saturn", "Uranus", "Neptune", "Pluto", "Ceres", "Vesta",
    "Pallas", "Hygiea", "Sedna", "Eris", "Haumea", "Quaoar", "Orcus",
)  # fmt: skip
"""A word in each of their family names to find them by."""

ESCAPED = ("9731", "777", "OWNED", "8;;http")
"""What stands in the escape sequences of HOSTILE: never right behind an ESC or C1 control."""

TITLES = tuple(name for name in HOSTILE if "@" not in name)[:5]
"""Titles of columns that no field is read from."""

TEXTS = ("badge_name", "email", "organisation", "territory", "country", "role", "title")
"""Columns of a person, beside the names, that hold what people wrote."""


def entries() -> list[RosterEntry]:
    return [
        RosterEntry(given_name=f"Given{n}", family_name=MARKS[n], organisation="Town", email=f"{n}")
        for n in range(len(HOSTILE))
    ]


def poison(event: Path) -> None:
    """Writes the hostile names over the harmless ones, in the file itself."""
    with closing(sqlite3.connect(event)) as file, file:
        for n, name in enumerate(HOSTILE):
            columns = ", ".join(f"{column} = ?" for column in TEXTS)
            file.execute(
                f"UPDATE person SET given_name = ?, family_name = ?, {columns} WHERE number = "
                "(SELECT number FROM person ORDER BY number LIMIT 1 OFFSET ?)",
                (name, f"{name} {MARKS[n]}", *[name] * len(TEXTS), n),
            )
        file.execute("UPDATE setting SET value = ? WHERE key = 'title'", (json.dumps(HOSTILE[4]),))
        file.execute("UPDATE setting SET value = ? WHERE key = 'venue'", (json.dumps(HOSTILE[1]),))
        file.executemany(
            "INSERT OR REPLACE INTO host VALUES (?, ?)",
            [(n + 1, name) for n, name in enumerate(HOSTILE[:4])],
        )


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """A practice event of hostile people, poisoned past the cleaner."""
    settings = EventSettings(
        title="Hostile", date=dt.date.today(), tables=4, seats=7, live=False, venue="Hall"
    )
    path = make_event(tmp_path / "hostile.checkin", settings)
    session = open_event(path, desk="office")
    with session.writing() as writer:
        Registrar(writer.connection).add(entries())
    session.close()
    poison(path)
    return path


@pytest.fixture
def app(event: Path) -> Iterator[Terminal]:
    """The program on the poisoned event, at a desk with a hostile name."""
    with Terminal.python(
        "-m", "checkin", "--event", str(event), "--desk", "[/]\x1b]0;OWNED\x07Desk"
    ) as terminal:
        terminal.wait_for("Ready.", PATIENCE)
        terminal.wait_for("due ", PATIENCE)
        yield terminal


def harmless(terminal: Terminal) -> None:
    """Fails when data reached the terminal as anything but text, or the app is gone."""
    terminal.wait_quiet()
    assert terminal.alive
    # The shape of the mouse's pointer is the one thing that the toolkit itself asks this way.
    written = re.sub("\x1b\\]22;[a-z-]*\x07", "", terminal.raw.decode("utf-8"))
    for escaped in ESCAPED:
        assert not re.search(f"[\x1b\x80-\x9f][\\][P?_0;]*{escaped}", written)
    assert not re.search("\x1b[\\]P_^Xc]", written)
    assert not re.search("[\x80-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe]", written)
    assert not re.search("[\U000e0000-\U000e007f]", written)
    assert not re.search("[\u0300-\u036f]{4}", written)
    assert "OWNED" not in terminal.screen.title + terminal.screen.icon_name


def click(terminal: Terminal, words: str) -> None:
    """Clicks where `words` start on the screen."""
    row = next(n for n, line in enumerate(terminal.lines) if words in line)
    place = f"{terminal.lines[row].index(words) + 2};{row + 1}"
    terminal.send(f"\x1b[<0;{place}M\x1b[<0;{place}m")


def go(terminal: Terminal, *keys: str, until: str) -> None:
    """Presses keys, waits for what they lead to, and looks that nothing came with it."""
    terminal.press(*keys)
    terminal.wait_for(until, PATIENCE)
    harmless(terminal)


def back(terminal: Terminal, gone: str) -> None:
    terminal.press("esc")
    terminal.wait_gone(gone, PATIENCE)
    harmless(terminal)


def all_come(terminal: Terminal) -> None:
    for count, mark in enumerate(MARKS, start=1):
        terminal.send(mark)
        terminal.wait(
            lambda text, mark=mark: f"│ {mark} " in text and "▸ ○ due" in text, mark, PATIENCE
        )
        terminal.press("enter")
        terminal.wait_for(f"here {count} ·", PATIENCE)


def test_hostile_names_pass_through_the_door(app: Terminal) -> None:
    all_come(app)
    harmless(app)
    app.send("app.quit")
    app.wait_for("▸ ✓ here", PATIENCE)
    click(app, "[@click=app.quit]x")
    app.wait(lambda text: "A MOMENT AGO" in text or "IN ALREADY" in text, "an answer", PATIENCE)
    harmless(app)
    app.send(MARKS[2])
    app.wait_for("▸ ✓ here", PATIENCE)
    go(app, "f4", until="Group of")
    back(app, "Group of")
    go(app, "f9", until=f"{len(HOSTILE)} inside")
    click(app, "[@click=app.quit]x")
    for _ in range(len(HOSTILE)):
        app.press("down")
    harmless(app)
    go(app, "f1", until="Help:")
    back(app, "Help:")
    app.press("ctrl+p")
    app.wait_for("Search for", PATIENCE)
    app.send(MARKS[1])
    app.wait_for("Find [@click=app.quit]x", PATIENCE)
    harmless(app)
    app.press("esc")
    app.wait_gone("Search for", PATIENCE)
    back(app, "inside ")


def test_hostile_names_pass_through_roster_badges_tables_and_event(app: Terminal) -> None:
    all_come(app)
    go(app, "f6", until=f"{len(HOSTILE)} registered")
    click(app, "Ann [/x] Lee")
    for _ in HOSTILE:
        app.press("down")
    harmless(app)
    go(app, "f4", until="Territories")
    for _ in HOSTILE:
        app.press("down")
    harmless(app)

    go(app, "f6", until="unprinted")
    for _ in HOSTILE:
        app.press("down")
        harmless(app)
    app.press("f4")
    harmless(app)
    go(app, "f5", until="Whose badges")
    go(app, "f5", until="0 unprinted")

    go(app, "f6", until="Round 1")
    app.wait_for(f"{len(HOSTILE)} at ", PATIENCE)
    go(app, "enter", until="Table 1")
    go(app, "enter", until="Move from")
    back(app, "Move from")
    back(app, "of 7 seats")
    go(app, "f3", until="Move somebody")
    back(app, "Move somebody")
    go(app, "f4", until="Plan for round")
    back(app, "Plan for round")
    go(app, "f5", until="epair")
    app.press("esc")
    harmless(app)

    go(app, "f6", until="Exercises")
    go(app, "f6", until="To do")
    go(app, "f2", until="The event's settings")
    back(app, "The event's settings")
    go(app, "f4", until="whole")
    app.press("ctrl+q")
    assert app.wait_end(PATIENCE) == 0


def test_a_hostile_list_comes_in_through_the_import_as_text(tmp_path: Path) -> None:
    settings = EventSettings(title="List", date=dt.date.today(), tables=4, seats=7, live=False)
    event = make_event(tmp_path / "list.checkin", settings)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["First name", "Surname", "E-mail", "Organisation", "Country", *TITLES])
    for n, name in enumerate(HOSTILE):
        table.writerow([name, f"{name} {MARKS[n]}", f"{n}@example.org", name, name, *HOSTILE[5:10]])
    source = tmp_path / "[@click=app.quit]\x1b]0;OWNED\x07.csv"
    # A lone surrogate as bytes: no UTF-8, so the encoding is guessed and the names stay text.
    source.write_bytes(out.getvalue().encode() + b"\xed\xa0\x80Lone,Zz99,s@example.org,x,y\r\n")
    with Terminal.python("-m", "checkin", "--event", str(event)) as app:
        app.wait_for("due 0", PATIENCE)
        go(app, "f6", until="Import a list")
        go(app, "f7", until="type its path")
        app.send(f"{tmp_path}/")
        app.wait_for(tmp_path.name, PATIENCE)
        go(app, "enter", until="[@click=app.quit]")
        # The folder lists the event's file too; the list is the one that is no folder above.
        app.press("down", "enter")
        app.wait_for("titles in row 1", PATIENCE)
        harmless(app)
        for key in ("right", "right", "down", "down", "f3", "f3"):
            app.press(key)
            harmless(app)
        go(app, "enter", until="What is “")
        back(app, "What is “")
        go(app, "f8", until="How the list is read")
        back(app, "How the list is read")
        go(app, "f5", until="Import this list?")
        go(app, "f5", until="Imported: ")
        app.press("ctrl+q")
        assert app.wait_end(PATIENCE) == 0
    with closing(sqlite3.connect(event)) as file:
        held = [" ".join(row) for row in file.execute("SELECT given_name, family_name FROM person")]
    assert len(held) == len(HOSTILE) + 1
    assert not [name for name in held if re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", name)]


def run(event: Path, *arguments: str | Path) -> int:
    return main(["--event", str(event), *map(str, arguments)])


def test_badges_and_papers_hold_nothing_but_text_and_every_code_is_read(
    event: Path, tmp_path: Path
) -> None:
    assert run(event, "badges", tmp_path / "badges.pdf", "--all") == 0
    for n in range(len(HOSTILE)):
        assert run(event, "in", MARKS[n]) == 0
    for paper in ("sign-in", "table-cards", "roll-call", "certificates", "pack"):
        assert run(event, "papers", paper, tmp_path / f"{paper}.pdf") == 0
    assert run(event, "tables", "rounds", tmp_path / "rounds.pdf") == 0
    sheets = sorted(tmp_path.glob("*.pdf"))
    assert len(sheets) == 7
    for sheet in sheets:
        raw = sheet.read_bytes()
        for name in (b"/JavaScript", b"/JS", b"/OpenAction", b"/Launch", b"/URI", b"/Annot"):
            assert name not in raw, sheet.name
        for page in pypdf.PdfReader(sheet).pages:
            text = page.extract_text()
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
            assert not re.search("[\u0300-\u036f]{4}", text)
    with closing(sqlite3.connect(event)) as file:
        codes = sorted(code for (code,) in file.execute("SELECT code FROM person"))
    document = pypdfium2.PdfDocument(tmp_path / "badges.pdf")
    found = [
        barcode.text
        for page in document
        for barcode in zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    ]
    document.close()
    assert sorted(found) == codes


def test_exports_hold_text_that_no_program_computes(event: Path, tmp_path: Path) -> None:
    for n in range(len(HOSTILE)):
        assert run(event, "in", MARKS[n]) == 0
    for what in ("attendance", "tables", "journal"):
        for ending in ("csv", "xlsx", "json", "md"):
            assert run(event, "export", what, tmp_path / f"{what}.{ending}") == 0
    for ending in ("csv", "xlsx", "json", "md"):
        assert run(event, "tables", "rounds", tmp_path / f"rounds.{ending}") == 0
    written = sorted(tmp_path.glob("*.csv"))
    assert len(written) == 4
    for path in written:
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(keepends=True)))
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            plain(cell)
    for path in tmp_path.glob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"<hyperlink" not in sheet
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for cell in (str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row):
            plain(cell)
    for path in tmp_path.glob("*.json"):
        for row in json.loads(path.read_text("utf-8")):
            for cell in row.values():
                plain(str(cell))
    for path in tmp_path.glob("*.md"):
        for line in path.read_text("utf-8").splitlines():
            plain(line)
            assert "<b>" not in line


def plain(text: str) -> None:
    """Fails for text that holds more than what can be read."""
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe]", text), repr(text)
    assert not re.search("[\u0300-\u036f]{4}", text)


def test_the_command_line_says_hostile_names_as_text(
    event: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for n in range(len(HOSTILE)):
        assert run(event, "in", MARKS[n]) == 0
    for arguments in (
        ("people",), ("people", "--json"), ("find", MARKS[4]), ("find", MARKS[4], "--json"),
        ("tables",),
        ("roll-call",), ("status",), ("territories",), ("verify",), ("qr", MARKS[3]), ("undo",),
    ):  # fmt: skip
        assert run(event, *arguments) == 0, arguments
    said = capsys.readouterr()
    for line in (said.out + said.err).splitlines():
        # The QR is drawn black on white: colours are the program's own there.
        plain(re.sub("\x1b\\[[0-9;]*m", "", line))
