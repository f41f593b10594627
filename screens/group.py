"""The people of one authority, or of one territory, to tick off those who stand at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.door.groups import Group, Groups
from checkin.people import Person, State
from checkin.text import clean
from screens.base import BaseModal
from screens.widgets.sections import Section, SectionRow
from screens.widgets.tick_list import TickList

AUTHORITY, TERRITORY = "authority", "territory"


class GroupList(BaseModal[Sequence[str] | Person]):
    """Lists the authority's people, or the territory's; gives the ids that were ticked, somebody
    who may be registered twice and is to be asked about, or None.

    Only who stands at the desk is to be checked in: whose name was typed or marked (`named`) is
    ticked already, and nobody else. Of two ids of `twice`, which may be one person, only one is
    ticked with all.
    """

    HELP = (
        "Everyone of one authority; ← → change to everyone of the territory and back. Space ticks "
        "whoever stands here, F4 ticks all who are due, Enter checks the ticked people in as one "
        "act, and F8 at the door undoes them as one. Whose name you typed, or marked with ↑ ↓, is "
        "ticked already. Who is here already has no box. Of two registrations that may be one "
        "person F4 ticks one; the other says “registered twice?”, and F10 asks."
    )
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "admit", "check these in", id="group.admit"),
        Binding("space", "tick", "tick", id="group.tick"),
        Binding("f4,ctrl+a", "tick_all", "all or none", id="group.all"),
        Binding(
            "left,right", "switch", "authority / territory", id="group.switch", key_display="← →"
        ),
        Binding("f10,ctrl+f", "one_person", "one person twice", id="group.one-person", show=False),
    ]

    def __init__(
        self, groups: Groups, named: str = "", twice: Sequence[frozenset[str]] = ()
    ) -> None:
        super().__init__()
        self._twice = tuple(twice)
        self._named = named
        self._groups = {AUTHORITY: groups.authority, TERRITORY: groups.territory}
        self._which = AUTHORITY if groups.authority.name or not groups.territory.name else TERRITORY

    @property
    def key_words(self) -> dict[str, str]:
        """Enter is promised only when somebody is ticked, and says how many it checks in."""
        ticked = len(self.query_one(TickList).chosen) if self.is_mounted else 0
        ticks = {"group.tick": "tick", "group.all": "all"}
        if not ticked:
            return {**ticks, "group.admit": ""}
        return {"group.admit": f"check {ticked} in", **ticks}

    @property
    def _group(self) -> Group:
        return self._groups[self._which]

    def compose_box(self) -> ComposeResult:
        yield SectionRow(
            [
                Section(which, "", clean(group.name, 28) or "no name", str(len(group.people)))
                for which, group in self._groups.items()
            ],
            self._which,
        )
        yield TickList(self._group.people, twice=self._twice, id="people")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Says how many there are."""
        ticks = self.query_one(TickList)
        ticks.tick_person(self._named)
        self._show()
        ticks.focus()

    def _show(self) -> None:
        group, ticked = self._group, len(self.query_one(TickList).chosen)
        here = sum(each.state is State.HERE for each in group.people)
        self.query_one("#box", Vertical).border_title = Content(
            f"Group of {len(group.people)}: {here} here, {group.due} due"
        )
        words = "Whose name you typed is ticked. Nobody yet: space ticks, F4 all."
        if ticked:
            words = f"Whose name you typed is ticked. {ticked} ticked; Enter checks in."
        self._say(words)
        self.refresh_bindings()

    def _say(self, words: str) -> None:
        self.query_one("#problem", Static).update(Content(words))

    def on_tick_list_ticked(self) -> None:
        """Counts the ticks."""
        self._show()

    def on_section_row_asked(self, message: SectionRow.Asked) -> None:
        """A click on the other group."""
        if message.section != self._which:
            self.action_switch()

    def action_switch(self) -> None:
        """Shows the other group; ticks of people in both stay."""
        self._which = TERRITORY if self._which == AUTHORITY else AUTHORITY
        self.query_one(SectionRow).show(self._which)
        self.query_one(TickList).show(self._group.people)
        self._show()

    def action_tick(self) -> None:
        """Ticks the highlighted person, or takes the tick away."""
        self.query_one(TickList).tick()

    def action_tick_all(self) -> None:
        """Ticks everyone who is due; nobody when they all were ticked."""
        self.query_one(TickList).tick_all()

    def action_one_person(self) -> None:
        """Gives the marked person, to ask whether they are registered twice."""
        ticks = self.query_one(TickList)
        person = ticks.people[ticks.index] if ticks.people else None
        if person is not None and any(person.id in pair for pair in self._twice):
            self.dismiss(person)
        else:
            self._say("The marked one is registered once. ↑ ↓ mark who is registered twice.")

    def action_admit(self) -> None:
        """Gives those who are ticked; asks when nobody is."""
        chosen = self.query_one(TickList).chosen
        if chosen:
            self.dismiss(tuple(chosen))
        elif self._group.due:
            self._say("Enter checked nobody in: nobody is ticked. Space ticks the marked one.")
        else:
            self._say("Nobody of this group is due any more. ← → shows the other, Esc goes back.")
