"""A list of one-line rows: arrows and the mouse choose, and a refresh moves nothing.

What the rows are made of is the caller's business; this keeps which one is highlighted, by what it
is and not by its place, and keeps it on the same line of the screen while others come and go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from screens.widgets.result_list import fitted_content

Item = TypeVar("Item")


class LineList(Widget, Generic[Item], can_focus=True):
    """Rows of `Item`; `line(item, width)` draws one, `key(item)` tells which one it is."""

    DEFAULT_CSS = """
    LineList { height: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "up", id="choices.row-up", show=False),
        Binding("down", "step(1)", "down", id="choices.row-down", show=False),
        Binding("pageup", "step(-10)", "page up", id="choices.row-page-up", show=False),
        Binding("pagedown", "step(10)", "page down", id="choices.row-page-down", show=False),
        Binding("home", "step(-1000000)", "first", id="choices.row-first", show=False),
        Binding("end", "step(1000000)", "last", id="choices.row-last", show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """Another row is highlighted, or its content changed."""

        list: LineList[Any]
        item: Any

        @property
        def control(self) -> LineList[Any]:
            return self.list

    @dataclass
    class Chosen(Message):
        """The highlighted row was clicked."""

        list: LineList[Any]
        item: Any

        @property
        def control(self) -> LineList[Any]:
            return self.list

    def __init__(
        self,
        line: Callable[[Item, int], Content],
        key: Callable[[Item], object],
        *,
        empty: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._line = line
        self._key = key
        self._empty = empty
        self._top = 0
        self.items: tuple[Item, ...] = ()
        self.index = 0

    @property
    def highlighted(self) -> Item | None:
        """The row that is meant."""
        return self.items[self.index] if self.index < len(self.items) else None

    def show(self, items: Iterable[Item], empty: str | None = None) -> None:
        """Shows `items`; the highlighted one stays where it is on the screen if it is still there.

        `empty` is the sentence that stands where there is none.
        """
        meant = self.highlighted
        kept = None if meant is None else self._key(meant)
        self.items = tuple(items)
        if empty is not None:
            self._empty = empty
        places = [place for place, item in enumerate(self.items) if self._key(item) == kept]
        on_screen = self.index - self._top
        self.index = places[0] if places else min(self.index, max(len(self.items) - 1, 0))
        self._top = max(self.index - on_screen, 0)
        self._changed()

    def go_to(self, key: object) -> None:
        """Highlights the row of that key; nothing happens when there is none."""
        for place, item in enumerate(self.items):
            if self._key(item) == key:
                self.index = place
                self._changed()
                return

    def at(self, line: int) -> Item | None:
        """Returns the row at a line of the list as it is scrolled; None where there is none."""
        place = self._top + line
        return self.items[place] if line >= 0 and place < len(self.items) else None

    def go_to_first(self) -> None:
        """Highlights the first row."""
        self.index = 0
        self._changed()

    def action_step(self, by: int) -> None:
        """Moves the highlight; the ends hold."""
        self.index = min(max(self.index + by, 0), max(len(self.items) - 1, 0))
        self._changed()

    def _changed(self) -> None:
        more = len(self.items) > self.content_size.height > 0
        self.border_subtitle = (
            Content(f"{self.index + 1} of {len(self.items)}") if more and self.items else None
        )
        self.refresh()
        self.post_message(self.Highlighted(self, self.highlighted))

    def on_click(self, event: events.Click) -> None:
        """Highlights the clicked row; a click on the highlighted one chooses it."""
        offset = event.get_content_offset(self)
        place = -1 if offset is None else self._top + offset.y
        if 0 <= place < len(self.items):
            again = place == self.index
            self.index = place
            self._changed()
            if again:
                self.post_message(self.Chosen(self, self.items[place]))

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the highlight."""
        self.action_step(1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the highlight."""
        self.action_step(-1)

    def _scrolled(self, height: int) -> int:
        """The first row in sight: as before, unless the highlighted one would be out of sight."""
        lowest = max(len(self.items) - height, 0)
        self._top = min(max(self._top, self.index - height + 1, 0), self.index, lowest)
        return self._top

    def render(self) -> Content:
        """As many rows as fit, with the highlighted one among them."""
        width, height = self.content_size
        if not self.items:
            return Content.styled(self._empty, "$quiet")
        first = self._scrolled(max(height, 1))
        lines = []
        for place, item in enumerate(self.items[first : first + height], first):
            line = fitted_content(self._line(item, width - 2), width - 2)
            if place == self.index:
                mark = "▸ " if self.has_focus or not self.can_focus else "› "
                line = (Content.styled(mark, "bold $accent") + line).stylize("bold on $picked")
            else:
                line = Content("  ") + line
            lines.append(line)
        return Content("\n").join(lines)
