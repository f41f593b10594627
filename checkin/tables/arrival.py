"""Where somebody who arrives now should sit, told at once and in one sentence.

`arrival_seat` answers from the plan and the room as it is: beside one's own territory, else where
planned, else the best place by language, host and what is at stake (`Stakes`): chairs held for
counterparts still due, tables that those still expected can't fill. It keeps a chair at a table of
each minority language, and as long as there is another the chairs of people due who can sit
nowhere else (`KeptChairs`). It moves nobody and writes nothing; `RoomState` is the room it
looks at, built from a seating and kept up to date; `Outlook` is what those due let expect.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import add

from checkin.tables.outlook import Outlook
from checkin.tables.places import Place
from checkin.tables.prospects import Prospect
from checkin.tables.room import Guest
from checkin.tables.room_state import RoomState
from checkin.tables.stakes import Stakes
from checkin.tables.values import value

__all__ = ["ArrivalSeat", "RoomState", "arrival_seat"]

Rank = tuple[bool, int, float, int]

HALF = 0.5
"""What rounding to whole points takes away at most."""

NEAR = 1e-6
"""Points by which the least that a table costs may be off: it is reckoned in another way."""

ADVICE = 3
"""Points by which the planned table may be worse than the best one and is taken all the same."""


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
    kept = state.kept.without_chair_for(guest)
    if not kept and not _is_bound(state, guest):
        return _Door(state, guest, None).answer(planned)
    allowed = _allowed_places(state, guest)
    if not allowed:
        return ArrivalSeat(None, _why_none(state, guest))
    # Whoever is here wins over whoever may not come, where no other chair is left.
    places = [place for place in allowed if place.number not in kept] or allowed
    partner = _beside_partner(state, guest, places, kept)
    if partner is not None:
        return partner
    return _Door(state, guest, _for_partners_too(state, guest, places)).answer(planned)


class _Door:
    """One arrival: the tables that are allowed, and the three ways of choosing one.

    `allowed` are those that the hard rules leave; None is every table with a free chair. Of empty
    tables that are alike only the first is priced, of those in use only the ones whose least points
    can still win.
    """

    # fmt: off
    __slots__ = ("_alone", "_empty", "_language", "_least", "_stakes", "_taken", "allowed", "guest",
                 "mask", "state", "weights")
    # fmt: on

    def __init__(self, state: RoomState, guest: Guest, allowed: list[Place] | None) -> None:
        self.state = state
        self.guest = guest
        self.allowed = None if allowed is None else {place.number for place in allowed}
        self.weights = state.room.weights
        self.mask = state.tongues.mask(guest.spoken)
        self._alone: bool | None = None
        self._stakes: Stakes | None = None
        self._empty: list[Place] = []
        self._taken: list[Prospect] = []
        self._language: list[int] = []
        self._least: list[float] = []

    def answer(self, planned: int | None) -> ArrivalSeat:
        """The chair beside a counterpart, else the planned one, else the best."""
        beside = self.beside_counterpart()
        if beside is not None:
            return beside
        self.look_around()
        if not self._taken and not self._empty:
            return ArrivalSeat(None, _why_none(self.state, self.guest))
        return self.as_planned(planned) or self.best()

    def anywhere(self) -> ArrivalSeat:
        """The best place, whoever of the territory sits where, and whatever was planned."""
        self.look_around()
        return self.best()

    def allows(self, number: int | None) -> bool:
        """Whether the guest may sit at a table of that number."""
        place = self.state.places.get(number) if number is not None else None
        if place is None or not place.open or place.free <= 0:
            return False
        return self.allowed is None or number in self.allowed

    @property
    def stakes(self) -> Stakes:
        """What is at stake; asked for only by who doesn't simply sit beside their own."""
        if self._stakes is None:
            outlook = Outlook(self.state, self.guest)
            kept = self.state.kept_for_minorities(self.mask)
            self._stakes = Stakes(self.state, outlook, kept)
        return self._stakes

    @property
    def alone(self) -> bool:
        """Whether the guest is a stranger wherever they sit, and whoever of those due comes."""
        if self._alone is None:
            here = self.state.shared_here(self.mask)
            shared = here or self.state.shared_due(self.mask, self.guest.id)
            self._alone = not shared and self.weights.strangers > 0
        return self._alone

    def look_around(self) -> None:
        """Finds the tables to choose from: those in use, and one of each kind of empty ones."""
        stakes, places, allowed = self.stakes, self.state.places, self.allowed
        prospects, own = stakes.outlook.prospects, stakes.outlook.own
        taken = [at for at in prospects.at.values() if at.free > 0]
        alike: Iterable[list[int]] = prospects.empty.values()
        if allowed is not None:
            taken = [at for at in taken if at.number in allowed]
            alike = [[n for n in numbers if n in allowed] for numbers in alike]
        if own is not None:
            taken = [own if at.number == own.number else at for at in taken]
        first = [places[numbers[0]] for numbers in alike if numbers]
        self._empty = [place for place in first if place.free > 0]
        if taken and self._empty and self.alone:
            # Nobody would join them at a table of their own.
            self._empty = []
        self._taken = taken
        self._least = stakes.least(taken)
        if self.state.one_language(self.mask):
            self._language = [0] * len(taken)
        else:
            self._language = [self.language_change(at.place) for at in taken]
            self._least = list(map(add, self._least, self._language))

    def points(self, place: Place) -> float:
        """The score's change at this table without `short`, and what is at stake."""
        return self.language_change(place) + self.stakes.points(place) + self.hostless(place)

    def hostless(self, place: Place) -> int:
        """Points for opening a table that has no host."""
        opens = not place.people and self.state.names_hosts and not place.table.host
        return self.weights.host if opens else 0

    def makes_strangers(self, place: Place) -> bool:
        """Whether somebody at this table would be a stranger to its language."""
        return self._strange(self.language_change(place))

    def _strange(self, language: int) -> bool:
        # An organiser may count strangers as nothing; then nobody is one.
        return language >= max(self.weights.strangers, 1)

    def beside_counterpart(self) -> ArrivalSeat | None:
        """A chair beside one's own territory, unless it would make strangers."""
        home = self.state.homes.get(self.guest.territory)
        if home is None or not home.seats:
            return None
        near = [self.state.places[number] for number in home.seats if self.allows(number)]
        near = [place for place in near if not self.makes_strangers(place)]
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
        due, _ = self.stakes.outlook.due_at(place)
        held = place.free - round(due) - (place.number in self.stakes.kept) < 1
        return (held, has_side, -len(there), place.number)

    def as_planned(self, number: int | None) -> ArrivalSeat | None:
        """The planned table, if it is about as good as the best one: the plan is advice."""
        number = self.state.plan.get(self.guest.id) if number is None else number
        if number is None or not self.allows(number):
            return None
        planned = self.state.places[number]
        if self.makes_strangers(planned) or (not planned.people and not self._empty):
            # Empty tables are not looked at where they are no better than those in use.
            return None
        enough = self.points(planned) - ADVICE
        if any(self.points(place) < enough for place in self._empty):
            return None
        for at, language, least in zip(self._taken, self._language, self._least, strict=True):
            if least < enough + NEAR and language + self.stakes.points_at(at) < enough:
                return None
        return ArrivalSeat(number, "It is the table planned for this person.")

    def best(self) -> ArrivalSeat:
        """The place with the fewest points, without strangers or beside one's own language."""
        best = min([self.rank_empty(place) for place in self._empty], default=None)
        taken, language, least = self._taken, self._language, self._least
        if any(language):
            fit = [i for i, change in enumerate(language) if not self._strange(change)]
            if not fit and best is None:
                # A stranger to every table's language still shares one with somebody there.
                fit = [i for i, at in enumerate(taken) if self.mask & at.place.union]
            if fit or best is not None:
                taken, language = [taken[i] for i in fit], [language[i] for i in fit]
                least = [least[i] for i in fit]
        if taken:
            # The likeliest goes first: what can't beat it needn't be priced.
            likeliest = least.index(min(least))
            rank = self.rank(taken[likeliest], language[likeliest])
            best = rank if best is None else min(best, rank)
            enough = best[1] + HALF + NEAR
            for i in [i for i, points in enumerate(least) if points < enough]:
                at = taken[i]
                if i != likeliest and (
                    least[i] < best[1] - HALF + NEAR or (at.crowd, at.number) < best[2:]
                ):
                    best = min(best, self.rank(at, language[i]))
        assert best is not None
        place = self.state.places[best[3]]
        return ArrivalSeat(place.number, self.reason(place))

    def rank(self, at: Prospect, language: int) -> Rank:
        """Lower is better: no strangers, whole points, people there and due, the number."""
        points = round(language + self.stakes.points_at(at))
        return (self._strange(language), points, at.crowd, at.number)

    def rank_empty(self, place: Place) -> Rank:
        """The same of a table where nobody sits; whatever they speak, nobody is a stranger yet."""
        points = round(self.stakes.points_alone(place) + self.hostless(place))
        return (False, points, float(place.pins), place.number)

    def language_change(self, place: Place) -> int:
        """Points of the table's language with the guest, less those without."""
        weights = self.weights
        return place.language_change(self.mask, weights.strangers, weights.whisper)

    def reason(self, place: Place) -> str:
        """One sentence for the best place."""
        change = self.language_change(place)
        spoken = ", ".join(self.guest.spoken)
        if place.people and self._strange(change):
            if self.mask & place.union:
                known = self.state.tongues.names(self.mask & place.union)
                shared = ", ".join(each for each in self.guest.spoken if each in known)
                return f"It is the best free chair; a neighbour there speaks {shared}."
            theirs = [p for p in self.state.places.values() if self.mask & p.union]
            if any(p.open and p.free > 0 for p in theirs):
                return f"No chair where {spoken} is spoken can be given; this is the best free one."
            if theirs:
                return f"The tables that speak {spoken} are full; this is the best free chair."
            return f"Nobody here shares a language ({spoken}); this table has the best free chair."
        if not place.people:
            return self.reason_empty(spoken)
        if change:
            return f"It is the best free chair; a neighbour there can whisper in {spoken}."
        if place.table.seats - place.free < place.table.minimum:
            return "It speaks a common language and still needs people."
        return "It has a free chair and a common language."

    def reason_empty(self, spoken: str) -> str:
        """One sentence for an empty table; others are promised only if there are some."""
        if self.state.shared_due(self.mask, self.guest.id):
            return "You are the first at this table; others will join you."
        if self.alone:
            nobody = f"nobody here or still due shares a language ({spoken})."
            return f"You are the first at this table; {nobody}"
        return "You are the first at this table."


def _is_bound(state: RoomState, guest: Guest) -> bool:
    """Whether a hard rule keeps the guest from free chairs, or ties them to somebody."""
    return (
        (guest.step_free and state.step_free_binds)
        or guest.id in state.rivals
        or guest.id in state.partners
    )


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


def _for_partners_too(state: RoomState, guest: Guest, places: list[Place]) -> list[Place]:
    """The tables where whoever is due and to sit together with the guest may sit as well.

    All of them when there is none such: the wish is kept no worse than if nobody had thought of it.
    """
    found = places
    for id in state.partners.get(guest.id, ()):
        partner = state.due.get(id)
        if partner is None:
            continue
        if partner.pin is not None:
            found = [place for place in found if place.number == partner.pin]
        elif partner.step_free and state.step_free_binds:
            found = [place for place in found if place.table.step_free]
        found = [place for place in found if state.kept.leave_two(place, guest, partner)]
    return found or places


def _pinned(state: RoomState, guest: Guest) -> ArrivalSeat:
    """The pinned table, or nothing and why."""
    if any(place.number == guest.pin for place in _allowed_places(state, guest)):
        return ArrivalSeat(guest.pin, "The organiser pinned this person to the table.")
    say = f"The table pinned for this person, {guest.pin}, can't take them; ask a facilitator."
    return ArrivalSeat(None, say)


def _why_none(state: RoomState, guest: Guest) -> str:
    """Why no table can take the guest."""
    free = [place for place in state.places.values() if place.open and place.free > 0]
    if not any(place.open for place in state.places.values()):
        return "No table is open; open one or ask them to wait."
    if not free:
        return "Every chair at every open table is taken; open a table or ask them to wait."
    if guest.step_free and not any(place.table.step_free for place in free):
        return "No step-free chair is free; ask a facilitator to make room."
    return "Every free chair is beside somebody they are to sit apart from; ask a facilitator."


def _beside_partner(
    state: RoomState, guest: Guest, places: list[Place], kept: set[int]
) -> ArrivalSeat | None:
    """The table of somebody the guest is to sit together with; None when no such person sits yet.

    When the partner's table is full, or its chairs are `kept`, the wish can't be kept at the door,
    and the reason says so.
    """
    for id in state.partners.get(guest.id, ()):
        number = state.where.get(id)
        if number is None:
            continue
        partner = state.places[number].people[id]
        if any(place.number == number for place in places):
            say = "To sit with"
            return ArrivalSeat(number, f"{say} {partner.called}.", f"{say} {{{id}}}.")
        rest = _Door(state, guest, places).anywhere()
        held = number in kept and state.places[number].free > 0
        which = "keeps its chairs for people still due" if held else "has no chair that suits"
        say, why = f"Table {number}, with", f"{which}. {rest.reason}"
        return ArrivalSeat(rest.table, f"{say} {partner.called}, {why}", f"{say} {{{id}}}, {why}")
    return None
