"""The form before printing: whose badges, on what stock, into which file, to which printer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label, Static

from checkin.badges.printers import short
from checkin.badges.stocks import STOCKS
from screens.base import BaseModal
from screens.paths import path_of
from screens.widgets.one_of import OneOf
from screens.widgets.shown import shown
from screens.widgets.text_field import TextField
from screens.working import begin

if TYPE_CHECKING:
    from checkin.badges.printers import PrintSystem


class Whose(StrEnum):
    """Whose badges are printed."""

    PICKED = "picked"
    UNPRINTED = "unprinted"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What is to be printed; `queue` is empty when only the file is wanted."""

    whose: Whose
    stock: str
    path: Path
    queue: str = ""


class PrintForm(BaseModal[PrintOrder]):
    """Asks what to print; gives the order, or None."""

    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "next, then print", id="badge-print.next"),
        Binding("f5,ctrl+s", "print", "print now", id="badge-print.print"),
        Binding("down", "app.focus_next", "next field", id="badge-print.down", show=False),
        Binding("up", "app.focus_previous", "field before", id="badge-print.up", show=False),
    ]
    HELP = (
        "← → choose whose badges and the stock; Enter goes on. Badges come in the order of family "
        "names. The PDF is written whole or not at all. The printer queue is the one used last on "
        "this device; empty it for the PDF only, → completes a name. Every print is noted: with a "
        "queue once the queue has taken it, else once the PDF is written."
    )

    def __init__(self, counts: Mapping[Whose, int], target: Path) -> None:
        super().__init__()
        self._counts = counts
        self._target = target
        self._system: PrintSystem | None = None
        self._remembered = ""
        self._gone = ""

    def compose_box(self) -> ComposeResult:
        choices = [(whose.value, f"{whose.value} {count}") for whose, count in self._counts.items()]
        first = next((w for w, count in self._counts.items() if count), Whose.ALL)
        yield Label("Whose badges")
        yield OneOf(choices, first.value, id="whose")
        yield Label("Stock")
        yield OneOf([(name, name) for name in STOCKS], next(iter(STOCKS)), id="stock")
        yield Static(" · ".join(stock.say for stock in STOCKS.values()), id="about", markup=False)
        yield Label("Into the PDF")
        yield TextField(str(self._target), longest=1000, id="path")
        yield Label("Printer queue")
        yield TextField(placeholder="empty: only the PDF", id="printer")
        yield Static("", id="printers", markup=False)
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Starts with the first question."""
        self.query_one("#box", Vertical).border_title = Content("Print badges")
        self.query_one("#whose", OneOf).focus()
        begin(self, self._look_for_printers, group="printers", exit_on_error=False)

    async def _look_for_printers(self) -> None:
        """Fills in the queue used last, then says how the queues are; nobody waits for it."""
        from checkin.badges.printers import print_system
        from checkin.event.device import this_device

        self._remembered = (await asyncio.to_thread(this_device)).printer
        field = self.query_one("#printer", TextField)
        if self.is_mounted and not field.value:
            field.value = self._remembered
        system = await asyncio.to_thread(print_system)
        if not self.is_mounted:
            return
        self._system = system
        names = [queue.name for queue in system.queues]
        field.suggester = SuggestFromList(names, case_sensitive=False)
        if system.running and self._remembered not in names and field.value == self._remembered:
            self._gone, field.value = self._remembered, ""
        self._say_state()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Says how the printer is that is named now."""
        message.stop()
        if message.input.id == "printer":
            self._say_state()

    def _say_state(self) -> None:
        system, named = self._system, self.query_one("#printer", TextField).value.strip()
        if system is None:
            return
        queue = system.named(named)
        if queue is not None:
            words, well = queue.say, queue.ready
        elif named and system.queues and not _starts_one(named, system):
            words, well = f"No queue {short(named)} is listed. {system.in_words}", False
        else:
            gone = f"{short(self._gone)}, used last, is gone. " if self._gone else ""
            words, well = gone + system.in_words, system.running and not gone
        self.query_one("#printers", Static).update(shown(words, "$quiet" if well else "$look"))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes on; in the last field it prints."""
        message.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Goes to the next field, or prints from the last."""
        if self.focused is not None and self.focused.id == "printer":
            self.action_print()
        else:
            self.focus_next()

    def action_print(self) -> None:
        """Gives the order, when it can be done."""
        whose = Whose(self.query_one("#whose", OneOf).value)
        path = path_of(self.query_one("#path", TextField).value)
        if not self._counts[whose]:
            self._say(f"There is no {whose.value} badge; choose others.", "whose")
        elif path is None:
            self._say("Name the PDF to write.", "path")
        else:
            stock = self.query_one("#stock", OneOf).value
            queue = self.query_one("#printer", TextField).value.strip()
            self.dismiss(PrintOrder(whose, stock, path.with_suffix(".pdf"), queue))

    def _say(self, sentence: str, field: str) -> None:
        self.query_one("#problem", Static).update(Content(sentence))
        self.query_one(f"#{field}").focus()


def _starts_one(text: str, system: PrintSystem) -> bool:
    """Whether somebody may be typing the name of a queue."""
    return any(queue.name.casefold().startswith(text.casefold()) for queue in system.queues)
