"""The forms of the event's area: its settings, and where a file goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
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
from checkin.text import clean
from screens.base import BaseModal
from screens.event_work import Deed
from screens.paths import path_of
from screens.widgets.shown import shown
from screens.widgets.text_field import TextField

_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("title", "Title", ""),
    ("venue", "Venue", ""),
    ("doors", "Doors open at", "empty: an hour before the start"),
    ("tables", "Tables", ""),
    ("seats", "Seats at a table", ""),
    ("minimum", "Fewest people at a table", ""),
    ("capacity", "Most people inside at once", "empty: no limit"),
    ("places", "Most registrations", "empty: no limit"),
    ("no_show", "Share that may not come, in %", ""),
    ("deadline", "Registration until", "like 2026-02-17; empty: none"),
)


class SettingsForm(BaseModal[EventSettings]):
    """Asks for the settings that can be changed safely; gives the new ones, or None."""

    CSS_PATH = "event_forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next field", id="settings.next"),
        Binding("f2,ctrl+s", "save", "save", id="settings.save"),
        Binding("down", "app.focus_next", "next field", id="settings.down", show=False),
        Binding("up", "app.focus_previous", "field before", id="settings.up", show=False),
    ]
    HELP = (
        "Change what you like, F2 saves it all. The day, the hours and the zone stay: badges and "
        "the journal speak of them. People who sit at a table that goes are shown as to be moved."
    )

    def __init__(self, settings: EventSettings) -> None:
        super().__init__()
        self._settings = settings

    def compose_box(self) -> ComposeResult:
        values = as_texts(self._settings)
        for name, label, hint in _FIELDS:
            with Horizontal(classes="field"):
                yield Label(label)
                yield TextField(values[name], placeholder=hint, id=name)
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Starts with the title."""
        self.query_one("#box", Vertical).border_title = Content("The event's settings")
        self.query_one("#title", TextField).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes on; in the last field it saves."""
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Goes to the next field, or saves from the last."""
        if self.focused is not None and self.focused.id == _FIELDS[-1][0]:
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Gives the settings, when every field can be read."""
        texts = {name: self.query_one(f"#{name}", TextField).value for name, *_ in _FIELDS}
        try:
            self.dismiss(changed_settings(self._settings, texts))
        except FieldError as error:
            self._say(str(error))
            self.query_one(f"#{error.field}", TextField).focus()
        except CheckinError as error:
            self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.query_one("#problem", Static).update(shown(sentence))


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
    if values["places"] is not None and values["places"] < 1:
        raise FieldError("places", "The places are at least 1; empty means no limit.")
    return replace(settings, **values)


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
