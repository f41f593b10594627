"""Several registrations at once: doubles, the waiting list, groups; by keys and by the mouse."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import Static

from checkin.door.answers import Kind
from checkin.people import Person, State
from checkin.roster.registrations import Registrar
from checkin.roster.walk_in import WalkIn
from db.kinds import EntryKind
from screens.group import GroupList
from screens.one_person import OnePersonBox
from screens.twice_list import TwiceList
from screens.waiting_list import WaitingBox
from screens.widgets.key_row import shown_keys
from screens.widgets.line_list import LineList
from screens.widgets.tick_list import TickList
from tests.day import journal_of
from tests.screens.driven import AtTheDoor


async def double(at_door: AtTheDoor) -> tuple[Person, Person]:
    """The person who is registered twice in the practice event, once the door knows it."""
    await at_door.until(lambda: bool(at_door.door.twice._near))
    (pair,) = at_door.door.twice.everybody()
    return pair.stays, pair.other


async def differing(at_door: AtTheDoor) -> tuple[Person, Person]:
    """Two registrations of one name and authority, due, that say other languages."""
    one, _ = (
        at_door.registered(WalkIn("Ugo", "Zanella", "Comune di Pisa", languages=languages))
        for languages in ("it", "it, en")
    )
    await at_door.until(lambda: bool(at_door.door.twice.others(one.id)))
    (pair,) = at_door.door.twice.others(one.id)
    return pair.stays, pair.other


async def box(at_door: AtTheDoor, kind: type) -> None:
    await at_door.until(lambda: isinstance(at_door.app.screen, kind))


async def test_the_answer_says_that_somebody_is_registered_twice_and_f10_makes_it_one(
    at_door: AtTheDoor,
) -> None:
    stays, other = await double(at_door)
    at_door.app.desk_line.scan(stays.code)
    await at_door.answered(Kind.WELCOME)
    await at_door.until(lambda: "F10 registered twice?" in str(at_door.panel.border_subtitle))
    await at_door.pilot.press("f10")
    await box(at_door, OnePersonBox)
    await at_door.pilot.press("up", "up", "enter")
    await at_door.until(lambda: at_door.door.person(other.id).id == stays.id)
    at_door.app.desk_line.scan(other.code)
    here = (Kind.ALREADY_IN, Kind.OWN_REPEAT)
    await at_door.until(lambda: at_door.panel.answer is not None)
    await at_door.until(lambda: getattr(at_door.panel.answer, "kind", None) in here)


async def test_the_desk_asks_before_it_counts_a_person_twice(at_door: AtTheDoor) -> None:
    stays, other = await double(at_door)
    at_door.app.desk_line.scan(stays.code)
    await at_door.answered(Kind.WELCOME)
    at_door.app.desk_line.scan(other.code)
    await at_door.answered(Kind.NEEDS_CHOICE)
    assert at_door.door.person(other.id).state is State.EXPECTED
    await at_door.pilot.press("f10")
    await box(at_door, OnePersonBox)
    await at_door.pilot.press("f7")
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.person(other.id).state is State.HERE
    assert len(journal_of(at_door.event, "told_apart")) == 1


async def test_who_stays_is_swapped_by_an_arrow(at_door: AtTheDoor) -> None:
    stays, other = await differing(at_door)
    at_door.app.desk_line.scan(stays.code)
    await at_door.answered(Kind.WELCOME)
    await at_door.pilot.press("f10")
    await box(at_door, OnePersonBox)
    await at_door.pilot.press("up", "up", "right", "enter")
    await at_door.until(lambda: at_door.door.person(stays.id).id == other.id)
    assert at_door.door.person(other.id).state is State.HERE


async def test_nobody_alike_is_said_in_a_sentence(at_door: AtTheDoor) -> None:
    await at_door.look_up("trzcin")
    await at_door.pilot.press("f10")
    await at_door.until(lambda: bool(at_door.app._notifications))
    (note,) = at_door.app._notifications
    assert note.message.startswith("No other registration is like this one.")


async def test_the_roster_lists_doubles_settles_them_and_takes_it_back(at_door: AtTheDoor) -> None:
    stays, other = await double(at_door)
    await at_door.pilot.press("f6")
    await at_door.until(lambda: at_door.app.current_mode == "roster")
    await at_door.pilot.press("f10")
    await box(at_door, TwiceList)
    pairs = at_door.app.screen.query_one("#pairs", LineList)
    assert len(pairs.items) == 1
    await at_door.pilot.press("enter")
    assert len(pairs.items) == 1, "Enter decides nothing"
    await at_door.pilot.press("f5")
    await at_door.until(lambda: not pairs.items)
    assert at_door.door.person(other.id).id == stays.id
    await at_door.pilot.press("f8")
    await at_door.until(lambda: len(pairs.items) == 1)
    assert at_door.door.person(other.id).id == other.id
    await at_door.pilot.press("f7")
    await at_door.until(lambda: not pairs.items)
    assert at_door.door.twice.everybody() == []


async def test_e_mail_addresses_of_doubles_are_hidden_until_somebody_asks(
    at_door: AtTheDoor,
) -> None:
    entry = WalkIn("Eva", "Dias", "Câmara de Sintra", territory="Sintra").as_entry()
    with at_door.door.session.writing() as writer:
        for email in ("eva@sintra.example", "eva.dias@post.example"):
            (added,) = Registrar(writer.connection).add([replace(entry, email=email)])
            writer.record(EntryKind.REGISTERED, added)
    at_door.door.index.follow()
    await at_door.pilot.press("f10")
    await box(at_door, TwiceList)
    pairs, card = at_door.app.screen.query_one("#pairs", LineList), "#card"
    await at_door.until(lambda: len(pairs.items) == 2)
    await at_door.pilot.press("down")

    def said() -> str:
        return str(at_door.app.screen.query_one(card, Static).render())

    await at_door.until(lambda: "Eva DIAS" in said())
    assert "@" not in said()
    assert "≠ differs  hidden, ctrl+e shows it" in said()
    await at_door.pilot.press("ctrl+e")
    assert "eva.dias@post.example" in said()
    await at_door.pilot.press("up", "down")
    assert "@" not in said()


async def test_an_undo_in_the_list_leaves_arrivals_at_the_door_alone(at_door: AtTheDoor) -> None:
    stays, other = await double(at_door)
    await at_door.pilot.press("f10")
    await box(at_door, TwiceList)
    pairs = at_door.app.screen.query_one("#pairs", LineList)
    await at_door.pilot.press("f5")
    await at_door.until(lambda: not pairs.items)
    at_door.app.desk_line.scan(stays.code)
    await at_door.answered(Kind.WELCOME)
    await at_door.pilot.press("f8")
    await at_door.until(lambda: len(pairs.items) == 1)
    assert at_door.door.person(stays.id).state is State.HERE
    assert at_door.door.person(other.id).state is State.EXPECTED


async def waiting(at_door: AtTheDoor, number: int) -> list[Person]:
    """Puts `number` new people on the waiting list."""
    full = []
    for each in range(number):
        person = at_door.door.walk_in(WalkIn("Luc", f"Waits{each}", "Stad Gent")).person
        assert person
        at_door.door.undo()
        with at_door.door.session.writing() as writer:
            from db.kinds import EntryKind

            writer.record(EntryKind.STATUS_SET, person.id, status="waitlisted")
        full.append(person)
    return full


async def test_the_queue_is_shown_called_and_taken_back(at_door: AtTheDoor) -> None:
    first, second, third = await waiting(at_door, 3)
    await at_door.pilot.press("ctrl+b")
    await box(at_door, WaitingBox)
    await at_door.pilot.press("up", "f5")
    await at_door.until(lambda: at_door.door.person(second.id).state is State.EXPECTED)
    assert at_door.door.person(first.id).state is State.EXPECTED
    assert at_door.door.person(third.id).state is State.WAITLISTED
    await at_door.pilot.press("f8")
    await at_door.answered(Kind.UNDONE)
    assert at_door.door.person(first.id).state is State.WAITLISTED


async def test_who_waits_is_told_how_many_chairs_are_free(at_door: AtTheDoor) -> None:
    (person,) = await waiting(at_door, 1)
    at_door.app.desk_line.scan(person.code)
    await at_door.answered(Kind.WAITLISTED)
    await at_door.until(lambda: "free now: F7 admits" in str(at_door.panel.border_subtitle))


async def test_an_empty_queue_is_one_sentence(at_door: AtTheDoor) -> None:
    await at_door.pilot.press("ctrl+b")
    await at_door.until(lambda: bool(at_door.app._notifications))
    (note,) = at_door.app._notifications
    assert note.message.startswith("Nobody waits.")


async def group(at_door: AtTheDoor) -> TickList:
    await at_door.look_up("rotterdam")
    await at_door.pilot.press("f4")
    await box(at_door, GroupList)
    return at_door.app.screen.query_one(TickList)


async def test_nobody_of_a_group_is_ticked_who_was_not_seen(at_door: AtTheDoor) -> None:
    ticks = await group(at_door)
    assert ticks.chosen == []
    await at_door.pilot.press("enter")
    assert isinstance(at_door.app.screen, GroupList), "Enter without a tick checks nobody in"
    problem = str(at_door.app.screen.query_one("#problem").render())
    assert problem == "Enter checked nobody in: nobody is ticked. Space ticks the marked one."
    await at_door.pilot.press("space", "enter")
    await at_door.answered(Kind.WELCOME)
    assert len(journal_of(at_door.event, "arrived")) == 1


async def test_a_group_of_a_territory_is_one_answer_with_its_tables_and_one_undo(
    at_door: AtTheDoor,
) -> None:
    at_door.door.registrations.tell_apart(*(each.id for each in await double(at_door)))
    ticks = await group(at_door)
    authority = len(ticks.people)
    await at_door.pilot.press("right")
    assert len(ticks.people) > authority
    await at_door.pilot.press("f4", "enter")
    await at_door.answered(Kind.WELCOME)
    answer = at_door.panel.answer
    assert answer
    assert answer.say == f"{len(answer.company)} people are in."
    assert len(answer.company) > authority
    assert {table for table, _ in answer.company} == {answer.table}
    text = at_door.panel.render().plain
    assert text.count("Table ") == 1
    assert "█" in text, "the number is as large as one person's"
    assert all(person.given_name in text for _, person in answer.company)
    arrived = {entry.payload["act"] for entry in journal_of(at_door.event, "arrived")}
    assert len(arrived) == 1
    await at_door.pilot.press("f8")
    await at_door.answered(Kind.UNDONE)
    assert at_door.door.pulse().here == 0


async def test_who_is_here_already_is_shown_so_and_not_ticked(at_door: AtTheDoor) -> None:
    at_door.door.registrations.tell_apart(*(each.id for each in await double(at_door)))
    at_door.app.desk_line.scan(at_door.door.meant("joris van t hof")[0].code)
    await at_door.answered(Kind.WELCOME)
    await at_door.pilot.press("f4")
    await box(at_door, GroupList)
    ticks = at_door.app.screen.query_one(TickList)
    await at_door.pilot.press("right", "f4")
    assert len(ticks.chosen) == len(ticks.people) - 1
    assert "✓ here" in ticks.render().plain


async def test_whose_name_was_typed_is_ticked_already_though_others_are_due(
    at_door: AtTheDoor,
) -> None:
    at_door.registered(WalkIn("Luc", "Aubry", "Ville de Roubaix"))
    typed = at_door.registered(WalkIn("Zoé", "Quillerou", "Ville de Roubaix"))
    await at_door.look_up(typed.family_name)
    await at_door.pilot.press("f4")
    await box(at_door, GroupList)
    ticks = at_door.app.screen.query_one(TickList)
    assert ticks.chosen == [typed.id]
    assert ticks.people[ticks.index].id == typed.id
    said = str(at_door.app.screen.query_one("#problem").render())
    assert said == "Whose name you typed is ticked. 1 ticked; Enter checks in."


async def test_enter_is_promised_in_the_group_only_when_somebody_is_ticked(
    at_door: AtTheDoor,
) -> None:
    await group(at_door)

    def keys() -> list[str]:
        return [f"{key} {each.description}" for key, each in shown_keys(at_door.app.screen)]

    assert keys()[:2] == ["space tick", "F4 all"]
    assert not any(each.startswith("⏎") for each in keys())
    await at_door.pilot.press("space")
    assert keys()[0] == "⏎ check 1 in"


async def test_a_click_changes_the_group_and_ticks(at_door: AtTheDoor) -> None:
    ticks = await group(at_door)
    before = len(ticks.people)
    await at_door.pilot.click("SectionRow", offset=(30, 0))
    assert len(ticks.people) > before
    await at_door.pilot.click(TickList, offset=(1, 0))
    assert len(ticks.chosen) == 1


async def test_the_event_area_leads_to_the_queue_as_well(at_door: AtTheDoor) -> None:
    await waiting(at_door, 1)
    at_door.app.action_area("event")
    await at_door.until(lambda: at_door.app.current_mode == "event")
    await at_door.pilot.press("ctrl+w")
    await box(at_door, WaitingBox)
    assert "F5 calls the first." in str(at_door.app.screen.query_one("#problem").render())


async def test_the_last_one_who_is_due_is_ticked_already(at_door: AtTheDoor) -> None:
    everyone = at_door.door.groups.of(at_door.door.meant("joris van t hof")[0].id).authority
    *others, last = everyone.people
    for each in others:
        at_door.door.check_in(each.id)
    await at_door.look_up(last.full_name)
    await at_door.pilot.press("f4")
    await box(at_door, GroupList)
    assert at_door.app.screen.query_one(TickList).chosen == [last.id]
    assert "1 ticked; Enter" in str(at_door.app.screen.query_one("#problem").render())
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.person(last.id).state is State.HERE


async def test_where_two_registrations_differ_both_stand_there_and_a_blind_enter_writes_nothing(
    at_door: AtTheDoor,
) -> None:
    stays, _ = await differing(at_door)
    await at_door.look_up(stays.full_name)
    await at_door.pilot.press("down", "f10")
    await box(at_door, OnePersonBox)
    shown = at_door.app.screen.query_one("ChoiceList").render().plain  # type: ignore[attr-defined]
    words = [line.strip() for line in shown.splitlines()[::3]]
    assert words == ["Yes, one person (both badges work)", "No, two people", "▸ Not now"]
    frame = at_door.app.screen.query_one("#box")
    assert str(frame.border_title) == "Ask: did you register twice?"
    about = at_door.app.screen.query_one("#about", Static).render()
    assert "goes into it" in str(about)
    await at_door.pilot.press("enter")
    await at_door.until(lambda: at_door.app.screen is at_door.app.door_screen)
    assert not journal_of(at_door.event, "merged")
    assert not journal_of(at_door.event, "told_apart")


async def test_where_nothing_differs_it_is_one_question_of_enter_and_esc(
    at_door: AtTheDoor,
) -> None:
    stays, other = await double(at_door)
    await at_door.look_up(stays.full_name)
    for key in ("escape", "enter"):
        await at_door.pilot.press("f10")
        await box(at_door, OnePersonBox)
        screen = at_door.app.screen
        assert not screen.query("ChoiceList")
        assert str(screen.query_one("#box").border_title) == "Did Sanne de Wit register twice?"
        words = str(screen.query_one("#ask", Static).render())
        assert words.startswith("Enter: yes, one person.  Esc: no.")
        keys = [f"{key} {each.description}" for key, each in shown_keys(screen)]
        assert keys[0] == "⏎ yes, one person"
        assert keys[-1] == "esc no"
        assert "← →" not in " ".join(keys)
        assert not journal_of(at_door.event, "merged"), "Esc is a no for now"
        await at_door.pilot.press(key)
        await at_door.until(lambda: at_door.app.screen is at_door.app.door_screen)
    await at_door.until(lambda: at_door.door.person(other.id).id == stays.id)
    assert not journal_of(at_door.event, "told_apart")


async def test_from_the_question_two_keys_lead_to_the_welcome_of_the_one_person(
    at_door: AtTheDoor,
) -> None:
    stays, _ = await double(at_door)
    await at_door.look_up(stays.full_name)
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.NEEDS_CHOICE)
    await at_door.pilot.press("f10")
    await box(at_door, OnePersonBox)
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.WELCOME)
    assert "Two registrations are one now." in at_door.panel.render().plain
    assert len(journal_of(at_door.event, "merged")) == 1
    assert len(journal_of(at_door.event, "arrived")) == 1


async def test_after_yes_enter_checks_the_one_person_in(at_door: AtTheDoor) -> None:
    stays, _ = await double(at_door)
    await at_door.look_up(stays.full_name)
    await at_door.pilot.press("down", "f10")
    await box(at_door, OnePersonBox)
    await at_door.pilot.press("up", "up", "enter")
    await at_door.until(lambda: "press Enter to check in" in at_door.panel.render().plain)
    assert "both badges work" in at_door.panel.render().plain
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.WELCOME)


async def test_f4_beside_somebody_whose_colleagues_are_all_in_asks_for_a_name(
    at_door: AtTheDoor,
) -> None:
    groups = at_door.door.groups.of(at_door.door.meant("joris van t hof")[0].id)
    last, *others = {p.id: p for p in (*groups.authority.people, *groups.territory.people)}
    for each in others:
        at_door.door.check_in(each)
    at_door.app.desk_line.scan(at_door.door.person(last).code)
    await at_door.answered(Kind.WELCOME)
    await at_door.pilot.press("f4")
    await at_door.until(lambda: any("Nobody else of" in m for m in messages(at_door)))
    assert not isinstance(at_door.app.screen, GroupList)


def messages(at_door: AtTheDoor) -> list[str]:
    return [note.message for note in at_door.app._notifications]
