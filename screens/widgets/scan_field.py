"""The field that takes scans and typing, at any speed, and never mixes two scans up.

A scanner is a keyboard that types a hundred keys in a few milliseconds. The stock input leaves
Enter to a binding that runs later, when letters of the next scan have already come in; here the
field itself ends the entry, in the order of the keys. It promises that every entry is posted once,
whole and in order; what an entry means is the door's business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from checkin.text import clean
from screens.widgets.editing import EDITING

LONGEST = 600
"""Characters the field holds; more than fifty badge codes glued together."""

BURST = 0.05
"""Seconds between two keys below which no finger typed them."""

SILENCE = 0.15
"""Seconds of silence after which a scanner without a suffix has finished a code."""

SHORTEST_CODE = 10
"""Letters of a badge code."""

LONGEST_TAIL = 40
"""Characters at the end of typed text among which a scan is looked for."""

_LINES = re.compile(r"\r\n|\r|\n|\t")
_ENDS = frozenset({"enter", "ctrl+j", "tab"})
_STEPS = {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}


def never(_: str) -> bool:
    """The predicate of a field that waits for a suffix, whatever it holds."""
    return False


class ScanField(Input, inherit_bindings=False):
    """One line that takes scans and typing. `is_code` tells whether a text is nothing but codes."""

    BINDINGS = EDITING

    @dataclass
    class Entered(Message):
        """An entry ended; the field is empty again. `pasted` entries did not come from keys."""

        field: ScanField
        raw: str
        burst: bool
        pasted: bool = False

        @property
        def control(self) -> ScanField:
            return self.field

    @dataclass
    class Confirmed(Message):
        """Enter in the empty field: the highlighted row is meant."""

        field: ScanField

        @property
        def control(self) -> ScanField:
            return self.field

    @dataclass
    class Stepped(Message):
        """An arrow key asked for another row."""

        field: ScanField
        step: int

        @property
        def control(self) -> ScanField:
            return self.field

    def __init__(
        self,
        *,
        is_code: Callable[[str], bool] = never,
        placeholder: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(
            placeholder=placeholder, select_on_focus=False, max_length=LONGEST, id=id, compact=True
        )
        self.cursor_blink = False
        self.is_code = is_code
        self._last_key = 0.0
        self._ended_at = -1.0
        self._ended_early = False
        self._slow = 0
        self._quick_from = 0
        self._silence: Timer | None = None
        self.silence = SILENCE
        """Seconds of silence that end a code; none where the scanner is known to add nothing."""

    @property
    def burst(self) -> bool:
        """Whether what is in the field came faster than a finger can type."""
        return len(self.value) > 3 and self._slow <= 1

    @property
    def quick(self) -> bool:
        """Whether the last keys came as quickly as a scanner's."""
        return len(self.value) - self._quick_from > 1

    async def _on_key(self, event: events.Key) -> None:
        if event.key in _ENDS:
            if not self._ends(event):
                return
        elif event.key == "backspace":
            self.action_delete_left()
        elif event.key in _STEPS:
            self.post_message(self.Stepped(self, _STEPS[event.key]))
        elif event.key == "escape" and self.value:
            self.empty()
        elif is_text(event):
            self._takes(event)
        else:
            return
        event.stop()
        event.prevent_default()

    def _takes(self, event: events.Key) -> None:
        character = event.character or ""
        if not self.value:
            self._slow = 0
            self._quick_from = 0
        elif event.time - self._last_key > BURST:
            self._slow += 1
            self._quick_from = len(self.value)
        self._last_key = event.time
        if piled(self.value[: self.cursor_position], character):
            return
        if self.selection.is_empty:
            self.insert_text_at_cursor(character)
        else:
            self.replace(character, *self.selection)
        if self.silence == 0 and code_start(self.value, self.is_code, self._quick_from) >= 0:
            self._ended_at, self._ended_early = event.time, True
            self._post(burst=True)
        else:
            self._listen_for_silence()

    def _ends(self, event: events.Key) -> bool:
        """Ends the entry. Returns False for a Tab that a finger typed: it moves the focus."""
        if not self.value:
            if event.key == "tab":
                return event.time - self._ended_at <= BURST
            # The LF of a scanner that ends with CR LF confirms nothing, nor does any end of a code
            # that was complete without it.
            ended = event.key == "ctrl+j" or self._ended_early
            if not ended or event.time - self._ended_at > BURST:
                self.post_message(self.Confirmed(self))
            return True
        quick = self.burst and event.time - self._last_key <= BURST
        if (
            event.key == "tab"
            and not quick
            and code_start(self.value, self.is_code, self._quick_from) < 0
        ):
            return False
        self._ended_at = event.time
        self._ended_early = False
        self._post(self.burst)
        return True

    def enter(self) -> None:
        """Ends the entry, as Enter does."""
        self._post(self.burst)

    def _post(self, burst: bool) -> None:
        # Posted first: whoever listens must still see what was found for the text.
        start = code_start(self.value, self.is_code, self._quick_from)
        if start > 0:
            # Somebody was typing when a badge was scanned: the typed part stays in the field.
            self.post_message(self.Entered(self, self.value[start:], burst=True))
            self.value = self.value[:start]
            return
        self.post_message(self.Entered(self, self.value, burst))
        self.empty()

    def empty(self) -> None:
        """Empties the field; whatever was in it is gone."""
        self._slow = 0
        if self._silence is not None:
            self._silence.stop()
            self._silence = None
        self.value = ""

    def _listen_for_silence(self) -> None:
        if self._silence is not None:
            self._silence.stop()
            self._silence = None
        if code_start(self.value, self.is_code, self._quick_from) >= 0:
            self._silence = self.set_timer(self.silence or SILENCE, self._silent)

    def _silent(self) -> None:
        if code_start(self.value, self.is_code, self._quick_from) >= 0:
            self._post(burst=True)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        *whole, rest = _LINES.split(event.text[: LONGEST * 200])
        for line in whole:
            raw = self.value + line
            if raw.strip():
                self.post_message(self.Entered(self, raw[:LONGEST], burst=True, pasted=True))
            self.empty()
        kept = clean(rest, LONGEST)
        if kept:
            if not self.value:
                self._slow = 0
            self.insert_text_at_cursor(kept)
            self._listen_for_silence()


def code_start(text: str, is_code: Callable[[str], bool], quick: int = 0) -> int:
    """Returns where the codes begin that `text` ends with; 0 for nothing else, -1 for none.

    `quick` is where the last run of quick keys began: a scan most likely begins there as well.
    """
    if 0 < quick < len(text) and is_code(text[quick:]):
        return quick
    if is_code(text):
        return 0
    longest = max(len(text) - LONGEST_TAIL, 0)
    for start in range(len(text) - SHORTEST_CODE, longest - 1, -1):
        if is_code(text[start:]):
            return start
    return -1


def is_text(event: events.Key) -> bool:
    """Whether the key writes a character (an alt or ctrl chord does not)."""
    return event.is_printable and not event.key.startswith(("alt+", "ctrl+"))


def piled(before: str, character: str) -> bool:
    """Whether `character` is one combining mark too many on the letter `before` it."""
    return unicodedata.combining(character) != 0 and (
        not before or all(unicodedata.combining(mark) for mark in before[-2:])
    )
