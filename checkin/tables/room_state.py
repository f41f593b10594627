"""The room while the doors are open: who sits where, who is still due, and what that adds up to.

`RoomState` is built from a seating and kept up to date by `seat`, `expect` and `drop`; after any of
them it is as one built anew would be. Every sum that a seat depends on is kept, in whole numbers,
so that an answer costs the same when a hundred thousand are due. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checkin.tables.forecast import variance_left
from checkin.tables.prospects import Prospects
from checkin.tables.room import Guest, Room, Seating, Side, Table
from checkin.tables.tongues import Spoken, Tongues
from checkin.tables.values import changed

Came = tuple[str, int]
"""What people at a table are ordered by: the time of the first arrival, then a number."""

Pairs = tuple[tuple[str, str], ...]

PLACE_OF_SIDE = {Side.LOCAL: 0, Side.REGION: 1, Side.NEITHER: 2}
"""Where a side's people stand in `Home.came` and `Home.due`."""

FEW = 15
"""Tables in use that are all reckoned anew in no time."""


class Awaited:
    """People due, counted. A party is a territory's people of one side; who has none is one.

    `sure` are those due of parties that have begun to come, `others` the rest, in so many
    `parties`; the squares are those of the parties' sizes, which their variance needs.
    """

    __slots__ = ("others", "others_squares", "parties", "sure", "sure_squares")

    def __init__(self) -> None:
        self.sure = self.sure_squares = 0
        self.others = self.others_squares = self.parties = 0

    def add(self, more: Awaited, step: int) -> None:
        """Counts others in (1) or out (-1)."""
        self.sure += step * more.sure
        self.sure_squares += step * more.sure_squares
        self.others += step * more.others
        self.others_squares += step * more.others_squares
        self.parties += step * more.parties

    def count(self, due: int, begun: bool) -> None:
        """Counts a party of so many due, which has begun to come or not."""
        if begun:
            self.sure += due
            self.sure_squares += due * due
        elif due:
            self.others += due
            self.others_squares += due * due
            self.parties += 1

    def add_alone(self, step: int) -> None:
        """Counts somebody without a territory in (1) or out (-1)."""
        self.others += step
        self.others_squares += step
        self.parties += step


class Home:
    """One territory while the doors are open: who of it came and is due, and where they sit.

    `came` and `due` count by side, in the order of `PLACE_OF_SIDE`; `seats` counts by table. `main`
    is the table where most of them sit.
    """

    __slots__ = ("awaited", "came", "due", "main", "seats")

    def __init__(self) -> None:
        self.came = [0, 0, 0]
        self.due = [0, 0, 0]
        self.seats: dict[int, int] = {}
        self.awaited = Awaited()
        self.main: int | None = None

    def recount(self) -> None:
        """Works out anew what follows from who came and who is due."""
        awaited, seats = Awaited(), self.seats
        for came, due in zip(self.came, self.due, strict=True):
            awaited.count(due, came > 0)
        self.awaited = awaited
        if len(seats) > 1:
            self.main = max(seats, key=lambda number: (seats[number], -number))
        else:
            self.main = next(iter(seats), None)


class Place:
    """One table while the doors are open: who sits there, and who it waits for.

    `awaited` are people due whose territory sits here, `pins` people due who are pinned here.
    `short` is how many the table lacks of its minimum (below 0 when it has more). `common` is the
    mask of the languages that everybody speaks, `union` of those that somebody speaks.
    """

    # fmt: off
    __slots__ = ("_changes", "_spoken", "awaited", "common", "free", "number", "open", "people",
                 "pins", "short", "table", "tongues", "union")
    # fmt: on

    def __init__(self, table: Table) -> None:
        self.table = table
        self.number = table.number
        self.open = table.open
        self.free = table.seats
        self.short = table.minimum
        self.people: dict[str, Guest] = {}
        self.tongues: dict[int, int] = {}
        self.common = -1
        self.union = 0
        self.awaited = Awaited()
        self.pins = 0
        self._changes: dict[int, int] = {}
        self._spoken: Spoken | None = None

    def speak(self, mask: int, step: int) -> None:
        """Takes note that somebody who speaks `mask` sits down (1) or leaves (-1)."""
        before = len(self.tongues)
        _count(self.tongues, mask, step)
        self._changes.clear()
        self._spoken = None
        if step > 0:
            self.common &= mask
            self.union |= mask
        elif len(self.tongues) < before:
            self.common, self.union = -1, 0
            for tongue in self.tongues:
                self.common &= tongue
                self.union |= tongue

    def language_change(self, mask: int, strangers: int, whisper: int) -> int:
        """Points of the table's language with one more who speaks `mask`, less those without."""
        if self.common & mask:
            return 0
        if strangers >= whisper:
            # Nobody there can help, or everybody can: then it is the one who comes who costs.
            if not self.union & mask:
                return strangers
            if self.common:
                return whisper
        found = self._changes.get(mask)
        if found is None:
            if self._spoken is None:
                self._spoken = Spoken(self.tongues, strangers, whisper)
            found = self._changes[mask] = self._spoken.change(mask)
        return found


class RoomState:
    """The room at the door: who sits where, who is still due, and the plan.

    `due` are the registered people who haven't come; `plan` is the accepted plan over the
    registrations (advice; may be empty). `in_by_now` is the share of all arrivals that is usually
    in by now (`forecast.usual_share`), if the time tells. `nowhere` counts the people due whose
    territory sits nowhere yet.
    """

    def __init__(
        self,
        room: Room,
        seating: Seating,
        due: Iterable[Guest] = (),
        plan: Seating | None = None,
        no_show: float = 0.28,
        in_by_now: float | None = None,
    ) -> None:
        self.room = room
        self.plan: dict[str, int] = {}
        self.places = {table.number: Place(table) for table in room.tables}
        self.prospects = Prospects()
        self.where: dict[str, int] = {}
        self.due: dict[str, Guest] = {}
        self.homes: dict[str, Home] = {}
        self.tongues = Tongues()
        self.no_show = no_show
        self.in_by_now = in_by_now
        self.bind(room.together, room.apart)
        self.furnish(room.tables)
        self.in_use = 0
        self.nowhere = Awaited()
        self._main = self.tongues.mask(room.languages[:1])
        self._needing: dict[int, int] = {}
        self._astray: dict[str, Guest] = {}
        self._came: dict[str, Came] = {}
        self._turns = 0
        self.expect_all({guest.id: guest for guest in due}, plan or {})
        for guest in room.guests:
            if guest.id in seating:
                self.seat(guest, seating[guest.id])

    # ---- keeping up

    def seat(self, guest: Guest, number: int, came: Came | None = None) -> None:
        """Takes note that a guest sits at a table now; who was due is due no longer.

        `came` orders the people of a table; without it the guest comes behind those who sit.
        """
        waited = self._due_no_more(guest.id)
        if waited is None:
            self.leave(guest.id)
        elif waited.territory != guest.territory or waited.side is not guest.side:
            self._tally(waited, -1, 0, None)
            waited = None
        place = self.places.get(number)
        self._tally(guest, -1 if waited else 0, 1, number if place else None)
        if place is None:
            # A table that the event no longer has: they came, and sit nowhere.
            self._astray[guest.id] = guest
            return
        self.where[guest.id] = number
        self._turns += 1
        self._came[guest.id] = came or ("", self._turns)
        self._settle(place, guest)
        self._speak(place, guest, 1)

    def expect(self, guest: Guest, planned: int | None = None) -> None:
        """Takes note that a guest is due, and at which table they are planned."""
        self.drop(guest.id)
        self.due[guest.id] = guest
        if planned is not None:
            self.plan[guest.id] = planned
        if guest.pin is not None:
            self._pin(guest.pin, 1)
        self._tally(guest, 1, 0, None)

    def leave(self, guest_id: str) -> None:
        """Takes note that a guest's chair is free again; nothing happens if they had none."""
        number = self.where.pop(guest_id, None)
        if number is None:
            guest = self._astray.pop(guest_id, None)
            if guest is not None:
                self._tally(guest, 0, -1, None)
            return
        place = self.places[number]
        guest = place.people.pop(guest_id)
        del self._came[guest_id]
        self._tally(guest, 0, -1, number)
        self._speak(place, guest, -1)

    def drop(self, guest_id: str) -> None:
        """Takes note that somebody is neither here nor due."""
        guest = self._due_no_more(guest_id)
        if guest is not None:
            self._tally(guest, -1, 0, None)
        else:
            self.leave(guest_id)

    def furnish(self, tables: tuple[Table, ...]) -> None:
        """Takes note of what changed about the tables: open, host, name; not their seats."""
        for table in tables:
            place = self.places[table.number]
            place.table, place.open = table, table.open
            self.prospects.stale.add(place)
        self.room = changed(self.room, tables=tables)
        self.step_free_binds = any(table.step_free and table.open for table in tables)
        self.names_hosts = self.room.names_hosts

    def bind(self, together: Pairs, apart: Pairs) -> None:
        """Takes note of who is to sit together and who apart."""
        self.room = changed(self.room, together=together, apart=apart)
        self.partners = _links(together)
        self.rivals = _links(apart)

    def _due_no_more(self, guest_id: str) -> Guest | None:
        """Returns who is due no longer, though their territory counts them still; else None."""
        guest = self.due.pop(guest_id, None)
        if guest is not None:
            self.plan.pop(guest_id, None)
            if guest.pin is not None:
                self._pin(guest.pin, -1)
        return guest

    def expect_all(self, due: Mapping[str, Guest], plan: Seating) -> None:
        """Takes note of many who are due, by id; `plan` says where they are planned.

        People who are alike may share one guest: it is known here by the id alone.
        """
        for home in self.homes.values():
            self._shift(home, -1)
        self.due.update(due)
        self.plan.update((id, table) for id, table in plan.items() if id in due)
        for guest in due.values():
            if guest.pin is not None:
                self._pin(guest.pin, 1)
            if guest.territory:
                self._home(guest.territory).due[PLACE_OF_SIDE[guest.side]] += 1
            else:
                self.nowhere.add_alone(1)
        for home in self.homes.values():
            home.recount()
            self._shift(home, 1)

    def _home(self, territory: str) -> Home:
        home = self.homes.get(territory)
        if home is None:
            home = self.homes[territory] = Home()
        return home

    def _tally(self, guest: Guest, due: int, came: int, number: int | None) -> None:
        """Counts a guest, where their territory is counted: as due, and as come (to a table)."""
        if not guest.territory:
            self.nowhere.add_alone(due)
            return
        home = self._home(guest.territory)
        self._shift(home, -1)
        side = PLACE_OF_SIDE[guest.side]
        home.due[side] += due
        home.came[side] += came
        if number is not None:
            _count(home.seats, number, came)
        home.recount()
        self._shift(home, 1)

    def _shift(self, home: Home, step: int) -> None:
        """Adds a territory's people due to where they are counted (1), or takes them away (-1)."""
        awaited = home.awaited
        if awaited.sure or awaited.others:
            if home.main is None:
                self.nowhere.add(awaited, step)
            else:
                place = self.places[home.main]
                place.awaited.add(awaited, step)
                self.prospects.stale.add(place)

    def _pin(self, number: int, step: int) -> None:
        if number in self.places:
            self.places[number].pins += step
            self.prospects.stale.add(self.places[number])

    def _settle(self, place: Place, guest: Guest) -> None:
        """Puts a guest among the people of a table, in the order in which they came."""
        came = self._came
        last = next(reversed(place.people), None)
        place.people[guest.id] = guest
        if last is not None and came[last] > came[guest.id]:
            place.people = dict(sorted(place.people.items(), key=lambda item: came[item[0]]))

    def _speak(self, place: Place, guest: Guest, step: int) -> None:
        """Counts a table's chairs and languages when somebody sits down (1) or leaves (-1)."""
        mask = self.tongues.mask(guest.spoken)
        place.free -= step
        place.short -= step
        place.speak(mask, step)
        self.prospects.stale.add(place)
        if not mask & self._main:
            _count(self._needing, mask, step)
        if len(place.people) == (1 if step > 0 else 0):
            self.in_use += step

    # ---- what follows

    @property
    def share_in(self) -> float:
        """The share of all arrivals that is in by now: as the time tells, else the numbers.

        In whole percent where many tables are in use: what it means for each of them then holds for
        a while, instead of for one arrival.
        """
        share = self.in_by_now
        if share is None:
            came = len(self.where)
            expected = (came + len(self.due)) * (1 - self.no_show)
            share = min(came / expected, 1.0) if expected else 1.0
        return share if self.in_use <= FEW else int(share * 100 + 0.5) / 100

    @property
    def variance(self) -> float:
        """The variance of how many come in all."""
        return variance_left(len(self.where) + len(self.due), self.no_show, self.in_by_now)

    def one_language(self, mask: int) -> bool:
        """Whether everybody who sits, and who speaks `mask`, speaks the event's first language."""
        return not self._needing and bool(mask & self._main)

    def kept_for_minorities(self, mask: int) -> set[int]:
        """Tables whose last free chair is kept for walk-ins of a minority language.

        A minority language is one that somebody here needs, because they don't speak the event's
        first language. One chair is kept among the tables where it is spoken, for those who need
        it.
        """
        needed = 0
        for tongue in self._needing:
            needed |= tongue
        if not mask & self._main:
            needed &= ~mask
        single: list[tuple[int, int]] = []
        once = 0
        for place in self.places.values() if needed else ():
            spoken = place.union & needed
            if spoken and place.open and place.free > 0:
                needed &= ~(spoken if place.free > 1 else spoken & once)
                if not needed:
                    break
                once |= spoken
                single.append((spoken, place.number))
        return {number for spoken, number in single if spoken & needed}


def _links(pairs: Pairs) -> dict[str, list[str]]:
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
