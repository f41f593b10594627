"""Printer queues: told in words, asked of a print system that may be slow, stopped or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.badges import printers
from checkin.badges.printers import Queue, queues, read_queues

TOLD = """\
printer Badges is idle.  enabled since Tue 09 Mar 2027 08:00:00 CET
printer Office disabled since Tue 09 Mar 2027 07:00:00 CET -
\tOut of paper.
printer Hall now printing Hall-12.  enabled since Tue 09 Mar 2027 08:00:00 CET
system default destination: Office
"""


def program(folder: Path, name: str, body: str) -> None:
    """Puts a program of that name where this process finds it first."""
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


def test_each_queue_is_told_in_words_the_usual_one_first() -> None:
    assert read_queues(TOLD) == (
        Queue("Office", False, "Office is stopped: Out of paper.", usual=True),
        Queue("Badges", True, "Badges is ready."),
        Queue("Hall", True, "Hall is printing."),
    )


@pytest.mark.parametrize("told", ["", "lpstat: No destinations added.\n", "no system default\n\t"])
def test_no_queue_is_none(told: str) -> None:
    assert read_queues(told) == ()


def test_a_reason_can_style_nothing() -> None:
    (queue,) = read_queues("printer A disabled since x -\n\t\x1b[31mjam\x07\n")
    assert queue.say == "A is stopped: [31mjam."


def test_the_print_system_is_asked_in_a_language_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "lpstat", '[ "$LC_ALL" = C ] && echo "printer $1$2 is idle."')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert [queue.name for queue in queues()] == ["-p-d"]


def test_a_machine_without_a_print_system_has_no_queues(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert queues() == ()


def test_a_print_system_that_says_nothing_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "lpstat", "exec sleep 20")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(printers, "LONGEST_ANSWER", 0.2)
    assert queues() == ()
