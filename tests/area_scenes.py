"""Scenes of the areas behind the door for `tests.pictures`: roster, badges, tables and the rest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pictures import Shooting

Play = Callable[["Shooting"], Awaitable[None]]


async def _come(shooting: Shooting, arrivals: int) -> None:
    from tests.pictures import morning

    if arrivals:
        await morning(shooting, arrivals)


async def _in(shooting: Shooting, area: str, arrivals: int = 0) -> None:
    """Lets `arrivals` people come, then opens an area and waits for it."""
    await _come(shooting, arrivals)
    shooting.app.action_area(area)
    await shooting.pilot.pause(0.4)


async def _badges(shooting: Shooting) -> None:
    await _in(shooting, "badges")
    await shooting.pilot.press("down", "down", "enter", "enter")
    await shooting.pilot.pause(0.2)


async def _badges_qr(shooting: Shooting) -> None:
    await _badges(shooting)
    await shooting.pilot.press("f4")
    await shooting.pilot.pause(0.2)


async def _badges_print(shooting: Shooting) -> None:
    await _badges(shooting)
    await shooting.pilot.press("f5")
    await shooting.pilot.pause(0.2)


async def _tables(shooting: Shooting) -> None:
    await _in(shooting, "tables", 31)
    await shooting.pilot.press("right")
    await shooting.pilot.pause(0.2)


async def _table(shooting: Shooting) -> None:
    await _tables(shooting)
    await shooting.pilot.press("enter")
    await shooting.pilot.pause(0.3)


async def _move(shooting: Shooting) -> None:
    await _table(shooting)
    await shooting.pilot.press("enter")
    await shooting.pilot.pause(0.6)
    await shooting.pilot.press("down")
    await shooting.pilot.pause(0.2)


async def _plan(shooting: Shooting) -> None:
    from screens.table_plan import PlanBox

    await _in(shooting, "tables")
    await shooting.pilot.press("f4")
    await shooting.until(lambda: isinstance(shooting.app.screen, PlanBox))
    await shooting.pilot.pause(0.3)


async def _repair(shooting: Shooting) -> None:
    from screens.table_repair import RepairBox

    await _in(shooting, "tables", 31)
    await shooting.pilot.press("f5")
    await shooting.until(lambda: isinstance(shooting.app.screen, RepairBox))
    await shooting.pilot.pause(0.3)


AREA_SCENES: tuple[tuple[str, Play], ...] = (
    ("badges", _badges),
    ("badges-qr", _badges_qr),
    ("badges-print", _badges_print),
    ("tables", _tables),
    ("table", _table),
    ("table-move", _move),
    ("table-plan", _plan),
    ("table-repair", _repair),
)
"""Name and play of each scene."""
