"""The score kept up to date while people move: the fast twin of `score.py`, for the searches.

A `LiveSeating` holds a seating of a room and its points; `shift` moves any number of people in one
step and rescores only the tables that changed, `undo` takes the last step back. Property tests hold
it to the reference after every step. It also counts the hard rules that are broken (`hard`), which
outweigh every point in `total`; it forbids nothing itself.

People and tables are small integers here: positions in `guests` and `tables`. People without a seat
in the seating that it starts from are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from checkin.tables.room import Guest, Kind, Room, Seating, Side
from checkin.tables.tongues import Tongues, language_points

HARD = 1 << 32
"""What one broken hard rule weighs in `total`: more than all points of the largest room."""

_SIDE_BITS = {Side.LOCAL: 1, Side.REGION: 2, Side.NEITHER: 0}

Step = Sequence[tuple[int, int]]
"""People (positions) and the tables (positions) that they move to, all at once."""


class LiveSeating:
    """A seating with its running score. `where[person]` is the position of their table."""

    def __init__(self, room: Room, seating: Seating) -> None:
        """Takes the people of the room who are in the seating; ValueError for an unknown table."""
        self.room = room
        self.tables = room.tables
        self.guests: list[Guest] = [guest for guest in room.guests if guest.id in seating]
        self.number_of = {guest.id: i for i, guest in enumerate(self.guests)}
        self._set_people()
        self._set_rules()
        tables = range(len(self.tables))
        self.where = [-1] * len(self.guests)
        self.people: list[list[int]] = [[] for _ in tables]
        self._slot = [0] * len(self.guests)
        self.mask = [0 for _ in tables]
        self.homes: list[dict[int, int]] = [{} for _ in tables]
        self.tongues: list[dict[int, int]] = [{} for _ in tables]
        self._locals = [0 for _ in tables]
        self._regions = [0 for _ in tables]
        self._met_pairs = [0 for _ in tables]
        self._same_pairs = [0 for _ in tables]
        self.cost = [0 for _ in tables]
        self._lacks = [4 for _ in tables]
        self._lacking = [0, 0, 0, 0]
        self.used = 0
        self._language_points: dict[frozenset[tuple[int, int]], int] = {}
        self._steps: list[tuple[list[tuple[int, int]], list[tuple[int, int, int]]]] = []
        self.base = 0
        position = {table.number: j for j, table in enumerate(self.tables)}
        for i, guest in enumerate(self.guests):
            if seating[guest.id] not in position:
                raise ValueError(f"there is no table {seating[guest.id]} in the room")
            self._sit(i, position[seating[guest.id]])
        for j in tables:
            self._rescore(j)

    def _set_people(self) -> None:
        """What each person counts as: territory, side, languages, and whom they met."""
        homes: dict[str, int] = {}
        tongues = Tongues()
        self.home = [homes.setdefault(guest.home, len(homes)) for guest in self.guests]
        self.side = [_SIDE_BITS[guest.side] for guest in self.guests]
        self.tongue = [tongues.mask(guest.spoken) for guest in self.guests]
        self.of_home: list[list[int]] = [[] for _ in homes]
        for i, home in enumerate(self.home):
            self.of_home[home].append(i)
        self._shared = [len(members) > 1 for members in self.of_home]
        self._home_sides = [0 for _ in homes]
        for i, home in enumerate(self.home):
            self._home_sides[home] |= self.side[i]
        sides = [sum(1 for side in self.side if side == bit) for bit in (1, 2)]
        self._locals_in_room, self._regions_in_room = sides
        self.met = [0] * len(self.guests)
        if self.room.kind is Kind.MIX:
            for earlier in self.room.earlier:
                self.add_met(earlier)
        weights = self.room.weights
        self.names_hosts = self.room.names_hosts
        self._align = self.room.kind is Kind.ALIGN
        self._voice_points = [0, weights.voice, weights.voice, 2 * weights.voice]
        sizes = [len(members) for members in self.of_home]
        largest = self.room.largest
        self.unavoidable = weights.split * sum(-(-n // largest) for n in sizes) * self._align

    def add_met(self, earlier: Seating) -> None:
        """Counts those at a table of an earlier round as met; only before anybody sits."""
        at: dict[int, int] = {}
        for id, table in earlier.items():
            if id in self.number_of:
                at[table] = at.get(table, 0) | 1 << self.number_of[id]
        for id, table in earlier.items():
            if id in self.number_of:
                i = self.number_of[id]
                self.met[i] |= at[table] & ~(1 << i)

    def _set_rules(self) -> None:
        """The hard rules as masks: who should not sit where, who not with whom, who with whom."""
        self.seats = [table.seats if table.open else 0 for table in self.tables]
        self.off_pin = [0] * len(self.tables)
        self.with_steps = [0] * len(self.tables)
        binding = any(table.step_free and table.open for table in self.tables)
        for i, guest in enumerate(self.guests):
            for j, table in enumerate(self.tables):
                if guest.pin is not None and guest.pin != table.number:
                    self.off_pin[j] |= 1 << i
                # Where no step-free table is open, the need is broken at every table.
                if guest.step_free and not (binding and table.step_free):
                    self.with_steps[j] |= 1 << i
        self.apart: dict[int, int] = {}
        self.together: dict[int, int] = {}
        for pairs, links in ((self.room.apart, self.apart), (self.room.together, self.together)):
            for one, other in pairs:
                if one in self.number_of and other in self.number_of and one != other:
                    a, b = self.number_of[one], self.number_of[other]
                    links[a] = links.get(a, 0) | 1 << b
                    links[b] = links.get(b, 0) | 1 << a
        self._linked = sum(1 << i for i in {*self.apart, *self.together})

    @property
    def total(self) -> int:
        """The points, without the unavoidable splits taken off, plus `HARD` per broken rule."""
        if self._align:
            return self.base
        voice = self.room.weights.voice
        lacking = self._lacking
        total = self.base
        if self._locals_in_room >= self.used:
            total += voice * (lacking[1] + lacking[3])
        if self._regions_in_room >= self.used:
            total += voice * (lacking[2] + lacking[3])
        return total

    @property
    def points(self) -> int:
        """The score as the reference gives it."""
        return self.total % HARD - self.unavoidable

    @property
    def hard(self) -> int:
        """How many hard rules are broken (people over the seats, misplaced people and pairs)."""
        return self.total // HARD

    def seating(self) -> dict[str, int]:
        """Returns the seating as ids and table numbers."""
        numbers = [table.number for table in self.tables]
        return {guest.id: numbers[self.where[i]] for i, guest in enumerate(self.guests)}

    def shift(self, step: Step) -> int:
        """Moves people all at once and returns the new `total`."""
        back = []
        touched = set()
        where = self.where
        for i, j in step:
            old = where[i]
            if old != j:
                back.append((i, old))
                touched.add(old)
                touched.add(j)
                self._rise(i)
                self._sit(i, j)
        saved = [(j, self.cost[j], self._lacks[j]) for j in touched]
        for j in touched:
            self._rescore(j)
        self._steps.append((back, saved))
        return self.total

    def undo(self) -> None:
        """Takes the last step back; IndexError when there is none."""
        back, saved = self._steps.pop()
        for i, j in reversed(back):
            self._rise(i)
            self._sit(i, j)
        for j, cost, lacks in saved:
            self._note(j, cost, lacks)

    def forget(self) -> None:
        """Forgets the steps, which then can't be undone; searches do so to stay small."""
        self._steps.clear()

    def met_pairs(self) -> int:
        """Returns how many pairs who met in an earlier round share a table."""
        return sum(self._met_pairs)

    def block(self, home: int, table: int) -> list[int]:
        """Returns the people of a territory at a table."""
        where = self.where
        return [i for i in self.of_home[home] if where[i] == table]

    def _sit(self, i: int, j: int) -> None:
        self.where[i] = j
        people = self.people[j]
        self._slot[i] = len(people)
        people.append(i)
        homes = self.homes[j]
        home = self.home[i]
        here = homes.get(home, 0)
        homes[home] = here + 1
        tongues = self.tongues[j]
        tongue = self.tongue[i]
        tongues[tongue] = tongues.get(tongue, 0) + 1
        side = self.side[i]
        if side == 1:
            self._locals[j] += 1
        elif side:
            self._regions[j] += 1
        if not self._align:
            self._same_pairs[j] += here
            self._met_pairs[j] += (self.met[i] & self.mask[j]).bit_count()
        self.mask[j] |= 1 << i

    def _rise(self, i: int) -> None:
        j = self.where[i]
        people = self.people[j]
        last = people.pop()
        if last != i:
            slot = self._slot[i]
            people[slot] = last
            self._slot[last] = slot
        homes = self.homes[j]
        home = self.home[i]
        left = homes[home] - 1
        if left:
            homes[home] = left
        else:
            del homes[home]
        tongues = self.tongues[j]
        tongue = self.tongue[i]
        if tongues[tongue] == 1:
            del tongues[tongue]
        else:
            tongues[tongue] -= 1
        side = self.side[i]
        if side == 1:
            self._locals[j] -= 1
        elif side:
            self._regions[j] -= 1
        self.mask[j] ^= 1 << i
        if not self._align:
            self._same_pairs[j] -= left
            self._met_pairs[j] -= (self.met[i] & self.mask[j]).bit_count()

    def _note(self, j: int, cost: int, lacks: int) -> None:
        """Replaces what a table adds to the totals; `lacks` are its missing sides, 4 if empty."""
        self.base += cost - self.cost[j]
        self.cost[j] = cost
        was = self._lacks[j]
        if was != lacks:
            self._lacking[was & 3] -= was < 4
            self._lacking[lacks & 3] += lacks < 4
            self._lacks[j] = lacks
            self.used += (was == 4) - (lacks == 4)

    def _rescore(self, j: int) -> None:
        """Counts a table afresh from its counters."""
        people = len(self.people[j])
        if not people:
            self._note(j, 0, 4)
            return
        weights = self.room.weights
        table = self.tables[j]
        common = -1
        for tongue in self.tongues[j]:
            common &= tongue
        cost = 0 if common else self._language(self.tongues[j])
        if people < table.minimum:
            cost += weights.short * (table.minimum - people)
        absent = (0 if self._locals[j] else 1) | (0 if self._regions[j] else 2)
        if self._align:
            asked = 0
            homes = self.homes[j]
            for home, here in homes.items():
                asked |= self._home_sides[home]
                if here == 1 and self._shared[home]:
                    cost += weights.alone
            cost += weights.split * len(homes) + self._voice_points[absent & asked]
            if self.names_hosts and not table.host:
                cost += weights.host
        else:
            cost += weights.met * self._met_pairs[j] + weights.same * self._same_pairs[j]
        mask = self.mask[j]
        broken = (mask & self.off_pin[j]).bit_count() + (mask & self.with_steps[j]).bit_count()
        if people > self.seats[j]:
            broken += people - self.seats[j]
        if mask & self._linked:
            cost += self._broken_links(mask)
        self._note(j, cost + broken * HARD, absent)

    def _language(self, tongues: dict[int, int]) -> int:
        """The points of the language of a table, remembered: mixtures come again and again."""
        key = frozenset(tongues.items())
        points = self._language_points.get(key)
        if points is None:
            if len(self._language_points) > 3_000:
                self._language_points.clear()
            weights = self.room.weights
            points = language_points(tongues, weights.strangers, weights.whisper)
            self._language_points[key] = points
        return points

    def _broken_links(self, mask: int) -> int:
        """Half a hard rule at each end of a broken wish of two people: together, they make one."""
        ends = 0
        for i, rivals in self.apart.items():
            if mask >> i & 1:
                ends += (mask & rivals).bit_count()
        for i, partners in self.together.items():
            if mask >> i & 1:
                ends += (partners & ~mask).bit_count()
        return ends * (HARD // 2)
