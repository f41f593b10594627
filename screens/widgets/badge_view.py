"""A badge as it will print, drawn in a terminal, and its QR code that a phone can read.

The words come from the badge's own preview. The QR is explicit black on white with a quiet zone of
four modules; a theme's colours would make it unreadable.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from checkin.badges.badge import BadgeData, grouped
from checkin.badges.preview import Part, PreviewLine, preview
from checkin.badges.qr import terminal_lines
from checkin.people import Level, Person
from screens.widgets.shown import shown

_STYLES = {
    Part.EVENT: "#555555 on #ffffff",
    Part.LARGE: "bold #000000 on #ffffff",
    Part.SMALL: "#000000 on #ffffff",
    Part.ORGANISATION: "#222222 on #ffffff",
    Part.ROLE: "italic #333333 on #ffffff",
    Part.LETTERS: "#555555 on #ffffff",
    Part.BLANK: "#000000 on #ffffff",
}
_STRIPES = {
    Level.CITY: "bold #ffffff on #0a5ca8",
    Level.METROPOLIS: "bold #ffffff on #6b3fa0",
    Level.REGION: "bold #ffffff on #14733c",
    Level.OTHER: "bold #ffffff on #555555",
}
QR_STYLE = "#000000 on #ffffff"
"""Black on white in every theme."""


class BadgeView(Widget):
    """The badge of one person in a frame."""

    DEFAULT_CSS = """
    BadgeView { height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._person: Person | None = None
        self._event = ""

    def show(self, person: Person | None, event: str) -> None:
        """Shows the badge of `person`, or a quiet line for nobody."""
        self._person, self._event = person, event
        self.refresh()

    def render(self) -> Content:
        if self._person is None:
            return Content.styled("No badge is meant.", "$quiet")
        width, height = self.content_size
        lines = preview(BadgeData.of(self._person), max(width, 1), self._event)
        drawn = _with_air(lines, min(max(width // 3, len(lines)), height), self._person.level)
        above = max((height - len(drawn)) // 2, 0)
        return Content("\n").join([Content("")] * above + drawn[:height])


class BadgeQr(Widget):
    """The QR of one person's badge, and its letters under it."""

    DEFAULT_CSS = """
    BadgeQr { height: 17; content-align: center top; text-align: center; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._person: Person | None = None

    def show(self, person: Person | None) -> None:
        """Shows the QR of `person`."""
        self._person = person
        self.refresh()

    def render(self) -> Content:
        if self._person is None or not self._person.code:
            return Content("")
        lines = [Content.styled(line, QR_STYLE) for line in terminal_lines(self._person.code)]
        letters = grouped(self._person.code)
        return Content("\n").join([*lines, shown(letters, "bold")])


def _with_air(lines: Sequence[PreviewLine], height: int, level: Level) -> list[Content]:
    """The lines in their colours, with the white that a badge of that height has round the name."""
    styles = [_STYLES.get(line.part, _STRIPES[level]) for line in lines]
    drawn = [Content.styled(line.text, style) for line, style in zip(lines, styles, strict=True)]
    blank = Content.styled(" " * drawn[0].cell_length, _STYLES[Part.BLANK])
    parts = [line.part for line in lines]
    for part in (Part.LETTERS, Part.LARGE, Part.EVENT, Part.STRIPE, Part.LARGE, Part.LETTERS):
        if len(drawn) < height and part in parts:
            place = parts.index(part)
            drawn.insert(place, blank)
            parts.insert(place, Part.BLANK)
    return drawn
