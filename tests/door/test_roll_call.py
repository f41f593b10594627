"""The roll call: by table, assistance first, only those inside."""

from __future__ import annotations

from checkin.door.roll_call import roll_call
from checkin.people import Person, State


def here(name: str, table: int | None, state: State = State.HERE) -> Person:
    return Person(name, "", "Eva", name, state=state, table=table)


PEOPLE = [
    here("Berg", 10),
    here("ähn", 2),
    here("Adam", 2),
    here("Zola", 2),
    here("Nowhere", None),
    here("Gone", 2, State.LEFT),
    here("Due", 2, State.EXPECTED),
]


def test_tables_come_by_number_and_those_without_one_last() -> None:
    assert [table for table, _ in roll_call(PEOPLE, ()).tables] == [2, 10, None]


def test_assistance_comes_first_at_each_table_then_family_names() -> None:
    tables = dict(roll_call(PEOPLE, {"Zola"}).tables)
    assert [line.person.family_name for line in tables[2]] == ["Zola", "Adam", "ähn"]
    assert [line.assistance for line in tables[2]] == [True, False, False]


def test_only_people_inside_are_counted() -> None:
    called = roll_call(PEOPLE, {"Zola", "Gone"})
    assert (called.inside, called.assistance) == (5, 1)
    assert roll_call([], ()).tables == ()
