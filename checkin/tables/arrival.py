"""Where somebody who arrives now should sit, told at once and in one sentence.

`arrival_seat` answers from the plan and the room as it is: beside one's own territory, else where
planned, else the best place by the score without `short`. It opens no more tables than the
people still expected can fill, holds chairs for counterparts still due, and keeps a chair at a
table of each minority language. It moves nobody and writes nothing; `RoomState` is the room it
looks at, built from a seating and kept up to date by `seat` and `leave`.
"""

from __future__ import annotations

from checkin.tables.room import Guest, Weights
from checkin.tables.room_state import Place, RoomState
from checkin.tables.tongues import language_points
from checkin.tables.values import value

__all__ = ["ArrivalSeat", "RoomState", "arrival_seat"]

STEER = 0.85
"""Share of those still free to choose from which on they go to short tables, before the plan."""

HELD_COUNTS = 0.2
"""How much a held chair counts against a table's shortage when people are sent to short tables."""

OPENS = 0.85
"""Share of those still free to choose that all tables may lack when a new one opens."""


@value(frozen=True, slots=True)
class ArrivalSeat:
    """The answer: a table's number, or None when nobody can be seated, and one sentence why."""

    table: int | None
    reason: str


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

    def __init__(self, state: RoomState, guest: Guest, places: list[Place]) -> None:
        self.state = state
        self.guest = guest
        self.weights = state.room.weights
        self.mask = state.tongues.mask(guest.spoken)
        coming = state.coming(guest)
        self.mates = coming.pop(guest.home, 0.0)
        self.held = state.held(guest.home, coming)
        self.expected = sum(n for home, n in coming.items() if not state.seats_of_home.get(home))
        self.kept = state.kept_for_minorities(self.mask)
        self.choice = self._choice(places)
        strangers = self.weights.strangers
        if all(self.language_change(place) >= strangers for place in self.choice):
            self.choice = places

    def _choice(self, places: list[Place]) -> list[Place]:
        """The places to choose from: tables in use, and others while they can still be filled.

        When those still expected hardly suffice to fill the tables in use, the short ones come
        first. When every free chair is held, a table is opened if it can be filled, else the
        holding ends.
        """
        opened = [place for place in places if place.people]
        closed = [place for place in places if not place.people]
        unheld = [place for place in opened if self.room_at(place) > 0]
        self.wanted = self.state.lacking(self.held, HELD_COUNTS)
        short = [place for place in unheld if place.table.number in self.wanted]
        short = [place for place in short if self.language_change(place) < self.weights.strangers]
        group = 1 + self.mates
        if short and sum(self.wanted.values()) >= STEER * (self.expected + group):
            return short
        fillable = []
        if self.state.in_use < self.state.budget:
            lacking = sum(self.state.lacking(self.held, 1.0).values())
            spare = OPENS * self.expected - lacking
            fillable = [p for p in closed if not opened or p.table.minimum - group <= spare]
        return unheld + fillable or opened or closed

    def room_at(self, place: Place) -> int:
        """Free chairs here that aren't held for others."""
        number = place.table.number
        return place.free - round(self.held.get(number, 0.0)) - (number in self.kept)

    def fits(self, place: Place) -> bool:
        """Whether the guest's whole territory still due would find chairs here too."""
        return self.room_at(place) >= 1 + round(self.mates)

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

    def rank_near(self, place: Place) -> tuple[bool, bool, int, int]:
        """Lower is better: chairs not held, tables without this side, more of the territory."""
        has_side = any(
            p.home == self.guest.home and p.side is self.guest.side for p in place.people.values()
        )
        held = self.room_at(place) < 1
        return (held, has_side, -place.homes[self.guest.home], place.table.number)

    def as_planned(self) -> ArrivalSeat | None:
        """The planned table, if it may be used and has chairs for the whole territory.

        The plan is advice: a table that has its minimum gives way to one that hasn't.
        """
        number = self.state.plan.get(self.guest.id)
        planned = [p for p in self.choice if p.table.number == number and self.fits(p)]
        if not planned or self.language_change(planned[0]) >= self.weights.strangers:
            return None
        if planned[0].people and number not in self.wanted:
            starving = [p for p in self.choice if p.table.number in self.wanted and self.fits(p)]
            if any(self.language_change(place) <= 0 for place in starving):
                return None
        return ArrivalSeat(number, "It is the table planned for this person.")

    def best(self) -> ArrivalSeat:
        """The best place by the score without `short`; ties go to where people are needed."""
        best = min(self.choice, key=self.rank)
        return ArrivalSeat(best.table.number, self.reason(best))

    def rank(self, place: Place) -> tuple[int, int, int, int, int]:
        """Lower is better: points, the whole territory fits, tables that still need people."""
        load = place.table.seats - self.room_at(place)
        number = place.table.number
        turn = 0 if number in self.wanted else 1 if not place.people else 2
        return (
            self.points(place) + (0 if self.fits(place) else self.weights.split),
            turn,
            -round(10 * self.wanted.get(number, 0.0)),
            load,
            number,
        )

    def points(self, place: Place) -> int:
        """The score's change at this table, without `short`."""
        return self.language_change(place) + (
            self.weights.host if not place.people and self.lacks_host(place) else 0
        )

    def lacks_host(self, place: Place) -> bool:
        return self.state.room.names_hosts and not place.table.host

    def language_change(self, place: Place) -> int:
        """Points of the table's language with the guest, less those without."""
        return _language_change(place, self.mask, self.weights)

    def reason(self, place: Place) -> str:
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


def _language_change(place: Place, mask: int, weights: Weights) -> int:
    before = language_points(place.tongues, weights.strangers, weights.whisper)
    after = dict(place.tongues)
    after[mask] = after.get(mask, 0) + 1
    return language_points(after, weights.strangers, weights.whisper) - before


def _allowed(state: RoomState, guest: Guest, place: Place) -> bool:
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


def _beside_partner(state: RoomState, guest: Guest, places: list[Place]) -> ArrivalSeat | None:
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
