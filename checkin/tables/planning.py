"""Plans and repairs over the event file: the engine proposes, a facilitator accepts or refuses.

Nothing is written before `accept` or `keep`. A plan for round 1 is advice to the door until people
arrive. Later rounds can be planned together and kept as plans; once accepted, a round's plan is
where people sit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, select

from checkin.errors import RefusedError
from checkin.event.session import EventSession, current_round
from checkin.tables.assembling import Standing, guest, standing, wishes
from checkin.tables.explain import series, unnamed
from checkin.tables.faults import Fault
from checkin.tables.fitting import differences, fit
from checkin.tables.foresight import breaks_anew
from checkin.tables.plan_words import Meetings, faults_in_sight, meetings_of, plan_say
from checkin.tables.repair import Move, Rung, ladder, suggested
from checkin.tables.room import Guest, Kind, Room
from checkin.tables.round_search import RoundSearch, Share, searched
from checkin.tables.rounds import Stand, board_in_sight, history, planned, rounds_of
from checkin.tables.rules import Broken, broken, chairs_lacking, workable
from checkin.tables.score import score
from checkin.tables.search import Effort
from checkin.tables.seating import Board, Change
from checkin.tables.values import changed
from checkin.tables.worker import SearchJob
from db import people
from db.ids import new_id
from db.journal import entries, head
from db.kinds import EntryKind, round_subject
from db.schema import seat

MOST_ROUNDS = 4
"""Rounds that are planned together at most: more don't fit a day."""

_PASSAGES = frozenset({EntryKind.REGISTERED, EntryKind.ARRIVED, EntryKind.DEPARTED})

_BESIDE_THE_TABLES = frozenset(
    {
        EntryKind.REFUSED,
        EntryKind.TOLD,
        EntryKind.TOLD_APART,
        EntryKind.FLAG_SET,
        EntryKind.BADGE_PRINTED,
        EntryKind.BADGE_REPLACED,
        EntryKind.BADGE_CORRECTED,
        EntryKind.BACKED_UP,
        EntryKind.TABLE_NAMED,
    }
)
"""What may happen between a proposal and its acceptance without changing what it proposes."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A round's seating as proposed. `notes` name who waits and which wishes can't be kept.

    `before` is the round as it was seated or planned, None when it was neither; `again` counts the
    pairs who sat together before, `held` those of them whom pins, wishes and needs hold. `faults`
    say what is wrong at each table. `seen` is the journal's head when the room was read: a room
    that changed since is planned again.
    """

    round: int
    kind: Kind
    seating: dict[str, int]
    board: Board
    before: Board | None
    say: str
    notes: tuple[str, ...]
    seen: int
    again: int = 0
    held: int = 0
    faults: dict[int, tuple[Fault, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Proposals with ever more moves; `suggested` is the position of the one to take.

    `left` says of each rung which rules are broken after it, as everybody may read it. `notes` say
    what no rung can mend: wishes that can't be kept, people who find no chair, or have no table.
    """

    rungs: tuple[Rung, ...]
    suggested: int
    names: dict[str, str]
    seen: int
    left: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def broken(self) -> tuple[str, ...]:
        """Which rules are broken as it is."""
        return self.left[0]

    @property
    def other_notes(self) -> tuple[str, ...]:
        """The notes that don't stand among the broken rules already."""
        return tuple(note for note in self.notes if note not in self.broken)


class Planning:
    """The plans and repairs of an open event."""

    def __init__(self, session: EventSession) -> None:
        self.session = session

    def plan(
        self,
        *,
        kind: Kind | None = None,
        number: int | None = None,
        seed: int = 1,
        effort: Effort = Effort.NORMAL,
        progress: Share | None = None,
        cancelled: Callable[[], bool] | None = None,
        tables: int | None = None,
    ) -> Proposal:
        """Plans a round and returns the best found; stopped early it is the best so far.

        Round 1 is planned for everybody registered, later rounds for those here. Raises
        RefusedError when there is nobody to seat.
        """
        return self.plan_rounds(
            1,
            kind=kind,
            number=number,
            seed=seed,
            effort=effort,
            progress=progress,
            cancelled=cancelled,
            tables=tables,
        )[0]

    def plan_rounds(
        self,
        count: int,
        *,
        kind: Kind | None = None,
        number: int | None = None,
        seed: int = 1,
        effort: Effort = Effort.NORMAL,
        progress: Share | None = None,
        cancelled: Callable[[], bool] | None = None,
        tables: int | None = None,
    ) -> tuple[Proposal, ...]:
        """Plans `count` rounds together from `number` on, and returns the best found of each.

        `kind` is that of the first; those after it are for meeting new people, and no two people
        meet again who need not. Before anybody is here they are planned for everybody expected.
        So many `tables` are opened, as many as fit the people when it is None. Raises RefusedError
        when there is nobody to seat, or the tables can't be so many.
        """
        if not 1 <= count <= MOST_ROUNDS:
            raise RefusedError(f"From 1 to {MOST_ROUNDS} rounds can be planned together.")
        with self.session.reading() as connection:
            first = number or self._next_round(connection)
            now = standing(connection, self.session.settings, first)
            now, no_show = self._room(connection, now, kind)
            seen = head(connection)
            if count > 1 and first <= current_round(connection) and now.seating:
                raise RefusedError(f"Round {first} is under way; plan the rounds after it.")
            before = [self._before(connection, first + place) for place in range(count)]
            past = history(connection, first)
        if not now.room.guests:
            raise RefusedError(
                "There is nobody to seat yet: import a list first."
                if first == 1
                else "Nobody is here yet; a later round seats those who are here."
            )
        room = changed(now.room, earlier=past)
        if tables is not None:
            _must_hold(room, tables)
        search = RoundSearch(room, no_show, effort, seed, progress, cancelled, tables)
        seatings, found_notes = search.found(count)
        notes = tuple(dict.fromkeys(unnamed(note, room) for note in found_notes))
        found = []
        for place, seating in enumerate(seatings):
            each = Kind.MIX if place else room.kind
            at = changed(room, kind=each, earlier=(*past, *seatings[:place]))
            board = board_in_sight(replace(now, number=first + place, room=at, seating=seating))
            found.append(
                _proposal(first + place, at, seating, board, before[place], notes, seen)
            )  # fmt: skip
        return tuple(found)

    def kept(self, number: int | None = None) -> Proposal | None:
        """Returns the plan that was kept for a round to come (the next by default), as it fits now.

        Who left is out; who came since has the best free chair. None when there is no such plan, or
        nobody is here to be seated.
        """
        with self.session.reading() as connection:
            wanted = number or current_round(connection) + 1
            if not any(
                each.number == wanted and each.stand is Stand.PLANNED
                for each in rounds_of(connection)
            ):
                return None
            now = planned(connection, self.session.settings, wanted)
            here = people.here(connection, wanted)
            once = set(_planned_before(connection, wanted))
            past = history(connection, wanted)
            seen = head(connection)
        ids = {row.id for row in here}
        room = changed(now.room, guests=tuple(g for g in now.room.guests if g.id in ids))
        found = fit(room, now.seating)
        if not found.seating:
            return None
        board = board_in_sight(replace(now, room=room, rows=tuple(here), seating=found.seating))
        came = [guest.called for guest in found.seated if guest.id not in now.seating]
        left = dict.fromkeys(unnamed(note, room) for note in found.notes)
        notes = (*differences(now.seating, found.seating, came, len(once - ids)), *left)
        at = changed(room, earlier=past)
        return _proposal(wanted, at, found.seating, board, None, notes, seen)

    def keep(self, proposals: Sequence[Proposal]) -> Change:
        """Keeps proposals as the plans of their rounds, in one act; each is begun in its time."""
        act = new_id() if len(proposals) > 1 else None
        with self.session.writing() as writer:
            now = current_round(writer.connection)
            for proposal in proposals:
                seats: dict[str, int | None] = dict(proposal.seating)
                if proposal.round <= now and proposal.round > 1:
                    raise RefusedError(f"Round {proposal.round} has begun meanwhile; plan again.")
                if proposal.round <= now:
                    for row in people.here(writer.connection, proposal.round):
                        seats.pop(row.id, None)
                else:
                    # Who was in an earlier plan of the round and isn't in this one has no table.
                    seats = _planned_before(writer.connection, proposal.round) | seats
                writer.record(
                    EntryKind.SEATS_PLANNED,
                    round_subject(proposal.round),
                    round=proposal.round,
                    round_kind=proposal.kind.value,
                    seats=seats,
                    act=act,
                )
            standing_now = standing(writer.connection, self.session.settings, now)
            total = score(standing_now.room, standing_now.seating).total
        numbers = [proposal.round for proposal in proposals]
        which = (
            f"Round {numbers[0]} is"
            if len(numbers) == 1
            else f"Rounds {series([str(number) for number in numbers])} are"
        )
        return Change(f"{which} kept as planned; nobody moves before a round begins.", total, total)

    def accept(self, proposal: Proposal) -> Change:
        """Makes a proposal the round's plan (round 1) or its seating (later rounds).

        Who came or left since it was made is fitted in or left out; after anything else that
        happened at the tables it is refused.
        """
        advice = proposal.round == 1
        kind = EntryKind.SEATS_PLANNED if advice else EntryKind.SEATS_ACCEPTED
        with self.session.writing() as writer:
            connection = writer.connection
            here = {row.id for row in people.here(connection, proposal.round)}
            if advice:
                seats = {id: at for id, at in proposal.seating.items() if id not in here}
            else:
                seats = self._seats_now(connection, proposal, here)
            writer.record(
                kind,
                round_subject(proposal.round),
                round=proposal.round,
                round_kind=proposal.kind.value,
                seats=seats,
            )
        say = (
            f"The plan is kept: {len(seats)} people have a planned table."
            if advice
            else f"Round {proposal.round} is seated: {len(seats)} people."
        )
        before = proposal.before.total if proposal.before else proposal.board.total
        return Change(say, before, proposal.board.total)

    def ladder(self, most_moves: int = 6) -> Ladder:
        """Returns the repairs of the round under way, from no move upwards."""
        with self.session.reading() as connection:
            now = standing(connection, self.session.settings, current_round(connection))
            seen = head(connection)
        if not now.seating:
            raise RefusedError("Nobody sits at a table yet; there is nothing to repair.")
        seated = changed(now.room, guests=tuple(g for g in now.room.guests if g.id in now.seating))
        rungs = searched(SearchJob.start(_climbed, seated, now.seating, most_moves))
        names = {each.id: each.called for each in now.room.guests}
        left = tuple(_in_sight(broken(seated, rung.seating), now.room) for rung in rungs)
        return Ladder(rungs, suggested(rungs), names, seen, left, _unmended(now))

    def accept_moves(self, moves: tuple[Move, ...], seen: int) -> Change:
        """Makes moves of a rung: all of it, or some. Refused when the room changed since `seen`."""
        with self.session.writing() as writer:
            connection = writer.connection
            if self._happened(connection, seen):
                raise RefusedError("The room changed meanwhile; look at the repairs again.")
            number = current_round(connection)
            now = standing(connection, self.session.settings, number)
            before = score(now.room, now.seating).total
            harm = breaks_anew(now.room, now.seating, {move.person: move.target for move in moves})
            if harm:
                raise RefusedError(harm)
            act = f"repair-{seen}"
            for move in moves:
                writer.record(
                    EntryKind.MOVED,
                    move.person,
                    round=number,
                    was=move.origin,
                    to=move.target,
                    act=act,
                )
            after = standing(connection, self.session.settings, number)
            total = score(after.room, after.seating).total
        count = len(moves)
        return Change(f"{count} {'person' if count == 1 else 'people'} moved.", before, total)

    def _next_round(self, connection: Connection) -> int:
        """Round 1 until somebody sits, then the round after the one under way."""
        number = current_round(connection)
        return number + 1 if people.here(connection, number) else number

    def _room(
        self, connection: Connection, now: Standing, kind: Kind | None
    ) -> tuple[Standing, float]:
        """Returns the room to plan: round 1 with everybody expected, who sits staying put.

        A later round has those who are here; before anybody is, everybody expected.
        """
        room = now.room
        if kind is not None and kind is not room.kind:
            room = changed(room, kind=kind)
        if now.number > 1 and now.rows:
            return replace(now, room=room), 0.0
        due = people.due(connection, now.number)
        pins, _, _, stays = wishes(connection)
        seated = [
            changed(each, pin=now.seating[each.id]) if each.id in now.seating else each
            for each in room.guests
        ]
        guests: list[Guest] = seated + [guest(row, pins, stays) for row in due]
        rows: tuple[Row[Any], ...] = (*now.rows, *due)
        registered = len(guests) or 1
        no_show = self.session.settings.no_show * len(due) / registered
        return replace(now, room=changed(room, guests=tuple(guests)), rows=rows), no_show

    def _before(self, connection: Connection, number: int) -> Board | None:
        """Returns a round as it is seated, else as it is planned, if it is either."""
        for read in (standing, planned):
            now = read(connection, self.session.settings, number)
            if now.seating:
                return board_in_sight(now)
        return None

    def _seats_now(
        self, connection: Connection, proposal: Proposal, here: set[str]
    ) -> dict[str, int]:
        """Returns the seats of a later round's proposal for those who are here by now."""
        if not here:
            raise RefusedError("Nobody is here yet; keep the plan and begin the round later.")
        happened = self._happened(connection, proposal.seen)
        if not happened:
            return proposal.seating
        if happened - _PASSAGES:
            raise RefusedError("Something changed at the tables meanwhile; plan again.")
        now = standing(connection, self.session.settings, proposal.round)
        earlier = history(connection, proposal.round)
        room = changed(now.room, kind=proposal.kind, earlier=earlier)
        return fit(room, proposal.seating).seating

    def _happened(self, connection: Connection, seen: int) -> set[str]:
        """Returns the kinds of what happened since `seen` that matters to who sits where."""
        return {each.kind for each in entries(connection, seen)} - _BESIDE_THE_TABLES


def _planned_before(connection: Connection, number: int) -> dict[str, int | None]:
    """Returns everybody with a planned table in a round, with none."""
    rows = connection.execute(
        select(seat.c.person_id).where(seat.c.round == number, seat.c.planned.is_not(None))
    )
    return {row.person_id: None for row in rows}


def _in_sight(rules: Iterable[Broken], room: Room) -> tuple[str, ...]:
    """Returns rules as everybody may read them, each sentence once, of how many if not of one."""
    said = Counter(unnamed(rule.say, room) for rule in rules)
    return tuple(
        say if count == 1 else f"{say.rstrip('.')} ({count} people)." for say, count in said.items()
    )


def _unmended(now: Standing) -> tuple[str, ...]:
    """Returns what no rung can mend, in sentences."""
    notes = list(_in_sight(workable(now.room).impossible, now.room))
    nowhere = sum(guest.id not in now.seating for guest in now.room.guests)
    if nowhere:
        some = "1 person has" if nowhere == 1 else f"{nowhere} people have"
        notes.insert(0, f"{some} no table; seat them by hand, no rung does.")
    lacking = chairs_lacking(now.room, now.seating, nowhere)
    return (lacking, *notes) if lacking else tuple(notes)


def _climbed(room: Room, seating: dict[str, int], most: int) -> Iterator[tuple[Rung, ...]]:
    """Yields the repair ladder once, so that another process can make it."""
    yield ladder(room, seating, most)


def _proposal(
    number: int,
    room: Room,
    seating: dict[str, int],
    board: Board,
    before: Board | None,
    notes: tuple[str, ...],
    seen: int,
) -> Proposal:
    """Makes the proposal of a round; `room.earlier` are the rounds before it."""
    kind, meetings = room.kind, None
    if kind is Kind.MIX and room.earlier:
        meetings = meetings_of(room, seating, room.earlier)
    counted = meetings or Meetings(0, 0)
    say, found = plan_say(board, meetings), faults_in_sight(room, seating)
    return Proposal(
        number, kind, seating, board, before, say, notes, seen, counted.again, counted.held, found
    )


def _must_hold(room: Room, tables: int) -> None:
    """Raises RefusedError unless so many tables can be opened and have a chair for everybody."""
    seats = sorted(table.seats for table in room.tables if table.open and table.seats)[::-1]
    if tables > len(seats):
        raise RefusedError(f"Only {len(seats)} tables are open; {tables} can't be.")
    if sum(seats[:tables]) < min(len(room.guests), sum(seats)):
        have = "1 table has" if tables == 1 else f"{tables} tables have"
        raise RefusedError(f"{have} no chair for everybody; name more.")
