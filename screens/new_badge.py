"""The form for another badge: lost, damaged or with the wrong text, printed at once.

It asks why, what is to stand on it and where it is printed. `renew` changes the registration,
`make_badge` prints that one badge; both are done by whoever opened the form.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Label, Static

from checkin.badges.printers import short
from checkin.badges.stocks import STOCKS
from checkin.door.registrations import Reason
from checkin.errors import CheckinError
from checkin.text import clean
from screens.form import Form, about
from screens.widgets.one_of import OneOf
from screens.widgets.queue_choice import QueueChoice
from screens.widgets.shown import shown
from screens.widgets.text_field import TextField
from screens.working import begin

if TYPE_CHECKING:
    from checkin.badges.printers import PrintSystem
    from checkin.door.desk import Door
    from checkin.event.session import EventSession
    from checkin.people import Person

REASONS = (
    (Reason.DAMAGED.value, "damaged"),
    (Reason.LOST.value, "lost"),
    (Reason.CORRECTED.value, "other text"),
)

ONLY_PDF = ""
_PDF = (ONLY_PDF, "PDF only")


@dataclass(frozen=True, slots=True)
class BadgeOrder:
    """Another badge for one person: why, the text in the place of the name, on what stock.

    `queue` is the printer's queue, empty when only the PDF is wanted.
    """

    person: Person
    reason: Reason
    text: str
    stock: str
    queue: str = ONLY_PDF


class NewBadgeForm(Form[BadgeOrder]):
    """Asks why `person` needs another badge and what it says; gives the order, or None."""

    HELP = (
        "← → choose why. Only a lost badge gets a new code: the old one is closed and answers as "
        "replaced. The text stands on the badge in the place of the name; empty takes the name, "
        "and the registration stays as it is. The badge goes into a PDF beside the event file, "
        "and to the printer that is chosen (← →); this device remembers which. The line below "
        "says how that printer is; without an answer within seconds it says so."
    )
    TITLE_WORDS = "Another badge"
    FIRST, LAST = "reason", "printer"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then print", id="new-badge.next"),
        Binding("f5,ctrl+s", "send", "print now", id="new-badge.print"),
    ]

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person
        self._system: PrintSystem | None = None

    def compose_fields(self) -> ComposeResult:
        yield about(
            self._person,
            after="Lost: a new code, and the old badge is closed. Else the code stays.",
        )
        yield Label("Why")
        yield OneOf(REASONS, Reason.DAMAGED.value, id="reason")
        yield Label("Text on the badge")
        name = f"empty: {self._person.full_name}"
        yield TextField(self._person.badge_name, placeholder=clean(name, 60), id="text")
        yield Label("Stock")
        yield OneOf([(name, name) for name in STOCKS], next(iter(STOCKS)), id="stock")
        yield Label("Printer")
        yield QueueChoice([_PDF], ONLY_PDF, id="printer")
        yield Static("", id="printers", markup=False)

    def on_mount(self) -> None:
        """Asks beside the form which printers there are: nobody waits for a print system."""
        super().on_mount()
        begin(self, self._look_for_printers, group="printers", exit_on_error=False)

    async def _look_for_printers(self) -> None:
        from checkin.badges.printers import print_system
        from checkin.event.device import this_device

        remembered = (await asyncio.to_thread(this_device)).printer
        choice = self.query_one("#printer", QueueChoice)
        if remembered and self.is_mounted:
            # Chosen at once: whoever prints before the answer means the printer of last time.
            choice.offer([(remembered, short(remembered)), _PDF], remembered)
        system = await asyncio.to_thread(print_system)
        if self.is_mounted:
            self._system = system
            if system.queues:
                self._offer(system, remembered)
            gone = remembered if system.running and system.named(remembered) is None else ""
            self._say_state(gone)

    def _offer(self, system: PrintSystem, remembered: str) -> None:
        known = sorted(system.queues, key=lambda queue: queue.name != remembered)
        choices = [(queue.name, short(queue.name)) for queue in known]
        self.query_one("#printer", QueueChoice).offer(
            [*choices, _PDF], remembered if system.named(remembered) else ONLY_PDF
        )

    def on_queue_choice_chosen(self) -> None:
        """Says how the chosen printer is."""
        self._say_state()

    def _say_state(self, gone: str = "") -> None:
        if self._system is None:
            return
        queue = self._system.named(self.chosen("printer"))
        if queue is not None:
            words, well = queue.say, queue.ready
        elif gone:
            words, well = f"{short(gone)}, used last, is not there any more.", False
        else:
            words, well = self._system.in_words, self._system.running
        self.query_one("#printers", Static).update(shown(words, "$quiet" if well else "$look"))

    def action_send(self) -> None:
        """Gives the order, when a new text was written where one is due."""
        reason = Reason(self.chosen("reason"))
        text = self.text("text")
        if reason is Reason.CORRECTED and text == self._person.badge_name:
            self.lacks("text", "Write what the badge is to say.")
            return
        stock, queue = self.chosen("stock"), self.chosen("printer")
        self.dismiss(BadgeOrder(self._person, reason, text, stock, queue))


def renew(door: Door, order: BadgeOrder) -> Person:
    """Changes the registration as ordered and returns the person as the next badge shows them."""
    return door.registrations.replace_badge(order.person.id, order.reason, text=order.text)


def make_badge(session: EventSession, order: BadgeOrder) -> str:
    """Prints the badge, remembers the printer and returns what was done, in a sentence or two.

    It always goes into a PDF of its own beside the event file. CheckinError when that fails, or
    when the printer refuses; what `renew` changed stands, and the sentence says where the badge is.
    """
    from checkin.badges.printing import Badges
    from checkin.badges.sending import QueueError
    from checkin.event.device import change_device

    path, ids = _place(session), [order.person.id]
    badges = Badges(session)
    reason = order.reason.value
    closed = " The old badge is closed." if order.reason.closes_the_code else ""
    change_device(lambda device: replace(device, printer=order.queue))
    try:
        if order.queue:
            say = badges.print_out(path, order.queue, ids, order.stock, reason=reason).say
        else:
            badges.write(path, ids, order.stock, reason=reason)
            say = f"{path.name}, beside the event file."
    except QueueError as error:
        instead = f"The badge is in {path.name}, beside the event file; not noted as printed."
        raise CheckinError(f"{error} {instead}{closed}") from error
    except CheckinError as error:
        stands = "The change stands, the badge is not printed: print it in the area Badges."
        raise CheckinError(f"{error} {stands}") from error
    return f"{order.person.full_name}: {say}{closed}"


def _place(session: EventSession) -> Path:
    """Returns a new file beside the event file: two badges in one second are two files."""
    now = session.local(session.now())
    stem = f"{session.path.stem}-badge-{now:%H%M%S}"
    path = session.path.with_name(f"{stem}.pdf")
    for number in range(2, 100):
        if not path.exists():
            break
        path = session.path.with_name(f"{stem}-{number}.pdf")
    return path
