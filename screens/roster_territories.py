"""Before the day: which territories lack a side and whom to nudge, places, late and uninvited ones.

Every line is a hint for the organiser; nobody is refused because of one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.event.settings import EventSettings
from checkin.people import Person
from checkin.roster.roster import BeforeTheDay
from checkin.roster.territories import Places, TerritoryLine
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import fitted, shown
from screens.widgets.states import LEVELS, display_name

MOST_PEOPLE = 200
"""People shown of one hint."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One row: a territory or another thing to know; the first of its `count` people, with a
    remark each, stand below."""

    key: str
    sign: str
    mood: str
    name: str
    remark: str
    levels: str
    people: tuple[tuple[Person, str], ...]
    count: int


class TerritoriesPane(Vertical):
    """Hints above, the people of the highlighted one below."""

    HELP = (
        "What can still be done before the day: ! marks a territory of which only one side is "
        "registered; below stand those who know the other side. Every line is a hint, nobody is "
        "refused because of one. Tab goes to the people."
    )

    def compose(self) -> ComposeResult:
        yield Static("", id="places", markup=False)
        yield LineList(_line, lambda hint: hint.key, id="hints")
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
        """Shows the people of the highlighted hint."""
        if message.list.id != "hints":
            return
        hint: Hint | None = message.item
        people = self.query_one("#hint-people", LineList)
        people.show(hint.people if hint else (), "Nobody.")
        words = hint.name if hint else ""
        if hint and hint.count > len(hint.people):
            words += f": the first {len(hint.people)} of {hint.count}"
        people.border_title = shown(words)


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


def _territory(line: TerritoryLine[Person]) -> Hint:
    if line.complete:
        sign, mood = "✓", "$good"
    elif line.lacks:
        sign, mood = "!", "$look"
    else:
        sign, mood = "·", "$quiet"
    nudge = {person.id for person in line.nudge}
    guessed = f" ({line.guessed} by a guess)" if line.guessed else ""
    place = f"{line.country} {line.territory}".strip()
    return Hint(
        key=f"territory {line.territory}",
        sign=sign,
        mood=mood,
        name=place,
        remark=f"{line.say}{guessed}",
        levels=line.levels,
        people=tuple(
            (person, "→ nudge them" if person.id in nudge else "")
            for person in line.people[:MOST_PEOPLE]
        ),
        count=len(line.people),
    )


def _others(before: BeforeTheDay, settings: EventSettings) -> Iterable[Hint]:
    """The hints that are no territory, where there is anything to say."""
    if before.late and settings.deadline is not None:
        day = f"{settings.deadline.day} {settings.deadline:%B}"
        yield Hint(
            "late",
            "◷",
            "$look",
            f"Registered after {day}",
            _people(len(before.late)),
            "",
            tuple((person, "") for person in before.late[:MOST_PEOPLE]),
            len(before.late),
        )
    if before.outside:
        yield Hint(
            "outside",
            "·",
            "$calm",
            "Outside the invitation",
            f"{_people(len(before.outside))}; a hint, they are welcome",
            "",
            tuple((each.person, each.reason) for each in before.outside[:MOST_PEOPLE]),
            len(before.outside),
        )
    if before.without_territory:
        yield Hint(
            "nowhere",
            "?",
            "$look",
            "No territory known",
            f"{_people(len(before.without_territory))}; they sit where there is room",
            "",
            tuple((person, "") for person in before.without_territory[:MOST_PEOPLE]),
            len(before.without_territory),
        )


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
