"""Mixing rounds: who goes where, so that people meet new people in a language they share.

Several rounds are planned together when nothing has started; otherwise the rounds to come are
planned after those of the day (`room.earlier`), for the people who are here now: who left is out,
who came late is in. It starts from a rotation that repeats few pairs and mends languages and
territories from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from checkin.tables.incremental import HARD, LiveSeating
from checkin.tables.plan import Waiting, tables_to_fill, who_waits
from checkin.tables.room import Guest, Kind, Room, Table
from checkin.tables.rotation import least_repeats, rotated
from checkin.tables.rules import Broken, broken, workable
from checkin.tables.search import Annealing, Effort
from checkin.tables.start import units_of
from checkin.tables.values import changed, value

_STEPS_PER_PERSON = {Effort.QUICK: 30, Effort.NORMAL: 90, Effort.THOROUGH: 1000}
_LEAST_STEPS = {Effort.QUICK: 3_000, Effort.NORMAL: 12_000, Effort.THOROUGH: 100_000}
PASSES = ((0.5, 2.0), (0.3, 1.0), (0.2, 0.4))
"""How often every round is searched again: share of the steps, and heat at the start."""


@value(frozen=True, slots=True)
class Mix:
    """The rounds to come: seatings, points and repeats of each after all that went before.

    `repeats` counts pairs who already sat together in an earlier round. `waiting` and `impossible`
    are as in a plan. `done` is the share of the work done.
    """

    rounds: tuple[dict[str, int], ...]
    points: tuple[int, ...]
    repeats: tuple[int, ...]
    waiting: tuple[Waiting, ...]
    impossible: tuple[Broken, ...]
    done: float


def mix(
    room: Room,
    rounds: int = 1,
    effort: Effort = Effort.NORMAL,
    seed: int = 1,
    tables: int | None = None,
) -> Iterator[Mix]:
    """Yields ever better plans for the next `rounds` rounds of kind mix; the last is the result.

    So many `tables` are used, as many as are filled comfortably when it is None.
    """
    kept = workable(changed(room, kind=Kind.MIX))
    here, waiting = who_waits(kept.room)
    fitted = changed(kept.room, guests=here)
    if not here or rounds < 1:
        empty: tuple[dict[str, int], ...] = tuple({} for _ in range(rounds))
        yield Mix(empty, (0,) * rounds, (0,) * rounds, waiting, kept.impossible, 1.0)
        return
    work = _Mixing(fitted, rounds, Random(seed), tables)
    steps = max(_LEAST_STEPS[effort], _STEPS_PER_PERSON[effort] * len(here))
    for done in work.run(steps):
        left = tuple(rule for found in work.best for rule in broken(fitted, found))
        points, repeats = work.judged()
        yield Mix(tuple(work.best), points, repeats, waiting, kept.impossible + left, done)


def repeats_in(rounds: tuple[dict[str, int], ...], earlier: tuple[dict[str, int], ...] = ()) -> int:
    """Returns how many pairs meet again in these rounds, once in each round after their first."""
    met: set[tuple[str, str]] = set()
    again = 0
    for n, seating in enumerate((*earlier, *rounds)):
        pairs = _pairs(seating)
        if n >= len(earlier):
            again += len(pairs & met)
        met |= pairs
    return again


class _Mixing:
    """The rounds being searched, one after the other, each against all the others."""

    def __init__(self, room: Room, rounds: int, random: Random, wanted: int | None) -> None:
        self.room = room
        self.random = random
        tables = _tables_in_use(room, wanted)
        self.open = changed(
            room,
            tables=tuple(changed(t, open=t.open and t in tables) for t in room.tables),
        )
        self.best = _first_rounds(room, tables, rounds)
        sizes = [-(-len(room.guests) // len(tables)), len(room.guests) // len(tables)]
        more = len(room.guests) - sizes[1] * len(tables)
        one = more * least_repeats(sizes[0], len(tables))
        one += (len(tables) - more) * least_repeats(sizes[1], len(tables))
        self.floor = 0 if room.earlier else room.weights.met * one * (rounds - 1)

    def run(self, steps: int) -> Iterator[float]:
        """Searches every round in a few passes, yielding the share done."""
        done = 0.0
        for share, heat in PASSES:
            for r in range(len(self.best)):
                part = share / len(self.best)
                yield from self._search(r, int(share * steps), heat, done, part)
                done += part
            if sum(self.judged()[0]) <= self.floor:
                break
        yield 1.0

    def _search(self, r: int, steps: int, heat: float, done: float, part: float) -> Iterator[float]:
        others = tuple(seating for n, seating in enumerate(self.best) if n != r)
        against = changed(self.open, earlier=(*self.room.earlier, *others))
        live = LiveSeating(against, self.best[r])
        annealing = Annealing(live, self.random, steps, heat)
        for share in annealing.run():
            self.best[r] = annealing.found().seating
            yield done + part * share

    def judged(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Returns the points and the repeats of each round, after all that went before."""
        points = []
        again = []
        for r, seating in enumerate(self.best):
            earlier = (*self.room.earlier, *self.best[:r])
            live = LiveSeating(changed(self.room, earlier=earlier), seating)
            points.append(live.total % HARD)
            again.append(live.met_pairs())
        return tuple(points), tuple(again)


def _tables_in_use(room: Room, wanted: int | None) -> list[Table]:
    """The tables that are filled comfortably, those that somebody needs first."""
    pins = {guest.pin for guest in room.guests if guest.pin is not None}
    steps = any(guest.step_free for guest in room.guests)
    usable = [table for table in room.tables if table.open and table.seats]
    usable.sort(key=lambda t: (t.number not in pins, not (steps and t.step_free), not t.host))
    people = len(room.guests)
    return usable[: wanted or tables_to_fill(usable, people, people)]


def _first_rounds(room: Room, tables: list[Table], rounds: int) -> list[dict[str, int]]:
    """The rotation, with people of one territory in one seat class, so that they never meet.

    Pins, step-free needs and wishes of two people are put right as far as chairs are free.
    """
    people = sorted(room.guests, key=lambda guest: guest.home)
    place = {guest.id: i for i, guest in enumerate(people)}
    found = []
    for round_ in rotated(len(people), len(tables), rounds):
        seating = {guest.id: tables[round_[place[guest.id]]].number for guest in room.guests}
        found.append(_mended(room, tables, seating))
    return found


def _mended(room: Room, tables: list[Table], seating: dict[str, int]) -> dict[str, int]:
    """The seating with pins, step-free needs, together groups and seats kept if easy."""
    by_number = {table.number: table for table in tables}
    binding = any(table.step_free for table in tables)
    load: dict[int, list[Guest]] = {table.number: [] for table in tables}
    units = units_of(room)
    for unit in sorted(units, key=lambda unit: (not _bound(unit), -len(unit))):
        pins = [guest.pin for guest in unit if guest.pin in by_number]
        steps = binding and any(guest.step_free for guest in unit)
        wanted = pins[0] if pins else seating[unit[0].id]
        fitting = [
            t.number
            for t in tables
            if t.seats - len(load[t.number]) >= len(unit) and (t.step_free or not steps)
        ]
        loose = [t.number for t in tables if t.seats > len(load[t.number])]
        choice = fitting or loose
        number = wanted if wanted in choice else min(choice, key=lambda n: (len(load[n]), n))
        for guest in unit:
            load[
                number if len(load[number]) < by_number[number].seats else _free(load, by_number)
            ] += [guest]
    return {guest.id: number for number, guests in load.items() for guest in guests}


def _free(load: dict[int, list[Guest]], tables: dict[int, Table]) -> int:
    return next(number for number, table in tables.items() if len(load[number]) < table.seats)


def _bound(unit: tuple[Guest, ...]) -> bool:
    return len(unit) > 1 or any(g.pin is not None or g.step_free for g in unit)


def _pairs(seating: dict[str, int]) -> set[tuple[str, str]]:
    at: dict[int, list[str]] = {}
    for id, number in sorted(seating.items()):
        at.setdefault(number, []).append(id)
    return {(a, b) for ids in at.values() for n, a in enumerate(ids) for b in ids[n + 1 :]}
