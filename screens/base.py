"""What every screen has: first and last row, keys that scanners can't disturb, a way back.

An area is a subclass of `AreaScreen`:

    class BadgesScreen(AreaScreen):
        AREA = "badges"
        CSS_PATH = "badges.tcss"
        HELP = "What F1 says about this screen."
        BINDINGS = [Binding("f5", "print", "print", id="badges.print")]

        def compose_area(self) -> ComposeResult: ...  # between the rows
        def event_ready(self) -> None: ...            # session and door are there
        def event_changed(self) -> None: ...          # somebody arrived ...

`await self.work(job)` runs a slow job in a thread; `self.tell("sentence")` says something; people's
text goes through `screens.widgets.shown`. Bind function keys and ctrl only, each with an id:
letters typed anywhere are a scan and go to the door. Text inputs are
`screens.widgets.text_field.TextField`, which hands a scan on instead of being filled by it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from screens.answering import Severity, tell
from screens.widgets.key_row import KeyRow
from screens.widgets.scan_field import BURST, is_text
from screens.widgets.text_field import TextField
from screens.widgets.too_small import HEIGHTS, WIDTHS, TooSmall
from screens.widgets.top_row import AreaRow, Heading, TopRow

if TYPE_CHECKING:
    from checkin.door.desk import Door
    from checkin.event.session import EventSession
    from screens.app import CheckinApp

T = TypeVar("T")
Result = TypeVar("Result")

UNSEEN = ("confirm", "back", "leave")
"""What a key may do on a terminal too small to show it: the yes and the no of the last answer."""

_ENDS = frozenset({"enter", "ctrl+j", "tab"})


class _Keys:
    """Sends scans that were typed outside a text field to the door's field, in their order."""

    _last_text = -1.0

    def on_key(self, event: events.Key) -> None:
        """Takes printable keys, and the key that ends a scan; leaves the rest to the bindings."""
        screen = cast("Screen[object]", self)
        app = cast("CheckinApp", screen.app)
        field = app.scan_field
        if field is None or screen.focused is field:
            return
        if event.key == "question_mark" and event.time - self._last_text > BURST:
            app.action_explain()
        elif is_text(event) and (event.character != " " or self._quick(event)):
            self._last_text = event.time
            field.post_message(events.Key(event.key, event.character))
        elif event.key in _ENDS and self._quick(event):
            field.post_message(events.Key(event.key, event.character))
        else:
            return
        event.stop()
        event.prevent_default()

    def _quick(self, event: events.Key) -> bool:
        return event.time - self._last_text <= BURST

    def on_paste(self, event: events.Paste) -> None:
        """A paste outside a text field is a paste into the door's field."""
        screen = cast("Screen[object]", self)
        field = cast("CheckinApp", screen.app).scan_field
        if field is not None and screen.focused is not field:
            field.post_message(events.Paste(event.text))
            event.stop()

    def on_text_field_scanned(self, message: TextField.Scanned) -> None:
        """A badge was scanned into a form: the form stays as it was, the scan is answered."""
        message.stop()
        cast("CheckinApp", cast("Screen[object]", self).app).desk_line.scan(message.raw)


def _is_unseen(screen: Screen[Result], action: str) -> bool:
    """Whether nobody could see what `action` does: the terminal is too small for the screen."""
    return (screen.has_class("-thin") or screen.has_class("-low")) and action not in UNSEEN


class BaseScreen(_Keys, Screen[Result]):
    """A full screen of the app: first row, last row, and what every screen can do."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    @property
    def checkin(self) -> CheckinApp:
        """The app, as ours."""
        return cast("CheckinApp", self.app)

    @property
    def session(self) -> EventSession:
        """The open event; only once `event_ready` was called."""
        session = self.checkin.session
        assert session is not None, "the event is not open yet"
        return session

    @property
    def door(self) -> Door:
        """The door's service; only once `event_ready` was called."""
        door = self.checkin.door
        assert door is not None, "the event is not open yet"
        return door

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What nobody could see is not done."""
        return not _is_unseen(self, action) and super().check_action(action, parameters)

    async def work(self, job: Callable[[], T]) -> T:
        """Runs a slow job in a thread of its own and returns its result; the door goes on."""
        return await asyncio.to_thread(job)

    def tell(self, sentence: str, severity: Severity = "information") -> None:
        """Says a sentence at the edge of the screen."""
        tell(self.checkin, sentence, severity=severity)


class AreaScreen(BaseScreen[object]):
    """One of the six areas, or a screen like them (roll call)."""

    AREA: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="area.back", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield TopRow(self._heading())
        yield AreaRow(self.AREA)
        with Vertical(id="area"):
            yield from self.compose_area()
        yield KeyRow()
        yield TooSmall()

    def compose_area(self) -> ComposeResult:
        """What stands between the first rows and the last."""
        yield from ()

    def on_mount(self) -> None:
        """Follows the event: opened, and changed."""
        self.checkin.opened.subscribe(self, lambda _: self._ready())
        self.checkin.changed.subscribe(self, lambda _: self._changed())
        if self.checkin.session is not None:
            self.call_after_refresh(self._ready)

    def _ready(self) -> None:
        self.show_heading()
        self.event_ready()

    def _changed(self) -> None:
        self.show_heading()
        self.event_changed()

    def event_ready(self) -> None:
        """The event is open: `self.session` and `self.door` are there from now on."""

    def event_changed(self) -> None:
        """An act was done here, or another process wrote."""

    def on_screen_resume(self) -> None:
        """The clock must be right the moment the screen shows."""
        self.show_heading()

    def show_heading(self) -> None:
        """Brings the first row up to date."""
        for row in self.query(TopRow):
            row.show(self._heading())

    def _heading(self) -> Heading:
        session = self.checkin.session
        if session is None:
            return Heading("Checkin")
        settings = session.settings
        return Heading(
            title=settings.title,
            date=f"{settings.date:%a} {settings.date.day} {settings.date:%B}",
            live=settings.live,
            desk=session.desk,
            operator=session.operator,
            now=session.local(session.now()),
        )

    def action_back(self) -> None:
        """Leaves this screen for the one below it. Never quits, and never leaves an area.

        Somebody who presses it once too often must not land at the door, whose keys check in:
        areas are left by F6, by ctrl+Home for the door, by the palette or with the mouse.
        """
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()


class MissingArea(AreaScreen):
    """Stands for an area that this installation does not have."""

    def __init__(self, area: str, word: str) -> None:
        self._area, self._word = area, word
        super().__init__()

    def compose(self) -> ComposeResult:
        yield TopRow(self._heading())
        yield AreaRow(self._area)
        yield Static(
            f"{self._word} is not available in this version. F6 goes on to the next area.",
            id="missing",
            markup=False,
        )
        yield KeyRow()
        yield TooSmall()


class BaseModal(_Keys, ModalScreen[Result]):
    """A box over a screen: scans go on beneath it, Esc leaves it and nothing is done."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "not now", id="modal.leave"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What nobody could see is not done."""
        return not _is_unseen(self, action) and super().check_action(action, parameters)

    @property
    def checkin(self) -> CheckinApp:
        """The app, as ours."""
        return cast("CheckinApp", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield from self.compose_box()
        yield KeyRow()
        yield TooSmall()

    def compose_box(self) -> ComposeResult:
        """What stands in the box."""
        yield from ()

    def action_leave(self) -> None:
        """Leaves without doing anything."""
        self.dismiss(None)
