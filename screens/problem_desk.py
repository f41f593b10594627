"""The box of the problem desk: who waits there, since when, after which answer, and the ways on.

It chooses and does nothing itself, except to say that somebody's problem is settled; the door's
screen does the rest as if the person stood before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.door.flags import AtProblemDesk, Unlisted
from checkin.errors import CheckinError
from checkin.people import PersonFlag
from screens.answering import tell
from screens.base import BaseModal
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content
from screens.widgets.shown import fitted, shown
from screens.widgets.states import ANSWERS, display_name
from screens.working import begin

NOBODY = "Nobody waits at the problem desk."
LISTED = "Enter: the card. F4: settled, nothing more to do."
UNLISTED = "On no list. Enter: search for it. F2: walk-in. F4: settled."
NOT_LISTED = "On no list yet: Enter searches at the door, F2 registers a walk-in."

Waiting = AtProblemDesk | Unlisted


class Way(StrEnum):
    """What is done for somebody who waits at the problem desk."""

    CARD = "card"
    CHECK_IN = "check_in"
    SUPERVISOR = "supervisor"
    ONE_PERSON = "one_person"
    NEW_BADGE = "new_badge"
    SEARCH = "search"
    WALK_IN = "walk_in"


OF_UNLISTED = (Way.SEARCH, Way.WALK_IN)


KEYS_OF_UNLISTED = {
    "problem-desk.card": "search for it",
    "problem-desk.walk-in": "walk-in with it",
    "problem-desk.check-in": "",
    "problem-desk.supervisor": "",
    "problem-desk.one-person": "",
    "problem-desk.new-badge": "",
}
"""What the last row says of the keys of who is on no list; empty: nothing."""


@dataclass(frozen=True, slots=True)
class WayOn:
    """The way on from the problem desk that was chosen for somebody."""

    way: Way
    waiting: Waiting


class ProblemDesk(BaseModal[WayOn]):
    """Lists who waits at the problem desk; gives the way on for one of them, or None."""

    HELP = (
        "Everybody who was sent to the problem desk, first come first, with what the door had "
        "answered. Enter shows the card; F3 checks in, F7 takes a supervisor's word, F12 prints "
        "another badge, F10 makes two registrations one. F4 says that it is settled without any of "
        "these. Who is checked in leaves this list by themselves. Who is on no list stands here "
        "with what was typed for them: Enter searches for it at the door, F2 registers a walk-in."
    )
    CSS_PATH = "person_card.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "first_way", "card, or search", id="problem-desk.card"),
        Binding("f2,ctrl+n", "way('walk_in')", "walk-in", id="problem-desk.walk-in", show=False),
        Binding("f3,ctrl+o", "way('check_in')", "check in", id="problem-desk.check-in"),
        Binding("f7,ctrl+y", "way('supervisor')", "supervisor", id="problem-desk.supervisor"),
        Binding("f10,ctrl+f", "way('one_person')", "merge", id="problem-desk.one-person"),
        Binding("f12,ctrl+l", "way('new_badge')", "badge", id="problem-desk.new-badge"),
        Binding("f4,ctrl+s", "settle", "settled", id="problem-desk.settled"),
        Binding("escape", "leave", "back", id="problem-desk.leave"),
    ]

    def __init__(self, waiting: Sequence[Waiting], zone: tzinfo) -> None:
        super().__init__()
        self._waiting = tuple(waiting)
        self._zone = zone

    def compose_box(self) -> ComposeResult:
        yield LineList[Waiting](self._line, lambda each: each.key, empty=NOBODY, id="waiting")
        yield Static("", id="hint")

    def on_mount(self) -> None:
        """Shows who waits, the first of them highlighted."""
        self.query_one("#box", Vertical).border_title = Content("Problem desk")
        self._list.show(self._waiting)
        self._list.focus()
        self._say_ways()

    @property
    def _list(self) -> LineList[Waiting]:
        return self.query_one("#waiting", LineList)

    @property
    def key_words(self) -> dict[str, str]:
        """What the last row says of the keys that mean somebody on no list."""
        return KEYS_OF_UNLISTED if isinstance(self._list.highlighted, Unlisted) else {}

    def _say_ways(self) -> None:
        meant = self._list.highlighted
        words = "" if meant is None else UNLISTED if isinstance(meant, Unlisted) else LISTED
        self.query_one("#hint", Static).update(words)
        self.refresh_bindings()

    def on_line_list_highlighted(self) -> None:
        """The ways on are those of the highlighted one."""
        self._say_ways()

    def _line(self, each: Waiting, width: int) -> Content:
        if isinstance(each, Unlisted):
            return self._unlisted_line(each, width)
        answered = Content.styled("not refused", "$quiet")
        if each.answered is not None:
            sign, heading, mood = ANSWERS[each.answered]
            answered = Content.styled(f"{sign} {heading.lower()}", f"${mood}")
        room = max(width - 6 - 26, 20)
        return Content("").join(
            (
                Content.styled(f"{each.since.astimezone(self._zone):%H:%M} ", "$quiet"),
                fitted_content(shown(display_name(each.person), "bold"), room * 6 // 10 - 1),
                Content(" "),
                fitted(each.person.organisation, room - room * 6 // 10 - 1, "$quiet"),
                Content(" "),
                fitted_content(answered, 26),
            )
        )

    def _unlisted_line(self, each: Unlisted, width: int) -> Content:
        room = max(width - 6 - 26, 20)
        return Content("").join(
            (
                Content.styled(f"{each.since.astimezone(self._zone):%H:%M} ", "$quiet"),
                fitted(f"“{each.text}”", room - 1, "bold"),
                Content(" "),
                fitted(f"? on no list · {each.desk}", 26, "$look"),
            )
        )

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A click on the highlighted row shows the card, or searches."""
        message.stop()
        self.action_first_way()

    def action_first_way(self) -> None:
        """Shows the card of the highlighted person, or searches for who is on no list."""
        unlisted = isinstance(self._list.highlighted, Unlisted)
        self.action_way(Way.SEARCH if unlisted else Way.CARD)

    def action_way(self, way: str) -> None:
        """Gives the way on for the highlighted person, when it leads on for them."""
        meant, wanted = self._list.highlighted, Way(way)
        if meant is None:
            return
        if isinstance(meant, Unlisted) and wanted not in OF_UNLISTED:
            tell(self.checkin, NOT_LISTED)
        elif isinstance(meant, Unlisted) or wanted not in OF_UNLISTED:
            self.dismiss(WayOn(wanted, meant))
        else:
            tell(self.checkin, f"{meant.person.full_name} is on the list: F3 checks in.")

    def action_settle(self) -> None:
        """Takes the highlighted person off the list."""
        waiting = self._list.highlighted
        if waiting is not None:
            work = partial(self._settle, waiting)
            begin(self, work, group="problem-desk", exit_on_error=False)

    async def _settle(self, waiting: Waiting) -> None:
        line, door = self.checkin.desk_line, self.checkin.door
        assert door is not None
        try:
            if isinstance(waiting, Unlisted):
                await line.work(partial(door.flags.settle_unlisted, waiting.key))
            else:
                lift = partial(door.flags.lift, waiting.person.id, PersonFlag.PROBLEM_DESK)
                await line.work(lift)
            self._list.show(await line.work(door.flags.waiting))
            self._say_ways()
        except CheckinError as error:
            tell(self.checkin, str(error), severity="error")
        line.stir()
