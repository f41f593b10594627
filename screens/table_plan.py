"""Planning rounds: the search with its progress, then the plan beside what is, to take or leave.

A plan is advice: nothing is written before it is accepted, and who sits stays seated. Several
rounds are planned together and kept as plans; a kept plan is offered when its round comes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from checkin.errors import CheckinError
from checkin.tables.plan_words import Meetings
from checkin.tables.planning import MOST_ROUNDS, Planning, Proposal
from checkin.tables.room import Kind
from checkin.tables.search import Effort
from checkin.tables.seating import BoardTable, Change
from screens.base import BaseModal
from screens.foreseen import sentence
from screens.job import JobBox, Progress
from screens.plan_lines import Columns, columns_of, plan_line
from screens.table_more import ListBox
from screens.widgets.line_list import LineList
from screens.widgets.one_of import OneOf
from screens.widgets.shown import shown
from screens.widgets.text_field import TextField
from screens.working import begin

if TYPE_CHECKING:
    from screens.tables import TablesScreen

KINDS = {Kind.ALIGN: "with their territory", Kind.MIX: "with new people"}
"""With whom people sit, in words."""

_PLACES = ("first", "second", "third", "last")
_COUNTS = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be planned: what the next round is for (None: as usual), and how many rounds.

    `tables` are opened in each; as few as fit the people when it is None.
    """

    kind: Kind | None = None
    rounds: int = 1
    tables: int | None = None
    effort: Effort = Effort.NORMAL


@dataclass(frozen=True, slots=True)
class Offer:
    """Plans of one round or several, as they are offered; `kept` says that it stood as a plan."""

    plans: tuple[Proposal, ...]
    kept: bool = False

    @property
    def seats_at_once(self) -> bool:
        """Whether accepting it moves people now."""
        return len(self.plans) == 1 and self.plans[0].round > 1


@dataclass(frozen=True, slots=True)
class Taken:
    """Plans that were accepted; `later` says that they are only to be kept as plans."""

    plans: tuple[Proposal, ...]
    later: bool


def ask_for_plan(screen: TablesScreen) -> None:
    """Offers the kept plan of the next round, else plans it; writes what is accepted."""
    planning = Planning(screen.session)

    def job(progress: Progress, stop: Callable[[], bool]) -> Offer:
        kept = planning.kept()
        if kept is not None:
            return Offer((kept,), kept=True)
        return _planned(planning, Wanted(), progress, stop)

    _offer(screen, planning, job)


def _plan_again(screen: TablesScreen, wanted: Wanted) -> None:
    planning = Planning(screen.session)
    _offer(screen, planning, partial(_planned, planning, wanted))


def _planned(
    planning: Planning, wanted: Wanted, progress: Progress, stop: Callable[[], bool]
) -> Offer:
    plans = planning.plan_rounds(
        wanted.rounds,
        kind=wanted.kind,
        effort=wanted.effort,
        tables=wanted.tables,
        progress=lambda share: progress(round(share * 100), 100),
        cancelled=stop,
    )
    return Offer(plans)


def _offer(
    screen: TablesScreen,
    planning: Planning,
    job: Callable[[Progress, Callable[[], bool]], Offer],
) -> None:
    def planned(offer: Offer | None) -> None:
        if offer is not None:
            screen.app.push_screen(PlanBox(offer), decided)

    def decided(choice: Taken | Wanted | None) -> None:
        if choice is None:
            screen.tell("Not accepted; nothing was changed.")
        elif isinstance(choice, Wanted):
            _plan_again(screen, choice)
        elif choice.later:
            begin(screen, partial(_keep, screen, planning, choice.plans), exit_on_error=False)
        else:
            screen.do_telling(lambda: planning.accept(choice.plans[0]))

    hint = "Esc stops the search and shows the best plan so far."
    screen.app.push_screen(JobBox("Looking for a good seating", job, "%", hint), planned)


async def _keep(screen: TablesScreen, planning: Planning, plans: tuple[Proposal, ...]) -> None:
    try:
        change: Change = await screen.checkin.desk_line.work(lambda: planning.keep(plans))
    except CheckinError as error:
        screen.tell(str(error), severity="warning")
        return
    screen.tell(f"{change.say} Ctrl+→ shows them, F4 begins the next one.")
    screen.follow()


_WIDTH, _AROUND = 106, 11
"""Cells of a line in the widest box; rows of the screen that neither its words nor tables need."""

_MOST_ROWS, _LEAST_ROWS = 12, 4
"""Tables that are seen at once."""


class PlanBox(ListBox["Taken | Wanted | None"]):
    """Shows plans beside what is; gives them back when taken, or what to plan instead."""

    CSS_PATH = "table_box.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "accept", id="plan.accept"),
        Binding("f2,ctrl+n", "differently", "plan differently", id="plan.differently"),
        Binding("f3,ctrl+f", "keep", "keep for later", id="plan.keep"),
        Binding("right", "turn(1)", "next round", id="plan.next", key_display="→"),
        Binding("left", "turn(-1)", "round before", id="plan.before", key_display="←"),
        Binding("escape", "leave", "not now", id="plan.leave"),
    ]
    HELP = (
        "A plan for the round: each table with what it costs, its people's territories and what "
        "would be wrong; less is better, 0 is perfect. Enter accepts it, Esc leaves everything as "
        "it is. F2 plans differently: what the round is for, how many rounds together, how many "
        "tables, how long to search. A plan of round 1, or of several rounds, is kept and moves "
        "nobody; ← → go through several. Where a plan would seat people now, F3 keeps it for later "
        "instead. F4 on the board offers a kept plan when its time comes."
    )

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self._offer = offer
        self._place = 0
        self._columns = Columns(0, 0, 0)

    @property
    def proposal(self) -> Proposal:
        """The plan in sight."""
        return self._offer.plans[self._place]

    def compose_box(self) -> ComposeResult:
        yield Static("", id="faults", markup=False)
        yield LineList(self._line, lambda table: table.number, id="tables")
        yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        """Shows the tables that would be used."""
        self._show()
        self.query_one(LineList).focus()

    def _show(self) -> None:
        proposal, plans = self.proposal, self._offer.plans
        title = f"Plan for round {proposal.round}: {KINDS[proposal.kind]}"
        if self._offer.kept:
            title = f"Round {proposal.round} as it was planned: {KINDS[proposal.kind]}"
        elif len(plans) > 1:
            place = _PLACES[self._place if self._place + 1 < len(plans) else -1]
            which = f"round {proposal.round} ({place} of {_COUNTS[len(plans)]})"
            title = f"Plan for {which}: {KINDS[proposal.kind]}"
        self.query_one("#box", Vertical).border_title = Content(title)
        about = compared(self._offer, proposal)
        self.query_one("#faults", Static).update(about)
        used = [table for table in proposal.board.tables if table.people]
        most = max(len([t for t in plan.board.tables if t.people]) for plan in plans)
        box = self.query_one(LineList)
        # The words come first: a list can be gone through, words out of sight can't.
        lines = len(about.wrap(min(self.app.size.width - 10, _WIDTH)))
        room = self.app.size.height - _AROUND - lines
        box.styles.height = max(min(most, room, _MOST_ROWS), min(most, _LEAST_ROWS), 1)
        self._columns = columns_of(used, proposal.faults)
        box.show(used, "Nobody would sit anywhere.")
        self._say()

    def on_line_list_highlighted(self) -> None:
        """Says in full what would be wrong at the highlighted table."""
        self._say()

    def _say(self) -> None:
        self.query_one("#why", Static).update(self._notes())

    def _line(self, table: BoardTable, width: int) -> Content:
        return plan_line(table, self.proposal.faults.get(table.number, ()), self._columns, width)

    def _notes(self) -> Content:
        table: BoardTable | None = self.query_one(LineList).highlighted
        wrong = self.proposal.faults.get(table.number, ()) if table is not None else ()
        said = " ".join(fault.say for fault in wrong)
        lines = [sentence(f"Table {table.number}: {said}")] if table and wrong else []
        # Who waits and which wishes can't be kept: of the room, not of the highlighted table.
        notes = self.proposal.notes[: 2 if wrong else 3]
        more = len(self.proposal.notes) - len(notes)
        lines += [shown(note, "$look") for note in notes]
        if more:
            lines[-1] += Content.styled(f" (and {more} more)", "$quiet")
        return Content("\n").join(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Turning needs several rounds; only what would seat people now can be kept instead."""
        if action == "turn":
            return len(self._offer.plans) > 1
        if action == "keep":
            return self._offer.seats_at_once and not self._offer.kept
        return super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """Shows the plan of the round before or after; the ends hold."""
        self._place = min(max(self._place + by, 0), len(self._offer.plans) - 1)
        self._show()

    def action_accept(self) -> None:
        """Gives the plans back."""
        self.dismiss(Taken(self._offer.plans, later=len(self._offer.plans) > 1))

    def action_keep(self) -> None:
        """Gives the plan back, to be kept for later."""
        self.dismiss(Taken(self._offer.plans, later=True))

    def action_differently(self) -> None:
        """Asks what to plan instead."""
        first = self._offer.plans[0]

        def asked(wanted: Wanted | None) -> None:
            if wanted is not None:
                self.dismiss(wanted)

        used = sum(bool(table.people) for table in first.board.tables)
        form = PlanForm(first.round, Wanted(first.kind, len(self._offer.plans)), used)
        self.app.push_screen(form, asked)


_LATER = "Rounds after the first are for meeting new people."


class PlanForm(BaseModal[Wanted]):
    """Asks what to plan from round `number` on; gives what is wanted, or None.

    `used` is how many tables the plan in sight opens.
    """

    CSS_PATH = "table_box.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "plan", "plan it", id="plan-form.plan"),
        Binding("down", "app.focus_next", "next line", id="plan-form.down", show=False),
        Binding("up", "app.focus_previous", "line before", id="plan-form.up", show=False),
        Binding("escape", "leave", "not now", id="plan-form.leave"),
    ]
    HELP = (
        "↑ ↓ choose a line, ← → what it says; ● is chosen. Type how many tables are to be opened, "
        "or leave that empty: then as few as fit the people. Enter plans. Rounds that are planned "
        "together repeat fewer pairs than rounds planned one by one; they are kept as plans until "
        "they begin."
    )

    def __init__(self, number: int, wanted: Wanted, used: int) -> None:
        super().__init__()
        self._number, self._wanted, self._used = number, wanted, used

    def compose_box(self) -> ComposeResult:
        counts = [(str(n), str(n)) for n in range(1, MOST_ROUNDS + 1)]
        efforts = ((Effort.QUICK, "short"), (Effort.NORMAL, "normal"), (Effort.THOROUGH, "long"))
        kind = self._wanted.kind or Kind.MIX
        for label, choices, value, name in (
            ("People sit", [(k.value, w) for k, w in KINDS.items()], kind, "kind"),
            ("Rounds together", counts, str(self._wanted.rounds), "rounds"),
            ("Search", [(e.value, w) for e, w in efforts], self._wanted.effort, "effort"),
        ):
            with Horizontal(classes="choice"):
                yield Label(label)
                yield OneOf(choices, str(value), id=name)
        with Horizontal(classes="choice"):
            yield Label("Tables to open")
            yield TextField(placeholder=f"as few as fit ({self._used})", longest=3, id="count")
        yield Static(Content.styled(_LATER, "$quiet"), id="why")

    def on_mount(self) -> None:
        """Begins with what the round is for."""
        title = f"Plan round {self._number} differently"
        self.query_one("#box", Vertical).border_title = Content(title)
        self.query_one("#kind", OneOf).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter plans, in the field as well."""
        message.stop()
        self.action_plan()

    def action_plan(self) -> None:
        """Gives what is wanted."""
        kind, rounds, effort = (
            self.query_one(f"#{name}", OneOf).value for name in ("kind", "rounds", "effort")
        )
        typed = self.query_one("#count", TextField).value.strip()
        if typed and not (typed.isdecimal() and int(typed)):
            words = shown("Type a number of tables, or leave it empty.", "bold $look")
            self.query_one("#why", Static).update(words)
            return
        tables = int(typed) if typed else None
        self.dismiss(Wanted(Kind(kind), int(rounds), tables, Effort(effort)))


def compared(offer: Offer, proposal: Proposal) -> Content:
    """Returns the plan in a sentence, what is in another, and what accepting it does."""
    lines = [sentence(proposal.say).stylize("bold")]
    if proposal.before is not None:
        before, after = proposal.before.total, proposal.board.total
        word = "better" if after < before else "worse" if after > before else "no better"
        lines.append(Content(f"As it is: {before} points. With the plan: {after}; {word}."))
    if len(offer.plans) > 1:
        counted = Meetings(*(sum(getattr(p, w) for p in offer.plans) for w in ("again", "held")))
        rounds = "both" if len(offer.plans) == 2 else f"all {len(offer.plans)}"
        lines.append(Content(f"In {rounds} rounds together {counted.say}."))
        does = "Accepted, all are kept as plans; nobody moves before one begins."
    elif proposal.round == 1:
        does = "It is advice: the door tells each table, as it fits who comes."
    else:
        does = f"Accepted, round {proposal.round} begins now and everybody goes to their table."
    lines.append(Content.styled(does, "$quiet"))
    return Content("\n").join(lines)
