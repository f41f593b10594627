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

from checkin.door.flags import AtProblemDesk
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


class Way(StrEnum):
    """What is done for somebody who waits at the problem desk."""

    CARD = "card"
    CHECK_IN = "check_in"
    SUPERVISOR = "supervisor"
    ONE_PERSON = "one_person"
    NEW_BADGE = "new_badge"


@dataclass(frozen=True, slots=True)
class WayOn:
    """The way on from the problem desk that was chosen for somebody."""

    way: Way
    waiting: AtProblemDesk


class ProblemDesk(BaseModal[WayOn]):
    """Lists who waits at the problem desk; gives the way on for one of them, or None."""

    HELP = (
        "Everybody who was sent to the problem desk, first come first, with what the door had "
        "answered. Enter shows the card; F3 checks in, F7 takes a supervisor's word, F12 prints "
        "another badge, F10 makes two registrations one. F4 says that it is settled without any of "
        "these. Who is checked in leaves this list by themselves."
    )
    CSS_PATH = "person_card.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "way('card')", "card", id="problem-desk.card"),
        Binding("f3,ctrl+o", "way('check_in')", "check in", id="problem-desk.check-in"),
        Binding("f7,ctrl+y", "way('supervisor')", "supervisor", id="problem-desk.supervisor"),
        Binding("f10,ctrl+f", "way('one_person')", "merge", id="problem-desk.one-person"),
        Binding("f12,ctrl+l", "way('new_badge')", "badge", id="problem-desk.new-badge"),
        Binding("f4,ctrl+s", "settle", "settled", id="problem-desk.settled"),
        Binding("escape", "leave", "back", id="problem-desk.leave"),
    ]

    def __init__(self, waiting: Sequence[AtProblemDesk], zone: tzinfo) -> None:
        super().__init__()
        self._waiting = tuple(waiting)
        self._zone = zone

    def compose_box(self) -> ComposeResult:
        yield LineList[AtProblemDesk](
            self._line, lambda each: each.person.id, empty=NOBODY, id="waiting"
        )
        yield Static("Enter: the card. F4: settled, nothing more to do.", id="hint")

    def on_mount(self) -> None:
        """Shows who waits, the first of them highlighted."""
        self.query_one("#box", Vertical).border_title = Content("Problem desk")
        self._list.show(self._waiting)
        self._list.focus()

    @property
    def _list(self) -> LineList[AtProblemDesk]:
        return self.query_one("#waiting", LineList)

    def _line(self, each: AtProblemDesk, width: int) -> Content:
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

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A click on the highlighted row shows the card."""
        message.stop()
        self.action_way(Way.CARD)

    def action_way(self, way: str) -> None:
        """Gives the way on for the highlighted person."""
        if self._list.highlighted is not None:
            self.dismiss(WayOn(Way(way), self._list.highlighted))

    def action_settle(self) -> None:
        """Takes the highlighted person off the list."""
        waiting = self._list.highlighted
        if waiting is not None:
            work = partial(self._settle, waiting.person.id)
            begin(self, work, group="problem-desk", exit_on_error=False)

    async def _settle(self, person_id: str) -> None:
        line, door = self.checkin.desk_line, self.checkin.door
        assert door is not None
        try:
            await line.work(partial(door.flags.lift, person_id, PersonFlag.PROBLEM_DESK))
            self._list.show(await line.work(door.flags.at_problem_desk))
        except CheckinError as error:
            tell(self.checkin, str(error), severity="error")
        line.stir()
