"""Printing from the screens onto a real print system: at the door and in the area Badges."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Static

from checkin.badges import printers
from checkin.door.answers import Kind
from checkin.door.desk import Door
from checkin.door.overview import Which
from checkin.event.device import this_device
from checkin.event.status import status
from checkin.people import Person, State
from screens.badge_print import PrintForm
from screens.badges import BadgesScreen
from screens.new_badge import NewBadgeForm
from screens.widgets.answer_panel import AnswerPanel
from screens.widgets.one_of import OneOf
from screens.widgets.text_field import TextField
from tests.day import journal_of
from tests.printing.cups import Cups, MadeQueue, running
from tests.printing.papers import another_user, close, codes_on, remember, vanish
from tests.screens.at_the_door import app_on, demo, own_home
from tests.screens.in_an_area import Stage, stage

# At the door


def door_of(at: Stage) -> Door:
    assert at.app.door is not None
    return at.app.door


async def check_in(at: Stage, who: Person) -> None:
    """Scans the badge and waits until the answer stands on the screen."""
    at.app.desk_line.scan(who.code)
    await at.until(lambda: answered(at) == (Kind.WELCOME, who.id), "the answer")


def answered(at: Stage) -> tuple[Kind, str] | None:
    answer = at.app.door_screen.query_one(AnswerPanel).answer
    return None if answer is None or answer.person is None else (answer.kind, answer.person.id)


async def order(at: Stage, *keys: str) -> Person:
    """Checks somebody in and opens the form for another badge; `keys` fill it in."""
    who = next(each for each in everybody(at) if each.state is State.EXPECTED)
    await check_in(at, who)
    await at.press("f12")
    await at.until(lambda: isinstance(at.app.screen, NewBadgeForm), "the form")
    await at.until(lambda: bool(state_of_printers(at)), "the printers")
    await at.press(*keys)
    return who


def everybody(at: Stage) -> list[Person]:
    return door_of(at).people(Which.ALL)


def state_of_printers(at: Stage) -> str:
    return str(at.app.screen.query_one("#printers", Static).render())


def choice(at: Stage) -> OneOf:
    return at.app.screen.query_one("#printer", OneOf)


async def test_a_new_badge_arrives_as_paper_whose_code_is_read(cups: Cups, tmp_path: Path) -> None:
    async with stage(tmp_path) as at:
        who = await order(at, "enter", "enter", "enter")
        assert choice(at).value == "", "no printer is taken unasked"
        assert state_of_printers(at) == "Queues here: Office, Badges, Closed and 2 more."
        await at.press(*["left"] * 4)
        assert choice(at).value == "Badges"
        assert state_of_printers(at) == "Badges is ready."
        await at.press("enter")
        await at.until_said(f"{who.full_name}: Sent to Badges.")
        (paper,) = cups.until_printed("Badges")
        assert codes_on(paper) == [who.code]
        assert this_device().printer == "Badges"
        (entry,) = journal_of(tmp_path / "demo.checkin", "badge_printed")
        assert entry.subject == who.id

        await at.press("f12")
        await at.until(lambda: isinstance(at.app.screen, NewBadgeForm), "the form")
        await at.until(lambda: state_of_printers(at) == "Badges is ready.", "the printer")
        assert choice(at).value == "Badges"
        await at.press("right", "f5")
        await at.until(lambda: len(cups.printed("Badges")) == 2, "the second paper")
        (code,) = codes_on(cups.printed("Badges")[1])
        assert code == door_of(at).person(who.id).code != who.code, "a lost badge has a new code"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (vanish, "There is no printer queue Badges here."),
        (close, "The printer queue Badges takes no jobs now"),
        (Cups.stop, "The print system (CUPS) is not running"),
    ],
)
async def test_a_printer_that_fails_between_form_and_paper_is_said_with_where_the_badge_is(
    cups: Cups, tmp_path: Path, what: Callable[[Cups], None], said: str
) -> None:
    async with stage(tmp_path) as at:
        await order(at, "enter", "enter", "enter", *["left"] * 4)
        what(cups)
        await at.press("f5")
        await at.until_said(said)
        (pdf,) = tmp_path.glob("demo-badge-*.pdf")
        await at.until_said(f"The badge is in {pdf.name}, beside the event file; not noted")
        assert len(codes_on(pdf)) == 1
        assert not journal_of(tmp_path / "demo.checkin", "badge_printed")


async def test_a_printer_of_last_time_that_is_gone_is_said_and_not_meant(
    cups: Cups, tmp_path: Path
) -> None:
    vanish(cups)
    async with stage(tmp_path) as at:
        remember("Badges")
        await order(at)
        assert state_of_printers(at) == "Badges, used last, is not there any more."
        assert choice(at).value == ""


async def test_a_deaf_print_system_stops_nobody_at_the_door_and_is_told_within_seconds(
    cups: Cups, tmp_path: Path
) -> None:
    cups.hold()
    async with stage(tmp_path) as at:
        remember("Badges")
        due = [each for each in everybody(at) if each.state is State.EXPECTED]
        who, others = due[0], due[1:6]
        await check_in(at, who)
        await at.press("f12")
        await at.until(lambda: isinstance(at.app.screen, NewBadgeForm), "the form")
        await at.until(lambda: choice(at).value == "Badges", "the printer of last time")
        begun = time.monotonic()
        await at.press("f5")
        await at.until(lambda: not isinstance(at.app.screen, NewBadgeForm), "the door")
        for each in others:
            at.app.desk_line.scan(each.code)
        last = (Kind.WELCOME, others[-1].id)
        await at.until(lambda: answered(at) == last, "the answer to the last scan")
        assert not at.notes, "the scans waited for the printer"
        await at.until_said("The print system does not answer")
        assert time.monotonic() - begun < printers.LONGEST_ANSWER + 3
        assert not journal_of(tmp_path / "demo.checkin", "badge_printed")
        (pdf,) = tmp_path.glob("demo-badge-*.pdf")
        assert codes_on(pdf) == [who.code]


async def test_among_two_hundred_printers_the_arrows_reach_each_and_say_how_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Kyocera_TASKalfa_2554ci_second_floor_beside_the_stairs_"
    made = [MadeQueue(f"{long}{number:03}") for number in range(199)]
    with running([*made, MadeQueue("Last", stopped=True, message="Jam")]) as cups:
        monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
        async with stage(tmp_path, size=(80, 24)) as at:
            await order(at, "enter", "enter", "enter", "left")
            assert choice(at).value == "Last"
            assert state_of_printers(at) == "Last is stopped: Jam."
            assert "200 of 201" in at.text
            await at.press("left")
            assert "199 of 201" in at.text
            assert "_198" in at.text
            await at.press("right", "right")
            assert "201 of 201" in at.text
            assert choice(at).value == ""
            await at.pilot.click("#printer", offset=(0, 0))
            assert (choice(at).value, state_of_printers(at)) == ("Last", "Last is stopped: Jam.")
            await at.pilot.click("#printer", offset=(12, 0))
            assert choice(at).value == ""
            await at.press("escape")


async def test_where_there_is_room_every_printer_is_in_sight_and_clicked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running([MadeQueue("Badges"), MadeQueue("Hall", stopped=True)]) as cups:
        monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
        async with stage(tmp_path, size=(80, 24)) as at:
            await order(at)
            words = str(choice(at).render())
            assert words.split("  ") == ["○ Badges", "○ Hall", "● PDF only "]
            await at.pilot.click("#printer", offset=(words.index("Hall"), 0))
            assert (choice(at).value, state_of_printers(at)) == ("Hall", "Hall is stopped.")
            await at.press("escape")


# In the area Badges


async def print_form(at: Stage) -> None:
    await at.press("f5")
    await at.until(lambda: isinstance(at.app.screen, PrintForm), "the form")
    await at.until(lambda: bool(state_of_printers(at)), "the printers")


def queue_field(at: Stage) -> TextField:
    return at.app.screen.query_one("#printer", TextField)


async def test_the_whole_list_goes_to_the_printer_of_last_time(cups: Cups, tmp_path: Path) -> None:
    async with stage(tmp_path, "badges", (80, 24)) as at:
        remember("Badges")
        await at.until_shown("62 badges · 62 unprinted")
        await print_form(at)
        assert queue_field(at).value == "Badges"
        assert state_of_printers(at) == "Badges is ready."
        await at.press("f5")
        await at.until_said("Sent to Badges. 62 badges on 8 pages: ")
        await at.until_shown("62 badges · 0 unprinted")
        known = {each.code for each in everybody(at)}
    (paper,) = cups.until_printed("Badges")
    found = codes_on(paper)
    assert len(found) == len(set(found)) == 62
    assert set(found) <= known


async def test_a_queue_is_named_by_hand_and_remembered_once_it_took_the_badges(
    cups: Cups, tmp_path: Path
) -> None:
    async with stage(tmp_path, "badges") as at:
        await at.until_shown("62 unprinted")
        await print_form(at)
        assert queue_field(at).value == ""
        assert state_of_printers(at) == "Queues here: Office, Badges, Closed and 2 more."
        queue_field(at).focus()
        await at.type("nowhere")
        await at.until_shown("No queue nowhere is listed. Queues here: Office")
        queue_field(at).value = "closed"
        queue_field(at).value = "Closed"
        await at.until_shown("Closed takes no jobs: Moved to Office.")
        await at.press("f5")
        await at.until_said("The printer queue Closed takes no jobs now: Moved to Office.")
        await at.until_said("Not noted as printed. The PDF: ")
        await at.until(lambda: isinstance(at.app.screen, BadgesScreen), "the list")
        assert (status(at.session).badges_printed, this_device().printer) == (0, "")
        await print_form(at)
        queue_field(at).focus()
        await at.type("of")
        await at.until(lambda: queue_field(at)._suggestion == "Office", "the name completed")
        await at.press("right", "f5")
        await at.until_said("Sent to Office.")
        assert (status(at.session).badges_printed, this_device().printer) == (62, "Office")
    cups.until_printed("Office")


async def test_the_form_says_that_the_printer_of_last_time_is_gone(
    cups: Cups, tmp_path: Path
) -> None:
    vanish(cups)
    async with stage(tmp_path, "badges", (80, 24)) as at:
        remember("Badges")
        await at.until_shown("62 unprinted")
        await print_form(at)
        assert queue_field(at).value == ""
        assert state_of_printers(at).startswith("Badges, used last, is gone. Queues here: Office")


async def test_without_any_print_system_the_form_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    async with stage(tmp_path, "badges") as at:
        await at.until_shown("62 unprinted")
        await print_form(at)
        assert state_of_printers(at) == printers.NO_COMMAND
        await at.press("f5")
        await at.until_said("62 badges on 8 pages")


# On a real terminal


def test_a_printer_that_wants_a_password_asks_for_none_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CUPS's own programs open the terminal by themselves, over whatever stands there."""
    with running([MadeQueue("Locked", policy="locked")]) as cups, own_home(tmp_path):
        monkeypatch.setenv("CUPS_SERVER", str(cups.socket))
        Path.home().mkdir(exist_ok=True)
        another_user()
        remember("Locked")
        with app_on(demo(tmp_path), CUPS_SERVER=os.environ["CUPS_SERVER"]) as terminal:
            terminal.press("f6", "f6")
            terminal.wait_for("62 unprinted")
            terminal.press("f5")
            terminal.wait_for("Locked is ready.")
            terminal.press("f5")
            terminal.wait_for("Not noted as printed")
            assert "Password for" not in terminal.raw.decode("utf-8", "replace")
