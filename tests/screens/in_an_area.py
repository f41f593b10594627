"""What the tests of the areas share: the app on the practice event, at an area, and its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.content import Content
from textual.notifications import Notify
from textual.pilot import Pilot
from textual.widget import Widget

import screens.app
from checkin.event.session import EventSession, open_event
from screens.app import CheckinApp
from tests.screens.at_the_door import demo, own_home

DAY = dt.date(2026, 3, 10)


class HeardApp(CheckinApp):
    """The app; it keeps what it said, for a note leaves when another of its kind comes."""

    CSS_PATH = [Path(screens.app.__file__).with_name(str(sheet)) for sheet in CheckinApp.CSS_PATH]  # noqa: RUF012

    def __init__(self, event: Path) -> None:
        self.heard: list[str] = []
        super().__init__(lambda: open_event(event, desk="A"))

    def on_notify(self, event: Notify) -> None:
        # The app's own handler comes after this one.
        self.heard.append(event.notification.message)


class Stage:
    """The app under test."""

    def __init__(self, pilot: Pilot[int], app: HeardApp) -> None:
        self.pilot = pilot
        self.app = app

    @property
    def session(self) -> EventSession:
        assert self.app.session is not None
        return self.app.session

    @property
    def notes(self) -> str:
        """Every sentence said at the edge of the screen so far."""
        return "\n".join(self.app.heard)

    async def until(self, condition: Callable[[], bool], what: str = "") -> None:
        """Waits until `condition` holds; fails after fifteen seconds."""
        for _ in range(1500):
            await self.pilot.pause(0.01)
            if condition():
                return
        raise AssertionError(
            f"waited for {what or 'it'}; on the screen:\n{self.text}\n{self.notes}"
        )

    async def until_said(self, words: str) -> None:
        """Waits until a sentence with `words` was said."""
        await self.until(lambda: words in self.notes, f"the sentence {words!r}")

    async def until_shown(self, words: str) -> None:
        """Waits until `words` stand on the screen."""
        await self.until(lambda: words in self.text, repr(words))

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def go(self, area: str) -> None:
        """Opens an area and waits until it is in sight."""
        self.app.action_area(area)
        await self.until(lambda: self.app.current_mode == area and self.app.screen.is_mounted)
        await self.pilot.pause()

    @property
    def text(self) -> str:
        """The words on the screen, widget by widget."""
        return "\n".join(
            words_of(widget)
            for widget in self.app.screen.walk_children(Widget)
            if widget.is_on_screen
        )


def words_of(widget: Widget) -> str:
    """The words of one widget with those of its border."""
    if widget.children:
        return str(widget.border_title or "")
    rendered = widget.render()
    inside = rendered.plain if isinstance(rendered, Content) else str(rendered)
    return f"{widget.border_title or ''}\n{inside}\n{widget.border_subtitle or ''}"


@asynccontextmanager
async def stage(
    folder: Path,
    area: str = "",
    size: tuple[int, int] = (120, 40),
    event: Path | None = None,
    *,
    notifications: bool = False,
) -> AsyncIterator[Stage]:
    """The app on the practice event (or on `event`), in a home of its own.

    Notes at the edge are heard in any case; they are drawn only with `notifications`.
    """
    with own_home(folder):
        file = event or demo(folder, DAY)
        app = HeardApp(file)
        async with app.run_test(size=size, notifications=notifications) as pilot:
            found = Stage(pilot, app)
            await found.until(lambda: app.door is not None and app.door.ready)
            if area:
                await found.go(area)
            yield found
        assert app.session is not None
        app.session.close()
