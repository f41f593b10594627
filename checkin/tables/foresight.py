"""What an act by hand would do at the tables, in words and points, before anybody does it.

Nothing is written. The sentences come from the reference score and the hard rules of the room as it
stands; the act itself (`manual.py`) looks again, because the room may have changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping

from checkin.errors import RefusedError
from checkin.event.session import EventSession, current_round
from checkin.tables import explain
from checkin.tables.assembling import Standing, standing
from checkin.tables.manual import Wish
from checkin.tables.room import Guest
from checkin.tables.rules import broken
from checkin.tables.score import score
from checkin.tables.seating import Price
from checkin.tables.values import changed
from checkin.text import clean


class Foresight:
    """What acts at the tables of an open event would do."""

    def __init__(self, session: EventSession) -> None:
        self.session = session

    def swap(self, one: str, other: str) -> Price:
        """Returns what it costs when two people change places."""
        now = self._standing()
        here, there = now.seating.get(one), now.seating.get(other)
        if here is None or there is None:
            return _refused(now, f"{_guest(now, other if here else one).called} has no table.")
        if here == there:
            return _refused(now, "They sit at the same table.")
        moves = {one: there, other: here}
        harm = _harm(now, {**now.seating, **moves})
        if harm:
            return _refused(now, harm)
        found = explain.price(now.room, now.seating, moves)
        return Price(found.say, found.before, found.after)

    def pair(self, wish: Wish, one: str, other: str) -> Price:
        """Returns what the wish that two people sit together, or apart, would ask for."""
        now = self._standing()
        room, pair = now.room, (min(one, other), max(one, other))
        together = wish is Wish.TOGETHER
        names = f"{_guest(now, one).called} and {_guest(now, other).called}"
        if pair in (room.apart if together else room.together):
            contrary = Wish.APART if together else Wish.TOGETHER
            return _refused(now, f"{names} are to sit {contrary.value}; that can't both be.")
        if pair in (room.together if together else room.apart):
            return _refused(now, f"{names} are to sit {wish.value} already.")
        here, there = now.seating.get(one), now.seating.get(other)
        kept = (here == there) is together
        if here is None or there is None:
            say = "It counts as soon as both have a table."
        elif kept:
            where = f"at table {here}" if together else f"at tables {here} and {there}"
            say = f"They do, {where}. No move, plan or repair changes that."
        else:
            at = f"both at table {here}" if here == there else f"at tables {here} and {there}"
            say = f"They sit {at}: the board warns until one is moved, a repair (F5) proposes who."
        return _same(now, say)

    def pin(self, person: str) -> Price:
        """Returns what it means to pin somebody where they sit."""
        now = self._standing()
        table = now.seating.get(person)
        if table is None:
            return _refused(now, f"{_guest(now, person).called} has no table to be pinned to.")
        return _same(now, f"No move, plan or repair takes them from table {table}.")

    def unpin(self, person: str) -> Price:
        """Returns what it means to let somebody go who is pinned."""
        now = self._standing()
        if _guest(now, person).pin is None:
            return _refused(now, f"{_guest(now, person).called} is not pinned.")
        return _same(now, "They stay where they sit; moves, plans and repairs may move them again.")

    def stays(self, person: str) -> Price:
        """Returns what it means that somebody does not want to be moved."""
        now = self._standing()
        if _guest(now, person).stays:
            return _refused(now, f"{_guest(now, person).called} is noted as staying already.")
        return _same(now, "No repair proposes to move them; you still can by hand.")

    def host(self, number: int, name: str) -> Price:
        """Returns what it costs or gains to name a table's host; an empty name takes it back."""
        now = self._standing()
        tables = tuple(
            changed(table, host=clean(name, 80)) if table.number == number else table
            for table in now.room.tables
        )
        room = changed(now.room, tables=tables)
        before, after = score(now.room, now.seating).total, score(room, now.seating).total
        who = clean(name, 80)
        say = f"{who} is the host of table {number}." if who else f"Table {number} has no host."
        return Price(say, before, after)

    def wishes_of(self, person: str) -> tuple[str, ...]:
        """Returns in sentences what binds somebody: pin, staying, together, apart."""
        now = self._standing()
        names = {guest.id: guest.called for guest in now.room.guests}
        guest = next((each for each in now.room.guests if each.id == person), None)
        if guest is None:
            return ()
        found = [] if guest.pin is None else [f"Pinned to table {guest.pin}."]
        found += ["Does not want to be moved."] if guest.stays else []
        for pairs, word in ((now.room.together, "together"), (now.room.apart, "apart")):
            for pair in pairs:
                if person in pair:
                    other = pair[1] if pair[0] == person else pair[0]
                    who = names.get(other, "somebody who is not here")
                    joint = "with" if word == "together" else "from"
                    found.append(f"To sit {word} {joint} {who}.")
        return tuple(found)

    def pinned(self, person: str) -> int | None:
        """Returns the table somebody is pinned to; None when they may sit anywhere."""
        return _guest(self._standing(), person).pin

    def _standing(self) -> Standing:
        with self.session.reading() as connection:
            number = current_round(connection)
            return standing(connection, self.session.settings, number)


def _guest(now: Standing, person: str) -> Guest:
    found = next((guest for guest in now.room.guests if guest.id == person), None)
    if found is None:
        raise RefusedError("Only somebody who is here has a place at the tables.")
    return found


def _harm(now: Standing, after: Mapping[str, int]) -> str:
    """Returns the first hard rule that is newly broken; empty when there is none."""
    was = broken(now.room, now.seating)
    return next((rule.say for rule in broken(now.room, after) if rule not in was), "")


def _refused(now: Standing, why: str) -> Price:
    total = score(now.room, now.seating).total
    return Price(why, total, total, why)


def _same(now: Standing, say: str) -> Price:
    total = score(now.room, now.seating).total
    return Price(say, total, total)
