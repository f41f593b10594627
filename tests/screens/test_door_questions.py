"""Whom a key of the door means: undo of the one who is marked, questions, two made one, groups."""

from __future__ import annotations

from checkin.door.answers import Kind
from checkin.door.desk import Door
from checkin.event.session import open_event
from checkin.people import Person, State
from checkin.roster.walk_in import WalkIn
from screens.door import DoorScreen
from screens.one_person import OnePersonBox
from screens.walk_in import WalkInForm
from screens.widgets.key_row import shown_keys
from screens.widgets.one_of import OneOf
from tests.day import journal_of
from tests.screens.driven import AtTheDoor

COLLEAGUES = (
    ("Luc", "Petit"), ("Odile", "Garnier"), ("Yann", "Bosquet"), ("Inès", "Chauvin"),
    ("Rémi", "Delorme"), ("Fanny", "Hubert"), ("Karim", "Maillard"), ("Zoé", "Texier"),
    ("Paul", "Vasseur"), ("Nadia", "Quenot"), ("Basile", "Jourdan"),
)  # fmt: skip


def screen(at_door: AtTheDoor) -> DoorScreen:
    found = at_door.app.door_screen
    assert isinstance(found, DoorScreen)
    return found


def panel_text(at_door: AtTheDoor) -> str:
    return " ".join(at_door.panel.render().plain.split())


def last_row(at_door: AtTheDoor) -> str:
    return "  ".join(f"{key} {each.description}" for key, each in shown_keys(at_door.app.screen))


def state(at_door: AtTheDoor, person: Person) -> State:
    return at_door.door.person(person.id).state


async def admitted(at_door: AtTheDoor, person: Person) -> None:
    at_door.app.desk_line.scan(person.code)
    await at_door.until(lambda: state(at_door, person) is State.HERE)
    await at_door.until(lambda: not at_door.app.desk_line.busy)


def registered(at_door: AtTheDoor, organisation: str, *names: tuple[str, str]) -> list[Person]:
    """People of one authority, registered and due."""
    forms = [WalkIn(given, family, organisation) for given, family in names]
    return [at_door.registered(form) for form in forms]


async def asked(at_door: AtTheDoor, *organisations: str) -> list[Person]:
    """Two people called Ugo Zanella, and the question which of them is meant."""
    people = [
        registered(at_door, organisation, ("Ugo", "Zanella"))[0] for organisation in organisations
    ]
    await at_door.look_up("ugo zanella")
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.NEEDS_CHOICE)
    return people


async def test_f8_with_a_name_typed_takes_that_persons_check_in_back(at_door: AtTheDoor) -> None:
    first = at_door.door.meant("trzcinska")[0]
    last = next(each for each in map(at_door.person, range(5)) if each.id != first.id)
    await admitted(at_door, first)
    await admitted(at_door, last)
    await at_door.look_up("trzcin")
    await at_door.pilot.press("f8")
    await at_door.answered(Kind.UNDONE)
    assert state(at_door, first) is State.EXPECTED
    assert state(at_door, last) is State.HERE
    assert screen(at_door).field.value == ""


async def test_f8_on_somebody_who_is_due_undoes_nothing_and_says_why(at_door: AtTheDoor) -> None:
    due = at_door.door.meant("trzcinska")[0]
    last = next(each for each in map(at_door.person, range(5)) if each.id != due.id)
    await admitted(at_door, last)
    await at_door.look_up("trzcin")
    await at_door.pilot.press("f8")
    await at_door.until(lambda: "has not come; empty the field (Esc)" in panel_text(at_door))
    assert state(at_door, last) is State.HERE
    await at_door.pilot.press("escape", "f8")
    await at_door.answered(Kind.UNDONE)
    assert state(at_door, last) is State.EXPECTED


async def in_already(at_door: AtTheDoor) -> tuple[Person, Person]:
    """Somebody whom another desk checked in, as an answer; and the one of this desk's last act."""
    early, last = at_door.person(0), at_door.person(1)
    other = open_event(at_door.event, desk="B")
    Door(other).check_in(early.id)
    other.close()
    await admitted(at_door, last)
    at_door.app.desk_line.scan(early.code)
    await at_door.answered(Kind.ALREADY_IN)
    assert "F8 takes a wrong check-in back" in str(at_door.panel.border_subtitle)
    await at_door.until(lambda: not at_door.app.desk_line.busy)
    await at_door.pilot.press("f8")
    await at_door.until(lambda: "F8 again takes back" in panel_text(at_door))
    assert not journal_of(at_door.event, "undone")
    return early, last


async def test_f8_twice_on_who_is_in_already_takes_that_check_in_back(at_door: AtTheDoor) -> None:
    early, last = await in_already(at_door)
    await at_door.pilot.press("f8")
    await at_door.answered(Kind.UNDONE)
    assert state(at_door, early) is State.EXPECTED
    assert state(at_door, last) is State.HERE


async def test_esc_then_f8_on_who_is_in_already_undoes_the_last_act(at_door: AtTheDoor) -> None:
    early, last = await in_already(at_door)
    await at_door.pilot.press("escape", "f8")
    await at_door.answered(Kind.UNDONE)
    assert state(at_door, early) is State.HERE
    assert state(at_door, last) is State.EXPECTED


async def scanned_again(at_door: AtTheDoor, *people: Person) -> None:
    """Scans `people` one right after the other, then the first of them once more."""
    for person in (*people, people[0]):
        at_door.app.desk_line.scan(person.code)
    await at_door.answered(Kind.OWN_REPEAT)
    await at_door.until(lambda: not at_door.app.desk_line.busy)


async def test_f8_after_a_badge_read_twice_takes_that_check_in_back(at_door: AtTheDoor) -> None:
    earlier, twice = at_door.person(0), at_door.person(1)
    await admitted(at_door, earlier)
    await scanned_again(at_door, twice)
    await at_door.pilot.press("f8")
    await at_door.answered(Kind.UNDONE)
    assert state(at_door, twice) is State.EXPECTED
    assert state(at_door, earlier) is State.HERE


async def test_f8_asks_whose_when_another_came_between_the_two_reads(at_door: AtTheDoor) -> None:
    twice, between = at_door.person(0), at_door.person(1)
    await scanned_again(at_door, twice, between)
    await at_door.pilot.press("f8")
    await at_door.until(lambda: "F8 again takes back" in panel_text(at_door))
    assert twice.full_name in panel_text(at_door)
    assert not journal_of(at_door.event, "undone")
    await at_door.pilot.press("f8")
    await at_door.answered(Kind.UNDONE)
    assert state(at_door, twice) is State.EXPECTED
    assert state(at_door, between) is State.HERE


async def test_esc_then_f8_takes_back_who_came_between(at_door: AtTheDoor) -> None:
    twice, between = at_door.person(0), at_door.person(1)
    await scanned_again(at_door, twice, between)
    await at_door.pilot.press("f8")
    await at_door.until(lambda: "F8 again takes back" in panel_text(at_door))
    await at_door.pilot.press("escape", "f8")
    await at_door.answered(Kind.UNDONE)
    assert state(at_door, twice) is State.HERE
    assert state(at_door, between) is State.EXPECTED


async def test_a_question_marks_nobody_and_enter_says_so(at_door: AtTheDoor) -> None:
    await asked(at_door, "Comune di Pisa", "Comune di Lucca")
    results = screen(at_door).results
    assert "▸" not in results.render().plain
    await at_door.until(lambda: "↑ ↓ choose" in last_row(at_door))
    assert "⏎" not in last_row(at_door)
    assert "Nobody is marked yet." in panel_text(at_door)
    await at_door.pilot.press("enter")
    assert "Choose with ↑ ↓ first; nobody was checked in." in panel_text(at_door)
    assert at_door.door.pulse().here == 0
    await at_door.pilot.press("down")
    assert results.render().plain.startswith("▸")
    await at_door.until(lambda: "⏎ check in" in last_row(at_door))
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.WELCOME)
    assert screen(at_door).field.border_subtitle is None


async def test_a_question_that_is_left_open_stays_written_until_it_is_answered(
    at_door: AtTheDoor,
) -> None:
    people = await asked(at_door, "Comune di Pisa", "Comune di Lucca")
    await at_door.type("tr")
    await at_door.until(lambda: bool(screen(at_door).field.border_subtitle))
    words = "Not checked in: which Ugo Zanella?"
    assert str(screen(at_door).field.border_subtitle) == words
    await at_door.pilot.press("escape")
    await admitted(at_door, at_door.person())
    assert str(screen(at_door).field.border_subtitle) == words
    await admitted(at_door, people[1])
    await at_door.until(lambda: screen(at_door).field.border_subtitle is None)


async def test_a_scan_elsewhere_leaves_the_question_written_as_well(at_door: AtTheDoor) -> None:
    await asked(at_door, "Comune di Pisa", "Comune di Lucca")
    await at_door.type_scan(at_door.person().code)
    await at_door.answered(Kind.WELCOME)
    assert "which Ugo Zanella?" in str(screen(at_door).field.border_subtitle)


async def test_of_two_that_read_the_same_the_question_leads_with_f10(at_door: AtTheDoor) -> None:
    await asked(at_door, "Comune di Pisa", "Comune di Pisa")
    assert "→ F10: make them one" in panel_text(at_door)
    assert "Ask for the authority" not in panel_text(at_door)
    assert "F10 make them one" in last_row(at_door)
    await at_door.pilot.press("f10")
    await at_door.until(lambda: isinstance(at_door.app.screen, OnePersonBox))
    await at_door.pilot.press("enter")
    await at_door.answered(Kind.WELCOME)
    assert at_door.door.pulse().here == 1


async def test_who_is_made_one_and_is_in_already_is_not_offered_for_enter(
    at_door: AtTheDoor,
) -> None:
    one, other = registered(at_door, "Comune di Pisa", ("Ugo", "Zanella"), ("Ugo", "Zanella"))
    await admitted(at_door, one)
    await at_door.pilot.press("f10")
    await at_door.until(lambda: isinstance(at_door.app.screen, OnePersonBox))
    await at_door.pilot.press("enter")
    await at_door.until(lambda: "is one registration now" in panel_text(at_door))
    table = at_door.door.person(one.id).table
    assert f"Here already, at table {table}." in panel_text(at_door)
    assert at_door.door.person(other.id).id == at_door.door.person(one.id).id
    assert not screen(at_door).results.rows


async def test_a_welcome_says_how_many_colleagues_are_still_due(at_door: AtTheDoor) -> None:
    people = registered(at_door, "Amiens", *COLLEAGUES)
    await admitted(at_door, people[0])
    await at_door.until(
        lambda: str(at_door.panel.border_subtitle) == "10 more of Amiens are due: F4"
    )
    for person in people[1:9]:
        at_door.door.check_in(person.id)
    await admitted(at_door, people[9])
    await at_door.until(
        lambda: str(at_door.panel.border_subtitle) == "1 more of Amiens is due: F4 together"
    )


async def test_the_name_of_an_authority_that_does_not_fit_shows_that_it_is_cut(
    at_door: AtTheDoor,
) -> None:
    long = "Urząd Marszałkowski Województwa Kujawsko-Pomorskiego w Toruniu"
    people = registered(at_door, long, *COLLEAGUES)
    await admitted(at_door, people[0])
    await at_door.until(lambda: "F4" in str(at_door.panel.border_subtitle))
    words = str(at_door.panel.border_subtitle)
    assert words == "10 more of Urząd Marszałkowski Województwa Kujaw… are due: F4"
    assert len(words) <= 76


async def test_the_level_of_a_walk_in_is_chosen_with_arrows_that_the_last_row_names(
    at_door: AtTheDoor,
) -> None:
    await at_door.pilot.press("f2")
    await at_door.until(lambda: isinstance(at_door.app.screen, WalkInForm))
    at_door.app.screen.query_one(OneOf).focus()
    await at_door.pilot.pause()
    words = [f"{key} {binding.description}" for key, binding in shown_keys(at_door.app.screen)]
    assert "← → choose" in words
    level = at_door.app.screen.query_one(OneOf)
    assert "region, county" in level.render().plain
    await at_door.pilot.press("right", "right")
    assert level.value == "region"


async def test_a_substitute_is_welcomed_in_place_of_whom(at_door: AtTheDoor) -> None:
    await at_door.look_up("trzcin")
    absent = screen(at_door).results.highlighted
    assert absent
    await at_door.pilot.press("f3", *"Ewa", "enter", *"Lis", "enter")
    await at_door.answered(Kind.WELCOME)
    assert f"in place of {absent.full_name}." in panel_text(at_door)
