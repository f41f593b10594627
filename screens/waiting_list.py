"""The waiting list in a box: who waits, how many chairs are free and why, and giving them away."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.door.waiting_list import Waiting
from checkin.errors import CheckinError
from checkin.people import Person
from screens.base import BaseModal, BaseScreen
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import fitted, joined, shown
from screens.widgets.states import display_name
from screens.working import begin


class WaitingBox(BaseModal[int]):
    """The queue; gives how many of its first are to be called, or None.

    The marked line is the last one who is called: as many as chairs are free at first.
    """

    HELP = (
        "Who waits, in the order of registration. The box says how many chairs are free, and why: "
        "before the programme begins, chairs are kept for those who will come as a rule; after "
        "that, the chairs of those who did not come are free. ↑ ↓ mark down to whom you call, "
        "F5 expects them; they come to the door as anybody. F8 at the door takes it back."
    )
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,ctrl+s", "release", "call these", id="waiting.release"),
    ]

    def __init__(self, waiting: Waiting) -> None:
        super().__init__()
        self._waiting = waiting

    def compose_box(self) -> ComposeResult:
        yield Static("", id="about", markup=False)
        yield LineList(self._line, lambda person: person.id, id="queue")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Marks as many as chairs are free."""
        line, chairs = self._waiting.line, self._waiting.chairs
        box = self.query_one("#box", Vertical)
        box.border_title = Content(f"Waiting list: {len(line)}")
        free = "1 chair is free" if chairs.free == 1 else f"{chairs.free} chairs are free"
        self.query_one("#about", Static).update(
            joined(
                Content.styled(f"{free} now\n", "bold $good" if chairs.free else "bold $look"),
                shown(chairs.why, "$quiet"),
            )
        )
        queue = self.query_one("#queue", LineList)
        queue.styles.height = max(min(len(line), 11), 1)
        queue.show(line, "Nobody waits.")
        queue.action_step(max(self._waiting.callable_now - 1, 0))
        queue.focus()

    @property
    def _called(self) -> int:
        return self.query_one("#queue", LineList).index + 1 if self._waiting.line else 0

    def on_line_list_highlighted(self) -> None:
        """Says what F5 would do."""
        called, free = self._called, self._waiting.chairs.free
        words = Content("")
        if called:
            first = "the first" if called == 1 else f"the first {called}"
            words = Content.styled(f"F5 calls {first}.", "bold $strong")
            if called > free:
                over = called - free
                chairs = "1 chair" if over == 1 else f"{over} chairs"
                words += Content.styled(f" That is {chairs} more than are free.", "bold $look")
        self.query_one("#problem", Static).update(words)
        self.query_one("#queue", LineList).refresh()

    def _line(self, person: Person, width: int) -> Content:
        place = self._waiting.line.index(person)
        called = place < self._called
        sign = Content.styled("✓ ", "bold $good") if called else Content("  ")
        room = max(width - 7, 20)
        return joined(
            sign,
            f"{place + 1:>3}  ",
            fitted_content(shown(display_name(person), "bold"), room * 4 // 10 - 1),
            " ",
            fitted(" · ".join(filter(None, (person.organisation, person.territory))),
                   room - room * 4 // 10, "$quiet"),
        )  # fmt: skip

    def action_release(self) -> None:
        """Gives how many are called."""
        if self._called:
            self.dismiss(self._called)


def open_waiting_list(screen: BaseScreen[object]) -> None:
    """Reads the queue beside the door, shows it, and calls as many as are wanted."""

    async def show() -> None:
        try:
            waiting = await screen.work(screen.door.waiting.look)
        except CheckinError as error:
            screen.tell(str(error), severity="error")
            return
        if waiting.line:
            screen.app.push_screen(WaitingBox(waiting), called)
        else:
            screen.tell(f"Nobody waits. {waiting.chairs.why}")

    def called(number: int | None) -> None:
        if number:
            begin(screen, partial(release, number), group="release", exit_on_error=False)

    async def release(number: int) -> None:
        try:
            people = await screen.checkin.desk_line.work(
                lambda: screen.door.waiting.release(number)
            )
        except CheckinError as error:
            screen.tell(str(error), severity="error")
            return
        names = ", ".join(person.full_name for person in people[:5])
        more = f" and {len(people) - 5} more" if len(people) > 5 else ""
        screen.tell(f"Call {names}{more}. They are expected now; F8 takes it back.")
        screen.checkin.desk_line.stir()

    if screen.checkin.session is not None:
        begin(screen, show, group="waiting-list", exclusive=True, exit_on_error=False)
