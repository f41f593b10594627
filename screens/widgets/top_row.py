"""The first rows of every screen: which event, whether it counts, who is at which desk, and when.

The second row names the six areas, always in the same order, with the one that is open marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from screens.widgets.shown import shown

AREAS: tuple[tuple[str, str], ...] = (
    ("door", "Door"),
    ("roster", "Roster"),
    ("badges", "Badges"),
    ("tables", "Tables"),
    ("exercises", "Exercises"),
    ("event", "Event"),
)
"""The six areas in their order: mode of the app, word on the screen."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the first row says. `live` is None until the event is known."""

    title: str
    date: str = ""
    live: bool | None = None
    desk: str = ""
    operator: str = ""
    now: datetime | None = None


class TopRow(Widget):
    """Event, date, LIVE or TEST, desk, operator and clock on one line."""

    DEFAULT_CSS = """
    TopRow { height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    def __init__(self, heading: Heading) -> None:
        super().__init__()
        self.heading = heading

    def show(self, heading: Heading) -> None:
        """Shows `heading`, repainting only when a word of it changed."""
        if _words(heading) != _words(self.heading):
            self.heading = heading
            self.refresh()

    def render(self) -> Content:
        width = self.content_size.width
        right = self._right()
        mark = Content("")
        if self.heading.live is not None:
            mark = (
                Content.styled(" LIVE ", "bold $background on $good")
                if self.heading.live
                else Content.styled(" TEST ", "bold $background on $look")
            )
        date = f" · {self.heading.date} " if self.heading.date else " "
        room = width - right.cell_length - mark.cell_length - len(date) - 1
        title = shown(self.heading.title, "bold").truncate(max(room, 8), ellipsis=True)
        left = title + Content.styled(date, "$quiet") + mark
        return left + " " * max(width - left.cell_length - right.cell_length, 1) + right

    def _right(self) -> Content:
        heading = self.heading
        who = " · ".join(part for part in (heading.desk, heading.operator) if part)
        desk = shown(who, "$quiet").truncate(22, ellipsis=True)
        clock = heading.now.strftime("%H:%M") if heading.now is not None else ""
        return desk + "  " + Content.styled(clock, "bold")


def _words(heading: Heading) -> tuple[object, ...]:
    clock = heading.now.strftime("%H:%M") if heading.now is not None else ""
    return (
        heading.title,
        heading.date,
        heading.live,
        heading.desk,
        heading.operator,
        clock,
    )


class AreaRow(Widget):
    """The six areas; a click opens one."""

    DEFAULT_CSS = """
    AreaRow { height: 1; padding: 0 1; color: $quiet; }
    """

    @dataclass
    class Asked(Message):
        """An area was clicked."""

        area: str

    def __init__(self, current: str) -> None:
        super().__init__()
        self.current = current

    def render(self) -> Content:
        parts = [
            Content.styled(
                f" {word} ", "bold $accent reverse" if mode == self.current else "$quiet"
            )
            for mode, word in AREAS
        ]
        row = Content(" ").join(parts)
        hint = "F6 next area"
        return row + Content.styled(
            hint.rjust(max(self.content_size.width - row.cell_length, len(hint) + 1)), "$quiet"
        )

    def on_click(self, event: events.Click) -> None:
        """Opens the area under the pointer."""
        offset = event.get_content_offset(self)
        column = 0
        for mode, word in AREAS:
            width = len(word) + 2
            if offset is not None and column <= offset.x < column + width:
                self.post_message(self.Asked(mode))
            column += width + 1
