"""Where somebody who arrives now should sit, told at once and in one sentence.

`arrival_seat` answers from the plan and the room as it is: beside one's own territory, else where
planned, else the best place by the score without `short`. It opens no more tables than the
people still expected can fill, holds chairs for counterparts still due, and keeps a chair at a
table of each minority language. It moves nobody and writes nothing; `RoomState` is the room it
looks at, built from a seating and kept up to date; `Outlook` is what those due let expect.
"""

from __future__ import annotations

from checkin.tables.outlook import Outlook, lacking
from checkin.tables.room import Guest
from checkin.tables.room_state import Place, RoomState
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
    """The answer: a table's number, or None when nobody can be seated, and one sentence why.

    `unnamed` is the sentence with ids in braces, and `{territory}`, in the place of people's names
    and their territory's; it is empty where the sentence names nobody.
    """

    table: int | None
    reason: str
    unnamed: str = ""


def arrival_seat(state: RoomState, guest: Guest, planned: int | None = None) -> ArrivalSeat:
    """Returns the table for a guest who arrives now and sits nowhere yet, and why there.

    `planned` overrules the table that the plan has for them. A hard rule is never broken for a
    better place: who is pinned to a full table gets None.
    """
    if guest.pin is not None:
        return _pinned(state, guest)
    places = _allowed_places(state, guest)
    if not places:
        return ArrivalSeat(None, _why_none(state, guest))
    partner = _beside_partner(state, guest, places)
    if partner is not None:
        return partner
    door = _Door(state, guest, places)
    return door.beside_counterpart() or door.as_planned(planned) or door.best()


class _Door:
    """One arrival: the places that are allowed, and the three ways of choosing one."""

    # fmt: off
    __slots__ = ("_choice", "_spare", "guest", "kept", "mask", "outlook", "party", "places",
                 "state", "wanted", "weights")
    # fmt: on

    def __init__(self, state: RoomState, guest: Guest, places: list[Place]) -> None:
        self.state = state
        self.guest = guest
        self.places = places
        self.weights = state.room.weights
        self.mask = state.tongues.mask(guest.spoken)
        self.outlook = Outlook(state, guest)
        self.party = 1 + round(self.outlook.mates)
        self.kept = state.kept_for_minorities(self.mask)
        self.wanted: dict[int, float] = {}
        self._spare: dict[int, int] = {}
        self._choice: list[Place] = []

    def choice(self) -> list[Place]:
        """The places to choose from; all that are allowed when each of them makes strangers."""
        if not self._choice:
            choice = self._narrowed()
            strangers = self.weights.strangers
            every = all(self.language_change(place) >= strangers for place in choice)
            self._choice = self.places if every else choice
        return self._choice

    def _narrowed(self) -> list[Place]:
        """Tables in use, and others while they can still be filled.

        When those still expected hardly suffice to fill the tables in use, the short ones come
        first. When every free chair is held, a table is opened if it can be filled, else the
        holding ends.
        """
        outlook, spare = self.outlook, self._spare
        held = outlook.held(self.state.places.values())
        opened, closed, unheld = [], [], []
        for place in self.places:
            number = place.number
            spare[number] = place.free - round(held[number]) - (number in self.kept)
            if not place.people:
                closed.append(place)
            else:
                opened.append(place)
                if spare[number] > 0:
                    unheld.append(place)
        short = outlook.short()
        self.wanted = lacking(short, HELD_COUNTS)
        group = 1 + outlook.mates
        if short and sum(self.wanted.values()) >= STEER * (outlook.expected + group):
            starving = [place for place in unheld if place.number in self.wanted]
            strangers = self.weights.strangers
            starving = [place for place in starving if self.language_change(place) < strangers]
            if starving:
                return starving
        fillable = []
        if closed and self.state.in_use < self.state.budget(outlook.still_expected):
            left = OPENS * outlook.expected - sum(lacking(short, 1.0).values())
            fillable = [p for p in closed if not opened or p.table.minimum - group <= left]
        return unheld + fillable or opened or closed

    def room_at(self, place: Place) -> int:
        """Free chairs here that aren't held for others."""
        number = place.number
        if number not in self._spare:
            held = self.outlook.held((place,))[number]
            self._spare[number] = place.free - round(held) - (number in self.kept)
        return self._spare[number]

    def fits(self, place: Place) -> bool:
        """Whether the guest's whole territory still due would find chairs here too."""
        return self.room_at(place) >= self.party

    def beside_counterpart(self) -> ArrivalSeat | None:
        """A chair beside one's own territory, unless it would make strangers."""
        home = self.state.homes.get(self.guest.territory)
        if home is None or not home.seats:
            return None
        near = [place for place in self.places if place.number in home.seats]
        near = [place for place in near if self.language_change(place) < self.weights.strangers]
        if not near:
            return None
        best = min(near, key=self.rank_near) if len(near) > 1 else near[0]
        there = self.of_home(best)
        other = next((p for p in there if p.side is not self.guest.side), there[0])
        return ArrivalSeat(
            best.number,
            f"{other.called} of {self.guest.territory} sits there.",
            f"{{{other.id}}} of {{territory}} sits there.",
        )

    def of_home(self, place: Place) -> list[Guest]:
        """Those of the guest's own territory at a table, in the order in which they came."""
        territory = self.guest.territory
        return [guest for guest in place.people.values() if guest.territory == territory]

    def rank_near(self, place: Place) -> tuple[bool, bool, int, int]:
        """Lower is better: chairs not held, tables without this side, more of the territory."""
        there = self.of_home(place)
        has_side = any(guest.side is self.guest.side for guest in there)
        held = self.room_at(place) < 1
        return (held, has_side, -len(there), place.number)

    def as_planned(self, number: int | None) -> ArrivalSeat | None:
        """The planned table, if it may be used and has chairs for the whole territory.

        The plan is advice: a table that has its minimum gives way to one that hasn't.
        """
        number = self.state.plan.get(self.guest.id) if number is None else number
        if number is None:
            return None
        choice = self.choice()
        planned = [p for p in choice if p.number == number and self.fits(p)]
        if not planned or self.language_change(planned[0]) >= self.weights.strangers:
            return None
        if planned[0].people and number not in self.wanted:
            starving = [p for p in choice if p.number in self.wanted and self.fits(p)]
            if any(self.language_change(place) <= 0 for place in starving):
                return None
        return ArrivalSeat(number, "It is the table planned for this person.")

    def best(self) -> ArrivalSeat:
        """The best place by the score without `short`; ties go to where people are needed."""
        best = min(self.choice(), key=self.rank)
        return ArrivalSeat(best.number, self.reason(best))

    def rank(self, place: Place) -> tuple[int, int, int, int, int]:
        """Lower is better: points, the whole territory fits, tables that still need people.

        The points are the score's change at this table, without `short`.
        """
        spare = self._spare[place.number]
        points = self.language_change(place)
        if not place.people and self.lacks_host(place):
            points += self.weights.host
        if spare < self.party:
            points += self.weights.split
        lacks = self.wanted.get(place.number, 0.0)
        turn = 0 if lacks else 1 if not place.people else 2
        return (points, turn, -round(10 * lacks), place.table.seats - spare, place.number)

    def lacks_host(self, place: Place) -> bool:
        """Whether this event names hosts, and this table has none."""
        return self.state.names_hosts and not place.table.host

    def language_change(self, place: Place) -> int:
        """Points of the table's language with the guest, less those without."""
        weights = self.weights
        return place.language_change(self.mask, weights.strangers, weights.whisper)

    def reason(self, place: Place) -> str:
        """One sentence for the best place."""
        change = self.language_change(place)
        spoken = ", ".join(self.guest.spoken)
        if place.people and change >= self.weights.strangers:
            if any(self.mask & p.union for p in self.state.places.values()):
                return f"The tables that speak {spoken} are full; this is the best free chair."
            return f"Nobody here shares a language ({spoken}); this table has the best free chair."
        if not place.people:
            return "It is a new table, opened for those still expected."
        if change:
            return f"It is the best free chair; a neighbour there can whisper in {spoken}."
        if place.table.seats - place.free < place.table.minimum:
            return "It speaks a common language and still needs people."
        return "It has a free chair and a common language."


def _allowed_places(state: RoomState, guest: Guest) -> list[Place]:
    """The tables where the hard rules let the guest sit."""
    places = [place for place in state.places.values() if place.open and place.free > 0]
    if guest.step_free and state.step_free_binds:
        places = [place for place in places if place.table.step_free]
    rivals = state.rivals.get(guest.id)
    if rivals:
        beside = {state.where.get(id) for id in rivals}
        places = [place for place in places if place.number not in beside]
    return places


def _pinned(state: RoomState, guest: Guest) -> ArrivalSeat:
    """The pinned table, or nothing and why."""
    if any(place.number == guest.pin for place in _allowed_places(state, guest)):
        return ArrivalSeat(guest.pin, "The organiser pinned this person to the table.")
    say = f"The table pinned for this person, {guest.pin}, can't take them; ask a facilitator."
    return ArrivalSeat(None, say)


def _why_none(state: RoomState, guest: Guest) -> str:
    """Why no table can take the guest."""
    free = [place for place in state.places.values() if place.open and place.free > 0]
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
        if any(place.number == number for place in places):
            say = "They are to sit together with"
            return ArrivalSeat(number, f"{say} {partner.called}.", f"{say} {{{id}}}.")
        rest = _Door(state, guest, places).best()
        say, why = f"Table {number}, with", f"can't take them: {_lower(rest.reason)}"
        return ArrivalSeat(rest.table, f"{say} {partner.called}, {why}", f"{say} {{{id}}}, {why}")
    return None


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
