"""The wishes of the day: who is pinned, kept together or apart, or does not want to be moved.

Each says who asked for it. Enter withdraws it for today; what the registration list says stays on
the list, and counts again when Enter is pressed again.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from checkin.errors import CheckinError
from checkin.people import Person
from checkin.tables.bonds import Bond, Bonds, Source
from screens.foreseen import ForeseenBox
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown
from screens.working import begin


class BondsBox(ForeseenBox):
    """The wishes about `person`, or all of the day when it is None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "turn", "withdraw, or count again", id="bonds.turn"),
        Binding("escape", "leave", "back", id="bonds.leave"),
    ]
    HELP = (
        "Who is pinned to a table, kept together with somebody or apart, or does not want to be "
        "moved, and who asked for it. Enter withdraws the one that is meant, for today; what "
        "stands on the registration list stays there, and Enter makes it count again. F8 on the "
        "board takes it back."
    )

    def __init__(self, person: Person | None) -> None:
        super().__init__()
        self._person = person

    def compose_box(self) -> ComposeResult:
        yield LineList(self._line, lambda bond: bond, empty="Reading ...", id="bonds")
        yield self.price_line()

    def on_mount(self) -> None:
        """Reads the wishes."""
        whose = "of the day" if self._person is None else f"about {self._person.full_name}"
        self.query_one("#box", Vertical).border_title = shown(f"Wishes {whose}")
        self.rows.styles.height = 1
        self.rows.focus()
        begin(self, self._read, group="read", exclusive=True, exit_on_error=False)

    @property
    def rows(self) -> LineList[Bond]:
        """The wishes."""
        return self.query_one("#bonds", LineList)

    async def _read(self) -> None:
        session, person = self.checkin.session, self._person
        if session is None:
            return
        bonds = Bonds(session)
        try:
            found = await asyncio.to_thread(
                bonds.all if person is None else partial(bonds.of, person.id)
            )
        except CheckinError as error:
            self.say(str(error))
            return
        room = 14 if self.app.size.height >= 36 else 8
        self.rows.styles.height = max(min(len(found), room), 1)
        self.rows.show(found, "Nobody asked for anything.")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be a wish to withdraw."""
        if action == "turn":
            return self.is_mounted and bool(self.rows.items)
        return super().check_action(action, parameters)

    def _line(self, bond: Bond, width: int) -> Content:
        sign = ("● ", "$accent") if bond.counts else ("○ ", "$quiet")
        who = "" if self._person is not None else f"{bond.who}: "
        style = "" if bond.counts else "$quiet strike"
        origin = shown(bond.origin, "$quiet")
        room = max(width - 2 - origin.cell_length - 2, 20)
        return joined(
            Content.styled(*sign),
            fitted_content(shown(f"{who}{bond.say}", style), room),
            "  ",
            origin,
        )

    def on_line_list_highlighted(self) -> None:
        """Says what Enter would do."""
        bond = self.rows.highlighted
        self.tell_words("" if bond is None else shown(turning(bond)))

    def on_line_list_chosen(self) -> None:
        """A second click does it."""
        self.action_turn()

    def action_turn(self) -> None:
        """Withdraws the wish that is meant, or makes it count again."""
        bond, session = self.rows.highlighted, self.checkin.session
        if bond is not None and session is not None:
            self.perform(partial(Bonds(session).turn, bond))


def turning(bond: Bond) -> str:
    """Returns what turning a bond would mean, in one sentence."""
    if not bond.counts:
        return "Enter makes it count again: plans, moves and repairs keep to it."
    free = "Enter withdraws it: plans, moves and repairs need not keep to it any more."
    if bond.source is Source.LIST:
        return f"{free} It stays on the registration list and does not count today."
    return free
