"""The box that listens to a scanner: shows the test card, takes the keys raw, says what it learnt.

A badge that is scanned meanwhile is answered like anywhere. What was learnt is remembered for this
device and in force at once.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from checkin.badges.qr import half_blocks, text_matrix
from checkin.door.scanner_card import CARD, LONGEST, ScannerHabits, learn
from checkin.errors import RefusedError
from screens.base import BaseModal
from screens.widgets.badge_view import QR_STYLE
from screens.widgets.scanned import is_scan
from screens.widgets.shown import joined, shown

PAUSE = 0.4
"""Seconds without a key after which a scan is over; slow scanners type a key every 50 ms."""

_ASKING = (
    "Scan this card with the scanner of this desk.\n\n"
    "The program learns the keyboard layout, the case and how a scan ends, and remembers it here."
)
_LISTENING = "Listening ..."


class ScannerBox(BaseModal[None]):
    """Listens until it is left; each scan of the card is learnt from."""

    HELP = (
        "Scan the code on the left, or the card on paper (checkin doctor --card). What is said on "
        "the right is remembered for this computer. A badge scanned here is answered as always."
    )
    CSS_PATH = "scanner_box.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "done", id="scanner.leave"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._heard = ""
        self._pause: Timer | None = None

    def compose_box(self) -> ComposeResult:
        lines = half_blocks(text_matrix(CARD))
        with Horizontal():
            yield Static(
                Content("\n").join(Content.styled(each, QR_STYLE) for each in lines), id="card"
            )
            yield Static("", id="learnt", markup=False)

    def on_mount(self) -> None:
        """Says what is asked, and what is known already."""
        self.query_one("#box", Vertical).border_title = Content("Test the scanner")
        known = self.checkin.this_device.known
        if known is not None and known.scanner is not None:
            self._say(joined(_ASKING, "\n\n", _told(known.scanner, "Known so far")))
        else:
            self._say(Content(_ASKING))

    def on_key(self, event: events.Key) -> None:
        """Takes every key that a scanner can type, before any field or binding."""
        if event.character is None or event.key == "escape":
            return
        if event.key.startswith(("ctrl+", "alt+")) and event.key != "ctrl+j":
            return
        event.stop()
        event.prevent_default()
        self._hear(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """A scanner program that pastes types all the same."""
        event.stop()
        event.prevent_default()
        self._hear(event.text)

    def _hear(self, text: str) -> None:
        self._heard = (self._heard + text)[-LONGEST:]
        if self._pause is None:
            self._say(Content(_LISTENING))
            self._pause = self.set_timer(PAUSE, self._over)
        else:
            self._pause.reset()

    def _over(self) -> None:
        heard, self._heard, self._pause = self._heard, "", None
        try:
            habits = learn(heard)
        except RefusedError as error:
            if is_scan(heard):
                self.checkin.desk_line.scan(heard)
                self._say(joined("That was a badge; it is answered.\n\n", _ASKING))
            else:
                self._say(joined(shown(str(error), "bold $look"), "\n\n", _ASKING))
            return
        self.checkin.this_device.learn(habits)
        self._say(
            joined(_told(habits, "Learnt"), "\n\nScan again, or Esc when all scanners are tested.")
        )

    def _say(self, words: Content) -> None:
        self.query_one("#learnt", Static).update(words)


def _told(habits: ScannerHabits, title: str) -> Content:
    """What is known of a scanner, with a sign."""
    sign, style = ("✓", "bold $good") if habits.handled else ("!", "bold $look")
    return joined(Content.styled(f"{sign} {title}\n", style), shown(habits.say))
