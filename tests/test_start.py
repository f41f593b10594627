"""What a fresh process loads: plain commands start fast because they load little."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from screens.opening import options_alone

ROOT = Path(__file__).resolve().parent.parent

TOLD = """
import json, sys
from screens.commands.front import main
status = main(sys.argv[1:])
loaded = {name.partition(".")[0] for name in sys.modules}
sys.stdout.flush()
sys.stderr.write("\\nLOADED " + json.dumps([status, sorted(loaded)]))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a practice event in it."""
    folder = tmp_path_factory.mktemp("home")
    run(folder, "demo", "--no-open", str(folder / "demo.checkin"))
    return folder


def run(home: Path, *arguments: str, given: str = "") -> tuple[int, set[str]]:
    """Runs a command in a process of its own; returns its status and what it loaded."""
    environment = os.environ | {
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_DATA_HOME": str(home / "data"),
        "CHECKIN_EVENT": str(home / "demo.checkin"),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", TOLD, *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=120,
        check=True,
    )
    status, loaded = json.loads(done.stderr.rpartition("\nLOADED ")[2])
    return status, set(loaded)


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("scan", "--help"), ("badges", "--help")]
)
def test_help_and_version_load_neither_screens_nor_the_database(
    home: Path, arguments: tuple[str, ...]
) -> None:
    status, loaded = run(home, *arguments)
    assert status == 0
    assert not loaded & {"textual", "rich", "sqlalchemy", "alembic", "reportlab"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", "kowalska"),
        ("scan",),
        ("in", "kowalska"),
        ("out", "kowalska"),
        ("undo",),
        ("walk-in", "--given", "Ada", "--family", "Nováková"),
        ("substitute", "kowalczyk", "--given", "Ewa", "--family", "Zając"),
        ("status",),
        ("people", "--all"),
        ("tables",),
        ("roll-call",),
        ("verify",),
        ("qr", "kowalska"),
        ("export", "journal", "OUT/journal.csv"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_plain_commands_load_no_terminal_toolkit_no_migrations_and_no_paper(
    home: Path, arguments: tuple[str, ...]
) -> None:
    placed = [each.replace("OUT", str(home)) for each in arguments]
    status, loaded = run(home, *placed, given="kowalska\n")
    assert status in (0, 1)
    assert "sqlalchemy" in loaded
    assert not loaded & {"textual", "rich", "alembic", "reportlab", "xlsxwriter"}


def test_a_line_that_names_only_an_event_and_a_desk_goes_straight_to_the_app() -> None:
    assert options_alone([]) == {}
    assert options_alone(["--event", "a b.checkin", "--desk=A"]) == {
        "--event": "a b.checkin",
        "--desk": "A",
    }


@pytest.mark.parametrize(
    "line",
    ["demo", "--help", "--event", "--event=", "--desk --json", "--event a --debug", "--events a"],
)
def test_every_other_line_goes_to_the_commands(line: str) -> None:
    assert options_alone(line.split()) is None


def test_the_app_opens_without_what_only_commands_need() -> None:
    opened = """
import sys
sys.argv[1:] = ["--event", "gone.checkin"]
from checkin.__main__ import main
from screens import run
def told(opener):
    assert opener is not None
    sys.stdout.write(" ".join(sys.modules))
    return 0
run.run_app = told
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", opened],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
        check=True,
    )
    assert not {"click", "sqlalchemy", "sqlite3", "platformdirs"} & set(done.stdout.split())


def test_an_event_that_is_not_there_is_status_3_and_one_sentence_without_the_commands() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checkin", "--event", "gone.checkin"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert done.returncode == 3
    assert "gone.checkin is not there" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_first_frame_needs_neither_the_database_nor_what_few_screens_use() -> None:
    program = "import sys; import screens.run, screens.app, screens.door; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
        check=True,
    )
    dear = {"sqlalchemy", "sqlite3", "click", "rapidfuzz", "anyascii", "multiprocessing"}
    dear |= {"textual.widgets._text_area", "textual.widgets._data_table"}
    assert not dear & set(done.stdout.split())
