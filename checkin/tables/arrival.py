"""Where somebody who arrives now should sit, told at once and in one sentence.

`arrival_seat` answers from the plan and the room as it is: beside one's own territory, else where
planned, else the best place by the score without `short`. It opens no more tables than the
people still expected can fill, holds chairs for counterparts still due, and keeps a chair at a
table of each minority language. It moves nobody and writes nothing; `RoomState` is the room it
looks at, built from a seating and kept up to date by `seat` and `leave`.
"""

from __future__ import annotations

from collections.abc import Iterable

from checkin.tables.room import Guest, Room, Seating, Side, Table, Weights, filled_tables
from checkin.tables.tongues import Tongues, language_points
from checkin.tables.values import value


@value(frozen=True, slots=True)
class ArrivalSeat:
    """The answer: a table's number, or None when nobody can be seated, and one sentence why."""

    table: int | None
    reason: str


class _Place:
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
    registrations (advice; may be empty). `still_expected` is how many of those due will come; the
    default is the registrations less the share of no-shows less those who came.
    """

    def __init__(
        self,
        room: Room,
        seating: Seating,
        due: Iterable[Guest] = (),
        plan: Seating | None = None,
        no_show: float = 0.28,
        still_expected: float | None = None,
    ) -> None:
        self.room = room
        self.plan = plan or {}
        self.places = {table.number: _Place(table) for table in room.tables}
        self.where: dict[str, int] = {}
        self.tongues = Tongues()
        self.due = {guest.id: guest for guest in due}
        self.due_homes: dict[str, int] = {}
        for guest in self.due.values():
            self.due_homes[guest.home] = self.due_homes.get(guest.home, 0) + 1
        self.seats_of_home: dict[str, dict[int, int]] = {}
        self._no_show = no_show
        self._told_expected = still_expected
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
        if self.due.pop(guest.id, None) is not None:
            self.due_homes[guest.home] -= 1
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
        coming = self._registered * (1 - self._no_show) - (self._registered - len(self.due))
        return min(max(coming, 0.1 * len(self.due)), float(len(self.due)))


def arrival_seat(state: RoomState, guest: Guest) -> ArrivalSeat:
    """Returns the table for a guest who arrives now and sits nowhere yet, and why there.

    A hard rule is never broken for a better place: who is pinned to a full table gets None.
    """
    if guest.pin is not None:
        return _pinned(state, guest)
    places = [place for place in state.places.values() if _allowed(state, guest, place)]
    if not places:
        return ArrivalSeat(None, _why_none(state, guest))
    partner = _beside_partner(state, guest, places)
    if partner is not None:
        return partner
    door = _Door(state, guest, places)
    return door.beside_counterpart() or door.as_planned() or door.best()


class _Door:
    """One arrival: the places that are allowed, and the three ways of choosing one."""

    def __init__(self, state: RoomState, guest: Guest, places: list[_Place]) -> None:
        self.state = state
        self.guest = guest
        self.weights = state.room.weights
        self.mask = state.tongues.mask(guest.spoken)
        self.mates_due = state.due_homes.get(guest.home, 0) - (guest.id in state.due)
        self.held = _held(state, guest)
        self.in_use = sum(1 for place in state.places.values() if place.people)
        self.budget = _budget(state)
        self.kept = _kept_for_minorities(state, self.mask)
        self.fitting = [place for place in places if self.room_at(place) > 0] or places
        opened = [place for place in self.fitting if place.people]
        may_open = self.in_use < self.budget or not any(self.fits(place) for place in opened)
        closed = [place for place in self.fitting if not place.people]
        self.may_open = closed if may_open else []
        self.choice = opened + self.may_open or self.fitting

    def room_at(self, place: _Place) -> int:
        """Free chairs here that aren't held for others."""
        number = place.table.number
        return place.free - self.held.get(number, 0) - (number in self.kept)

    def fits(self, place: _Place) -> bool:
        """Whether the guest's whole territory still due would find chairs here too."""
        return self.room_at(place) >= 1 + self.mates_due

    def beside_counterpart(self) -> ArrivalSeat | None:
        """A chair beside one's own territory, unless it would make strangers."""
        seated = self.state.seats_of_home.get(self.guest.home, {})
        places = [p for p in self.state.places.values() if p.table.number in seated]
        near = [p for p in places if _allowed(self.state, self.guest, p)]
        near = [p for p in near if self.language_change(p) < self.weights.strangers]
        if not near:
            return None
        best = min(near, key=self.rank_near)
        there = [p for p in best.people.values() if p.home == self.guest.home]
        other = next((p for p in there if p.side is not self.guest.side), there[0])
        say = f"{other.called} of {self.guest.territory} sits there."
        return ArrivalSeat(best.table.number, say)

    def rank_near(self, place: _Place) -> tuple[bool, bool, int, int]:
        """Lower is better: chairs not held, tables without this side, more of the territory."""
        has_side = any(
            p.home == self.guest.home and p.side is self.guest.side for p in place.people.values()
        )
        held = self.room_at(place) < 1
        return (held, has_side, -place.homes[self.guest.home], place.table.number)

    def as_planned(self) -> ArrivalSeat | None:
        """The planned table, if it may be opened and has chairs for the whole territory."""
        number = self.state.plan.get(self.guest.id)
        for place in self.choice:
            if place.table.number == number and self.fits(place):
                if self.language_change(place) >= self.weights.strangers:
                    return None
                return ArrivalSeat(number, "It is the table planned for this person.")
        return None

    def best(self) -> ArrivalSeat:
        """The best place by the score without `short`; ties go to where people are needed."""
        best = min(self.choice, key=self.rank)
        return ArrivalSeat(best.table.number, self.reason(best))

    def rank(self, place: _Place) -> tuple[int, int, int, int, int]:
        """Lower is better: points, the whole territory fits, tables that still need people."""
        load = place.table.seats - self.room_at(place)
        wanting = load < place.table.minimum
        return (
            self.points(place) + (0 if self.fits(place) else self.weights.split),
            0 if place.people and wanting else 1,
            -load if wanting else load,
            -self.room_at(place),
            place.table.number,
        )

    def points(self, place: _Place) -> int:
        """The score's change at this table, without `short`."""
        return self.language_change(place) + (
            self.weights.host if not place.people and self.lacks_host(place) else 0
        )

    def lacks_host(self, place: _Place) -> bool:
        return self.state.room.names_hosts and not place.table.host

    def language_change(self, place: _Place) -> int:
        """Points of the table's language with the guest, less those without."""
        return _language_change(place, self.mask, self.weights)

    def reason(self, place: _Place) -> str:
        """One sentence for the best place."""
        change = self.language_change(place)
        spoken = ", ".join(self.guest.spoken)
        if place.people and change >= self.weights.strangers:
            if any(self.mask & tongue for p in self.state.places.values() for tongue in p.tongues):
                return f"The tables that speak {spoken} are full; this is the best free chair."
            return f"Nobody here shares a language ({spoken}); this table has the best free chair."
        if not place.people:
            return "It is a new table, opened for those still expected."
        if change:
            return f"It is the best free chair; a neighbour there can whisper in {spoken}."
        if place.table.seats - place.free < place.table.minimum:
            return "It speaks a common language and still needs people."
        return "It has a free chair and a common language."


def _language_change(place: _Place, mask: int, weights: Weights) -> int:
    before = language_points(place.tongues, weights.strangers, weights.whisper)
    after = dict(place.tongues)
    after[mask] = after.get(mask, 0) + 1
    return language_points(after, weights.strangers, weights.whisper) - before


def _allowed(state: RoomState, guest: Guest, place: _Place) -> bool:
    """Whether the hard rules let the guest sit here."""
    if not place.table.open or place.free < 1:
        return False
    if guest.step_free and state.step_free_binds and not place.table.step_free:
        return False
    return not any(id in place.people for id in state.rivals.get(guest.id, ()))


def _pinned(state: RoomState, guest: Guest) -> ArrivalSeat:
    """The pinned table, or nothing and why."""
    place = state.places.get(guest.pin if guest.pin is not None else -1)
    if place is not None and _allowed(state, guest, place):
        return ArrivalSeat(guest.pin, "The organiser pinned this person to the table.")
    say = f"The table pinned for this person, {guest.pin}, can't take them; ask a facilitator."
    return ArrivalSeat(None, say)


def _why_none(state: RoomState, guest: Guest) -> str:
    """Why no table can take the guest."""
    free = [place for place in state.places.values() if place.table.open and place.free > 0]
    if not free:
        return "Every chair at every open table is taken; open a table or ask them to wait."
    if guest.step_free and not any(place.table.step_free for place in free):
        return "No step-free chair is free; ask a facilitator to make room."
    return "Every free chair is beside somebody they are to sit apart from; ask a facilitator."


def _beside_partner(state: RoomState, guest: Guest, places: list[_Place]) -> ArrivalSeat | None:
    """The table of somebody the guest is to sit together with; None when no such person sits yet.

    When the partner's table is full the wish can't be kept at the door, and the reason says so.
    """
    for id in state.partners.get(guest.id, ()):
        number = state.where.get(id)
        if number is None:
            continue
        partner = state.places[number].people[id]
        if any(place.table.number == number for place in places):
            return ArrivalSeat(number, f"They are to sit together with {partner.called}.")
        rest = _Door(state, guest, places).best()
        say = f"Table {number}, with {partner.called}, can't take them: {_lower(rest.reason)}"
        return ArrivalSeat(rest.table, say)
    return None


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _held(state: RoomState, guest: Guest) -> dict[int, int]:
    """Chairs held at each table for people due of the territories (and wishes) that sit there."""
    held: dict[int, int] = {}
    for home, due in state.due_homes.items():
        if due <= 0 or home == guest.home:
            continue
        seats = state.seats_of_home.get(home)
        if seats:
            number = max(seats, key=lambda table: (seats[table], -table))
            held[number] = held.get(number, 0) + due
    for other in state.due.values():
        if other.pin is not None and other.home != guest.home:
            held[other.pin] = held.get(other.pin, 0) + 1
    return held


def _budget(state: RoomState) -> int:
    """How many tables the people here and still expected can fill."""
    tables = [place.table for place in state.places.values() if place.table.open]
    if not tables:
        return 0
    return filled_tables(tables, len(state.where) + state.still_expected + 1)


def _kept_for_minorities(state: RoomState, mask: int) -> set[int]:
    """Tables whose last free chair is kept for walk-ins of a minority language.

    A minority language is one that somebody here needs, because they don't speak the event's first
    language. One chair is kept among the tables where it is spoken, for those who need it.
    """
    main = state.tongues.mask(state.room.languages[:1])
    needed = 0
    for place in state.places.values():
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
            for place in state.places.values()
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
