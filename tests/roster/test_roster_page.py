"""The roster is read a page at a time, and says the same as the whole of it."""

from __future__ import annotations

from pathlib import Path

from checkin.door.overview import Which
from checkin.people import State
from checkin.roster.roster import Roster
from tests.day import entry, make_day, opened

MANY = tuple(
    entry(f"Given{number}", f"Family{number:02}", territory=f"T{number % 7}")
    for number in range(30)
)


def test_a_page_holds_the_first_by_name_and_counts_them_all(tmp_path: Path) -> None:
    with opened(make_day(tmp_path, MANY)) as door:
        everybody = door.people(Which.ALL)
        page = Roster(door.session).page(frozenset(State), 5)
        assert list(page.people) == everybody[:5]
        assert (page.count, page.registered) == (30, 30)


def test_a_page_of_some_states_follows_the_day(tmp_path: Path) -> None:
    with opened(make_day(tmp_path, MANY)) as door:
        roster = Roster(door.session)
        one, other = door.people(Which.ALL)[3:5]
        door.check_in(one.id)
        door.check_in(other.id)
        door.check_out(other.id)
        here = roster.page({State.HERE}, 10)
        assert [person.id for person in here.people] == [one.id]
        assert (here.count, here.registered) == (1, 30)
        gone = roster.page({State.LEFT, State.CANCELLED}, 10)
        assert [person.id for person in gone.people] == [other.id]
        due = roster.page({State.EXPECTED}, 10)
        assert due.count == 28
        assert {one.id, other.id}.isdisjoint(person.id for person in due.people)


def test_the_short_count_of_territories_that_lack_a_side_is_the_long_one(tmp_path: Path) -> None:
    with opened(make_day(tmp_path)) as door:
        roster = Roster(door.session)

        def counted() -> int:
            return sum(bool(line.lacks) for line in roster.before_the_day().territories)

        before = counted()
        assert roster.lacking() == before
        for person in door.people(Which.EXPECTED):
            door.registrations.cancel(person.id)
            assert roster.lacking() == counted()
