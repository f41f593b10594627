"""The badges: who has none yet, each badge as it will print, its QR code, and the PDF.

What is printed is noted by the service, apart from any arrival. The QR is black on white whatever
the theme, so that a phone reads it from the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input

from checkin.badges.printing import BadgeLine, Badges
from checkin.badges.sending import QueueError
from checkin.badges.sheets import SheetReport
from checkin.errors import CheckinError
from checkin.event.device import change_device
from screens.badge_print import PrintForm, PrintOrder, Whose
from screens.job import JobBox, Progress
from screens.live import LiveArea
from screens.widgets.badge_view import BadgeQr, BadgeView
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import fitted, shown
from screens.widgets.states import LEVELS, display_name
from screens.widgets.text_field import TextField
from screens.working import begin

MOST_FOUND = 200
"""People shown of a search."""


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """One row of the list: the badge line, and whether it was picked for printing."""

    line: BadgeLine
    picked: bool


class BadgesScreen(LiveArea[list[BadgeLine]]):
    """The list on the left, the badge that is meant on the right."""

    AREA = "badges"
    CSS_PATH = "badges.tcss"
    AUTO_FOCUS = "#people"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "pick", "pick", id="badges.pick"),
        Binding("f5,ctrl+o", "print", "print", id="badges.print"),
        Binding("f3,ctrl+f", "search", "search", id="badges.search"),
        Binding("f4,ctrl+g", "turn", "QR", id="badges.qr"),
        Binding("f7,ctrl+u", "only", "unprinted", id="badges.only"),
        Binding("f8,ctrl+z", "pick_none", "pick none", id="badges.none", show=False),
    ]

    HELP = (
        "Everybody who wears a badge, those without one first. Enter picks the highlighted one and "
        "goes on, F5 prints those picked, the unprinted or all, to a PDF and to a printer. F3 "
        "searches, F4 turns the badge into its QR, which a phone can read. Every print is noted; "
        "nobody arrives by it."
    )

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[BadgeLine, ...] = ()
        self._found: tuple[str, ...] | None = None
        self._picked: dict[str, None] = {}
        self._only_unprinted = False

    def compose_area(self) -> ComposeResult:
        with Horizontal(id="badges"):
            with Vertical(id="who"):
                yield TextField(placeholder="search: name, authority, place", id="search")
                yield LineList(_row, lambda row: row.line.person.id, id="people")
            with Vertical(id="badge-side"):
                yield BadgeView(id="badge")
                yield BadgeQr(id="qr")

    def on_mount(self) -> None:
        """Names the parts."""
        self.query_one("#badge", BadgeView).border_title = Content("As it will print")
        self._count()

    # What the event says

    def read(self) -> list[BadgeLine]:
        """Everybody who wears a badge, unprinted first."""
        return Badges(self.session).lines()

    def show(self, snapshot: list[BadgeLine]) -> None:
        """Shows the list; picks of people who are gone are dropped."""
        self._lines = tuple(snapshot)
        there = {line.person.id for line in snapshot}
        self._picked = {id: None for id in self._picked if id in there}
        self._fill()

    def _fill(self) -> None:
        lines = [line for line in self._lines if not (self._only_unprinted and line.prints)]
        if self._found is not None:
            by_id = {line.person.id: line for line in lines}
            lines = [by_id[id] for id in self._found if id in by_id]
        rows = [BadgeRow(line, line.person.id in self._picked) for line in lines]
        self._list.show(rows, self._nobody())
        self._count()

    def _nobody(self) -> str:
        if not self._lines:
            return "Nobody is registered yet. Import the list: F6 goes to Roster."
        if self._found is not None:
            return "Nobody found. Clear the search to see everybody."
        return "Every badge is printed. F7 shows all."

    def _count(self) -> None:
        unprinted = sum(not line.prints for line in self._lines)
        picked = f" · {len(self._picked)} picked" if self._picked else ""
        only = " · unprinted only" if self._only_unprinted else ""
        self.query_one("#who", Vertical).border_title = Content(
            f"{len(self._lines)} badges · {unprinted} unprinted{picked}{only}"
        )

    @property
    def _list(self) -> LineList[BadgeRow]:
        return self.query_one("#people", LineList)

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Shows the badge of the highlighted person."""
        row: BadgeRow | None = message.item
        person = None if row is None else row.line.person
        self.query_one("#badge", BadgeView).show(person, self.session.settings.title)
        self.query_one("#qr", BadgeQr).show(person)

    # Searching

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches while somebody types."""
        event.stop()
        begin(self, self._search, group="search", exclusive=True, exit_on_error=False)

    async def _search(self) -> None:
        text = self.query_one("#search", TextField).value.strip()
        if text:
            found = await self.checkin.desk_line.find(text, MOST_FOUND)
            self._found = tuple(match.person.id for match in found)
        else:
            self._found = None
        self._fill()
        self._list.go_to_first()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter picks whom the search highlights."""
        message.stop()
        self.action_pick()

    def on_key(self, event: events.Key) -> None:
        """The arrows move the list while somebody searches."""
        if event.key in ("up", "down", "pageup", "pagedown") and self._searching:
            by = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}[event.key]
            self._list.action_step(by)
            event.stop()
            return
        super().on_key(event)

    @property
    def _searching(self) -> bool:
        return isinstance(self.focused, TextField)

    def action_search(self) -> None:
        """Goes to the search field."""
        self.query_one("#search", TextField).focus()

    def action_back(self) -> None:
        """Clears the search first, then goes back."""
        field = self.query_one("#search", TextField)
        if field.value or self._searching:
            field.value = ""
            self._list.focus()
        else:
            super().action_back()

    # Picking and printing

    def on_line_list_chosen(self) -> None:
        """A second click picks."""
        self.action_pick()

    def action_pick(self) -> None:
        """Picks the highlighted person for printing, or no longer."""
        row = self._list.highlighted
        if row is None:
            return
        id = row.line.person.id
        if id in self._picked:
            del self._picked[id]
        else:
            self._picked[id] = None
        self._fill()
        if not self._searching:
            self._list.action_step(1)

    def action_pick_none(self) -> None:
        """Takes every pick away."""
        self._picked.clear()
        self._fill()

    def action_only(self) -> None:
        """Shows only those without a badge, or all again."""
        self._only_unprinted = not self._only_unprinted
        self._fill()

    def action_turn(self) -> None:
        """Shows the QR in place of the badge where there is room for one only."""
        self.toggle_class("-qr")

    def action_print(self) -> None:
        """Asks what to print, on what and where to."""
        if not self._lines:
            self.tell("There is nobody to print for yet. Import the list: F6 goes to Roster.")
            return
        ids = {
            Whose.PICKED: tuple(self._picked),
            Whose.UNPRINTED: tuple(line.person.id for line in self._lines if not line.prints),
            Whose.ALL: tuple(line.person.id for line in self._lines),
        }
        counts = {whose: len(some) for whose, some in ids.items()}
        session = self.session
        now = session.local(session.now())
        target = session.path.with_name(f"{session.path.stem}-badges-{now:%H%M%S}.pdf")

        def ordered(order: PrintOrder | None) -> None:
            if order is not None:
                self._print(order, ids[order.whose])

        self.app.push_screen(PrintForm(counts, target), ordered)

    def _print(self, order: PrintOrder, ids: tuple[str, ...]) -> None:
        def job(progress: Progress, stop: Callable[[], bool]) -> str:
            return carry_out(Badges(self.session), order, ids, progress, stop)

        def done(said: str | None) -> None:
            if said is None:
                return
            self._picked.clear()
            self.checkin.desk_line.stir()
            self.tell(said)

        self.app.push_screen(JobBox(f"Printing {len(ids)} badges", job, "badges"), done)


def carry_out(
    badges: Badges,
    order: PrintOrder,
    ids: tuple[str, ...],
    progress: Progress,
    stop: Callable[[], bool],
) -> str:
    """Prints as ordered, remembers the queue and returns what was done, in a sentence or two.

    CheckinError when it can't be done; when only the queue did not take it, it says where the PDF
    is.
    """
    if not order.queue:
        report = badges.write(order.path, ids, order.stock, progress=progress, cancelled=stop)
        return printed(report)
    try:
        done = badges.print_out(
            order.path, order.queue, ids, order.stock, progress=progress, cancelled=stop
        )
    except QueueError as error:
        raise CheckinError(f"{error} Not noted as printed. The PDF: {order.path}") from error
    change_device(lambda device: replace(device, printer=order.queue))
    return f"{done.say} {printed(done.report)}"


def printed(report: SheetReport) -> str:
    """Returns what was written, in one sentence."""
    badges = "1 badge" if report.badges == 1 else f"{report.badges} badges"
    pages = "1 page" if report.pages == 1 else f"{report.pages} pages"
    return f"{badges} on {pages}: {report.file}"


def _row(row: BadgeRow, width: int) -> Content:
    """One person: picked or not, name, level, printed or not."""
    person, prints = row.line.person, row.line.prints
    tick = ("✓ ", "bold $good") if row.picked else ("· ", "$quiet")
    state = ("○ to print", "$look") if not prints else ("✓ printed", "$good")
    times = f" {prints}×" if prints > 1 else ""
    room = max(width - 2 - 14, 12)
    if width < 50:
        middle = [fitted_content(shown(display_name(person)), room)]
    else:
        name_width = min(room * 48 // 100, 34)
        middle = [
            fitted_content(shown(display_name(person)), name_width),
            Content(" "),
            fitted(person.organisation, room - name_width - 8, "$quiet"),
            Content(" "),
            fitted(LEVELS[person.level], 6, "$quiet"),
        ]
    end = Content.styled(f" {state[0]}{times}", state[1])
    return Content("").join((Content.styled(*tick), *middle, end))
