"""The plain way to find an arrival's table: every table priced anew, nothing kept, nothing skipped.

The reference that `checkin.tables.arrival` is held to. It shares the room's facts with it and how a
number is expected (`forecast`), and nothing of how tables are looked at, priced or left out.
"""

from __future__ import annotations

from math import erf, exp, pi, sqrt

from checkin.tables.arrival import ADVICE, ArrivalSeat
from checkin.tables.forecast import AWAY_ALONE, chance_later
from checkin.tables.places import PLACE_OF_SIDE, Awaited, Place
from checkin.tables.room import Guest, Table
from checkin.tables.room_state import RoomState
from checkin.tables.stakes import WAITING
from checkin.tables.tongues import language_points
from tests.tables.plain_kept import kept_places, leaves_two

ROOT_HALF = sqrt(0.5)
PEAK = 1 / sqrt(2 * pi)


def language_change(place: Place, mask: int, strangers: int, whisper: int) -> int:
    """Points of the table's language with one more who speaks `mask`, less those without."""
    after = dict(place.tongues)
    after[mask] = after.get(mask, 0) + 1
    before = language_points(place.tongues, strangers, whisper)
    return language_points(after, strangers, whisper) - before


class Outlook:
    """The people due once one guest is here, as means and variances of how many will come.

    `mates` are those of the guest's own territory, `free` those of territories that sit nowhere
    yet, who may be sent anywhere; `party` is how many of them come at once, on average.
    """

    # fmt: off
    __slots__ = ("_home", "_rest", "_sure", "free", "free_variance", "mates", "mates_variance",
                 "party")
    # fmt: on

    def __init__(self, state: RoomState, guest: Guest) -> None:
        self._home = home = state.homes.get(guest.territory) if guest.territory else None
        own = PLACE_OF_SIDE[guest.side]
        here = guest.id in state.due
        mine, nowhere = Awaited(), Awaited()
        nowhere.add(state.nowhere, 1)
        if home is not None:
            for side, due in enumerate(home.due):
                mine.count(due - (here and side == own), side == own or home.came[side] > 0)
            if home.main is None:
                nowhere.add(home.awaited, -1)
        elif here:
            nowhere.add_alone(-1)
        self._sure = chance_later(AWAY_ALONE, state.share_in)
        self._rest = chance_later(state.no_show, state.share_in)
        self.mates, self.mates_variance = self._coming(mine)
        self.free, self.free_variance = self._coming(nowhere)
        self.party = nowhere.others / nowhere.parties if nowhere.parties else 1.0

    def _coming(self, awaited: Awaited) -> tuple[float, float]:
        """Mean and variance of how many of the people due come."""
        sure, rest = self._sure, self._rest
        return (
            sure * awaited.sure + rest * awaited.others,
            sure * (1 - sure) * awaited.sure_squares + rest * (1 - rest) * awaited.others_squares,
        )

    def due_at(self, place: Place) -> tuple[float, float]:
        """Mean and variance of how many come for whom chairs are held at a table.

        Their territory sits there, or they are pinned to it. The guest's own territory is left
        out: it is one of them who asks.
        """
        awaited, home = place.awaited, self._home
        if not awaited.sure and not awaited.others:
            return float(place.pins), 0.0
        if home is not None and home.main == place.number:
            awaited = Awaited()
            awaited.add(place.awaited, 1)
            awaited.add(home.awaited, -1)
        mean, variance = self._coming(awaited)
        return mean + place.pins, variance


class Stakes:
    """The points at stake for one guest; `kept` are tables whose last chair is kept for others."""

    # fmt: off
    __slots__ = ("_as_before", "_due", "_known", "_lack", "_lacks", "_late", "_spare", "_spread",
                 "_waste", "free", "kept", "mates", "mates_variance", "outlook", "pair", "short")
    # fmt: on

    def __init__(self, state: RoomState, outlook: Outlook, kept: set[int]) -> None:
        weights = state.room.weights
        self.outlook = outlook
        self.kept = kept
        self.short = weights.short
        # Who finds no chair beside their counterpart leaves two people alone, one territory split
        # and, at each of two tables, a voice missing.
        self.pair = 2 * weights.alone + weights.split + 2 * weights.voice
        self.mates, self.mates_variance = outlook.mates, outlook.mates_variance
        # A table that lacks one gets a party; the rest of the party isn't there for other tables.
        self._waste = outlook.party - 1
        self._known: dict[tuple[float, ...], float] = {}
        self._due: dict[int, tuple[float, float]] = {}
        self._lacks: dict[int, float] = {}
        self._lack = self._spare = 0.0
        self.free = outlook.free
        variance = outlook.free_variance
        following: Table | None = None
        for place in state.places.values():
            if not place.open:
                continue
            if not place.people:
                following = following or place.table
                continue
            mean, spread = self._due[place.number] = outlook.due_at(place)
            self._spare += _more(place.free - mean, spread)
            self.free += _more(mean - place.free, spread)
            if place.short > 0:
                lack = self._lacking(place, mean, spread, 0)
                self._lacks[place.number] = lack
                self._lack += lack
                variance += spread
        self._spread = max(variance, state.variance)
        self._late = WAITING * self._opened_late(following) if following is not None else 0.0
        self._as_before = self.short * (_more(self._lack - self.free, self._spread) + self._late)

    def points(self, place: Place) -> float:
        """Returns the points to expect from seating the guest at a place."""
        due, spread = self.due_at(place)
        free = place.free - (place.number in self.kept)
        key = (len(place.people), free, place.table.minimum, due, spread)
        found = self._known.get(key)
        if found is None:
            found = self._crowding(place, due, spread, free) + self._shortage(place, due, spread)
            self._known[key] = found
        return found

    def due_at(self, place: Place) -> tuple[float, float]:
        """Mean and variance of the people due for whom chairs are held at a place."""
        return self._due.get(place.number) or self.outlook.due_at(place)

    def _crowding(self, place: Place, due: float, spread: float, free: int) -> float:
        """Points for people due who find no chair, more than without the guest."""
        more = _more(1 + self.mates + due - free, self.mates_variance + spread)
        return self.pair * (more - _more(due - free, spread) if place.people else more)

    def _shortage(self, place: Place, due: float, spread: float) -> float:
        """Points for seats under the minimum, wherever those free to choose will be sent."""
        before = self._lacks.get(place.number, 0.0)
        lack = self._lack - before
        if place.short > 1:
            lack += self._lacking(place, due + self.mates, spread + self.mates_variance, 1)
        elif place.people and not before:
            return self._as_before
        short = _more(lack - self.free, self._spread)
        return self.short * (short + self._late if place.people else short)

    def _opened_late(self, table: Table) -> float:
        """Seats under the minimum of a table opened when no chair is left at those in use."""
        full = max(self._spare - 1 - self.mates, 0.0)
        enough = full + table.minimum + self._waste
        # Nothing lacks when those free to choose find chairs, or are enough to fill the table too.
        without = (enough - full) * _below(self.free - full, self._spread)
        short = _more(enough - self.free, self._spread)
        return short - _more(full - self.free, self._spread) - without

    def _lacking(self, place: Place, due: float, spread: float, here: int) -> float:
        """People a table will lack, and those who can't go elsewhere because they fill it."""
        lack = _more(place.short - here - due, spread)
        return lack + self._waste * min(lack, 1.0)


def _more(mean: float, variance: float) -> float:
    """The mean of a normal number where it is above 0, counted as 0 below."""
    if mean * mean >= 36 * variance:
        return max(mean, 0.0)
    spread = sqrt(variance)
    z = mean / spread
    return mean * 0.5 * (1 + erf(z * ROOT_HALF)) + spread * exp(-z * z / 2) * PEAK


def _below(mean: float, variance: float) -> float:
    """The chance that a normal number is below 0."""
    if mean * mean >= 36 * variance:
        return float(mean < 0)
    return 0.5 * (1 - erf(mean / sqrt(2 * variance)))


def plain_arrival_seat(state: RoomState, guest: Guest, planned: int | None = None) -> ArrivalSeat:
    """Returns the table for a guest who arrives now and sits nowhere yet, and why there.

    `planned` overrules the table that the plan has for them. A hard rule is never broken for a
    better place: who is pinned to a full table gets None.
    """
    if guest.pin is not None:
        return _pinned(state, guest)
    allowed = _allowed_places(state, guest)
    if not allowed:
        return ArrivalSeat(None, _why_none(state, guest))
    kept = kept_places(state, guest)
    places = [place for place in allowed if place.number not in kept] or allowed
    partner = _beside_partner(state, guest, places, kept)
    if partner is not None:
        return partner
    door = _Door(state, guest, _for_partners_too(state, guest, places))
    return door.beside_counterpart() or door.as_planned(planned) or door.best()


class _Door:
    """One arrival: the places that are allowed, and the three ways of choosing one."""

    # fmt: off
    __slots__ = ("_stakes", "guest", "kept", "mask", "outlook", "places", "state", "weights")
    # fmt: on

    def __init__(self, state: RoomState, guest: Guest, places: list[Place]) -> None:
        self.state = state
        self.guest = guest
        self.places = places
        self.weights = state.room.weights
        self.mask = state.tongues.mask(guest.spoken)
        self.outlook = Outlook(state, guest)
        self.kept = state.kept_for_minorities(self.mask)
        self._stakes: Stakes | None = None

    @property
    def stakes(self) -> Stakes:
        """What is at stake; asked for only by who doesn't sit beside their own."""
        if self._stakes is None:
            self._stakes = Stakes(self.state, self.outlook, self.kept)
        return self._stakes

    def points(self, place: Place) -> float:
        """The score's change at this table without `short`, and what is at stake."""
        return self._points(place, self.language_change(place))

    def _points(self, place: Place, language: int) -> float:
        points = language + self.stakes.points(place)
        if not place.people and self.state.names_hosts and not place.table.host:
            points += self.weights.host
        return points

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
        near = [place for place in self.places if place.number in home.seats]
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
        held = place.free - round(self.outlook.due_at(place)[0]) - (place.number in self.kept) < 1
        return (held, has_side, -len(there), place.number)

    def as_planned(self, number: int | None) -> ArrivalSeat | None:
        """The planned table, if it is about as good as the best one: the plan is advice."""
        number = self.state.plan.get(self.guest.id) if number is None else number
        planned = next((place for place in self.places if place.number == number), None)
        if planned is None or self.makes_strangers(planned):
            return None
        if planned not in self.worth_it():
            return None
        points = self.points(planned)
        if any(self.points(place) < points - ADVICE for place in self.worth_it()):
            return None
        return ArrivalSeat(number, "It is the table planned for this person.")

    def best(self) -> ArrivalSeat:
        """The place with the fewest points, without strangers where there is one."""
        best = min(self.worth_it(), key=self.rank)
        return ArrivalSeat(best.number, self.reason(best))

    def worth_it(self) -> list[Place]:
        """The allowed tables; without the empty ones for who would stay alone there for good."""
        in_use = [place for place in self.places if place.people]
        return in_use if in_use and self.alone() else self.places

    def alone(self) -> bool:
        """Whether nobody who is here or due, but the guest, speaks a language of the guest's."""
        here = [guest for place in self.state.places.values() for guest in place.people.values()]
        return not self.shared(here) and not self.shared_due() and self.weights.strangers > 0

    def shared_due(self) -> bool:
        """Whether somebody due, but the guest, speaks a language of the guest's."""
        return self.shared([one for id, one in self.state.due.items() if id != self.guest.id])

    def shared(self, others: list[Guest]) -> bool:
        """Whether one of them speaks a language of the guest's."""
        return any(set(other.spoken) & set(self.guest.spoken) for other in others)

    def rank(self, place: Place) -> tuple[bool, bool, int, float, int]:
        """Lower is better: no strangers, one's language spoken, points, people, the number."""
        people = len(place.people) + self.stakes.due_at(place)[0]
        # Reckoned once: it is most of the work where many tables could be meant.
        language = self.language_change(place)
        points = round(self._points(place, language))
        strange = self._strange(language)
        lonely = strange and not self.mask & place.union
        return (strange, lonely, points, people, place.number)

    def language_change(self, place: Place) -> int:
        """Points of the table's language with the guest, less those without."""
        weights = self.weights
        return language_change(place, self.mask, weights.strangers, weights.whisper)

    def reason(self, place: Place) -> str:
        """One sentence for the best place."""
        change = self.language_change(place)
        spoken = ", ".join(self.guest.spoken)
        if place.people and self.makes_strangers(place):
            if self.mask & place.union:
                there = {each for other in place.people.values() for each in other.spoken}
                shared = ", ".join(each for each in self.guest.spoken if each in there)
                return f"It is the best free chair; a neighbour there speaks {shared}."
            theirs = [p for p in self.state.places.values() if self.mask & p.union]
            if any(p.open and p.free > 0 for p in theirs):
                return f"No chair where {spoken} is spoken can be given; this is the best free one."
            if theirs:
                return f"The tables that speak {spoken} are full; this is the best free chair."
            return f"Nobody here shares a language ({spoken}); this table has the best free chair."
        if not place.people and self.shared_due():
            return "You are the first at this table; others will join you."
        if not place.people and self.alone():
            nobody = f"nobody here or still due shares a language ({spoken})."
            return f"You are the first at this table; {nobody}"
        if not place.people:
            return "You are the first at this table."
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
        found = [place for place in found if leaves_two(state, place, guest, partner)]
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
        rest = _Door(state, guest, places).best()
        held = number in kept and state.places[number].free > 0
        which = "keeps its chairs for people still due" if held else "has no chair that suits"
        say, why = f"Table {number}, with", f"{which}. {rest.reason}"
        return ArrivalSeat(rest.table, f"{say} {partner.called}, {why}", f"{say} {{{id}}}, {why}")
    return None
