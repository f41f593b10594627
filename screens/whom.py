"""Whom a key of the door means: the marked row, one of those who are asked about, or the last.

The program never picks one of several people: it asks, marks nobody, and a question that is left
open stays written below the field. What is done with whom is meant is the business of the screens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.content import Content

from checkin.door.answers import Answer, Kind
from checkin.people import Person
from checkin.text import clean
from screens.base import AreaScreen
from screens.meaning import yes_or_no
from screens.widgets.answer_panel import AnswerPanel
from screens.widgets.result_list import ResultList, Row
from screens.widgets.scan_field import ScanField
from screens.widgets.states import is_yes_or_no


class Whom(AreaScreen):
    """The part of the door's screen that knows who is meant, and asks."""

    def __init__(self) -> None:
        super().__init__()
        self.searched = ""
        """The text whose results are shown."""
        self._choosing: tuple[Person, ...] = ()
        """The people of a question while nobody was chosen, or the one whom a key marked."""
        self._forgotten: frozenset[str] = frozenset()
        """The ids of the people about whom a question was left open."""
        self.unanswered = ""
        """What is said of the question that stands when it is left open; empty: nothing."""
        self.among_namesakes = False
        """Whether nobody is marked in the list because several of the best bear one name."""

    @property
    def field(self) -> ScanField:
        """The one field."""
        return self.query_one(ScanField)

    @property
    def results(self) -> ResultList:
        """Who could be meant."""
        return self.query_one(ResultList)

    def show_answer(self, answer: Answer) -> None:
        """Shows what the door said."""
        raise NotImplementedError

    def show_found(self, rows: Sequence[Row], empty: str = "") -> None:
        """Shows people in the list."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Searches once more for what stands in the field: somebody in the list was changed."""

    @property
    def asks_among_namesakes(self) -> bool:
        """Whether the list waits for somebody to say which of several namesakes is meant."""
        return self.among_namesakes and self.results.asking and not self._choosing

    @property
    def asks_yes_or_no(self) -> bool:
        """Whether one person is asked about, and Enter says yes."""
        answer = self.query_one(AnswerPanel).answer
        asked = answer is not None and is_yes_or_no(answer) and answer.choices == self._choosing
        return asked and self.results.asking

    # Whom a key means

    def choose_first(self, then: str) -> None:
        """Says below the question that stands that nobody was chosen yet, and what then comes."""
        panel, words = self.query_one(AnswerPanel), f"Choose with ↑ ↓ first; {then}"
        if panel.answer is None or panel.is_past:
            self.tell(words)
        else:
            panel.show(replace(panel.answer, next=words), panel.hint)
        self.checkin.bells.look()

    def _pointed_at(self, question: str, key: str) -> Person | None:
        """The person whom the highlight means for `key`; asks when there is none, or namesakes."""
        text = self.field.value.strip()
        if text and text != self.searched and not self._choosing:
            # What stands in the list was found for fewer letters: somebody else may be marked.
            self.tell(f"Still looking for “{clean(text, 40)}”. Press {key} again.")
            return None
        if self.asks_among_namesakes:
            self.show_answer(which_one(self.results.namesakes, key))
            # Nobody asked to be checked in.
            self.unanswered = ""
            return None
        if self.results.asking:
            self.choose_first(f"then {key}.")
            return None
        if self.results.highlighted is None:
            self.tell(question)
        return self.results.highlighted

    def _meant_or_last(self, question: str, key: str) -> Person | None:
        """The person whom the highlight means, else the last answer's."""
        last, nobody = self.query_one(AnswerPanel).answer, not self.results.rows
        # Where something is typed, the last answer is about somebody else; a question about two
        # names neither.
        if nobody and not self.field.value and last is not None and last.person is not None:
            return last.person
        return self._pointed_at(question, key)

    # Questions

    def mark(self, person: Person) -> None:
        """Marks one person as if chosen, so that the next key means exactly them."""
        self._choosing, self.unanswered = (person,), ""
        self.show_found([Row(person)])
        self.results.step(-1)
        self.refresh_bindings()

    def _leave_open(self) -> None:
        """Goes on from whatever was asked; a question without an answer stays written."""
        if not self._choosing:
            return
        if self.unanswered:
            self.field.border_subtitle = Content(self.unanswered)
            self._forgotten = frozenset(person.id for person in self._choosing)
        self._answer_given()

    def _answer_given(self) -> None:
        """The question is no more; what is in the list is searched for anew."""
        if self._choosing:
            self._choosing, self.unanswered, self.searched = (), "", ""
            self.refresh_bindings()

    def _forget(self) -> None:
        """Nobody is left whom a question was about."""
        self._forgotten, self.field.border_subtitle = frozenset(), None

    def action_choose(self) -> None:
        """Marks the first of those who are asked about."""
        self.results.step(1)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The arrows choose while nobody is chosen of several: the last row says so."""
        if action == "choose":
            return self.results.asking and not self.asks_yes_or_no
        return super().check_action(action, parameters)


def led(answer: Answer) -> Answer:
    """Returns a question with the way on that helps: yes or no for one person, one card for people
    who read the same."""
    if is_yes_or_no(answer):
        return replace(answer, next=yes_or_no(answer.choices[0]))
    if answer.kind is not Kind.NEEDS_CHOICE or answer.person is not None:
        return answer
    if not _read_the_same(answer.choices) or answer.next.startswith(_ONE_CARD):
        return answer
    return replace(answer, next=f"{_ONE_CARD} Or choose with ↑ ↓, then Enter.")


def offers_one_card(answer: Answer) -> bool:
    """Whether F10 helps with this question: two of those asked about may be one person."""
    return answer.kind is Kind.NEEDS_CHOICE and len(answer.choices) > 1


_ONE_CARD = "F10: make them one, if they are."


def _read_the_same(people: Sequence[Person]) -> bool:
    """Whether nobody could say by name and authority who of `people` is who."""
    read = {(clean(p.full_name).casefold(), clean(p.organisation).casefold()) for p in people}
    return len(people) > 1 and len(read) == 1


def left_open(answer: Answer) -> str:
    """Returns what is said of a question that nobody answered, so that it is not forgotten."""
    if is_yes_or_no(answer):
        name = clean(answer.choices[0].full_name, 24)
        return f"Not checked in: {name}? To go back to them, type that name."
    names = {each.full_name for each in answer.choices}
    which = f"which {clean(names.pop(), 40)}?" if len(names) == 1 else answer.say
    return f"Not checked in: {which}"


def which_one(namesakes: Sequence[Person], key: str = "Enter") -> Answer:
    """Returns the question that namesakes among the results lead to; `key` then means the chosen
    one."""
    name = namesakes[0].full_name
    alike = _read_the_same(namesakes)
    way = f"{_ONE_CARD} Or mark one" if alike else "Ask for the authority; mark one"
    return Answer(
        Kind.NEEDS_CHOICE,
        say=f"{len(namesakes)} people are called {name}. Nobody is marked yet.",
        next=f"{way} with ↑ ↓, then {key}.",
        choices=tuple(namesakes),
    )
