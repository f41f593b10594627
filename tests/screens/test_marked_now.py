"""Keys mean whom the door's screen means now, never one of two about whom it asked before."""

from __future__ import annotations

import pytest

from checkin.door.answers import Kind
from checkin.people import PersonFlag, State
from checkin.roster.walk_in import WalkIn
from screens.door import DoorScreen
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


@pytest.mark.parametrize("columns", [80, 120])
async def test_rows_that_would_read_the_same_end_in_what_differs(
    at_door: AtTheDoor, columns: int
) -> None:
    await at_door.pilot.resize_terminal(columns, 24)
    people = [
        at_door.registered(WalkIn("Eva", "Dias", "Câmara de Sintra", territory="Sintra"))
        for _ in range(2)
    ]
    other = at_door.registered(WalkIn("Eva", "Dias", "Junta de Cascais", territory="Cascais"))
    await at_door.look_up("eva dias")
    screen = at_door.app.door_screen
    assert isinstance(screen, DoorScreen)
    text = screen.results.render().plain
    for person in people:
        assert f"badge {person.code[:3]}" in text
        assert person.code[:5] not in text
    assert f"badge {other.code[:3]}" not in text
    assert "Casc" in text


async def test_a_note_of_an_answer_over_another_area_goes_when_the_door_answers(
    at_door: AtTheDoor,
) -> None:
    first, second = at_door.person(0), at_door.person(1)
    await at_door.pilot.press("f6")
    await at_door.until(lambda: at_door.app.current_mode == "roster")
    at_door.app.desk_line.scan(first.code)
    await at_door.until(lambda: any(note.title for note in at_door.app._notifications))
    await at_door.pilot.press("ctrl+home")
    at_door.app.desk_line.scan(second.code)
    await at_door.until(lambda: not any(note.title for note in at_door.app._notifications))
    assert at_door.panel.answer
    assert at_door.panel.answer.person
    assert at_door.panel.answer.person.id == second.id


async def test_on_too_small_a_terminal_no_key_acts_unseen(at_door: AtTheDoor) -> None:
    first = at_door.person(0)
    at_door.app.desk_line.scan(first.code)
    await at_door.answered(Kind.WELCOME)
    await at_door.pilot.resize_terminal(60, 20)
    await at_door.pilot.press("f8", "f2", "f5")
    await at_door.pilot.pause(0.1)
    assert at_door.app.screen is at_door.app.door_screen
    assert at_door.door.person(first.id).state is State.HERE
    await at_door.pilot.resize_terminal(80, 24)
    await at_door.pilot.press("f8")
    await at_door.answered(Kind.UNDONE)
