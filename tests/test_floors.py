"""The direction of imports: screens look down to checkin, checkin to db, and never up."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("checkin", "db", "screens")
FILES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))

PURE = {
    "checkin/tables": {
        "assembling", "bonds", "door_room", "exports", "foresight", "manual", "planning",
        "room_settings", "rounds", "seating", "telling", "turning",
    },
    "checkin/door": {"cards", "flags",
        "desk", "groups", "histories", "newcomers", "overview", "passage", "people_index",
        "registered_twice", "registrations", "replays", "roll_call", "undoing", "waiting_list",
    },
    "checkin/roster": {"beforehand", "registrations", "roster"},
    "checkin/badges": {"printing"},
    "checkin/papers": {"printing"},
}  # fmt: skip
"""Folders of algorithms, each with the services in it: those alone may know the event file."""

TERMINAL = ("textual", "rich")
DATABASE = ("db", "sqlalchemy", "sqlite3", "alembic")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports_of(path: Path, *, for_types_too: bool = True) -> Iterator[tuple[int, str]]:
    """Yields (line, module) of every import in a file, at whatever depth it stands."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            skipped |= {inner for part in node.body for inner in ast.walk(part)}
    for node in ast.walk(tree):
        if node in skipped and not for_types_too:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports relatively"
            yield node.lineno, node.module or ""


def offences(path: Path, forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{name_of(path)}:{line} imports {module}"
        for line, module in imports_of(path)
        if module.partition(".")[0] in forbidden
    ]


def services_of(folder: str) -> set[str]:
    """The modules of a folder that import the database, themselves or through another of it."""
    return {
        path.stem
        for path in (ROOT / folder).glob("*.py")
        if any(
            module.partition(".")[0] in DATABASE
            or (module.startswith("checkin.event.") and module != "checkin.event.settings")
            for _, module in imports_of(path, for_types_too=False)
        )
    }


def test_the_floors_are_all_there_to_be_looked_at() -> None:
    assert len(FILES) > 100
    assert {name_of(path).partition("/")[0] for path in FILES} == set(FLOORS)


@pytest.mark.parametrize("path", [f for f in FILES if name_of(f).startswith("db/")], ids=name_of)
def test_the_event_file_knows_nobody_above_it(path: Path) -> None:
    assert offences(path, ("checkin", "screens", *TERMINAL)) == []


@pytest.mark.parametrize(
    "path", [f for f in FILES if name_of(f).startswith("checkin/")], ids=name_of
)
def test_the_program_knows_no_screen(path: Path) -> None:
    above = TERMINAL if name_of(path) == "checkin/__main__.py" else ("screens", *TERMINAL)
    assert offences(path, above) == []


@pytest.mark.parametrize(
    "path", [f for f in FILES if name_of(f).startswith("screens/")], ids=name_of
)
def test_screens_ask_services_and_never_the_database(path: Path) -> None:
    assert offences(path, DATABASE) == []


@pytest.mark.parametrize(
    "path", [f for f in FILES if name_of(f).startswith("screens/commands/")], ids=name_of
)
def test_commands_load_no_terminal_toolkit(path: Path) -> None:
    assert offences(path, TERMINAL) == []


@pytest.mark.parametrize("folder", PURE)
def test_algorithms_know_neither_the_database_nor_the_event(folder: str) -> None:
    assert services_of(folder) <= PURE[folder]


@pytest.mark.parametrize("path", [f for f in FILES if f.name == "__init__.py"], ids=name_of)
def test_package_files_import_nothing(path: Path) -> None:
    assert [module for _, module in imports_of(path) if module != "__future__"] == []


def test_no_module_is_called_by_a_word_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [name_of(path) for path in FILES if path.stem in empty] == []
