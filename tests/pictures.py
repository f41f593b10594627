"""Pictures of the screens for the documentation, from the practice event on a still clock.

`python -m tests.pictures` writes docs/pictures/NAME-80x24.svg and -120x40.svg anew, byte for byte
the same as long as the screens are; `python -m tests.pictures door --png FOLDER` also makes PNGs to
look at, where Chromium is installed. To add a picture, add a Scene (or one of an area to
`area_scenes`).
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import re
import shutil
import subprocess
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from textual.pilot import Pilot

from checkin.event.demo import make_demo
from checkin.event.session import EventSession, open_event
from screens.app import CheckinApp
from screens.door import DoorScreen
from screens.widgets.answer_panel import AnswerPanel
from tests.area_scenes import AREA_SCENES

DAY = dt.date(2026, 3, 10)
START = dt.datetime(2026, 3, 10, 8, 31, tzinfo=ZoneInfo("Europe/Brussels")).astimezone(dt.UTC)
SIZES = ((80, 24), (120, 40))
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"


class StillClock:
    """A clock that goes on by one step with every act, and not by itself."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> dt.datetime:
        return self.at

    def go_on(self, seconds: int) -> None:
        self.at += dt.timedelta(seconds=seconds)


@dataclass(frozen=True)
class Shooting:
    """What a scene plays with."""

    pilot: Pilot[int]
    session: EventSession
    clock: StillClock

    @property
    def app(self) -> CheckinApp:
        app = self.pilot.app
        assert isinstance(app, CheckinApp)
        return app

    async def until(self, condition: Callable[[], bool]) -> None:
        """Waits until `condition` holds; fails after ten seconds."""
        for _ in range(1000):
            await self.pilot.pause(0.01)
            if condition():
                await self.pilot.pause()
                return
        raise AssertionError("the scene did not come about")

    async def type(self, text: str) -> None:
        """Types `text` and waits for its results."""
        screen = self.app.screen
        await self.pilot.press(*("space" if letter == " " else letter for letter in text))
        if isinstance(screen, DoorScreen):
            await self.until(lambda: screen.searched == text.strip())

    async def answered(self, act: Callable[[], Awaitable[object]]) -> None:
        """Does `act` and waits for the door's answer."""
        panel = self.app.door_screen.query_one(AnswerPanel)
        before = panel.answer
        await act()
        await self.until(lambda: panel.answer is not before and not self.app.desk_line.busy)

    async def scan(self, code: str) -> None:
        """Scans `code`, as a scanner does, and lets a little time pass."""
        self.clock.go_on(17)
        line = self.app.desk_line

        async def act() -> None:
            line.scan(code)

        await self.answered(act)


@dataclass(frozen=True)
class Scene:
    """One picture: its name and how to get there."""

    name: str
    play: Callable[[Shooting], Awaitable[None]]


async def morning(shooting: Shooting, arrivals: int = 31) -> None:
    """Half of the people come, one of them twice, and one is undone."""
    door = shooting.app.door
    assert door is not None
    from checkin.door.overview import Which

    people = sorted(door.people(Which.ALL), key=lambda person: person.code)[:arrivals]
    for number, person in enumerate(people):
        await shooting.scan(person.code)
        if number == arrivals - 6:
            await shooting.answered(lambda: shooting.pilot.press("f8"))
            await shooting.scan(person.code)
        if number == arrivals - 3:
            shooting.clock.go_on(60)
            await shooting.scan(people[2].code)


async def _door(shooting: Shooting) -> None:
    await morning(shooting)


async def _door_typing(shooting: Shooting) -> None:
    await morning(shooting)
    await shooting.type("ko")


async def _door_look(shooting: Shooting) -> None:
    await morning(shooting)
    shooting.clock.go_on(60)
    await shooting.scan("XXXXXXXXXX")


async def _walk_in(shooting: Shooting) -> None:
    await morning(shooting)
    await shooting.pilot.press("f2", *"Maja", "enter", *"Novak", "enter")


async def _group(shooting: Shooting) -> None:
    await morning(shooting, 6)
    await shooting.type("lodzi")
    await shooting.pilot.press("f4")
    await shooting.pilot.pause(0.3)


async def _roll_call(shooting: Shooting) -> None:
    await morning(shooting)
    await shooting.pilot.press("f9")
    await shooting.pilot.pause(0.3)
    await shooting.pilot.press("space", "space", "space")


async def _help(shooting: Shooting) -> None:
    await shooting.pilot.press("f1")


async def _palette(shooting: Shooting) -> None:
    await shooting.pilot.press("ctrl+p")
    await shooting.pilot.pause(0.5)


SCENES: tuple[Scene, ...] = (
    Scene("door", _door),
    Scene("door-typing", _door_typing),
    Scene("door-look", _door_look),
    Scene("walk-in", _walk_in),
    Scene("group", _group),
    Scene("roll-call", _roll_call),
    Scene("help", _help),
    Scene("palette", _palette),
    *(Scene(name, play) for name, play in AREA_SCENES),
)


async def shoot(scene: Scene, size: tuple[int, int], theme: str = "") -> str:
    """Plays `scene` at `size` (columns, lines) and returns its picture as SVG."""
    clock = StillClock()
    with tempfile.TemporaryDirectory() as folder:
        event, _ = make_demo(Path(folder) / "demo.checkin", DAY)

        def opened() -> EventSession:
            return open_event(event, desk="Desk A", operator="AK", clock=clock)

        app = CheckinApp(opened)
        async with app.run_test(size=size) as pilot:
            if theme:
                app.theme = theme
            for _ in range(1000):
                await pilot.pause(0.01)
                if app.session is not None and app.door is not None and app.door.ready:
                    break
            assert app.session is not None
            await scene.play(Shooting(pilot, app.session, clock))
            await pilot.pause(0.2)
            app.clear_notifications()
            await pilot.pause(0.1)
            picture = plain_font(app.export_screenshot(title="Checkin"))
        app.session.close()
    return picture


def plain_font(svg: str) -> str:
    """Returns `svg` with a font that machines have, and ids that stay the same in every run."""
    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s*<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "DejaVu Sans Mono")
    found = re.search(r"terminal-(\d+)-", svg)
    return svg.replace(found.group(1), "1") if found else svg


def as_png(svg: Path, png: Path) -> None:
    """Renders `svg` with Chromium, which keeps the columns; raises when there is none."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("PNGs need Chromium; the SVGs are written.")
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg.read_text(encoding="utf-8"))
    width, height = (float(side) for side in found.groups()) if found else (1000.0, 700.0)
    subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={int(width) + 1},{int(height) + 1}",
            f"--screenshot={png}",
            svg.resolve().as_uri(),
        ],
        check=True,
        capture_output=True,
    )


def main() -> None:
    """Writes the pictures that are asked for; all of them when none is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="scenes; all when empty")
    parser.add_argument("--png", type=Path, help="a folder for PNGs to look at")
    parser.add_argument("--theme", default="")
    parser.add_argument("--out", type=Path, default=FOLDER)
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        if wanted.names and scene.name not in wanted.names:
            continue
        for columns, lines in SIZES:
            target = wanted.out / f"{scene.name}-{columns}x{lines}.svg"
            picture = asyncio.run(shoot(scene, (columns, lines), wanted.theme))
            target.write_text(picture, encoding="utf-8")
            if wanted.png:
                wanted.png.mkdir(parents=True, exist_ok=True)
                as_png(target, wanted.png / f"{target.stem}.png")


if __name__ == "__main__":
    main()
