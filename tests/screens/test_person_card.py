"""The person's card: what stands on it, what is hidden until asked for, what is set right there."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from textual.widgets import Static

from checkin.door.admission import Override
from checkin.door.answers import Kind
from checkin.door.overview import Which
from checkin.people import PersonFlag, State
from screens.one_line import OneLine
from screens.person_card import PersonCard
from screens.problem_desk import ProblemDesk
from screens.widgets.answer_panel import AnswerPanel
from tests.screens.at_the_door import HOSTILE
from tests.screens.driven import AtTheDoor


def text(at_door: AtTheDoor) -> str:
    return str(at_door.app.screen.query_one("#card", Static).render())


async def card_of_first(at_door: AtTheDoor) -> str:
    """Opens the card of the last answer's person; gives the id."""
    who = at_door.person()
    at_door.app.desk_line.scan(who.code)
    await at_door.answered(Kind.WELCOME)
    await at_door.pilot.press("f11")
    await at_door.until(lambda: isinstance(at_door.app.screen, PersonCard))
    return who.id


async def test_email_and_note_are_hidden_until_asked_for_and_again_on_the_next_card(
    at_door: AtTheDoor,
) -> None:
    who = at_door.person()
    at_door.door.cards.write_note(who.id, "Owes us a call about the hotel.")
    await card_of_first(at_door)
    assert who.email not in text(at_door)
    assert "hotel" not in text(at_door)
    assert who.code not in text(at_door)
    await at_door.pilot.press("ctrl+e")
    assert who.email in text(at_door)
    assert "hotel" in text(at_door)
    assert who.code not in text(at_door)
    await at_door.pilot.press("escape", "f11")
    await at_door.until(lambda: isinstance(at_door.app.screen, PersonCard))
    assert who.email not in text(at_door)


async def test_the_card_says_which_supervisor_admitted_somebody_and_why(
    at_door: AtTheDoor,
) -> None:
    who = at_door.person()
    at_door.door.registrations.cancel(who.id)
    at_door.door.check_in(who.id, override=Override("Ada Boss", "speaks at ten"))
    at_door.app.desk_line.scan(who.code)
    await at_door.answered(Kind.OWN_REPEAT)
    await at_door.pilot.press("f11")
    await at_door.until(lambda: isinstance(at_door.app.screen, PersonCard))
    assert "by Ada Boss: speaks at ten" in text(at_door)


async def test_the_second_key_opens_the_card_of_the_marked_person_too(at_door: AtTheDoor) -> None:
    await at_door.look_up("trzcin")
    await at_door.pilot.press("ctrl+d")
    await at_door.until(lambda: isinstance(at_door.app.screen, PersonCard))
    assert "TRZCIŃSKA" in text(at_door)
    assert "○ due" in text(at_door)


async def test_flags_are_set_and_lifted_by_the_same_key(at_door: AtTheDoor) -> None:
    who = await card_of_first(at_door)
    await at_door.pilot.press("f2", "f3")
    await at_door.until(lambda: "★ VIP" in text(at_door) and "☎" in text(at_door))
    assert at_door.door.person(who).flags == (PersonFlag.VIP, PersonFlag.ORGANISER)
    await at_door.pilot.press("f2")
    await at_door.until(lambda: "★ VIP" not in text(at_door))
    assert at_door.door.person(who).flags == (PersonFlag.ORGANISER,)


async def test_a_note_is_written_and_shown_and_an_emptied_one_is_gone(at_door: AtTheDoor) -> None:
    who = await card_of_first(at_door)
    await at_door.pilot.press("f5", *"Late", "enter")
    await at_door.until(lambda: "Late" in text(at_door))
    assert at_door.door.cards.card(who).note == "Late"
    await at_door.pilot.press("f5", "ctrl+u", "enter")
    await at_door.until(lambda: "Late" not in text(at_door))
    assert at_door.door.cards.card(who).note == ""


async def test_the_text_of_the_badge_is_corrected_from_the_card(at_door: AtTheDoor) -> None:
    who = await card_of_first(at_door)
    await at_door.pilot.press("f7", "ctrl+u", *"Ania", "enter")
    await at_door.until(lambda: "Ania" in text(at_door))
    assert at_door.door.person(who).badge_name == "Ania"


async def test_another_badge_is_ordered_from_the_card(at_door: AtTheDoor) -> None:
    await card_of_first(at_door)
    await at_door.pilot.press("f12")
    await at_door.until(lambda: type(at_door.app.screen).__name__ == "NewBadgeForm")


async def test_a_scan_under_the_card_is_answered_and_the_card_stays(at_door: AtTheDoor) -> None:
    await card_of_first(at_door)
    other = at_door.person(2)
    await at_door.type_scan(other.code)
    await at_door.until(lambda: at_door.door.person(other.id).state is State.HERE)
    assert isinstance(at_door.app.screen, PersonCard)


async def test_whom_to_call_the_organiser_for_arrives_with_a_look_and_words(
    at_door: AtTheDoor,
) -> None:
    who = at_door.person()
    at_door.door.flags.set(who.id, PersonFlag.ORGANISER)
    at_door.door.flags.set(who.id, PersonFlag.VIP)
    at_door.app.desk_line.scan(who.code)
    await at_door.answered(Kind.WELCOME)
    panel = at_door.app.door_screen.query_one(AnswerPanel)
    assert panel.has_class("-look")
    assert "CALL THE ORGANISER" in str(panel.border_title)
    words = panel.render().plain
    assert "★ VIP" in words
    assert "→ Call the organiser before they go in." in words
    assert at_door.panel.answer is not None
    assert at_door.panel.answer.next.endswith("Welcome them in person.")
    assert at_door.door.person(who.id).state is State.HERE


async def test_who_wants_no_photo_is_shown_so_with_the_answer(at_door: AtTheDoor) -> None:
    shy = next(p for p in at_door.door.people(Which.ALL) if p.photo is False)
    free = next(p for p in at_door.door.people(Which.ALL) if p.photo)
    for who, said in ((shy, True), (free, False)):
        at_door.app.desk_line.scan(who.code)
        await at_door.until(
            lambda id=who.id: (
                at_door.panel.answer is not None  # type: ignore[misc]
                and at_door.panel.answer.person is not None
                and at_door.panel.answer.person.id == id
            )
        )
        assert ("no photo" in at_door.panel.render().plain) == said


async def test_whatever_people_and_notes_are_called_the_card_and_the_desk_show_text(
    at_door: AtTheDoor,
) -> None:
    who = at_door.person()
    for name in HOSTILE[:-1]:
        with closing(sqlite3.connect(at_door.event)) as connection, connection:
            columns = ("given_name", "organisation", "role", "title", "badge_name", "email")
            wanted = ", ".join(f"{column} = ?1" for column in columns)
            connection.execute(f"update person set {wanted} where id = ?2", (name, who.id))
            connection.execute("replace into note values (?, ?)", (who.id, name))
        at_door.door.flags.send_to_problem_desk(who.id)
        await at_door.pilot.press("pagedown")
        await at_door.until(lambda: isinstance(at_door.app.screen, ProblemDesk))
        await at_door.pilot.press("enter")
        await at_door.until(lambda: isinstance(at_door.app.screen, PersonCard))
        await at_door.pilot.press("ctrl+e", "f5")
        await at_door.until(lambda: isinstance(at_door.app.screen, OneLine))
        await at_door.pilot.press("escape")
        assert not set(text(at_door)) & {"\x1b", "\x9b", "\x07", "\u202e"}
        await at_door.pilot.press("escape")
