"""The app: six areas in their fixed order, one event, one ordered line of acts at the door.

It owns what outlives a screen (the event's session, the door, the line of acts) and hands it to the
screens; it decides nothing about people. Nothing heavy is imported before the first frame: the
event file is opened by a thread behind it, and keys typed meanwhile are kept.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.geometry import Size
from textual.message import Message
from textual.notifications import Notification, Notify
from textual.screen import Screen
from textual.signal import Signal

from checkin.errors import CheckinError
from screens.crash import note
from screens.desk_line import DeskLine
from screens.key_order import KeyOrder
from screens.rest import Rest
from screens.sounds import Bells
from screens.theme import DARK, LIGHT
from screens.this_device import ThisDevice
from screens.widgets.scan_field import ScanField
from screens.widgets.top_row import AREAS
from screens.working import begin

if TYPE_CHECKING:
    from checkin.door.answers import Answer
    from checkin.door.desk import Door
    from checkin.event.session import EventSession

Opener = Callable[[], "EventSession"]
"""Opens the event; runs in a thread behind the first frame, so it may import what it likes."""

LONGEST_END = 10.0
"""Seconds that quitting waits at most for scans that are not answered yet."""

POLL = 1.0
"""Seconds between two looks at the clock and at what other processes wrote."""


def _palette() -> type[Provider]:
    from screens.palette import Actions

    return Actions


def _area(mode: str, word: str) -> Callable[[], Screen[object]]:
    def load() -> Screen[object]:
        try:
            made: Screen[object] = getattr(import_module(f"screens.{mode}"), f"{word}Screen")()
        except (ImportError, AttributeError) as error:
            from screens.base import MissingArea

            # One area that can't be loaded must not close the door.
            note(error)
            return MissingArea(mode, word)
        return made

    return load


class CheckinApp(App[int]):
    """The program on a terminal. `opener` opens its event; None asks for one first."""

    TITLE = "Checkin"
    # The door's sheet is read with the app's: a sheet that comes later costs a second parse of all.
    CSS_PATH = ["app.tcss", "door.tcss"]  # noqa: RUF012
    MODES: ClassVar[dict[str, str | Callable[[], Screen[object]]]] = {
        mode: _area(mode, word) for mode, word in AREAS
    }
    DEFAULT_MODE = "door"
    COMMANDS = {_palette}  # noqa: RUF012
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9,ctrl+r", "roll_call", "roll call", id="app.roll-call", priority=True),
        Binding("f1", "explain", "help", id="app.help", priority=True),
        Binding("f6,ctrl+pagedown", "step_area(1)", "next area", id="app.next-area", show=False),
        Binding(
            "shift+f6,f18,ctrl+pageup",
            "step_area(-1)",
            "area before",
            id="app.area-before",
            show=False,
        ),
        Binding("ctrl+home", "area('door')", "go to Door", id="app.door", show=False),
        Binding("ctrl+q", "quit", "quit", id="app.quit", show=False, priority=True),
    ]

    @dataclass
    class Answered(Message):
        """The door answered, in the order of the questions."""

        answer: Answer

    @dataclass
    class Refused(Message):
        """An act could not be done; `sentence` says why and what to do."""

        sentence: str

    @dataclass
    class EventOpened(Message):
        """The event file is open and the door takes acts."""

        session: EventSession
        door: Door

    def __init__(self, opener: Opener | None) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        # Set without telling: there is nothing yet that would have to be styled anew, and each time
        # the sheets are read again delays the first frame.
        self.set_reactive(CheckinApp.theme, DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())
        if self.no_color or os.environ.get("TERM", "").startswith("vt"):
            from screens.no_color import WithoutColor

            # The stock filter leaves greys, which are colours to a terminal that asks for none;
            # the old terminals have none, and show what is marked only when it is reversed.
            self._filters[:] = [WithoutColor()]
        self._opener = opener
        self.session: EventSession | None = None
        self.door: Door | None = None
        self.failure: Exception | None = None
        self.desk_line = DeskLine(self)
        self.changed: Signal[None] = Signal(self, "changed")
        self.opened: Signal[None] = Signal(self, "opened")
        self.this_device = ThisDevice(self)
        self.bells = Bells(self)
        self.rest = Rest(self)
        self.key_order = KeyOrder(self)

    def on_mount(self) -> None:
        """Shows the door at once; the event is opened behind it."""
        self.desk_line.start()
        self.set_interval(POLL, self._look)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """After the first frame: everything that can wait for it."""
        gc.enable()
        gc.freeze()
        if self._opener is not None:
            self.open_with(self._opener)
        else:
            from screens.first_run import FirstRun

            self.push_screen(FirstRun())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of our moods, for any theme that does not name them."""
        return DARK.variables

    def _load_screen_css(self, screen: Screen[object]) -> None:
        super()._load_screen_css(screen)
        # Made just now, it has the styles in force. The stock way would read all sheets once more,
        # before the first frame and before every box that opens.
        screen._css_update_count = self._css_update_count

    def open_with(self, opener: Opener) -> None:
        """Opens an event in place of the one that is open."""
        begin(self, partial(self._open, opener), group="open", exclusive=True, exit_on_error=False)

    async def _open(self, opener: Opener) -> None:
        def opened() -> tuple[EventSession, Door]:
            session = opener()
            self.this_device.read()
            from checkin.door.desk import Door

            return session, Door(session)

        try:
            session, door = await self.desk_line.work(opened)
        except CheckinError as error:
            # The front door says it in one line, with the exit status of the error.
            self.failure = error
            self.exit(return_code=3)
            return
        except Exception as error:  # noqa: BLE001
            # Whatever it is, a door that never opens must not look as if it would.
            self.failure = error
            self.exit(return_code=1)
            return
        former = self.session
        self.session, self.door = session, door
        self.this_device.take_effect()
        if former is not None:
            former.close()
        self.opened.publish(None)
        self.desk_line.open(door)

    async def _look(self) -> None:
        """Once a second: the clock, the size, and whether another process wrote to the event."""
        self._mind_the_size()
        self.rest.look()
        from screens.base import AreaScreen

        for screen in self.screen_stack:
            if isinstance(screen, AreaScreen):
                screen.show_heading()
        await self.desk_line.look()

    def _mind_the_size(self) -> None:
        """Takes in a size of the terminal of which no signal told."""
        if self.is_headless or sys.__stderr__ is None:
            return
        try:
            size = Size(*os.get_terminal_size(sys.__stderr__.fileno()))
        except (OSError, ValueError):
            return
        if size != self.size:
            self.post_message(events.Resize(size, size))

    @property
    def door_screen(self) -> Screen[object]:
        """The screen of the door, whatever covers it."""
        return self._screen_stacks["door"][0]

    @property
    def scan_field(self) -> ScanField | None:
        """The door's field, on whatever screen the keys are typed."""
        return next(iter(self.door_screen.query(ScanField)), None)

    async def on_event(self, event: events.Event) -> None:
        """Lets a key that only brings a blank screen back do nothing else."""
        if not event.is_forwarded and self.rest.wakes(event):
            return
        await self.key_order.send(event, super().on_event)

    def on_notify(self, event: Notify) -> None:
        """A note takes the place of the last of its kind; words that still stand stay as they are.

        So a burst of keys that all have one consequence is told it once.
        """
        note = event.notification
        standing = [each for each in self._notifications if not each.has_expired]
        if any(each.message == note.message and each.title == note.title for each in standing):
            event.prevent_default()
            return
        for each in standing:
            if _sort_of_note(each) == _sort_of_note(note):
                self._unnotify(each, refresh=False)

    def on_checkin_app_answered(self, message: Answered) -> None:
        """Hands the answer to the door's screen; says it on any other screen as well."""
        from screens.answering import announce

        announce(self, message.answer)

    def on_checkin_app_refused(self, message: Refused) -> None:
        """Says why nothing was written."""
        from screens.answering import refuse

        refuse(self, message.sentence)

    def on_area_row_asked(self, message: Message) -> None:
        """Opens the area whose name was clicked."""
        self.action_area(getattr(message, "area", "door"))

    async def action_quit(self) -> None:
        """Ends the app, once everything that was scanned is answered."""
        # Keys that came before this one may still be on their way through the field.
        for pump in (self.scan_field, self.door_screen):
            while pump is not None and pump.message_queue_size:
                await asyncio.sleep(0.01)
        await self.desk_line.finish(LONGEST_END)
        self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The roll call can't be opened from itself; the last row must not promise it there."""
        if action == "roll_call":
            return type(self.screen).__name__ != "RollCallScreen"
        return super().check_action(action, parameters)

    def action_area(self, area: str) -> None:
        """Opens one of the six areas; whatever lies over it is left first."""
        if self.session is not None:
            self.switch_mode(area)

    def action_step_area(self, by: int) -> None:
        """Opens the next area, or the one before."""
        modes = [mode for mode, _ in AREAS]
        self.action_area(modes[(modes.index(self.current_mode) + by) % len(modes)])

    def action_roll_call(self) -> None:
        """Opens the roll call over whatever is open."""
        from screens.roll_call import RollCallScreen

        if self.session is not None and not isinstance(self.screen, RollCallScreen):
            self.push_screen(RollCallScreen())

    def action_test_scanner(self) -> None:
        """Opens the box that listens to the scanner."""
        from screens.scanner_box import ScannerBox

        if self.session is not None and not isinstance(self.screen, ScannerBox):
            self.push_screen(ScannerBox())

    def action_command_palette(self) -> None:
        """Opens the palette."""
        from screens.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_explain(self) -> None:
        """Opens help for what has the focus."""
        from screens.help import HelpScreen, topic_of

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(topic_of(self.screen)))

    def _fatal_error(self) -> None:
        # The stock way prints a traceback with local variables, that is with people's names, on a
        # public screen. `run_app` logs it without them and says one line.
        self._close_messages_no_wait()


def _sort_of_note(note: Notification) -> str:
    """Answers of the door have a title; what went wrong stands beside what is only said."""
    if note.title:
        return "answer"
    return "error" if note.severity == "error" else "said"
