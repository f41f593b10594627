"""The forms of the event's area: its settings, and where a file goes."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from checkin.errors import CheckinError
from checkin.event.settings import EventSettings
from checkin.tables.room_settings import Effect, Layout, RoomSettings
from checkin.text import clean
from screens.base import BaseModal
from screens.event_work import Deed
from screens.job import JobBox, Progress
from screens.paths import path_of
from screens.widgets.shown import shown
from screens.widgets.text_field import TextField
from screens.working import begin

_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("title", "Title", ""),
    ("venue", "Venue", ""),
    ("doors", "Doors open at", "empty: an hour before the start"),
    ("tables", "Tables", ""),
    ("seats", "Seats at a table", ""),
    ("minimum", "Fewest people at a table", ""),
    ("step_free_tables", "Step-free tables", "numbers like 1, 2; empty: none"),
    ("capacity", "Most people inside at once", "empty: no limit"),
    ("places", "Most registrations", "empty: no limit"),
    ("no_show", "Share that may not come, in %", ""),
    ("deadline", "Registration until", "like 2026-02-17; empty: none"),
)


class SettingsBox(BaseModal[EventSettings]):
    """A form of settings: gives the new ones, or None. What they would do stands below it.

    A subclass composes its fields, each with the name of what it holds as its id, and reads them.
    """

    CSS_PATH = "event_forms.tcss"
    TITLE_WORDS: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next field", id="settings.next"),
        Binding("f2,ctrl+s", "save", "save", id="settings.save"),
        Binding("down", "app.focus_next", "next field", id="settings.down", show=False),
        Binding("up", "app.focus_previous", "field before", id="settings.up", show=False),
    ]

    def __init__(self, settings: EventSettings) -> None:
        super().__init__()
        self._settings = settings

    def compose_box(self) -> ComposeResult:
        yield from self.compose_fields()
        yield Static("", id="problem", markup=False)

    def compose_fields(self) -> ComposeResult:
        """The fields, in the order of the keys."""
        yield from ()

    def read_fields(self) -> EventSettings:
        """Returns the settings as the fields say.

        Raises FieldError for a field that can't be read, RefusedError for settings that can't be.
        """
        raise NotImplementedError

    def on_mount(self) -> None:
        """Starts with the first field."""
        self.query_one("#box", Vertical).border_title = Content(self.TITLE_WORDS)
        self.query(TextField).first().focus()

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields, by their names."""
        return {field.id or "": field.value for field in self.query(TextField)}

    def on_input_changed(self, message: Input.Changed) -> None:
        """Says what the settings would do to those who sit, or what is wrong with them."""
        message.stop()
        self._foresee()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes on; in the last field it saves."""
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Goes to the next field, or saves from the last."""
        if self.focused is self.query(TextField).last():
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Gives the settings, when every field can be read."""
        try:
            self.dismiss(self.read_fields())
        except FieldError as error:
            self._say(shown(str(error)))
            self.query_one(f"#{error.field}", TextField).focus()
        except CheckinError as error:
            self._say(shown(str(error)))

    def _foresee(self) -> None:
        begin(self, self._reckon, group="reckon", exclusive=True, exit_on_error=False)

    async def _reckon(self) -> None:
        session = self.checkin.session
        try:
            wanted = self.read_fields()
            if session is None or wanted == self._settings:
                self._say(Content(""))
                return
            effect = await asyncio.to_thread(RoomSettings(session).effect, wanted)
        except (FieldError, CheckinError) as error:
            self._say(shown(str(error)))
            return
        self._say(effect_words(effect, compared=wanted.weights == self._settings.weights))

    def _say(self, words: Content) -> None:
        self.query_one("#problem", Static).update(words)


def effect_words(effect: Effect, *, compared: bool) -> Content:
    """Returns what settings would do, and what would break.

    Only points that are counted in the same way can be `compared`: then better or worse is said.
    """
    difference = effect.after - effect.before
    sign, mood = ("▲ worse: ", "$look") if difference > 0 else ("▼ better: ", "$good")
    if not difference:
        sign, mood = "", "$quiet"
    elif not compared:
        sign, mood = "The same tables, counted so: ", "$strong"
    lines = [shown(f"{sign}{effect.say}", mood)]
    lines += [shown(f"! {warning}", "$look") for warning in effect.warnings]
    return Content("\n").join(lines)


class SettingsForm(SettingsBox):
    """Asks for the settings that can be changed safely."""

    TITLE_WORDS = "The event's settings"
    HELP = (
        "Change what you like, F2 saves it all. Below stands what it would do to the points of "
        "those who sit. The day, the hours and the zone stay: badges and the journal speak of "
        "them. People who sit at a table that goes are shown at it, closed, until they are moved. "
        "F3 tries the layout: a quick plan of everybody expected, as it is and as you wrote it. "
        "Hosts and the points of the score have forms of their own."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3,ctrl+t", "try", "try the layout", id="settings.try"),
    ]

    def compose_fields(self) -> ComposeResult:
        values = as_texts(self._settings)
        for name, label, hint in _FIELDS:
            with Horizontal(classes="field"):
                yield Label(label)
                yield TextField(values[name], placeholder=hint, id=name)

    def read_fields(self) -> EventSettings:
        """Returns the settings as the form says."""
        return changed_settings(self._settings, self.texts)

    def action_try(self) -> None:
        """Says what a quick plan gives as it is, and with the room as the form says."""
        session = self.checkin.session
        try:
            wanted = self.read_fields()
        except (FieldError, CheckinError) as error:
            self._say(shown(str(error)))
            return
        if session is None:
            return
        room = RoomSettings(session)
        both = (self._settings,) if wanted == self._settings else (self._settings, wanted)

        def job(progress: Progress, stop: Callable[[], bool]) -> list[Layout]:
            found: list[Layout] = []

            def told(share: float) -> None:
                progress(round(100 * (len(found) + share) / len(both)), 100)

            for each in both:
                found.append(room.layout(each, told, stop))
            return found

        def tried(found: list[Layout] | None) -> None:
            if found is not None:
                self._say(layout_words(found))

        self.app.push_screen(JobBox("Trying the layout", job, "%"), tried)


def layout_words(tried: Sequence[Layout]) -> Content:
    """Returns what each layout gives, the best with a sign: fewest without a chair, then points."""
    best = min((layout.waiting, layout.points) for layout in tried)
    lines = []
    for layout in tried:
        wins = (layout.waiting, layout.points) == best
        lines.append(shown(f"{'✓' if wins else ' '} {layout.say}", "$good" if wins else "$strong"))
    return Content("\n").join(lines)


class FieldError(ValueError):
    """A field that can't be read, and the sentence to show."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def as_texts(settings: EventSettings) -> dict[str, str]:
    """Returns the settings of the form as people write them."""
    return {
        "title": settings.title,
        "venue": settings.venue,
        "doors": f"{settings.doors:%H:%M}" if settings.doors else "",
        "tables": str(settings.tables),
        "seats": str(settings.seats),
        "minimum": str(settings.minimum),
        "step_free_tables": ", ".join(map(str, settings.step_free_tables)),
        "capacity": "" if settings.capacity is None else str(settings.capacity),
        "places": "" if settings.places is None else str(settings.places),
        "no_show": f"{settings.no_show * 100:g}",
        "deadline": "" if settings.deadline is None else settings.deadline.isoformat(),
    }


def changed_settings(settings: EventSettings, texts: Mapping[str, str]) -> EventSettings:
    """Returns `settings` as the form says; raises FieldError for a field that can't be read and
    RefusedError for settings that can't be.
    """
    values: dict[str, Any] = {
        "title": clean(texts["title"]),
        "venue": clean(texts["venue"]),
    }
    for name in ("tables", "seats", "minimum"):
        values[name] = _read(texts, name, int, "Write a whole number here, for example 7.")
    for name in ("capacity", "places"):
        values[name] = _optional(texts, name, int, "Write a whole number, or nothing.")
    values["doors"] = _optional(texts, "doors", dt.time.fromisoformat, "Write it like 08:30.")
    values["deadline"] = _optional(
        texts, "deadline", dt.date.fromisoformat, "Write it like 2026-02-17."
    )
    values["no_show"] = _read(texts, "no_show", _share, "Write a number of percent, like 28.")
    values["step_free_tables"] = _read(
        texts, "step_free_tables", _numbers, "Write table numbers here, like 1, 2."
    )
    if any(not 1 <= number <= values["tables"] for number in values["step_free_tables"]):
        raise FieldError("step_free_tables", f"The tables are 1 to {values['tables']}.")
    if values["places"] is not None and values["places"] < 1:
        raise FieldError("places", "The places are at least 1; empty means no limit.")
    return replace(settings, **values)


def _numbers(text: str) -> tuple[int, ...]:
    """Returns table numbers, each once and in order; ValueError for anything else."""
    return tuple(sorted({int(part) for part in text.replace(",", " ").split()}))


def _share(text: str) -> float:
    return float(text.replace("%", "").replace(",", ".")) / 100


def _read(texts: Mapping[str, str], name: str, read: Callable[[str], Any], say: str) -> Any:
    try:
        return read(texts[name].strip())
    except ValueError:
        raise FieldError(name, say) from None


def _optional(texts: Mapping[str, str], name: str, read: Callable[[str], Any], say: str) -> Any:
    return _read(texts, name, read, say) if texts[name].strip() else None


class FileForm(BaseModal[Path]):
    """Asks where a file goes; gives its path, or None."""

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "write it", id="file.write"),
    ]
    HELP = "Enter writes the file. What is there under that name is not written over by a backup."

    def __init__(self, deed: Deed, target: Path) -> None:
        super().__init__()
        self._deed = deed
        self._target = target

    def compose_box(self) -> ComposeResult:
        yield Static(Content.styled(self._deed.about, "$quiet"), id="about")
        yield Label("Into the file")
        yield TextField(str(self._target), longest=1000, id="path")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """The path is all that is asked."""
        self.query_one("#box", Vertical).border_title = Content(self._deed.word)
        field = self.query_one("#path", TextField)
        field.cursor_position = len(field.value)
        field.focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter writes."""
        message.stop()
        self.action_write()

    def action_write(self) -> None:
        """Gives the path."""
        path = path_of(self.query_one("#path", TextField).value)
        if path is None:
            self.query_one("#problem", Static).update("Name the file to write.")
            return
        self.dismiss(path if path.suffix else path.with_suffix(self._deed.ending))
