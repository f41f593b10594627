"""The roster: who is registered, which territories come with both sides, and importing a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from checkin.people import Person
from checkin.roster.roster import BeforeTheDay, Roster
from screens.live import LiveArea
from screens.roster_import import ImportPane
from screens.roster_people import PeoplePane
from screens.roster_territories import TerritoriesPane
from screens.widgets.sections import Section, SectionRow

SECTIONS = (
    Section("people", "F2", "People"),
    Section("territories", "F4", "Before the day"),
    Section("import", "F7", "Import a list"),
)


@dataclass(frozen=True, slots=True)
class RosterSnapshot:
    """What the roster shows: everybody, and what can be done before the day."""

    people: tuple[Person, ...]
    before: BeforeTheDay


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
        """Everybody, by family name, and what can be done before the day."""
        from checkin.door.overview import Which

        return RosterSnapshot(
            people=tuple(self.door.people(Which.ALL)),
            before=Roster(self.session).before_the_day(),
        )

    def show(self, snapshot: RosterSnapshot) -> None:
        """Brings both lists up to date."""
        self.query_one(PeoplePane).show(snapshot.people, self.session.settings.zone)
        self.query_one(TerritoriesPane).show(snapshot.before, self.session.settings)
        lacking = sum(bool(line.lacks) for line in snapshot.before.territories)
        remarks = {
            "people": str(len(snapshot.people)),
            "territories": f"{lacking} lack a side" if lacking else "",
        }
        self.query_one(SectionRow).show(self._switcher.current or "people", remarks)

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
