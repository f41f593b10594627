"""Simulated days: registrations, delegations that stay away together, arrivals one by one.

Everything is invented and drawn from a seed. A delegation is an authority's people; they come or
stay away together, and arrive close to each other. Tables are asked for at the door, one arrival at
a time.
"""

from __future__ import annotations

from random import Random

from checkin.tables.arrival import RoomState, arrival_seat
from checkin.tables.forecast import usual_share
from checkin.tables.plan import plan
from checkin.tables.repair import Rung, ladder, suggested
from checkin.tables.room import Guest, Room, Side, Table
from checkin.tables.score import Score, score
from checkin.tables.search import Effort
from checkin.tables.values import changed, value

COUNTRY_LANGUAGES = ("fr", "de", "pl", "it", "es", "pt", "ro", "el")
NO_SHOW = 0.28


@value(frozen=True, slots=True)
class Day:
    """One simulated day: the room at freeze, where people sat, and after the suggested repair."""

    room: Room
    seating: dict[str, int]
    at_door: Score
    repaired: Score
    moves: int
    pairs: int
    together: int
    together_after: int
    rungs: tuple[Rung, ...]


def registrations(seed: int, people: int = 60) -> list[tuple[Guest, str]]:
    """Returns guests with the delegation each belongs to, in order of registration."""
    random = Random(seed)
    guests: list[tuple[Guest, str]] = []
    territory = 0
    while len(guests) < people:
        territory += 1
        home = f"Territory {territory}"
        own = COUNTRY_LANGUAGES[territory % len(COUNTRY_LANGUAGES)]
        sides = random.choices(
            (
                (Side.LOCAL, Side.REGION),
                (Side.LOCAL,),
                (Side.REGION,),
                (Side.LOCAL, Side.LOCAL, Side.REGION),
            ),
            (6, 2, 1, 2),
        )[0]
        for n, side in enumerate(sides):
            size = random.choices((1, 2, 3), (5, 4, 1))[0]
            for k in range(min(size, people - len(guests))):
                # The first of a delegation speaks English; now and then a colleague doesn't.
                tongues = (own,) if k and random.random() < 0.06 else ("en", own)
                guest = Guest(f"p{len(guests)}", home, side, tongues)
                guests.append((guest, f"{home}/{n}"))
    return guests


def simulated_day(
    seed: int,
    people: int = 60,
    tables: tuple[Table, ...] = tuple(Table(n, 10, 6) for n in range(1, 8)),
    effort: Effort = Effort.QUICK,
) -> Day:
    """Plans, lets people arrive, and repairs by the rung that is suggested."""
    random = Random(seed * 7919)
    registered = registrations(seed, people)
    guests = tuple(guest for guest, _ in registered)
    room = Room(tables, guests)
    planned: dict[str, int] = {}
    for report in plan(room, NO_SHOW, effort, seed):
        planned = report.seating
    delegations = sorted({delegation for _, delegation in registered})
    # The day is earlier or later than usual, which the forecast at the door doesn't know.
    late = random.uniform(-0.05, 0.1)
    at = {
        d: late + 0.9 * random.betavariate(2, 2) for d in delegations if random.random() >= NO_SHOW
    }
    arrivals = sorted(
        (at[d] + random.random() * 0.1, guest.id) for guest, d in registered if d in at
    )
    by_id = {guest.id: guest for guest in guests}
    state = RoomState(changed(room, guests=()), {}, guests, planned, NO_SHOW)
    seating: dict[str, int] = {}
    for moment, id in arrivals:
        state.in_by_now = usual_share(moment)
        answer = arrival_seat(state, by_id[id])
        assert answer.table is not None, answer.reason
        state.seat(by_id[id], answer.table)
        seating[id] = answer.table
    here = changed(room, guests=tuple(g for g in guests if g.id in seating))
    rungs = ladder(here, seating)
    rung = rungs[suggested(rungs)]
    pairs, together = pairs_together(here, seating)
    return Day(
        here,
        seating,
        score(here, seating),
        score(here, rung.seating),
        len(rung.moves),
        pairs,
        together,
        pairs_together(here, rung.seating)[1],
        rungs,
    )


def pairs_together(room: Room, seating: dict[str, int]) -> tuple[int, int]:
    """Returns how many territories have both sides here, and how many of them at one table."""
    sides: dict[str, set[Side]] = {}
    at: dict[tuple[str, int], set[Side]] = {}
    for guest in room.guests:
        sides.setdefault(guest.home, set()).add(guest.side)
        at.setdefault((guest.home, seating[guest.id]), set()).add(guest.side)
    both = {Side.LOCAL, Side.REGION}
    paired = [home for home, found in sides.items() if both <= found]
    joined = {home for (home, _), found in at.items() if both <= found}
    return len(paired), sum(1 for home in paired if home in joined)
