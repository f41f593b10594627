"""The form for somebody who is not on the list: few keys, Enter goes on, the last Enter admits.

What was searched for stands in it already, and the level is guessed from the authority for as long
as nobody chose one. It gives what was written; `registered` is the act.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Label

from checkin.people import Level
from checkin.roster.authorities import guess_level
from checkin.roster.countries import country_of
from checkin.roster.walk_in import WalkIn
from checkin.text import clean
from screens.form import Form
from screens.widgets.one_of import OneOf
from screens.widgets.text_field import TextField
from screens.working import begin

if TYPE_CHECKING:
    from checkin.door.answers import Answer
    from checkin.door.desk import Door

PAUSE = 0.15
"""Seconds without a key before the authority is looked at."""

_COUNTIES = {Level.REGION: "region, county"}
"""What a level is called where its own word leaves somebody out."""

LEVELS = tuple((level.value, _COUNTIES.get(level, level.value)) for level in Level)

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("given", "Given name", ""),
    ("family", "Family name", ""),
    ("organisation", "Authority", "city, region, agency"),
    ("territory", "Territory", "the region of the authority; empty: guessed"),
    ("country", "Country", "Belgium, or BE; may stay empty"),
    ("languages", "Languages", "Romanian, English or ro en; empty: English"),
)


class WalkInForm(Form[WalkIn]):
    """Asks who came; gives the walk-in to register, or None."""

    HELP = (
        "For somebody who is not on the list. Both names and the authority are enough; Enter goes"
        " to the next field, F2 registers at once. The level is guessed from the authority; ← → "
        "choose another. A badge scanned meanwhile is answered and does not disturb the form."
    )
    TITLE_WORDS = "Walk-in: not on the list"
    FIRST, LAST = FIELDS[0][0], FIELDS[-1][0]
    # Every level with its whole word, on 80 columns as well.
    CSS = "WalkInForm #box { grid-columns: 14 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then register", id="walk-in.next"),
        Binding("f2,ctrl+s", "send", "register now", id="walk-in.register"),
    ]

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        given, _, family = clean(typed).partition(" ")
        if not family:
            # One word alone is a family name: it is what people say first at a desk.
            given, family = "", given
        self._typed = {"given": given, "family": family}
        self._looked_at = ""

    def compose_fields(self) -> ComposeResult:
        for name, label, hint in FIELDS:
            yield Label(label)
            yield TextField(self._typed.get(name, ""), placeholder=hint, id=name)
            if name == "organisation":
                yield Label("Level")
                yield OneOf(LEVELS, Level.CITY.value, id="level")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Guesses the level of the authority beside the keys, once they rest."""
        if event.input.id == "organisation":
            begin(self, self._look_at, group="level", exclusive=True, exit_on_error=False)

    async def _look_at(self) -> None:
        await asyncio.sleep(PAUSE)
        authority, country = self.text("organisation"), self.text("country")
        level = await asyncio.to_thread(level_of, self.checkin.door, authority, country)
        if self.is_mounted and authority == self.text("organisation"):
            self._guess(authority, level)

    def _guess(self, authority: str, level: Level | None) -> None:
        self._looked_at = authority
        self.query_one("#level", OneOf).guess((level or Level.CITY).value)

    def action_send(self) -> None:
        """Gives the walk-in, when the family name and the authority are there."""
        value = {name: self.text(name) for name, *_ in FIELDS}
        for name, label, _ in FIELDS[1:3]:
            if not value[name]:
                self.lacks(name, f"{label} is missing.")
                return
        if value["country"] and not country_of(value["country"]):
            self.lacks("country", "No country is known by that name; two letters do, or nothing.")
            return
        if value["organisation"] != self._looked_at:
            # The keys were faster than the look at the authority.
            found = level_of(self.checkin.door, value["organisation"], value["country"])
            self._guess(value["organisation"], found)
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


def level_of(door: Door | None, authority: str, country: str) -> Level | None:
    """Returns the level that colleagues of the authority have, else the one its name speaks of."""
    if not authority:
        return None
    registered = door.groups.level_of(authority) if door is not None else None
    return registered or guess_level(authority, country_of(country))


def registered(form: WalkIn, settles: str, door: Door) -> Sequence[Answer]:
    """Registers and checks in; says what was understood, and that there is no badge yet.

    `settles` is the key of who waited at the problem desk for it; empty: nobody did.
    """
    from checkin.door.wording import understood

    return [as_newcomer(understood(door.walk_in(form, settles=settles)))]


def as_newcomer(answer: Answer) -> Answer:
    """Returns the answer to somebody just registered, with where this device prints their badge."""
    from checkin.door.wording import newcomer
    from checkin.event.device import this_device

    return newcomer(answer, "F12" if this_device().printer else "the Badges area (F6)")
