"""A text input for forms that a scanner can't fill by accident.

Somebody holds a badge to the scanner while a form is open: the ten letters come as a burst that
ends by itself. The field takes them out again and hands them on as a scan. Enter and Tab come in
the order of the keys, as in the scan field.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from checkin.text import clean
from screens.widgets.editing import EDITING
from screens.widgets.scan_field import BURST, SILENCE, code_start, is_text, piled
from screens.widgets.scanned import is_badge_code

_ENDS = frozenset({"enter", "ctrl+j", "tab"})


class TextField(Input, inherit_bindings=False):
    """One line of text in a form. Enter posts `Input.Submitted`; a scan posts `Scanned`."""

    BINDINGS = EDITING

    @dataclass
    class Scanned(Message):
        """A badge was scanned while the field had the focus."""

        raw: str

    def __init__(
        self, value: str = "", *, placeholder: str = "", longest: int = 200, id: str | None = None
    ) -> None:
        super().__init__(
            clean(value, longest),
            placeholder=placeholder,
            max_length=longest,
            select_on_focus=False,
            compact=True,
            id=id,
        )
        self.cursor_blink = False
        self._burst = ""
        self._before = ("", 0)
        self._last_key = -1.0
        self._silence: Timer | None = None

    async def _on_key(self, event: events.Key) -> None:
        if event.key in _ENDS:
            if self._hand_on():
                pass
            elif event.key == "tab":
                return
            else:
                self.post_message(self.Submitted(self, self.value))
        elif event.key == "backspace":
            self._burst = ""
            self.action_delete_left()
        elif is_text(event):
            self._takes(event)
        else:
            return
        event.stop()
        event.prevent_default()

    def _takes(self, event: events.Key) -> None:
        character = event.character or ""
        if not self._burst or event.time - self._last_key > BURST:
            self._burst, self._before = "", (self.value, self.cursor_position)
        self._last_key = event.time
        self._burst += character
        if not piled(self.value[: self.cursor_position], character):
            if self.selection.is_empty:
                self.insert_text_at_cursor(character)
            else:
                self.replace(character, *self.selection)
        if self._silence is not None:
            self._silence.stop()
            self._silence = None
        if code_start(self._burst, is_badge_code) >= 0:
            self._silence = self.set_timer(SILENCE, self._hand_on)

    def _hand_on(self) -> bool:
        """Takes a scan out of the field again and posts it; says whether there was one."""
        burst, self._burst = self._burst, ""
        start = code_start(burst, is_badge_code)
        if start < 0:
            return False
        value, cursor = self._before
        self.value = value[:cursor] + burst[:start] + value[cursor:]
        self.cursor_position = cursor + start
        self.post_message(self.Scanned(burst[start:]))
        return True

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if is_badge_code(event.text):
            self.post_message(self.Scanned(event.text))
        else:
            self.insert_text_at_cursor(clean(event.text, self.max_length or 200))
