"""The roll call: who is inside now, by table, those who need assistance first.

For a fire alarm: counts first, one key a person, what is missing stays on top. Ticks are kept while
the app runs and are not written anywhere: the sheet of paper and the people outside are the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from checkin.errors import CheckinError
from screens.base import AreaScreen
from screens.widgets.roll_list import RollLine, RollList
from screens.working import begin

if TYPE_CHECKING:
    from checkin.door.overview import RollCall


class RollCallScreen(AreaScreen):
    """Everyone inside, to be ticked off."""

    HELP = (
        "Everyone who is inside now, those who need assistance first. Space says present and goes"
        " on; who is missing stays on top. F5 writes the list as a PDF."
    )
    AREA = "roll-call"
    CSS_PATH = "roll_call.tcss"
    AUTO_FOCUS = "RollList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "present", id="roll-call.present"),
        Binding("f5,ctrl+o", "print", "print", id="roll-call.print"),
        Binding("f8,ctrl+z", "untick", "undo tick", id="roll-call.undo"),
        Binding("escape", "back", "back", id="roll-call.back"),
    ]

    def compose_area(self) -> ComposeResult:
        yield Static("", id="counts", markup=False)
        yield RollList(id="roll")

    def on_mount(self) -> None:
        """Names the list."""
        self.query_one(RollList).border_title = Content("Missing first, then those present")

    def event_ready(self) -> None:
        """Reads who is inside."""
        self.event_changed()

    def event_changed(self) -> None:
        """Reads who is inside, again after every act."""
        begin(self, self._read, group="roll-call", exclusive=True, exit_on_error=False)

    async def _read(self) -> None:
        try:
            self._show(await self.checkin.desk_line.work(self.door.roll_call))
        except CheckinError as error:
            self.tell(str(error), severity="error")

    def _show(self, call: RollCall) -> None:
        lines = [
            RollLine(line.person, table, line.assistance)
            for table, people in call.tables
            for line in people
        ]
        self.query_one(RollList).show(lines)
        self._count()

    def on_roll_list_ticked(self) -> None:
        """Counts again."""
        self._count()

    def _count(self) -> None:
        roll = self.query_one(RollList)
        inside, present = len(roll.lines), len(roll.present)
        missing = inside - present
        assistance = sum(line.assistance for line in roll.lines if line not in roll.present)
        words = Content.assemble(
            (f" {inside} inside ", "bold reverse"),
            "   ",
            (f"✓ {present} present", "bold $good"),
            "   ",
            (f"‼ {missing} missing", "bold $stop") if missing else ("nobody missing", "bold $good"),
        )
        if assistance:
            words += Content.styled(f"   ! {assistance} of them need assistance", "bold $look")
        self.query_one("#counts", Static).update(words)

    def action_tick(self) -> None:
        """The highlighted person is present."""
        self.query_one(RollList).tick()

    def action_untick(self) -> None:
        """Takes the last tick away."""
        self.query_one(RollList).untick()

    def action_print(self) -> None:
        """Writes the roll call as a PDF beside the event file."""
        begin(self, self._print, group="print", exclusive=True, exit_on_error=False)

    async def _print(self) -> None:
        session, door = self.session, self.door
        target = session.path.with_name(f"{session.path.stem}-roll-call.pdf")

        def write() -> None:
            from checkin.papers.roll_call import Inside, write_roll_call

            inside = [
                Inside(line.person, line.assistance)
                for _, people in door.roll_call().tables
                for line in people
            ]
            write_roll_call(target, session.settings, inside, session.local(session.now()))

        try:
            await self.work(write)
        except CheckinError as error:
            self.tell(str(error), severity="error")
        else:
            self.tell(f"Written: {target}")

    def on_key(self, event: events.Key) -> None:
        """Space is ours here, unless a scan is under way."""
        if event.key != "space":
            super().on_key(event)
