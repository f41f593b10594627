"""Importing a registration list: choose the file, look at what comes of it, confirm.

Nothing is written before somebody confirmed; reading and writing show how far they are and can be
stopped.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, Input, Static

from checkin.errors import CheckinError, RefusedError
from checkin.roster.preview import Preview, ReadingOptions
from checkin.roster.roster import ImportReport, Roster
from screens.answering import tell
from screens.import_boxes import ConfirmImport, FieldBox, ReadingForm
from screens.import_words import (
    entry_of,
    entry_words,
    file_words,
    plan_words,
    problem_line,
    report_words,
)
from screens.job import JobBox, Progress
from screens.paths import path_of
from screens.widgets.folder_list import FolderList
from screens.widgets.line_list import LineList
from screens.widgets.list_grid import ListGrid
from screens.widgets.shown import shown
from screens.widgets.text_field import TextField
from screens.working import begin

if TYPE_CHECKING:
    from screens.app import CheckinApp

MOST_PROBLEMS = 500
"""Problems listed; the signs beside the rows stand for all of them."""


class ImportPane(Vertical):
    """First the file, then the preview."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "choose", id="import.choose"),
        Binding("f5,ctrl+o", "confirm", "import", id="import.confirm"),
        Binding("f3,ctrl+f", "problem", "next problem", id="import.problem"),
        Binding("f8,ctrl+d", "reading", "how it is read", id="import.reading"),
        Binding("left", "up", "folder above", id="choices.folder-above", show=False),
    ]
    HELP = (
        "Choose a registration list: drop it on the window, type its path, or look for it below. "
        "CSV, TSV, XLSX, XLS and ODS are read. Nothing is written before you confirm."
    )

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._path: Path | None = None
        self._options = ReadingOptions()
        self._preview: Preview | None = None
        self._problem = -1

    def compose(self) -> ComposeResult:
        with ContentSwitcher(initial="file", id="steps"):
            with Vertical(id="file"):
                yield Static(
                    "Drop the registration list on this window, type its path, or choose it below.",
                    id="import-hint",
                    markup=False,
                )
                yield TextField(placeholder="path of the list", longest=1000, id="path")
                yield FolderList(Path.home(), id="folder")
                yield Static("", id="result", markup=False)
            with Vertical(id="look"):
                yield Static("", id="about-file", markup=False)
                yield Static("", id="about-plan", markup=False)
                yield ListGrid(id="grid")
                yield Static("", id="becomes", markup=False)
                yield Static("", id="trouble", markup=False)
                yield LineList(problem_line, lambda problem: problem, id="problems")

    @property
    def _checkin(self) -> CheckinApp:
        return cast("CheckinApp", self.app)

    @property
    def _roster(self) -> Roster:
        session = self._checkin.session
        assert session is not None, "the event is not open yet"
        return Roster(session)

    @property
    def looking(self) -> bool:
        """Whether a preview is in sight."""
        return self.query_one("#steps", ContentSwitcher).current == "look"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The keys of the step in sight, and no others."""
        if action in ("confirm", "problem", "reading", "up") and self.is_mounted:
            return self.looking != (action == "up")
        return True

    # The file

    def begin(self) -> None:
        """Puts the focus where the step's work begins."""
        if self.looking:
            self.query_one(ListGrid).focus()
        else:
            self.query_one("#path", TextField).focus()

    def back(self) -> bool:
        """Goes back from the preview to the choice of the file; says whether there was one."""
        if not self.looking:
            return False
        self._to("file")
        tell(self._checkin, "The list was left. Nothing was written.")
        return True

    def _to(self, step: str) -> None:
        self.query_one("#steps", ContentSwitcher).current = step
        self.begin()
        self.refresh_bindings()

    def takes(self, key: str) -> bool:
        """Moves from the path to the folder; says whether the key was taken."""
        field, folder = self.query_one("#path", TextField), self.query_one(FolderList)
        if key == "down" and field.has_focus:
            folder.focus()
        elif key == "up" and folder.has_focus and folder.index == 0:
            field.focus()
        else:
            return False
        return True

    def dropped(self, text: str) -> bool:
        """Reads a file that was dropped on the window; says whether it was one."""
        path = path_of(text.strip())
        if path is None or "\n" in text.strip() or not os.path.isfile(path):
            return False
        self.read_list(path)
        return True

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter reads the file that was typed."""
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Reads the typed file, opens what the folder highlights, or asks about the column."""
        if self.looking:
            self._ask_field(self.query_one(ListGrid).column)
            return
        field = self.query_one("#path", TextField)
        path = path_of(field.value)
        if field.has_focus and path is not None:
            if path.is_dir():
                self.query_one(FolderList).open_folder(path)
                self.query_one(FolderList).focus()
            else:
                self.read_list(path)
        elif field.has_focus:
            self.query_one(FolderList).focus()
        else:
            self.query_one(FolderList).open_highlighted()

    def action_up(self) -> None:
        """Shows the folder above."""
        folder = self.query_one(FolderList)
        if folder.has_focus:
            folder.open_folder(folder.folder.parent)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A second click opens."""
        if message.list.id == "folder":
            self.query_one(FolderList).open_highlighted()

    def on_folder_list_picked(self, message: FolderList.Picked) -> None:
        """Reads the list that was chosen."""
        self.read_list(message.path)

    # The preview

    def read_list(self, path: Path, options: ReadingOptions | None = None) -> None:
        """Reads a list and shows what would come of it."""
        wanted = options or ReadingOptions()
        roster = self._roster

        def job(progress: Progress, stop: Callable[[], bool]) -> Preview:
            def going_on(done: int, of: int) -> None:
                if stop():
                    raise RefusedError("Reading was stopped. Nothing was written.")
                progress(done, of)

            return roster.preview(path, wanted, progress=going_on)

        def read(preview: Preview | None) -> None:
            if preview is not None:
                self._path, self._options, self._problem = path, wanted, -1
                self._show(preview)
                self._to("look")

        self.app.push_screen(JobBox(f"Reading {path.name}", job, "rows"), read)

    def _show(self, preview: Preview) -> None:
        self._preview = preview
        name = "" if self._path is None else self._path.name
        self.query_one("#about-file", Static).update(file_words(name, preview))
        self.query_one("#about-plan", Static).update(plan_words(preview))
        self.query_one(ListGrid).show(preview)
        problems = self.query_one("#problems", LineList)
        problems.border_title = Content("To look at")
        problems.show(preview.problems[:MOST_PROBLEMS], "✓ Nothing to look at.")
        self._say_problem()

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Goes to the row of the problem that is highlighted."""
        if message.list.id == "problems" and message.list.has_focus and message.item is not None:
            self.query_one(ListGrid).go_to_row(message.item.row)

    def on_list_grid_moved(self, message: ListGrid.Moved) -> None:
        """Says who comes of the row that is meant."""
        if self._preview is not None and message.row:
            found = entry_of(self._preview, message.row)
            self.query_one("#becomes", Static).update(entry_words(found))
            self._say_problem(message.row)

    def _say_problem(self, row: int = 0) -> None:
        assert self._preview is not None
        problems = self._preview.problems
        here = [p for p in problems if p.row == row] or [p for p in problems if p.row == 0]
        if here:
            more = f" (and {len(here) - 1} more here)" if len(here) > 1 else ""
            where = f"row {here[0].row}: " if here[0].row else ""
            words = shown(f"! {where}{here[0].reason}", "bold $look") + more
        elif problems:
            words = Content.styled(f"{len(problems)} things to look at: F3 goes to the next.")
        else:
            words = Content.styled("✓ Nothing to look at.", "$good")
        self.query_one("#trouble", Static).update(words)

    def action_problem(self) -> None:
        """Goes to the next row with a problem."""
        if self._preview is None:
            return
        rows = sorted({p.row for p in self._preview.problems if p.row})
        if not rows:
            tell(self._checkin, "✓ There is no row to look at.")
            return
        grid = self.query_one(ListGrid)
        grid.go_to_row(next((row for row in rows if row > grid.row), rows[0]))
        grid.focus()

    def on_list_grid_asked(self, message: ListGrid.Asked) -> None:
        """A click on the field above a column."""
        self._ask_field(message.column)

    def _ask_field(self, column: int) -> None:
        if self._preview is None or column >= len(self._preview.choices):
            return
        preview, roster = self._preview, self._roster

        def chosen(field: str | None) -> None:
            if field is not None:
                self._read_again(lambda: roster.with_field(preview, column, field))

        self.app.push_screen(FieldBox(preview, column), chosen)

    def action_reading(self) -> None:
        """Asks for sheet, encoding and the row of the titles."""
        if self._preview is None or self._path is None:
            return
        path = self._path

        def chosen(options: ReadingOptions | None) -> None:
            if options is not None:
                self.read_list(path, options)

        self.app.push_screen(ReadingForm(self._preview, replace(self._options)), chosen)

    def _read_again(self, job: Callable[[], Preview]) -> None:
        begin(self, partial(self._again, job), group="again", exclusive=True, exit_on_error=False)

    async def _again(self, job: Callable[[], Preview]) -> None:
        screen = self.screen
        try:
            from screens.base import BaseScreen

            assert isinstance(screen, BaseScreen)
            self._show(await screen.work(job))
        except CheckinError as error:
            tell(self._checkin, str(error), severity="error")

    # Writing

    def action_confirm(self) -> None:
        """Says what would be written and asks whether to."""
        if self._preview is None:
            return
        if not self._preview.columns.names_people:
            tell(
                self._checkin,
                "No column is read as a name yet. Mark the one that holds names, then Enter.",
                severity="warning",
            )
            return

        def confirmed(answer: bool | None) -> None:
            if answer:
                self._store()

        self.app.push_screen(ConfirmImport(self._preview), confirmed)

    def _store(self) -> None:
        preview, roster = self._preview, self._roster
        assert preview is not None

        def job(progress: Progress, stop: Callable[[], bool]) -> ImportReport:
            return roster.store(preview, progress=progress, cancelled=stop)

        def stored(report: ImportReport | None) -> None:
            if report is None:
                return
            words = report_words(report)
            self.query_one("#result", Static).update(shown(f"✓ {words}", "bold $good"))
            tell(self._checkin, words)
            self._preview = None
            self._to("file")
            begin(self, self._found, group="found", exit_on_error=False)

        self.app.push_screen(JobBox("Importing", job, "people"), stored)

    async def _found(self) -> None:
        """New people can be found at the door at once."""
        screen, door = self.screen, self._checkin.door
        from screens.base import BaseScreen

        if door is not None and isinstance(screen, BaseScreen):
            await screen.work(door.load)
        self._checkin.desk_line.stir()
