"""Keys mean whom the door's screen means now, never one of two about whom it asked before."""

from __future__ import annotations

from checkin.door.answers import Kind
from checkin.people import PersonFlag
from checkin.roster.walk_in import WalkIn
from screens.new_badge import NewBadgeForm
from tests.screens.driven import AtTheDoor


async def asked_about_two(at_door: AtTheDoor) -> None:
    """The second registration of somebody who is in was scanned, and nobody answered."""
    one, other = (
        at_door.registered(WalkIn("Eva", "Dias", "Câmara de Sintra", territory="Sintra"))
        for _ in range(2)
    )
    at_door.door.twice.among((one, other))
    at_door.app.desk_line.scan(one.code)
    await at_door.answered(Kind.WELCOME)
    at_door.app.desk_line.scan(other.code)
    await at_door.answered(Kind.NEEDS_CHOICE)


async def test_ctrl_s_sends_who_was_typed_since_a_question_was_left_open(
    at_door: AtTheDoor,
) -> None:
    reis = at_door.registered(WalkIn("Ana", "Reisinho", "Câmara de Sintra", territory="Sintra"))
    await asked_about_two(at_door)
    await at_door.pilot.press("escape")
    await at_door.look_up("reisinho")
    await at_door.pilot.press("ctrl+s")
    await at_door.answered(Kind.PROBLEM_DESK)
    assert PersonFlag.PROBLEM_DESK in at_door.door.person(reis.id).flags


async def test_f12_asks_whose_badge_while_two_registrations_are_asked_about(
    at_door: AtTheDoor,
) -> None:
    await asked_about_two(at_door)
    await at_door.pilot.press("f12")
    await at_door.pilot.pause()
    assert at_door.app.screen is at_door.app.door_screen
    answer = at_door.panel.answer
    assert answer
    assert answer.next == "Choose with ↑ ↓ first; then F12."
    await at_door.pilot.press("down", "f12")
    await at_door.until(lambda: isinstance(at_door.app.screen, NewBadgeForm))
