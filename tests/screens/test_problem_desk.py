"""The problem desk on the door's screen: the queue moves, and nobody sent there is forgotten."""

from __future__ import annotations

from checkin.door.answers import Kind
from checkin.people import PersonFlag, State
from screens.problem_desk import ProblemDesk
from screens.walk_in import WalkInForm
from screens.widgets.arrivals import PulseRow
from screens.widgets.line_list import LineList
from screens.widgets.result_list import ResultList
from screens.widgets.text_field import TextField
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


def unlisted(at_door: AtTheDoor) -> list[str]:
    return [each.text for each in at_door.door.flags.unlisted()]


async def test_a_name_that_nobody_bears_is_sent_as_it_was_typed(at_door: AtTheDoor) -> None:
    await at_door.look_up("Müller zzstuttgart")
    assert "ctrl+s problem desk" in at_door.app.door_screen.query_one(ResultList).render().plain
    await at_door.pilot.press("ctrl+s")
    await at_door.answered(Kind.PROBLEM_DESK)
    assert unlisted(at_door) == ["Müller zzstuttgart"]
    words = at_door.panel.render().plain
    assert "“Müller zzstuttgart”" in words
    assert "NEXT!" in str(at_door.panel.border_title)
    assert "NEXT!" not in words, "said once, not twice"
    assert at_door.app.scan_field is not None
    assert at_door.app.scan_field.value == ""
    row = at_door.app.door_screen.query_one(PulseRow)
    await at_door.until(lambda: "problem desk 1" in row.render().plain)
    await at_door.pilot.press("f8")
    await at_door.answered(Kind.UNDONE)
    assert unlisted(at_door) == []


async def test_after_enter_it_is_sent_as_well(at_door: AtTheDoor) -> None:
    await at_door.look_up("Müller zzstuttgart")
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.UNKNOWN_NAME)
    await at_door.pilot.press("ctrl+s")
    await at_door.answered(Kind.PROBLEM_DESK)
    assert unlisted(at_door) == ["Müller zzstuttgart"]


async def test_who_is_only_close_is_not_sent_in_the_place_of_what_was_typed(
    at_door: AtTheDoor,
) -> None:
    await at_door.look_up("trzcinks")
    await at_door.pilot.press("ctrl+s")
    await at_door.answered(Kind.PROBLEM_DESK)
    assert unlisted(at_door) == ["trzcinks"]
    assert waiting(at_door) == []


async def sent(at_door: AtTheDoor, text: str) -> None:
    await at_door.look_up(text)
    await at_door.pilot.press("ctrl+s")
    await at_door.answered(Kind.PROBLEM_DESK)
    await at_door.until(lambda: not at_door.app.desk_line.busy)
    await opened(at_door)


async def test_the_list_shows_what_was_typed_and_enter_searches_for_it(at_door: AtTheDoor) -> None:
    await sent(at_door, "Müller zzstuttgart")
    lines = at_door.app.screen.query_one(LineList)
    assert "“Müller zzstuttgart”" in lines.render().plain
    assert "? on no list · A" in lines.render().plain
    assert "F2: walk-in" in str(at_door.app.screen.query_one("#hint").render())
    await at_door.pilot.press("f3")
    assert isinstance(at_door.app.screen, ProblemDesk), "nobody can be checked in by it"
    await at_door.pilot.press("enter")
    await at_door.until(lambda: at_door.app.screen is at_door.app.door_screen)
    assert at_door.app.scan_field is not None
    assert at_door.app.scan_field.value == "Müller zzstuttgart"
    assert unlisted(at_door) == ["Müller zzstuttgart"]


async def test_a_walk_in_with_it_settles_it(at_door: AtTheDoor) -> None:
    await sent(at_door, "Uwe Müller-Zz")
    await at_door.pilot.press("f2")
    await at_door.until(lambda: isinstance(at_door.app.screen, WalkInForm))
    at_door.app.screen.query_one("#organisation", TextField).value = "Stadt Stuttgart"
    await at_door.pilot.press("f2")
    await at_door.answered(Kind.WELCOME)
    assert unlisted(at_door) == []


async def test_it_is_settled_with_f4(at_door: AtTheDoor) -> None:
    await sent(at_door, "Müller zzstuttgart")
    await at_door.pilot.press("f4")
    await at_door.until(lambda: unlisted(at_door) == [])
    await at_door.until(lambda: not at_door.app.screen.query_one(LineList).items)
