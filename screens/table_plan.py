"""Planning a round: the search with its progress, then the plan beside what is, to take or leave.

The plan is advice: nothing is written before it is accepted, and who sits stays seated.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.tables.planning import Planning, Proposal
from checkin.tables.seating import BoardTable
from screens.base import BaseModal
from screens.job import JobBox, Progress
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown

if TYPE_CHECKING:
    from screens.tables import TablesScreen


def ask_for_plan(screen: TablesScreen) -> None:
    """Plans the next round in sight of `screen`, and writes it when it is accepted."""
    planning = Planning(screen.session)

    def job(progress: Progress, stop: Callable[[], bool]) -> Proposal:
        return planning.plan(
            progress=lambda share: progress(round(share * 100), 100), cancelled=stop
        )

    def planned(proposal: Proposal | None) -> None:
        if proposal is not None:
            screen.app.push_screen(PlanBox(proposal), decided)

    def decided(proposal: Proposal | None) -> None:
        if proposal is None:
            screen.tell("The plan was left. Nothing was changed.")
        else:
            screen.do_telling(lambda: planning.accept(proposal))

    hint = "Esc stops the search and shows the best plan so far."
    screen.app.push_screen(JobBox("Looking for a good seating", job, "%", hint), planned)


class PlanBox(BaseModal[Proposal]):
    """Shows a plan beside what is; gives it back when it is accepted."""

    CSS_PATH = "table_box.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "accept", id="plan.accept"),
        Binding("escape", "leave", "not now", id="plan.leave"),
    ]
    HELP = (
        "A plan for the round: each table with its people's territories and what would be wrong. "
        "Enter accepts it, Esc leaves everything as it is."
    )

    def __init__(self, proposal: Proposal) -> None:
        super().__init__()
        self._proposal = proposal

    def compose_box(self) -> ComposeResult:
        yield Static(compared(self._proposal), id="faults", markup=False)
        yield LineList(plan_line, lambda table: table.number, id="tables")
        yield Static(self._notes(), id="why", markup=False)

    def on_mount(self) -> None:
        """Shows the tables that would be used."""
        proposal = self._proposal
        kind = "with your territory" if proposal.kind.value == "align" else "meet new people"
        title = f"Plan for round {proposal.round}: {kind}"
        self.query_one("#box", Vertical).border_title = Content(title)
        used = [table for table in proposal.board.tables if table.people]
        box = self.query_one(LineList)
        box.styles.height = max(min(len(used), 10), 1)
        box.show(used, "Nobody would sit anywhere.")
        box.focus()

    def _notes(self) -> Content:
        notes = self._proposal.notes[:3]
        more = len(self._proposal.notes) - len(notes)
        lines = [shown(note, "$look") for note in notes]
        if more:
            lines[-1] += Content.styled(f" (and {more} more)", "$quiet")
        return Content("\n").join(lines)

    def action_accept(self) -> None:
        """Gives the plan back."""
        self.dismiss(self._proposal)


def compared(proposal: Proposal) -> Content:
    """Returns the plan in a sentence, and what is in another."""
    lines = [shown(proposal.say, "bold")]
    if proposal.before is not None:
        before, after = proposal.before.total, proposal.board.total
        word = "better" if after < before else "worse" if after > before else "no better"
        lines.append(Content(f"As it is: {before} points. With the plan: {after}; {word}."))
    if proposal.round == 1:
        lines.append(
            Content.styled(
                "It is advice: the door tells each table at arrival and fits it to who comes.",
                "$quiet",
            )
        )
    return Content("\n").join(lines)


def plan_line(table: BoardTable, width: int) -> Content:
    """Returns one table of a plan as a line."""
    taken = len(table.people)
    seats = f"{'●' * min(taken, table.seats)}{'○' * table.free}" if table.seats <= 14 else ""
    seats = seats or f"{taken}/{table.seats}"
    homes = ", ".join(f"{name} {letters}" for name, letters in table.territories)
    wrong = f"! {table.warnings[0]}" if table.warnings else "✓"
    room = max(width - 9 - len(seats) - 2 - 4, 20)
    wrong_width = min(len(wrong), room // 3)
    return joined(
        Content.styled(f"table {table.number:<3}", "bold"),
        Content(f"{seats}  "),
        fitted_content(shown(table.language, "$quiet"), 3),
        fitted_content(shown(homes), room - wrong_width - 1),
        Content(" "),
        fitted_content(shown(wrong, "$look" if table.warnings else "$good"), wrong_width),
    )
