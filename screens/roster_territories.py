"""Before the day: which territories lack a side and whom to nudge, places, late and uninvited ones.

Every line is a hint for the organiser; nobody is refused because of one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.event.settings import EventSettings
from checkin.people import Person
from checkin.roster.beforehand import About, BeforeTheDay
from checkin.roster.roster import Roster
from checkin.roster.territories import Places, TerritoryLine, why_outside
from screens.answering import tell
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import fitted, shown
from screens.widgets.states import LEVELS, display_name
from screens.working import begin

if TYPE_CHECKING:
    from screens.app import CheckinApp

MOST_PEOPLE = 200
"""People shown of one hint."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One row: a territory or another thing to know, and how many people it is about."""

    about: About
    sign: str
    mood: str
    name: str
    remark: str
    levels: str
    count: int
    territory: TerritoryLine | None = None

    @property
    def key(self) -> str:
        """Which hint it is, whatever its figures are."""
        name = self.territory.territory if self.territory is not None else ""
        return f"{self.about} {name}".rstrip()

    def remark_on(self, person: Person) -> str:
        """What is said of one of its people."""
        if self.territory is not None:
            return "→ nudge them" if self.territory.nudges(person) else ""
        return why_outside(person) if self.about is About.OUTSIDE else ""


class TerritoriesPane(Vertical):
    """Hints above, the people of the highlighted one below."""

    HELP = (
        "What can still be done before the day: ! marks a territory of which only one side is "
        "registered; below stand those who know the other side. Every line is a hint, nobody is "
        "refused because of one. Tab goes to the people."
    )

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._meant: Hint | None = None
        self._reading = False

    def compose(self) -> ComposeResult:
        yield Static("", id="places", markup=False)
        yield LineList(_line, lambda hint: hint.key, empty="Counting ...", id="hints")
        yield LineList(_person_line, lambda row: row[0].id, id="hint-people")

    def on_mount(self) -> None:
        """Names the lists."""
        self.query_one("#hints", LineList).border_title = Content("Territories and other hints")

    def begin(self) -> None:
        """Puts the focus on the hints."""
        self.query_one("#hints", LineList).focus()

    def show(self, before: BeforeTheDay, settings: EventSettings) -> None:
        """Shows what can be done before the day."""
        self.query_one("#places", Static).update(places_line(before.places))
        rows = [*_others(before, settings), *map(_territory, before.territories)]
        self.query_one("#hints", LineList).show(
            rows, "No territory is known yet. F7 imports the registration list."
        )

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Reads and shows the people of the highlighted hint."""
        if message.list.id != "hints":
            return
        self._meant = message.item
        if not self._reading:
            begin(self, self._read_people, group="hint-people", exit_on_error=False)

    async def _read_people(self) -> None:
        """Reads until the people are those of the hint that is highlighted now."""
        self._reading = True
        try:
            while True:
                hint = self._meant
                people = () if hint is None else await self._people_of(hint)
                if hint is self._meant:
                    self._show_people(hint, people)
                    return
        finally:
            self._reading = False

    async def _people_of(self, hint: Hint) -> tuple[Person, ...]:
        app = cast("CheckinApp", self.app)
        assert app.session is not None, "the event is not open yet"
        name = hint.territory.territory if hint.territory is not None else ""
        read = partial(Roster(app.session).people_of, hint.about, name, MOST_PEOPLE)
        try:
            return await asyncio.to_thread(read)
        except CheckinError as error:
            tell(app, str(error), severity="error")
            return ()

    def _show_people(self, hint: Hint | None, people: tuple[Person, ...]) -> None:
        rows = [(person, hint.remark_on(person)) for person in people] if hint else ()
        listed = self.query_one("#hint-people", LineList)
        listed.show(rows, "Nobody.")
        words = hint.name if hint else ""
        if hint and hint.count > len(people):
            words += f": the first {len(people)} of {hint.count}"
        listed.border_title = shown(words)


def places_line(places: Places) -> Content:
    """Returns the places against the limit in one line."""
    words = f"{places.registered} registered"
    if places.waitlisted:
        words += f", {places.waitlisted} waiting"
    if places.cancelled:
        words += f", {places.cancelled} cancelled"
    left = places.left
    if left is None:
        return Content.assemble(words, (" · no limit is set (Event, F2)", "$quiet"))
    if left < 0:
        return Content.assemble(
            words, " · ", (f"! {-left} more than the {places.capacity} places", "bold $look")
        )
    return Content.assemble(words, " · ", (f"{left} of {places.capacity} places left", "bold"))


def _territory(line: TerritoryLine) -> Hint:
    if line.complete:
        sign, mood = "✓", "$good"
    elif line.lacks:
        sign, mood = "!", "$look"
    else:
        sign, mood = "·", "$quiet"
    guessed = f" ({line.guessed} by a guess)" if line.guessed else ""
    return Hint(
        about=About.TERRITORY,
        sign=sign,
        mood=mood,
        name=f"{line.country} {line.territory}".strip(),
        remark=f"{line.say}{guessed}",
        levels=line.levels,
        count=line.count,
        territory=line,
    )


def _others(before: BeforeTheDay, settings: EventSettings) -> Iterable[Hint]:
    """The hints that are no territory, where there is anything to say."""
    if before.late and settings.deadline is not None:
        day = f"{settings.deadline.day} {settings.deadline:%B}"
        name, remark = f"Registered after {day}", _people(before.late)
        yield Hint(About.LATE, "◷", "$look", name, remark, "", before.late)
    if before.outside:
        remark = f"{_people(before.outside)}; a hint, they are welcome"
        name = "Outside the invitation"
        yield Hint(About.OUTSIDE, "·", "$calm", name, remark, "", before.outside)
    if before.without_territory:
        count = before.without_territory
        remark = f"{_people(count)}; they sit where there is room"
        yield Hint(About.NOWHERE, "?", "$look", "No territory known", remark, "", count)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _line(hint: Hint, width: int) -> Content:
    wide = width >= 90
    name_width = 36 if wide else 25
    levels_width = 18 if wide else 8
    return Content("").join(
        (
            Content.styled(f"{hint.sign} ", f"bold {hint.mood}"),
            fitted(hint.name, name_width - 1),
            Content(" "),
            fitted(hint.levels, levels_width - 1, "bold $accent"),
            Content(" "),
            fitted(hint.remark, width - 2 - name_width - levels_width, hint.mood),
        )
    )


def _person_line(row: tuple[Person, str], width: int) -> Content:
    person, remark = row
    name_width = min(max(width * 32 // 100, 20), 34)
    level_width = 8
    org_width = max((width - name_width - level_width) * 50 // 100, 10)
    level = f"{LEVELS[person.level]}{'?' if person.level_guessed else ''}"
    return Content("").join(
        (
            fitted_content(shown(display_name(person)), name_width - 1),
            Content(" "),
            fitted(level, level_width, "$quiet"),
            fitted(person.organisation, org_width - 1, "$quiet"),
            Content(" "),
            fitted(remark, width - name_width - level_width - org_width, "$look"),
        )
    )
