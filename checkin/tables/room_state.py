"""The room while the doors are open: who sits where, who is still due, and what that lets expect.

`RoomState` is built from a seating and kept up to date by `seat` and `leave`; `arrival.py` asks it.
It counts, holds and forecasts, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from checkin.tables.forecast import expected_more
from checkin.tables.room import SIDES, Guest, Room, Seating, Side, Table, filled_tables
from checkin.tables.tongues import Tongues

SURE = 0.7
"""The chance that people due come when others of their side of the territory have come."""

PAIR_CHANCE = 0.3
"""People of a territory expected at least, to hold a chair for the side that is missing."""


class Place:
    """One table while the doors are open: who sits there, counted as the rules need it."""

    __slots__ = ("free", "homes", "people", "sides", "table", "tongues")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.free = table.seats
        self.people: dict[str, Guest] = {}
        self.homes: dict[str, int] = {}
        self.sides: dict[Side, int] = {}
        self.tongues: dict[int, int] = {}


class RoomState:
    """The room at the door: who sits where, who is still due, and the plan.

    `due` are the registered people who haven't come; `plan` is the accepted plan over the
    registrations (advice; may be empty). `still_expected` is how many of those due will come;
    without it that is forecast from those who came and, if it is told, from `in_by_now`: the share
    of all arrivals that is usually in by now (`forecast.usual_share`).
    """

    def __init__(
        self,
        room: Room,
        seating: Seating,
        due: Iterable[Guest] = (),
        plan: Seating | None = None,
        no_show: float = 0.28,
        still_expected: float | None = None,
        in_by_now: float | None = None,
    ) -> None:
        self.room = room
        self.plan = plan or {}
        self.places = {table.number: Place(table) for table in room.tables}
        self.where: dict[str, int] = {}
        self.tongues = Tongues()
        self.due = {guest.id: guest for guest in due}
        self._due_groups: dict[tuple[str, Side], int] = {}
        for guest in self.due.values():
            _count(self._due_groups, (guest.home, guest.side), 1)
        self._came_groups: set[tuple[str, Side]] = set()
        self.seats_of_home: dict[str, dict[int, int]] = {}
        self._no_show = no_show
        self._pins_due = {id: g.pin for id, g in self.due.items() if g.pin is not None}
        self._told_expected = still_expected
        self.in_by_now = in_by_now
        self.partners = _links(room.together)
        self.rivals = _links(room.apart)
        self.step_free_binds = any(table.step_free and table.open for table in room.tables)
        for guest in room.guests:
            if guest.id in seating:
                self.seat(guest, seating[guest.id])
        self._registered = len(self.where) + len(self.due)

    def seat(self, guest: Guest, number: int) -> None:
        """Takes note that a guest sits at a table now; who was due is due no longer."""
        self.leave(guest.id)
        self._came_groups.add((guest.home, guest.side))
        if self.due.pop(guest.id, None) is not None:
            _count(self._due_groups, (guest.home, guest.side), -1)
            self._pins_due.pop(guest.id, None)
        place = self.places.get(number)
        if place is None:
            return
        self.where[guest.id] = number
        place.people[guest.id] = guest
        place.free -= 1
        _count(place.homes, guest.home, 1)
        _count(place.sides, guest.side, 1)
        _count(place.tongues, self.tongues.mask(guest.spoken), 1)
        _count(self.seats_of_home.setdefault(guest.home, {}), number, 1)

    def leave(self, guest_id: str) -> None:
        """Takes note that a guest's chair is free again; nothing happens if they had none."""
        number = self.where.pop(guest_id, None)
        if number is None:
            return
        place = self.places[number]
        guest = place.people.pop(guest_id)
        place.free += 1
        _count(place.homes, guest.home, -1)
        _count(place.sides, guest.side, -1)
        _count(place.tongues, self.tongues.mask(guest.spoken), -1)
        _count(self.seats_of_home[guest.home], number, -1)

    @property
    def still_expected(self) -> float:
        """How many of those due will come."""
        if self._told_expected is not None:
            return min(self._told_expected, len(self.due))
        came = self._registered - len(self.due)
        more = expected_more(self._registered, self._no_show, came, self.in_by_now)
        return min(more, len(self.due))

    def coming(self, guest: Guest) -> dict[str, float]:
        """Returns how many of each territory's people due will come, once this guest is here.

        People of one side of a territory come or stay away together: where one has come, the others
        nearly surely do; the rest of those still expected is spread over the other people due.
        """
        started = self._came_groups | {(guest.home, guest.side)}
        due = {group: n for group, n in self._due_groups.items() if n}
        if guest.id in self.due:
            due[guest.home, guest.side] -= 1
        sure = sum(n for group, n in due.items() if group in started)
        others = sum(due.values()) - sure
        rest = (self.still_expected - SURE * sure) / others if others else 0.0
        rest = min(max(rest, 0.05), 1 - self._no_show)
        coming: dict[str, float] = {}
        for group, n in due.items():
            chance = SURE if group in started else rest
            coming[group[0]] = coming.get(group[0], 0.0) + n * chance
        return coming

    @property
    def in_use(self) -> int:
        """Tables that hold somebody."""
        return sum(1 for place in self.places.values() if place.people)

    @property
    def budget(self) -> int:
        """How many tables the people here and still expected can fill."""
        tables = [place.table for place in self.places.values() if place.table.open]
        return filled_tables(tables, len(self.where) + self.still_expected + 1)

    def held(self, own: str, coming: dict[str, float]) -> dict[int, float]:
        """Chairs held at each table for people due: their territory sits there, or their pin is.

        Those of the territory `own` are left out: it is one of them who asks.
        """
        held: dict[int, float] = {}
        for home, due in coming.items():
            seats = self.seats_of_home.get(home)
            if home != own and seats:
                number = max(seats, key=lambda table: (seats[table], -table))
                if due >= PAIR_CHANCE and self._waits_for_counterpart(home):
                    due = max(due, 1.0)
                held[number] = held.get(number, 0.0) + due
        for pin in self._pins_due.values():
            held[pin] = held.get(pin, 0.0) + 1
        return held

    def _waits_for_counterpart(self, home: str) -> bool:
        """Whether one side of a territory has come and the other is due."""
        came = [(home, side) in self._came_groups for side in SIDES]
        due = [self._due_groups.get((home, side), 0) > 0 for side in SIDES]
        return came[0] != came[1] and due[came.index(False)]

    def lacking(self, held: dict[int, float], share: float) -> dict[int, float]:
        """Returns how many people each table in use lacks; `share` of a held chair is taken."""
        lacking = {}
        for number, place in self.places.items():
            if place.people and place.table.open:
                missing = place.table.minimum - len(place.people) - share * held.get(number, 0.0)
                if missing > 0:
                    lacking[number] = missing
        return lacking

    def kept_for_minorities(self, mask: int) -> set[int]:
        """Tables whose last free chair is kept for walk-ins of a minority language.

        A minority language is one that somebody here needs, because they don't speak the event's
        first language. One chair is kept among the tables where it is spoken, for those who need
        it.
        """
        main = self.tongues.mask(self.room.languages[:1])
        needed = 0
        for place in self.places.values():
            for tongue in place.tongues:
                if not tongue & main:
                    needed |= tongue
        kept = set()
        if not mask & main:
            needed &= ~mask
        while needed:
            language = needed & -needed
            needed ^= language
            chairs = [
                place
                for place in self.places.values()
                if place.table.open and place.free > 0 and any(t & language for t in place.tongues)
            ]
            if sum(place.free for place in chairs) == 1:
                kept.add(chairs[0].table.number)
        return kept


def _links(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """Returns, for each id, the ids it is paired with."""
    links: dict[str, list[str]] = {}
    for one, other in pairs:
        links.setdefault(one, []).append(other)
        links.setdefault(other, []).append(one)
    return links


def _count(counts: dict, key: object, step: int) -> None:  # type: ignore[type-arg]
    """Counts up or down; keys at zero are dropped, so that only what is there is looped over."""
    left = counts.get(key, 0) + step
    if left:
        counts[key] = left
    else:
        del counts[key]
