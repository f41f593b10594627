"""The areas on a real terminal: hostile names do nothing, and a scan never disturbs them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.door.desk import Door
from checkin.event.session import open_event
from checkin.roster.walk_in import WalkIn
from tests.screens.at_the_door import HOSTILE, app_on, codes, demo, own_home
from tests.screens.test_hostile_names_on_a_pty import AUTHORITY, harmless
from tests.terminal import Terminal

AREAS = (
    ("F7 Import a list", "Roster"),
    ("As it will print", "Badges"),
    ("with your territory", "Tables"),
    ("Agenda", "Exercises"),
    ("To do", "Event"),
)


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


def go(terminal: Terminal, area: int) -> None:
    """Opens an area by walking there from the door."""
    for words, _ in AREAS[: area + 1]:
        terminal.press("f6")
        terminal.wait_for(words)


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40)])
def test_hostile_names_do_nothing_in_any_area(event: Path, columns: int, lines: int) -> None:
    with app_on(event, columns, lines) as terminal:
        go(terminal, 0)
        terminal.press("f3")
        terminal.wait_quiet()
        terminal.send("evil")
        terminal.wait_for("10 registered")
        for _ in HOSTILE:
            terminal.press("down")
        terminal.wait_quiet()
        assert "Ann [/x] Lee" in terminal.text
        harmless(terminal)
        terminal.press("esc", "f4")
        terminal.wait_for("Territories and other hints")
        for _ in range(40):
            terminal.press("down")
        terminal.wait_quiet()
        harmless(terminal)
        terminal.press("f6")
        terminal.wait_for("As it will print")
        terminal.press("f3")
        terminal.wait_quiet()
        terminal.send("evil")
        terminal.wait_quiet()
        for _ in HOSTILE:
            terminal.press("down")
            terminal.wait_quiet(0.03)
        harmless(terminal)
        terminal.press("esc", "f6")
        terminal.wait_for("with your territory")
        terminal.wait_for("10 at")
        terminal.wait_for("┏━ 1 ")
        for _ in range(3):
            terminal.press("right")
            terminal.wait_quiet()
            terminal.press("enter")
            terminal.wait_for("seats ·")
            terminal.press("enter")
            terminal.wait_for("Move from table")
            terminal.wait_for("→ ")
            harmless(terminal)
            terminal.press("esc")
            terminal.wait_gone("Move from table")
            terminal.press("esc")
            terminal.wait_gone("seats ·")
        terminal.press("f3")
        terminal.wait_for("Move somebody")
        terminal.send("evil")
        terminal.wait_for("▸ ✓ here")
        harmless(terminal)
        terminal.press("esc")
        terminal.wait_gone("Move somebody")
        for words in ("Agenda", "To do"):
            terminal.press("f6")
            terminal.wait_for(words)
            harmless(terminal)


def test_a_hostile_list_is_previewed_and_imported_as_text(event: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = "\n".join(
        f'"{name}","{name}","[@click=app.quit]{n}"'.replace("\n", " ").replace("\0", "")
        for n, name in enumerate(HOSTILE)
    )
    text = f'Given name,Family name,Organisation\n"=1+1","@x","-2"\n{rows}\n'
    path.write_bytes(text.encode("utf-8", "surrogatepass").replace(b"\xed\xa0\x80", b""))
    with app_on(event) as terminal:
        go(terminal, 0)
        terminal.press("f7")
        terminal.wait_for("path of the list")
        terminal.send(str(path))
        terminal.wait_for("list.csv")
        terminal.press("enter")
        terminal.wait_for("▾ Given name")
        for _ in range(12):
            terminal.press("down", "right")
        terminal.wait_quiet()
        harmless(terminal)
        terminal.press("f8")
        terminal.wait_for("How the list is read")
        terminal.press("esc")
        terminal.wait_gone("How the list is read")
        terminal.press("enter")
        terminal.wait_for("What is")
        terminal.press("esc")
        terminal.wait_gone("What is")
        terminal.press("f5")
        terminal.wait_for("Import this list?")
        terminal.press("f5")
        terminal.wait_for("Imported:")
        harmless(terminal)
        assert terminal.alive


@pytest.mark.parametrize("area", range(5))
def test_a_badge_scanned_in_any_area_is_admitted_and_the_area_stays(
    tmp_path: Path, area: int
) -> None:
    with own_home(tmp_path):
        event = demo(tmp_path)
        with app_on(event) as terminal:
            go(terminal, area)
            terminal.wait_quiet()
            terminal.send(f"{codes(event)[3]}\r{codes(event)[5].lower()}\r\n")
            terminal.wait_for("table")
            terminal.wait_for("WELCOME")
            assert AREAS[area][0] in terminal.text
            terminal.press("ctrl+p")
            terminal.wait_for("Search for")
            terminal.send("go to door")
            terminal.wait_for("Go to Door")
            terminal.press("enter")
            terminal.wait_for("here 2")
