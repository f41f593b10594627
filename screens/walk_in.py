"""The form for somebody who is not on the list: few keys, Enter goes on, the last Enter admits."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from checkin.people import Level
from checkin.roster.walk_in import WalkIn
from checkin.text import clean
from screens.base import BaseModal
from screens.widgets.one_of import OneOf
from screens.widgets.text_field import TextField

LEVELS = tuple((level.value, level.value) for level in Level)

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("given", "Given name", ""),
    ("family", "Family name", ""),
    ("organisation", "Authority", "city, region, agency"),
    ("territory", "Territory", "the region it lies in; may stay empty"),
    ("country", "Country", "two letters; may stay empty"),
    ("languages", "Languages", "en,fr; empty means English"),
)


class WalkInForm(BaseModal[WalkIn]):
    """Asks who came; gives the walk-in to register, or None."""

    HELP = (
        "For somebody who is not on the list. Both names and the authority are enough; Enter goes"
        " to the next field, F2 registers at once. ← → choose the level. A badge scanned "
        "meanwhile is answered and does not disturb the form."
    )
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then register", id="walk-in.next"),
        Binding("f2,ctrl+s", "register", "register now", id="walk-in.register"),
        Binding("down", "app.focus_next", "next field", id="walk-in.down", show=False),
        Binding("up", "app.focus_previous", "field before", id="walk-in.up", show=False),
    ]

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        given, _, family = clean(typed).partition(" ")
        self._typed = {"given": given, "family": family}

    def compose_box(self) -> ComposeResult:
        for name, label, hint in FIELDS:
            yield Label(label)
            yield TextField(self._typed.get(name, ""), placeholder=hint, id=name)
            if name == "organisation":
                yield Label("Level")
                yield OneOf(LEVELS, Level.CITY.value, id="level")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Starts with the first name."""
        self.query_one("#box", Vertical).border_title = Content("Walk-in: not on the list")
        self.query_one("#given", TextField).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes to the next field; in the last it registers."""
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Goes on to the next field, or registers in the last one."""
        focused = self.focused
        if focused is not None and focused.id == FIELDS[-1][0]:
            self.action_register()
        else:
            self.focus_next()

    def action_register(self) -> None:
        """Gives the walk-in, when both names and the authority are there."""
        value = {name: clean(self.query_one(f"#{name}", TextField).value) for name, *_ in FIELDS}
        for name, label, _ in FIELDS[1:3]:
            if not value[name]:
                self.query_one("#problem", Static).update(Content(f"{label} is missing."))
                self.query_one(f"#{name}", TextField).focus()
                return
        self.dismiss(
            WalkIn(
                given_name=value["given"],
                family_name=value["family"],
                organisation=value["organisation"],
                territory=value["territory"],
                level=self.query_one(OneOf).value,
                country=value["country"],
                languages=value["languages"],
            )
        )
