"""The roster: who is registered, which territories come with both sides, and importing a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from checkin.people import State
from checkin.roster.beforehand import BeforeTheDay
from checkin.roster.roster import Page, Roster
from screens.live import LiveArea
from screens.roster_import import ImportPane
from screens.roster_people import MOST_ROWS, PeoplePane
from screens.roster_territories import TerritoriesPane
from screens.widgets.sections import Section, SectionRow
from screens.working import begin

SECTIONS = (
    Section("people", "F2", "People"),
    Section("territories", "F4", "Before the day"),
    Section("import", "F7", "Import a list"),
)


@dataclass(frozen=True, slots=True)
class RosterSnapshot:
    """What the roster shows: the first people in some states, how many territories lack a side.

    `before` is None while what can be done before the day is not in sight.
    """

    page: Page
    states: frozenset[State]
    lacking: int
    before: BeforeTheDay | None


class RosterScreen(LiveArea[RosterSnapshot]):
    """Three sections; the last one writes, after a preview."""

    AREA = "roster"
    CSS_PATH = "roster.tcss"
    AUTO_FOCUS = "#people-list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f2,ctrl+l", "section('people')", "people of the roster", id="roster.people", show=False
        ),
        Binding(
            "f4,ctrl+t",
            "section('territories')",
            "before the day: territories",
            id="roster.territories",
            show=False,
        ),
        Binding("f7,ctrl+n", "section('import')", "import a list", id="roster.import", show=False),
        Binding("f10,ctrl+b", "twice", "possibly the same person", id="roster.twice", show=False),
    ]

    HELP = PeoplePane.HELP

    def compose_area(self) -> ComposeResult:
        yield SectionRow(SECTIONS, "people")
        with ContentSwitcher(initial="people", id="sections"):
            yield PeoplePane(id="people")
            yield TerritoriesPane(id="territories")
            yield ImportPane(id="import")

    @property
    def pane(self) -> Widget:
        """The section in sight."""
        return self.query_one(f"#{self._switcher.current}")

    @property
    def _switcher(self) -> ContentSwitcher:
        return self.query_one("#sections", ContentSwitcher)

    def read(self) -> RosterSnapshot:
        """The people who fit on the list, by family name, and what is in sight beside it."""
        roster = Roster(self.session)
        states = self.query_one(PeoplePane).states
        return RosterSnapshot(
            page=roster.page(states, MOST_ROWS),
            states=states,
            lacking=roster.lacking(),
            before=roster.before_the_day() if self._switcher.current == "territories" else None,
        )

    def show(self, snapshot: RosterSnapshot) -> None:
        """Brings what was read up to date."""
        zone = self.session.settings.zone
        self.query_one(PeoplePane).show(snapshot.page, snapshot.states, zone)
        if snapshot.before is not None:
            self.query_one(TerritoriesPane).show(snapshot.before, self.session.settings)
        remarks = {
            "people": str(snapshot.page.registered),
            "territories": f"{snapshot.lacking} lack a side" if snapshot.lacking else "",
        }
        self.query_one(SectionRow).show(self._switcher.current or "people", remarks)

    def on_people_pane_turned(self) -> None:
        """People in other states are read."""
        self.reload()

    def on_section_row_asked(self, message: SectionRow.Asked) -> None:
        """Opens the section that was clicked."""
        self.action_section(message.section)

    def action_section(self, section: str) -> None:
        """Opens a section and puts the focus where its work begins."""
        self._switcher.current = section
        self.query_one(SectionRow).show(section)
        pane = self.pane
        if isinstance(pane, PeoplePane | TerritoriesPane | ImportPane):
            # F1 helps with the section in sight.
            self.HELP = pane.HELP  # type: ignore[misc]
            pane.begin()
        if isinstance(pane, TerritoriesPane) and self.checkin.session is not None:
            # At once: the area's own reading may be in its pause.
            begin(self, self._count, group="before", exclusive=True, exit_on_error=False)

    async def _count(self) -> None:
        """Reads and shows what can be done before the day."""
        before = await self.asked_beside(Roster(self.session).before_the_day)
        if before is not None and self.is_mounted:
            self.query_one(TerritoriesPane).show(before, self.session.settings)

    def action_twice(self) -> None:
        """Shows who may be registered twice, pair by pair."""
        from screens.twice_list import open_twice_list

        open_twice_list(self)

    def action_back(self) -> None:
        """Goes back within the section first, then to the people, then to the door."""
        pane = self.pane
        if isinstance(pane, PeoplePane | ImportPane) and pane.back():
            return
        if self._switcher.current != "people":
            self.action_section("people")
        else:
            super().action_back()

    def on_key(self, event: events.Key) -> None:
        """The arrows move the list while somebody types into a search field."""
        pane = self.pane
        if isinstance(pane, PeoplePane | ImportPane) and pane.takes(event.key):
            event.stop()
            return
        super().on_key(event)

    def on_paste(self, event: events.Paste) -> None:
        """A file dropped on the terminal while a list is to be chosen is that list."""
        if isinstance(self.pane, ImportPane) and self.pane.dropped(event.text):
            event.stop()
            return
        super().on_paste(event)
