"""The room that a desk follows is the room that it would read anew, whatever anybody wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from checkin.door.admission import Override
from checkin.door.answers import Kind
from checkin.door.desk import Door
from checkin.door.overview import Which
from checkin.errors import EventFileError, RefusedError
from checkin.event.demo import make_demo
from checkin.event.session import EventSession, open_event
from checkin.roster.walk_in import WalkIn
from checkin.tables.arrival import RoomState, arrival_seat
from checkin.tables.door_room import DoorRoom
from checkin.tables.manual import Manual, Wish
from checkin.tables.values import changed
from db.journal import head
from db.kinds import EntryKind, round_subject
from tests.tables.facts import facts

TODAY = dt.date(2027, 3, 10)


class Hall:
    """Two desks and a facilitator at one event, who do whatever comes to a random mind."""

    def __init__(self, path: Path, seed: int) -> None:
        make_demo(path, TODAY)
        self.random = Random(seed)
        self.desks = [Door(open_event(path, desk=name)) for name in ("A", "B")]
        self.board = open_event(path, desk="board")
        self.manual = Manual(self.board)
        self.ids = [person.id for person in self.desks[0].people(Which.ALL)]
        self.followed = DoorRoom(self.board)
        self.did: list[str] = []

    def close(self) -> None:
        for session in (*(desk.session for desk in self.desks), self.board):
            session.close()

    def somebody(self) -> str:
        return self.random.choice(self.ids)

    def table(self) -> int:
        return self.random.randint(1, self.board.settings.tables)

    def step(self) -> None:
        """One act of the day; one that is refused is an act as well."""
        acts = self.door_acts() + self.table_acts() + self.group_acts()
        names, ways, weights = zip(*acts, strict=True)
        chosen = self.random.choices(range(len(acts)), weights)[0]
        self.did.append(names[chosen])
        with suppress(RefusedError):
            ways[chosen]()

    def door_acts(self) -> list[tuple[str, Callable[[], object], int]]:
        desk, random = self.random.choice(self.desks), self.random
        edit = desk.registrations
        name = f"Nora {len(self.did)}"
        return [
            ("in", lambda: desk.check_in(self.somebody()), 40),
            ("group", lambda: desk.check_in_group(random.sample(self.ids, 3)), 4),
            ("out", lambda: desk.check_out(self.somebody()), 8),
            ("undo", desk.undo, 6),
            ("undo of somebody", lambda: desk.undo(self.somebody()), 4),
            ("walk-in", lambda: self.came(desk.walk_in(WalkIn(name, "New", "Graz"))), 3),
            ("substitute", lambda: self.came(desk.substitute(self.somebody(), name, "For")), 3),
            ("cancel", lambda: edit.cancel(self.somebody()), 3),
            ("expect", lambda: edit.expect(self.somebody()), 3),
            ("merge", lambda: edit.merge(self.somebody(), self.somebody()), 3),
            ("badge", lambda: edit.correct_badge(self.somebody(), "Nobody"), 2),
            ("foreign code", lambda: desk.scan("nonsense 99"), 2),
        ]

    def came(self, answer: object) -> None:
        person = getattr(answer, "person", None)
        if person:
            self.ids.append(person.id)

    def table_acts(self) -> list[tuple[str, Callable[[], object], int]]:
        manual, who, other = self.manual, self.somebody(), self.somebody()
        desk = self.random.choice(self.desks)
        return [
            ("move", lambda: desk.seating.move(who, self.table()), 8),
            ("swap", lambda: manual.swap(who, other), 3),
            ("pin", lambda: manual.pin(who, self.random.choice((None, self.table()))), 3),
            ("stays", lambda: manual.stays(who), 2),
            ("together", lambda: manual.pair(Wish.TOGETHER, who, other), 2),
            ("apart", lambda: manual.pair(Wish.APART, who, other), 2),
            ("close", lambda: manual.close_table(self.table()), 2),
            ("open", lambda: manual.open_table(self.table()), 2),
            ("host", lambda: manual.name_host(self.table(), "Ann"), 2),
            ("undo at the tables", manual.undo, 4),
            ("redo at the tables", manual.redo, 3),
        ]

    def group_acts(self) -> list[tuple[str, Callable[[], object], int]]:
        return [
            ("plan", lambda: self.seat_all(EntryKind.SEATS_PLANNED, 1, self.ids), 2),
            ("round 2", self.second_round, 1),
            ("settings", self.other_settings, 1),
        ]

    def seat_all(self, kind: EntryKind, number: int, ids: list[str]) -> None:
        seats = {id: self.table() for id in self.random.sample(ids, len(ids) // 2)}
        with self.board.writing() as writer:
            writer.record(
                kind, round_subject(number), round=number, round_kind="align", seats=seats
            )

    def second_round(self) -> None:
        here = [person.id for person in self.desks[0].people(Which.HERE)]
        self.seat_all(EntryKind.SEATS_ACCEPTED, 2, here)

    def other_settings(self) -> None:
        seats, tables = self.random.choice((6, 7, 8)), self.random.choice((6, 8))
        self.board.change_settings(replace(self.board.settings, seats=seats, tables=tables))
        for desk in self.desks:
            desk.session.changed_elsewhere()

    def check(self) -> None:
        """Every desk knows what a desk would that reads the file now, and answers the same."""
        for room, session in (
            (self.followed, self.board),
            *((desk.seating.room, desk.session) for desk in self.desks),
        ):
            followed, anew = now(room, session), now(DoorRoom(session), session)
            assert facts(followed) == facts(anew), self.did
            for id, guest in list(anew.due.items())[:10]:
                asked = changed(guest, id=id)
                assert arrival_seat(followed, asked) == arrival_seat(anew, asked), self.did


def now(room: DoorRoom, session: EventSession) -> RoomState:
    with session.reading() as connection:
        return room.now(connection, head(connection))


@pytest.mark.parametrize("seed", range(8))
def test_the_room_followed_is_the_room_read_anew(tmp_path: Path, seed: int) -> None:
    hall = Hall(tmp_path / "day.checkin", seed)
    for step in range(1, 61):
        hall.step()
        if hall.random.random() < 0.3 or step == 60:
            hall.check()
    hall.close()


@pytest.fixture
def door(tmp_path: Path) -> Door:
    make_demo(tmp_path / "day.checkin", TODAY)
    return Door(open_event(tmp_path / "day.checkin", desk="A"))


def test_arrivals_departures_undo_walk_ins_and_moves_do_not_read_the_room_anew(door: Door) -> None:
    due = [person.id for person in door.people(Which.EXPECTED)]
    door.seating.warm()
    known = door.seating.room.state
    door.check_in(due[0])
    door.check_out(due[0])
    door.check_in(due[1])
    door.undo()
    door.walk_in(WalkIn("Nora", "New"))
    door.substitute(due[2], "Sub", "Stitute")
    door.registrations.cancel(due[3])
    moved = door.check_in(due[4])
    assert moved.table is not None
    door.seating.move(due[4], 1 if moved.table != 1 else 2)
    door.check_in(due[5])
    assert door.seating.room.state is known
    door.session.close()


def test_an_act_that_fails_leaves_nothing_of_itself_in_the_room(door: Door) -> None:
    due = [person.id for person in door.people(Which.EXPECTED)]
    door.session.change_settings(replace(door.session.settings, capacity=1))
    door.check_in(due[0])
    before = facts(now(door.seating.room, door.session))
    # The word of the supervisor can't be written: half a character stands in it.
    with pytest.raises(UnicodeEncodeError):
        door.walk_in(WalkIn("Nora", "New"), override=Override("AK", "\ud800"))
    assert facts(now(door.seating.room, door.session)) == before
    kept = door.seating.room.state
    with pytest.raises(RefusedError, match="no such person"):
        door.check_in("nobody")
    assert door.seating.room.state is kept
    door.session.close()


def test_an_arrival_that_is_not_kept_is_forgotten_and_the_room_is_not(door: Door) -> None:
    due = [person.id for person in door.people(Which.EXPECTED)]
    path = door.session.path
    door.check_in(due[0])
    kept, before = door.seating.room.state, facts(now(door.seating.room, door.session))
    path.rename(path.with_suffix(".away"))
    with pytest.raises(EventFileError, match="moved or deleted"):
        door.check_in(due[1])
    path.with_suffix(".away").rename(path)
    assert facts(now(door.seating.room, door.session)) == before
    assert door.seating.room.state is kept
    assert door.check_in(due[1]).kind is Kind.WELCOME
    door.session.close()


def test_a_room_prepared_beside_the_desk_is_taken_with_what_was_written_since(door: Door) -> None:
    due = [person.id for person in door.people(Which.EXPECTED)]
    session = door.session
    door.seating.warm()
    with session.writing() as writer:
        writer.record(EntryKind.LIST_IMPORTED, new=0)
    door.seating.prepare()
    prepared = door.seating.room.prepared
    assert prepared is not None
    with session.writing() as writer:
        writer.record(EntryKind.ARRIVED, due[0], answer="welcome", round=1, table=2)
    door.check_in(due[1])
    assert door.seating.room.state is prepared
    assert prepared.where[due[0]] == 2
    session.close()


def test_who_comes_back_is_told_the_old_table(door: Door) -> None:
    due = [person.id for person in door.people(Which.EXPECTED)]
    first = door.check_in(due[0])
    door.check_out(due[0])
    again = door.check_in(due[0])
    assert (again.table, again.why_table) == (first.table, "It is where you sat before.")
    door.session.close()


def test_people_due_have_no_name_in_the_room_until_they_sit(door: Door) -> None:
    state = now(door.seating.room, door.session)
    assert not any(guest.name for guest in state.due.values())
    person = door.people(Which.EXPECTED)[0]
    table = door.check_in(person.id).table
    assert table is not None
    state = now(door.seating.room, door.session)
    assert state.places[table].people[person.id].name == person.full_name
    door.session.close()


def test_settings_that_this_desk_learns_of_late_are_taken_in_when_it_does(
    door: Door, tmp_path: Path
) -> None:
    door.seating.warm()
    office = open_event(tmp_path / "day.checkin", desk="office")
    office.change_settings(replace(office.settings, seats=9))
    office.close()
    due = [person.id for person in door.people(Which.EXPECTED)]
    door.check_in(due[0])
    assert door.session.changed_elsewhere()
    state = now(door.seating.room, door.session)
    assert {place.table.seats for place in state.places.values()} == {9}
    assert due[0] in state.where
    door.session.close()
