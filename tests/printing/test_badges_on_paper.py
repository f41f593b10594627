"""Badges on a real print system: what arrives, what is noted, and what is said otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checkin.badges import printers
from checkin.badges.printing import Badges
from checkin.badges.sending import QueueError
from checkin.event.health import examine
from checkin.event.status import status
from tests.day import ByCommand, journal_of
from tests.event.small_events import make, opened
from tests.printing.cups import Cups
from tests.printing.papers import close, codes_on, remember, vanish

# The service


def test_a_list_that_the_queue_took_arrives_whole_and_is_noted(cups: Cups, tmp_path: Path) -> None:
    event = tmp_path / "event.checkin"
    ids = make(event, 20)
    session = opened(event)
    try:
        done = Badges(session).print_out(tmp_path / "badges.pdf", "Badges", ids)
        assert (done.say, done.report.pages) == ("Sent to Badges.", 3)
        assert status(session).badges_printed == 20
        wanted = {line.person.code for line in Badges(session).lines()}
    finally:
        session.close()
    (printed,) = cups.until_printed("Badges")
    assert printed.read_bytes() == (tmp_path / "badges.pdf").read_bytes()
    assert sorted(codes_on(printed)) == sorted(wanted)


@pytest.mark.parametrize("what", [vanish, close, Cups.stop, Cups.hold])
def test_what_no_queue_took_is_not_noted_and_the_pdf_stays(
    cups: Cups, tmp_path: Path, what: Callable[[Cups], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "LONGEST_ANSWER", 0.5)
    event = tmp_path / "event.checkin"
    ids = make(event)
    session = opened(event)
    what(cups)
    try:
        with pytest.raises(QueueError) as caught:
            Badges(session).print_out(tmp_path / "badges.pdf", "Badges", ids)
        assert str(caught.value).count(".") == 1, "one sentence"
        assert status(session).badges_printed == 0
        assert not journal_of(event, "badge_printed")
    finally:
        session.close()
    assert len(codes_on(tmp_path / "badges.pdf")) == len(ids)
    assert not cups.printed("Badges")


def test_a_stopped_queue_took_the_badges_and_keeps_them(cups: Cups, tmp_path: Path) -> None:
    event = tmp_path / "event.checkin"
    ids = make(event)
    session = opened(event)
    try:
        done = Badges(session).print_out(tmp_path / "badges.pdf", "Paused", ids)
        assert "It waits in Paused, which is stopped: Out of paper." in done.say
        assert status(session).badges_printed == len(ids)
    finally:
        session.close()
    cups.tell("cupsenable", "Paused")
    assert len(codes_on(cups.until_printed("Paused")[0])) == len(ids)


# On the command line


def test_a_command_prints_copies_and_says_what_became_of_them(cups: Cups, tmp_path: Path) -> None:
    event, out = tmp_path / "event.checkin", tmp_path / "out.pdf"
    make(event)
    done = ByCommand(event).run("badges", str(out), "--printer", "Badges", "--copies", "2")
    assert (done.status, done.json["badges"], done.err) == (0, 6, "Sent to Badges.\n")
    first, second = cups.until_printed("Badges", 2)
    assert sorted(codes_on(first)) == sorted(codes_on(second))


def test_a_command_whose_queue_is_closed_says_where_the_pdf_is(cups: Cups, tmp_path: Path) -> None:
    event, out = tmp_path / "event.checkin", tmp_path / "out.pdf"
    make(event)
    done = ByCommand(event).run("badges", str(out), "--printer", "Closed")
    say = (
        "The printer queue Closed takes no jobs now: Moved to Office. "
        f"Not noted as printed. The PDF: {out}"
    )
    assert (done.status, done.err) == (1, f"{say}\n")
    assert json.loads(done.out) == {"say": say, "refused": say}
    assert not cups.printed("Closed")
    assert not journal_of(event, "badge_printed")


# The evening before


def test_the_doctor_says_how_the_printer_of_the_badges_is(cups: Cups, tmp_path: Path) -> None:
    event = tmp_path / "event.checkin"
    make(event)

    def printer() -> tuple[bool, str]:
        session = opened(event)
        try:
            (check,) = (check for check in examine(session) if check.name == "printer")
            return check.ok, check.say
        finally:
            session.close()

    assert printer() == (True, "5 printer queues: Office is ready.")
    remember("Badges")
    assert printer() == (True, "Badges is ready.")
    remember("Paused")
    assert printer() == (False, "Paused is stopped: Out of paper.")
    remember("Gone")
    assert printer() == (False, "There is no printer queue Gone here, where badges went last.")
    cups.stop()
    assert printer() == (False, printers.NOT_RUNNING)
    remember("")
    assert printer() == (False, printers.NOT_RUNNING)
