"""The form for another badge: lost, damaged or with the wrong text, printed at once to a PDF.

It asks why and what is to stand on it. `renew` changes the registration, `write_badge` prints that
one badge; both are done by whoever opened the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from checkin.badges.stocks import STOCKS
from checkin.door.registrations import Reason
from checkin.errors import CheckinError
from checkin.text import clean
from screens.base import BaseModal
from screens.widgets.one_of import OneOf
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name, where_from
from screens.widgets.text_field import TextField

if TYPE_CHECKING:
    from checkin.door.desk import Door
    from checkin.event.session import EventSession
    from checkin.people import Person

REASONS = (
    (Reason.DAMAGED.value, "damaged"),
    (Reason.LOST.value, "lost"),
    (Reason.CORRECTED.value, "other text"),
)


@dataclass(frozen=True, slots=True)
class BadgeOrder:
    """Another badge for one person: why, the text in the place of the name, on what stock."""

    person: Person
    reason: Reason
    text: str
    stock: str


class NewBadgeForm(BaseModal[BadgeOrder]):
    """Asks why `person` needs another badge and what it says; gives the order, or None."""

    HELP = (
        "← → choose why. Only a lost badge gets a new code: the old one is closed and answers as "
        "replaced. The text stands on the badge in the place of the name; empty takes the name, "
        "and the registration stays as it is. The badge goes into a PDF beside the event file."
    )
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then print", id="new-badge.next"),
        Binding("f5,ctrl+s", "print", "print now", id="new-badge.print"),
        Binding("down", "app.focus_next", "next field", id="new-badge.down", show=False),
        Binding("up", "app.focus_previous", "field before", id="new-badge.up", show=False),
    ]

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person

    def compose_box(self) -> ComposeResult:
        yield Static(
            joined(
                shown(display_name(self._person), "bold"),
                "\n",
                shown(where_from(self._person), "$quiet"),
                "\n",
                "Lost: a new code, and the old badge is closed. Else the code stays.",
            ),
            id="about",
        )
        yield Label("Why")
        yield OneOf(REASONS, Reason.DAMAGED.value, id="reason")
        yield Label("Text on the badge")
        name = f"empty: {self._person.full_name}"
        yield TextField(self._person.badge_name, placeholder=clean(name, 60), id="text")
        yield Label("Stock")
        yield OneOf([(name, name) for name in STOCKS], next(iter(STOCKS)), id="stock")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Starts with the reason."""
        self.query_one("#box", Vertical).border_title = Content("Another badge")
        self.query_one("#reason", OneOf).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes on; on the stock it prints."""
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Goes to the next field, or prints from the last."""
        if self.focused is not None and self.focused.id == "stock":
            self.action_print()
        else:
            self.focus_next()

    def action_print(self) -> None:
        """Gives the order, when a new text was written where one is due."""
        reason = Reason(self.query_one("#reason", OneOf).value)
        field = self.query_one("#text", TextField)
        text = clean(field.value)
        if reason is Reason.CORRECTED and text == self._person.badge_name:
            self.query_one("#problem", Static).update(Content("Write what the badge is to say."))
            field.focus()
            return
        self.dismiss(BadgeOrder(self._person, reason, text, self.query_one("#stock", OneOf).value))


def renew(door: Door, order: BadgeOrder) -> Person:
    """Changes the registration as ordered and returns the person as the next badge shows them."""
    person = order.person
    if order.text != person.badge_name:
        person = door.registrations.correct_badge(person.id, order.text)
    return door.registrations.replace_badge(person.id, order.reason)


def write_badge(session: EventSession, order: BadgeOrder) -> Path:
    """Prints the badge into a PDF of its own beside the event file and returns where it is.

    CheckinError when that fails; what `renew` changed stands.
    """
    from checkin.badges.printing import Badges

    now = session.local(session.now())
    stem = f"{session.path.stem}-badge-{now:%H%M%S}"
    path = session.path.with_name(f"{stem}.pdf")
    for number in range(2, 100):
        # Two badges in one second are two files.
        if not path.exists():
            break
        path = session.path.with_name(f"{stem}-{number}.pdf")
    reason = order.reason.value
    try:
        return Badges(session).write(path, [order.person.id], order.stock, reason=reason).file
    except CheckinError as error:
        stands = "The change stands, the badge is not printed: print it in the area Badges."
        raise CheckinError(f"{error} {stands}") from error


def printed(order: BadgeOrder, path: Path) -> str:
    """Returns what was done, in two sentences."""
    closed = " The old badge is closed." if order.reason.closes_the_code else ""
    return f"{order.person.full_name}: {path.name}, beside the event file.{closed}"
