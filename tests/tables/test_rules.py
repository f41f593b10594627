"""Hard rules are named when broken, and impossible wishes are named instead of dropped."""

from __future__ import annotations

from checkin.tables.room import Guest, Room, Table
from checkin.tables.rules import broken, newly_broken, workable

ANA, BO, CY = Guest("a", name="Ana"), Guest("b", name="Bo"), Guest("c", name="Cy")
TWO = (Table(1, 2, 0), Table(2, 2, 0))


def said(room: Room) -> list[str]:
    return [rule.say for rule in workable(room).impossible]


def test_every_broken_rule_is_named() -> None:
    pinned = Guest("p", pin=2, name="Pia")
    steps = Guest("s", step_free=True, name="Sam")
    tables = (Table(1, 1, 0), Table(2, 2, 0, step_free=True), Table(3, 2, 0, open=False))
    room = Room(tables, (ANA, BO, CY, pinned, steps), (("a", "b"),), (("a", "c"),))
    sentences = [b.say for b in broken(room, {"a": 1, "b": 3, "c": 1, "p": 1, "s": 1})]
    assert sentences == [
        "Table 1 has 1 seat for 4 people.",
        "Table 3 is closed, and Bo is still there.",
        "Pia is pinned to table 2, not 1.",
        "Sam needs a step-free table, and table 1 isn't one.",
        "Ana and Bo are to sit together.",
        "Ana and Cy are to sit apart.",
    ]


def test_a_seating_that_keeps_the_rules_breaks_none() -> None:
    assert broken(Room(TWO, (ANA, BO), (("a", "b"),)), {"a": 1, "b": 1}) == ()


def test_together_and_apart_at_once_is_named() -> None:
    room = Room(TWO, (ANA, BO), (("a", "b"),), (("b", "a"),))
    assert said(room) == ["Ana and Bo are to sit together and apart."]
    assert workable(room).room.apart == (("b", "a"),)
    assert workable(room).room.together == ()


def test_a_contradiction_over_a_third_person_is_named() -> None:
    room = Room((Table(1, 5, 0),), (ANA, BO, CY), (("a", "b"), ("b", "c")), (("a", "c"),))
    assert said(room) == [
        "Bo and Cy are to sit together, but Ana and Cy in that group are to sit apart."
    ]


def test_a_group_larger_than_any_table_is_named() -> None:
    assert said(Room(TWO, (ANA, BO, CY), (("a", "b"), ("b", "c")))) == [
        "Bo and Cy are to sit together, but that makes a group of 3 and no table for it has so many"
        " seats."
    ]


def test_pins_that_pull_a_group_apart_are_named() -> None:
    guests = (Guest("a", pin=1, name="Ana"), Guest("b", pin=2, name="Bo"))
    assert said(Room(TWO, guests, (("a", "b"),))) == [
        "Ana and Bo are to sit together, but are pinned to tables 1 and 2."
    ]
    same = (Guest("a", pin=1, name="Ana"), Guest("b", pin=1, name="Bo"))
    assert said(Room(TWO, same, (), (("a", "b"),))) == [
        "Ana and Bo are to sit apart, but both are pinned to table 1."
    ]


def test_pins_to_closed_missing_full_and_stepped_tables_are_named() -> None:
    tables = (Table(1, 1, 0, open=False), Table(2, 1, 0), Table(3, 3, 0, step_free=True))
    guests = (
        Guest("a", pin=1, name="Ana"),
        Guest("b", pin=9, name="Bo"),
        Guest("c", pin=2, name="Cy"),
        Guest("d", pin=2, name="Di"),
        Guest("e", pin=2, step_free=True, name="Ed"),
    )
    assert said(Room(tables, guests)) == [
        "Ana is pinned to table 1, but table 1 is closed.",
        "Bo is pinned to table 9, but table 9 is not in the room.",
        "Di is pinned to table 2, but table 2 has only 1 seat for those pinned to it.",
        "Ed is pinned to table 2, but needs a step-free table, and table 2 isn't one.",
    ]


def test_a_step_free_need_without_a_step_free_seat_is_named() -> None:
    assert said(Room(TWO, (Guest("a", step_free=True, name="Ana"),))) == [
        "Ana needs a step-free table; none is open."
    ]
    one = (Table(1, 1, 0, step_free=True), Table(2, 2, 0))
    both = (Guest("a", step_free=True, name="Ana"), Guest("b", step_free=True, name="Bo"))
    assert said(Room(one, both)) == [
        "Bo needs a step-free table, and those that are open have no seat left."
    ]


def test_a_need_is_broken_at_every_table_while_no_step_free_table_is_open() -> None:
    ana = Guest("a", step_free=True, name="Ana")
    for is_open in (True, False):
        tables = (Table(1, 2, 0, open=is_open, step_free=True), Table(2, 2, 0))
        room = Room(tables, (ana,))
        at_one, at_two = broken(room, {"a": 1}), broken(room, {"a": 2})
        if is_open:
            assert at_one == ()
            assert [rule.say for rule in newly_broken(at_one, at_two)] == [
                "Ana needs a step-free table, and table 2 isn't one."
            ]
        else:
            assert "Ana needs a step-free table; none is open." in [rule.say for rule in at_one]
            assert [rule.say for rule in at_two] == ["Ana needs a step-free table; none is open."]
            assert newly_broken(at_one, at_two) == ()


def test_an_overfull_table_is_broken_anew_only_by_more_people_and_a_closed_one_by_who_comes() -> (
    None
):
    tables = (Table(1, 1, 0), Table(2, 2, 0), Table(3, 2, 0, open=False))
    room = Room(tables, (ANA, BO, CY))
    before = broken(room, {"a": 1, "b": 1, "c": 3})
    assert newly_broken(before, broken(room, {"a": 1, "b": 2, "c": 1})) == ()
    assert [r.say for r in newly_broken(before, broken(room, {"a": 1, "b": 1, "c": 1}))] == [
        "Table 1 has 1 seat for 3 people."
    ]
    assert [r.say for r in newly_broken(before, broken(room, {"a": 3, "b": 1, "c": 2}))] == [
        "Table 3 is closed, and Ana is still there."
    ]


def test_who_sits_without_the_step_free_table_they_need_loses_nothing_at_another_without() -> None:
    tables = (Table(1, 1, 0, step_free=True), Table(2, 2, 0), Table(3, 2, 0, open=False))
    room = Room(tables, (Guest("a", step_free=True, name="Ana"), BO))
    before = broken(room, {"a": 3, "b": 1})
    assert newly_broken(before, broken(room, {"a": 2, "b": 1})) == ()


def test_wishes_about_people_who_are_not_here_bind_nobody() -> None:
    assert said(Room(TWO, (ANA,), (("a", "z"),), (("z", "a"), ("a", "a")))) == []


def test_who_has_no_table_yet_may_be_seated_though_no_step_free_table_is_open() -> None:
    room = Room(TWO, (Guest("a", step_free=True, name="Ana"), BO))
    after = broken(room, {"a": 1, "b": 2})
    assert [rule.say for rule in after] == ["Ana needs a step-free table; none is open."]
    assert newly_broken(broken(room, {"b": 2}), after) == ()
