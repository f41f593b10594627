"""A box whose list may be longer than the room for it: its lower edge says what is out of sight.

Which rows are seen is the list's business; this only tells it, so that nobody takes nine rows of
thirty-eight for all there are.
"""

from __future__ import annotations

from typing import Any, TypeVar

from textual import on
from textual.containers import Vertical
from textual.content import Content

from screens.base import BaseModal
from screens.widgets.line_list import LineList

Result = TypeVar("Result")


class ListBox(BaseModal[Result]):
    """A box with one list in sight, or with several of which one is shown."""

    @on(LineList.Highlighted)
    def _look_below(self, message: LineList.Highlighted) -> None:
        """Tells what is out of sight, once the list is painted as it stands now."""
        if message.list.display:
            self.call_after_refresh(self._tell_more, message.list)

    def _tell_more(self, rows: LineList[Any]) -> None:
        if self.is_mounted and rows.is_mounted:
            self.query_one("#box", Vertical).border_subtitle = out_of_sight(rows)


def out_of_sight(rows: LineList[Any]) -> Content | None:
    """Returns which rows are seen of how many, and on which side there are more; None if all."""
    height, count, top = rows.content_size.height, len(rows.items), rows.at(0)
    if not 0 < height < count:
        return None
    first = next((place for place, item in enumerate(rows.items) if item is top), 0)
    last = min(first + height, count)
    arrows = " ".join([*(["↑"] if first else []), *(["↓"] if last < count else [])])
    return Content.styled(f"{first + 1}-{last} of {count}, {arrows} more", "bold $accent")
