"""One table as a card: its number and seats, who sits there by territory, its language, its faults.

What is wrong stands in words behind a sign. The last card of a board holds those without a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from checkin.people import Person
from checkin.tables.territories import Part
from screens.widgets.pulling import Pulls
from screens.widgets.result_list import fitted_content
from screens.widgets.short_words import fault_lines
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name

if TYPE_CHECKING:
    from checkin.tables.seating import BoardTable

NO_HOST = "no host"
"""How `checkin.tables.explain` says that a table has none, in events that name hosts."""

ONE_ACT = 0.1
"""Seconds within which a focus and a button were made by one act; made, not answered."""


class Card(Pulls, Widget, can_focus=True):
    """A card on the board."""

    DEFAULT_CSS = """
    Card {
        height: 8; border: round $line; border-title-style: bold; border-title-color: $foreground;
        border-subtitle-color: $look; padding: 0 1;
    }
    Card.-empty { border: round $line; color: $quiet; border-title-color: $quiet; }
    Card.-wrong { border: round $look; }
    Card.-target { border: heavy $good; border-title-color: $good; }
    Card:focus { border: heavy $accent; border-title-color: $accent; background: $surface; }
    """

    @dataclass
    class Chosen(Message):
        """A card that had the focus was clicked: it is to be opened."""

        card: Card

    @dataclass
    class Meant(Message):
        """A card got the focus."""

        card: Card

    fresh = False
    """Whether the button that is down gave the card the focus; its click opens nothing."""

    _focus_came = 0.0

    def on_focus(self, event: events.Focus) -> None:
        """Says which card is meant."""
        self._focus_came = event.time
        self.post_message(self.Meant(self))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Takes note of whether this button gave the focus, however long it is held."""
        self.fresh = event.time - self._focus_came < ONE_ACT

    def on_click(self, event: events.Click) -> None:
        """Opens the card when it was meant before."""
        event.stop()
        meant, self.fresh = not self.fresh, False
        if meant and not self.pulled:
            self.post_message(self.Chosen(self))


class TableCard(Card):
    """A table of the board."""

    def __init__(self, table: BoardTable) -> None:
        super().__init__()
        self.table = table
        self._title()

    def show(self, table: BoardTable) -> None:
        """Shows the table as it stands now."""
        if table != self.table:
            self.table = table
            self._title()
            self.refresh()

    def on_resize(self) -> None:
        """A narrower card has less room for the table's name."""
        self._title()

    def _title(self) -> None:
        table = self.table
        taken = len(table.people)
        seats = "●" * min(taken, table.seats) + "○" * table.free
        over = f" +{taken - table.seats}" if taken > table.seats else ""
        name = shown(called(table))
        # The name gives way to nothing but the number and how many seats are taken.
        room = (self.size.width or 24) - 2
        if table.seats > 14 or name.cell_length + 2 + len(seats) + len(over) > room:
            seats = f"{taken} of {table.seats}"
        rest = f"  {seats}{over}"
        self.border_title = joined(name.truncate(max(room - len(rest), 3), ellipsis=True), rest)
        words = [] if table.open else ["✕ closed"]
        words += ["♿"] if table.step_free else []
        wrong, points = faults_of(table), own_points(table)
        words += [f"! {points}"] if wrong else []
        # What only the missing host costs is told without a sign: it adds up with the others.
        quiet = Content.styled(f"{points}" if points and not wrong else "", "$quiet")
        parts = [Content("  ".join(words)), quiet]
        self.border_subtitle = Content("  ").join(each for each in parts if each) or None
        self.set_class(not table.people, "-empty")
        self.set_class(bool(wrong), "-wrong")

    def pullable(self, at: Offset) -> object | None:
        """The territory of a line, with all of it that sits here."""
        homes, _ = self._kept(*self.content_size)
        if not 0 <= at.y < len(homes):
            return None
        name, _ = homes[at.y]
        people = tuple(sorted(each.id for each in self.table.people if each.territory == name))
        return Part(name, self.table.number, people) if name and people else None

    def _foot(self, width: int, height: int) -> list[Content]:
        table = self.table
        foot = [_languages(table, width)]
        wrong = faults_of(table)
        if wrong:
            room = max(height - 1 - len(table.territories), 1)
            foot += fault_lines(wrong, table.people, width, room)
        return foot

    def _kept(self, width: int, height: int) -> tuple[_Homes, _Homes]:
        """The territories that have a line of their own, and those that share the last one."""
        homes, rows = self.table.territories, max(height - len(self._foot(width, height)), 1)
        kept = len(homes) if len(homes) <= rows else rows - 1
        return homes[:kept], homes[kept:]

    def render(self) -> Content:
        width, height = self.content_size
        table = self.table
        if not table.people:
            return Content.styled("closed" if not table.open else "nobody yet", "$quiet")
        foot = self._foot(width, height)
        homes = _home_lines(*self._kept(width, height), width)
        gap = [Content("")] * max(height - len(foot) - len(homes), 0)
        return Content("\n").join([*homes, *gap, *foot])


EVERYBODY = "Everybody who is here has a table."
NOBODY_YET = "Nobody is here yet."


class UnseatedCard(Card):
    """Those who are here and have no table."""

    def __init__(self, people: Sequence[Person], seated: int = 0) -> None:
        super().__init__()
        self.people: tuple[Person, ...] = ()
        self._seated = seated
        self.show(people, seated)

    @property
    def nobody(self) -> str:
        """What stands there when nobody is without a table."""
        return EVERYBODY if self._seated else NOBODY_YET

    def show(self, people: Sequence[Person], seated: int) -> None:
        """Shows who has no table, while `seated` people have one."""
        self.people, self._seated = tuple(people), seated
        self.border_title = Content(f"No table: {len(self.people)}")
        self.set_class(not self.people, "-empty")
        self.set_class(bool(self.people), "-wrong")
        self.refresh()

    def pullable(self, at: Offset) -> object | None:
        """The person of a line."""
        lines = min(len(self.people), max(self.content_size.height, 1))
        last = lines - 1 if len(self.people) > lines else lines
        return self.people[at.y] if 0 <= at.y < last else None

    def render(self) -> Content:
        height = self.content_size.height
        if not self.people:
            return Content.styled(self.nobody, "$quiet")
        lines = [shown(display_name(person)) for person in self.people[:height]]
        if len(self.people) > height:
            lines[-1] = Content.styled(f"and {len(self.people) - height + 1} more", "$quiet")
        return Content("\n").join(lines)


def own_points(table: BoardTable) -> int:
    """Returns what a table costs by itself.

    A territory at a table costs nothing as long as it is nowhere else: what territories over
    several tables cost is the whole room's, and added to these gives its points.
    """
    return table.score.get("points", 0) - table.score.get("split", 0)


def faults_of(table: BoardTable) -> tuple[str, ...]:
    """Returns what is wrong at a table; that it has no host is said beside its language."""
    return tuple(warning for warning in table.warnings if warning != NO_HOST)


_Homes = tuple[tuple[str, str], ...]
"""Territories, each with the letters of its levels."""


def called(table: BoardTable) -> str:
    """Returns a table's number, and the name beside it where it has one."""
    return f"{table.number} · {table.name}" if table.name else f"{table.number}"


def _home_lines(kept: _Homes, rest: _Homes, width: int) -> list[Content]:
    """Who sits there: a line a territory with the letters of its levels."""
    room = max(max((len(letters) for _, letters in kept), default=1), 1)
    lines = [
        fitted_content(shown(name or "no territory"), width - room - 1)
        + " "
        + Content.styled(letters.rjust(room), "bold $accent")
        for name, letters in kept
    ]
    if rest:
        letters = " ".join(letters for _, letters in rest)
        lines.append(Content.styled(f"and {len(rest)} more: {letters}", "$quiet"))
    return lines


def _languages(table: BoardTable, width: int) -> Content:
    """The table's language and its host; the others spoken there where there is room as well."""
    others = [language for language in table.languages if language != table.language][:4]
    host = f"host {table.host}" if table.host else NO_HOST if NO_HOST in table.warnings else ""
    beside = joined(" · ", shown(host, "$quiet")) if host else Content("")
    language = shown(table.language, "bold")
    room = max(width - language.cell_length - beside.cell_length, 0)
    while others and len(" ".join(others)) + 1 > room:
        others.pop()
    also = joined(" ", shown(" ".join(others), "$quiet")) if others else Content("")
    return joined(language, also, beside).truncate(width, ellipsis=True)
