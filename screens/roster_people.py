"""Everybody registered: searched while somebody types, the state as a sign and a word.

A level or territory that the program guessed carries a question mark until somebody confirms it.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from checkin.people import Person, State
from screens.widgets.line_list import LineList
from screens.widgets.result_list import fitted_content, state_words
from screens.widgets.shown import fitted, joined, shown
from screens.widgets.states import LEVELS, display_name
from screens.widgets.text_field import TextField
from screens.working import begin

if TYPE_CHECKING:
    from checkin.roster.roster import Page
    from screens.app import CheckinApp

MOST_ROWS = 200
"""Rows shown; more are found by typing."""

_SHOWN: tuple[tuple[str, frozenset[State]], ...] = (
    ("registered", frozenset(State)),
    ("still due", frozenset({State.EXPECTED})),
    ("here", frozenset({State.HERE})),
    ("left, cancelled, waiting", frozenset({State.LEFT, State.CANCELLED, State.WAITLISTED})),
)


class PeoplePane(Vertical):
    """The list of people with its search field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "at_the_door", "at the door", id="people.at-the-door"),
        Binding("f3,ctrl+f", "search", "search", id="people.search"),
        Binding("f5,ctrl+o", "states", "here / due / all", id="people.states"),
    ]
    HELP = (
        "Everybody registered. F3 searches by name, authority, territory or e-mail; Enter shows "
        "the highlighted person at the door; F10 lists those who may be registered twice. A "
        "question mark is a guess of the program, made from "
        "the name of the authority."
    )

    class Turned(Message):
        """People in other states are wanted."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._page: Page | None = None
        self._found: tuple[Person, ...] | None = None
        self._which = 0
        self._zone: tzinfo | None = None

    def compose(self) -> ComposeResult:
        yield TextField(placeholder="search: name, authority, territory, e-mail", id="search")
        yield LineList(self._line, lambda person: person.id, id="people-list")
        yield Static("", id="person", markup=False)

    @property
    def _checkin(self) -> CheckinApp:
        return cast("CheckinApp", self.app)

    @property
    def _list(self) -> LineList[Person]:
        return self.query_one("#people-list", LineList)

    @property
    def _field(self) -> TextField:
        return self.query_one("#search", TextField)

    def begin(self) -> None:
        """Puts the focus on the list."""
        self._list.focus()

    def back(self) -> bool:
        """Leaves the search; says whether there was one."""
        if self._field.value or self._field.has_focus:
            self._field.value = ""
            self._list.focus()
            return True
        return False

    def takes(self, key: str) -> bool:
        """Moves the list from the search field; says whether the key was taken."""
        steps = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}
        if self._field.has_focus and key in steps:
            self._list.action_step(steps[key])
            return True
        return False

    @property
    def states(self) -> frozenset[State]:
        """The states of the people that are wanted."""
        return _SHOWN[self._which][1]

    def show(self, page: Page, states: frozenset[State], zone: tzinfo) -> None:
        """Shows the first people in `states` as they stand now; who was found is found again."""
        if states is not self.states:
            return  # others were asked for meanwhile and are being read
        self._page, self._zone = page, zone
        if self._found is None:
            self._fill()
        else:
            begin(self, self._find, group="found", exclusive=True, exit_on_error=False)

    def _fill(self) -> None:
        word = _SHOWN[self._which][0]
        if self._found is not None:
            some = [person for person in self._found if person.state in self.states]
            count = len(some)
        elif self._page is not None:
            some, count = list(self._page.people), self._page.count
        else:
            return
        self._list.show(some[:MOST_ROWS], self._nobody())
        words = f"{count} {word}"
        if count > MOST_ROWS:
            words = f"the first {MOST_ROWS} of {words}; type to find others"
        self._list.border_title = Content(words)

    def _nobody(self) -> str:
        if self._page is not None and not self._page.registered:
            return "Nobody is registered yet. F7 imports the registration list."
        if self._found is not None:
            return "Nobody found. Part of a name, a city or an e-mail is enough."
        return f"Nobody is {_SHOWN[self._which][0]}."

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches while somebody types."""
        event.stop()
        begin(self, self._search, group="search", exclusive=True, exit_on_error=False)

    async def _search(self) -> None:
        await self._find()
        self._list.go_to_first()

    async def _find(self) -> None:
        text = self._field.value.strip()
        if text:
            found = await self._checkin.desk_line.find(text, MOST_ROWS)
            self._found = tuple(match.person for match in found)
        else:
            self._found = None
        self._fill()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter shows the person at the door."""
        message.stop()
        self.action_at_the_door()

    def on_line_list_chosen(self) -> None:
        """A second click does the same."""
        self.action_at_the_door()

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Shows everything about the highlighted person, where there is room."""
        person: Person | None = message.item
        self.query_one("#person", Static).update(
            Content("") if person is None else details(person, self._zone)
        )

    def action_search(self) -> None:
        """Goes to the search field."""
        self._field.focus()

    def action_states(self) -> None:
        """Shows everybody, those due, those here, or the others."""
        self._which = (self._which + 1) % len(_SHOWN)
        if self._found is not None:
            self._fill()
        self.post_message(self.Turned())

    def action_at_the_door(self) -> None:
        """Shows the highlighted person at the door, ready for Enter."""
        person = self._list.highlighted
        field = self._checkin.scan_field
        if person is not None and field is not None:
            self._checkin.action_area("door")
            field.value = display_name(person)
            field.cursor_position = len(field.value)

    def _line(self, person: Person, width: int) -> Content:
        table = f"T{person.table}" if person.table is not None else ""
        room = max(width - 13 - 8 - 5, 30)
        name_width = min(room * 40 // 100, 32)
        place_width = min(room * 25 // 100, 28)
        place = f"{person.country} {person.territory}{'?' if person.territory_guessed else ''}"
        level = f"{LEVELS[person.level]}{'?' if person.level_guessed else ''}"
        return Content("").join(
            (
                fitted_content(state_words(person, self._zone), 13),
                fitted_content(shown(display_name(person)), name_width - 1),
                Content(" "),
                fitted(person.organisation, room - name_width - place_width - 1, "$quiet"),
                Content(" "),
                fitted(level, 8, "$look" if person.level_guessed else "$quiet"),
                fitted(place, place_width, "$look" if person.territory_guessed else "$quiet"),
                Content.styled(f"{table:>4}", "bold $accent"),
            )
        )


def details(person: Person, zone: tzinfo | None) -> Content:
    """Returns what is known of a person in a few lines; diet and access needs are not in it."""
    guessed = []
    if person.level_guessed:
        guessed.append("the level")
    if person.territory_guessed:
        guessed.append("the territory")
    about = [
        joined(shown(display_name(person), "bold"), "   ", state_words(person, zone)),
        shown(
            " · ".join(
                part
                for part in (
                    person.organisation,
                    person.level.value,
                    person.territory,
                    person.country,
                )
                if part
            )
        ),
        shown(
            " · ".join(
                part
                for part in (
                    f"speaks {', '.join(person.languages)}",
                    person.role,
                    person.email,
                    "walk-in" if person.walk_in else "",
                )
                if part
            ),
            "$quiet",
        ),
    ]
    if guessed:
        words = " and ".join(guessed)
        about.append(Content.styled(f"? The program guessed {words} from the authority.", "$look"))
    return Content("\n").join(about)
