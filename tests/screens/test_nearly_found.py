"""Somebody whom all but one typed word fits is shown at the door, and asked about."""

from __future__ import annotations

from checkin.door.answers import Kind
from checkin.people import State
from checkin.roster.walk_in import WalkIn
from screens.door import DoorScreen
from screens.widgets.key_row import shown_keys
from screens.widgets.result_list import MARKED, ResultList
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
    assert at_door.panel.answer.say == (
        "Città di Torino · city · Piemonte. Only “giorgio” does not fit."
    )
    assert str(at_door.panel.border_title) == "? IS IT MARCO ROSSI?"
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
    text = results(at_door).render()
    assert "as written; with Firenze for the place:" in text.plain
    # What matched is marked, and it is the city and not the name.
    marked = {text.plain[span.start : span.end] for span in text.spans if span.style == MARKED}
    assert marked == {"ROSSI", "Firenze"}


async def test_who_may_be_called_florence_is_never_admitted_as_somebody_of_firenze(
    at_door: AtTheDoor,
) -> None:
    await at_door.look_up("florence rossi")
    (row,) = results(at_door).rows
    assert results(at_door).highlighted is None
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.NEEDS_CHOICE)
    assert at_door.panel.answer is not None
    assert str(at_door.panel.border_title) == "? IS IT MARCO ROSSI?"
    assert at_door.panel.answer.say == ("Comune di Firenze · city · Toscana. Florence is Firenze.")
    assert at_door.panel.answer.next == "Enter: yes, check in. Esc: no. F2: walk-in."
    await at_door.pilot.press("down", "enter")
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.person(row.person.id).state is State.HERE


async def test_enter_before_the_search_asks_about_the_city_as_well(at_door: AtTheDoor) -> None:
    await at_door.type("florence rossi")
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.NEEDS_CHOICE)
    assert not journal_of(at_door.event, "arrived")


async def test_a_florence_of_that_name_goes_before_the_city(at_door: AtTheDoor) -> None:
    named = at_door.door.walk_in(WalkIn("Florence", "Rossini", "Ville de Nice")).person
    assert named
    await at_door.look_up("florence rossi")
    marked = results(at_door).highlighted
    assert marked is not None
    assert marked.id == named.id


async def test_who_is_on_no_list_is_a_walk_in_still(at_door: AtTheDoor) -> None:
    await at_door.look_up("quaxi zzyzx")
    assert "F2 walk-in · ctrl+s problem desk" in results(at_door).render().plain


async def test_whom_only_a_slip_makes_fit_is_not_marked_and_enter_asks(at_door: AtTheDoor) -> None:
    await at_door.look_up("trzcinks")
    lines = results(at_door).render().plain.splitlines()
    assert lines[0].rstrip() == "Nobody is called “trzcinks”. F2 walk-in. Close:"
    assert "TRZCIŃSKA" in lines[1]
    assert results(at_door).highlighted is None
    await at_door.until(lambda: last_row(at_door).startswith("⏎ ask ↑ ↓ choose"))
    assert "check in" not in last_row(at_door)
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.NEEDS_CHOICE)
    assert at_door.panel.answer is not None
    assert at_door.panel.answer.say.endswith("Nobody is called “trzcinks”.")
    assert not journal_of(at_door.event, "arrived")


async def test_an_arrow_marks_whom_a_slip_makes_fit_and_enter_admits(at_door: AtTheDoor) -> None:
    await at_door.look_up("trzcinks")
    await at_door.pilot.press("down")
    await at_door.until(lambda: "⏎ check in" in last_row(at_door))
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.WELCOME)


async def test_a_start_another_alphabet_and_an_address_are_no_slips(at_door: AtTheDoor) -> None:
    for text in ("trzcin", "trzcinska", "TRZCIŃSKA", "papaioan"):
        await at_door.look_up(text)
        assert results(at_door).highlighted is results(at_door).rows[0].person, text
        await at_door.pilot.press("escape")


def last_row(at_door: AtTheDoor) -> str:
    return " ".join(
        f"{key} {each.description}" for key, each in shown_keys(at_door.app.door_screen)
    )
