"""Random days at the door, step by step: the facts as a file holds them, and the room that follows.

Small rooms and large ones, tables all alike or all different, one language or many.
"""

from __future__ import annotations

from random import Random

from checkin.tables.arrival import RoomState, arrival_seat
from checkin.tables.room import Guest, Room, Side, Table
from checkin.tables.values import changed

LANGUAGES = ("en", "fr", "de", "pl", "hu")
RARE = ("lt", "mt", "ga")
SIDES = tuple(Side)


class Day:
    """A random day: the facts as a file would hold them, and the room that follows them."""

    def __init__(self, seed: int) -> None:
        self.random = random = Random(seed)
        count = random.choice((1, 3, 6, 20))
        if random.random() < 0.5:
            seats, minimum = random.choice(((3, 2), (6, 4), (10, 6)))
            self.tables = tuple(Table(n, seats, minimum) for n in range(1, count + 1))
        else:
            self.tables = tuple(
                Table(n, random.choice((3, 6)), random.choice((2, 4)), random.random() > 0.1,
                      random.random() < 0.3, random.choice(("", "Ann")))
                for n in range(1, count + 1)
            )  # fmt: skip
        self.strange = random.choice((0.0, 0.1, 0.5))
        self.bound = random.choice((0.0, 0.1, 0.3))
        self.territories = ("", *(f"T{n}" for n in range(random.choice((2, 4, 15)))))
        self.everybody = [self.guest(f"g{n}") for n in range(random.choice((6, 15, 30, 80)))]
        pairs = [tuple(random.sample([g.id for g in self.everybody], 2)) for _ in range(4)]
        self.together, self.apart = tuple(pairs[:2]), tuple(pairs[2:])
        self.here: dict[str, tuple[Guest, int]] = {}
        self.due = {guest.id: guest for guest in self.everybody if random.random() < 0.8}
        self.plan = {id: self.any_table() for id in self.due if random.random() < 0.6}
        self.in_by_now = random.choice((None, 0.3, 0.9))
        self.room = self.built_anew()

    def guest(self, id: str) -> Guest:
        random = self.random
        spoken = tuple(random.sample(LANGUAGES, random.choice((1, 1, 2))))
        if random.random() < 0.1:
            spoken = (random.choice(RARE),)
        territory = random.choice(self.territories)
        return Guest(
            id,
            territory,
            random.choice(SIDES),
            spoken if random.random() < self.strange else ("en",),
            step_free=random.random() < self.bound,
            pin=self.any_table() if random.random() < self.bound else None,
            name=id.capitalize(),
        )

    def any_table(self) -> int:
        """A table; now and then one that the event does not have."""
        return self.random.randint(1, len(self.tables) + 1)

    def built_anew(self) -> RoomState:
        guests = tuple(guest for guest, _ in self.here.values())
        return RoomState(
            Room(self.tables, guests, self.together, self.apart, languages=("en", "fr")),
            {id: table for id, (_, table) in self.here.items()},
            self.due.values(),
            self.plan,
            0.28,
            in_by_now=self.in_by_now,
        )

    def step(self) -> None:
        """Somebody arrives, leaves, comes back, is expected, cancelled, moved, or walks in."""
        random = self.random
        guest = random.choice(self.everybody)
        if random.random() < 0.1:
            guest = self.guest(f"w{len(self.everybody)}")
            self.everybody.append(guest)
        what = random.choice(
            ("arrives", "arrives", "arrives", "arrives", "sits", "leaves", "expected", "drop",
             "time passes", "a table changes", "a wish changes")
        )  # fmt: skip
        if what == "arrives" and guest.id not in self.here:
            table = arrival_seat(self.room, guest).table
            self.gone(guest.id)
            if table is None:
                self.room.drop(guest.id)
            else:
                self.here[guest.id] = (guest, table)
                self.room.seat(guest, table)
        elif what == "sits":
            self.gone(guest.id)
            self.here[guest.id] = (guest, self.any_table())
            self.room.seat(*self.here[guest.id])
        elif what == "leaves" and guest.id in self.here:
            self.gone(guest.id)
            self.room.leave(guest.id)
        elif what == "expected":
            self.gone(guest.id)
            self.due[guest.id] = guest
            if random.random() < 0.5:
                self.plan[guest.id] = self.any_table()
            self.room.expect(guest, self.plan.get(guest.id))
        elif what == "drop":
            self.gone(guest.id)
            self.room.drop(guest.id)
        elif what == "time passes" and self.in_by_now is not None:
            self.room.in_by_now = self.in_by_now = min(self.in_by_now + random.random() / 9, 1.0)
        elif what == "a table changes":
            self.table_changes()
        elif what == "a wish changes":
            ids = [guest.id for guest in self.everybody]
            self.together = ((random.choice(ids), random.choice(ids)), *self.together[:2])
            self.apart = ((random.choice(ids), random.choice(ids)), *self.apart[:2])
            self.room.bind(self.together, self.apart)

    def table_changes(self) -> None:
        """One table is opened, closed, or given a host, or none."""
        random = self.random
        tables = list(self.tables)
        n = random.randrange(len(tables))
        tables[n] = changed(
            tables[n], open=random.random() < 0.7, host=random.choice(("", "", "Ann"))
        )
        self.tables = tuple(tables)
        self.room.furnish(self.tables)

    def gone(self, id: str) -> None:
        self.here.pop(id, None)
        self.due.pop(id, None)
        self.plan.pop(id, None)

    def some_who_may_come(self) -> list[Guest]:
        """A few of those who aren't here, and somebody nobody knows."""
        away = [guest for guest in self.everybody if guest.id not in self.here]
        self.random.shuffle(away)
        return [*away[:3], self.guest("x")]
