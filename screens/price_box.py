"""A list of what could be done at the tables, each with its price: arrows choose, Enter does it.

The row that is meant is priced first, then those around it, beside the screen; nothing is done
whose price was not shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from checkin.errors import CheckinError
from checkin.event.session import EventSession
from checkin.tables.foresight import Foresight
from checkin.tables.seating import Change, Price
from screens.foreseen import ForeseenBox, cost_words
from screens.widgets.line_list import LineList
from screens.widgets.shown import shown
from screens.widgets.text_field import TextField
from screens.working import begin

Choice = TypeVar("Choice")

STEPS = {"up": -1, "down": 1, "pageup": -5, "pagedown": 5}
"""How far each key moves a list while a field has the focus."""

AHEAD = 60
"""Rows that are priced before anybody means them."""

AT_ONCE = 6
"""Rows priced between two looks at which one is meant."""


class PriceBox(ForeseenBox, Generic[Choice]):
    """Asks for one of `choices`; a subclass says what they are, cost and do."""

    TYPED: ClassVar[str] = ""
    """What the field is for."""
    NOTHING: ClassVar[str] = ""
    """What stands there when there is nothing to choose."""
    MISSING: ClassVar[str] = ""
    """What Enter says when nothing is chosen."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        super().__init__()
        self.choices = tuple(choices)
        self._prices: dict[object, Price] = {}
        self._sight: Foresight | None = None
        self._reckoning = False
        self._decided = False

    # What a subclass says

    def question(self) -> str:
        """Returns the question."""
        raise NotImplementedError

    def about(self) -> Content:
        """Returns who or what it is asked about, in two lines."""
        raise NotImplementedError

    def key(self, choice: Choice) -> object:
        """Returns which choice it is."""
        raise NotImplementedError

    def line(self, choice: Choice, cost: Content, width: int) -> Content:
        """Returns a choice as a row of the list; `cost` is seven cells wide."""
        raise NotImplementedError

    def what(self, choice: Choice) -> str:
        """Returns what the price is about, in a few words."""
        raise NotImplementedError

    def foresee(self, sight: Foresight, choice: Choice) -> Price:
        """Returns what a choice would cost."""
        raise NotImplementedError

    def act(self, session: EventSession, choice: Choice) -> Change:
        """Does it."""
        raise NotImplementedError

    async def typed(self, text: str) -> None:
        """Goes to, or leaves only, what was typed."""
        raise NotImplementedError

    def objection(self) -> str:
        """Returns why Enter does nothing now; empty when there is nothing against it."""
        return "" if self.rows.highlighted is not None else self.MISSING

    # The box

    def compose_box(self) -> ComposeResult:
        yield Static(self.about(), id="about", markup=False)
        yield TextField(placeholder=self.TYPED, longest=60, id="typed")
        yield LineList(self._row, self.key, id="targets")
        yield self.price_line()

    def on_mount(self) -> None:
        """Shows what can be chosen; the field has the focus, the arrows move the list."""
        self.query_one("#box", Vertical).border_title = shown(self.question())
        self.rows.can_focus = False
        room = 10 if self.app.size.height >= 36 else 6
        self.rows.styles.height = max(min(len(self.choices), room), 1)
        self.rows.show(self.choices, self.NOTHING)
        self.query_one(TextField).focus()

    @property
    def rows(self) -> LineList[Choice]:
        """What can be chosen."""
        return self.query_one("#targets", LineList)

    def mean(self, key: object) -> None:
        """Goes to a row that was pointed at; it stays meant even where it can't be."""
        self._decided = True
        self.rows.go_to(key)

    def _mean_first_possible(self) -> None:
        """Nobody begins at a row that can't be, as long as nobody chose a row or typed."""
        rows = self.rows
        if self._decided or rows.index or self.query_one(TextField).value:
            self._decided = True
            return
        for choice in rows.items:
            price = self._prices.get(self.key(choice))
            if price is None:
                return
            if not price.refused:
                self._decided = True
                if choice is not rows.highlighted:
                    rows.go_to(self.key(choice))
                return

    def _row(self, choice: Choice, width: int) -> Content:
        return self.line(choice, cost_cell(self._prices.get(self.key(choice))), width)

    def on_line_list_highlighted(self) -> None:
        """Says what the row that is meant would cost, as soon as that is known."""
        self._tell_price()
        if not self._reckoning:
            self._reckoning = True
            begin(self, self._reckon, group="reckon", exit_on_error=False)

    def _tell_price(self) -> None:
        choice = self.rows.highlighted
        price = None if choice is None else self._prices.get(self.key(choice))
        if choice is None:
            self.tell_words("")
        elif price is None:
            self.tell_words("Reckoning ...")
        else:
            self.tell_words(cost_words(self.what(choice), price))

    def _unpriced(self) -> list[Choice]:
        """What to price next: the row that is meant, else a few of those that follow."""
        meant = self.rows.highlighted
        if meant is not None and self.key(meant) not in self._prices:
            return [meant]
        rows = (row for row in self.rows.items[:AHEAD] if self.key(row) not in self._prices)
        return [row for row, _ in zip(rows, range(AT_ONCE), strict=False)]

    async def _reckon(self) -> None:
        session = self.checkin.session
        try:
            while session is not None and self.is_mounted and (rows := self._unpriced()):
                self._sight = self._sight or Foresight(session)
                found = await asyncio.to_thread(self._priced, self._sight, rows)
                self._prices.update(found)
                if self.is_mounted:
                    self.rows.refresh()
                    self._mean_first_possible()
                    meant = self.rows.highlighted
                    if meant is not None and self.key(meant) in found:
                        self._tell_price()
        finally:
            self._reckoning = False

    def _priced(self, sight: Foresight, rows: list[Choice]) -> dict[object, Price]:
        found = {}
        for row in rows:
            try:
                found[self.key(row)] = self.foresee(sight, row)
            except CheckinError as error:
                found[self.key(row)] = Price(str(error), 0, 0, str(error))
        return found

    def on_input_changed(self, event: Input.Changed) -> None:
        """Looks for what is typed."""
        event.stop()
        text = event.value.strip()
        begin(self, partial(self.typed, text), group="typed", exclusive=True, exit_on_error=False)

    def on_key(self, event: events.Key) -> None:
        """The arrows move the list while the field has the focus."""
        if event.key in STEPS:
            self._decided = True
            self.rows.action_step(STEPS[event.key])
            event.stop()
            return
        super().on_key(event)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter does it."""
        message.stop()
        self.action_do()

    def on_line_list_chosen(self) -> None:
        """A second click does it."""
        self.action_do()

    def action_do(self) -> None:
        """Does it, when its price was shown and there is nothing against it."""
        choice, against = self.rows.highlighted, self.objection()
        if choice is None or against:
            self.say(against or self.MISSING)
            return
        price, session = self._prices.get(self.key(choice)), self.checkin.session
        if price is None or session is None:
            self.say("One moment: the price comes first.")
        elif price.refused:
            self.say(price.refused)
        else:
            self.perform(partial(self.act, session, choice))


def cost_cell(price: Price | None) -> Content:
    """Returns a price in seven cells: the points it adds, = for none, ✕ for what can't be.

    ! stands where it can be done and a rule is broken then.
    """
    if price is None:
        return Content.styled("  ...  ", "$quiet")
    if price.refused:
        return Content.styled("    ✕  ", "bold $stop")
    if price.first:
        return Content.styled("    !  ", "bold $look")
    difference = price.after - price.before
    mood = "$look" if difference > 0 else "$good" if difference < 0 else "$quiet"
    return Content.styled(f"{difference:+5d}  " if difference else "    =  ", f"bold {mood}")
