"""Commands in processes of their own: pipes, encodings, and names that want to do harm."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checkin.roster.entry import RosterEntry
from tests.day import PEOPLE, command, entry, everybody, journal_of, make_day, who

ROOT = Path(__file__).resolve().parents[2]
CHECKIN = [sys.executable, "-m", "checkin"]

HOSTILE = (
    entry("Ann [/x]", "Lee"),
    entry("[@click=app.quit]x", "[red]Bold[/]"),
    RosterEntry("\x1b[2J\x1b]0;owned\x07Eve", "\x9b31mEsc\x1bc"),
    RosterEntry("\u202eOverride", "R\u2066L\u2069O"),
    RosterEntry("Pile" + "\u0301" * 50, "Up\u0336" * 20),
    RosterEntry("=cmd|'/c calc'!A1", "@SUM(1)"),
    RosterEntry("Lone \ud800", "Nul\0Byte"),
    RosterEntry("Two\nLines", "Tab\tCR\r"),
    RosterEntry("{braces} %s %(x)s", "'; DROP TABLE person; --"),
)
"""Names as an import must never let them in; stored as they are, they must still do no harm."""


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


@contextmanager
def scanning(path: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A running `checkin scan` on pipes."""
    with subprocess.Popen(
        [*CHECKIN, "--event", str(path), *options, "scan"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as running:  # fmt: skip
        try:
            yield running
        finally:
            running.kill()


def next_line(running: subprocess.Popen[bytes]) -> str:
    """Returns the next line that the process writes, or fails after a while without one."""
    assert running.stdout is not None
    ready, _, _ = select.select([running.stdout], [], [], 30)
    assert ready, "no answer came"
    return running.stdout.readline().decode()


@pytest.mark.parametrize("ending", [b"\n", b"\r", b"\r\n", b"\t"], ids=["lf", "cr", "crlf", "tab"])
def test_each_line_is_answered_before_the_next_is_written(day: Path, ending: bytes) -> None:
    people = [person for person in everybody(day) if person.state.value == "expected"][:3]
    with scanning(day, "--json") as running:
        assert running.stdin is not None
        for place, person in enumerate(people, start=1):
            running.stdin.write(person.code.encode() + ending)
            running.stdin.flush()
            answer = json.loads(next_line(running))
            assert answer["person"]["id"] == person.id
            assert answer["line"] == (1 if ending == b"\t" else place)
        running.stdin.close()
        assert running.wait(30) == 0


def test_a_crlf_that_comes_in_two_pieces_is_one_end(day: Path) -> None:
    one, other = who(day, "Marc Lefèvre"), who(day, "Claire Dupont")
    with scanning(day, "--json") as running:
        assert running.stdin is not None
        for piece in (one.code.encode() + b"\r", b"\n" + other.code.encode() + b"\r"):
            running.stdin.write(piece)
            running.stdin.flush()
            answer = json.loads(next_line(running))
            assert answer["answer"] == "welcome"
        assert answer["line"] == 2
        running.stdin.write(b"\n")
        running.stdin.close()
        assert running.stdout is not None
        assert running.stdout.read() == b""


def scan(path: Path, given: bytes, *options: str) -> list[dict[str, object]]:
    return command("--event", path, "--json", *options, "scan", given=given).lines


def test_every_line_is_answered_under_its_number_and_an_empty_one_too(day: Path) -> None:
    one, other = who(day, "Marc Lefèvre").code.encode(), who(day, "Claire Dupont").code.encode()
    answers = scan(day, b"\n\r\n \t \n" + one + b"\r\n\r\n" + other + b"\r\r" + one)
    assert [answer["line"] for answer in answers] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [answer["say"] for answer in answers if answer["line"] in (1, 2, 3, 5, 7)] == [
        "Nothing was read."
    ] * 5
    assert journal_of(day, "refused") == [], "what holds nothing is not written"


def test_a_line_end_behind_a_tab_that_ended_a_code_is_no_line_of_its_own(day: Path) -> None:
    one = who(day, "Marc Lefèvre").code.encode()
    (answer,) = scan(day, one + b"\t\r\n")
    assert answer["answer"] == "welcome"


@pytest.mark.parametrize("at", ["yesterday", "2027-13-40T08:30", 5, {}])
def test_a_scan_whose_time_cant_be_read_is_refused_and_not_taken_as_now(
    day: Path, at: object
) -> None:
    line = json.dumps({"code": who(day, "Marc Lefèvre").code, "at": at})
    done = command("--event", day, "--json", "scan", given=f"{line}\n".encode())
    assert done.status == 1
    (answer,) = done.lines
    assert "is no time; nothing was noted." in answer["say"]
    assert journal_of(day, "arrived") == []


def test_two_codes_glued_in_one_line_are_two_answers_of_that_line(day: Path) -> None:
    one, other = who(day, "Marc Lefèvre").code.encode(), who(day, "Claire Dupont").code.encode()
    answers = scan(day, b"x1\n" + one + other + b"\n" + one + b"\t" + other + b"\t\n")
    assert [answer["line"] for answer in answers] == [1, 2, 2, 3, 3]
    assert [answer["answer"] for answer in answers[1:3]] == ["welcome", "welcome"]


def test_a_tab_inside_a_name_ends_nothing(day: Path) -> None:
    (answer,) = scan(day, "Marc\tLefèvre".encode())
    assert answer["answer"] == "welcome"


def test_whatever_comes_is_answered_line_by_line(day: Path) -> None:
    given = [
        b"\xff\xfe\x00", b"\0", b"A" * 7000, b"{", b'{"code": 5}', b'{"code": null}', b"[1]",
        b'{"code": "x1", "nonce": {}}', b'{"nonce": "n"}', b'{"code":"\\ud800"}',
        b'{"a":' * 3000, b"{" + b"9" * 6000 + b"}", b"\x1b[2J", "\u202e\u200b".encode(),
        b"\xef\xbb\xbf" + who(day, "Marc Lefèvre").code.encode(),
    ]  # fmt: skip
    done = command("--event", day, "--json", "scan", given=b"\n".join(given))
    assert done.status == 1
    assert done.err == ""
    assert [answer["line"] for answer in done.lines] == [*range(1, len(given) + 1)]
    assert done.lines[-1]["answer"] == "welcome"
    assert not [c for c in done.out if ord(c) < 32 and c != "\n"]


def test_a_line_without_end_is_answered_and_forgotten(day: Path) -> None:
    code = who(day, "Marc Lefèvre").code.encode()
    answers = scan(day, b"B" * 3_000_000 + b"\n" + code + b"\n")
    assert [answer["line"] for answer in answers] == [1, 2]
    assert answers[1]["answer"] == "welcome"


def test_a_time_without_an_offset_is_the_wall_clock_of_the_event(tmp_path: Path) -> None:
    path = make_day(tmp_path, timezone="Europe/Helsinki")
    line = {"code": who(path, "Marc Lefèvre").code, "at": "2027-03-10T09:15:00"}
    (answer,) = scan(path, json.dumps(line).encode())
    assert answer["person"]["arrived_at"] == "2027-03-10T09:15:00+02:00"  # type: ignore[index]


def test_scan_ends_with_status_1_when_any_line_was_refused(day: Path) -> None:
    good = who(day, "Marc Lefèvre").code.encode()
    assert command("--event", day, "scan", given=good + b"\n").status == 0
    assert command("--event", day, "scan", given=b"x1\n" + good + b"\n").status == 1
    assert command("--event", day, "scan", given=b"").status == 0


def test_plain_answers_of_a_scan_are_one_line_each(day: Path) -> None:
    given = f"{who(day, 'Marc Lefèvre').code}\nMaria Rossi\n".encode()
    done = command("--event", day, "scan", given=given)
    welcome, choice = done.out.splitlines()
    assert welcome.startswith("1: Welcome, Marc Lefèvre. Table ")
    assert "Comune di Firenze" in choice
    assert "Regione Lazio" in choice


@pytest.mark.parametrize("arguments", ["people", "people --json", "status", "find kowal", "--help"])
def test_a_reader_that_has_enough_causes_no_noise(demo: Path, arguments: str) -> None:
    for reader in ("head -1", "true"):
        done = subprocess.run(
            ["bash", "-c", f'"$0" -m checkin {arguments} | {reader}; echo "${{PIPESTATUS[0]}}" >&2',
             sys.executable],
            capture_output=True, text=True, env=environment(CHECKIN_EVENT=str(demo)), timeout=60,
            check=True,
        )  # fmt: skip
        assert done.stderr == "0\n"


@pytest.mark.parametrize(
    "setting",
    [{"LC_ALL": "C", "LANG": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX"},
     {"PYTHONIOENCODING": "latin-1:strict"}],
    ids=str,
)  # fmt: skip
def test_output_is_utf_8_wherever_it_runs(day: Path, setting: dict[str, str]) -> None:
    for options in (["--json"], []):
        done = subprocess.run(
            [*CHECKIN, "--event", str(day), *options, "find", "Lefèvre"],
            capture_output=True, env=environment(**setting), timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "Lefèvre" in done.stdout.decode("utf-8")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """An event whose people were stored with harmful names, past every cleaner."""
    import sqlite3

    path = make_day(tmp_path, (*PEOPLE[:2], *(entry("X", f"Y{n}") for n in range(len(HOSTILE)))))
    connection = sqlite3.connect(path)
    for number, bad in enumerate(HOSTILE):
        names = [
            each.encode("utf-8", "replace").decode() for each in (bad.given_name, bad.family_name)
        ]
        connection.execute(
            "UPDATE person SET given_name=?, family_name=?, organisation=? WHERE family_name=?",
            (*names, "".join(names), f"Y{number}"),
        )
    connection.commit()
    connection.close()
    return path


def harmless(text: str) -> None:
    assert not [c for c in text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0]
    assert not {*text} & {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"}
    assert "\u0301\u0301\u0301" not in text


@pytest.mark.parametrize("options", [["--json"], []], ids=["json", "plain"])
def test_harmful_names_do_nothing_in_any_output(hostile: Path, options: list[str]) -> None:
    people = everybody(hostile)
    codes = "".join(f"{person.code}\n" for person in people).encode()
    for arguments, given in [
        (["people"], b""), (["scan"], codes), (["scan"], codes), (["find", "x"], b""),
        (["roll-call"], b""), (["tables"], b""), (["out", people[4].code], b""), (["undo"], b""),
        (["group", people[5].code], b""), (["qr", people[6].code], b""), (["status"], b""),
        (["cancel", people[7].id], b""), (["territories"], b""), (["tables", "plan"], b""),
        (["substitute", people[4].id, "--given", "\x1b[1mA", "--family", "\u202eB"], b""),
        (["walk-in", "--given", "\x1b]8;;x\x07A", "--family", "B", "--organisation", "\x9bx"], b""),
    ]:  # fmt: skip
        done = command("--event", hostile, *options, *arguments, given=given)
        assert "Something went wrong" not in done.err, arguments
        assert done.out or done.err
        harmless(done.out)
        harmless(done.err)
        if options and done.out:
            [json.loads(line) for line in done.out.splitlines()]


def test_harmful_names_do_nothing_in_paper_badges_and_exports(
    hostile: Path, tmp_path: Path
) -> None:
    codes = "".join(f"{person.code}\n" for person in everybody(hostile)).encode()
    command("--event", hostile, "scan", given=codes)
    for arguments in [("badges", "b.pdf"), ("papers", "pack", "p.pdf"),
                      ("papers", "certificates", "c.pdf"), ("export", "attendance", "a.csv"),
                      ("export", "attendance", "a.md"), ("export", "attendance", "a.json"),
                      ("export", "tables", "t.xlsx")]:  # fmt: skip
        place = tmp_path / arguments[-1]
        done = command("--event", hostile, *arguments[:-1], place)
        assert done.status == 0, (arguments, done.err)
        if place.suffix in (".csv", ".md", ".json"):
            text = place.read_bytes().decode("utf-8").replace("\r\n", "\n").lstrip("\ufeff")
            harmless(text)
    rows = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert not [row for row in rows if row.lstrip('"').startswith(("=", "+", "-", "@"))]
