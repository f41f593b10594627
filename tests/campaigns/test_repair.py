"""The ladder of repairs against brute force, on random small rooms with every hard rule in them.

Where at most twelve people can move, a rung is the best there is with so many moves. Brute force
tries every choice of one and two people and every table, and judges with the plain reference and
the plain rules alone. In larger rooms, where chains are tried, no rung may break a rule that held.
The long form: `CHECKIN_CASES=3000 pytest --timeout=0 tests/campaigns`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from random import Random

import pytest

from checkin.tables.incremental import LiveSeating
from checkin.tables.repair import FEW, ladder
from checkin.tables.room import Guest, Kind, Room, Side, Table
from checkin.tables.rules import broken, newly_broken
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


def may_move(room: Room, seating: dict[str, int], id: str) -> bool:
    """Whether a rung may move somebody; who is pinned elsewhere may go there, if it is open."""
    guest, table = room.guest(id), room.table(seating[id])
    settled = guest.step_free and table.step_free and table.open
    to_pin = guest.pin is None or (guest.pin != table.number and room.table(guest.pin).open)
    return not guest.stays and not settled and to_pin


def brute_force(room: Room, seating: dict[str, int], moves: int) -> tuple[int, int]:
    """Returns what is broken and points of the best seating with at most so many moves.

    No rule that holds as it is may be broken, and nobody pinned is moved to another table.
    """
    movers = [guest.id for guest in room.guests if may_move(room, seating, guest.id)]
    numbers = [table.number for table in room.tables]
    pins = {guest.id: guest.pin for guest in room.guests if guest.pin is not None}
    before = broken(room, seating)
    best = (10**9, 10**9)
    for count in range(moves + 1):
        for chosen in combinations(movers, count):
            for targets in product(numbers, repeat=count):
                to = dict(zip(chosen, targets, strict=True))
                if any(pins.get(id, at) != at for id, at in to.items()):
                    continue
                after = {**seating, **to}
                rank = (LiveSeating(room, after).hard, score(room, after).total)
                if rank < best and not newly_broken(before, broken(room, after)):
                    best = rank
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
        movers = sum(may_move(room, seating, guest.id) for guest in room.guests)
        if movers > FEW:
            continue
        tried += 1
        rungs = ladder(room, seating, MOVES)
        for moves in range(MOVES + 1):
            best = [rung for rung in rungs if len(rung.moves) <= moves][-1]
            wants = brute_force(room, seating, moves)
            assert (best.hard, best.points) == wants, f"room {seed}, {moves} moves"
            assert best.exact
            assert score(room, best.seating).total == best.points
            assert bool(best.hard) == bool(broken(room, best.seating)), f"room {seed}"
        bound["pin"] += any(guest.pin is not None for guest in room.guests)
        bound["closed"] += any(not table.open for table in room.tables)
        bound["step-free"] += any(guest.step_free for guest in room.guests)
        bound["together"] += bool(room.together)
        bound["apart"] += bool(room.apart)
        bound["mix"] += room.kind is Kind.MIX
        bound["hard"] += rungs[0].hard > 0
    report(f"{tried} rooms; with {', '.join(f'{what} {n}' for what, n in bound.items())}")
    assert all(bound.values())


def a_larger_room(random: Random) -> tuple[Room, dict[str, int]]:
    """Returns a room of 15 to 40 people with few free chairs, contradictory wishes among them."""
    people, count = random.randint(15, 40), random.randint(3, 7)
    seats = -(-people // count) + random.choice((0, 0, 1, 2))
    tables = tuple(
        Table(n, seats, 3, random.random() > 0.2, random.random() < 0.3)
        for n in range(1, count + 1)
    )
    guests = tuple(
        Guest(
            f"g{n}",
            f"T{random.randrange(max(2, people // 4))}",
            random.choice(list(Side)),
            random.choice((("en",), ("en",), ("fr",), ("en", "fr"))),
            step_free=random.random() < 0.12,
            stays=random.random() < 0.1,
            pin=random.randint(1, count) if random.random() < 0.1 else None,
            name=f"Guest {n}",
        )
        for n in range(people)
    )
    ids = [guest.id for guest in guests]
    together, apart = (
        tuple({tuple(sorted(random.sample(ids, 2))) for _ in range(random.randint(0, most))})
        for most in (10, 12)
    )
    kind = random.choice((Kind.ALIGN, Kind.ALIGN, Kind.MIX))
    earlier = ({id: random.randint(1, count) for id in ids},) if kind is Kind.MIX else ()
    room = Room(tables, guests, together, apart, kind=kind, earlier=earlier)
    chairs = [table.number for table in tables for _ in range(seats)]
    random.shuffle(chairs)
    seating = dict(zip(ids, chairs, strict=False))
    if random.random() < 0.2:
        seating |= dict.fromkeys(random.sample(ids, 3), 1)
    return room, seating


def lost(room: Room, before: dict[str, int], after: dict[str, int]) -> list[str]:
    """Returns which rules hold before and not after, without asking the rules' own code."""
    found = []
    for table in room.tables:
        was = {id for id, at in before.items() if at == table.number}
        will = {id for id, at in after.items() if at == table.number}
        if not table.open and will - was:
            found.append(f"somebody was moved to table {table.number}, which is closed")
        if len(will) > max(len(was), table.seats):
            found.append(f"table {table.number} has more over its seats")
    step_free = {table.number for table in room.tables if table.step_free}
    some_open = any(table.step_free and table.open for table in room.tables)
    for guest in room.guests:
        was, will = before[guest.id], after[guest.id]
        if guest.pin not in (None, will) and will != was:
            found.append(f"{guest.id} was moved to another table than their pin")
        if guest.step_free and some_open and was in step_free and will not in step_free:
            found.append(f"{guest.id} lost a step-free table")
        if guest.stays and will != was:
            found.append(f"{guest.id} refused to move")
    for one, other in room.together:
        if before[one] == before[other] and after[one] != after[other]:
            found.append(f"{one} and {other} were together")
    for one, other in room.apart:
        if before[one] != before[other] and after[one] == after[other]:
            found.append(f"{one} and {other} were apart")
    return found


@pytest.mark.campaign
def test_no_rung_in_a_larger_room_breaks_a_rule_that_held(
    cases: Callable[[int], int], chance: Random, report: Callable[[str], None]
) -> None:
    wanted, rungs_seen, mended = cases(15), 0, 0
    for _ in range(wanted):
        seed = chance.randrange(10**9)
        room, seating = a_larger_room(Random(seed))
        rungs = ladder(room, seating)
        for rung in rungs:
            assert not lost(room, seating, rung.seating), f"room {seed}, {len(rung.moves)} moves"
            anew = newly_broken(broken(room, seating), broken(room, rung.seating))
            assert not anew, f"room {seed}, {len(rung.moves)} moves"
            assert score(room, rung.seating).total == rung.points, f"room {seed}"
        rungs_seen += len(rungs) - 1
        mended += rungs[-1].hard < rungs[0].hard
    report(f"{wanted} larger rooms, {rungs_seen} rungs; rules were mended in {mended} rooms")
    assert mended
