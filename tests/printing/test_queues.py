"""The queues of a real CUPS: told in words, given up when nobody answers, handed a file."""

from __future__ import annotations

import socket
import tempfile
import time
from pathlib import Path

import pytest

from checkin.badges import printers, sending
from checkin.badges.printers import NO_COMMAND, NO_QUEUE, NOT_RUNNING, SILENT, print_system
from checkin.badges.sending import QueueError, look_after, send
from tests.printing.cups import Cups, MadeQueue, running, until
from tests.printing.papers import another_user


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "-n 9 badge.pdf"
    path.write_bytes(b"%PDF-1.4\n%nothing more\n")
    return path


def until_it_says(reason: str) -> None:
    """Waits until one of the queues says this."""
    until(lambda: any(queue.reason == reason for queue in print_system().queues), reason)


@pytest.mark.usefixtures("cups")
def test_each_queue_is_told_in_words_the_usual_one_first() -> None:
    found = print_system()
    assert [(queue.say, queue.ready) for queue in found.queues] == [
        ("Office is ready.", True),
        ("Badges is ready.", True),
        ("Closed takes no jobs: Moved to Office.", False),
        ("Fire is ready.", True),
        ("Paused is stopped: Out of paper.", False),
    ]
    assert found.queues[0].usual
    assert found.in_words == "Queues here: Office, Badges, Closed and 2 more."


@pytest.mark.usefixtures("cups")
def test_queues_are_read_whatever_language_the_desk_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LANG", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.setenv(name, "fr_FR.UTF-8")
    assert len(print_system().queues) == 5


def test_two_hundred_queues_with_the_oddest_names_are_all_told(
    monkeypatch: pytest.MonkeyPatch, paper: Path
) -> None:
    odd = ["Büro-Empfang", "принтер", "[bold]x[b]", "--copies=9", "$(reboot)", "a&b;c", "Q" * 127]
    made = [MadeQueue(name, about="☃" * 500) for name in odd]
    made += [MadeQueue(f"Hall-{number:03}") for number in range(200 - len(odd))]
    with running(made) as cups:
        monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
        begun = time.monotonic()
        found = print_system()
        assert time.monotonic() - begun < printers.LONGEST_ANSWER
        assert len(found.queues) == 200
        assert {queue.name for queue in found.queues} >= set(odd)
        assert not any(queue.usual for queue in found.queues)
        for name in odd:
            queue = found.named(name)
            assert queue is not None
            assert len(queue.say) < 60
            assert len(look_after(send(paper, name))) < 60
        printed = {each.name.rsplit("-", 2)[0] for each in (cups.folder / "papers").glob("*.pdf")}
        assert printed == set(odd)


def test_a_print_system_without_a_queue_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(()) as cups:
        monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
        found = print_system()
        assert (found.queues, found.say, found.running) == ((), NO_QUEUE, True)


def test_a_print_system_that_is_down_is_said_to_be_down(cups: Cups, paper: Path) -> None:
    cups.stop()
    found = print_system()
    assert (found.queues, found.say, found.running) == ((), NOT_RUNNING, False)
    with pytest.raises(QueueError, match="not running"):
        send(paper, "Badges")


def test_a_machine_without_printing_commands_says_where_to_print(
    tmp_path: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows has none; CUPS need not be installed for this."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert print_system().say == NO_COMMAND
    with pytest.raises(QueueError, match="open the PDF and print it there"):
        send(paper, "Badges")


def test_a_deaf_print_system_is_given_up_within_seconds(cups: Cups) -> None:
    assert printers.LONGEST_ANSWER <= 4
    cups.hold()
    begun = time.monotonic()
    assert print_system().say == SILENT
    assert time.monotonic() - begun < printers.LONGEST_ANSWER + 1


@pytest.mark.usefixtures("cups")
def test_a_socket_that_takes_calls_and_never_answers_is_given_up(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "LONGEST_ANSWER", 0.3)
    with (
        tempfile.TemporaryDirectory(prefix="cups-") as folder,
        socket.socket(socket.AF_UNIX) as deaf,
    ):
        deaf.bind(f"{folder}/socket")
        deaf.listen()
        monkeypatch.setenv("CUPS_SERVER", f"{folder}/socket")
        assert print_system().say == SILENT
        with pytest.raises(QueueError, match="does not answer"):
            send(paper, "Badges")


def test_a_file_that_is_taken_arrives_as_it_is(cups: Cups, paper: Path) -> None:
    assert look_after(send(paper, "Badges")) == "Sent to Badges."
    (printed,) = cups.until_printed("Badges")
    assert printed.read_bytes() == paper.read_bytes()


def test_copies_are_made_by_the_printer(cups: Cups, paper: Path) -> None:
    send(paper, "Badges", copies=3)
    assert len(cups.until_printed("Badges", 3)) == 3


def test_a_stopped_queue_keeps_the_file_and_says_why_it_waits(cups: Cups, paper: Path) -> None:
    assert look_after(send(paper, "Paused")) == (
        "It waits in Paused, which is stopped: Out of paper. It prints once that is started."
    )
    assert not cups.printed("Paused")
    cups.tell("cupsenable", "Paused")
    cups.until_printed("Paused")


@pytest.mark.usefixtures("cups")
def test_a_queue_that_takes_no_jobs_is_an_error_with_its_reason(paper: Path) -> None:
    with pytest.raises(QueueError) as caught:
        send(paper, "Closed")
    assert str(caught.value) == "The printer queue Closed takes no jobs now: Moved to Office."


def test_a_queue_closed_a_moment_ago_takes_nothing(cups: Cups, paper: Path) -> None:
    assert print_system().named("Badges") is not None
    cups.tell("cupsreject", "-r", "Ink is out", "Badges")
    with pytest.raises(QueueError, match="Badges takes no jobs now: Ink is out"):
        send(paper, "Badges")
    assert not cups.printed("Badges")


def test_a_queue_that_vanished_is_an_error(cups: Cups, paper: Path) -> None:
    cups.tell("lpadmin", "-x", "Badges")
    with pytest.raises(QueueError) as caught:
        send(paper, "Badges")
    assert str(caught.value) == "There is no printer queue Badges here."


@pytest.mark.usefixtures("cups")
def test_a_printer_that_fails_at_once_is_found_out(paper: Path) -> None:
    sent = send(paper, "Fire")
    until_it_says("The printer is on fire")
    assert look_after(sent) == (
        "It waits in Fire, which is stopped: The printer is on fire. "
        "It prints once that is started."
    )
    assert print_system().named("Fire") == printers.Queue(
        "Fire",
        False,
        "Fire is stopped: The printer is on fire.",
        stopped=True,
        reason="The printer is on fire",
    )


@pytest.mark.parametrize("after_failure", ["retry-job", "abort-job"])
def test_a_printer_that_fails_and_goes_on_says_what_is_wrong(
    after_failure: str, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running([MadeQueue("Fire", "fire", after_failure=after_failure)]) as cups:
        monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
        monkeypatch.setattr(sending, "LONGEST_LOOK", 0.5)
        sent = send(paper, "Fire")
        until_it_says("The printer is on fire")
        assert look_after(sent) == "Sent to Fire, which says: The printer is on fire."


def test_what_a_printer_said_of_an_older_job_is_not_said_of_this_one(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running([MadeQueue("Fire", "fire", after_failure="abort-job")]) as cups:
        monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
        send(paper, "Fire")
        until_it_says("The printer is on fire")
        cups.tell("lpadmin", "-p", "Fire", "-v", f"keep:{cups.folder / 'papers'}")
        assert look_after(send(paper, "Fire")) == "Sent to Fire."
        cups.until_printed("Fire")


def test_a_printer_that_waits_says_for_what_and_nobody_waits_with_it(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running([MadeQueue("Tray", "empty")]) as cups:
        monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
        sent = send(paper, "Tray")
        until_it_says("Waiting for paper")
        begun = time.monotonic()
        assert look_after(sent) == "Sent to Tray, which says: Waiting for paper."
        assert time.monotonic() - begun < sending.LONGEST_LOOK + 1
        (queue,) = print_system().queues
        assert queue.say == "Tray is printing: Waiting for paper."


def test_a_queue_that_wants_a_password_is_an_error_and_asks_nobody(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running([MadeQueue("Locked", policy="locked")]) as cups:
        monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
        another_user()
        with pytest.raises(QueueError) as caught:
            send(paper, "Locked")
        assert str(caught.value) == (
            "The printer queue Locked wants a password; it can't be used from here."
        )


@pytest.mark.usefixtures("cups")
def test_a_print_system_that_falls_silent_between_two_questions_is_given_up(
    paper: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A stand-in for `lp`: the real one can't be made to hang at just this moment."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "lp").write_text("#!/bin/sh\nexec sleep 20\n")
    (programs / "lp").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setattr(sending, "LONGEST_SENDING", 0.3)
    with pytest.raises(QueueError, match="look whether the paper comes before you print again"):
        send(paper, "Badges")
