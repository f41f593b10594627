"""The last row of the door names what each key would do now, and whom F8 takes back."""

from __future__ import annotations

import pytest

from checkin.door.answers import Kind
from checkin.people import Person, State
from checkin.roster.walk_in import WalkIn
from screens.door import DoorScreen
from screens.door_keys import LONGEST_NAME, undo_words
from screens.walk_in import WalkInForm
from screens.widgets.acts_list import ActsList
from screens.widgets.key_row import KeyRow, shown_keys
from tests.day import journal_of
from tests.screens.at_the_door import HOSTILE
from tests.screens.driven import AtTheDoor


def screen(at_door: AtTheDoor) -> DoorScreen:
    found = at_door.app.door_screen
    assert isinstance(found, DoorScreen)
    return found


def keys(at_door: AtTheDoor) -> list[str]:
    return [f"{key} {each.description}" for key, each in shown_keys(screen(at_door))]


def painted(at_door: AtTheDoor) -> str:
    """The row as it stands on the screen, where what does not fit is left out."""
    return screen(at_door).query_one(KeyRow).render().plain


async def welcomed(at_door: AtTheDoor, text: str) -> Person:
    who = at_door.door.meant(text)[0]
    at_door.app.desk_line.scan(who.code)
    await at_door.until(lambda: at_door.door.person(who.id).state is State.HERE)
    await at_door.until(lambda: not at_door.app.desk_line.busy)
    await at_door.pilot.pause()
    return who


async def test_f8_names_whose_check_in_it_takes_back_and_takes_that_one_back(
    at_door: AtTheDoor,
) -> None:
    assert "F8 undo" in keys(at_door), "nothing is known yet"
    first = await welcomed(at_door, "trzcinska")
    await at_door.until(lambda: "F8 undo Trzcińska" in keys(at_door))
    last = await welcomed(at_door, "joris van t hof")
    await at_door.until(lambda: "F8 undo van 't Hof" in keys(at_door))
    assert "F8 undo van 't Hof" in painted(at_door)
    await at_door.look_up("trzcin")
    await at_door.until(lambda: "F8 undo Trzcińska" in keys(at_door))
    await at_door.pilot.press("f8")
    await at_door.answered(Kind.UNDONE)
    assert at_door.door.person(first.id).state is State.EXPECTED
    assert at_door.door.person(last.id).state is State.HERE
    newest = screen(at_door).query_one(ActsList)
    await at_door.until(lambda: newest.render().plain.splitlines()[0].count("↶") == 1)
    assert "Trzcińska" in newest.render().plain.splitlines()[0]


async def test_beside_typed_text_that_means_nobody_who_came_f8_is_not_promised(
    at_door: AtTheDoor,
) -> None:
    await welcomed(at_door, "trzcinska")
    for text in ("joris", "zzquax"):
        await at_door.look_up(text)
        await at_door.until(lambda: not any(each.startswith("F8") for each in keys(at_door)))
        await at_door.pilot.press("escape")
        await at_door.until(lambda: "F8 undo Trzcińska" in keys(at_door))


async def test_f8_of_a_group_says_how_many(at_door: AtTheDoor) -> None:
    people = [at_door.door.meant(text)[0].id for text in ("trzcinska", "joris van t hof")]
    at_door.door.check_in_group(people)
    at_door.app.desk_line.stir()
    await at_door.until(lambda: "F8 undo 2 people" in keys(at_door))


async def test_the_row_is_cut_at_a_long_name_and_keeps_help_on_80_columns(
    at_door: AtTheDoor,
) -> None:
    at_door.door.walk_in(WalkIn("Ana", "Hohenzollern-Sigmaringen", "Stadt Graz"))
    at_door.app.desk_line.stir()
    await at_door.until(lambda: "F8 undo Hohenzollern…"[:18] in painted(at_door))
    await at_door.look_up("joris")
    await at_door.until(lambda: keys(at_door)[0] == "⏎ check in")
    assert "F1 help" in painted(at_door)
    assert len(painted(at_door)) <= 80


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_beside_a_key_is_short_and_harmless(name: str) -> None:
    words = undo_words(name)
    assert words.startswith("undo")
    assert len(words) <= len("undo ") + LONGEST_NAME + 2 * LONGEST_NAME
    assert words.isprintable()


async def test_where_nobody_is_typed_enter_is_not_promised(at_door: AtTheDoor) -> None:
    assert not any(each.startswith("⏎") for each in keys(at_door))
    await at_door.look_up("trzcin")
    await at_door.until(lambda: keys(at_door)[0] == "⏎ check in")


async def test_nobody_found_leads_to_the_problem_desk_and_the_walk_in(at_door: AtTheDoor) -> None:
    await at_door.look_up("zzquax")
    await at_door.until(lambda: keys(at_door)[:2] == ["ctrl+s problem desk", "F2 walk-in"])
    assert not any(each.startswith("⏎") for each in keys(at_door))
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.UNKNOWN_NAME)
    await at_door.until(lambda: keys(at_door)[:2] == ["ctrl+s problem desk", "F2 walk-in"])


async def test_of_two_namesakes_nobody_is_marked_and_enter_asks_which_one(
    at_door: AtTheDoor,
) -> None:
    await at_door.look_up("sanne de wit")
    results = screen(at_door).results
    await at_door.until(lambda: keys(at_door)[:2] == ["⏎ ask which one", "↑ ↓ choose"])
    lines = results.render().plain.splitlines()
    assert lines[0].rstrip() == "2 people are called Sanne de Wit. Which?"
    assert "▸" not in results.render().plain
    before = results.render().plain.splitlines()[1:]
    await at_door.pilot.press("enter", "enter", "enter")
    await at_door.answered(Kind.NEEDS_CHOICE)
    assert not journal_of(at_door.event, "arrived"), "no blind Enter picks a namesake"
    assert results.render().plain.splitlines() == before
    await at_door.pilot.press("down")
    await at_door.until(lambda: keys(at_door)[0] == "⏎ check in")


async def test_an_arrow_before_enter_says_which_namesake_and_nothing_is_asked(
    at_door: AtTheDoor,
) -> None:
    await at_door.look_up("sanne de wit")
    second = screen(at_door).results.rows[1].person
    await at_door.pilot.press("down", "down", "enter")
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.person(second.id).state is State.HERE


async def test_a_namesake_is_never_sent_to_the_problem_desk_as_somebody_on_no_list(
    at_door: AtTheDoor,
) -> None:
    await at_door.look_up("sanne de wit")
    await at_door.pilot.press("ctrl+s")
    await at_door.answered(Kind.NEEDS_CHOICE)
    assert not journal_of(at_door.event, "flag_set")


async def test_of_somebody_cancelled_enter_says_why_not(at_door: AtTheDoor) -> None:
    from db.kinds import EntryKind

    who = at_door.door.meant("trzcinska")[0]
    with at_door.door.session.writing() as writer:
        writer.record(EntryKind.STATUS_SET, who.id, status="cancelled")
    await at_door.look_up("trzcin")
    await at_door.until(lambda: keys(at_door)[0] == "⏎ why not in")
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.CANCELLED)


async def test_enter_on_who_was_looked_up_and_is_in_is_calm_in_the_list_of_acts(
    at_door: AtTheDoor,
) -> None:
    who = await welcomed(at_door, "trzcinska")
    await welcomed(at_door, "joris van t hof")
    at_door.app.desk_line.ask(lambda door: [door.look_up(who.id)])
    await at_door.until(lambda: not at_door.app.desk_line.busy)
    acts = screen(at_door).query_one(ActsList).render().plain
    assert "‼" not in acts


async def test_a_greek_name_stands_in_latin_letters_in_the_row_the_card_and_the_acts(
    at_door: AtTheDoor,
) -> None:
    await at_door.look_up("papaioan")
    line = screen(at_door).results.render().plain
    assert "ΠΑΠΑΪΩΆΝΝΟΥ · G. Papaioannou" in line
    assert "Δήμος" in line
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.WELCOME)
    card = " ".join(at_door.panel.render().plain.split())
    assert "Γιώργος ΠΑΠΑΪΩΆΝΝΟΥ · Giorgos Papaioannou" in card
    acts = screen(at_door).query_one(ActsList)
    await at_door.until(lambda: "✓ Papaioannou " in acts.render().plain)
    assert "F8 undo Papaioannou" in keys(at_door)


async def test_right_after_a_walk_in_nobody_speaks_of_colleagues_who_are_due(
    at_door: AtTheDoor,
) -> None:
    colleague = at_door.door.meant("trzcinska")[0]
    await at_door.pilot.press("f2")
    await at_door.until(lambda: isinstance(at_door.app.screen, WalkInForm))
    form = at_door.app.screen
    assert isinstance(form, WalkInForm)
    for name, text in (("family", "Nowak"), ("organisation", colleague.organisation)):
        form.query_one(f"#{name}").value = text  # type: ignore[attr-defined]
    await at_door.pilot.press("f2")
    await at_door.answered(Kind.WELCOME)
    await at_door.until(lambda: not at_door.app.desk_line.busy)
    await at_door.pilot.pause(0.6)
    assert "due" not in str(at_door.panel.border_subtitle)
