"""What is wrong at a table, in whole sentences with their points, for people who ask.

Every fault is a term of the reference score or a hard rule; each sentence says who or what it is
about and, where that helps, where the others sit. The short form for cards is in `explain.py`.
"""

from __future__ import annotations

from checkin.tables.explain import listed
from checkin.tables.room import Room, Seating, Side
from checkin.tables.rules import broken
from checkin.tables.score import TableScore, score
from checkin.tables.values import value

_VOICES = {Side.LOCAL: "a city", Side.REGION: "a region"}


@value(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a sentence, and its points; a hard rule has none (None)."""

    say: str
    points: int | None


def faults(room: Room, seating: Seating, number: int) -> tuple[Fault, ...]:
    """Returns what is wrong at a table, hard rules first; empty where nothing is.

    The points are the table's own, without its share of territories split over tables.
    """
    found = [Fault(rule.say, None) for rule in broken(room, seating) if rule.table == number]
    at = score(room, seating).at(number)
    return (*found, *(_scored(room, seating, at) if at else ()))


def scored_faults(room: Room, seating: Seating) -> dict[int, tuple[Fault, ...]]:
    """Returns what costs points at each table that holds somebody, without the hard rules."""
    return {at.table.number: _scored(room, seating, at) for at in score(room, seating).tables}


def _scored(room: Room, seating: Seating, at: TableScore) -> tuple[Fault, ...]:
    """What the score has against one table."""
    found: list[Fault] = []
    number = at.table.number
    names = {guest.id: guest.called for guest in room.guests}
    weights, size = room.weights, len(at.people)
    if at.strangers:
        who = _do([names[id] for id in at.strangers], "shares", "share")
        say = f"{who} no language with anybody here who speaks {at.language}."
        found.append(Fault(say, weights.strangers * len(at.strangers)))
    if at.terms.short:
        some = "1 person is" if size == 1 else f"{size} people are"
        say = f"Only {some} here; the table needs {at.table.minimum}."
        found.append(Fault(say, weights.short * at.terms.short))
    if at.met:
        met = [f"{names[one]} with {names[other]}" for one, other in at.met]
        found.append(Fault(f"Sat together before: {listed(met)}.", weights.met * len(at.met)))
    if at.whisper:
        who = _do([names[id] for id in at.whisper], "does", "do")
        say = f"{who} not speak {at.language}: a neighbour has to whisper."
        found.append(Fault(say, weights.whisper * len(at.whisper)))
    found += _alone(room, seating, number, at)
    if at.terms.same:
        pairs = "1 pair" if at.terms.same == 1 else f"{at.terms.same} pairs"
        say = f"{pairs} of one territory in a round for meeting others."
        found.append(Fault(say, weights.same * at.terms.same))
    if at.terms.host:
        found.append(Fault("Nobody was named as this table's host.", weights.host))
    found += [Fault(_absent(room, seating, at, side), weights.voice) for side in at.absent]
    return tuple(found)


def _do(names: list[str], one: str, several: str) -> str:
    return f"{listed(names)} {one if len(names) == 1 else several}"


def _alone(room: Room, seating: Seating, number: int, at: TableScore) -> list[Fault]:
    found = []
    for home in at.alone:
        there = sorted(
            {seating[g.id] for g in room.guests if g.home == home and g.id in seating} - {number}
        )
        name = next(g.called for g in room.guests if g.id in at.people and g.home == home)
        tables = f"table{'s' if len(there) > 1 else ''} {listed([str(table) for table in there])}"
        say = f"{name} is the only one of {home} here; the others sit at {tables}."
        found.append(Fault(say, room.weights.alone))
    return found


def _absent(room: Room, seating: Seating, at: TableScore, side: Side) -> str:
    """Says that nobody speaks for a side, and who of the territories here could."""
    could = [
        f"{guest.called} ({guest.home}, table {seating[guest.id]})"
        for guest in room.guests
        if guest.side is side and guest.home in at.territories and guest.id in seating
    ]
    say = f"Nobody here speaks for {_VOICES[side]}"
    return f"{say}; {listed(could)} could." if could else f"{say}."
