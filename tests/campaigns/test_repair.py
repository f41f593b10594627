"""The ladder of repairs against brute force, on random small rooms with every hard rule in them.

Where at most twelve people can move, a rung is the best there is with so many moves. Brute force
tries every choice of one and two people and every table, and judges with the plain reference and
the plain rules alone. The long form: `CHECKIN_CASES=3000 pytest --timeout=0 tests/campaigns`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from random import Random

import pytest

from checkin.tables.incremental import LiveSeating
from checkin.tables.repair import FEW, ladder
from checkin.tables.room import Guest, Kind, Room, Side, Table
from checkin.tables.rules import broken, workable
from checkin.tables.score import score

MOVES = 2


def a_room(random: Random) -> tuple[Room, dict[str, int]]:
    """Returns a small room with wishes, needs and a closed table, and a careless seating."""
    tables = tuple(
        Table(
            n,
            random.randint(3, 7),
            random.randint(0, 4),
            random.random() > 0.2,
            random.random() < 0.4,
            random.choice(("", "", "Ann Example")),
        )
        for n in range(1, random.choice((1, 2, 3, 3, 4)) + 1)
    )
    guests = tuple(
        Guest(
            f"g{n}",
            random.choice(("", "A", "B", "C", "D")),
            random.choice(list(Side)),
            random.choice((("en",), ("en",), ("en", "fr"), ("fr",), ("hu",))),
            step_free=random.random() < 0.15,
            stays=random.random() < 0.1,
            pin=random.randint(1, len(tables)) if random.random() < 0.15 else None,
            name=f"Guest {n}",
        )
        for n in range(random.randint(0, 12))
    )
    ids = [guest.id for guest in guests]
    pairs = [(a, b) for a, b in combinations(ids, 2) if random.random() < 0.03]
    cut = random.randint(0, len(pairs))
    kind = random.choice((Kind.ALIGN, Kind.ALIGN, Kind.MIX))
    before = {id: random.randint(1, len(tables)) for id in ids}
    room = Room(
        tables,
        guests,
        tuple(pairs[:cut]),
        tuple(pairs[cut:]),
        kind=kind,
        earlier=(before,) if kind is Kind.MIX else (),
    )
    return room, {id: random.randint(1, len(tables)) for id in ids}


def units(room: Room, seating: dict[str, int]) -> list[list[str]]:
    """Who moves as one: those who are to sit together and do."""
    found = [[guest.id] for guest in room.guests]
    for one, other in room.together:
        here = next(unit for unit in found if one in unit)
        there = next(unit for unit in found if other in unit)
        if here is not there:
            found.remove(there)
            here.extend(there)
    apart = [unit for unit in found if len({seating[id] for id in unit}) > 1]
    return [unit for unit in found if unit not in apart] + [[id] for unit in apart for id in unit]


def may_move(room: Room, seating: dict[str, int], id: str) -> bool:
    guest, table = room.guest(id), room.table(seating[id])
    settled = guest.step_free and table.step_free and table.open
    return guest.pin is None and not guest.stays and not settled


def brute_force(room: Room, seating: dict[str, int], moves: int) -> tuple[int, int]:
    """Returns broken hard rules and points of the best seating with at most so many moves."""
    movers = [u for u in units(room, seating) if all(may_move(room, seating, id) for id in u)]
    numbers = [table.number for table in room.tables if table.open]
    best = (10**9, 10**9)
    for count in range(moves + 1):
        for chosen in combinations(movers, count):
            for targets in product(numbers, repeat=count):
                to = {id: j for unit, j in zip(chosen, targets, strict=True) for id in unit}
                after = {**seating, **to}
                if sum(after[id] != seating[id] for id in to) <= moves:
                    best = min(best, (LiveSeating(room, after).hard, score(room, after).total))
    return best


@pytest.mark.campaign
def test_the_ladder_equals_brute_force_on_random_rooms(
    cases: Callable[[int], int], chance: Random, report: Callable[[str], None]
) -> None:
    wanted, tried = cases(60), 0
    bound = dict.fromkeys(("pin", "closed", "step-free", "together", "apart", "mix", "hard"), 0)
    while tried < wanted:
        seed = chance.randrange(10**9)
        room, seating = a_room(Random(seed))
        plain = workable(room).room
        movers = sum(may_move(plain, seating, guest.id) for guest in plain.guests)
        if movers > FEW:
            continue
        tried += 1
        rungs = ladder(room, seating, MOVES)
        for moves in range(MOVES + 1):
            best = [rung for rung in rungs if len(rung.moves) <= moves][-1]
            wants = brute_force(plain, seating, moves)
            assert (best.hard, best.points) == wants, f"room {seed}, {moves} moves"
            assert best.exact
            assert score(plain, best.seating).total == best.points
            assert bool(best.hard) == bool(broken(plain, best.seating)), f"room {seed}"
        bound["pin"] += any(guest.pin is not None for guest in plain.guests)
        bound["closed"] += any(not table.open for table in plain.tables)
        bound["step-free"] += any(guest.step_free for guest in plain.guests)
        bound["together"] += bool(plain.together)
        bound["apart"] += bool(plain.apart)
        bound["mix"] += plain.kind is Kind.MIX
        bound["hard"] += rungs[0].hard > 0
    report(f"{tried} rooms; with {', '.join(f'{what} {n}' for what, n in bound.items())}")
    assert all(bound.values())
