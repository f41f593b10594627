"""People's odd days at the door: a supervisor's word, another badge, one person listed twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from checkin.door.answers import Kind
from checkin.door.layouts import layouts
from checkin.people import State
from screens.door import DoorScreen
from tests.day import journal_of
from tests.screens.driven import AtTheDoor


async def test_a_supervisor_admits_whom_the_door_refused_and_says_why(at_door: AtTheDoor) -> None:
    who = at_door.person()
    at_door.door.registrations.cancel(who.id)
    at_door.app.desk_line.scan(who.code)
    await at_door.answered(Kind.CANCELLED)
    assert "F7" in str(at_door.panel.border_subtitle)
    await at_door.pilot.press("f7", *"Eva", "enter", *"Came", "enter")
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.person(who.id).state is State.HERE
    (arrived,) = journal_of(at_door.event, "arrived")
    assert arrived.payload["supervised"] is True


async def test_without_who_and_why_nobody_is_admitted(at_door: AtTheDoor) -> None:
    who = at_door.person()
    at_door.door.registrations.cancel(who.id)
    at_door.app.desk_line.scan(who.code)
    await at_door.answered(Kind.CANCELLED)
    await at_door.pilot.press("f7", "enter", "enter", "f7", *"Eva", "f7")
    assert type(at_door.app.screen).__name__ == "SupervisorForm"
    await at_door.pilot.press("escape")
    await at_door.until(lambda: not at_door.app.desk_line.busy)
    assert at_door.app.screen is at_door.app.door_screen
    assert at_door.door.person(who.id).state is State.CANCELLED


async def test_nobody_is_overridden_who_was_not_refused(at_door: AtTheDoor) -> None:
    at_door.app.desk_line.scan(at_door.person().code)
    await at_door.answered(Kind.WELCOME)
    await at_door.pilot.press("f7")
    assert at_door.app.screen is at_door.app.door_screen


def badge_files(at_door: AtTheDoor) -> list[Path]:
    return sorted(at_door.event.parent.glob("demo-badge-*.pdf"))


async def test_a_lost_badge_gets_a_new_code_and_is_printed_beside_the_event(
    at_door: AtTheDoor,
) -> None:
    who = at_door.person()
    at_door.app.desk_line.scan(who.code)
    await at_door.answered(Kind.WELCOME)
    await at_door.pilot.press("f12", "right", "f5")
    await at_door.until(lambda: bool(journal_of(at_door.event, "badge_printed")))
    (pdf,) = badge_files(at_door)
    assert pdf.read_bytes().startswith(b"%PDF")
    (entry,) = journal_of(at_door.event, "badge_printed")
    assert entry.payload["reason"] == "lost"
    assert at_door.door.person(who.id).code != who.code
    at_door.app.desk_line.scan(who.code)
    await at_door.answered(Kind.REPLACED)


async def test_the_text_of_a_badge_is_corrected_for_the_highlighted_person(
    at_door: AtTheDoor,
) -> None:
    await at_door.look_up("trzcin")
    await at_door.pilot.press("ctrl+l", "right", "right", "enter", *"Ania", "f5")
    await at_door.until(lambda: bool(badge_files(at_door)))
    who = at_door.door.meant("trzcinska")[0]
    assert who.badge_name == "Ania"
    assert who.family_name == "Trzcińska"
    assert who.state is State.EXPECTED


async def test_other_text_needs_a_text_and_esc_changes_nothing(at_door: AtTheDoor) -> None:
    await at_door.look_up("trzcin")
    await at_door.pilot.press("f12", "right", "right", "f5")
    assert type(at_door.app.screen).__name__ == "NewBadgeForm"
    await at_door.pilot.press("escape")
    assert not badge_files(at_door)
    assert not journal_of(at_door.event, "badge_replaced")


async def twins(at_door: AtTheDoor) -> tuple[str, str]:
    """Looks up two people of one name; gives the ids of the highlighted one and the other."""
    name = _namesakes(at_door.event)
    await at_door.look_up(name)
    screen = at_door.app.door_screen
    assert isinstance(screen, DoorScreen)
    one, other = (row.person.id for row in screen.results.rows[:2])
    return one, other


def _namesakes(event: Path) -> str:
    with closing(sqlite3.connect(event)) as connection:
        query = """select given_name || ' ' || family_name from person
                   group by 1 having count(*) > 1 and count(distinct organisation) > 1"""
        return str(connection.execute(query).fetchone()[0])


async def test_two_registrations_of_one_person_become_one_card_and_f8_undoes_it(
    at_door: AtTheDoor,
) -> None:
    one, other = await twins(at_door)
    await at_door.pilot.press("f10", "up", "up", "enter")
    await at_door.until(lambda: bool(journal_of(at_door.event, "merged")))
    assert at_door.door.person(other).id == one
    await at_door.until(lambda: not at_door.app.desk_line.busy)
    await at_door.pilot.press("f8")
    await at_door.answered(Kind.UNDONE)
    assert at_door.door.person(other).id == other


async def test_an_enter_too_many_merges_nobody(at_door: AtTheDoor) -> None:
    await twins(at_door)
    await at_door.pilot.press("f10", "enter")
    assert at_door.app.screen is at_door.app.door_screen
    assert not journal_of(at_door.event, "merged")


async def test_one_row_alone_is_merged_with_nobody(at_door: AtTheDoor) -> None:
    await at_door.look_up("trzcinska urzad")
    await at_door.pilot.press("f10")
    assert at_door.app.screen is at_door.app.door_screen


async def test_a_scanner_on_another_keyboard_is_named_once_and_its_scans_are_good(
    at_door: AtTheDoor,
) -> None:
    def belgian(code: str) -> str:
        (layout,) = (each for each in layouts() if each.id == "BE")
        return "".join(layout.received.get(sent, sent) for sent in f"]Q2\\000026{code}")

    for place in range(2):
        who = at_door.person(place)
        await at_door.type_scan(belgian(who.code))
        await at_door.until(lambda id=who.id: at_door.door.person(id).state is State.HERE)
    told = [note.message for note in at_door.app._notifications]
    assert told == ["This scanner types as Belgian; handled, nothing to do."]
