"""The plan before the doors: who would sit where, from the registrations and the share of no-shows.

A plan is advice until it is accepted. It uses no more tables than the people expected can fill,
splits a territory larger than a table evenly with both sides in each part, names the wishes that
can't be kept and, when there are more people than seats, who waits and why. It breaks no hard rule
that it doesn't name.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from checkin.tables.incremental import LiveSeating
from checkin.tables.room import Guest, Kind, Room, Table, fill_of, filled_tables
from checkin.tables.rules import Broken, broken, workable
from checkin.tables.search import Effort, best_of, improve
from checkin.tables.start import blocks_of, units_of
from checkin.tables.values import changed, value


@value(frozen=True, slots=True)
class Waiting:
    """Somebody without a seat, and one sentence why."""

    guest: str
    say: str


@value(frozen=True, slots=True)
class Plan:
    """A seating with its points, who waits, what can't be kept, and the share of the work done.

    `impossible` holds the wishes that contradict each other and every hard rule that the seating
    breaks.
    """

    seating: dict[str, int]
    points: int
    waiting: tuple[Waiting, ...]
    impossible: tuple[Broken, ...]
    done: float


def plan(
    room: Room,
    no_show: float = 0.0,
    effort: Effort = Effort.NORMAL,
    seed: int = 1,
    tables: int | None = None,
) -> Iterator[Plan]:
    """Yields ever better plans for everybody in the room; the last one is the result.

    `no_show` is the share of the people in the room who won't come, 0 for people who are here. So
    many `tables` are used, as few as the people expected fill when it is None.
    """
    kept = workable(room)
    here, waiting = who_waits(kept.room, no_show)
    fitted = changed(kept.room, guests=here)
    best = Plan({}, 0, waiting, kept.impossible, 1.0)
    if not here:
        yield best
        return
    planned = _parted(_with_tables(fitted, no_show, seed, tables))
    for report in improve(planned, None, effort, seed):
        seating = report.seating if tables is None else _opened(planned, report.seating)
        if seating != best.seating:
            left = broken(fitted, seating)
            points = LiveSeating(fitted, seating).points
            best = Plan(seating, points, waiting, kept.impossible + left, report.done)
        best = changed(best, done=report.done)
        yield best


def who_waits(room: Room, no_show: float = 0.0) -> tuple[tuple[Guest, ...], tuple[Waiting, ...]]:
    """Returns the people who get a seat and those who wait, with the reason.

    The room's order decides (of registration, or of arrival): the last ones wait, except people who
    are pinned. Together groups wait or sit as one.
    """
    seats = sum(table.seats for table in room.tables if table.open)
    if len(room.guests) <= seats:
        return room.guests, ()
    place = {guest.id: i for i, guest in enumerate(room.guests)}
    units = sorted(
        units_of(room),
        key=lambda unit: (
            not any(guest.pin is not None for guest in unit),
            min(place[guest.id] for guest in unit),
        ),
    )
    seated: set[str] = set()
    for unit in units:
        if len(seated) + len(unit) <= seats:
            seated |= {guest.id for guest in unit}
    late = [guest for guest in room.guests if guest.id not in seated]
    if not seats:
        why = "no table is open"
    else:
        why = f"all {seats} open seats are taken by those before them on the list"
        if no_show:
            missing = round(no_show * len(room.guests))
            why += f"; about {missing} of {len(room.guests)} won't come, so a seat may come free"
    waiting = tuple(Waiting(guest.id, f"{guest.called} waits: {why}.") for guest in late)
    return tuple(guest for guest in room.guests if guest.id in seated), waiting


def tables_to_fill(tables: list[Table], people: float, registered: int) -> int:
    """Returns how many of the tables the people expected fill, with a seat for all registered."""
    count = min(filled_tables(fill_of(tables), people), len(tables))
    while sum(table.seats for table in tables[:count]) < registered and count < len(tables):
        count += 1
    return count


def _with_tables(room: Room, no_show: float, seed: int, wanted: int | None) -> Room:
    """The room with the tables that should be used, the others closed.

    A minimum counts people who come, so the plan asks for more. With nobody missing, one table more
    and one less are tried in a quick search.
    """
    pins = {guest.pin for guest in room.guests if guest.pin is not None}
    steps = any(guest.step_free for guest in room.guests)
    usable = [table for table in room.tables if table.open and table.seats]
    usable.sort(key=lambda t: (t.number not in pins, not (steps and t.step_free), not t.host))
    registered = len(room.guests)
    if wanted is not None:
        return _using(room, usable[:wanted], no_show, registered // max(wanted, 1))
    count = tables_to_fill(usable, registered * (1 - no_show), registered)
    counts = [count]
    if room.kind is Kind.MIX or not no_show:
        fewest = next(
            k for k in range(1, len(usable) + 1) if sum(t.seats for t in usable[:k]) >= registered
        )
        counts = [k for k in (count, count + 1, count - 1) if fewest <= k <= len(usable)]
    options = [_using(room, usable[:k], no_show, room.largest) for k in counts]
    if len(options) == 1:
        return options[0]
    found = [best_of(improve(option, None, Effort.QUICK, seed)).rank for option in options]
    return options[found.index(min(found))]


def _using(room: Room, tables: list[Table], no_show: float, most: int) -> Room:
    """The room with these tables open; none asks for more than `most` people."""
    numbers = {table.number for table in tables}
    asked = tuple(
        changed(
            table,
            open=table.number in numbers,
            minimum=min(table.seats, most, ceil(table.minimum / max(1 - no_show, 0.2))),
        )
        for table in room.tables
    )
    return changed(room, tables=asked)


def _opened(room: Room, seating: dict[str, int]) -> dict[str, int]:
    """The seating with a territory at each open table that the search had left empty.

    The one whose move costs least goes there; a table stays empty where none can without breaking
    a rule.
    """
    live = LiveSeating(room, seating)
    for j, table in enumerate(live.tables):
        if not table.open or not table.seats or live.people[j]:
            continue
        hard, found = live.hard, []
        for k, homes in enumerate(live.homes):
            for home in list(homes) if len(homes) > 1 else ():
                step = [(i, j) for i in live.block(home, k)]
                total = live.shift(step)
                if live.hard <= hard:
                    found.append((total, step))
                live.undo()
        if found:
            live.shift(min(found)[1])
            live.forget()
    return live.seating()


def _parted(room: Room) -> Room:
    """The room with each territory larger than a table renamed into its parts."""
    if room.kind is Kind.MIX:
        return room
    part_of: dict[str, str] = {}
    homes: dict[str, int] = {}
    for block in blocks_of(room, room.largest):
        home = block[0][0].home
        homes[home] = homes.get(home, 0) + 1
        for unit in block:
            for guest in unit:
                if guest.home == home:
                    part_of[guest.id] = f"{home}\0{homes[home]}"
    guests = tuple(
        changed(guest, territory=part_of[guest.id])
        if homes.get(guest.home, 0) > 1 and guest.id in part_of
        else guest
        for guest in room.guests
    )
    return changed(room, guests=guests)
