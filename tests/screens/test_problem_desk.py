"""The problem desk on the door's screen: the queue moves, and nobody sent there is forgotten."""

from __future__ import annotations

from checkin.door.answers import Kind
from checkin.people import PersonFlag, State
from screens.problem_desk import ProblemDesk
from screens.widgets.arrivals import PulseRow
from screens.widgets.line_list import LineList
from tests.day import journal_of
from tests.screens.driven import AtTheDoor


async def refused(at_door: AtTheDoor, place: int = 0) -> str:
    """Somebody who cancelled and comes all the same; gives the id."""
    who = at_door.person(place)
    at_door.door.registrations.cancel(who.id)
    at_door.app.desk_line.scan(who.code)
    await at_door.answered(Kind.CANCELLED)
    return who.id


def waiting(at_door: AtTheDoor) -> list[str]:
    return [each.person.id for each in at_door.door.flags.at_problem_desk()]


async def opened(at_door: AtTheDoor) -> None:
    await at_door.pilot.press("pagedown")
    await at_door.until(lambda: isinstance(at_door.app.screen, ProblemDesk))


async def test_one_key_sends_whom_the_door_refused_and_the_next_scan_is_answered(
    at_door: AtTheDoor,
) -> None:
    who = await refused(at_door)
    assert "ctrl+s" in str(at_door.panel.border_subtitle)
    await at_door.pilot.press("ctrl+s")
    await at_door.answered(Kind.PROBLEM_DESK)
    assert "NEXT!" in str(at_door.panel.border_title)
    assert waiting(at_door) == [who]
    await at_door.type_scan(at_door.person(1).code)
    await at_door.answered(Kind.WELCOME)
    await at_door.until(
        lambda: "problem desk 1" in at_door.app.door_screen.query_one(PulseRow).render().plain
    )


async def test_the_marked_person_is_sent_and_f8_takes_it_back(at_door: AtTheDoor) -> None:
    await at_door.look_up("trzcin")
    await at_door.pilot.press("ctrl+s")
    await at_door.answered(Kind.PROBLEM_DESK)
    who = at_door.door.meant("trzcinska")[0]
    assert waiting(at_door) == [who.id]
    assert at_door.app.scan_field is not None
    assert at_door.app.scan_field.value == ""
    await at_door.pilot.press("f8")
    await at_door.answered(Kind.UNDONE)
    assert waiting(at_door) == []


async def test_a_stranger_is_sent_as_well_so_that_the_queue_moves(at_door: AtTheDoor) -> None:
    at_door.app.desk_line.scan("https://example.org/ticket/77")
    await at_door.answered(Kind.FOREIGN_CODE)
    await at_door.pilot.press("ctrl+s")
    await at_door.answered(Kind.PROBLEM_DESK)
    assert waiting(at_door) == []


async def test_after_a_welcome_the_key_shows_who_waits_and_sends_nobody(at_door: AtTheDoor) -> None:
    at_door.app.desk_line.scan(at_door.person().code)
    await at_door.answered(Kind.WELCOME)
    await at_door.pilot.press("ctrl+s")
    await at_door.until(lambda: isinstance(at_door.app.screen, ProblemDesk))
    assert not journal_of(at_door.event, "flag_set")


async def test_a_supervisor_admits_from_the_problem_desk_and_the_person_leaves_its_list(
    at_door: AtTheDoor,
) -> None:
    who = await refused(at_door)
    await at_door.pilot.press("ctrl+s")
    await at_door.answered(Kind.PROBLEM_DESK)
    await opened(at_door)
    (shown,) = at_door.app.screen.query_one(LineList).items
    assert shown.answered is Kind.CANCELLED
    await at_door.pilot.press("f7")
    await at_door.pilot.press(*"Eva", "enter", *"Came", "enter")
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.person(who).state is State.HERE
    assert waiting(at_door) == []


async def test_what_is_settled_leaves_the_list_and_the_box_stays(at_door: AtTheDoor) -> None:
    for place in range(2):
        await refused(at_door, place)
        await at_door.pilot.press("ctrl+s")
        await at_door.answered(Kind.PROBLEM_DESK)
    first, second = waiting(at_door)
    await opened(at_door)
    await at_door.pilot.press("f4")
    await at_door.until(lambda: waiting(at_door) == [second])
    assert isinstance(at_door.app.screen, ProblemDesk)
    assert PersonFlag.PROBLEM_DESK not in at_door.door.person(first).flags


async def test_a_scan_under_the_box_is_answered_and_changes_nothing_in_it(
    at_door: AtTheDoor,
) -> None:
    who = await refused(at_door)
    await at_door.pilot.press("ctrl+s")
    await at_door.answered(Kind.PROBLEM_DESK)
    await opened(at_door)
    other = at_door.person(3)
    await at_door.type_scan(other.code)
    await at_door.until(lambda: at_door.door.person(other.id).state is State.HERE)
    assert isinstance(at_door.app.screen, ProblemDesk)
    assert waiting(at_door) == [who]


async def test_a_click_on_the_counter_shows_who_waits(at_door: AtTheDoor) -> None:
    await refused(at_door)
    await at_door.pilot.press("ctrl+s")
    row = at_door.app.door_screen.query_one(PulseRow)
    await at_door.until(lambda: "problem desk 1" in row.render().plain)
    await at_door.pilot.click(PulseRow)
    await at_door.until(lambda: isinstance(at_door.app.screen, ProblemDesk))
