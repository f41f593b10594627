"""The form for somebody who is not on the list: few keys, Enter goes on, the last Enter admits."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Label

from checkin.people import Level
from checkin.roster.walk_in import WalkIn
from checkin.text import clean
from screens.form import Form
from screens.widgets.one_of import OneOf
from screens.widgets.text_field import TextField

_COUNTIES = {Level.REGION: "region, county"}
"""What a level is called where its own word leaves somebody out."""

LEVELS = tuple((level.value, _COUNTIES.get(level, level.value)) for level in Level)

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("given", "Given name", ""),
    ("family", "Family name", ""),
    ("organisation", "Authority", "city, region, agency"),
    ("territory", "Territory", "the region it lies in; may stay empty"),
    ("country", "Country", "two letters; may stay empty"),
    ("languages", "Languages", "en,fr; empty means English"),
)


class WalkInForm(Form[WalkIn]):
    """Asks who came; gives the walk-in to register, or None."""

    HELP = (
        "For somebody who is not on the list. Both names and the authority are enough; Enter goes"
        " to the next field, F2 registers at once. ← → choose the level. A badge scanned "
        "meanwhile is answered and does not disturb the form."
    )
    TITLE_WORDS = "Walk-in: not on the list"
    FIRST, LAST = FIELDS[0][0], FIELDS[-1][0]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then register", id="walk-in.next"),
        Binding("f2,ctrl+s", "send", "register now", id="walk-in.register"),
    ]

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        given, _, family = clean(typed).partition(" ")
        self._typed = {"given": given, "family": family}

    def compose_fields(self) -> ComposeResult:
        for name, label, hint in FIELDS:
            yield Label(label)
            yield TextField(self._typed.get(name, ""), placeholder=hint, id=name)
            if name == "organisation":
                yield Label("Level")
                yield OneOf(LEVELS, Level.CITY.value, id="level")

    def action_send(self) -> None:
        """Gives the walk-in, when the family name and the authority are there."""
        value = {name: self.text(name) for name, *_ in FIELDS}
        for name, label, _ in FIELDS[1:3]:
            if not value[name]:
                self.lacks(name, f"{label} is missing.")
                return
        self.dismiss(
            WalkIn(
                given_name=value["given"],
                family_name=value["family"],
                organisation=value["organisation"],
                territory=value["territory"],
                level=self.chosen("level"),
                country=value["country"],
                languages=value["languages"],
            )
        )
