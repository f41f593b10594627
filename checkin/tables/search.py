"""The search for a good seating: annealing over people, territories and pairs of tables, restarted.

Moving and swapping whole territories is what makes it fast; single people mend the rest. For a
seed and an effort the result is the same on every machine. `improve` is a generator: it yields the
best seating so far now and then, and whoever runs it may stop at any moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from math import exp
from random import Random

from checkin.tables.incremental import HARD, LiveSeating
from checkin.tables.moves import Proposals
from checkin.tables.room import DEFAULT_WEIGHTS, Kind, Room, Seating
from checkin.tables.start import first_seating
from checkin.tables.values import changed, value


class Effort(StrEnum):
    """How long a search may take: a budget of steps, never of seconds."""

    QUICK = "quick"
    NORMAL = "normal"
    THOROUGH = "thorough"


_STEPS_PER_PERSON = {Effort.QUICK: 100, Effort.NORMAL: 800, Effort.THOROUGH: 4000}
_LEAST_STEPS = {Effort.QUICK: 6_000, Effort.NORMAL: 36_000, Effort.THOROUGH: 240_000}

REPORT_EVERY = 1000
"""Steps between two reports of progress."""

RUNS = ((0.1, 0.3), (0.15, 0.6), (0.2, 0.3), (0.2, 0.6), (0.35, 1.5))
"""The runs of a search: share of the steps, heat at the start; the last goes on from the best."""

HOTTEST, COLDEST = 10.0, 2.0
"""Points that a step loses one time in three, at the start and the end of a run."""


@value(frozen=True, slots=True)
class Progress:
    """The best seating so far, its points and broken hard rules, and the share of work done."""

    seating: dict[str, int]
    points: int
    hard: int
    done: float

    @property
    def rank(self) -> tuple[int, int]:
        """Lower is better: hard rules first."""
        return self.hard, self.points


def improve(
    room: Room,
    seating: Seating | None = None,
    effort: Effort = Effort.NORMAL,
    seed: int = 1,
) -> Iterator[Progress]:
    """Yields ever better seatings of everybody in the room; the last one is the result.

    With a `seating`, people marked `stays` keep their table and the search starts from it, so the
    result is never worse. Without one, everybody is seated afresh. There must be a seat at an open
    table for everybody (`plan.py` says who waits otherwise). Stops when nothing is left to mend.
    """
    random = Random(seed)
    if not room.guests or not any(table.open and table.seats for table in room.tables):
        yield Progress({}, 0, 0, 1.0)
        return
    given = dict(seating or {})
    kept = {guest.id: given[guest.id] for guest in room.guests if guest.stays and guest.id in given}
    start = given if all(guest.id in given for guest in room.guests) else None
    steps = max(_LEAST_STEPS[effort], _STEPS_PER_PERSON[effort] * len(room.guests))
    best: Progress | None = None
    done = 0.0
    for run, (share, heat) in enumerate(RUNS):
        if best is not None:
            start = best.seating if run == len(RUNS) - 1 else first_seating(room, random, kept)
        begin = start if start is not None else first_seating(room, random, kept)
        annealing = Annealing(LiveSeating(room, begin), random, int(share * steps), heat)
        for part in annealing.run():
            if best is None or annealing.rank < best.rank:
                best = annealing.found()
            best = changed(best, done=done + share * part)
            yield best
        done += share
        if best is not None and best.rank <= (0, 0):
            break
    if best is not None:
        yield changed(best, done=1.0)


def best_of(progress: Iterator[Progress]) -> Progress:
    """Runs a search to its end and returns the last report."""
    last = Progress({}, 0, 0, 1.0)
    for report in progress:
        last = report
    return last


class Annealing:
    """One run from one start; a step may be worse the less often the worse it is and the later."""

    def __init__(self, live: LiveSeating, random: Random, steps: int, heat: float = 1.0) -> None:
        """`steps` is the budget; `heat` scales the temperature of the start."""
        self.live = live
        self.random = random
        self.steps = steps
        self.hottest = max(HOTTEST * heat, COLDEST) * _scale(live.room)
        self.coldest = COLDEST * _scale(live.room)
        self.proposals = Proposals(live, random)
        self._best_where = list(live.where)
        self._best_total = live.total

    @property
    def rank(self) -> tuple[int, int]:
        """Broken hard rules and points of the best so far."""
        return self._best_total // HARD, self._best_total % HARD - self.live.unavoidable

    def found(self) -> Progress:
        """Returns the best seating of this run."""
        live = self.live
        numbers = [table.number for table in live.tables]
        seating = {g.id: numbers[j] for g, j in zip(live.guests, self._best_where, strict=True)}
        hard, points = self.rank
        return Progress(seating, points, hard, 1.0)

    def run(self) -> Iterator[float]:
        """Anneals, yielding the share done every `REPORT_EVERY` steps and at the end."""
        live, draw = self.live, self.random.random
        draws = self.proposals.draws()
        heat = self.hottest
        cooling = (self.coldest / heat) ** (1.0 / max(1, self.steps))
        now = live.total
        for step in range(self.steps if self.proposals.movers else 0):
            if self._best_total <= live.unavoidable:
                break
            if step % REPORT_EVERY == 0:
                live.forget()
                yield step / self.steps
            heat *= cooling
            moves = draws[int(draw() * len(draws))]()
            if not moves:
                continue
            total = live.shift(moves)
            worse = total - now
            if worse <= 0 or (worse < 20 * heat and draw() < exp(-worse / heat)):
                now = total
                if total < self._best_total:
                    self._best_total = total
                    self._best_where = list(live.where)
            else:
                live.undo()
        yield 1.0


def _scale(room: Room) -> float:
    """How much larger the event's weights are than those the temperatures are made for."""
    weights, usual = room.weights, DEFAULT_WEIGHTS
    if room.kind is Kind.ALIGN:
        own, default = weights.split + weights.alone, usual.split + usual.alone
    else:
        own, default = weights.met + weights.same, usual.met + usual.same
    return max(own / default, 0.05)
