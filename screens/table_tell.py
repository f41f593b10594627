"""Who has to be told that they sit elsewhere: ticked off one by one, or printed.

A tick is an act in the event, so that every desk sees it, and can be taken back; the list follows
the event while it is open.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.errors import CheckinError
from checkin.tables.telling import Telling, Told, left
from screens.table_more import ListBox
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name
from screens.working import begin

MANY = 8
"""So many to be told are told by the wall rather than one by one."""

THE_WALL = "The wall (shift+F9) tells them all: F4 ticks them, tell who missed it."


class TellBox(ListBox[None]):
    """The people of `told`; space ticks, F8 takes the last tick back."""

    CSS_PATH = "table_box.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "told", id="tell.tick"),
        Binding("f4,ctrl+g", "tick_all", "all told", id="tell.all"),
        Binding("f5,ctrl+o", "print", "print", id="tell.print"),
        Binding("f8,ctrl+z", "undo", "undo the last tick", id="tell.undo"),
        Binding("escape", "leave", "back", id="tell.leave"),
    ]
    HELP = (
        "Everybody who sits at another table than they were told, table by table as they sat. "
        "Space ticks off who was told, space on a tick takes it back, F8 takes back the last one. "
        "After a round began the wall (shift+F9 on the board) tells them all: then F4 ticks off "
        "everybody, and only who missed it is to be told. Every desk sees the ticks; who is moved "
        "again is to be told again. F5 writes the list as a PDF beside the event file. Shift+F5 on "
        "the board opens the list."
    )

    def __init__(self, told: Sequence[Told]) -> None:
        super().__init__()
        self._told = tuple(told)
        self._ticked: list[tuple[Told, ...]] = []

    def compose_box(self) -> ComposeResult:
        yield Static("", id="faults", markup=False)
        yield LineList(_told_line, lambda told: told.person.id, id="told")
        yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        """Shows whom to tell, and follows the event."""
        self.query_one("#box", Vertical).border_title = Content("Who has to be told")
        room = 14 if self.app.size.height >= 36 else 9
        self._list.styles.height = max(min(len(self._told), room), 1)
        self.checkin.changed.subscribe(self, lambda _: self._look())
        self._show()
        self._list.focus()

    @property
    def _list(self) -> LineList[Told]:
        return self.query_one("#told", LineList)

    def _show(self) -> None:
        self._list.show(self._told, "Nobody has to be told anything.")
        count = left(self._told)
        if count:
            words = Content.styled(f"{count} of {len(self._told)} still to be told", "bold $look")
            if count >= MANY:
                words += Content.styled(f"\n{THE_WALL}", "$quiet")
        else:
            words = Content.styled("✓ Everybody was told." if self._told else "", "bold $good")
        self.query_one("#faults", Static).update(words)

    def _look(self) -> None:
        begin(self, self._read, group="read", exclusive=True, exit_on_error=False)

    async def _read(self) -> None:
        session = self.checkin.session
        if session is None:
            return
        try:
            self._told = await asyncio.to_thread(Telling(session).whom)
        except CheckinError as error:
            self._say(shown(str(error), "bold $look"))
            return
        self._show()

    def action_tick(self) -> None:
        """The highlighted person was told, or was not after all."""
        told = self._list.highlighted
        if told is None:
            return
        if not told.done:
            self._ticked.append((told,))
        self._write((told,), not told.done)

    def action_tick_all(self) -> None:
        """Everybody was told, by the wall or by a word to all."""
        some = tuple(each for each in self._told if not each.done)
        if some:
            self._ticked.append(some)
            self._write(some, wanted=True)

    def action_undo(self) -> None:
        """Takes the last tick made here back."""
        if not self._ticked:
            self._say(shown("There is no tick of yours to take back."))
            return
        some = self._ticked.pop()
        self._list.go_to(some[0].person.id)
        self._write(some, wanted=False)

    def _write(self, some: tuple[Told, ...], wanted: bool) -> None:
        """Shows the ticks at once and writes them in the desk's turn."""
        ids = {each.person.id for each in some}
        self._told = tuple(
            replace(each, done=wanted) if each.person.id in ids else each for each in self._told
        )
        self._show()
        job = partial(self._written, some, wanted)
        begin(self, job, group="tick", exit_on_error=False)

    async def _written(self, some: tuple[Told, ...], wanted: bool) -> None:
        session = self.checkin.session
        if session is None:
            return
        telling = Telling(session)

        def write() -> None:
            if wanted:
                telling.tick_all(some)
            else:
                telling.untick_all(some)

        try:
            await self.checkin.desk_line.work(write)
        except CheckinError as error:
            self._say(shown(str(error), "bold $look"))
        self.checkin.desk_line.stir()

    def on_line_list_chosen(self) -> None:
        """A second click ticks."""
        self.action_tick()

    def _say(self, words: Content) -> None:
        self.query_one("#why", Static).update(words)

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

            write_telling(target, session.settings, [each for each in self._told if not each.done])

        try:
            await asyncio.to_thread(write)
        except CheckinError as error:
            words = shown(str(error), "bold $look")
        else:
            words = shown(f"Written: {target}")
        self._say(words)


def _told_line(told: Told, width: int) -> Content:
    person, origin = told.person, told.origin
    where = "    " if origin is None else f"{origin:>4}"
    room = max(width - 4 - 13, 20)
    return joined(
        Content.styled(*(("[✓] ", "bold $good") if told.done else ("[ ] ", "$quiet"))),
        Content.styled(f"{where} → {told.target:<4} ", "bold $accent"),
        fitted_content(shown(display_name(person)), room // 2 - 1),
        " ",
        fitted_content(shown(person.organisation, "$quiet"), room - room // 2),
    )
