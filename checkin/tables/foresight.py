"""What an act by hand would do at the tables, in words and points, before anybody does it.

Nothing is written. The sentences come from the reference score and the hard rules of the room as it
stood when it was first asked, so that a list of prices costs one look; the act itself (`manual.py`)
looks again, because the room may have changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property

from checkin.errors import RefusedError
from checkin.event.session import EventSession, current_round
from checkin.tables import explain
from checkin.tables.assembling import Standing, standing
from checkin.tables.contradictions import of_apart, of_together
from checkin.tables.explain import rules_at
from checkin.tables.faults import Fault, faults
from checkin.tables.manual import LONGEST_HOST, Wish
from checkin.tables.room import Guest, Room, Seating
from checkin.tables.rules import broken, newly_broken
from checkin.tables.score import score
from checkin.tables.seating import Price
from checkin.tables.territories import Part, exchange, parts_of
from checkin.tables.values import changed
from checkin.text import clean


class Foresight:
    """What acts at the tables of an open event would do; make a new one to look again."""

    def __init__(self, session: EventSession) -> None:
        self.session = session

    def move(self, people: Collection[str], table: int) -> Price:
        """Returns what it costs when all of `people` go to `table`."""
        now = self._now
        if table not in {each.number for each in now.room.tables}:
            return self._refused(
                f"There is no table {table}; they are 1 to {len(now.room.tables)}."
            )
        here = {guest.id for guest in now.room.guests}
        if not here.issuperset(people):
            return self._refused("Only somebody who is here can be moved.")
        if all(now.seating.get(person) == table for person in people):
            return self._refused(f"They sit at table {table} already.")
        return self._cost(dict.fromkeys(people, table))

    def moves(self, moves: Mapping[str, int]) -> Price:
        """Returns what it costs when each of some people goes to a table of their own.

        Refused like `Planning.accept_moves`, where a rule that holds now would be broken.
        """
        harm = breaks_anew(self._now.room, self._now.seating, moves)
        if harm:
            return self._refused(harm)
        found = self._pricing.price(moves)
        return Price(found.say, found.before, found.after)

    def swap(self, one: str, other: str) -> Price:
        """Returns what it costs when two people change places."""
        now = self._now
        here, there = now.seating.get(one), now.seating.get(other)
        if here is None or there is None:
            return self._refused(
                f"{_guest(now, one if here is None else other).called} has no table."
            )
        if here == there:
            return self._refused("They sit at the same table.")
        return self._cost({one: there, other: here})

    def exchange(self, one: Part, other: Part) -> Price:
        """Returns what it costs when two parts of territories change tables."""
        if one.table == other.table:
            return self._refused("They sit at the same table.")
        return self._cost(exchange(one, other))

    def parts(self) -> tuple[Part, ...]:
        """Returns the territories at the tables, part by part."""
        return parts_of(self._now.room, self._now.seating)

    def why_here(self, person: str) -> str:
        """Returns in one sentence why somebody sits where they sit, or that they sit nowhere."""
        if person not in self._now.seating:
            return "They sit at no table."
        return explain.why_here(self._now.room, self._now.seating, person)

    def faults(self, table: int) -> tuple[Fault, ...]:
        """Returns what is wrong at a table, each in a sentence with its points.

        It names who needs a step-free table: it is for whoever opens this table.
        """
        room, seating = self._now.room, self._now.seating
        hard = broken(room, seating)
        beside = (rule for rule in rules_at(hard, seating, table) if rule.table != table)
        return (*(Fault(rule.say, None) for rule in beside), *faults(room, seating, table))

    def pair(self, wish: Wish, one: str, other: str) -> Price:
        """Returns what the wish that two people sit together, or apart, would ask for."""
        now = self._now
        room, pair = now.room, (min(one, other), max(one, other))
        together = wish is Wish.TOGETHER
        names = f"{_guest(now, one).called} and {_guest(now, other).called}"
        against = (of_together if together else of_apart)(room, pair)
        if against is not None:
            called = {guest.id: guest.called for guest in room.guests}
            return self._refused(against.say(lambda id: called.get(id, "somebody still due")))
        if pair in (room.together if together else room.apart):
            return self._refused(f"{names} are to sit {wish.value} already.")
        here, there = now.seating.get(one), now.seating.get(other)
        kept = (here == there) is together
        first = ""
        if here is None or there is None:
            say = "It counts as soon as both have a table."
        elif kept:
            where = f"at table {here}" if together else f"at tables {here} and {there}"
            say = f"They do already, {where}. No move, plan or repair changes that."
        else:
            they = (
                f"both sit at table {here}"
                if here == there
                else f"sit at tables {here} and {there}"
            )
            say = f"They {they}: the board warns until one is moved, a repair (F5) proposes who."
            first = f"✕ Then broken: {names} not {wish.value}; F5 repairs"
        return self._same(say, first)

    def pin(self, person: str) -> Price:
        """Returns what it means to pin somebody where they sit."""
        now = self._now
        table = now.seating.get(person)
        if table is None:
            return self._refused(f"{_guest(now, person).called} has no table to be pinned to.")
        return self._same(f"No move, plan or repair takes them from table {table}.")

    def unpin(self, person: str) -> Price:
        """Returns what it means to let somebody go who is pinned."""
        now = self._now
        if _guest(now, person).pin is None:
            return self._refused(f"{_guest(now, person).called} is not pinned.")
        return self._same("They stay where they sit; moves, plans and repairs may move them again.")

    def staying(self, person: str) -> bool:
        """Whether somebody is noted as not wanting to be moved."""
        return _guest(self._now, person).stays

    def may_move(self, person: str) -> Price:
        """Returns what it means that somebody may be moved again."""
        now = self._now
        if not _guest(now, person).stays:
            return self._refused(f"{_guest(now, person).called} is not noted as staying.")
        return self._same("They stay where they sit; a repair may propose to move them again.")

    def stays(self, person: str) -> Price:
        """Returns what it means that somebody does not want to be moved."""
        now = self._now
        if _guest(now, person).stays:
            return self._refused(f"{_guest(now, person).called} is noted as staying already.")
        return self._same("No repair proposes to move them; you still can by hand.")

    def host(self, number: int, name: str) -> Price:
        """Returns what it costs or gains to name a table's host; an empty name takes it back."""
        who = clean(name, LONGEST_HOST)
        say = f"{who} is the host of table {number}." if who else f"Table {number} has no host."
        now = self._now
        others = explain.hosts_said(now.room, _with_table(now, number, host=who), now.seating)
        found = self._with_table(number, say, host=who)
        if not others:
            return found
        return replace(found, first=f"{others.rstrip('.')}: {found.before} → {found.after} points")

    def close(self, number: int) -> Price:
        """Returns what closing a table means for who sits there, and in points."""
        there = sum(table == number for table in self._now.seating.values())
        if not there:
            say = "Nobody sits there; nobody will be seated there."
            return self._with_table(number, say, open=False)
        some = "1 person needs" if there == 1 else f"{there} people need"
        say = "They sit there until somebody moves them; a repair (F5) proposes where to."
        found = self._with_table(number, say, open=False)
        return replace(found, first=f"✕ {some} a seat; F5 repairs")

    def open(self, number: int) -> Price:
        """Returns what opening a table again means."""
        return self._with_table(number, "People may be seated there again.", open=True)

    def _with_table(self, number: int, say: str, **fields: object) -> Price:
        """Returns the price of changing `fields` of a table."""
        room = _with_table(self._now, number, **fields)
        return Price(say, self._pricing.points, score(room, self._now.seating).total)

    def pinned(self, person: str) -> int | None:
        """Returns the table somebody is pinned to; None when they may sit anywhere."""
        return _guest(self._now, person).pin

    @cached_property
    def _now(self) -> Standing:
        with self.session.reading() as connection:
            number = current_round(connection)
            return standing(connection, self.session.settings, number)

    @cached_property
    def _pricing(self) -> explain.Pricing:
        return explain.Pricing(self._now.room, self._now.seating)

    def _cost(self, moves: Mapping[str, int]) -> Price:
        harm = self._pricing.harm(moves)
        if harm:
            return self._refused(harm)
        found = self._pricing.price(moves)
        return Price(found.say, found.before, found.after)

    def _refused(self, why: str) -> Price:
        return Price(why, self._pricing.points, self._pricing.points, why)

    def _same(self, say: str, first: str = "") -> Price:
        return Price(say, self._pricing.points, self._pricing.points, first=first)


def breaks_anew(room: Room, seating: Seating, moves: Mapping[str, int]) -> str:
    """Returns the first rule that holds now and `moves` would break; empty where there is none.

    A part of a repair can lack the move that made room.
    """
    after = {**seating, **moves}
    anew = newly_broken(broken(room, seating), broken(room, after))
    return explain.unnamed(anew[0].say, room) if anew else ""


def _with_table(now: Standing, number: int, **fields: object) -> Room:
    """Returns the room with `fields` of a table changed."""
    tables = tuple(
        changed(table, **fields) if table.number == number else table for table in now.room.tables
    )
    return changed(now.room, tables=tables)


def _guest(now: Standing, person: str) -> Guest:
    found = next((guest for guest in now.room.guests if guest.id == person), None)
    if found is None:
        raise RefusedError("Only somebody who is here has a place at the tables.")
    return found
