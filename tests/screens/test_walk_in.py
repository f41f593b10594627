"""The walk-in form: what was searched stands in it, levels have their words and are guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkin.door.answers import Kind
from checkin.event.device import change_device
from checkin.people import Level
from screens.walk_in import WalkInForm
from screens.widgets.one_of import OneOf
from screens.widgets.text_field import TextField
from tests.screens.driven import AtTheDoor


async def form(at_door: AtTheDoor, typed: str = "") -> WalkInForm:
    if typed:
        await at_door.look_up(typed)
    await at_door.pilot.press("f2")
    await at_door.until(lambda: isinstance(at_door.app.screen, WalkInForm))
    await at_door.pilot.pause()
    screen = at_door.app.screen
    assert isinstance(screen, WalkInForm)
    return screen


def value(screen: WalkInForm, field: str) -> str:
    return screen.query_one(f"#{field}", TextField).value


async def test_one_word_that_was_searched_is_the_family_name(at_door: AtTheDoor) -> None:
    screen = await form(at_door, "zzquax")
    assert (value(screen, "given"), value(screen, "family")) == ("", "zzquax")


async def test_two_words_are_given_and_family_name(at_door: AtTheDoor) -> None:
    screen = await form(at_door, "uwe zzquax")
    assert (value(screen, "given"), value(screen, "family")) == ("uwe", "zzquax")


async def test_what_was_asked_with_enter_stands_in_the_form_as_well(at_door: AtTheDoor) -> None:
    await at_door.look_up("zzquax")
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.UNKNOWN_NAME)
    assert "“zzquax”" in at_door.panel.render().plain
    assert "F2 walk-in" in str(at_door.panel.border_subtitle)
    screen = await form(at_door)
    assert value(screen, "family") == "zzquax"


async def test_every_level_has_its_word_on_80_columns(at_door: AtTheDoor) -> None:
    screen = await form(at_door)
    levels = screen.query_one("#level", OneOf)
    assert levels.render().cell_length <= levels.content_size.width
    assert levels.render().plain.rstrip().endswith("○ other")


async def authority(at_door: AtTheDoor, screen: WalkInForm, name: str) -> None:
    screen.query_one("#organisation", TextField).focus()
    screen.query_one("#organisation", TextField).value = ""
    await at_door.pilot.pause()
    await at_door.type(name)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Consiliul Judetean Cluj", Level.REGION),
        ("Stadt Stuttgart", Level.CITY),
        ("Qwertz Xyz", Level.CITY),
    ],
)
async def test_the_level_is_guessed_from_the_authority(
    at_door: AtTheDoor, name: str, level: Level
) -> None:
    screen = await form(at_door)
    await authority(at_door, screen, "Regione Lazio")
    levels = screen.query_one("#level", OneOf)
    await at_door.until(lambda: levels.value == Level.REGION.value)
    await authority(at_door, screen, name)
    await at_door.until(lambda: levels.value == level.value)


async def test_colleagues_who_are_registered_tell_the_level(at_door: AtTheDoor) -> None:
    colleague = next(
        each
        for each in map(at_door.person, range(60))
        if each.level is Level.METROPOLIS and each.organisation
    )
    assert at_door.door.groups.level_of(colleague.organisation) is Level.METROPOLIS
    assert at_door.door.groups.level_of("Qwertz Xyz") is None
    screen = await form(at_door)
    screen.query_one("#organisation", TextField).value = colleague.organisation
    levels = screen.query_one("#level", OneOf)
    await at_door.until(lambda: levels.value == Level.METROPOLIS.value)


async def test_a_level_that_somebody_chose_stays(at_door: AtTheDoor) -> None:
    screen = await form(at_door)
    levels = screen.query_one("#level", OneOf)
    levels.focus()
    await at_door.pilot.press("right")
    assert levels.value == Level.METROPOLIS.value
    await authority(at_door, screen, "Regione Lazio")
    await at_door.pilot.pause(0.3)
    assert levels.value == Level.METROPOLIS.value


async def test_keys_faster_than_the_guess_register_with_it_and_a_country_by_its_name(
    at_door: AtTheDoor,
) -> None:
    screen = await form(at_door, "zzquax")
    await authority(at_door, screen, "Regione Lazio")
    screen.query_one("#country", TextField).value = "Italy"
    await at_door.pilot.press("f2")
    await at_door.answered(Kind.WELCOME)
    answer = at_door.panel.answer
    assert answer is not None
    assert answer.person is not None
    assert answer.person.level is Level.REGION
    assert answer.person.country == "IT"


async def test_a_country_that_nobody_knows_is_asked_for_again(at_door: AtTheDoor) -> None:
    screen = await form(at_door, "zzquax")
    screen.query_one("#organisation", TextField).value = "Regione Lazio"
    screen.query_one("#country", TextField).value = "Nowhereland"
    await at_door.pilot.press("f2")
    await at_door.pilot.pause()
    assert at_door.app.screen is screen
    assert screen.focused is screen.query_one("#country")


@pytest.mark.parametrize("printer", ["", "badge-queue"])
async def test_a_newcomer_is_told_the_languages_and_where_the_badge_comes_from(
    at_door: AtTheDoor, printer: str
) -> None:
    change_device(lambda device: replace(device, printer=printer))
    screen = await form(at_door, "zzquax")
    screen.query_one("#organisation", TextField).value = "Regione Lazio"
    screen.query_one("#languages", TextField).value = "it en"
    await at_door.pilot.press("f2")
    await at_door.answered(Kind.WELCOME)
    where = "F12" if printer else "the Badges area (F6)"
    card = " ".join(at_door.panel.render().plain.split())
    assert "Speaks Italian, English." in card
    assert f"No badge yet: {where} prints it." in card
