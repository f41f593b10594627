"""Plans and repairs over the event file: the engine proposes, a facilitator accepts or refuses.

Nothing is written before `accept`. A plan for round 1 is advice to the door until people arrive; a
later round's plan, once accepted, is where people sit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import sleep
from typing import Any

from sqlalchemy import Connection, Row

from checkin.errors import RefusedError
from checkin.event.session import EventSession, current_round
from checkin.tables.assembling import Standing, guest, standing, wishes
from checkin.tables.mixing import mix
from checkin.tables.plan import Plan, plan
from checkin.tables.repair import Move, Rung, ladder, suggested
from checkin.tables.room import Guest, Kind, Room
from checkin.tables.score import score
from checkin.tables.search import Effort
from checkin.tables.seating import Board, Change, board_of
from checkin.tables.values import changed
from checkin.tables.worker import SearchJob
from db import people
from db.journal import head
from db.kinds import EntryKind, round_subject

_LOOK_EVERY = 0.02
"""Seconds between two looks at a search in another process."""

Share = Callable[[float], None]
"""Told how much of the work is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A round's seating as proposed. `notes` name who waits and which wishes can't be kept.

    `seen` is the journal's head when the room was read: a room that changed since is planned again.
    """

    round: int
    kind: Kind
    seating: dict[str, int]
    board: Board
    before: Board | None
    say: str
    notes: tuple[str, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """Proposals with ever more moves; `suggested` is the position of the one to take."""

    rungs: tuple[Rung, ...]
    suggested: int
    names: dict[str, str]
    seen: int


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
    ) -> Proposal:
        """Plans a round and returns the best found; stopped early it is the best so far.

        Round 1 is planned for everybody registered, later rounds for those here. Raises
        RefusedError when there is nobody to seat.
        """
        with self.session.reading() as connection:
            wanted = number or self._next_round(connection)
            now = standing(connection, self.session.settings, wanted)
            now, no_show = self._room(connection, now, kind)
            seen = head(connection)
        if not now.room.guests:
            raise RefusedError(
                "There is nobody to seat yet: import a list first."
                if wanted == 1
                else "Nobody is here yet; a later round seats those who are here."
            )
        search = _mixed if now.room.kind is Kind.MIX else plan
        best = _searched(
            SearchJob.start(search, now.room, no_show, effort, seed), progress, cancelled
        )
        proposed = replace(now, seating=best.seating)
        board = board_of(proposed)
        before = board_of(now) if now.seating else None
        notes = tuple(w.say for w in best.waiting) + tuple(b.say for b in best.impossible)
        return Proposal(
            wanted, now.room.kind, best.seating, board, before, _say(board), notes, seen
        )

    def accept(self, proposal: Proposal) -> Change:
        """Makes a proposal the round's plan (round 1) or its seating (later rounds)."""
        advice = proposal.round == 1
        kind = EntryKind.SEATS_PLANNED if advice else EntryKind.SEATS_ACCEPTED
        with self.session.writing() as writer:
            if not advice and self._changed(writer.connection, proposal.seen):
                raise RefusedError("People came or left meanwhile; plan again, then accept.")
            here = {row.id for row in people.here(writer.connection, proposal.round)}
            seats = {
                id: table for id, table in proposal.seating.items() if not advice or id not in here
            }
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
        before = proposal.before.total if proposal.before else 0
        return Change(say, before, proposal.board.total)

    def ladder(self, most_moves: int = 6) -> Ladder:
        """Returns the repairs of the round under way, from no move upwards."""
        with self.session.reading() as connection:
            now = standing(connection, self.session.settings, current_round(connection))
            seen = head(connection)
        if not now.seating:
            raise RefusedError("Nobody sits at a table yet; there is nothing to repair.")
        seated = changed(now.room, guests=tuple(g for g in now.room.guests if g.id in now.seating))
        rungs = _searched(SearchJob.start(_climbed, seated, now.seating, most_moves))
        names = {each.id: each.called for each in now.room.guests}
        return Ladder(rungs, suggested(rungs), names, seen)

    def accept_moves(self, moves: tuple[Move, ...], seen: int) -> Change:
        """Makes moves of a rung: all of it, or some. Refused when the room changed since `seen`."""
        with self.session.writing() as writer:
            connection = writer.connection
            if self._changed(connection, seen):
                raise RefusedError("The room changed meanwhile; look at the repairs again.")
            number = current_round(connection)
            now = standing(connection, self.session.settings, number)
            before = score(now.room, now.seating).total
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
        """Returns the room to plan: round 1 with everybody expected, who sits staying put."""
        room = now.room
        if kind is not None and kind is not room.kind:
            room = changed(room, kind=kind)
        if now.number > 1:
            return replace(now, room=room), 0.0
        due = people.due(connection, 1)
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

    def _changed(self, connection: Connection, seen: int) -> bool:
        return head(connection) != seen


def _mixed(room: Room, _no_show: float, effort: Effort, seed: int) -> Iterator[Plan]:
    """Yields plans for the next mixing round, in the shape of any other plan."""
    for report in mix(room, 1, effort, seed):
        yield Plan(
            report.rounds[0], report.points[0], report.waiting, report.impossible, report.done
        )


def _climbed(room: Room, seating: dict[str, int], most: int) -> Iterator[tuple[Rung, ...]]:
    """Yields the repair ladder once, so that another process can make it."""
    yield ladder(room, seating, most)


def _searched(
    job: SearchJob, progress: Share | None = None, cancelled: Callable[[], bool] | None = None
) -> Any:
    """Returns what a search in another process found; stopped early, the best so far."""
    while not job.over:
        found = job.latest()
        if progress and found is not None:
            progress(found.done)
        if cancelled and cancelled():
            found = job.cancel()
            if found is None:
                raise RefusedError("Stopped before anything was found; nothing was changed.")
            return found
        sleep(_LOOK_EVERY)
    return job.result()


def _say(board: Board) -> str:
    used = sum(bool(table.people) for table in board.tables)
    seated = sum(len(table.people) for table in board.tables)
    warned = sum(bool(table.warnings) for table in board.tables)
    wrong = f"{warned} of them with a warning" if warned else "none with a warning"
    return f"{seated} people at {used} tables, {wrong}: {board.total} points."
