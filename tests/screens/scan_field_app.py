"""A small app with one scan field, for the tests on a pseudo-terminal: counts what comes in."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static

from screens.widgets.scan_field import ScanField

LETTERS = frozenset("BCDFGHJKLNPRSTVX")


def only_codes(text: str) -> bool:
    """Ten letters, or ten more: enough of a code for this test."""
    letters = text.strip().upper()
    return bool(letters) and len(letters) % 10 == 0 and set(letters) <= LETTERS


class FieldApp(App[None]):
    """Writes every entry to the file of the command line; shows how many there were."""

    def __init__(self, log: str) -> None:
        super().__init__()
        self.entries = 0
        self.log_file = open(log, "w", encoding="utf-8", newline="")  # noqa: SIM115

    def compose(self) -> ComposeResult:
        yield ScanField(is_code=only_codes)
        yield Static("ready", id="said", markup=False)

    def _say(self, line: str) -> None:
        self.entries += 1
        self.log_file.write(line + "\n")
        self.log_file.flush()
        self.query_one("#said", Static).update(f"entries {self.entries}.")

    def on_scan_field_entered(self, message: ScanField.Entered) -> None:
        self._say(message.raw)

    def on_scan_field_confirmed(self) -> None:
        self._say("<confirmed>")


if __name__ == "__main__":
    FieldApp(sys.argv[1]).run()
