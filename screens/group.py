"""The list of one authority's people, to tick off those who stand at the desk together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.people import Person, State
from screens.base import BaseModal
from screens.widgets.shown import shown
from screens.widgets.tick_list import TickList


class GroupList(BaseModal[Sequence[str]]):
    """Lists `first` and the colleagues; gives the ids that were ticked, or None.

    Those who are due are ticked already: one Enter admits a whole delegation, and F8 undoes it as
    one.
    """

    HELP = (
        "Everyone of one authority. Those who are due are ticked; space changes a tick, Enter "
        "checks all ticked people in as one act, and F8 at the door undoes them as one."
    )
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "admit", "check these in", id="group.admit"),
        Binding("space", "tick", "tick", id="group.tick"),
        Binding("f4,ctrl+a", "tick_all", "all or none", id="group.all"),
    ]

    def __init__(self, first: Person, colleagues: Sequence[Person]) -> None:
        super().__init__()
        self._people = (first, *colleagues)

    def compose_box(self) -> ComposeResult:
        yield Static(shown(self._people[0].organisation, "bold"), id="about")
        due = {person.id for person in self._people if person.state is State.EXPECTED}
        yield TickList(self._people, ticked=due, id="people")

    def on_mount(self) -> None:
        """Says how many there are."""
        box = self.query_one("#box", Vertical)
        box.border_title = Content(f"Group of {len(self._people)}")
        self.query_one(TickList).focus()

    def action_tick(self) -> None:
        """Ticks the highlighted person, or takes the tick away."""
        self.query_one(TickList).tick()

    def action_tick_all(self) -> None:
        """Ticks everyone; nobody when everyone was ticked."""
        self.query_one(TickList).tick_all()

    def action_admit(self) -> None:
        """Gives those who are ticked."""
        self.dismiss(tuple(self.query_one(TickList).chosen))
