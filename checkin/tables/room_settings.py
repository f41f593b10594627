"""What new settings would do to the tables as they stand, before anybody saves them.

The same seating is counted twice, as the settings are and as they would be; where nobody sits yet
it is the plan of round 1. Nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from checkin.event.session import EventSession, current_round
from checkin.event.settings import EventSettings
from checkin.tables.assembling import Standing, standing
from checkin.tables.explain import TERM_WORDS
from checkin.tables.rounds import planned
from checkin.tables.rules import broken
from checkin.tables.score import Score, score

_MOST_TERMS = 2
_MOST_WARNINGS = 2


@dataclass(frozen=True, slots=True)
class Effect:
    """The points before and after, one sentence, and what could not stay as it is."""

    before: int
    after: int
    say: str
    warnings: tuple[str, ...] = ()


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
