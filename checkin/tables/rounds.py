"""The rounds of the day: which are over, under way or only planned, and everybody's way through.

A planned round is advice until it begins: its board shows who would sit where of those who are here
or still due. Nothing is written here; planning and beginning a round is `planning.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection, select

from checkin.event.session import EventSession, current_round
from checkin.event.settings import EventSettings
from checkin.people import Person
from checkin.tables.assembling import Standing, guest, standing, wishes
from checkin.tables.explain import rules_in_sight
from checkin.tables.room import Kind
from checkin.tables.rules import broken
from checkin.tables.seating import Board, BoardTable, board_of
from checkin.tables.values import changed
from db import people
from db.schema import seat, seating_round


class Stand(StrEnum):
    """Where a round stands."""

    OVER = "over"
    NOW = "now"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the day."""

    number: int
    kind: Kind
    stand: Stand


@dataclass(frozen=True, slots=True)
class AsPlanned:
    """How many of those who sit and had a planned table sit there."""

    kept: int
    seated: int

    @property
    def say(self) -> str:
        """Returns it in a sentence."""
        if self.kept == self.seated:
            return f"All {self.seated} who had a planned table sit there."
        return (
            f"{self.kept} of {self.seated} sit as planned; the others where it was better when "
            "they came."
        )


class Rounds:
    """The rounds of an open event."""

    def __init__(self, session: EventSession) -> None:
        self.session = session

    def all(self) -> tuple[Round, ...]:
        """Returns every round up to the one under way, then those planned, in their order."""
        with self.session.reading() as connection:
            return rounds_of(connection)

    def board(self, number: int | None = None) -> Board:
        """Returns the board of a round (the one under way by default), planned ones as planned."""
        with self.session.reading() as connection:
            found = rounds_of(connection)
            wanted = number or current_round(connection)
            is_planned = Round(wanted, _kind(found, wanted), Stand.PLANNED) in found
            read = planned if is_planned else standing
            now = read(connection, self.session.settings, wanted)
        return board_in_sight(now)

    def due(self) -> Board | None:
        """Returns who is still due in round 1 at the tables planned for them; None without any.

        Only tables where nobody sits yet hold people. The points and warnings are those of the
        plan while nobody sits anywhere; afterwards they say nothing of the room.
        """
        with self.session.reading() as connection:
            if current_round(connection) > 1:
                return None
            now = standing(connection, self.session.settings, 1)
            taken = set(now.seating.values())
            due = people.people(connection, 1, people.expected(), seat.c.planned.is_not(None))
            rows = tuple(row for row in due if row.planned not in taken)
            pins, _, _, stays = wishes(connection)
        if not rows:
            return None
        room = changed(now.room, guests=tuple(guest(row, pins, stays) for row in rows))
        seats = {row.id: row.planned for row in rows}
        return board_in_sight(replace(now, room=room, rows=rows, seating=seats))

    def as_planned(self) -> AsPlanned | None:
        """Returns how many sit as planned in round 1; None later, and while nobody sits."""
        with self.session.reading() as connection:
            if current_round(connection) > 1:
                return None
            here = people.here(connection, 1)
        rows = [row for row in here if row.planned is not None and row.table_number is not None]
        kept = sum(row.planned == row.table_number for row in rows)
        return AsPlanned(kept, len(rows)) if rows else None

    def boards(self) -> tuple[Board, ...]:
        """Returns the boards of all rounds, planned ones too."""
        return tuple(self.board(each.number) for each in self.all())


def board_in_sight(now: Standing) -> Board:
    """Returns the board of a round as anybody in the hall may read it.

    A wish of two people who sit apart is told at both their tables, and no warning says who needs a
    step-free table: their table's box tells whoever opens it.
    """
    board, hard = board_of(now), broken(now.room, now.seating)

    def told(table: BoardTable) -> BoardTable:
        rules = rules_in_sight(now.room, now.seating, hard, table.number)
        own = sum(rule.table == table.number for rule in hard)
        return replace(table, warnings=rules + table.warnings[own:])

    if not hard:
        return board
    return replace(board, tables=tuple(told(table) for table in board.tables))


def rounds_of(connection: Connection) -> tuple[Round, ...]:
    """Returns every round up to the one under way, then those planned, in their order."""
    now = current_round(connection)
    kinds = {
        row.round: Kind(row.kind)
        for row in connection.execute(select(seating_round.c.round, seating_round.c.kind))
    }
    numbers = sorted({*range(1, now + 1), *(number for number in kinds if number > now)})
    return tuple(
        Round(
            number,
            kinds.get(number, Kind.ALIGN if number == 1 else Kind.MIX),
            Stand.OVER if number < now else Stand.NOW if number == now else Stand.PLANNED,
        )
        for number in numbers
    )


def planned(connection: Connection, settings: EventSettings, number: int) -> Standing:
    """Returns a round as it is planned: those here, and those still due who have a table in it.

    `seating` holds the planned tables; earlier rounds that are only planned count as they are
    planned.
    """
    now = standing(connection, settings, number)
    due = people.people(connection, number, people.expected(), seat.c.planned.is_not(None))
    pins, _, _, stays = wishes(connection)
    rows = (*now.rows, *due)
    guests = (*now.room.guests, *(guest(row, pins, stays) for row in due))
    room = changed(now.room, guests=guests, earlier=history(connection, number))
    seats = {row.id: row.planned for row in rows if row.planned is not None}
    return replace(now, room=room, rows=rows, seating=seats)


def history(connection: Connection, number: int) -> tuple[dict[str, int], ...]:
    """Returns the seating of each round before `number`, as seated, else as planned."""
    found = []
    now = current_round(connection)
    for before in range(1, number):
        # The round under way may have nobody seated yet: then its plan is what will be.
        for column in (seat.c.table_number, seat.c.planned)[: 1 + (before >= now)]:
            rows = connection.execute(
                select(seat.c.person_id, column.label("at")).where(
                    seat.c.round == before, column.is_not(None)
                )
            )
            seated = {row.person_id: row.at for row in rows}
            if seated:
                break
        found.append(seated)
    return tuple(found)


def _kind(rounds: Sequence[Round], number: int) -> Kind:
    return next((each.kind for each in rounds if each.number == number), Kind.MIX)


@dataclass(frozen=True, slots=True)
class PersonRounds:
    """One person's way through the rounds.

    `tables` has a table a round, None where they sat nowhere; `met` counts the different people
    they sat with, `again` those of them with whom they sat more than once.
    """

    person: Person
    tables: tuple[int | None, ...]
    met: int
    again: int


def ways(boards: Sequence[Board]) -> tuple[PersonRounds, ...]:
    """Returns everybody's way through the rounds of `boards`, by family name."""
    people: dict[str, Person] = {}
    tables: dict[str, list[int | None]] = {}
    beside: dict[str, Counter[str]] = {}
    for place, board in enumerate(boards):
        for person in board.unseated:
            people[person.id] = person
        for table in board.tables:
            for person in table.people:
                people[person.id] = person
                tables.setdefault(person.id, [None] * len(boards))[place] = table.number
                others = (other.id for other in table.people if other.id != person.id)
                beside.setdefault(person.id, Counter()).update(others)
    found = [
        PersonRounds(
            person,
            tuple(tables.get(id, [None] * len(boards))),
            len(beside.get(id, ())),
            sum(times > 1 for times in beside.get(id, Counter()).values()),
        )
        for id, person in people.items()
    ]
    return tuple(sorted(found, key=_by_name))


def _by_name(way: PersonRounds) -> tuple[str, str, str]:
    person = way.person
    return person.family_name.casefold(), person.given_name.casefold(), person.id
