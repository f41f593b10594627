"""The door: one field for scans and typing, one large answer, the last acts, what is coming.

Made for 08:40: whatever is scanned is answered in order, whatever is typed shows who could be
meant, and Enter admits the one that is. Namesakes are never picked by the program.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from checkin.door.answers import Answer, Kind
from checkin.people import Person, State
from checkin.text import clean
from screens.bounce import Bounce
from screens.door_keys import Enter, Standing
from screens.door_several import SeveralAtOnce
from screens.meaning import MOST_RESULTS, above_of, looked_up, meant
from screens.whom import led, left_open, offers_one_card, which_one
from screens.widgets.acts_list import ActsList
from screens.widgets.answer_panel import AnswerPanel
from screens.widgets.arrivals import PulseRow
from screens.widgets.result_list import ResultList, Row
from screens.widgets.scan_field import ScanField
from screens.widgets.scanned import is_badge_code, is_scan, is_test_card
from screens.working import begin

if TYPE_CHECKING:
    from checkin.door.desk import Door
    from checkin.door.people_index import Match, NearMatches

QUIET = 0.03
"""Seconds without a key after quick ones, before results are looked for."""

IDLE = "Ready. Scan a badge, or type part of a name, an authority, a city."
MOMENT = "It was read; the answer comes by itself. Nothing has to be scanned again."
_OF_STATE = {
    State.HERE: Enter.SHOW_TABLE,
    State.CANCELLED: Enter.WHY_NOT,
    State.WAITLISTED: Enter.WHY_NOT,
}
OPENING = "Opening the event. Scans and typing are kept meanwhile."


class DoorScreen(SeveralAtOnce):
    """The door's screen. Acts go into the app's line; it shows what comes back."""

    HELP = (
        "Scan a badge at any time, on any screen. Or type part of a name, an authority or a "
        "city, in any order and without accents; ↑ ↓ choose, Enter checks in the marked person; of"
        " somebody who is here the card shows the table. The last row says what each key does now;"
        " beside F8 stands whose act it takes back. F5: the marked person leaves, or goes "
        "out for a while; a scan or Enter brings them back. Two people of the same name are never "
        "chosen for you, nor is anybody whose name is only close: when it asks “is it ...?”, read, "
        "then Enter is yes and Esc no. F8 takes the last act back; "
        "with a name in the field, what the marked person did last. Nobody has to wait: what is "
        "scanned meanwhile is answered in order. F7 takes a supervisor's word for somebody who "
        "was refused; F10 settles two registrations of one person; F12 prints another badge. F11 "
        "shows a person's card. ctrl+s sends whom the door did not welcome to the problem desk, "
        "or the name in the field that nobody bears; PgDn shows who waits there."
    )
    AREA = "door"
    AUTO_FOCUS = "ScanField"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", "check in", id="door.check-in"),
        Binding("down", "choose", "choose", key_display="↑ ↓", id="door.choose"),
        Binding("f2,ctrl+n", "walk_in", "walk-in", id="door.walk-in"),
        Binding("f3,ctrl+t", "substitute", "substitute", id="door.substitute"),
        Binding("f4,ctrl+g", "group", "group", id="door.group"),
        Binding("f5,ctrl+o", "departure", "leaves", id="door.departure", show=False),
        Binding("f8,ctrl+z", "undo", "undo", id="door.undo"),
        Binding("f7,ctrl+y", "admit_anyway", "supervisor admits", id="door.supervisor", show=False),
        Binding("f10,ctrl+f", "one_person", "one person twice", id="door.one-person", show=False),
        Binding("ctrl+b", "waiting_list", "waiting list", id="door.waiting-list", show=False),
        Binding("f11,ctrl+d", "card", "card", id="door.card", show=False, priority=True),
        Binding("ctrl+s", "problem_desk", "send to the problem desk", id="door.send", show=False),
        Binding(
            "pagedown",
            "at_problem_desk",
            "who is at the problem desk",
            id="door.problem-desk",
            show=False,
            priority=True,
        ),
        Binding("f12,ctrl+l", "new_badge", "another badge", id="door.new-badge", show=False),
        Binding("escape", "back", "clear", id="door.clear", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._searching = False
        self.bounce = Bounce()
        self._moment = False
        """Whether the panel asks for a moment."""

    def compose_area(self) -> ComposeResult:
        yield ScanField(is_code=is_badge_code, id="scan")
        yield ResultList(id="results")
        yield ActsList(id="acts")
        yield AnswerPanel(idle=OPENING, id="answer")
        yield PulseRow(id="pulse")

    def on_mount(self) -> None:
        """Says what the field takes."""
        self.field.border_title = Content("Scan a badge, or type a name or an authority")
        self.show_found(())

    # What comes from the event

    def event_ready(self) -> None:
        """The door takes acts; the search index may still be loading."""
        super().event_ready()
        self.results.zone = self.session.settings.zone
        self.query_one(AnswerPanel).show_idle(IDLE)
        self.event_changed()

    def event_changed(self) -> None:
        """Counters and last acts, after every act here or elsewhere."""
        line = self.checkin.desk_line
        if line.pulse is not None:
            self.query_one(PulseRow).show(line.pulse)
        if self.checkin.session is not None:
            self.query_one(ActsList).show(line.acts, self.session.settings.zone)
        self.query_one(AnswerPanel).show_waiting(line.waiting)
        if self._moment and not line.answering:
            # What was done needs no answer.
            self._moment = False
            self.query_one(AnswerPanel).show_idle(IDLE)
        self._search_again()
        self.say_keys()

    def show_heading(self) -> None:
        """Once a second: the first row, and how far the list is read."""
        super().show_heading()
        progress = self.checkin.desk_line.progress
        for row in self.query(PulseRow):
            row.note(
                f"Reading the list: {progress[0]:,} of {progress[1]:,}. Scans work already."
                if progress is not None
                else ""
            )

    def show_answer(self, answer: Answer) -> None:
        """Shows what the door said; namesakes stand in the list to be chosen from."""
        answer = led(answer)
        self._moment = False
        super().show_answer(answer)
        asked = bool(self._choosing)
        self._leave_open()
        about = (*answer.choices, answer.person) if answer.person else answer.choices
        if self._forgotten.intersection(person.id for person in about):
            self._forget()
        if answer.kind is Kind.NEEDS_CHOICE and answer.choices:
            self._choosing, self.unanswered = answer.choices, left_open(answer)
            self.show_found([Row(person) for person in answer.choices])
            self.results.ask(self.results.rows)
            self._question_comes()
            self.refresh_bindings()
        elif asked:
            self._search_again()
        self.say_keys()

    def _question_comes(self) -> None:
        """An Enter says yes only once the question could be read."""
        self.bounce.asked()
        self.call_after_refresh(self.bounce.painted)

    def on_screen_resume(self) -> None:
        """What stood here while something covered it can be read from now on."""
        super().on_screen_resume()
        if self._choosing:
            self._question_comes()

    def standing(self) -> Standing:
        """Returns what the keys would do now."""
        answer, nobody = self.query_one(AnswerPanel).answer, bool(self._of_nobody())
        waits = self.results.asking and bool(self._choosing)
        return Standing(
            enter=self._enter_does(),
            undo=self.undo_word(),
            choosing=self.results.asking and not self.asks_yes_or_no,
            nobody=nobody and not self.results.rows and self._is_searched,
            one_card=waits and answer is not None and offers_one_card(answer),
        )

    @property
    def _is_searched(self) -> bool:
        """Whether what stands in the field was looked for among everybody."""
        reading = self.checkin.desk_line.progress is not None
        return self.field.value.strip() == self.searched and not reading

    def _enter_does(self) -> Enter:
        typed, marked = self.field.value.strip(), self.results.highlighted
        if typed and typed != self.searched and not self._choosing:
            return self._standing.enter  # the results will say
        if self.asks_yes_or_no:
            here = self._choosing[0].state is State.HERE
            return Enter.YES_TABLE if here else Enter.YES
        if self.results.asking:
            if self._choosing:
                return Enter.NOTHING
            return Enter.ASK_WHICH if self.among_namesakes else Enter.ASK
        if marked is None or not (typed or self.results.stepped):
            return Enter.NOTHING
        return _OF_STATE.get(marked.state, Enter.CHECK_IN)

    def show_moment(self) -> None:
        """Says that an answer takes longer than usual, before somebody scans a second time."""
        self.query_one(AnswerPanel).show_said("◷ ONE MOMENT", MOMENT, "calm")
        self._moment = True

    def show_refused(self, sentence: str) -> None:
        """Shows why an act was not done."""
        self._moment = False
        self.take_as_news()
        self.query_one(AnswerPanel).show_refused(sentence)

    # Searching while somebody types

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches for what stands in the field now."""
        event.stop()
        if event.value:
            if self._choosing:
                # What it says of the keys is true no more; what is open is written at the edge.
                self.query_one(AnswerPanel).show_idle(IDLE)
            self._leave_open()
            self.results.stepped = False
        if len(event.value) > 2 and not self.field.burst and self.app.screen is not self:
            self.tell("What you type goes to the door: ctrl+Home.")
        self._search_again()

    def look_again(self) -> None:
        """Searches once more for what stands in the field."""
        self.searched = ""
        self._search_again()

    def _search_again(self) -> None:
        if self._choosing:
            return
        if not self.field.value.strip():
            self.searched = ""
            self.show_found(())
        elif not self._searching:
            self._searching = True
            # Keys as quick as a scanner's are waited out: nobody reads results under a scan.
            wait = QUIET if self.field.quick else 0
            begin(self, functools.partial(self._search, wait), group="search", exit_on_error=False)

    async def _search(self, wait: float) -> None:
        """Searches until the results are those of the text in the field; one search at a time."""
        try:
            while wait and self.field.value:
                before = self.field.value
                await asyncio.sleep(wait)
                if self.field.value == before:
                    break
            while (text := self.field.value.strip()) and text != self.searched:
                line = self.checkin.desk_line
                found = await line.find(text, MOST_RESULTS)
                asked = not found and not is_scan(text)
                near = await line.nearly(text, MOST_RESULTS) if asked else None
                if self.field.value.strip() == text:
                    self._show_matches(text, found, near)
        finally:
            self._searching = False

    def _show_matches(
        self, text: str, found: Sequence[Match], near: NearMatches | None = None
    ) -> None:
        self.searched = text
        empty = f"Nobody found for “{clean(text, 40)}”.\nF2 walk-in · ctrl+s problem desk"
        if is_scan(text):
            empty = ""
        elif self.checkin.session is None or self.checkin.desk_line.progress is not None:
            empty = "Still reading the list ..."
        matches = near.matches if near is not None else found
        self.show_found([Row(match.person, match.marks) for match in matches], empty)
        above, namesakes = above_of(text, found, near), self.results.namesakes
        self.among_namesakes = not above and len(namesakes) > 1 and not self.results.stepped
        if self.among_namesakes:
            above = (
                f"{len(namesakes)} people are called {clean(namesakes[0].full_name, 40)}. Which?"
            )
        if above:
            self.results.ask(self.results.rows, above)

    def show_found(self, rows: Sequence[Row], empty: str = "") -> None:
        """Shows results, or the last acts where nothing is searched for."""
        searching = bool(rows or empty)
        self.results.show(rows, empty)
        # Set directly: a class on the screen would style all of it anew, under every keystroke.
        if self.results.display != searching:
            self.results.display = searching
            self.query_one(ActsList).display = not searching
        self.follow()

    def on_scan_field_stepped(self, message: ScanField.Stepped) -> None:
        """Arrow keys move the highlight; the card follows."""
        self.results.step(message.step)
        if self._choosing:
            self.refresh_bindings()

    # What was entered

    def on_scan_field_entered(self, message: ScanField.Entered) -> None:
        """A scan goes into the line as it is; typed text admits whom it means."""
        if is_scan(message.raw):
            self.checkin.desk_line.scan(message.raw)
        elif is_test_card(message.raw):
            self.tell("That is the scanner's test card. It is read in ctrl+p, “Test the scanner”.")
            self._search_again()
        else:
            self._typed(clean(message.raw))

    def on_scan_field_confirmed(self) -> None:
        """Enter in the empty field: the namesake that was chosen."""
        self.action_confirm()

    def on_result_list_chosen(self, message: ResultList.Chosen) -> None:
        """A click on a row means that person."""
        self.admit(message.person)

    def action_confirm(self) -> None:
        """Admits the highlighted person, when somebody said who it is."""
        if self.field.value:
            self.field.enter()
        elif self.asks_yes_or_no:
            # One that comes too early is no answer: the question stands.
            if self.bounce.is_answer():
                self.admit(self._choosing[0])
        elif self.results.asking:
            self.choose_first("nobody was checked in.")
        elif self.results.highlighted is not None and self.results.stepped:
            self.admit(self.results.highlighted)

    def _typed(self, text: str) -> None:
        """Decides whom typed text means: only what stood on the screen can be admitted unseen."""
        if not text:
            return
        results = self.results
        if results.stepped and results.highlighted is not None:
            self.admit(results.highlighted)
            return
        if results.asking and self._choosing:
            self.choose_first("nobody was checked in.")
            return
        if self.asks_among_namesakes and self.searched == text:
            self.show_answer(which_one(results.namesakes))
            return
        if self.searched != text or results.highlighted is None:
            # Enter was faster than the search, or nobody was found: the door says what it means.
            self.checkin.desk_line.ask(functools.partial(meant, text))
            self._search_again()
            return
        self.admit(results.highlighted)

    def admit(self, person: Person) -> None:
        """Puts the check-in of `person` into the line and makes the field ready."""
        self._answer_given()
        self.field.empty()
        self._search_again()
        self.checkin.desk_line.ask(functools.partial(looked_up, person.id))
        self.field.focus()

    # Other acts

    def action_departure(self) -> None:
        """Notes that the highlighted person leaves."""
        last = self.query_one(AnswerPanel).answer
        empty = not self.field.value and not self.results.rows
        if empty and last is not None and last.kind is Kind.ALREADY_IN:
            # The card names the key: whoever goes out for a while was looked up or scanned.
            person = last.person
        else:
            person = self._pointed_at("Who leaves? Type the name first, then F5.", "F5")
        if person is None:
            return
        self.field.empty()
        self.checkin.desk_line.ask(lambda door: [door.check_out(person.id)])

    def action_walk_in(self) -> None:
        """Opens the form for somebody who is not on the list, with the name that was searched."""
        last = self.query_one(AnswerPanel).answer
        typed = "" if is_scan(self.field.value) else self.field.value
        if not typed and last is not None and last.person is None:
            typed = last.asked
        if self.checkin.session is not None:
            self.field.empty()
            self.open_walk_in(typed)

    def action_substitute(self) -> None:
        """Opens the form for somebody who comes in place of the highlighted person."""
        from checkin.door.wording import in_place_of
        from screens.substitute import SubstituteForm
        from screens.walk_in import as_newcomer

        person = self._pointed_at("In whose place? Type that name first, then F3.", "F3")
        if person is None:
            return

        def come(names: tuple[str, str], door: Door) -> list[Answer]:
            answer = in_place_of(door.substitute(person.id, *names), person)
            return [as_newcomer(answer)]

        def replace(names: tuple[str, str] | None) -> None:
            if names is not None:
                self.checkin.desk_line.ask(functools.partial(come, names))

        self.field.empty()
        self.app.push_screen(SubstituteForm(person), replace)

    def action_back(self) -> None:
        """Clears the field and the choice; the door is where Esc ends."""
        if self._choosing:
            self.query_one(AnswerPanel).show_idle(IDLE)
        self._answer_given()
        self._forget()
        self.field.empty()
        self._search_again()
        self.field.focus()

    def on_click(self, event: events.Click) -> None:
        """A click on nothing leaves the field ready."""
        if event.widget is self:
            self.field.focus()
