"""People's odd days at the door: a supervisor's word, another badge, the card, the problem desk.

What the door's screen can do besides letting people in; each act asks first in a box of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from checkin.door.answers import Answer, Kind
from checkin.errors import CheckinError, RefusedError
from checkin.people import Person, State
from checkin.text import clean
from screens.door_keys import undo_words
from screens.following_card import FollowingCard
from screens.widgets.answer_panel import AnswerPanel
from screens.widgets.scanned import is_scan
from screens.widgets.states import answer_look, in_latin
from screens.working import begin

if TYPE_CHECKING:
    from checkin.door.desk import Door
    from checkin.door.overview import NextUndo
    from checkin.roster.walk_in import WalkIn
    from screens.problem_desk import WayOn


_ACTS = (Kind.WELCOME, Kind.WELCOME_BACK, Kind.LEFT, Kind.UNDONE, Kind.PROBLEM_DESK, Kind.FULL)
"""Answers that may have done something that F8 takes back."""


class OddDays(FollowingCard):
    """The part of the door's screen that is about one person's odd day."""

    def __init__(self) -> None:
        super().__init__()
        self._last_act: frozenset[str] = frozenset()
        """The ids of the people of the last act that was answered here."""

    def show_answer(self, answer: Answer) -> None:
        """Shows what the door said, and the key that goes on from it."""
        if answer.kind in _ACTS:
            people = (answer.person, *(person for _, person in answer.company))
            self._last_act = frozenset(person.id for person in people if person is not None)
        if answer.journal_id is not None or answer.company:
            # Known at once; the desk's line asks the file a moment later.
            self.checkin.desk_line.next_undo = _to_undo(answer, self.checkin.desk_line.next_undo)
        self.take_as_news()
        self.query_one(AnswerPanel).show(answer, hint_of(answer))

    # Taking back

    def action_undo(self) -> None:
        """Takes back what the marked person did last; with nobody marked, this desk's last act."""
        typed, marked = self.field.value.strip(), self.results.highlighted
        answer = self.query_one(AnswerPanel).answer
        if typed:
            if self.searched != typed:
                self.tell("Still looking for that name. F8 again in a moment.")
                return
            marked = self._pointed_at("Nobody is marked. Esc, then F8 undoes the last act.", "F8")
            if marked is None:
                return
            if came(marked):
                self.field.empty()
            self.checkin.desk_line.ask(partial(taken_back, marked.id))
        elif self.results.stepped and marked is not None and came(marked):
            self.checkin.desk_line.ask(partial(taken_back, marked.id))
        elif answer is not None and answer.person is not None and self._is_anothers(answer):
            self._ask_whose(answer, answer.person)
        else:
            self.checkin.desk_line.ask(lambda door: [door.undo()])

    def undo_word(self) -> str:
        """Returns what F8 does now, in the last row's words; empty where it takes nothing back."""
        typed, marked = self.field.value.strip(), self.results.highlighted
        answer = self.query_one(AnswerPanel).answer
        if marked is not None and came(marked) and (typed or self.results.stepped):
            return undo_words(_short(marked))
        if typed:
            return ""
        if answer is not None and answer.person is not None and self._is_anothers(answer):
            return "undo whose?"
        last = self.checkin.desk_line.next_undo
        return undo_words(in_latin(last.name) or last.name, last.people) if last else "undo"

    def _is_anothers(self, answer: Answer) -> bool:
        """Whether the last act may be somebody else's than the answer on the screen speaks of."""
        if answer.kind is Kind.OWN_REPEAT:
            # Scanned twice, and nobody between: what was done a moment ago is the last act.
            return answer.person is None or self._last_act != {answer.person.id}
        return answer.kind is Kind.ALREADY_IN

    def _ask_whose(self, answer: Answer, person: Person) -> None:
        """Asks once more, with the person of the answer marked."""
        at = f" of {self.session.local(answer.first_at):%H:%M}" if answer.first_at else ""
        self.mark(person)
        self.query_one(AnswerPanel).show_said(
            "↶ TAKE WHAT BACK?",
            f"F8 again takes back {person.full_name}'s check-in{at}. Esc, then F8: the last act.",
            "look",
        )

    # A supervisor's word

    def action_admit_anyway(self) -> None:
        """Asks for a supervisor's word for the person whom the last answer refused."""
        answer = self.query_one(AnswerPanel).answer
        if answer is not None and (waiting := kept_out(answer)):
            self._ask_supervisor(answer, waiting)
        elif answer is None or refused(answer) is None:
            self.tell("Nobody was refused just now. Scan the badge or check the name in first.")
        else:
            self._ask_supervisor(answer)

    def _ask_supervisor(self, answer: Answer, group: Sequence[Person] = ()) -> None:
        from checkin.door.admission import Override
        from screens.supervisor import SupervisorForm

        person = refused(answer)
        people = group or ((person,) if person is not None else ())
        if not people:
            self.tell("Nothing was refused there: check in, or print another badge.")
            return

        def admit(word: tuple[str, str] | None) -> None:
            from checkin.door.groups import as_one  # it knows the event file

            if word is not None:
                override = Override(*word)
                ids = [each.id for each in people]

                def admitted(door: Door) -> Sequence[Answer]:
                    if not group:
                        return [door.check_in(ids[0], override=override)]
                    return [as_one(door.check_in_group(ids, override=override))]

                self.checkin.desk_line.ask(admitted)

        self.app.push_screen(SupervisorForm(answer, people), admit)

    # Another badge

    def action_new_badge(self) -> None:
        """Opens the form for another badge, and prints it."""
        person = self._meant_or_last("Whose badge? Type the name first, then F12.", "F12")
        if person is not None:
            self._ask_for_badge(person)

    def _ask_for_badge(self, person: Person) -> None:
        from screens.new_badge import BadgeOrder, NewBadgeForm, make_badge, renew

        async def make(order: BadgeOrder) -> None:
            try:
                await self.checkin.desk_line.work(lambda: renew(self.door, order))
                self.tell(await self.work(lambda: make_badge(self.session, order)))
            except CheckinError as error:
                self.tell(str(error), severity="error")
            self.checkin.desk_line.stir()

        def ordered(order: BadgeOrder | None) -> None:
            if order is not None:
                begin(self, partial(make, order), group="new-badge", exit_on_error=False)

        self.field.empty()
        self.app.push_screen(NewBadgeForm(person), ordered)

    # The card

    def action_card(self) -> None:
        """Shows the card of the highlighted person, or of the last answer's."""
        person = self._meant_or_last("Whose card? Type the name first, then F11.", "F11")
        if person is not None:
            self._show_card(person)

    def _show_card(self, person: Person) -> None:
        from screens.person_card import PersonCard

        async def show() -> None:
            try:
                card = await self.checkin.desk_line.work(lambda: self.door.cards.card(person.id))
            except CheckinError as error:
                self.tell(str(error), severity="error")
                return
            self.app.push_screen(PersonCard(card, self.session.settings.zone), closed)

        def closed(wanted: str | None) -> None:
            self.look_again()
            # The card gives one thing: another badge.
            if wanted is not None:
                self._ask_for_badge(person)

        if self.checkin.session is not None:
            begin(self, show, group="card", exclusive=True, exit_on_error=False)

    # The problem desk

    def action_problem_desk(self) -> None:
        """Sends whom the door did not welcome to the problem desk; else shows who waits there.

        A name that nobody bears goes there as it was typed, before Enter as well as after it.
        """
        typed = self.field.value.strip()
        if typed and typed != self.searched:
            self.tell(f"Still looking for “{clean(typed, 40)}”. Press ctrl+s again.")
            return
        last, text = self.query_one(AnswerPanel).answer, self._of_nobody()
        # What was asked before somebody was typed is about somebody else.
        asked = not typed and last is not None and last.kind is Kind.NEEDS_CHOICE
        if text:
            self.checkin.desk_line.ask(partial(_send_unlisted, text))
            self.action_back()
            return
        if self.results.rows and (self.results.stepped or not asked):
            person = self._pointed_at("", "ctrl+s")
            if person is None:
                return
        elif not typed and last is not None and answer_look(last)[2] in ("look", "stop"):
            # Nobody by name, when nobody is meant: the queue must move all the same.
            person = last.person
        else:
            self.action_at_problem_desk()
            return
        answered = None
        if last is not None and last.person is not None and person is not None:
            answered = last.kind if last.person.id == person.id else None
        self.checkin.desk_line.ask(partial(_send, person.id if person else None, answered))
        self.action_back()

    def _of_nobody(self) -> str:
        """The text that nobody is meant by: what stands in the field, or was answered last."""
        typed, last = self.field.value.strip(), self.query_one(AnswerPanel).answer
        if typed:
            guesses = self.results.asking and not self._choosing and not self.among_namesakes
            nobody = not self.results.rows or guesses
            return typed if nobody and not is_scan(typed) else ""
        if last is None or self.results.highlighted is not None:
            return ""
        return last.asked if last.person is None and last.kind is not Kind.PROBLEM_DESK else ""

    def action_at_problem_desk(self) -> None:
        """Shows who waits at the problem desk."""
        from screens.problem_desk import ProblemDesk

        async def show() -> None:
            try:
                waiting = await self.checkin.desk_line.work(self.door.flags.waiting)
            except CheckinError as error:
                self.tell(str(error), severity="error")
                return
            self.app.push_screen(ProblemDesk(waiting, self.session.settings.zone), self._go_on)

        if self.checkin.session is not None:
            begin(self, show, group="problem-desk", exclusive=True, exit_on_error=False)

    def open_walk_in(self, typed: str, settles: str = "") -> None:
        """Opens the form for somebody who is not on the list, whose name may be `typed`.

        `settles` is the key of who waited at the problem desk for it.
        """
        from screens.walk_in import WalkInForm, registered

        def register(form: WalkIn | None) -> None:
            if form is not None:
                self.checkin.desk_line.ask(partial(registered, form, settles))

        self.app.push_screen(WalkInForm(typed), register)

    def on_pulse_row_asked(self) -> None:
        """A click on the counter of the problem desk."""
        self.action_at_problem_desk()

    def _go_on(self, chosen: WayOn | None) -> None:
        """Does what was chosen at the problem desk, as if the person stood here."""
        from checkin.door.flags import Unlisted
        from screens.problem_desk import Way

        if chosen is None:
            return
        waiting = chosen.waiting
        if isinstance(waiting, Unlisted):
            if chosen.way is Way.WALK_IN:
                self.open_walk_in(waiting.text, waiting.key)
            else:
                self.field.value = waiting.text
                self.field.focus()
            return
        person = waiting.person
        match chosen.way:
            case Way.CARD:
                self._show_card(person)
            case Way.CHECK_IN:
                self.checkin.desk_line.ask(lambda door: [door.check_in(person.id)])
            case Way.SUPERVISOR:
                since = f"{self.session.local(waiting.since):%H:%M}"
                kind = waiting.answered or Kind.PROBLEM_DESK
                say = f"At the problem desk since {since}."
                self._ask_supervisor(Answer(kind, say, person=person))
            case Way.NEW_BADGE:
                self._ask_for_badge(person)
            case Way.ONE_PERSON:
                self.field.value = person.full_name
                self.tell("Mark with ↑ ↓ the registration that stays, then F10.")


def _short(person: Person) -> str:
    name = person.family_name or person.given_name
    return in_latin(name) or name


_DONE = (Kind.WELCOME, Kind.WELCOME_BACK, Kind.LEFT)


def _to_undo(answer: Answer, before: NextUndo | None) -> NextUndo | None:
    """What the next undo takes back after `answer` to an act of this desk; `before`: until then."""
    from checkin.door.overview import NextUndo  # it knows the event file; not before it is open

    if answer.company:
        return NextUndo(_short(answer.company[0][1]), len(answer.company))
    if answer.kind in _DONE and answer.person is not None:
        return NextUndo(_short(answer.person))
    return None if answer.kind is Kind.UNDONE else before


def refused(answer: Answer | None) -> Person | None:
    """Returns whom `answer` refused and a supervisor's word would admit."""
    return answer.person if answer is not None and answer.kind.waits_for_a_word else None


def kept_out(answer: Answer) -> tuple[Person, ...]:
    """Returns whom of a group a supervisor's word would admit."""
    return tuple(person for kind, person in answer.not_in if kind.waits_for_a_word)


def asked_twice(answer: Answer) -> Person | None:
    """Returns whom of a group the door did not count, as they may be in with another badge."""
    return next((p for kind, p in answer.not_in if kind is Kind.NEEDS_CHOICE), None)


def _ways_of_a_group(answer: Answer) -> str:
    ways = []
    if asked_twice(answer) is not None:
        ways.append("F10 registered twice?")
    if waiting := kept_out(answer):
        ways.append("F7 a supervisor admits" + (f" all {len(waiting)}" if waiting[1:] else ""))
    return " · ".join(ways)


def hint_of(answer: Answer) -> str:
    """Returns the keys that go on from `answer`, in words; empty when there are none."""
    if answer.kind is Kind.ALREADY_IN and answer.by_name:
        return "leaves? F5 · F8 takes a wrong check-in back"
    undone = answer.person if answer.kind is Kind.UNDONE else None
    if undone is not None and undone.state is State.EXPECTED:
        return "to put it back: type the name, then Enter"
    if answer_look(answer)[2] not in ("look", "stop"):
        return ""
    if answer.not_in:
        return _ways_of_a_group(answer)
    ways = ["ctrl+s problem desk"]
    if refused(answer) is not None:
        ways.insert(0, "F7 a supervisor admits")
    if answer.asked:
        ways.insert(0, "F2 walk-in")
    if answer.kind is Kind.NEEDS_CHOICE and len(answer.choices) > 1:
        ways.insert(0, "F10 when two of them are one person")
    if answer.kind is Kind.ALREADY_IN:
        ways[:0] = ["leaves? F5", "F8 takes a wrong check-in back"]
    return " · ".join(ways)


def _send_unlisted(text: str, door: Door) -> Sequence[Answer]:
    return [door.flags.send_unlisted(text)]


def _send(person_id: str | None, answered: Kind | None, door: Door) -> Sequence[Answer]:
    return [door.flags.send_to_problem_desk(person_id, answered)]


def came(person: Person) -> bool:
    """Whether `person` was checked in today, and there is something of theirs to take back."""
    return person.state in (State.HERE, State.LEFT)


def taken_back(person_id: str, door: Door) -> Sequence[Answer]:
    """Takes back what one person did last; RefusedError, with the way on, when they never came."""
    person = door.person(person_id)
    if not came(person):
        raise RefusedError(
            f"{person.full_name} has not come; empty the field (Esc) to undo the last act."
        )
    return [door.undo(person_id)]
