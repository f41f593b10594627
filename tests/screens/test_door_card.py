"""The large card while somebody searches: never the number of the guest before."""

from __future__ import annotations

import threading

from checkin.door.answers import Answer, Kind
from checkin.door.desk import Door
from checkin.event.session import open_event
from checkin.people import Person, State
from screens.widgets.key_row import shown_keys
from screens.widgets.result_list import ResultList
from tests.day import journal_of
from tests.screens.driven import AtTheDoor

BLOCK = "█"


def card(at_door: AtTheDoor) -> str:
    return at_door.panel.render().plain  # type: ignore[no-any-return]


def title(at_door: AtTheDoor) -> str:
    return str(at_door.panel.border_title)


async def welcomed(at_door: AtTheDoor, text: str) -> Person:
    """Somebody who is in, as the last act."""
    who = at_door.door.meant(text)[0]
    at_door.app.desk_line.scan(who.code)
    await at_door.answered(Kind.WELCOME)
    await at_door.until(lambda: not at_door.app.desk_line.busy)
    assert BLOCK in card(at_door)
    return at_door.door.person(who.id)


async def test_from_the_first_letter_the_last_number_is_small(at_door: AtTheDoor) -> None:
    last = await welcomed(at_door, "trzcinska")
    await at_door.type("q")
    await at_door.until(lambda: BLOCK not in card(at_door))
    assert f"Table {last.table}" in card(at_door)
    assert "TRZCIŃSKA" in card(at_door)
    assert title(at_door) == "Before: ✓ WELCOME"
    assert not at_door.panel.has_class("-good")
    await at_door.pilot.press("escape")
    await at_door.until(lambda: BLOCK in card(at_door))
    assert title(at_door) == "✓ WELCOME"
    assert at_door.panel.has_class("-good")


async def test_whoever_is_marked_and_here_has_their_own_number(at_door: AtTheDoor) -> None:
    first = await welcomed(at_door, "trzcinska")
    await welcomed(at_door, "joris van t hof")
    await at_door.look_up("trzcin")
    await at_door.until(lambda: "IN SINCE" in title(at_door))
    at = at_door.door.session.local(first.arrived_at) if first.arrived_at else None
    assert title(at_door) == f"◆ IN SINCE {at:%H:%M}"
    assert "TRZCIŃSKA" in card(at_door)
    assert first.organisation in card(at_door)
    assert BLOCK in card(at_door)
    assert "leaves? F5" in str(at_door.panel.border_subtitle)
    await at_door.pilot.press("escape")
    await at_door.until(lambda: title(at_door) == "✓ WELCOME")
    assert "TRZCIŃSKA" not in card(at_door)
    assert len(journal_of(at_door.event, "arrived")) == 2
    assert not journal_of(at_door.event, "refused")


async def test_somebody_due_among_those_here_takes_the_card_away(at_door: AtTheDoor) -> None:
    await at_door.look_up("rotterdam")
    due, other = (row.person for row in at_door.app.door_screen.query_one(ResultList).rows[:2])
    await at_door.pilot.press("escape")
    await welcomed(at_door, other.code)
    await at_door.look_up("rotterdam")
    rows = [row.person for row in at_door.app.door_screen.query_one(ResultList).rows]
    assert rows[0].id == due.id
    place = [each.id for each in rows].index(other.id)
    # They bear one name: nobody is marked until the first arrow.
    await at_door.pilot.press(*["down"] * (place + 1))
    await at_door.until(lambda: "IN SINCE" in title(at_door))
    await at_door.pilot.press(*["up"] * place)
    await at_door.until(lambda: title(at_door).startswith("Before:"))
    assert BLOCK not in card(at_door)


async def test_a_scan_dims_nothing_and_its_answer_is_news_beside_typed_text(
    at_door: AtTheDoor,
) -> None:
    await welcomed(at_door, "trzcinska")
    await at_door.look_up("zzq")
    await at_door.until(lambda: title(at_door).startswith("Before:"))
    other = at_door.door.meant("joris van t hof")[0]
    at_door.app.desk_line.scan(other.code)
    await at_door.until(lambda: title(at_door) == "✓ WELCOME")
    await at_door.until(lambda: not at_door.app.desk_line.busy)
    await at_door.pilot.pause(0.15)
    assert BLOCK in card(at_door)
    assert "HOF" in card(at_door)
    await at_door.type("x")
    await at_door.until(lambda: BLOCK not in card(at_door))


async def test_news_that_comes_later_of_the_last_answer_does_not_bring_it_back(
    at_door: AtTheDoor,
) -> None:
    await welcomed(at_door, "joris van t hof")
    answer = at_door.panel.answer
    assert answer
    await at_door.look_up("zzq")
    await at_door.until(lambda: title(at_door).startswith("Before:"))
    at_door.panel.show(answer, "1 more is due: F4")
    await at_door.pilot.pause()
    assert BLOCK not in card(at_door)
    assert at_door.panel.border_subtitle is None


async def test_a_key_that_needs_a_choice_never_shows_the_last_number_again(
    at_door: AtTheDoor,
) -> None:
    await welcomed(at_door, "trzcinska")
    await at_door.look_up("rossi palermo")
    await at_door.until(lambda: title(at_door).startswith("Before:"))
    await at_door.pilot.press("f5")
    await at_door.until(lambda: bool(at_door.app._notifications))
    assert BLOCK not in card(at_door)
    await at_door.pilot.press("f11")
    await at_door.pilot.pause(0.1)
    assert at_door.app.screen is at_door.app.door_screen


def keys(at_door: AtTheDoor) -> list[str]:
    return [f"{key} {each.description}" for key, each in shown_keys(at_door.app.door_screen)]


async def test_the_last_row_says_what_keys_mean_of_somebody_who_is_here(
    at_door: AtTheDoor,
) -> None:
    who = await welcomed(at_door, "trzcinska")
    assert keys(at_door)[:2] == ["F2 walk-in", "F3 substitute"]
    await at_door.look_up("trzcin")
    await at_door.until(lambda: keys(at_door)[0] == "⏎ show table")
    assert "F5 leaves" in keys(at_door)
    assert "F8 undo Trzcińska" in keys(at_door)
    assert not any(each.startswith("F3") for each in keys(at_door))
    await at_door.pilot.press("f5")
    await at_door.answered(Kind.LEFT)
    assert at_door.door.person(who.id).state is State.LEFT
    await at_door.look_up("trzcin")
    await at_door.until(lambda: keys(at_door)[0] == "⏎ check in")


async def looked_up_by_name(at_door: AtTheDoor, text: str) -> None:
    """Somebody who came in at another desk is looked up, and Enter is pressed."""
    other = open_event(at_door.event, desk="B")
    Door(other).check_in(at_door.door.meant(text)[0].id)
    other.close()
    await at_door.look_up(text)
    await at_door.until(lambda: "IN SINCE" in title(at_door))
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.ALREADY_IN)


async def test_enter_on_somebody_who_is_here_tells_the_table_and_rings_no_alarm(
    at_door: AtTheDoor,
) -> None:
    await looked_up_by_name(at_door, "trzcin")
    assert title(at_door) == "◆ IN ALREADY"
    assert at_door.panel.has_class("-calm")
    assert "This is their table." in " ".join(card(at_door).split())
    assert BLOCK in card(at_door)


async def test_a_scanned_badge_of_somebody_who_is_here_is_an_alarm_still(
    at_door: AtTheDoor,
) -> None:
    await looked_up_by_name(at_door, "trzcin")
    at_door.app.desk_line.scan(at_door.door.meant("trzcinska")[0].code)
    await at_door.until(lambda: title(at_door) == "‼ ALREADY IN")
    hint = str(at_door.panel.border_subtitle)
    assert hint.startswith("leaves? F5 · F8 takes a wrong check-in back")


async def test_f5_after_already_in_means_who_stands_there(at_door: AtTheDoor) -> None:
    await looked_up_by_name(at_door, "trzcin")
    assert "leaves? F5" in str(at_door.panel.border_subtitle)
    await at_door.pilot.press("f5")
    await at_door.answered(Kind.LEFT)
    assert title(at_door) == "← LEFT"
    assert at_door.door.meant("trzcinska")[0].state is State.LEFT


async def test_a_scan_does_not_dim_the_card_while_it_comes_in(at_door: AtTheDoor) -> None:
    await welcomed(at_door, "trzcinska")
    before, dimmed = at_door.panel.answer, []
    await at_door.type_scan(at_door.door.meant("joris van t hof")[0].code)

    def answered() -> bool:
        dimmed.append(at_door.panel.is_past)
        return at_door.panel.answer is not before

    await at_door.until(answered)
    assert not any(dimmed)
    assert BLOCK in card(at_door)


async def test_an_act_does_not_bring_the_number_before_back_for_a_moment(
    at_door: AtTheDoor,
) -> None:
    await welcomed(at_door, "trzcinska")
    await at_door.look_up("joris van t hof")
    await at_door.until(lambda: title(at_door).startswith("Before:"))
    waits = threading.Event()

    def another_desk_is_busy(_: Door) -> list[Answer]:
        waits.wait(5)
        return []

    at_door.app.desk_line.ask(another_desk_is_busy)
    await at_door.pilot.press("enter")
    await at_door.pilot.pause(0.2)
    assert "TRZCI" not in card(at_door) or BLOCK not in card(at_door)
    waits.set()
    await at_door.until(lambda: "HOF" in card(at_door))
    assert title(at_door) == "✓ WELCOME"


async def test_beside_a_name_that_nobody_bears_no_key_means_the_last_guest(
    at_door: AtTheDoor,
) -> None:
    who = await welcomed(at_door, "trzcinska")
    await looked_up_by_name(at_door, "joris")
    await at_door.look_up("zzquax")
    await at_door.pilot.press("f5", "f4", "f11", "f12")
    await at_door.until(lambda: not at_door.app.desk_line.busy)
    assert at_door.app.screen is at_door.app.door_screen
    assert at_door.door.person(who.id).state is State.HERE
    assert not journal_of(at_door.event, "departed")
