"""Groups at the door: nobody is counted twice, and who stays outside is said."""

from __future__ import annotations

from dataclasses import replace

from checkin.door.answers import Kind
from checkin.door.overview import Which
from checkin.event.status import status
from checkin.people import Person, State
from checkin.roster.walk_in import WalkIn
from screens.group import GroupList
from screens.one_person import OnePersonBox
from screens.supervisor import SupervisorForm
from screens.widgets.arrivals import pulse_line
from screens.widgets.states import answer_look
from screens.widgets.tick_list import TickList
from tests.screens.driven import AtTheDoor

SINTRA = "Câmara de Sintra"


def sintra(at_door: AtTheDoor, *names: str) -> list[Person]:
    """People of one authority, due, by family name."""
    return [at_door.registered(WalkIn(*name.split(), SINTRA, territory="Sintra")) for name in names]


async def open_group(at_door: AtTheDoor) -> TickList:
    await at_door.look_up("sintra")
    await at_door.pilot.press("f4")
    await at_door.until(lambda: isinstance(at_door.app.screen, GroupList))
    return at_door.app.screen.query_one(TickList)


async def test_all_ticks_one_of_two_registrations_of_a_person_and_the_other_says_so(
    at_door: AtTheDoor,
) -> None:
    first, second, rui = sintra(at_door, "Eva Dias", "Eva Dias", "Rui Costa")
    ticks = await open_group(at_door)
    await at_door.pilot.press("f4")
    assert len(ticks.chosen) == 2
    assert rui.id in ticks.chosen
    lines = ticks.render().plain.splitlines()
    assert [line[:3] for line in lines if "registered twice? F10" in line] == ["[ ]"]
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.WELCOME)
    states = {at_door.door.person(each.id).state for each in (first, second)}
    assert states == {State.HERE, State.EXPECTED}


async def test_f10_in_the_group_asks_about_the_marked_person(at_door: AtTheDoor) -> None:
    sintra(at_door, "Eva Dias", "Eva Dias", "Rui Costa")
    ticks = await open_group(at_door)
    await at_door.pilot.press("f10")
    said = str(at_door.app.screen.query_one("#problem").render())
    assert said.startswith("The marked one is registered once.")
    ticks.index = 1
    await at_door.pilot.press("f10")
    await at_door.until(lambda: isinstance(at_door.app.screen, OnePersonBox))
    await at_door.pilot.press("enter")
    await at_door.until(lambda: at_door.app.screen is at_door.app.door_screen)
    ticks = await open_group(at_door)
    await at_door.pilot.press("f4")
    assert len(ticks.chosen) == len(ticks.people) == 2


async def test_both_of_them_ticked_are_asked_about_and_f10_lets_the_second_in(
    at_door: AtTheDoor,
) -> None:
    first, second = sintra(at_door, "Eva Dias", "Eva Dias")
    await open_group(at_door)
    await at_door.pilot.press("space", "down", "space", "enter")
    await at_door.answered(Kind.WELCOME)
    answer = at_door.panel.answer
    assert answer
    assert answer_look(answer) == ("‼", "1 OF 2 ARE IN", "look")
    assert answer.next == "Not in, registered twice (F10): Eva Dias."
    assert "F10" in str(at_door.panel.border_subtitle)
    await at_door.pilot.press("f10")
    await at_door.until(lambda: isinstance(at_door.app.screen, OnePersonBox))
    await at_door.pilot.press("f7")
    await at_door.until(
        lambda: {at_door.door.person(each.id).state for each in (first, second)} == {State.HERE}
    )


async def test_who_of_a_group_a_full_room_keeps_out_is_named_and_f7_admits_them(
    at_door: AtTheDoor,
) -> None:
    everybody = sintra(at_door, "Rui Costa", "Ana Reis", "Eva Dias")
    session = at_door.door.session
    session.change_settings(replace(session.settings, capacity=1))
    await open_group(at_door)
    await at_door.pilot.press("f4", "enter")
    await at_door.answered(Kind.WELCOME)
    answer = at_door.panel.answer
    assert answer
    assert answer_look(answer)[1:] == ("1 OF 3 ARE IN", "look")
    assert answer.next.startswith("Not in, the room is full: ")
    assert "F7 a supervisor admits all 2" in str(at_door.panel.border_subtitle)
    await at_door.pilot.press("f7")
    await at_door.until(lambda: isinstance(at_door.app.screen, SupervisorForm))
    await at_door.type("AK")
    await at_door.pilot.press("enter")
    await at_door.type("minister")
    await at_door.pilot.press("enter")
    await at_door.until(
        lambda: all(at_door.door.person(each.id).state is State.HERE for each in everybody)
    )


async def test_the_row_of_counters_says_that_the_room_is_full_and_foretells_no_more(
    at_door: AtTheDoor,
) -> None:
    people = sintra(at_door, "Rui Costa", "Ana Reis", "Eva Dias")
    session = at_door.door.session
    session.change_settings(replace(session.settings, capacity=3))
    at_door.door.check_in_group([each.id for each in people])
    pulse = at_door.door.pulse()
    assert (pulse.full_words, pulse.ready_words) == ("full: 3 of 3", "")
    assert "■ full: 3 of 3" in pulse_line(pulse, 78).plain


async def test_the_door_and_the_command_reckon_with_the_same_people(at_door: AtTheDoor) -> None:
    people = at_door.door.people(Which.EXPECTED)[:4]
    at_door.door.check_in_group([each.id for each in people])
    session = at_door.door.session
    ahead = status(session).outlook(session.settings, session.now())
    assert ahead.here == 4
    assert ahead.expected < at_door.door.pulse().here + at_door.door.pulse().due
    assert at_door.door.pulse().ready_words.startswith(f"{ahead.expected} in by ~")
