"""What a facilitator does by hand at the tables: moves and swaps, wishes, tables, undo and redo.

Each is one act in the journal, told with the points before and after, and can be undone and redone;
the names of hosts and tables stand beside their entries, because the journal holds no names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from sqlalchemy import Connection, select

from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, Writer, current_round
from checkin.tables.assembling import Standing, standing, tables, wishes
from checkin.tables.explain import hosts_said, unnamed
from checkin.tables.rules import broken, newly_broken
from checkin.tables.score import score
from checkin.tables.seating import Change
from checkin.tables.taking_back import REDO, UNDO, Left, Phrases, Turn
from checkin.tables.territories import Part, counted, exchange, parts_of
from checkin.tables.values import changed
from checkin.text import clean
from db.folds import standing as still_standing
from db.ids import new_id
from db.journal import Entry, as_entry, entry
from db.kinds import EntryKind, table_subject
from db.people import by_id, keep_text
from db.schema import journal, seat

_UNDOABLE = (
    EntryKind.MOVED,
    EntryKind.WISH_SET,
    EntryKind.TABLE_OPENED,
    EntryKind.TABLE_CLOSED,
    EntryKind.HOST_NAMED,
    EntryKind.TABLE_NAMED,
    EntryKind.SEATS_PLANNED,
    EntryKind.SEATS_ACCEPTED,
)

LONGEST_NAME = 30
"""Letters of a table's name: it stands beside a number on a card."""

LONGEST_HOST = 80
"""Letters of a host's name."""


_FARTHEST_BACK = 500
"""Entries looked at for something to undo."""


class Wish(StrEnum):
    """A wish of the day between people, or of one person."""

    TOGETHER = "together"
    APART = "apart"


class Manual:
    """The facilitator's hand at the tables of an open event."""

    def __init__(self, session: EventSession) -> None:
        self.session = session

    def swap(self, one: str, other: str) -> Change:
        """Two people change places."""

        def act(writer: Writer, now: Standing) -> str:
            here, there = _table_of(writer, now, one), _table_of(writer, now, other)
            if here == there:
                raise RefusedError("They sit at the same table.")
            _move(writer, now, {one: there, other: here})
            return f"{_name(writer, now, one)} and {_name(writer, now, other)} changed places."

        return self._do(act)

    def exchange(self, one: Part, other: Part) -> Change:
        """Two territories, or the parts of them at two tables, change places as one act."""

        def act(writer: Writer, now: Standing) -> str:
            if one.table == other.table:
                raise RefusedError("They sit at the same table.")
            _must_sit_as_seen(now, one, other)
            _move(writer, now, exchange(one, other))
            return (
                f"{counted(one)} sits at table {other.table} now, "
                f"{counted(other)} at table {one.table}."
            )

        return self._do(act)

    def move_parts(self, table: int, *parts: Part) -> Change:
        """A whole territory, in one part or in several, goes to a table as one act."""

        def act(writer: Writer, now: Standing) -> str:
            self._must_be_a_table(now, table)
            _must_sit_as_seen(now, *parts)
            moves = {id: table for part in parts if part.table != table for id in part.people}
            if not moves:
                raise RefusedError(f"They sit at table {table} already.")
            _move(writer, now, moves)
            together = sum(len(part.people) for part in parts)
            return f"{parts[0].territory} ({together}) sits at table {table} now."

        return self._do(act)

    def pin(self, person: str, table: int | None) -> Change:
        """Pins somebody to a table, or lets them go when `table` is None."""

        def act(writer: Writer, now: Standing) -> str:
            if table is not None:
                self._must_be_a_table(now, table)
            writer.record(
                EntryKind.WISH_SET, person, wish="pin", wanted=table is not None, table=table
            )
            name = _name(writer, now, person)
            return f"{name} may sit anywhere." if table is None else f"{name} keeps table {table}."

        return self._do(act)

    def stays(self, person: str) -> Change:
        """Notes that somebody does not want to be moved; no repair proposes to."""

        def act(writer: Writer, now: Standing) -> str:
            writer.record(EntryKind.WISH_SET, person, wish="stays", wanted=True)
            return f"{_name(writer, now, person)} stays; no repair moves them."

        return self._do(act)

    def may_move(self, person: str) -> Change:
        """Takes back that somebody does not want to be moved."""

        def act(writer: Writer, now: Standing) -> str:
            name = _name(writer, now, person)
            if not any(guest.stays for guest in now.room.guests if guest.id == person):
                raise RefusedError(f"{name} is not noted as staying.")
            writer.record(EntryKind.WISH_SET, person, wish="stays", wanted=False)
            return f"{name} may be moved again."

        return self._do(act)

    def pair(self, wish: Wish, one: str, other: str) -> Change:
        """Notes that two people are to sit together, or apart."""
        if one == other:
            raise RefusedError("That is one person; name two.")

        def act(writer: Writer, now: Standing) -> str:
            contrary = Wish.APART if wish is Wish.TOGETHER else Wish.TOGETHER
            pairs = now.room.apart if wish is Wish.TOGETHER else now.room.together
            pair = (min(one, other), max(one, other))
            if pair in pairs:
                names = f"{_name(writer, now, one)} and {_name(writer, now, other)}"
                raise RefusedError(f"{names} are to sit {contrary.value}; that can't both be.")
            writer.record(EntryKind.WISH_SET, pair[0], wish=wish.value, wanted=True, other=pair[1])
            names = f"{_name(writer, now, one)} and {_name(writer, now, other)}"
            return f"{names} are to sit {wish.value}."

        return self._do(act)

    def unpair(self, wish: Wish, one: str, other: str) -> Change:
        """Withdraws for today that two people are to sit together, or apart, whoever said so."""

        def act(writer: Writer, now: Standing) -> str:
            pair = (min(one, other), max(one, other))
            pairs = now.room.together if wish is Wish.TOGETHER else now.room.apart
            names = f"{_name(writer, now, one)} and {_name(writer, now, other)}"
            if pair not in pairs:
                raise RefusedError(f"Nobody asked for {names} to sit {wish.value}.")
            writer.record(EntryKind.WISH_SET, pair[0], wish=wish.value, wanted=False, other=pair[1])
            return f"{names} need not sit {wish.value}."

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

        def act(writer: Writer, now: Standing) -> str:
            self._must_be_a_table(now, number)
            marks = {"act": new_id()} if len(said) > 1 else {}
            for kind, kept, _ in said:
                entry = writer.record(kind, table_subject(number), **marks)
                if kept:
                    keep_text(writer.connection, entry.id, kept)
            room = changed(now.room, tables=tables(writer.connection, self.session.settings))
            others = hosts_said(now.room, room, now.seating)
            return f"Table {number}: {', '.join(words for *_, words in said)}. {others}".rstrip()

        return self._do(act)

    def undo(self) -> Change:
        """Undoes this desk's latest act at the tables that still stands; says what is so now."""
        return self._turn(UNDO)

    def redo(self) -> Change:
        """Does again what was undone last, unless something else was done since."""
        return self._turn(REDO)

    def _turn(self, turn: Turn) -> Change:
        with self.session.writing() as writer:
            connection = writer.connection
            before = self._standing(writer)
            done = _stands(connection, self.session.desk, turn)
            if not done:
                raise RefusedError(turn.nothing)
            _take_back(writer, done, turn)
            after = self._standing(writer)
            return _change(_told(connection, turn, _acts(connection, done), after), before, after)

    def _door_of_table(self, number: int, kind: EntryKind) -> Change:
        def act(writer: Writer, now: Standing) -> str:
            self._must_be_a_table(now, number)
            opens = kind is EntryKind.TABLE_OPENED
            if now.room.table(number).open == opens:
                raise RefusedError(f"Table {number} is {'open' if opens else 'closed'} already.")
            writer.record(kind, table_subject(number))
            there = sum(table == number for table in now.seating.values())
            if opens:
                return f"Table {number} is open."
            return f"Table {number} is closed" + (f"; {there} people to move." if there else ".")

        return self._do(act)

    def _do(self, act: Callable[[Writer, Standing], str]) -> Change:
        """Does one act in one transaction and tells the points before and after."""
        with self.session.writing() as writer:
            now = self._standing(writer)
            return _change(act(writer, now), now, self._standing(writer))

    def _standing(self, writer: Writer) -> Standing:
        number = current_round(writer.connection)
        return standing(writer.connection, self.session.settings, number)

    def _must_be_a_table(self, now: Standing, number: int) -> None:
        if number not in {table.number for table in now.room.tables}:
            raise RefusedError(
                f"There is no table {number}; the tables are 1 to {len(now.room.tables)}."
            )


def _change(say: str, before: Standing, after: Standing) -> Change:
    was, now = (score(each.room, each.seating).total for each in (before, after))
    return Change(say, was, now)


def _stands(connection: Connection, desk: str, turn: Turn) -> list[Entry]:
    """Returns the entries of the desk's act that a turn means; empty when there is none.

    An undo means the latest act at the tables that stands; a redo the latest undo, when nothing was
    done since.
    """
    looked_at = (*_UNDOABLE, EntryKind.UNDONE)
    rows = connection.execute(
        select(journal)
        .where(journal.c.desk == desk, journal.c.kind.in_([kind.value for kind in looked_at]))
        .order_by(journal.c.position.desc())
        .limit(_FARTHEST_BACK)
    )
    own = [as_entry(row) for row in rows][::-1]
    acts = [each for each in own if each.kind != EntryKind.UNDONE or each.payload.get("board")]
    undos = turn is REDO
    if undos and (not acts or acts[-1].kind != EntryKind.UNDONE):
        return []
    stand = [
        each
        for each in still_standing(acts)
        if (each.kind == EntryKind.UNDONE and not each.payload.get("redo")) == undos
        and (undos or each.kind != EntryKind.UNDONE)
    ]
    act = stand[-1].payload.get("act") if stand else None
    return [each for each in stand if act and each.payload.get("act") == act] or stand[-1:]


def _take_back(writer: Writer, entries: Sequence[Entry], turn: Turn) -> None:
    """Records as one act that `entries` count no more."""
    marks: dict[str, object] = {"redo": True} if turn is REDO else {}
    if len(entries) > 1:
        marks["act"] = new_id()
    for each in reversed(entries):
        writer.record(EntryKind.UNDONE, each.subject, refers_to=each.id, board=True, **marks)


def _acts(connection: Connection, entries: Sequence[Entry]) -> list[Entry]:
    """Returns the acts behind entries that may be undos, or undos of undos, as they were done."""
    found = []
    for each in entries:
        act: Entry | None = each
        while act is not None and act.kind == EntryKind.UNDONE:
            act = entry(connection, act.refers_to or "")
        found += [act] if act is not None else []
    return sorted(found, key=lambda act: act.position)


def _told(connection: Connection, turn: Turn, acts: Sequence[Entry], after: Standing) -> str:
    """Returns what acts leave, now that they were turned, in one sentence."""
    phrases = Phrases(turn, _left(connection, acts, after))
    moved = [act.subject for act in acts if act.kind == EntryKind.MOVED and act.subject]
    plans = sorted(act.payload["round"] for act in acts if act.kind == EntryKind.SEATS_PLANNED)
    parts = [phrases.places(moved)] if moved else []
    parts += [phrases.plans(plans)] if plans else []
    for act in acts:
        what, _, number = (act.subject or "").partition(":")
        match act.kind:
            case EntryKind.WISH_SET:
                wish, other = act.payload["wish"], act.payload.get("other", "")
                parts.append(phrases.wish(wish, what, other))
            case EntryKind.TABLE_OPENED | EntryKind.TABLE_CLOSED:
                parts.append(phrases.door(int(number)))
            case EntryKind.HOST_NAMED:
                parts.append(phrases.host(int(number)))
            case EntryKind.TABLE_NAMED:
                parts.append(phrases.name(int(number)))
            case EntryKind.SEATS_ACCEPTED:
                parts.append(phrases.round(act.payload["round"]))
    return f"{turn.head}: {'; '.join(parts)}."


def _left(connection: Connection, acts: Sequence[Entry], after: Standing) -> Left:
    """Returns what is so after a turn, as far as the acts were about it."""
    about = {id for act in acts for id in (act.subject, act.payload.get("other")) if id}
    rows = (by_id(connection, after.number, id) for id in about if ":" not in id)
    pins, together, apart, stays = wishes(connection)
    planned = select(seat.c.round).where(seat.c.planned.is_not(None)).distinct()
    return Left(
        after.number,
        after.room,
        after.seating,
        {row.id: as_person(row).full_name for row in rows if row is not None},
        pins,
        {Wish.TOGETHER.value: together, Wish.APART.value: apart},
        stays,
        frozenset(connection.execute(planned).scalars()),
    )


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
