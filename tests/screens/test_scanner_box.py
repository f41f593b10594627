"""Testing the scanner in the app: the card is learnt, a badge is still a badge, and it is kept."""

from __future__ import annotations

from textual import events
from textual.keys import _character_to_key as character_to_key
from textual.widgets import Static

from checkin.door.answers import Kind
from checkin.door.scanner_card import CARD, Letters
from checkin.event.device import this_device
from checkin.people import State
from screens.palette import Actions
from screens.scanner_box import ScannerBox
from tests.screens.driven import AtTheDoor

ENDS = {"\r": "enter", "\n": "ctrl+j", "\t": "tab"}
"""The keys that a terminal makes of what ends a scan."""


async def open_box(at_door: AtTheDoor) -> None:
    provider = Actions(at_door.app.screen)
    hits = {str(getattr(hit, "display", "")): hit async for hit in provider.discover()}
    hits["Test the scanner"].command()
    await at_door.until(lambda: isinstance(at_door.app.screen, ScannerBox))


async def scanned(at_door: AtTheDoor, received: str) -> None:
    """What a scanner types, with its own ending and no other."""
    for character in received:
        key = ENDS.get(character) or character_to_key(character)
        at_door.app.post_message(events.Key(key, character))
    await at_door.pilot.pause()


def said(at_door: AtTheDoor) -> str:
    return str(at_door.app.screen.query_one("#learnt", Static).render())


async def test_the_card_is_learnt_said_and_remembered(at_door: AtTheDoor) -> None:
    await open_box(at_door)
    await scanned(at_door, CARD.lower() + "\r\n")
    await at_door.until(lambda: "ends with CR LF" in said(at_door))
    assert "small letters" in said(at_door)
    assert "Handled" in said(at_door)
    await at_door.until(lambda: this_device().scanner is not None)
    learnt = this_device().scanner
    assert learnt is not None
    assert (learnt.letters, learnt.suffix) == (Letters.SMALL, "\r\n")
    assert isinstance(at_door.app.screen, ScannerBox)


async def test_a_badge_scanned_meanwhile_is_answered(at_door: AtTheDoor) -> None:
    await open_box(at_door)
    who = at_door.person()
    await scanned(at_door, who.code + "\r")
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.person(who.id).state is State.HERE
    assert "That was a badge" in said(at_door)
    assert this_device().scanner is None


async def test_anything_else_is_said_to_be_no_card(at_door: AtTheDoor) -> None:
    await open_box(at_door)
    await scanned(at_door, CARD[:20] + "\t")
    await at_door.until(lambda: "not the test card" in said(at_door))


async def test_a_scanner_that_adds_nothing_is_no_longer_waited_for(at_door: AtTheDoor) -> None:
    field = at_door.app.scan_field
    assert field is not None
    assert field.silence > 0
    await open_box(at_door)
    await scanned(at_door, CARD)
    await at_door.until(lambda: "ends with nothing" in said(at_door))
    await at_door.pilot.press("escape")
    assert field.silence == 0
    first, second = at_door.person(0), at_door.person(1)
    await scanned(at_door, first.code + second.code)
    await at_door.until(lambda: at_door.door.person(second.id).state is State.HERE)
    assert at_door.door.person(first.id).state is State.HERE
    assert field.value == ""


async def test_an_enter_after_a_code_that_ended_by_itself_means_nobody(at_door: AtTheDoor) -> None:
    await open_box(at_door)
    await scanned(at_door, CARD)
    await at_door.until(lambda: "ends with nothing" in said(at_door))
    await at_door.pilot.press("escape")
    for place in range(3):
        await scanned(at_door, at_door.person(place).code + "\r")
    await at_door.until(lambda: at_door.door.person(at_door.person(2).id).state is State.HERE)
    assert at_door.app.door_screen.is_current


async def test_a_layout_is_named_once_on_a_device(at_door: AtTheDoor) -> None:
    for place in range(2):
        await scanned(at_door, "]Q2*ààààé§" + at_door.person(place).code + "\r")
    await at_door.until(lambda: this_device().layouts_told == ("Belgian",))
    said = [note.message for note in at_door.app._notifications]
    assert said == ["This scanner types as Belgian; handled, nothing to do."]


async def test_the_card_scanned_at_the_door_is_nobodys_name(at_door: AtTheDoor) -> None:
    await scanned(at_door, CARD.lower() + "\r")
    await at_door.until(
        lambda: any("test card" in note.message for note in at_door.app._notifications)
    )
    assert at_door.panel.answer is None
    assert at_door.app.scan_field is not None
    assert at_door.app.scan_field.value == ""
