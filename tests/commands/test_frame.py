"""What every command shares: options, environment, exit statuses, one sentence for each error."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from screens.commands.front import _WHERE, front
from tests.day import command, journal_of, who

READING = [
    ("find", "x"), ("scan",), ("in", "x"), ("out", "x"), ("undo",), ("people",), ("tables",),
    ("roll-call",), ("status",), ("verify",), ("doctor",), ("qr", "x"), ("badges", "OUT"),
    ("papers", "roll-call", "OUT"), ("export", "journal", "OUT"), ("backup", "OUT"),
    ("walk-in", "--given", "A", "--family", "B"),
    ("substitute", "x", "--given", "A", "--family", "B"),
    ("group", "x"), ("cancel", "x"), ("expect", "x"), ("merge", "x", "y"), ("territories",),
    ("flag", "x", "--vip"), ("problem", "x"), ("duplicates",), ("not-same", "x", "y"),
    ("waitlist",), ("waitlist", "--release", "1"),
    ("replace-badge", "x", "--reason", "lost"), ("badge-text", "x", "y"), ("import", "LIST"),
    ("tables", "plan"), ("tables", "move", "x", "1"), ("tables", "repair"),
]  # fmt: skip
"""Every command that needs an event, each in a form that is used rightly."""


def words(arguments: tuple[str, ...], folder: Path) -> list[str]:
    (folder / "list.csv").write_text("given_name,family_name\nA,B\n")
    places = {"OUT": str(folder / "out.pdf"), "LIST": str(folder / "list.csv")}
    return [places.get(word, word) for word in arguments]


def test_every_command_that_needs_an_event_is_looked_at() -> None:
    named = {arguments[0] for arguments in READING}
    assert {*_WHERE} - named <= {"demo", "new", "restore-test", "exercise"}


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_missing_event_is_status_3_and_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = command("--event", tmp_path / "gone.checkin", *words(arguments, tmp_path))
    assert done.status == 3
    assert done.out == ""
    assert len(done.err.strip().splitlines()) == 1
    assert "gone.checkin is not there" in done.err
    assert not (tmp_path / "gone.checkin").exists()
    assert not (tmp_path / "out.pdf").exists()


def test_without_any_event_known_the_sentence_says_how_to_get_one() -> None:
    done = command("status")
    assert done.status == 3
    assert "checkin demo" in done.err


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 6] = b"\xff" * (4096 * 5)
    path.write_bytes(content)


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=9999")
    connection.close()


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA application_id=1")
    connection.close()


BROKEN = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("given_name,family_name\n"),
    "damaged": damaged,
    "cut": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "newer": newer,
    "foreign": foreign,
    "folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize(
    "arguments", [("status",), ("people",), ("scan",), ("undo",)], ids=" ".join
)
def test_a_file_that_is_no_event_is_status_3_and_one_sentence(
    demo: Path, how: str, arguments: tuple[str, ...]
) -> None:
    BROKEN[how](demo)
    done = command("--event", demo, *arguments, given=b"kowalska\n")
    assert done.status == 3, (done.out, done.err)
    assert done.out == ""
    assert len(done.err.strip().splitlines()) == 1
    assert "Traceback" not in done.err


def test_options_stand_before_or_behind_the_command(demo: Path) -> None:
    before = command("--event", demo, "--json", "--desk", "Front", "status")
    behind = command("status", "--json", "--event", demo, "--desk", "Front")
    between = command("--json", "status", "--desk", "Front", "--event", demo)
    assert before.out == behind.out == between.out
    assert before.json["desk"] == "Front"


def test_options_stand_behind_a_command_of_a_group(demo: Path) -> None:
    command("in", who(demo, "Anna Kowalska").code, "--event", demo)
    done = command("tables", "move", "kowalska", "3", "--dry-run", "--event", demo, "--json")
    assert done.status == 0, done.err
    assert {"say", "before", "after"} <= set(done.json)


def test_the_environment_names_event_and_desk_and_options_win(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Path(shutil.copy(demo, tmp_path / "other.checkin"))
    monkeypatch.setenv("CHECKIN_EVENT", str(other))
    monkeypatch.setenv("CHECKIN_DESK", "Side \x1b[31mdoor")
    status = command("status", "--json").json
    assert status["event"] == str(other)
    assert status["desk"] == "Side [31mdoor"
    assert command("status", "--json", "--event", demo).json["event"] == str(demo)
    assert command("status", "--json", "--desk", "Main").json["desk"] == "Main"


def test_the_event_opened_last_is_meant_when_none_is_named(demo: Path) -> None:
    command("--event", demo, "status")
    assert command("status", "--json").json["event"] == str(demo)


def test_the_desk_stands_in_the_journal(demo: Path) -> None:
    command("--event", demo, "--desk", "Tisch Ä", "in", who(demo, "Anna Kowalska").code)
    assert journal_of(demo, "arrived")[0].desk == "Tisch Ä"


@pytest.mark.parametrize(
    "arguments",
    [("nope",), ("find",), ("in",), ("people", "--nope"), ("export", "everything", "x.csv"),
     ("find", "x", "--limit", "none"), ("walk-in",), ("merge", "one"), ("--nope",),
     ("papers", "poster", "x.pdf"), ("tables", "move", "x", "first")],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_status_2_and_writes_nothing_to_standard_output(
    demo: Path, arguments: tuple[str, ...]
) -> None:
    done = command("--event", demo, *arguments)
    assert done.status == 2
    assert done.out == ""
    assert "--help" in done.err


def test_wrong_usage_can_not_reach_the_terminal() -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\u202e"
    for arguments in [
        (evil,), ("find", "x", "--limit", evil), ("merge", "a", "b", evil),
        ("--event", evil, "status"), (f"--{evil}",), ("papers", evil, evil),
    ]:  # fmt: skip
        done = command(*arguments)
        assert done.status in (2, 3)
        assert not [c for c in done.err if ord(c) < 32 and c != "\n"]
        assert "\u202e" not in done.err


@pytest.mark.parametrize("name", [name for name in _WHERE if name != "exercise"])
def test_help_of_every_command_shows_an_example(name: str) -> None:
    done = command(name, "--help")
    assert done.status == 0
    assert f"checkin {name}" in done.out.replace("\n", " ")
    assert "Example" in done.out or "example" in done.out
    assert "--json" in done.out


def test_help_names_every_command() -> None:
    done = command("--help")
    assert done.status == 0
    for name in _WHERE:
        assert f"  {name} " in done.out
    assert front.name


def test_version_is_one_line() -> None:
    done = command("--version")
    assert done.status == 0
    assert done.out.startswith("checkin ")
    assert len(done.out.splitlines()) == 1


def test_an_error_nobody_foresaw_is_one_line_without_names(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("Anna Kowalska")

    monkeypatch.setattr("checkin.event.status.status", broken)
    done = command("--event", demo, "status")
    assert done.status not in (0, 2)
    assert len(done.err.strip().splitlines()) == 1
    assert "Kowalska" not in done.err
    assert "Traceback" not in done.err
    log = Path(done.err.strip().rpartition("Where: ")[2])
    assert "ZeroDivisionError" in log.read_text()
    assert "Kowalska" not in log.read_text()
    with pytest.raises(ZeroDivisionError):
        command("--event", demo, "--debug", "status")


def test_json_is_one_document_without_colour_and_in_utf_8(day: Path) -> None:
    for arguments in [("find", "lefevre"), ("people",), ("status",), ("tables",), ("roll-call",),
                      ("qr", "lefevre"), ("doctor",), ("verify",)]:  # fmt: skip
        done = command("--event", day, "--json", *arguments)
        assert len(done.out.splitlines()) == 1
        json.loads(done.out)
        assert "\x1b" not in done.out
        assert "\\u" not in done.out
    assert "Lefèvre" in command("--event", day, "--json", "find", "lefevre").out


@pytest.mark.parametrize("folder", ["missing", "a file"])
def test_output_that_can_not_be_written_is_a_sentence(
    demo: Path, tmp_path: Path, folder: str
) -> None:
    place = tmp_path / "there"
    if folder == "a file":
        place.write_text("x")
    for arguments in [("badges", place / "b.pdf"), ("papers", "sign-in", place / "p.pdf"),
                      ("export", "attendance", place / "a.csv"),
                      ("backup", place / "b.checkin")]:  # fmt: skip
        done = command("--event", demo, *arguments)
        assert done.status in (1, 3), arguments
        assert len([line for line in done.err.splitlines() if "E-mail" not in line]) == 1
        assert "Something went wrong" not in done.err
    assert journal_of(demo, "badge_printed", "backed_up") == []


def test_a_full_disk_is_status_3_and_nothing_is_said_to_be_done(demo: Path) -> None:
    """`/dev/full` cannot hold SQLite; a size limit on the process can fill its disk."""
    import subprocess
    import sys

    code = who(demo, "Anna Kowalska").code
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        # Room for the index of the log beside the file, not for the pages of an act.
        "resource.setrlimit(resource.RLIMIT_FSIZE, (33_000,) * 2);"
        "from screens.commands.front import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "--event", str(demo), "in", code],
        capture_output=True, text=True, encoding="utf-8", cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3, (done.stdout, done.stderr)
    assert "Welcome" not in done.stdout
    assert "full" in done.stderr
    assert journal_of(demo, "arrived") == []
