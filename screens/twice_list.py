"""The list of those who may be registered twice: each pair on one card, settled one after another.

The list is made beside the door. What is decided is written at once, with F8 to take it back; what
is left for later is there again next time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.errors import CheckinError
from screens.answering import tell
from screens.base import BaseModal, BaseScreen
from screens.one_person import Verdict
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import joined, shown
from screens.widgets.side_by_side import address_line, both, hidden_address_line
from screens.widgets.states import STATES, display_name
from screens.working import begin

if TYPE_CHECKING:
    from checkin.door.registered_twice import Twice

NOBODY = "Nobody seems to be registered twice."


class TwiceList(BaseModal[None]):
    """The pairs with the card of the highlighted one; every decision is one act."""

    HELP = (
        "Each line is two registrations that may be one person. F5 makes them one: one card, one "
        "count, and both badges open the door. F7 says that they are two people; they are not "
        "shown again. ← → choose which registration stays. F8 takes the last decision back. E-mail "
        "addresses are hidden until ctrl+e, and again at the next line. What is left stays in the "
        "list."
    )
    CSS_PATH = "forms.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,ctrl+s", "same", "one person", id="twice.same"),
        Binding("f7,ctrl+t", "apart", "two people", id="twice.apart"),
        Binding("left,right", "swap", "the other stays", id="twice.swap", key_display="← →"),
        Binding("f8,ctrl+z", "undo", "undo", id="twice.undo"),
        Binding("ctrl+e,f4", "reveal", "show e-mail", id="twice.reveal", show=False),
        Binding("escape", "leave", "later", id="twice.leave"),
    ]

    def __init__(self, pairs: Sequence[Twice]) -> None:
        super().__init__()
        self._pairs = list(pairs)
        self._settled: list[tuple[int, Twice]] = []
        """What was decided here, with its place in the list, the latest last."""
        self._busy = False
        self._revealed: frozenset[str] = frozenset()
        """The ids of the pair whose e-mail addresses somebody asked to see."""

    def compose_box(self) -> ComposeResult:
        yield LineList(_line, lambda pair: pair.ids, id="pairs")
        yield Static("", id="card", markup=False)
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Shows the first pair."""
        self._list.focus()
        self._fill()
        self.call_after_refresh(self._show_card)

    @property
    def _list(self) -> LineList[Twice]:
        return self.query_one("#pairs", LineList)

    def _fill(self) -> None:
        count = len(self._pairs)
        words = f"Possibly the same person: {count} left" if count else "Possibly the same person"
        self.query_one("#box", Vertical).border_title = Content(words)
        self._list.show(self._pairs, f"{NOBODY} Esc goes back.")

    def on_line_list_highlighted(self) -> None:
        """Another pair on the card, its addresses hidden."""
        pair = self._list.highlighted
        if pair is None or pair.ids != self._revealed:
            self._revealed = frozenset()
        self._show_card()

    def action_reveal(self) -> None:
        """Shows the e-mail addresses of the highlighted pair."""
        pair = self._list.highlighted
        self._revealed = pair.ids if pair is not None else frozenset()
        self._show_card()

    def on_resize(self) -> None:
        """The card is as wide as the box."""
        self.call_after_refresh(self._show_card)

    def _show_card(self) -> None:
        pair, card = self._list.highlighted, self.query_one("#card", Static)
        if pair is None:
            card.update("")
            return
        width = card.content_size.width or 60
        session = self.checkin.session
        zone = session.settings.zone if session is not None else None
        why = shown(pair.why, "bold $look")
        address = hidden_address_line(pair.stays, pair.other)
        if self._revealed == pair.ids:
            address = address_line(pair.stays, pair.other, width)
        lines = (why, both(pair.stays, pair.other, width, zone), address)
        card.update(Content("\n").join(lines))

    def action_swap(self) -> None:
        """Lets the other registration of the pair stay."""
        pair = self._list.highlighted
        if pair is not None:
            place = self._pairs.index(pair)
            self._pairs[place] = replace(pair, stays=pair.other, other=pair.stays)
            self._fill()
            self._show_card()

    def action_same(self) -> None:
        """The highlighted pair is one person."""
        self._decide(_same)

    def action_apart(self) -> None:
        """The highlighted pair is two people."""
        self._decide(_apart)

    def _decide(self, verdict: Callable[[Twice], Verdict]) -> None:
        pair = self._list.highlighted
        if pair is not None and not self._busy:
            self._busy = True
            settle = partial(self._settle, pair, verdict(pair))
            begin(self, settle, group="verdict", exit_on_error=False)

    async def _settle(self, pair: Twice, verdict: Verdict) -> None:
        from screens.door_several import carry_out

        door = self.checkin.door
        if door is None:
            return
        try:
            said = await self.checkin.desk_line.work(lambda: carry_out(door.registrations, verdict))
        except CheckinError as error:
            self._say(str(error))
        else:
            self._settled.append((self._pairs.index(pair), pair))
            self._pairs.remove(pair)
            self._say(said)
            self._fill()
        finally:
            self._busy = False
            self.checkin.desk_line.stir()

    def action_undo(self) -> None:
        """Takes back what was decided last in this list."""
        if self._settled and not self._busy:
            self._busy = True
            begin(self, self._take_back, group="verdict", exit_on_error=False)
        elif not self._settled:
            self._say("Nothing was decided here yet.")

    async def _take_back(self) -> None:
        place, pair = self._settled[-1]
        door = self.checkin.door
        if door is None:
            return
        try:
            await self.checkin.desk_line.work(
                lambda: door.registrations.take_back(pair.stays.id, pair.other.id)
            )
        except CheckinError as error:
            self._say(str(error))
        else:
            self._settled.pop()
            self._pairs.insert(min(place, len(self._pairs)), pair)
            self._say("Undone: the two registrations are as they were.")
            self._fill()
            self._list.go_to(pair.ids)
        finally:
            self._busy = False
            self.checkin.desk_line.stir()

    def _say(self, sentence: str) -> None:
        self.query_one("#problem", Static).update(shown(sentence))


def open_twice_list(screen: BaseScreen[object]) -> None:
    """Looks for those who may be registered twice, beside the door, and shows them."""

    async def show() -> None:
        try:
            pairs = await screen.work(screen.door.twice.everybody)
        except CheckinError as error:
            screen.tell(str(error), severity="error")
            return
        if pairs:
            screen.app.push_screen(TwiceList(pairs))
        else:
            screen.tell(NOBODY)

    if screen.checkin.session is not None:
        if not screen.door.twice.is_quick:
            tell(screen.checkin, "Looking for those who may be registered twice ...")
        begin(screen, show, group="twice-list", exclusive=True, exit_on_error=False)


def _same(pair: Twice) -> Verdict:
    return Verdict(same=pair)


def _apart(pair: Twice) -> Verdict:
    return Verdict(apart=(pair,))


def _line(pair: Twice, width: int) -> Content:
    room = max(width - 26, 20)
    states = [
        joined(Content.styled(f"{sign} {word}", colour))
        for sign, word, colour in (STATES[pair.stays.state], STATES[pair.other.state])
    ]
    places = f"{pair.stays.organisation or '-'} / {pair.other.organisation or '-'}"
    return joined(
        fitted_content(shown(display_name(pair.stays), "bold"), room // 2 - 1),
        " ",
        fitted_content(shown(places, "$quiet"), room - room // 2),
        " ",
        fitted_content(states[0], 12),
        fitted_content(states[1], 12),
    )
