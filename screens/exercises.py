"""The exercises as they are prepared: the agenda, the steps of each with minutes, prompt and paper.

It shows what is ready before the day. It runs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.exercises.methods import Method, Step, own_methods, shipped_methods
from screens.live import LiveArea
from screens.widgets.line_list import LineList
from screens.widgets.shown import fitted, joined, shown

_WHO = {
    "nobody": "nobody types",
    "scribe": "the scribe types",
    "facilitator": "the facilitator types",
    "everybody": "everybody answers",
}


@dataclass(frozen=True, slots=True)
class ExercisesSnapshot:
    """What the area shows: the event's agenda, the methods, and files that are none."""

    agenda: tuple[str, ...]
    methods: tuple[Method, ...]
    refused: tuple[str, ...]


class ExercisesScreen(LiveArea[ExercisesSnapshot]):
    """The agenda and the exercises on the left, the steps and the prompt on the right."""

    AREA = "exercises"
    CSS_PATH = "exercises.tcss"
    AUTO_FOCUS = "#methods"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "steps", "steps", id="exercises.steps"),
        Binding("f3,ctrl+t", "language", "language", id="exercises.language"),
    ]
    HELP = (
        "The exercises as they are prepared. ↑ ↓ choose one, Enter goes to its steps; below "
        "stands what is read out, who types, what is kept and what paper stands in. The command "
        "`checkin exercise show FILE.toml` reads an exercise of your own and says what is wrong."
    )

    def __init__(self) -> None:
        super().__init__()
        self._language = "en"
        self._shown_key = ""

    def compose_area(self) -> ComposeResult:
        with Horizontal(id="exercises"):
            with Vertical(id="day"):
                yield Static("", id="agenda", markup=False)
                yield LineList(self._method_line, lambda method: method.key, id="methods")
                yield Static("", id="own", markup=False)
            with Vertical(id="method"):
                yield LineList(self._step_line, lambda step: step.key, id="steps")
                yield Static("", id="prompt", markup=False)

    def on_mount(self) -> None:
        """Names the parts."""
        self.query_one("#agenda", Static).border_title = Content("Agenda")
        self.query_one("#methods", LineList).border_title = Content("Exercises")
        self.query_one("#steps", LineList).border_title = Content("Steps")

    def read(self) -> ExercisesSnapshot:
        """The agenda of the event and every method there is."""
        from checkin.event.remembered import data_folder

        folder = data_folder() / "exercises"
        own, refused = own_methods(folder)
        return ExercisesSnapshot(self.session.settings.agenda, (*shipped_methods(), *own), refused)

    def show(self, snapshot: ExercisesSnapshot) -> None:
        """Brings the agenda and the list up to date."""
        agenda = [_agenda_line(line) for line in snapshot.agenda]
        self.query_one("#agenda", Static).update(
            Content("\n").join(agenda)
            if agenda
            else Content.styled("The event has no agenda.", "$quiet")
        )
        self.query_one("#methods", LineList).show(snapshot.methods)
        self.query_one("#own", Static).update(self._about_own(snapshot))

    def _about_own(self, snapshot: ExercisesSnapshot) -> Content:
        if snapshot.refused:
            return shown(f"! {snapshot.refused[0]}", "$look")
        return Content.styled(
            "Ready: agenda, steps, minutes, prompts. Not yet: timers and ballots.", "$quiet"
        )

    @property
    def method(self) -> Method | None:
        """The exercise that is meant."""
        found: Method | None = self.query_one("#methods", LineList).highlighted
        return found

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Shows the steps of an exercise, or the prompt of a step."""
        if message.list.id == "methods":
            self._show_steps()
        else:
            self._show_prompt()

    def _show_steps(self) -> None:
        method = self.method
        steps = self.query_one("#steps", LineList)
        steps.show(method.steps if method else ())
        if method is not None:
            if method.key != self._shown_key:
                self._shown_key = method.key
                steps.go_to_first()
            steps.border_title = shown(
                f"{method.minutes} min, {method.minimum} at least · "
                f"{method.title.in_language(self._language)}"
            )
        self._show_prompt()

    def _show_prompt(self) -> None:
        step: Step | None = self.query_one("#steps", LineList).highlighted
        panel = self.query_one("#prompt", Static)
        if step is None:
            panel.update("")
            return
        panel.border_title = shown(step.title.in_language(self._language))
        lines = [
            shown(step.prompt.in_language(self._language), "bold $strong"),
            Content(""),
            Content(f"{step.minutes} minutes, at least {step.minimum} · {_WHO[step.who]}"),
        ]
        if step.keeps:
            lines.append(joined(Content.styled("kept   ", "$quiet"), shown(step.keeps)))
        if step.paper:
            lines.append(joined(Content.styled("paper  ", "$quiet"), shown(step.paper)))
        panel.update(Content("\n").join(lines))

    def _method_line(self, method: Method, width: int) -> Content:
        title = fitted(method.title.in_language(self._language), max(width - 8, 8))
        return title + Content.styled(f"{method.minutes:>4} min", "bold")

    def _step_line(self, step: Step, width: int) -> Content:
        return Content("").join(
            (
                Content.styled(f"{step.minutes:>3} min ", "bold $accent"),
                Content.styled(f"≥{step.minimum:<3} ", "$quiet"),
                fitted(step.title.in_language(self._language), max(width - 13, 6)),
            )
        )

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A second click on an exercise goes to its steps."""
        if message.list.id == "methods":
            self.action_steps()

    def action_steps(self) -> None:
        """Goes to the steps, and from the steps to the next one."""
        steps = self.query_one("#steps", LineList)
        if steps.has_focus:
            steps.action_step(1)
        else:
            steps.focus()

    def action_back(self) -> None:
        """Goes back to the list of exercises first."""
        if self.query_one("#steps", LineList).has_focus:
            self.query_one("#methods", LineList).focus()
        else:
            super().action_back()

    def action_language(self) -> None:
        """Shows titles and prompts in the next language that the exercise has."""
        method = self.method
        if method is None or len(method.languages) < 2:
            self.tell("This exercise has one language only.")
            return
        languages = method.languages
        place = languages.index(self._language) if self._language in languages else -1
        self._language = languages[(place + 1) % len(languages)]
        self.query_one("#methods", LineList).refresh()
        self._show_steps()


def _agenda_line(line: str) -> Content:
    time, _, words = line.partition(" ")
    if not time[:1].isdigit():
        return shown(line)
    return joined(shown(time, "bold"), "  ", shown(words))
