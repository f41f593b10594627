"""The event itself: what is set, how the day stands, proof, backup, exports and checks.

Everything that takes time runs beside the door and ends in one sentence; settings change in a form
and are noted in the journal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.event.settings import EventSettings
from checkin.event.status import Status, status
from screens.event_words import here_words, settings_words, status_words
from screens.event_work import DONE_HERE, Deed, Found, deeds
from screens.job import JobBox, Progress
from screens.live import LiveArea
from screens.widgets.line_list import LineList
from screens.widgets.shown import joined, shown
from screens.working import begin


@dataclass(frozen=True, slots=True)
class EventSnapshot:
    """What the area shows: the settings and the counts."""

    settings: EventSettings
    status: Status


class EventScreen(LiveArea[EventSnapshot]):
    """Settings and counts on the left, what can be done and what came of it on the right."""

    AREA = "event"
    CSS_PATH = "event.tcss"
    AUTO_FOCUS = "#deeds"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do", "do it", id="event.do"),
        Binding("f2,ctrl+n", "settings", "settings", id="event.settings"),
        Binding(
            "shift+f2,f14,ctrl+l",
            "deed('points')",
            "what costs points",
            id="event.points",
            show=False,
        ),
        Binding(
            "ctrl+k,shift+f3,f15",
            "deed('hosts')",
            "hosts of the tables",
            id="event.hosts",
            show=False,
        ),
        Binding("f3,ctrl+t", "deed('doctor')", "checks", id="event.doctor"),
        Binding("f4,ctrl+g", "deed('verify')", "verify", id="event.verify", show=False),
        Binding("f5,ctrl+o", "deed('backup')", "backup", id="event.backup"),
        Binding("f8,ctrl+b", "deed('sounds')", "sounds", id="event.sounds", show=False),
        Binding(
            "f10,ctrl+f", "deed('scanner')", "test the scanner", id="event.scanner", show=False
        ),
        Binding("ctrl+w", "waiting_list", "waiting list", id="event.waiting-list", show=False),
        Binding("f7,ctrl+u", "deed('attendance')", "attendance", id="event.attendance"),
    ]
    HELP = (
        "↑ ↓ choose what to do, Enter does it; the sentence below says what came of it. F2 changes "
        "the settings, shift+F2 what costs points, ctrl+k names the hosts, F8 changes "
        "the sounds, F10 tests the scanner, ctrl+w shows the waiting list. Exports hold no e-mail, "
        "diet or access needs."
    )

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, Found] = {}

    def compose_area(self) -> ComposeResult:
        with Horizontal(id="event"):
            with Vertical(id="event-left"):
                yield Static("", id="settings", markup=False)
                yield Static("", id="status", markup=False)
            with Vertical(id="event-right"):
                yield LineList(self._deed_line, lambda deed: deed.key, id="deeds")
                yield Static("", id="found", markup=False)

    def on_mount(self) -> None:
        """Names the parts."""
        self.query_one("#settings", Static).border_title = Content("The event · F2 changes it")
        self.query_one("#status", Static).border_title = Content("The day so far")
        self.query_one("#found", Static).border_title = Content("What came of it")
        deeds_list = self.query_one("#deeds", LineList)
        deeds_list.border_title = Content("To do")
        deeds_list.show(deeds())

    def read(self) -> EventSnapshot:
        """Settings and counts."""
        return EventSnapshot(self.session.settings, status(self.session))

    def show(self, snapshot: EventSnapshot) -> None:
        """Brings both up to date."""
        self.query_one("#settings", Static).update(
            settings_words(snapshot.settings, self.session.path)
        )
        self.query_one("#status", Static).update(status_words(snapshot.status, snapshot.settings))
        self.show_heading()

    # Doing

    def _deed_line(self, deed: Deed, width: int) -> Content:
        found = self._found.get(deed.key)
        sign = Content("  ")
        if found is not None:
            sign = Content.styled(
                "✓ " if found.ok else "! ", "bold $good" if found.ok else "bold $look"
            )
        word = Content.styled(deed.word if width < 45 else f"{deed.word:<24}", "bold")
        if width < 45:
            return sign + word
        return (
            sign + word + Content.styled(deed.about, "$quiet").truncate(width - 26, ellipsis=True)
        )

    def on_line_list_highlighted(self) -> None:
        """Shows what came of the deed that is meant, or what it does."""
        self._show_found()

    def on_line_list_chosen(self) -> None:
        """A second click does it."""
        self.action_do()

    def action_do(self) -> None:
        """Does what is highlighted."""
        deed: Deed | None = self.query_one("#deeds", LineList).highlighted
        if deed is not None:
            self.action_deed(deed.key)

    def action_deed(self, key: str) -> None:
        """Does one thing by its name, asking for a file where one is written."""
        deed = next(deed for deed in deeds() if deed.key == key)
        self.query_one("#deeds", LineList).go_to(key)
        here = {
            "settings": self.action_settings,
            "hosts": self.action_hosts,
            "points": self.action_points,
            "scanner": self.checkin.action_test_scanner,
            "sounds": self.checkin.this_device.next_sounds,
            "blank": self.checkin.this_device.next_blank,
        }
        if key in here:
            here[key]()
            self._show_found()
        elif deed.ending:
            from screens.event_forms import FileForm

            session = self.session
            now = session.local(session.now())
            target = session.path.with_name(f"{session.path.stem}-{key}-{now:%H%M%S}{deed.ending}")

            def named(path: Path | None) -> None:
                if path is not None:
                    self._start(deed, path)

            self.app.push_screen(FileForm(deed, target), named)
        else:
            self._start(deed, DONE_HERE)

    def _start(self, deed: Deed, path: Path) -> None:
        session = self.session

        def job(progress: Progress, _stop: Callable[[], bool]) -> Found:
            return deed.work(session, path, progress)

        def done(found: Found | None) -> None:
            if found is not None:
                self._found[deed.key] = found
                self.tell(found.sentence, severity="information" if found.ok else "warning")
                self.query_one("#deeds", LineList).refresh()
                self._show_found()
                self.checkin.desk_line.stir()

        hint = "The door goes on meanwhile."
        self.app.push_screen(JobBox(deed.word, job, deed.unit, hint), done)

    def _show_found(self) -> None:
        deed: Deed | None = self.query_one("#deeds", LineList).highlighted
        if deed is None:
            return
        found = self._found.get(deed.key)
        if found is None:
            words = here_words(deed.key, self.checkin.this_device) or deed.about
            self.query_one("#found", Static).update(shown(words, "$quiet"))
            return
        lines = [
            joined(
                Content.styled(
                    "✓ " if line.ok else "! ", "bold $good" if line.ok else "bold $look"
                ),
                shown(line.say),
            )
            for line in found.lines
        ]
        self.query_one("#found", Static).update(Content("\n").join(lines))

    def action_settings(self) -> None:
        """Opens the form of the settings."""
        from screens.event_forms import SettingsForm

        self.app.push_screen(SettingsForm(self.session.settings), self._changed_in_form)

    def action_points(self) -> None:
        """Opens the form of what costs points."""
        from screens.event_points import PointsForm

        self.app.push_screen(PointsForm(self.session.settings), self._changed_in_form)

    def action_hosts(self) -> None:
        """Opens the list of the tables' hosts."""
        from screens.event_hosts import HostsForm

        self.app.push_screen(HostsForm())

    def _changed_in_form(self, settings: EventSettings | None) -> None:
        if settings is not None:
            begin(self, partial(self._change, settings), group="settings", exit_on_error=False)

    def action_waiting_list(self) -> None:
        """Shows who waits, how many chairs are free, and gives them away."""
        from screens.waiting_list import open_waiting_list

        open_waiting_list(self)

    async def _change(self, settings: EventSettings) -> None:
        try:
            await self.checkin.desk_line.work(lambda: self.session.change_settings(settings))
        except CheckinError as error:
            self.tell(str(error), severity="error")
            return
        self.tell("The settings are changed.")
        self.checkin.desk_line.stir()
        self.reload()
