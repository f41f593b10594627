"""The ladder of repairs at freeze: the best seating with 0, 1, 2, 3 ... people moved.

No rung breaks a hard rule that held before it (`keeping.py`); among the seatings that are left the
fewest broken rules come first, then points. A rung is listed only if it is better than the one
below. Nobody at the table they are pinned to, at a step-free seat they need, or who refused is in
it; who is pinned elsewhere is moved there only. Where few people can move, every combination is
looked at and the rungs are exact; in larger rooms chains of moves, swaps and territories are tried.
It proposes only; a facilitator accepts.
"""

from __future__ import annotations

from collections.abc import Iterable

from checkin.tables.incremental import HARD, LiveSeating
from checkin.tables.keeping import Keeping
from checkin.tables.reasons import reasons_of
from checkin.tables.room import Kind, Room, Seating
from checkin.tables.values import value

MOST_MOVES = 6
"""People moved on the highest rung, unless the caller wants more or fewer."""

NODES = 250_000
"""Steps spent at most on proving a rung; beyond it the rung is the best that was found."""

FEW = 12
"""People who can move, up to which every combination is looked at."""

WIDTH = 10
"""Seatings kept at each number of moves while chains are tried."""

TRIES = 30_000
"""Changes tried while chains are built, about."""

PRICE_OF_A_MOVE = 15
"""Points that telling one person to move must save, for `suggested`."""


@value(frozen=True, slots=True)
class Move:
    """One person's change of table, and why, as a phrase."""

    person: str
    origin: int
    target: int
    reason: str


@value(frozen=True, slots=True)
class Rung:
    """A proposal: its moves, the seating after them, its points and what is broken after them.

    `hard` counts people where sentences count tables: each person over the seats or at a closed
    table, each who sits against a pin or a need, each pair. `exact` says that no seating with as
    many moves is better.
    """

    moves: tuple[Move, ...]
    seating: dict[str, int]
    points: int
    hard: int
    exact: bool


def ladder(room: Room, seating: Seating, most_moves: int = MOST_MOVES) -> tuple[Rung, ...]:
    """Returns the rungs, the first being the seating as it is (no moves)."""
    climb = _Climb(LiveSeating(room, seating))
    live = climb.live
    now = (live.total, climb.start)
    rungs = [_rung(climb, seating, now, True)]
    chained = climb.chains(most_moves)
    budget = NODES if len(climb.movers) <= FEW else NODES // 10
    best = now
    for moves in range(1, most_moves + 1):
        proof = _Proof(climb, moves, min(best, *chained.get(moves, ()), best), budget)
        found = proof.run()
        budget -= proof.nodes
        if found[0] < best[0]:
            best = found
            rungs.append(_rung(climb, seating, best, proof.exact))
    return tuple(rungs)


def suggested(rungs: tuple[Rung, ...]) -> int:
    """Returns the position of the rung to suggest: hard rules first, then points against moves."""
    prices = [(rung.hard, rung.points + PRICE_OF_A_MOVE * len(rung.moves)) for rung in rungs]
    return prices.index(min(prices))


def after_moves(seating: Seating, moves: Iterable[Move]) -> dict[str, int]:
    """Returns the seating after some of a rung's moves, for accepting them one by one."""
    return {**seating, **{move.person: move.target for move in moves}}


def _rung(climb: _Climb, now: Seating, entry: tuple[int, tuple[int, ...]], exact: bool) -> Rung:
    """Makes the proposal of a seating: totals and positions become points, ids and reasons."""
    total, where = entry
    live = climb.live
    numbers = [table.number for table in live.tables]
    after = {guest.id: numbers[j] for guest, j in zip(live.guests, where, strict=True)}
    told = reasons_of(live.room, now, after)
    moves = tuple(Move(id, now[id], after[id], say) for id, say in told.items())
    return Rung(moves, after, total % HARD - live.unavoidable, total // HARD, exact)


class _Climb:
    """Who can move where, and the chains of moves that are tried."""

    def __init__(self, live: LiveSeating) -> None:
        self.live = live
        self.start = tuple(live.where)
        self.keeping = Keeping(live)
        self.units = self.keeping.units
        self.unit_of = {i: unit for unit in self.units for i in unit}
        self.movers = sorted(self.unit_of)
        self.targets = {unit: sorted(self.keeping.targets(unit)) for unit in self.units}

    def go(self, where: tuple[int, ...]) -> None:
        """Puts everybody where a kept seating has them."""
        now = self.live.where
        self.live.shift([(i, where[i]) for i in self.movers if where[i] != now[i]])
        self.live.forget()

    def chains(self, most: int) -> dict[int, list[tuple[int, tuple[int, ...]]]]:
        """Returns good seatings by number of moves, best first, found by chaining changes.

        Level by level, the best seatings with so many moves are changed further, within a budget of
        tries that is shared out over the levels still to come.
        """
        levels: list[_Level] = [_Level() for _ in range(most + 1)]
        levels[0].add(self.live.total, self.start)
        tries = TRIES
        for level in range(most):
            allowed = tries // (most - level)
            used = 0
            for _, where in levels[level].best(WIDTH):
                if used > allowed:
                    break
                self.go(where)
                steps = self._changes(most - level)
                for step in steps:
                    moves = level + self._more_moved(step)
                    if level < moves <= most:
                        total = self.live.shift(step)
                        if total < levels[moves].worst and self.keeping.holds(step):
                            levels[moves].add(total, tuple(self.live.where))
                        self.live.undo()
                used += len(steps)
            tries -= used
        self.go(self.start)
        return {moves: found.best(WIDTH) for moves, found in enumerate(levels)}

    def _more_moved(self, step: list[tuple[int, int]]) -> int:
        """How many more people than now a step would have away from where they started."""
        where, start = self.live.where, self.start
        return sum((j != start[i]) - (where[i] != start[i]) for i, j in step)

    def _changes(self, most: int) -> list[list[tuple[int, int]]]:
        """The changes worth trying from here: those that touch a table which costs points."""
        live = self.live
        split = live.room.weights.split
        trouble = {j for j in range(len(live.cost)) if live.cost[j] > split * len(live.homes[j])}
        for members in live.of_home:
            tables = {live.where[i] for i in members}
            if len(tables) > 1:
                trouble |= tables
        free = {j: self.keeping.free(j) for j in range(len(live.seats))}
        pieces = self._pieces(most)
        targets = [self.keeping.targets(piece) for piece in pieces]
        steps = []
        for piece, to in zip(pieces, targets, strict=True):
            a = live.where[piece[0]]
            for j in sorted(to):
                step = [(i, j) for i in piece if live.where[i] != j]
                if step and len(step) <= free[j] and (a in trouble or j in trouble):
                    steps.append(step)
        for n, one in enumerate(pieces):
            a = live.where[one[0]]
            to = targets[n]
            for m in range(n + 1, len(pieces)):
                other = pieces[m]
                b = live.where[other[0]]
                more = len(one) - len(other)
                if a == b or len(one) + len(other) > most or more > free[b] or -more > free[a]:
                    continue
                if (a in trouble or b in trouble) and b in to and a in targets[m]:
                    steps.append([(i, b) for i in one] + [(i, a) for i in other])
        return steps + self._dissolved(most)

    def _pieces(self, most: int) -> list[tuple[int, ...]]:
        """What moves as one: people (or together groups), and territories at one table."""
        live = self.live
        pieces = [unit for unit in self.units if len(unit) <= most]
        known = set(pieces)
        for j, homes in enumerate(live.homes):
            for home in homes:
                block = sorted({x for i in live.block(home, j) for x in self.unit_of.get(i, ())})
                one_table = all(live.where[i] == j for i in block)
                if one_table and 1 < len(block) <= most and tuple(block) not in known:
                    pieces.append(tuple(block))
        return pieces

    def _dissolved(self, most: int) -> list[list[tuple[int, int]]]:
        """Emptying a short or closed table, piece by piece, each to its best place."""
        live = self.live
        steps = []
        for j, people in enumerate(live.people):
            here = [i for i in people if i in self.unit_of]
            if not here or len(here) > most:
                continue
            if live.seats[j] and not len(here) == len(people) < live.tables[j].minimum:
                continue
            step = self._emptied(j)
            if step:
                steps.append(step)
        return steps

    def _emptied(self, j: int) -> list[tuple[int, int]]:
        """Moves each territory of a table to its best place; nothing where one finds no chairs.

        Territories tied by people who are to sit together go as one.
        """
        live = self.live
        step: list[tuple[int, int]] = []
        shifts = 0
        for block in self._tied(j):
            best: tuple[int, int] | None = None
            for k in self.keeping.targets(block):
                if k != j and self.keeping.free(k) >= len(block):
                    tried = [(i, k) for i in block]
                    total = live.shift(tried)
                    if self.keeping.holds(tried):
                        best = min(best, (total, k)) if best else (total, k)
                    live.undo()
            if best is None:
                step = []
                break
            live.shift([(i, best[1]) for i in block])
            shifts += 1
            step += [(i, best[1]) for i in block]
        for _ in range(shifts):
            live.undo()
        return step

    def _tied(self, j: int) -> list[list[int]]:
        """The people at a table by territory; those who move as one are in one piece."""
        found: list[set[int]] = []
        for home in self.live.homes[j]:
            piece = {x for i in self.live.block(home, j) for x in self.unit_of.get(i, ())}
            for other in [other for other in found if other & piece]:
                found.remove(other)
                piece |= other
            found.append(piece)
        return [sorted(piece) for piece in found if piece]


class _Level:
    """The best seatings with one number of moves; what is worse than `worst` isn't worth adding."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, ...], int] = {}
        self.worst = 1 << 62

    def add(self, total: int, where: tuple[int, ...]) -> None:
        """Keeps a seating; now and then the worst ones are dropped."""
        self._found[where] = total
        if len(self._found) > 4 * WIDTH:
            kept = self.best(2 * WIDTH)
            self._found = {where: total for total, where in kept}
            self.worst = kept[-1][0]

    def best(self, count: int) -> list[tuple[int, tuple[int, ...]]]:
        """Returns the best few, best first."""
        return sorted((total, where) for where, total in self._found.items())[:count]


class _Proof:
    """Looks at every combination of so many moves that can still beat what was found."""

    def __init__(
        self, climb: _Climb, moves: int, found: tuple[int, tuple[int, ...]], budget: int
    ) -> None:
        self.climb = climb
        self.live = climb.live
        self.moves = moves
        self.best = found
        self.budget = budget
        self.nodes = 0
        self.exact = True
        self._path: list[tuple[int, int]] = []

    def run(self) -> tuple[int, tuple[int, ...]]:
        """Returns the best seating; `exact` says whether the search came to its end."""
        if self._bound(self.moves) < self.best[0]:
            self._from(0, self.moves)
        return self.best

    def _bound(self, moves: int) -> int:
        """No fewer points than this are left after so many moves, each touching two tables."""
        live = self.live
        split = live.room.weights.split if live.room.kind is Kind.ALIGN else 0
        costs = sorted(
            cost - split * len(homes) for cost, homes in zip(live.cost, live.homes, strict=True)
        )
        return live.unavoidable + sum(costs[: max(0, len(costs) - 2 * moves)])

    def _from(self, first: int, moves: int) -> None:
        """Tries every unit from `first` on at every other table, with so many moves left."""
        live, climb = self.live, self.climb
        for n in range(first, len(climb.units)):
            unit = climb.units[n]
            if len(unit) > moves:
                continue
            for j in climb.targets[unit]:
                if live.where[unit[0]] == j:
                    continue
                if self.nodes >= self.budget:
                    self.exact = False
                    return
                self.nodes += 1
                step = [(i, j) for i in unit]
                total = live.shift(step)
                self._path += step
                # On the way there a table may hold too many: somebody else may yet leave it.
                if total < self.best[0] and climb.keeping.holds(self._path):
                    self.best = (total, tuple(live.where))
                left = moves - len(unit)
                if left and self._bound(left) < self.best[0]:
                    self._from(n + 1, left)
                del self._path[-len(unit) :]
                live.undo()
