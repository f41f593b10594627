"""Who sits where, over the event file: the arrival's table, the board, moves and their price.

The engine decides, this service reads the room, writes what was accepted and tells the score. A
person who sits is moved only by `move`, which a facilitator asks for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer, current_round
from checkin.event.settings import EventSettings
from checkin.people import Person
from checkin.tables import explain
from checkin.tables.arrival import ArrivalSeat, arrival_seat
from checkin.tables.assembling import Standing, standing
from checkin.tables.door_room import DoorRoom
from checkin.tables.forecast import usual_share
from checkin.tables.room import Room
from checkin.tables.rules import Broken, broken, newly_broken
from checkin.tables.score import Score, TableScore, score
from db.journal import Entry, head
from db.kinds import EntryKind
from db.people import by_id


@dataclass(frozen=True, slots=True)
class BoardTable:
    """One table on the board. `levels` are the letters C M R O of those who sit, in order."""

    number: int
    seats: int
    minimum: int
    open: bool
    step_free: bool
    name: str
    host: str
    people: tuple[Person, ...]
    language: str
    languages: tuple[str, ...]
    levels: str
    territories: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    score: dict[str, int]

    @property
    def free(self) -> int:
        """Chairs nobody sits on."""
        return max(self.seats - len(self.people), 0)


@dataclass(frozen=True, slots=True)
class Board:
    """The whole room of one round. `score` holds the total and each term's points."""

    round: int
    kind: str
    tables: tuple[BoardTable, ...]
    unseated: tuple[Person, ...]
    total: int
    score: dict[str, int]

    def table(self, number: int) -> BoardTable | None:
        """Returns one table by its number."""
        return next((table for table in self.tables if table.number == number), None)


@dataclass(frozen=True, slots=True)
class Price:
    """What a move would cost, in one sentence; `refused` says why it can't be done, else empty.

    `first` comes before the points where they don't tell it: a rule that is broken then.
    """

    say: str
    before: int
    after: int
    refused: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What was done at the tables: the sentence, and the points before and after.

    `people` are whom it was about, as they are now; `table` is the one table that it was about.
    """

    say: str
    before: int
    after: int
    people: tuple[Person, ...] = ()
    table: int | None = None

    @property
    def person(self) -> Person | None:
        """The one person whom it was about; None when there were several, or none."""
        return self.people[0] if len(self.people) == 1 else None


@dataclass(frozen=True, slots=True)
class _Hours:
    """When the doors open and the programme begins, as the settings say it."""

    of: EventSettings
    doors: datetime
    begins: datetime


class Seating:
    """The tables of an open event."""

    def __init__(self, session: EventSession) -> None:
        self.session = session
        self.room = DoorRoom(session)
        self._hours: _Hours | None = None

    # ---- at the door

    @property
    def round(self) -> int:
        """The round that the latest arrival was seated in."""
        return self.room.round

    def arrival(self, writer: Writer, row: Row[Any], planned: int | None = None) -> ArrivalSeat:
        """Returns where somebody who arrives now should sit; `row` is theirs before the arrival.

        `planned` is the table planned for whom they replace; who comes back gets the old one.
        """
        state = self.room.now(writer.connection, writer.tip.position)
        state.in_by_now = self._usually_in(writer.author.at)
        guest = self.room.guest(row)
        if row.id in state.due:
            return arrival_seat(state, guest, planned)
        before = row.table_number
        found = arrival_seat(state, guest, planned or before)
        if before is not None and found.table == before:
            return ArrivalSeat(before, "It is where you sat before.")
        return found

    def seated(self, row: Row[Any], table: int | None, arrived: Entry) -> None:
        """Takes note of an arrival that this desk just wrote; `row` is theirs before it.

        Whatever else is written, here or elsewhere, is found in the journal when next needed.
        """
        self.room.seated(row, table, arrived)

    def back_to(self, position: int) -> None:
        """Drops what was noted of acts behind `position`, which were not kept after all."""
        self.room.back_to(position)

    def forget(self) -> None:
        """Drops what is known of the room; it is read again when next needed."""
        self.room.forget()

    def next_table(self) -> int | None:
        """Returns the next table to open, as far as the room is known; None when none is left."""
        state = self.room.state
        if state is None:
            return None
        empty = [p.table for p in state.places.values() if p.open and not p.people]
        # Step-free tables are for whom they are, and one without its host costs points.
        empty.sort(key=lambda t: (t.step_free, state.names_hosts and not t.host, t.number))
        return empty[0].number if empty else None

    def warm(self) -> None:
        """Reads the room at the door, so that the first arrival need not wait for it."""
        with self.session.reading() as connection:
            self.room.now(connection, head(connection))

    def prepare(self) -> None:
        """Reads the room anew if it must be, beside the acts of the desk, which then need not."""
        self.room.prepare()

    def look_ahead(self) -> None:
        """Reckons already what the next arrival would wait for.

        For a moment in which nobody waits, between the acts of the desk and not beside them.
        """
        state = self.room.state
        if state is not None:
            state.in_by_now = self._usually_in(self.session.now())
            state.catch_up()

    # ---- the board

    def board(self, round_number: int | None = None) -> Board:
        """Returns the room of a round (the one under way by default), scored and with warnings."""
        return board_of(self._standing(round_number))

    def why_here(self, person_id: str) -> str:
        """Returns in one sentence why somebody sits where they sit, or that they sit nowhere."""
        now = self._standing(None)
        if person_id not in now.seating:
            return "They sit at no table."
        return explain.why_here(now.room, now.seating, person_id)

    def price_of_move(self, person_id: str, table: int) -> Price:
        """Returns what moving somebody to `table` would cost; nothing is written."""
        now = self._standing(None)
        refused = _why_not(now, person_id, table)
        if refused:
            total = score(now.room, now.seating).total
            return Price(refused, total, total, refused)
        price = explain.price(now.room, now.seating, {person_id: table})
        return Price(price.say, price.before, price.after)

    def move(self, person_id: str, table: int) -> Change:
        """Moves somebody who is here to `table`; RefusedError when that can't be."""
        with self.session.writing() as writer:
            number = current_round(writer.connection)
            now = standing(writer.connection, self.session.settings, number)
            refused = _why_not(now, person_id, table)
            if refused:
                raise RefusedError(refused)
            writer.record(
                EntryKind.MOVED,
                person_id,
                round=number,
                to=table,
                was=now.seating.get(person_id),
            )
            after = standing(writer.connection, self.session.settings, number)
            say = f"{now.room.guest(person_id).called} sits at table {table} now."
            return change_of(writer.connection, say, now, after, (person_id,), table)

    def _usually_in(self, at: datetime) -> float | None:
        """Returns the share of arrivals usually in by then; None where no hours are kept."""
        settings = self.session.settings
        if not settings.live:
            return None
        # Zones take longer to work out than everything else about a seat.
        if self._hours is None or self._hours.of is not settings:
            self._hours = _Hours(settings, settings.opens_at, settings.begins_at)
        doors, begins = self._hours.doors, self._hours.begins
        return usual_share((at - doors) / (begins - doors)) if begins > doors else None

    def _standing(self, round_number: int | None) -> Standing:
        with self.session.reading() as connection:
            number = round_number or current_round(connection)
            return standing(connection, self.session.settings, number)


def change_of(
    connection: Connection,
    say: str,
    before: Standing,
    after: Standing,
    people: Sequence[str] = (),
    table: int | None = None,
) -> Change:
    """Returns an act as it is told: the points before and after, and the people as they are now."""
    was, now = (score(each.room, each.seating).total for each in (before, after))
    rows = (by_id(connection, after.number, person) for person in people)
    return Change(say, was, now, tuple(as_person(row) for row in rows if row is not None), table)


def board_of(now: Standing) -> Board:
    """Returns a round, as it stands or as it is proposed, scored and with warnings."""
    rooms_score = score(now.room, now.seating)
    hard = broken(now.room, now.seating)
    people = {row.id: as_person(row) for row in now.rows}
    return Board(
        round=now.number,
        kind=now.room.kind.value,
        tables=tuple(
            _board_table(now, rooms_score, hard, people, table.number) for table in now.room.tables
        ),
        unseated=tuple(person for id, person in people.items() if id not in now.seating),
        total=rooms_score.total,
        score=rooms_score.terms.weighted(now.room.weights),
    )


def _board_table(
    now: Standing,
    scored: Score,
    hard: tuple[Broken, ...],
    people: dict[str, Person],
    number: int,
) -> BoardTable:
    table = now.room.table(number)
    there = [people[id] for id, at in now.seating.items() if at == number]
    there.sort(key=lambda p: (p.territory == "", p.territory, "CMRO".index(p.level.letter), p.id))
    at = scored.at(number)
    territories: dict[str, list[str]] = {}
    for person in there:
        territories.setdefault(person.territory or person.organisation, []).append(
            person.level.letter
        )
    spoken = Counter(language for person in there for language in person.languages)
    return BoardTable(
        number=number,
        seats=table.seats,
        minimum=table.minimum,
        open=table.open,
        step_free=table.step_free,
        name=table.name,
        host=table.host,
        people=tuple(there),
        language=at.language if at else "",
        languages=tuple(language for language, _ in spoken.most_common()),
        levels=" ".join(person.level.letter for person in there),
        territories=tuple((name, " ".join(letters)) for name, letters in territories.items()),
        warnings=_warnings(now.room, hard, number, at),
        score=_points(at, now.room),
    )


def _warnings(
    room: Room, hard: tuple[Broken, ...], number: int, at: TableScore | None
) -> tuple[str, ...]:
    rules = tuple(rule.say for rule in hard if rule.table == number)
    return rules + (explain.warnings_of(room, at) if at else ())


def _points(at: TableScore | None, room: Room) -> dict[str, int]:
    if at is None:
        return {"points": 0}
    return {"points": at.points, **at.terms.weighted(room.weights)}


def _why_not(now: Standing, person_id: str, table: int) -> str:
    """Returns why somebody can't be moved to `table`, in one sentence; empty when they can."""
    if not any(row.id == person_id for row in now.rows):
        return "Only somebody who is here can be moved."
    if table not in {each.number for each in now.room.tables}:
        return f"There is no table {table}; the tables are 1 to {len(now.room.tables)}."
    if now.seating.get(person_id) == table:
        return f"They sit at table {table} already."
    after = {**now.seating, person_id: table}
    new = newly_broken(broken(now.room, now.seating), broken(now.room, after))
    return new[0].say if new else ""
