"""A plan in sentences: how many people at how many tables, its points and what they come from.

The words are made from the board and the seatings of the earlier rounds, so they say nothing that
the figures don't. They name nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from checkin.tables.explain import rules_in_sight
from checkin.tables.faults import Fault, scored_faults
from checkin.tables.room import Room, Seating
from checkin.tables.rules import broken
from checkin.tables.score import TERMS
from checkin.tables.seating import Board
from checkin.tables.start import units_of
from checkin.tables.values import value

MOST_CAUSES = 4
"""What costs points, named in a sentence before the rest is added up."""

_CAUSES = {
    "strangers": "people with nobody to talk to",
    "whisper": "people who need a whisper",
    "short": "too few at a table",
    "alone": "people apart from their territory",
    "split": "territories over several tables",
    "voice": "tables without a city's or a region's voice",
    "host": "tables without a host",
    "met": "pairs that meet again",
    "same": "pairs of one territory",
}
"""What each term of the score costs points for."""


@value(frozen=True, slots=True)
class Meetings:
    """How many pairs of a round meet again, and how many of them pins, wishes and needs hold."""

    again: int
    held: int

    @property
    def say(self) -> str:
        """Returns it as a phrase."""
        if not self.again:
            return "nobody meets again"
        pairs = "1 pair meets again" if self.again == 1 else f"{self.again} pairs meet again"
        return f"{pairs}, {self.why}" if self.held else pairs

    @property
    def why(self) -> str:
        """Returns how many of them must; empty when none is held."""
        if not self.held:
            return ""
        which = "all" if self.held == self.again > 1 else str(self.held)
        if self.held == self.again == 1:
            return "held by pins and wishes"
        return f"{which} of them held by pins and wishes"


def plan_say(board: Board, meetings: Meetings | None) -> str:
    """Returns a plan in two sentences; `meetings` is of a round that has others before it."""
    used = sum(bool(table.people) for table in board.tables)
    seated = sum(len(table.people) for table in board.tables)
    people = "1 person" if seated == 1 else f"{seated} people"
    head = f"{people} at {'1 table' if used == 1 else f'{used} tables'}"
    scale = "0 is perfect"
    if meetings is not None:
        head += f"; {meetings.say}"
        scale += "; scored for new meetings, not as round 1"
    if not board.total:
        return f"{head}. 0 points: nothing is wrong."
    points = "1 point" if board.total == 1 else f"{board.total} points"
    return f"{head}. {points} ({scale}): {causes(board)}."


def causes(board: Board) -> str:
    """Returns what the points of a board come from, dearest first, with the points of each."""
    found = sorted(
        ((board.score.get(term, 0), place) for place, term in enumerate(TERMS)),
        key=lambda each: (-each[0], each[1]),
    )
    named = [f"{_CAUSES[TERMS[place]]} {points}" for points, place in found if points > 0]
    rest = sum(points for points, _ in found if points > 0) - sum(
        points for points, _ in found[:MOST_CAUSES]
    )
    return ", ".join([*named[:MOST_CAUSES], *([f"other {rest}"] if rest > 0 else [])])


def meetings_of(room: Room, seating: Seating, earlier: Sequence[Seating]) -> Meetings:
    """Returns the pairs of `seating` who sat together in one of the `earlier` rounds."""
    at: dict[int, list[str]] = {}
    for id, number in seating.items():
        at.setdefault(number, []).append(id)
    bound = _bound(room)
    again = held = 0
    for ids in at.values():
        for place, one in enumerate(ids):
            for other in ids[place + 1 :]:
                if any(seats.get(one, -1) == seats.get(other, -2) for seats in earlier):
                    again += 1
                    held += one in bound and bound.get(one) == bound.get(other)
    return Meetings(again, held)


def _bound(room: Room) -> dict[str, object]:
    """Returns what holds each person who can't sit anywhere: a table, or those they sit with."""
    step_free = [table.number for table in room.tables if table.open and table.step_free]
    found: dict[str, object] = {}
    for place, unit in enumerate(units_of(room)):
        pins = [guest.pin for guest in unit if guest.pin is not None]
        if not pins and len(step_free) == 1 and any(guest.step_free for guest in unit):
            pins = step_free
        for guest in unit:
            if pins:
                found[guest.id] = pins[0]
            elif len(unit) > 1:
                found[guest.id] = f"unit {place}"
    return found


def faults_in_sight(room: Room, seating: Seating) -> dict[int, tuple[Fault, ...]]:
    """Returns what is wrong at each table as everybody may read it, rules first, then dearest."""
    hard, scored = broken(room, seating), scored_faults(room, seating)
    found = {}
    for table in room.tables:
        rules = (Fault(say, None) for say in rules_in_sight(room, seating, hard, table.number))
        costs = sorted(scored.get(table.number, ()), key=lambda fault: -(fault.points or 0))
        found[table.number] = (*rules, *costs)
    return found
