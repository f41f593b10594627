"""The room while the doors are open: who sits where, who is still due, and what that adds up to.

`RoomState` is built from a seating and kept up to date by `seat`, `expect` and `drop`; after any of
them it is as one built anew would be. Every sum that a seat depends on is kept, in whole numbers,
so that an answer costs the same when a hundred thousand are due. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checkin.tables.forecast import variance_left
from checkin.tables.kept import KeptChairs
from checkin.tables.places import PLACE_OF_SIDE, Awaited, Home, Place, count
from checkin.tables.prospects import Prospects
from checkin.tables.room import Guest, Room, Seating, Table
from checkin.tables.tongues import Tongues
from checkin.tables.values import changed

Came = tuple[str, int]
"""What people at a table are ordered by: the time of the first arrival, then a number."""

Pairs = tuple[tuple[str, str], ...]

FEW = 15
"""Tables in use that are all reckoned anew in no time."""


class RoomState:
    """The room at the door: who sits where, who is still due, and the plan.

    `due` are the registered people who haven't come; `plan` is the accepted plan over the
    registrations (advice; may be empty). `in_by_now` is the share of all arrivals that is usually
    in by now (`forecast.usual_share`), if the time tells. `nowhere` counts the people due whose
    territory sits nowhere yet, `kept` the chairs for people due who can sit nowhere else;
    `spoken_here` and `spoken_due` count people by the mask of what they speak.
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
        self.kept = KeptChairs(self.places.values())
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
        self.spoken_here: dict[int, int] = {}
        self.spoken_due: dict[int, int] = {}
        self._astray: dict[str, Guest] = {}
        self._came: dict[str, Came] = {}
        self._turns = 0
        self.expect_all({guest.id: guest for guest in due}, plan or {})
        for guest in room.guests:
            if guest.id in seating:
                self.seat(guest, seating[guest.id])
        self.reckon_ahead()

    def reckon_ahead(self) -> None:
        """Reckons what each table costs as the room is, so that the first arrival need not wait."""
        weights = self.room.weights
        self.catch_up()
        for place in self.places.values():
            if not place.common:
                place.spoken(weights.strangers, weights.whisper)

    def catch_up(self) -> None:
        """Takes what changed into the prospects of the tables, as the next arrival would."""
        self.prospects.catch_up(self.share_in, self.no_show)

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
        self._await(guest, 1)
        count(self.spoken_due, self.tongues.mask(guest.spoken), 1)
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
            self.kept.count(place, -1)
            place.table, place.open = table, table.open
            self.kept.count(place, 1)
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
            self._await(guest, -1)
            count(self.spoken_due, self.tongues.mask(guest.spoken), -1)
        return guest

    def expect_all(self, due: Mapping[str, Guest], plan: Seating) -> None:
        """Takes note of many who are due, by id; `plan` says where they are planned.

        People who are alike may share one guest: it is known here by the id alone.
        """
        for home in self.homes.values():
            self._shift(home, -1)
        self.due.update(due)
        self.plan.update((id, table) for id, table in plan.items() if id in due)
        spoken: dict[tuple[str, ...], int] = {}
        for guest in due.values():
            spoken[guest.languages] = spoken.get(guest.languages, 0) + 1
            if guest.step_free or guest.pin is not None:
                self._await(guest, 1)
            if guest.territory:
                self._home(guest.territory).due[PLACE_OF_SIDE[guest.side]] += 1
            else:
                self.nowhere.add_alone(1)
        for home in self.homes.values():
            home.recount()
            self._shift(home, 1)
        for languages, people in spoken.items():
            mask = self.tongues.mask(Guest("", languages=languages).spoken)
            count(self.spoken_due, mask, people)

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
            count(home.seats, number, came)
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

    def _await(self, guest: Guest, step: int) -> None:
        """Counts in (1) or out (-1) who is due and can only sit at one table, or step-free."""
        self.kept.needing += step * guest.step_free
        place = self.places.get(guest.pin) if guest.pin is not None else None
        if place is not None:
            self.kept.count(place, -1)
            place.pins += step
            place.step_free_pins += step * guest.step_free
            self.kept.count(place, 1)
            self.prospects.stale.add(place)

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
        self.kept.count(place, -1)
        place.free -= step
        place.short -= step
        self.kept.count(place, 1)
        place.speak(mask, step)
        count(self.spoken_here, mask, step)
        self.prospects.stale.add(place)
        if not mask & self._main:
            count(self._needing, mask, step)
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

    def shared_here(self, mask: int) -> bool:
        """Whether somebody who sits speaks a language of `mask`."""
        return any(spoken & mask for spoken in self.spoken_here)

    def shared_due(self, mask: int, guest_id: str) -> bool:
        """Whether somebody due, other than this guest, speaks a language of `mask`."""
        own = self.due.get(guest_id)
        mine = self.tongues.mask(own.spoken) if own else 0
        due = self.spoken_due.items()
        return any(spoken & mask and people > (spoken == mine) for spoken, people in due)

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
