"""Acts of the door that are about several registrations: twice the same person, groups, the queue.

What the door's screen can do besides one person's own day; each act asks first in a box of its own.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from checkin.door.answers import Answer, Kind
from checkin.errors import CheckinError
from checkin.people import Person, State
from checkin.text import clean
from screens.crash import note
from screens.meaning import looked_up
from screens.odd_days import OddDays, asked_twice, hint_of
from screens.widgets.answer_panel import AnswerPanel
from screens.widgets.states import STATES, display_name, state_look
from screens.working import begin

if TYPE_CHECKING:
    from checkin.door.desk import Door
    from checkin.door.groups import Groups
    from checkin.door.registered_twice import Twice
    from screens.one_person import Verdict

NEWS = 0.25
"""Seconds an answer stands before more is looked for: at a queue's pace nobody waits for it."""

LONGEST_NAME = 38
"""Cells of an authority's name in the line of 80 that speaks of it."""

_NAMES = ("family_name", "given_name", "badge_name", "email")
"""Fields whose letters mean one person, and not their authority."""

FEW = 8
"""Colleagues who can be ticked off in one box without looking for them."""

_MAY_BE_TWICE = (
    Kind.WELCOME,
    Kind.WELCOME_BACK,
    Kind.CANCELLED,
    Kind.WAITLISTED,
    Kind.NOT_YET,
    Kind.FULL,
)


@dataclass(frozen=True, slots=True)
class _More:
    """What is known besides an answer: other registrations, free chairs for who waits, and how
    many colleagues are still due."""

    twice: tuple[Twice, ...] = ()
    free: int | None = None
    colleagues: int = 0


class SeveralAtOnce(OddDays):
    """The part of the door's screen that is about more than one registration."""

    def event_ready(self) -> None:
        """Looks who may be registered twice, once everybody is read."""
        begin(self, self._look_through, group="look-through", exclusive=True, exit_on_error=False)

    async def _look_through(self) -> None:
        stopped = threading.Event()
        try:
            while not self.door.ready:
                await asyncio.sleep(NEWS)
            await self.work(partial(self.door.twice.load, stopped.is_set))
        except CheckinError as error:
            note(error)  # the door works without it, and asks less
        finally:
            stopped.set()

    def show_answer(self, answer: Answer) -> None:
        """Shows what the door said; other registrations, free chairs and colleagues who are due
        are told a moment later."""
        super().show_answer(answer)
        if answer.person is not None and answer.kind in _MAY_BE_TWICE:
            look = partial(self._look_for_more, answer, answer.person)
            begin(self, look, group="more", exclusive=True, exit_on_error=False)

    async def _look_for_more(self, answer: Answer, person: Person) -> None:
        await asyncio.sleep(NEWS)
        if self.checkin.door is None or not self.door.ready:
            return

        def look() -> _More:
            waits = answer.kind in (Kind.WAITLISTED, Kind.FULL)
            free = self.door.waiting.chairs().free if waits else None
            # Beside a newcomer, "one more is due" reads as if somebody else were meant.
            come = answer.kind is Kind.WELCOME and not answer.newcomer
            colleagues = self.door.groups.still_due(person.organisation) if come else 0
            return _More(tuple(self.door.twice.others(person.id)), free, colleagues)

        try:
            more = await self.work(look)
        except CheckinError:
            return  # the answer stands without it
        panel = self.query_one(AnswerPanel)
        hint = _hint(answer, more)
        if panel.answer is answer and hint:
            panel.show(answer, hint)

    # One person, registered twice

    def action_one_person(self) -> None:
        """Asks whether the person who is meant is registered twice; without one, shows them all."""
        answer = self.query_one(AnswerPanel).answer
        person = self.results.highlighted
        if self.results.asking:
            # Whoever is meant: the others of the question stand beside them in the box.
            person = self.results.rows[0].person
        if answer is not None and person is None:
            person = asked_twice(answer)
        if answer is not None and answer.person is not None:
            asked = answer.kind is Kind.NEEDS_CHOICE and not self.results.stepped
            person = answer.person if asked or person is None else person
        if person is None:
            from screens.twice_list import open_twice_list

            open_twice_list(self)
        else:
            # Whoever asked for a check-in, and hears that the namesakes are one, meant that one.
            wants_in = frozenset(each.id for each in self._choosing if self.unanswered)
            look = partial(self._ask_about, person, answer, wants_in)
            begin(self, look, group="twice", exclusive=True, exit_on_error=False)

    async def _ask_about(
        self, person: Person, answer: Answer | None, wants_in: frozenset[str]
    ) -> None:
        from screens.one_person import OnePersonBox

        try:
            pairs = await self.work(lambda: self.door.twice.others(person.id))
        except CheckinError as error:
            self.tell(str(error), severity="error")
            return
        pairs += self._listed_with(person, {id for pair in pairs for id in pair.ids})
        if not pairs:
            self.tell("No other registration is like this one. Type more of the name to see all.")
            return

        def said(verdict: Verdict | None) -> None:
            if verdict is not None:
                go_on = partial(self._settle, verdict, person, answer, wants_in)
                begin(self, go_on, group="verdict", exit_on_error=False)

        self.app.push_screen(OnePersonBox(pairs), said)

    def _listed_with(self, person: Person, known: set[str]) -> list[Twice]:
        """The others in the list that may be `person`, namesakes first, as pairs to ask about."""
        from checkin.door.registered_twice import Twice

        rows = [row.person for row in self.results.rows]
        if person.id not in {each.id for each in rows}:
            return []
        namesakes = self.results.namesakes
        rest = [each for each in rows if each not in namesakes]
        others = [each for each in (*namesakes, *rest) if each.id not in {person.id, *known}]
        return [Twice(person, other, "") for other in others]

    async def _settle(
        self, verdict: Verdict, person: Person, answer: Answer | None, wants_in: frozenset[str]
    ) -> None:
        """Does what was said; whom the door had asked about, and who is somebody else, goes in."""

        def carried_out() -> tuple[str, Person]:
            said = carry_out(self.door.registrations, verdict)
            return said, self.door.person(verdict.same.stays.id if verdict.same else person.id)

        try:
            said, now = await self.checkin.desk_line.work(carried_out)
        except CheckinError as error:
            self.tell(str(error), severity="error")
            return
        self.action_back()
        if verdict.same is not None and wants_in == verdict.same.ids:
            self.checkin.desk_line.ask(partial(_looked_up_as_one, now.id))
        elif verdict.same is not None:
            self._show_one(now)
        else:
            self.tell(said)
        asked = answer is not None and (
            (answer.kind is Kind.NEEDS_CHOICE and answer.person is not None)
            or asked_twice(answer) == person
        )
        if verdict.apart and asked:
            self.checkin.desk_line.ask(lambda door: [door.check_in(person.id)])
        self.checkin.desk_line.stir()

    def _show_one(self, person: Person) -> None:
        """Shows who two registrations are now, in place of an answer to one of them."""
        sign, word, _ = state_look(person)
        where = f", at table {person.table}" if person.table is not None else ""
        then = {
            State.EXPECTED: "Not in yet: press Enter to check in.",
            State.HERE: f"{sign} Here already{where}.",
        }.get(person.state, f"{sign} {word.capitalize()}.")
        if person.state is State.EXPECTED:
            self.mark(person)
        mood = "look" if person.state is State.EXPECTED else "calm"
        self.query_one(AnswerPanel).show_said(
            "✓ ONE PERSON",
            f"{display_name(person)} is one registration now; both badges work. {then}",
            mood,
        )

    # The waiting list

    def action_waiting_list(self) -> None:
        """Shows who waits, how many chairs are free, and gives them away."""
        from screens.waiting_list import open_waiting_list

        open_waiting_list(self)

    # A group

    def _marked_by_name(self) -> str:
        """The id of the marked person when a name of theirs was typed, or an arrow marked them."""
        results = self.results
        if results.highlighted is None:
            return ""
        row = results.rows[results.index]
        typed = any(mark.field in _NAMES for mark in row.marks)
        return row.person.id if typed or results.stepped else ""

    def action_group(self) -> None:
        """Opens the list of the colleagues of the highlighted person, or of the last answer's."""
        last = self.query_one(AnswerPanel).answer
        person, named = self.results.highlighted, self._marked_by_name()
        if self.results.asking:
            namesakes = self.results.namesakes
            if not self.asks_among_namesakes or len({p.organisation for p in namesakes}) > 1:
                self._pointed_at("", "F4")
                return
            # Whichever of them is meant, the colleagues are the same.
            person = namesakes[0]
        beside_last = person is None and last is not None and not self.field.value
        if beside_last and last is not None:
            person = last.person
        if person is None:
            self.tell("Which group? Type the authority or one of its people, then F4.")
            return

        def admit_all(ids: Sequence[str] | Person | None) -> None:
            from checkin.door.groups import as_one  # it knows the event file; not before it is open

            if isinstance(ids, Person):
                twice = partial(self._ask_about, ids, None, frozenset())
                begin(self, twice, group="twice", exclusive=True, exit_on_error=False)
            elif ids:
                self.checkin.desk_line.ask(lambda door: [as_one(door.check_in_group(ids))])

        async def ask() -> None:
            from screens.group import GroupList

            def read() -> tuple[Groups, tuple[frozenset[str], ...]]:
                groups = self.door.groups.of(person.id)
                everybody = {each.id: each for each in groups.authority.people}
                everybody |= {each.id: each for each in groups.territory.people}
                return groups, self.door.twice.among(everybody.values())

            groups, twice = await self.checkin.desk_line.work(read)
            everybody = (*groups.authority.people, *groups.territory.people)
            if beside_last and not any(each.state is State.EXPECTED for each in everybody):
                self.tell(
                    f"Nobody else of {clean(person.organisation, 40) or 'theirs'} is due. "
                    "For another group type one of them first, then F4."
                )
                return
            self.app.push_screen(GroupList(groups, named, twice), admit_all)

        self.field.empty()
        begin(self, ask, group="group", exclusive=True, exit_on_error=False)


def _hint(answer: Answer, more: _More) -> str:
    """Returns the keys that go on from `answer`, now that more is known; empty without news."""
    ways: list[str] = []
    if more.free:
        chairs = "1 chair is free" if more.free == 1 else f"{more.free} chairs are free"
        ways.append(f"{chairs} now: F7 admits, ctrl+b the queue")
    if more.twice:
        other = next(p for p in _both(more.twice[0]) if p.id != getattr(answer.person, "id", ""))
        sign, word, _ = STATES[other.state]
        ways.append(f"F10 registered twice? {sign} {word}: {clean(_place(other), 24)}")
    if more.colleagues and answer.person is not None and not ways:
        # There is one line: what may be wrong goes before what saves a way.
        ways.append(_due(more.colleagues, answer.person.organisation))
    return " · ".join(ways) or hint_of(answer) if ways else ""


def _due(count: int, authority: str) -> str:
    verb, together = "is" if count == 1 else "are", " together" if count <= FEW else ""
    # A name that is cut says so: half of an authority may read as another one.
    name = Content(clean(authority)).truncate(LONGEST_NAME, ellipsis=True).plain
    return f"{count} more of {name} {verb} due: F4{together}"


def _both(pair: Twice) -> tuple[Person, Person]:
    return pair.stays, pair.other


def _place(person: Person) -> str:
    return person.organisation or person.territory or display_name(person)


def _looked_up_as_one(person_id: str, door: Door) -> Sequence[Answer]:
    """Checks in somebody whose two registrations were just made one, and says so."""
    from checkin.door.wording import made_one  # it knows the rules; not before the first frame

    return [made_one(answer) for answer in looked_up(person_id, door)]


def carry_out(registrations: object, verdict: Verdict) -> str:
    """Writes a verdict and returns what was done, in a sentence."""
    from checkin.door.registrations import Registrations

    assert isinstance(registrations, Registrations)
    if verdict.same is not None:
        kept = registrations.merge(verdict.same.stays.id, verdict.same.other.id)
        where = f" Here, at table {kept.table}." if kept.table and kept.state is State.HERE else ""
        return f"{kept.full_name} is one registration now; both badges are good.{where}"
    for pair in verdict.apart:
        registrations.tell_apart(pair.stays.id, pair.other.id)
    return "Two people. They are not taken for one again."
