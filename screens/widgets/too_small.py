"""What a terminal that is too small shows: what it needs, and the last answer of the door.

It lies over everything and takes no focus, so that scans still reach the field beneath it.
"""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from screens.widgets.shown import joined, shown

COLUMNS, LINES = 80, 24
"""The smallest terminal that every screen fits."""

WIDTHS: list[tuple[int, str]] = [(0, "-thin"), (COLUMNS, "-narrow"), (110, "-wide")]
HEIGHTS: list[tuple[int, str]] = [(0, "-low"), (LINES, "-short"), (36, "-tall")]
"""From which size on a screen bears which class: for style sheets."""


class TooSmall(Widget):
    """Says what is needed and what there is."""

    DEFAULT_CSS = """
    TooSmall {
        layer: over; dock: top; display: none; width: 100%; height: 100%;
        background: $background; color: $foreground; padding: 0 1;
        content-align: center middle; text-align: center;
    }
    .-thin > TooSmall, .-low > TooSmall { display: block; }
    """

    _news = Content("")

    def show_news(self, title: str, words: str) -> None:
        """Shows the last answer in short: a scan is answered however small the terminal is."""
        self._news = joined("\n\n", shown(title, "bold"), "\n", shown(words))
        self.refresh()

    def render(self) -> Content:
        # The size it was laid out in: the app may know a newer one that is still to come.
        size = self.outer_size
        return Content.assemble(
            (f"This terminal is {size.width} x {size.height}.\n", "bold"),
            f"Checkin needs {COLUMNS} x {LINES}: make the window larger or its letters smaller.\n",
            ("Scans are still taken; other keys wait until it is larger.", "$quiet"),
            self._news,
        )
