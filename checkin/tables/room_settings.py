"""What new settings would do to the tables as they stand, before anybody saves them.

The same seating is counted twice, as the settings are and as they would be; where nobody sits yet
it is the plan of round 1. A layout can be tried as well: a fresh plan of everybody expected, in as
many tables of as many seats. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from checkin.errors import RefusedError
from checkin.event.session import EventSession, current_round
from checkin.event.settings import EventSettings
from checkin.tables.assembling import Standing, guest, standing, wishes
from checkin.tables.explain import TERM_WORDS
from checkin.tables.room import Kind
from checkin.tables.round_search import RoundSearch, Share
from checkin.tables.rounds import planned
from checkin.tables.rules import broken
from checkin.tables.score import Score, score
from checkin.tables.search import Effort
from checkin.tables.seating import board_of
from checkin.tables.values import changed
from db import people

_MOST_TERMS = 2
_MOST_WARNINGS = 2


@dataclass(frozen=True, slots=True)
class Effect:
    """The points before and after, one sentence, and what could not stay as it is."""

    before: int
    after: int
    say: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """What a fresh plan gives in one layout: who has no chair, and the rest in a sentence."""

    points: int
    waiting: int
    say: str


class RoomSettings:
    """The settings of an open event, held against its room."""

    def __init__(self, session: EventSession) -> None:
        self.session = session

    def effect(self, wanted: EventSettings) -> Effect:
        """Returns what `wanted` would do to the round under way, or to the plan before it."""
        with self.session.reading() as connection:
            was = _room(connection, self.session.settings)
            will = _room(connection, wanted)
        if not was.seating:
            return Effect(0, 0, "Nobody sits yet and no plan is kept: nothing to compare.")
        before, after = score(was.room, was.seating), score(will.room, will.seating)
        return Effect(
            before.total,
            after.total,
            _sentence(was, will, before, after),
            _warnings(was, will),
        )

    def layout(
        self,
        wanted: EventSettings,
        progress: Share | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Layout:
        """Returns what a quick plan of everybody expected gives with `wanted`.

        Raises RefusedError when nobody is expected, or it is stopped before anything was found.
        """
        with self.session.reading() as connection:
            room, no_show = _trial(connection, wanted)
        if not room.room.guests:
            raise RefusedError("There is nobody to seat yet: import a list first.")
        search = RoundSearch(room.room, no_show, Effort.QUICK, 1, progress, cancelled)
        seatings, _ = search.found(1)
        board = board_of(replace(room, seating=seatings[0]))
        waiting = len(board.unseated)
        used = sum(bool(table.people) for table in board.tables)
        warned = sum(bool(table.warnings) for table in board.tables)
        parts = [f"{board.total} points", f"{used} in use"]
        parts += [f"a warning at {warned}"] if warned else ["no warning"]
        parts += [f"{waiting} without a chair"] if waiting else []
        return Layout(board.total, waiting, f"{_layout(wanted)}: {', '.join(parts)}.")


def _trial(connection: Connection, settings: EventSettings) -> tuple[Standing, float]:
    """Returns an empty room with everybody here or expected, and the share who won't come."""
    now = standing(connection, settings, 1)
    due = people.due(connection, 1)
    said = wishes(connection)
    guests = (*now.room.guests, *(guest(row, said.pins, said.stays) for row in due))
    tables = tuple(table for table in now.room.tables if table.number <= settings.tables)
    room = changed(now.room, kind=Kind.ALIGN, tables=tables, guests=guests)
    no_show = settings.no_show * len(due) / (len(guests) or 1)
    return replace(now, room=room, rows=(*now.rows, *due), seating={}), no_show


def _layout(settings: EventSettings) -> str:
    return f"{settings.tables} tables of {settings.minimum} to {settings.seats}"


def _room(connection: Connection, settings: EventSettings) -> Standing:
    number = current_round(connection)
    now = standing(connection, settings, number)
    return now if now.seating else planned(connection, settings, number)


def _sentence(was: Standing, will: Standing, before: Score, after: Score) -> str:
    old = before.terms.weighted(was.room.weights)
    new = after.terms.weighted(will.room.weights)
    changes = sorted(
        ((new[term] - old[term], TERM_WORDS[term]) for term in old if new[term] != old[term]),
        key=lambda change: -abs(change[0]),
    )
    parts = [f"{words} {difference:+}" for difference, words in changes[:_MOST_TERMS]]
    if not parts:
        return f"{before.total} points as before: nothing changes for those who sit."
    total = f"{before.total} → {after.total} points: " + ", ".join(parts)
    return total + (" and more." if len(changes) > _MOST_TERMS else ".")


def _warnings(was: Standing, will: Standing) -> tuple[str, ...]:
    """Hard rules that the new settings would break: tables that go, seats, step-free tables."""
    known = {rule.say for rule in broken(was.room, was.seating)}
    new = [rule.say for rule in broken(will.room, will.seating) if rule.say not in known]
    found = new[:_MOST_WARNINGS]
    if len(new) > _MOST_WARNINGS:
        found.append(f"And {len(new) - _MOST_WARNINGS} more like that; F5 on the board mends them.")
    return tuple(found)
