"""One person who nearly fits is a question of yes and no, and a blind Enter is no answer to it."""

from __future__ import annotations

from checkin.door.answers import Kind
from checkin.people import State
from screens.bounce import HELD, READ, Bounce
from screens.door import DoorScreen
from screens.widgets.key_row import shown_keys
from tests.day import journal_of
from tests.screens.driven import AtTheDoor


class Clock:
    """Seconds that go on when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def screen(at_door: AtTheDoor) -> DoorScreen:
    found = at_door.app.door_screen
    assert isinstance(found, DoorScreen)
    return found


def title(at_door: AtTheDoor) -> str:
    return str(at_door.panel.border_title)


def last_row(at_door: AtTheDoor) -> str:
    return "  ".join(f"{key} {each.description}" for key, each in shown_keys(screen(at_door)))


async def asked(at_door: AtTheDoor, text: str = "rossi florence") -> Clock:
    """Somebody of Firenze is asked about; the clock stands at the moment of painting."""
    clock = Clock()
    screen(at_door).bounce.clock = clock
    await at_door.look_up(text)
    await at_door.until(lambda: last_row(at_door).startswith("⏎ ask"))
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.NEEDS_CHOICE)
    await at_door.until(lambda: screen(at_door).bounce._painted is not None)
    return clock


async def entered(at_door: AtTheDoor) -> None:
    await at_door.pilot.press("enter")
    await at_door.until(lambda: not at_door.app.desk_line.busy)


def test_an_enter_counts_from_seven_tenths_of_a_second_after_the_question_was_painted() -> None:
    clock = Clock()
    bounce = Bounce(clock)
    bounce.asked()
    assert not bounce.is_answer(), "not painted yet"
    bounce.painted()
    clock.now += READ - 0.01
    assert not bounce.is_answer()
    clock.now += HELD + 0.01
    assert bounce.is_answer()


def test_a_key_that_is_held_down_never_counts() -> None:
    clock = Clock()
    bounce = Bounce(clock)
    bounce.asked()
    bounce.painted()
    counted = []
    for _ in range(100):
        clock.now += 0.03
        counted.append(bounce.is_answer())
    assert not any(counted)


async def test_the_question_names_the_person_the_place_and_the_three_keys(
    at_door: AtTheDoor,
) -> None:
    await asked(at_door)
    assert title(at_door) == "? IS IT MARCO ROSSI?"
    card = " ".join(at_door.panel.render().plain.split())
    assert "Comune di Firenze · city · Toscana. Florence is Firenze." in card
    assert "Enter: yes, check in. Esc: no. F2: walk-in." in card
    await at_door.until(lambda: last_row(at_door).startswith("⏎ yes, check in  F2 walk-in"))
    assert last_row(at_door).endswith("esc no")


async def test_a_blind_second_enter_leaves_the_question_standing(at_door: AtTheDoor) -> None:
    clock = await asked(at_door)
    await entered(at_door)
    clock.now += READ - 0.01
    await entered(at_door)
    assert title(at_door) == "? IS IT MARCO ROSSI?"
    assert not journal_of(at_door.event, "arrived")


async def test_an_enter_after_reading_is_the_yes(at_door: AtTheDoor) -> None:
    clock = await asked(at_door)
    clock.now += READ
    await entered(at_door)
    await at_door.answered(Kind.WELCOME)
    (arrived,) = journal_of(at_door.event, "arrived")
    assert arrived.subject is not None
    assert at_door.door.person(arrived.subject).organisation == "Comune di Firenze"


async def test_esc_is_the_no_and_enter_then_means_nobody(at_door: AtTheDoor) -> None:
    clock = await asked(at_door)
    await at_door.pilot.press("escape")
    clock.now += 60
    await entered(at_door)
    assert "ROSSI" not in at_door.panel.render().plain + title(at_door)
    assert "⏎" not in last_row(at_door)
    assert not journal_of(at_door.event, "arrived")


async def test_typing_on_takes_the_question_away_and_the_edge_says_how_to_go_back(
    at_door: AtTheDoor,
) -> None:
    clock = await asked(at_door)
    await at_door.type("q")
    await at_door.until(lambda: bool(screen(at_door).field.border_subtitle))
    said = "Not checked in: Marco Rossi? To go back to them, type that name."
    assert str(screen(at_door).field.border_subtitle) == said
    await at_door.pilot.press("backspace")
    clock.now += 60
    await entered(at_door)
    assert "yes, check in" not in at_door.panel.render().plain
    assert not journal_of(at_door.event, "arrived")


async def test_a_scan_takes_the_place_of_the_question(at_door: AtTheDoor) -> None:
    clock = await asked(at_door)
    clock.now += 60
    other = at_door.door.meant("trzcinska")[0]
    await at_door.type_scan(other.code)
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.person(other.id).state is State.HERE
    assert len(journal_of(at_door.event, "arrived")) == 1
