"""The last acts at the door, newest first: time, sign, whom, table.

It shows what the door remembers; undoing is the door's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Protocol

from textual.content import Content
from textual.widget import Widget

from checkin.people import PersonFlag
from screens.widgets.result_list import fitted_content, flag_marks
from screens.widgets.shown import fitted, shown
from screens.widgets.states import in_latin


class ActLike(Protocol):
    """One act as the list shows it (`checkin.door.desk.Act`)."""

    @property
    def at(self) -> datetime: ...
    @property
    def sign(self) -> str: ...
    @property
    def word(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def table(self) -> int | None: ...
    @property
    def undone(self) -> bool: ...
    @property
    def flags(self) -> Sequence[PersonFlag]: ...


_COLOURS = {
    "✓": "$good",
    "‼": "$look",
    "✕": "$stop",
    "?": "$look",
    "⇄": "$look",
    "↻": "$look",
    "⚑": "$look",
    "☎": "$look",
    "★": "$accent",
}


class ActsList(Widget):
    """Rows of acts, as many as fit."""

    DEFAULT_CSS = """
    ActsList { padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.acts: tuple[ActLike, ...] = ()
        self.zone: tzinfo | None = None

    def show(self, acts: Sequence[ActLike], zone: tzinfo | None) -> None:
        """Shows `acts`, newest first, their times in `zone`."""
        self.acts = tuple(acts)
        self.zone = zone
        self.refresh()

    def render(self) -> Content:
        width, height = self.content_size
        if not self.acts:
            return Content.styled("Nobody yet. The last ten acts will stand here.", "$quiet")
        lines = [act_line(act, width, self.zone) for act in self.acts[:height]]
        return Content("\n").join(lines)


def act_line(act: ActLike, width: int, zone: tzinfo | None) -> Content:
    """Returns one act as a line of `width` cells; an undone one is struck through."""
    colour = "$quiet" if act.undone else _COLOURS.get(act.sign, "$calm")
    table = f"T{act.table}" if act.table is not None else ""
    name_width = max(min(width - 34, 30), 10)
    name = shown(in_latin(act.name) or act.name or "–", "strike $quiet" if act.undone else "")
    name = flag_marks(act.flags) + name
    return Content("").join(
        (
            Content.styled(f"{act.at.astimezone(zone):%H:%M}  ", "$quiet"),
            shown(act.sign, colour),
            Content(" "),
            fitted_content(name, name_width),
            Content.styled(f" {table:<5}", "bold"),
            fitted(act.word, max(width - name_width - 15, 0), colour),
        )
    )
