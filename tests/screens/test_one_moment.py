"""An answer that takes longer than usual: a sign of life in its place, then the answer."""

from __future__ import annotations

import threading

from checkin.door.answers import Answer, Kind
from checkin.door.desk import Door
from screens.door import IDLE, DoorScreen
from tests.screens.driven import AtTheDoor


def panel(at_door: AtTheDoor) -> str:
    return f"{at_door.panel.border_title} {' '.join(at_door.panel.render().plain.split())}"


async def test_a_scan_that_waits_for_the_desk_shows_a_moment_and_then_its_answer(
    at_door: AtTheDoor,
) -> None:
    held = threading.Event()

    async def hold() -> None:
        await at_door.app.desk_line.work(held.wait)

    # The desk's thread is at work, as it is while the room is read for the first time.
    at_door.app.door_screen.run_worker(hold())
    await at_door.pilot.pause()
    at_door.app.desk_line.scan(at_door.person().code)
    await at_door.until(lambda: "ONE MOMENT" in panel(at_door))
    assert "Nothing has to be scanned again." in panel(at_door)
    held.set()
    await at_door.answered(Kind.WELCOME)
    assert "ONE MOMENT" not in panel(at_door)


async def test_a_quick_answer_is_never_preceded_by_a_moment(at_door: AtTheDoor) -> None:
    screen = at_door.app.door_screen
    assert isinstance(screen, DoorScreen)
    shown: list[str] = []
    real = screen.show_moment
    screen.show_moment = lambda: (shown.append("moment"), real())[1]  # type: ignore[method-assign]
    for place in range(5):
        at_door.app.desk_line.scan(at_door.person(place).code)
        await at_door.until(lambda: not at_door.app.desk_line.busy)
    assert not shown


async def test_the_answer_before_stays_long_enough_to_be_read(at_door: AtTheDoor) -> None:
    at_door.app.desk_line.scan(at_door.person(0).code)
    await at_door.answered(Kind.WELCOME)
    first = panel(at_door)
    held = threading.Event()

    def slowly(door: Door) -> list[Answer]:
        held.wait()
        return [door.check_in(at_door.person(1).id)]

    at_door.app.desk_line.ask(slowly)
    await at_door.pilot.pause(0.4)
    assert panel(at_door) == first
    await at_door.until(lambda: "ONE MOMENT" in panel(at_door))
    held.set()
    await at_door.answered(Kind.WELCOME)
    assert panel(at_door) != first


async def test_an_act_without_an_answer_leaves_no_moment_behind(at_door: AtTheDoor) -> None:
    held = threading.Event()

    def nothing(_door: Door) -> list[Answer]:
        held.wait()
        return []

    at_door.app.desk_line.ask(nothing)
    await at_door.until(lambda: "ONE MOMENT" in panel(at_door))
    held.set()
    await at_door.until(lambda: IDLE in panel(at_door))
