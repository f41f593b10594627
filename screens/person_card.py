"""A person's card: who they are, where they stand, what they wish, and what can be set right.

E-mail and the organiser's note stay hidden until somebody asks for them, and are hidden again when
the card closes. What is changed here is changed by the door's services, and F8 at the door takes a
flag back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import tzinfo
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from checkin.door.cards import LONGEST_NOTE, Card
from checkin.errors import CheckinError
from checkin.people import PersonFlag, State
from screens.answering import tell
from screens.base import BaseModal
from screens.one_line import OneLine
from screens.widgets.shown import joined, shown
from screens.widgets.states import FLAGS, display_name, state_look, where_from
from screens.working import begin

_EMAIL, _NOTE = "e-mail", "note"

NEW_BADGE = "new badge"
"""What a card gives when another badge is to be printed; the door knows how."""


class PersonCard(BaseModal[str]):
    """Shows `card`; gives NEW_BADGE when another badge is wanted, else None."""

    HELP = (
        "All about one person. F2 marks them as a VIP, F3 that the organiser is to be called before"
        " they go in; the same key takes it away. E-mail and note are hidden until ctrl+e shows "
        "them, and hidden again when the card closes. F5 writes the note, F7 corrects what the "
        "badge says in the place of the name, F12 prints another badge."
    )
    CSS_PATH = "person_card.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e,f4", "reveal", "show", id="card.reveal"),
        Binding("f2,ctrl+v", "flag('vip')", "VIP", id="card.vip"),
        Binding("f3,ctrl+o", "flag('organiser')", "organiser", id="card.organiser"),
        Binding("f5,ctrl+n", "note", "note", id="card.note"),
        Binding("f7,ctrl+t", "badge_text", "badge text", id="card.badge-text"),
        Binding("f12,ctrl+l", "new_badge", "badge", id="card.new-badge"),
        Binding("escape,f11", "leave", "back", id="card.leave"),
    ]

    def __init__(self, card: Card, zone: tzinfo) -> None:
        super().__init__()
        self._card = card
        self._zone = zone
        self._open: frozenset[str] = frozenset()
        """What somebody asked to see."""

    def compose_box(self) -> ComposeResult:
        yield Static("", id="card")

    def on_mount(self) -> None:
        """Shows the card."""
        self.query_one("#box", Vertical).border_title = Content("Card")
        self._show(self._card)

    def _show(self, card: Card) -> None:
        self._card = card
        self.query_one("#card", Static).update(joined(*_lines(card, self._zone, self._open)))

    def action_reveal(self) -> None:
        """Shows e-mail and note until the card closes."""
        self._open = frozenset({_EMAIL, _NOTE})
        self._show(self._card)

    def action_flag(self, name: str) -> None:
        """Sets the flag, or lifts it from somebody who has it."""
        flag, person = PersonFlag(name), self._card.person
        door = self.checkin.door
        assert door is not None
        change = door.flags.lift if flag in person.flags else door.flags.set
        self._change(partial(change, person.id, flag))

    def action_note(self) -> None:
        """Asks for the note, which is then no longer hidden."""
        card = self._card
        about = joined(shown(display_name(card.person), "bold"), "\nSeen by the staff on demand.")

        def kept(text: str | None) -> None:
            if text is not None:
                door = self.checkin.door
                assert door is not None
                self._open |= {_NOTE}
                self._change(partial(door.cards.write_note, card.person.id, text))

        form = OneLine("Note", about, card.note, placeholder="none", longest=LONGEST_NOTE)
        self.app.push_screen(form, kept)

    def action_badge_text(self) -> None:
        """Asks what the badge is to say in the place of the name."""
        person = self._card.person
        about = joined(
            shown(display_name(person), "bold"),
            "\nThe registration stays as it is; empty takes the name again.",
        )

        def kept(text: str | None) -> None:
            if text is not None and text != person.badge_name:
                door = self.checkin.door
                assert door is not None
                self._change(partial(door.registrations.correct_badge, person.id, text))

        form = OneLine("Text on the badge", about, person.badge_name, placeholder=person.full_name)
        self.app.push_screen(form, kept)

    def action_new_badge(self) -> None:
        """Closes the card; the door asks why another badge is needed."""
        self.dismiss(NEW_BADGE)

    def _change(self, change: Callable[[], object]) -> None:
        begin(self, partial(self._changed, change), group="card", exit_on_error=False)

    async def _changed(self, change: Callable[[], object]) -> None:
        """Does it on the desk's thread, one after the other, and shows the card as it is then."""
        line, door, person = self.checkin.desk_line, self.checkin.door, self._card.person
        assert door is not None
        try:
            await line.work(change)
            self._show(await line.work(partial(door.cards.card, person.id)))
        except CheckinError as error:
            tell(self.checkin, str(error), severity="error")
        line.stir()


def _lines(card: Card, zone: tzinfo, opened: Collection[str]) -> Iterator[Content]:
    """Yields the card's lines; of what is private only those that were `opened`."""
    person = card.person
    yield shown(display_name(person), "bold $strong")
    yield joined("\n", shown(where_from(person)), "\n")
    for word, content in _rows(card, zone):
        yield Content.styled(f"\n{word:<12}", "$quiet") + content
    for word, text in ((_EMAIL, person.email), (_NOTE, card.note)):
        said = (
            shown(text) if word in opened else Content.styled("hidden, ctrl+e shows it", "$quiet")
        )
        said = said if text else Content.styled("none", "$quiet")
        yield Content.styled(f"\n{word:<12}", "$quiet") + said


def _rows(card: Card, zone: tzinfo) -> Iterator[tuple[str, Content]]:
    person = card.person
    yield "state", _state(card, zone)
    for word in card.words:
        yield "admitted", shown(f"by {word.who}: {word.why}")
    if person.flags:
        looks = [FLAGS[flag] for flag in person.flags]
        words = [Content.styled(f"{sign} {word}", f"bold {colour}") for sign, word, colour in looks]
        yield "flags", Content("  ").join(words)
    yield "table", Content(str(person.table) if person.table is not None else "none yet")
    yield "languages", shown(", ".join(person.languages))
    about = [person.title, person.role, "registered at the door" if person.walk_in else ""]
    if any(about):
        yield "role", shown(" · ".join(filter(None, about)))
    yield "badge", _badge(card)
    yield "photos", _wish(person.photo, "may be photographed", "no photographs")
    yield "list", _wish(card.listed, "may be listed", "not to be listed")
    if card.assistance:
        yield "assistance", Content.styled("! needs assistance to leave", "bold $look")


def _state(card: Card, zone: tzinfo) -> Content:
    person = card.person
    sign, word, colour = state_look(person)
    state = Content.styled(f"{sign} {word}", f"bold {colour}")
    if person.arrived_at is None:
        return state
    came = f"{person.arrived_at.astimezone(zone):%H:%M}, desk {card.first_desk}"
    if person.state is State.HERE:
        return joined(state, " since ", shown(came))
    left = f" at {card.last_at.astimezone(zone):%H:%M}" if card.last_at is not None else ""
    return joined(state, f"{left}, came at ", shown(came))


def _badge(card: Card) -> Content:
    person = card.person
    often = {0: "not printed yet", 1: "printed once"}
    times = often.get(card.prints, f"printed {card.prints} times")
    return shown(f"{person.badge_name or person.full_name} · {times} · code {card.code}")


def _wish(said: bool | None, yes: str, no: str) -> Content:
    if said is None:
        return Content.styled("not asked", "$quiet")
    return Content(yes) if said else Content.styled(no, "bold $look")
