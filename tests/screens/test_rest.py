"""The blank screen: nobody reads it, any key brings it back, and no scan is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.door.answers import Kind
from checkin.event.device import this_device
from checkin.event.session import open_event
from checkin.people import State
from screens.answering import tell
from screens.app import CheckinApp
from screens.palette import Actions
from tests.screens.at_the_door import demo
from tests.screens.driven import AtTheDoor


async def blank(at_door: AtTheDoor) -> None:
    """Switches it on in the palette and lets the time pass at once."""
    provider = Actions(at_door.app.screen)
    hits = {str(getattr(hit, "display", "")): hit async for hit in provider.discover()}
    hits["Blank the screen when idle"].command()
    at_door.app.rest.after = 0
    await at_door.until(lambda: at_door.app.rest.resting)
    await at_door.until(lambda: "Any key brings" in shown(at_door))
    at_door.app.rest.after = 60


def shown(at_door: AtTheDoor) -> str:
    return at_door.app.export_screenshot(simplify=True).replace("&#160;", " ")


async def test_a_blank_screen_shows_nobody_and_any_key_only_brings_it_back(
    at_door: AtTheDoor,
) -> None:
    await at_door.look_up("trzcin")
    await blank(at_door)
    assert "TRZCI" not in shown(at_door)
    await at_door.pilot.press("enter")
    await at_door.until(lambda: not at_door.app.rest.resting)
    await at_door.until(lambda: "TRZCI" in shown(at_door))
    assert at_door.panel.answer is None


@pytest.mark.parametrize("under", ["", "f9", "f2", "ctrl+p", "f6"])
async def test_a_scan_brings_the_screen_back_and_is_answered(
    at_door: AtTheDoor, under: str
) -> None:
    await at_door.pilot.press(*([under] if under else []))
    await at_door.pilot.pause(0.3)
    await blank(at_door)
    assert "Desk A" not in shown(at_door)
    who = at_door.person()
    await at_door.type_scan(who.code)
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.person(who.id).state is State.HERE
    assert not at_door.app.rest.resting


async def test_the_screen_never_goes_blank_unless_told_to(at_door: AtTheDoor) -> None:
    at_door.app.rest.after = 0
    at_door.app.rest.look()
    assert not at_door.app.rest.resting


async def test_a_note_that_comes_while_it_is_blank_is_read_only_afterwards(
    tmp_path: Path,
) -> None:
    event = demo(tmp_path)
    app = CheckinApp(lambda: open_event(event, desk="A"))
    async with app.run_test(notifications=True) as pilot:
        here = AtTheDoor(pilot, event)
        await here.until(lambda: app.door is not None)
        await blank(here)
        tell(app, "KOWALSKA came at another desk.")
        await here.pilot.pause(0.3)
        assert "KOWALSKA" not in shown(here)
        await here.pilot.press("enter")
        await here.until(lambda: "KOWALSKA" in shown(here))
    assert app.session is not None
    app.session.close()


async def test_the_device_remembers_that_the_screen_goes_blank(at_door: AtTheDoor) -> None:
    await blank(at_door)
    await at_door.until(lambda: this_device().blank)
    again = CheckinApp(lambda: open_event(at_door.event, desk="B"))
    async with again.run_test() as pilot:
        while again.door is None:
            await pilot.pause(0.01)
        assert again.rest.on
    assert again.session is not None
    again.session.close()
