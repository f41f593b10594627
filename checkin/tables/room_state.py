"""The room while the doors are open: who sits where, who is still due, and what that adds up to.

`RoomState` is built from a seating and kept up to date by `seat`, `expect` and `drop`; after any of
them it is as one built anew would be. Every sum that a seat depends on is kept, in whole numbers,
so that an answer costs the same when a hundred thousand are due. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checkin.tables.forecast import expected_more
from checkin.tables.room import Guest, Room, Seating, Side, Table, fill_of, filled_tables
from checkin.tables.tongues import Tongues, language_points
from checkin.tables.values import changed

Came = tuple[str, int]
"""What people at a table are ordered by: the time of the first arrival, then a number."""

Pairs = tuple[tuple[str, str], ...]

SURE = 0.7
"""The chance that people due come when others of their side of the territory have come."""

LEAST = 0.05
"""The least chance that anybody due comes."""

PLACE_OF_SIDE = {Side.LOCAL: 0, Side.REGION: 1, Side.NEITHER: 2}
"""Where a side's people stand in `Home.came` and `Home.due`."""


class Home:
    """One territory while the doors are open: who of it came and is due, and where they sit.

    `came` and `due` count by side, in the order of `PLACE_OF_SIDE`; `seats` counts by table. `sure`
    are those due of a side that has begun to come, `others` the rest of those due. `main` is the
    table where most of them sit. `waits` says that one side came and the other is due, and that no
    whole chair is held for them as it is.
    """

    __slots__ = ("came", "due", "main", "others", "seats", "sure", "waits")

    def __init__(self) -> None:
        self.came = [0, 0, 0]
        self.due = [0, 0, 0]
        self.seats: dict[int, int] = {}
        self.sure = 0
        self.others = 0
        self.main: int | None = None
        self.waits = False

    def recount(self, least: float) -> None:
        """Works out anew what follows from who came and who is due; `least` is anybody's chance."""
        due, seats = self.due, self.seats
        local, region, neither = self.came
        sure = due[0] if local else 0
        if region:
            sure += due[1]
        if neither:
            sure += due[2]
        self.sure = sure
        self.others = due[0] + due[1] + due[2] - sure
        if len(seats) > 1:
            self.main = max(seats, key=lambda number: (seats[number], -number))
        else:
            self.main = next(iter(seats), None)
        self.waits = (
            (local > 0) != (region > 0)
            and due[1 if local else 0] > 0
            and SURE * sure + least * self.others < 1
        )


class Place:
    """One table while the doors are open: who sits there, and who it waits for.

    `sure` and `others` count people due whose territory sits here, as `Home` counts them;
    territories that wait for their other side are counted in `waiting`, by their own two numbers.
    `pins` are people due who are pinned here, `short` is how many the table lacks of its minimum
    (below 0 when it has more). `common` is the mask of the languages that everybody
    speaks, `union` of those that somebody speaks.
    """

    # fmt: off
    __slots__ = ("_changes", "_points", "common", "free", "number", "open", "others", "people",
                 "pins", "short", "sure", "table", "tongues", "union", "waiting")
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
        self.sure = 0
        self.others = 0
        self.waiting: dict[tuple[int, int], int] = {}
        self.pins = 0
        self._changes: dict[int, int] = {}
        self._points: int | None = 0

    def speak(self, mask: int, step: int) -> None:
        """Takes note that somebody who speaks `mask` sits down (1) or leaves (-1)."""
        before = len(self.tongues)
        _count(self.tongues, mask, step)
        self._changes.clear()
        self._points = None
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
        found = self._changes.get(mask)
        if found is None:
            if self._points is None:
                self._points = language_points(self.tongues, strangers, whisper)
            after = dict(self.tongues)
            after[mask] = after.get(mask, 0) + 1
            found = language_points(after, strangers, whisper) - self._points
            self._changes[mask] = found
        return found


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
        self.plan: dict[str, int] = {}
        self.places = {table.number: Place(table) for table in room.tables}
        self.where: dict[str, int] = {}
        self.due: dict[str, Guest] = {}
        self.homes: dict[str, Home] = {}
        self.tongues = Tongues()
        self.no_show = no_show
        self._least = min(LEAST, 1 - no_show)
        self.in_by_now = in_by_now
        self.bind(room.together, room.apart)
        self.furnish(room.tables)
        self.in_use = 0
        self.sure = 0
        self.others = 0
        self.unseated_sure = 0
        self.unseated_others = 0
        self._main = self.tongues.mask(room.languages[:1])
        self._needing: dict[int, int] = {}
        self._astray: dict[str, Guest] = {}
        self._came: dict[str, Came] = {}
        self._turns = 0
        self._told_expected = still_expected
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
        self.room = changed(self.room, tables=tables)
        self.step_free_binds = any(table.step_free and table.open for table in tables)
        self.names_hosts = self.room.names_hosts
        self._fill = fill_of([table for table in tables if table.open])

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
                self.others += 1
                self.unseated_others += 1
        for home in self.homes.values():
            home.recount(self._least)
            self._shift(home, 1)

    def _home(self, territory: str) -> Home:
        home = self.homes.get(territory)
        if home is None:
            home = self.homes[territory] = Home()
        return home

    def _tally(self, guest: Guest, due: int, came: int, number: int | None) -> None:
        """Counts a guest, where their territory is counted: as due, and as come (to a table)."""
        if not guest.territory:
            self.others += due
            self.unseated_others += due
            return
        home = self._home(guest.territory)
        self._shift(home, -1)
        side = PLACE_OF_SIDE[guest.side]
        home.due[side] += due
        home.came[side] += came
        if number is not None:
            _count(home.seats, number, came)
        home.recount(self._least)
        self._shift(home, 1)

    def _shift(self, home: Home, step: int) -> None:
        """Adds a territory's people due to where they are counted (1), or takes them away (-1)."""
        sure, others = step * home.sure, step * home.others
        if not sure and not others:
            return
        self.sure += sure
        self.others += others
        if home.main is None:
            self.unseated_sure += sure
            self.unseated_others += others
            return
        place = self.places[home.main]
        if home.waits:
            _count(place.waiting, (home.sure, home.others), step)
        else:
            place.sure += sure
            place.others += others

    def _pin(self, number: int, step: int) -> None:
        if number in self.places:
            self.places[number].pins += step

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
        if not mask & self._main:
            _count(self._needing, mask, step)
        if len(place.people) == (1 if step > 0 else 0):
            self.in_use += step

    # ---- what follows

    @property
    def still_expected(self) -> float:
        """How many of those due will come."""
        if self._told_expected is not None:
            return min(self._told_expected, len(self.due))
        came = len(self.where)
        more = expected_more(came + len(self.due), self.no_show, came, self.in_by_now)
        return min(more, len(self.due))

    def budget(self, still_expected: float) -> int:
        """How many tables the people here and still expected can fill."""
        return filled_tables(self._fill, len(self.where) + still_expected + 1)

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
