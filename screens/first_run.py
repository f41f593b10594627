"""The first time: no event is known yet. Begin with the demo, a new event, or an event file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from checkin.errors import CheckinError
from checkin.text import clean
from screens.base import BaseModal
from screens.widgets.choice_list import ChoiceList
from screens.widgets.text_field import TextField
from screens.working import begin

if TYPE_CHECKING:
    from checkin.event.session import EventSession

CHOICES = (
    ("demo", "Try the demo", "62 invented people, today, marked TEST"),
    ("new", "Make a new event", "title, day, tables; then import the list"),
    ("file", "Open an event file", "a copy from another computer or a stick"),
)


class FirstRun(BaseModal[None]):
    """Offers three ways to begin."""

    HELP = "Begin with the demo, or make an event, or open an event file."
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "begin", id="first-run.begin"),
        Binding("f2", "begin_with('demo')", "demo", id="first-run.demo"),
        Binding("f3", "begin_with('new')", "new event", id="first-run.new"),
        Binding("f4", "begin_with('file')", "event file", id="first-run.file"),
        Binding("escape", "stay", "", id="first-run.stay", show=False),
    ]

    def compose_box(self) -> ComposeResult:
        yield Static("No event is open yet. How do you want to begin?", id="about", markup=False)
        yield ChoiceList(CHOICES, id="ways")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """The first way is marked."""
        self.query_one("#box", Vertical).border_title = Content("Checkin")
        self.query_one(ChoiceList).focus()

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """A click begins."""
        self.action_begin_with(message.value)

    def action_begin(self) -> None:
        """Begins the marked way."""
        self.action_begin_with(self.query_one(ChoiceList).value)

    def action_stay(self) -> None:
        """Esc never quits, and there is nothing below."""

    def action_begin_with(self, way: str) -> None:
        """Begins one of the three ways."""
        if way == "demo":
            self._make(_demo)
        elif way == "new":
            self.app.push_screen(NewEvent(), self._make)
        else:
            self.app.push_screen(OpenFile(), self._make)

    def _make(self, maker: Callable[[], Path] | None) -> None:
        if maker is not None:
            self.query_one("#problem", Static).update("One moment ...")
            work = partial(self._made, maker)
            begin(self, work, group="make", exclusive=True, exit_on_error=False)

    async def _made(self, maker: Callable[[], Path]) -> None:
        def opened() -> EventSession:
            from checkin.event.session import open_event

            return open_event(path)

        try:
            path = await self.checkin.desk_line.work(maker)
            # Looked at once here, so that a bad file is said in this box and not at the end.
            (await self.checkin.desk_line.work(opened)).close()
        except CheckinError as error:
            self.query_one("#problem", Static).update(Content(clean(str(error))))
            return
        self.checkin.open_with(opened)
        self.dismiss(None)


def _demo() -> Path:
    from checkin.event.demo import make_demo

    return make_demo(None, dt.date.today())[0]


class NewEvent(BaseModal[Callable[[], Path]]):
    """Asks what an event needs; gives what makes it, or None."""

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then make it", id="new-event.next"),
        Binding("f2,ctrl+s", "make", "make it", id="new-event.make"),
        Binding("down", "app.focus_next", "next field", id="new-event.down", show=False),
        Binding("up", "app.focus_previous", "field before", id="new-event.up", show=False),
    ]

    def compose_box(self) -> ComposeResult:
        fields = (
            ("title", "Title", "", "Cities and regions, together"),
            ("date", "Day (year-month-day)", dt.date.today().isoformat(), ""),
            ("hours", "Hours", "09:00-14:00", ""),
            ("timezone", "Time zone", "Europe/Brussels", ""),
            ("tables", "Tables x seats", "10 x 7", ""),
        )
        for name, label, value, hint in fields:
            yield Label(label)
            yield TextField(value, placeholder=hint, id=name)
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Starts with the title."""
        self.query_one("#box", Vertical).border_title = Content("A new event")
        self.query_one("#title", TextField).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes on, and makes the event from the last field."""
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Goes to the next field, or makes the event."""
        if self.focused is not None and self.focused.id == "tables":
            self.action_make()
        else:
            self.focus_next()

    def action_make(self) -> None:
        """Gives what makes the event, when every field can be read."""
        value = {field.id or "": clean(field.value) for field in self.query(TextField)}
        try:
            self.dismiss(_maker(value))
        except CheckinError as error:
            self._say(str(error))
        except ValueError:
            self._say("Write the day as 2026-03-10, the hours as 09:00-14:00, tables as 10 x 7.")

    def _say(self, sentence: str) -> None:
        self.query_one("#problem", Static).update(Content(clean(sentence)))


def _maker(value: dict[str, str]) -> Callable[[], Path]:
    """Returns what makes the event of these fields; raises ValueError for one it can't read."""
    from checkin.event.settings import EventSettings

    start, _, end = value["hours"].replace(" ", "").partition("-")
    tables, _, seats = value["tables"].lower().replace(" ", "").partition("x")
    settings = EventSettings(
        title=value["title"],
        date=dt.date.fromisoformat(value["date"]),
        start=dt.time.fromisoformat(start),
        end=dt.time.fromisoformat(end),
        timezone=value["timezone"],
        tables=int(tables),
        seats=int(seats),
        minimum=min(4, int(seats)),
    )

    def make() -> Path:
        from checkin.event.remembered import data_folder
        from checkin.event.session import make_event

        stem = f"event-{settings.date.isoformat()}"
        path, count = data_folder() / f"{stem}.checkin", 1
        while path.exists():
            count += 1
            path = data_folder() / f"{stem}-{count}.checkin"
        return make_event(path, settings)

    return make


class OpenFile(BaseModal[Callable[[], Path]]):
    """Asks for the path of an event file; gives what finds it, or None."""

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="open-file.open"),
    ]

    def compose_box(self) -> ComposeResult:
        yield Label("Path of the event file (drop the file here)")
        yield TextField(longest=1000, id="path")

    def on_mount(self) -> None:
        """The path is all that is asked."""
        self.query_one("#box", Vertical).border_title = Content("Open an event file")
        self.query_one("#path", TextField).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter opens."""
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        """Gives the path; quotes that a dropped file brings along are taken off."""
        text = self.query_one("#path", TextField).value.strip().strip("'\"")
        if text:
            self.dismiss(lambda: Path(text).expanduser())
