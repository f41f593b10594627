"""Somebody whom all but one typed word fits is shown at the door, and asked about."""

from __future__ import annotations

from checkin.door.answers import Kind
from checkin.people import State
from screens.door import DoorScreen
from screens.widgets.result_list import ResultList
from tests.day import journal_of
from tests.screens.driven import AtTheDoor


def results(at_door: AtTheDoor) -> ResultList:
    screen = at_door.app.door_screen
    assert isinstance(screen, DoorScreen)
    return screen.results


async def test_a_rossi_of_another_city_is_shown_below_the_sentence_and_not_marked(
    at_door: AtTheDoor,
) -> None:
    await at_door.look_up("rossi palermo")
    await at_door.until(lambda: len(results(at_door).rows) == 2)
    lines = results(at_door).render().plain.splitlines()
    assert lines[0].rstrip() == "Nobody fits “rossi palermo”; without “palermo”:"
    assert all("ROSSI" in line for line in lines[1:])
    assert results(at_door).highlighted is None


async def test_enter_asks_and_admits_nobody_until_one_is_chosen(at_door: AtTheDoor) -> None:
    await at_door.look_up("rossi palermo")
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.NEEDS_CHOICE)
    await at_door.pilot.press("enter")
    await at_door.until(lambda: not at_door.app.desk_line.busy)
    assert not journal_of(at_door.event, "arrived")
    meant = results(at_door).rows[0].person
    await at_door.pilot.press("down", "enter")
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.person(meant.id).state is State.HERE


async def test_one_person_without_a_word_is_asked_about_by_name_and_authority(
    at_door: AtTheDoor,
) -> None:
    await at_door.look_up("giorgio rossi torino")
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.NEEDS_CHOICE)
    assert at_door.panel.answer is not None
    assert at_door.panel.answer.say == "Is Marco Rossi, Città di Torino, meant?"
    assert not journal_of(at_door.event, "arrived")


async def test_an_arrow_says_who_is_meant(at_door: AtTheDoor) -> None:
    await at_door.look_up("giorgio rossi torino")
    await at_door.pilot.press("down", "enter")
    await at_door.answered(Kind.WELCOME)
    (arrived,) = journal_of(at_door.event, "arrived")
    assert arrived.subject is not None
    assert at_door.door.person(arrived.subject).organisation == "Città di Torino"


async def test_a_click_below_the_sentence_means_that_row(at_door: AtTheDoor) -> None:
    await at_door.look_up("rossi palermo")
    second = results(at_door).rows[1].person
    await at_door.pilot.click(ResultList, offset=(10, 2))
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.person(second.id).state is State.HERE


async def test_enter_before_the_search_asks_as_well(at_door: AtTheDoor) -> None:
    await at_door.type("rossi palermo")
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.NEEDS_CHOICE)
    assert not journal_of(at_door.event, "arrived")


async def test_a_city_is_found_by_its_name_elsewhere(at_door: AtTheDoor) -> None:
    await at_door.look_up("rossi florence")
    (row,) = results(at_door).rows
    assert row.person.organisation == "Comune di Firenze"
    assert results(at_door).highlighted is row.person


async def test_who_is_on_no_list_is_a_walk_in_still(at_door: AtTheDoor) -> None:
    await at_door.look_up("quaxi zzyzx")
    assert "F2 registers a walk-in" in results(at_door).render().plain
