"""People with a tick each: for groups at the door.

It keeps the order it was given, shows a tick as a sign and not as a colour alone, and scrolls with
the highlighted row in sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from checkin.people import Person, State
from screens.widgets.result_list import fitted_content, state_words
from screens.widgets.shown import fitted, shown
from screens.widgets.states import LEVELS, display_name, in_latin


class TickList(Widget, can_focus=True):
    """Rows of people; arrows move, space or a click ticks. Who is here already has no box.

    `twice` are pairs of ids that may be one person: "all" ticks one of them, the other says so.
    """

    DEFAULT_CSS = """
    TickList { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "up", id="ticks.up", show=False),
        Binding("down", "step(1)", "down", id="ticks.down", show=False),
        Binding("pageup", "step(-10)", "page up", id="ticks.page-up", show=False),
        Binding("pagedown", "step(10)", "page down", id="ticks.page-down", show=False),
    ]

    @dataclass
    class Ticked(Message):
        """A tick was set or taken away."""

        person: Person
        ticked: bool

    def __init__(
        self,
        people: Sequence[Person] = (),
        *,
        twice: Sequence[frozenset[str]] = (),
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.people = tuple(people)
        self.ticked: set[str] = set()
        self.index = 0
        self._twice = tuple(twice)

    def show(self, people: Sequence[Person]) -> None:
        """Shows other people; ticks of those who are in both lists stay."""
        self.people = tuple(people)
        self.ticked &= {person.id for person in people}
        self.index = 0
        self.refresh(layout=True)

    @property
    def chosen(self) -> list[str]:
        """The ids that are ticked, in the order of the list."""
        return [person.id for person in self.people if person.id in self.ticked]

    def get_content_height(self, container: Size, _viewport: Size, _width: int) -> int:
        """A row a person, as many as the container has room for."""
        return max(min(len(self.people), container.height or len(self.people)), 1)

    def action_step(self, by: int) -> None:
        """Moves the highlight; the ends hold."""
        self.index = min(max(self.index + by, 0), max(len(self.people) - 1, 0))
        self.refresh()

    def tick(self) -> None:
        """Ticks the highlighted person, or takes the tick away."""
        if not self.people:
            return
        person = self.people[self.index]
        if person.state is not State.HERE:
            self.ticked ^= {person.id}
            self.refresh()
            self.post_message(self.Ticked(person, person.id in self.ticked))

    def tick_person(self, person_id: str) -> None:
        """Ticks one person who is due and marks them; nothing for anybody else."""
        for place, person in enumerate(self.people):
            if person.id == person_id and person.state is State.EXPECTED:
                self.index = place
                self.ticked.add(person_id)
                self.refresh()

    def tick_all(self) -> None:
        """Ticks everyone who is due, once; nobody when they all were ticked."""
        everyone = {
            person.id
            for person in self.people
            if person.state is State.EXPECTED and not self.is_counted(person.id)
        }
        self.ticked = set() if everyone <= self.ticked else self.ticked | everyone
        self.refresh()
        if self.people:
            person = self.people[self.index]
            self.post_message(self.Ticked(person, person.id in self.ticked))

    def is_counted(self, person_id: str) -> bool:
        """Whether somebody else of the list may be this person, and is here, ticked, or goes
        first."""
        places = {person.id: place for place, person in enumerate(self.people)}
        mine = places[person_id]
        for pair in self._twice:
            if person_id not in pair:
                continue
            (other_id,) = pair - {person_id}
            place = places.get(other_id)
            if place is None:
                continue
            other = self.people[place]
            if other.state is State.HERE or other_id in self.ticked:
                return True
            if other.state is State.EXPECTED and place < mine and person_id not in self.ticked:
                return True
        return False

    def on_click(self, event: events.Click) -> None:
        """Ticks the clicked person."""
        offset = event.get_content_offset(self)
        row = -1 if offset is None else self._first() + offset.y
        if 0 <= row < len(self.people):
            self.index = row
            self.tick()

    def _first(self) -> int:
        height = max(self.content_size.height, 1)
        return max(0, min(self.index - height // 2, len(self.people) - height))

    def render(self) -> Content:
        width, height = self.content_size
        first = self._first()
        lines = []
        for number, person in enumerate(self.people[first : first + height], first):
            line = self._line(person, width)
            lines.append(line.stylize("bold on $picked") if number == self.index else line)
        return Content("\n").join(lines) if lines else Content("Nobody.")

    def _line(self, person: Person, width: int) -> Content:
        tick = person.id in self.ticked
        box = Content.styled("[✓] " if tick else "[ ] ", "bold $good" if tick else "$quiet")
        if person.state is State.HERE:
            box = Content("    ")
        room = max(width - 4 - 13 - 8, 10)
        names = room if room < 40 else room // 2
        aside, style = f" {person.organisation}", "$quiet"
        if person.state is not State.HERE and self.is_counted(person.id):
            aside, style = " registered twice? F10", "bold $look"
            names = min(names, room - len(aside))
        return Content("").join(
            (
                box,
                fitted_content(shown(_both_names(person)), names),
                fitted(aside, room - names, style),
                Content(" "),
                fitted(LEVELS[person.level], 7, "$quiet"),
                fitted_content(state_words(person), 13),
            )
        )


def _both_names(person: Person) -> str:
    """The name, and in Latin letters where it has others."""
    return " · ".join(filter(None, (display_name(person), in_latin(person.full_name))))
