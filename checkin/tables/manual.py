"""What a facilitator does by hand at the tables: moves and swaps, wishes, tables, undo and redo.

Each is one act in the journal, told with the points before and after, and can be undone and redone;
the names of hosts and tables stand beside their entries, because the journal holds no names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer, current_round
from checkin.tables.assembling import Standing, standing, tables, wishes
from checkin.tables.contradictions import of_apart, of_together
from checkin.tables.explain import hosts_said, unnamed
from checkin.tables.rules import broken, newly_broken, workable
from checkin.tables.seating import Change, change_of
from checkin.tables.taking_back import REDO, UNDO, Turn
from checkin.tables.territories import Part, counted, exchange, parts_of
from checkin.tables.turning import turned
from checkin.tables.values import changed
from checkin.text import clean
from db.ids import new_id
from db.kinds import EntryKind, table_subject
from db.people import by_id, keep_text

LONGEST_NAME = 30
"""Letters of a table's name: it stands beside a number on a card."""

LONGEST_HOST = 80
"""Letters of a host's name."""


class Wish(StrEnum):
    """A wish of the day between people, or of one person."""

    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class _Done:
    """What an act did, in a sentence; whom it was about, and the one table it was about."""

    say: str
    people: tuple[str, ...] = ()
    table: int | None = None


class Manual:
    """The facilitator's hand at the tables of an open event."""

    def __init__(self, session: EventSession) -> None:
        self.session = session

    def swap(self, one: str, other: str) -> Change:
        """Two people change places."""

        def act(writer: Writer, now: Standing) -> _Done:
            here, there = _table_of(writer, now, one), _table_of(writer, now, other)
            if here == there:
                raise RefusedError("They sit at the same table.")
            _move(writer, now, {one: there, other: here})
            say = f"{_name(writer, now, one)} and {_name(writer, now, other)} changed places."
            return _Done(say, (one, other))

        return self._do(act)

    def exchange(self, one: Part, other: Part) -> Change:
        """Two territories, or the parts of them at two tables, change places as one act."""

        def act(writer: Writer, now: Standing) -> _Done:
            if one.table == other.table:
                raise RefusedError("They sit at the same table.")
            _must_sit_as_seen(now, one, other)
            _move(writer, now, exchange(one, other))
            return _Done(
                f"{counted(one)} sits at table {other.table} now, "
                f"{counted(other)} at table {one.table}.",
                (*one.people, *other.people),
            )

        return self._do(act)

    def move_parts(self, table: int, *parts: Part) -> Change:
        """A whole territory, in one part or in several, goes to a table as one act."""

        def act(writer: Writer, now: Standing) -> _Done:
            self._must_be_a_table(now, table)
            _must_sit_as_seen(now, *parts)
            moves = {id: table for part in parts if part.table != table for id in part.people}
            if not moves:
                raise RefusedError(f"They sit at table {table} already.")
            _move(writer, now, moves)
            together = sum(len(part.people) for part in parts)
            say = f"{parts[0].territory} ({together}) sits at table {table} now."
            return _Done(say, tuple(id for part in parts for id in part.people), table)

        return self._do(act)

    def pin(self, person: str, table: int | None) -> Change:
        """Pins somebody to a table, or lets them go when `table` is None.

        Nothing is written when that is so already.
        """

        def act(writer: Writer, now: Standing) -> _Done:
            if table is not None:
                self._must_be_a_table(now, table)
            name = _name(writer, now, person)
            pinned = wishes(writer.connection).pins.get(person)
            if pinned == table:
                say = (
                    f"{name} was not pinned; nothing changed."
                    if table is None
                    else f"{name} is pinned to table {table} already; nothing changed."
                )
                return _Done(say, (person,), table)
            writer.record(
                EntryKind.WISH_SET, person, wish="pin", wanted=table is not None, table=table
            )
            if table is None:
                return _Done(f"{name} is no longer pinned to table {pinned}.", (person,))
            return _Done(_pinned(now, person, name, table), (person,), table)

        return self._do(act)

    def stays(self, person: str) -> Change:
        """Notes that somebody does not want to be moved; no repair proposes to."""

        def act(writer: Writer, now: Standing) -> _Done:
            writer.record(EntryKind.WISH_SET, person, wish="stays", wanted=True)
            return _Done(f"{_name(writer, now, person)} stays; no repair moves them.", (person,))

        return self._do(act)

    def may_move(self, person: str) -> Change:
        """Takes back that somebody does not want to be moved."""

        def act(writer: Writer, now: Standing) -> _Done:
            name = _name(writer, now, person)
            if not any(guest.stays for guest in now.room.guests if guest.id == person):
                raise RefusedError(f"{name} is not noted as staying.")
            writer.record(EntryKind.WISH_SET, person, wish="stays", wanted=False)
            return _Done(f"{name} may be moved again.", (person,))

        return self._do(act)

    def pair(self, wish: Wish, one: str, other: str) -> Change:
        """Notes that two people are to sit together, or apart.

        Nothing is written when that is so already. RefusedError when it contradicts what is to be
        together and apart. What is broken until somebody is moved, or can't be kept, is said.
        """
        if one == other:
            raise RefusedError("That is one person; name two.")

        def act(writer: Writer, now: Standing) -> _Done:
            room, pair = now.room, (min(one, other), max(one, other))
            names = f"{_name(writer, now, one)} and {_name(writer, now, other)}"
            if pair in (room.together if wish is Wish.TOGETHER else room.apart):
                say = f"{names} are to sit {wish.value} already; nothing changed."
                return _Done(say, (one, other))
            against = (of_together if wish is Wish.TOGETHER else of_apart)(room, pair)
            if against is not None:
                raise RefusedError(against.say(lambda id: _name(writer, now, id)))
            writer.record(EntryKind.WISH_SET, pair[0], wish=wish.value, wanted=True, other=pair[1])
            say = f"{names} are to sit {wish.value}."
            after = self._standing(writer)
            return _Done(say + _asked_too_much(now, after, pair), (one, other))

        return self._do(act)

    def unpair(self, wish: Wish, one: str, other: str) -> Change:
        """Withdraws for today that two people are to sit together, or apart, whoever said so."""

        def act(writer: Writer, now: Standing) -> _Done:
            pair = (min(one, other), max(one, other))
            pairs = now.room.together if wish is Wish.TOGETHER else now.room.apart
            names = f"{_name(writer, now, one)} and {_name(writer, now, other)}"
            if pair not in pairs:
                raise RefusedError(f"Nobody asked for {names} to sit {wish.value}.")
            writer.record(EntryKind.WISH_SET, pair[0], wish=wish.value, wanted=False, other=pair[1])
            return _Done(f"{names} need not sit {wish.value}.", (one, other))

        return self._do(act)

    def open_table(self, number: int) -> Change:
        """Opens a table that was closed."""
        return self._door_of_table(number, EntryKind.TABLE_OPENED)

    def close_table(self, number: int) -> Change:
        """Closes a table; who sits there is shown as to be moved, and stays until somebody does."""
        return self._door_of_table(number, EntryKind.TABLE_CLOSED)

    def name_host(self, number: int, name: str) -> Change:
        """Names a table's host; an empty name takes it back."""
        return self.describe(number, host=name)

    def name_table(self, number: int, name: str) -> Change:
        """Gives a table a name beside its number; an empty one takes it back."""
        return self.describe(number, name=name)

    def describe(self, number: int, name: str | None = None, host: str | None = None) -> Change:
        """Names a table, or its host, or both as one act; None leaves what is there."""
        said = []
        if name is not None:
            kept = clean(name, LONGEST_NAME)
            said.append(
                (EntryKind.TABLE_NAMED, kept, f'called "{kept}"' if kept else "no name beside it")
            )
        if host is not None:
            kept = clean(host, LONGEST_HOST)
            said.append((EntryKind.HOST_NAMED, kept, f"{kept} is the host" if kept else "no host"))

        def act(writer: Writer, now: Standing) -> _Done:
            self._must_be_a_table(now, number)
            marks = {"act": new_id()} if len(said) > 1 else {}
            for kind, kept, _ in said:
                entry = writer.record(kind, table_subject(number), **marks)
                if kept:
                    keep_text(writer.connection, entry.id, kept)
            room = changed(now.room, tables=tables(writer.connection, self.session.settings))
            others = hosts_said(now.room, room, now.seating)
            say = f"Table {number}: {', '.join(words for *_, words in said)}. {others}"
            return _Done(say.rstrip(), table=number)

        return self._do(act)

    def undo(self) -> Change:
        """Undoes this desk's latest act at the tables that still stands; says what is so now."""
        return self._turn(UNDO)

    def redo(self) -> Change:
        """Does again what was undone last, unless something else was done since."""
        return self._turn(REDO)

    def _turn(self, turn: Turn) -> Change:
        with self.session.writing() as writer:
            return turned(self.session, writer, turn)

    def _door_of_table(self, number: int, kind: EntryKind) -> Change:
        def act(writer: Writer, now: Standing) -> _Done:
            self._must_be_a_table(now, number)
            opens = kind is EntryKind.TABLE_OPENED
            if now.room.table(number).open == opens:
                raise RefusedError(f"Table {number} is {'open' if opens else 'closed'} already.")
            writer.record(kind, table_subject(number))
            there = sum(table == number for table in now.seating.values())
            if opens:
                return _Done(f"Table {number} is open.", table=number)
            some = "1 person" if there == 1 else f"{there} people"
            say = f"Table {number} is closed" + (f"; {some} to move." if there else ".")
            return _Done(say, table=number)

        return self._do(act)

    def _do(self, act: Callable[[Writer, Standing], _Done]) -> Change:
        """Does one act in one transaction and tells the points before and after."""
        with self.session.writing() as writer:
            now = self._standing(writer)
            done = act(writer, now)
            after = self._standing(writer)
            return change_of(writer.connection, done.say, now, after, done.people, done.table)

    def _standing(self, writer: Writer) -> Standing:
        number = current_round(writer.connection)
        return standing(writer.connection, self.session.settings, number)

    def _must_be_a_table(self, now: Standing, number: int) -> None:
        if number not in {table.number for table in now.room.tables}:
            raise RefusedError(
                f"There is no table {number}; the tables are 1 to {len(now.room.tables)}."
            )


def _pinned(now: Standing, person: str, name: str, table: int) -> str:
    """Returns that somebody is pinned to a table, and what is broken until somebody mends it."""
    guest = next((each for each in now.room.guests if each.id == person), None)
    place, sits = now.room.table(table), now.seating.get(person)
    if not place.open:
        return (
            f"{name} is pinned to table {table}, which is closed: open it, or pin them to another."
        )
    if guest is not None and guest.step_free and not place.step_free:
        return (
            f"{name} is pinned to table {table}, but needs a step-free table and that is none: "
            "pin them to another."
        )
    if sits == table:
        return f"{name} is pinned to table {table} and sits there."
    if sits is not None:
        return (
            f"{name} is pinned to table {table}, but sits at table {sits}: "
            "move them there, or repair."
        )
    if guest is not None:
        return f"{name} is pinned to table {table} and has no table yet: move them there."
    return f"{name} is pinned to table {table}; the door sends them there."


def _asked_too_much(now: Standing, after: Standing, pair: tuple[str, str]) -> str:
    """Returns what a wish of two breaks or can't be, in words that follow it; empty for nothing."""
    known = {rule.say for rule in workable(now.room).impossible}
    for rule in workable(after.room).impossible:
        if rule.say not in known:
            return f" It can't be kept as things are: {unnamed(rule.say, after.room)}"
    new = newly_broken(broken(now.room, now.seating), broken(after.room, after.seating))
    if not any(set(rule.people) == set(pair) for rule in new):
        return ""
    at = [after.seating[person] for person in pair]
    if at[0] == at[1]:
        return f" Both sit at table {at[0]}: move one, or repair."
    return f" They sit at tables {at[0]} and {at[1]}: move one, or repair."


def _move(writer: Writer, now: Standing, moves: Mapping[str, int]) -> None:
    """Records moves as one act; RefusedError when they would break a hard rule anew."""
    before = broken(now.room, now.seating)
    for rule in newly_broken(before, broken(now.room, {**now.seating, **moves})):
        raise RefusedError(unnamed(rule.say, now.room))
    marks = {"act": new_id()} if len(moves) > 1 else {}
    for person, to in moves.items():
        was = now.seating.get(person)
        writer.record(EntryKind.MOVED, person, round=now.number, was=was, to=to, **marks)


def _must_sit_as_seen(now: Standing, *seen: Part) -> None:
    """What was priced is what is done: RefusedError when a part came apart meanwhile."""
    sitting = set(parts_of(now.room, now.seating))
    for part in seen:
        if part not in sitting:
            raise RefusedError(
                f"{part.territory} does not sit at table {part.table} as it did; look again."
            )


def _table_of(writer: Writer, now: Standing, person: str) -> int:
    if person not in now.seating:
        raise RefusedError(f"{_name(writer, now, person)} sits at no table.")
    return now.seating[person]


def _name(writer: Writer, now: Standing, person: str) -> str:
    found = next((each.called for each in now.room.guests if each.id == person), "")
    if found:
        return found
    row = by_id(writer.connection, now.number, person)
    if row is None:
        raise RefusedError("There is no such person in this event.")
    return as_person(row).full_name
