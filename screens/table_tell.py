"""Who has to be told that they sit elsewhere: ticked off one by one, or printed.

The ticks are kept while the app runs and are written nowhere; the list drops who moved again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.tables.telling import Told
from screens.base import BaseModal
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name
from screens.working import begin


@dataclass(slots=True)
class Telling:
    """A list of people to be told, and the ids of those who were."""

    people: tuple[Told, ...] = ()
    done: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _ToldRow:
    told: Told
    done: bool


class TellBox(BaseModal[None]):
    """The people of `telling`; space ticks, and the ticks stay when the box is left."""

    CSS_PATH = "table_box.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "told", id="tell.tick"),
        Binding("f5,ctrl+o", "print", "print", id="tell.print"),
        Binding("escape", "leave", "back", id="tell.leave"),
    ]
    HELP = (
        "Everybody who sits at another table now, table by table as they sat. Space ticks off who "
        "was told and goes on; F5 writes the list as a PDF beside the event file. The list can be "
        "opened again from the board with shift+F5."
    )

    def __init__(self, telling: Telling) -> None:
        super().__init__()
        self._telling = telling

    def compose_box(self) -> ComposeResult:
        yield Static("", id="faults", markup=False)
        yield LineList(_told_line, lambda row: row.told.person.id, id="told")
        yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        """Shows whom to tell."""
        self.query_one("#box", Vertical).border_title = Content("Who has to be told")
        room = 14 if self.app.size.height >= 36 else 9
        self._list.styles.height = max(min(len(self._telling.people), room), 1)
        self._show()
        self._list.focus()

    @property
    def _list(self) -> LineList[_ToldRow]:
        return self.query_one("#told", LineList)

    def _show(self) -> None:
        done = self._telling.done
        rows = [_ToldRow(told, told.person.id in done) for told in self._telling.people]
        self._list.show(rows, "Nobody has to be told anything.")
        left = sum(not row.done for row in rows)
        if left:
            words = Content.styled(f"{left} of {len(rows)} still to be told", "bold $look")
        else:
            words = Content.styled("✓ Everybody was told." if rows else "", "bold $good")
        self.query_one("#faults", Static).update(words)

    def action_tick(self) -> None:
        """The highlighted person was told, or was not after all; goes on to the next."""
        row = self._list.highlighted
        if row is not None:
            self._telling.done ^= {row.told.person.id}
            self._show()
            if not row.done:
                self._list.action_step(1)

    def on_line_list_chosen(self) -> None:
        """A second click ticks."""
        self.action_tick()

    def action_print(self) -> None:
        """Writes the list as a PDF beside the event file."""
        begin(self, self._print, group="print", exclusive=True, exit_on_error=False)

    async def _print(self) -> None:
        session = self.checkin.session
        if session is None:
            return
        target = session.path.with_name(f"{session.path.stem}-to-tell.pdf")

        def write() -> None:
            from checkin.papers.telling import write_telling

            write_telling(target, session.settings, self._telling.people)

        try:
            await asyncio.to_thread(write)
        except CheckinError as error:
            words = shown(str(error), "bold $look")
        else:
            words = shown(f"Written: {target}")
        self.query_one("#why", Static).update(words)


def _told_line(row: _ToldRow, width: int) -> Content:
    person, origin = row.told.person, row.told.origin
    where = "    " if origin is None else f"{origin:>4}"
    room = max(width - 4 - 13, 20)
    return joined(
        Content.styled(*(("[✓] ", "bold $good") if row.done else ("[ ] ", "$quiet"))),
        Content.styled(f"{where} → {row.told.target:<4} ", "bold $accent"),
        fitted_content(shown(display_name(person)), room // 2 - 1),
        " ",
        fitted_content(shown(person.organisation, "$quiet"), room - room // 2),
    )
