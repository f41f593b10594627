"""Folds of the journal: who is here, who sits where, which nonce was answered.

A subject's fold is computed from that subject's own entries only, so that writing one entry and
rebuilding everything go through the same few lines and end in the same rows. An entry that was
undone does not count; an undo that was itself undone does not count either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from db.engine import known, writes
from db.journal import Entry, as_entry, as_text, entries, entry
from db.kinds import FLAGS, GROUP_KINDS, EntryKind
from db.prepared import Prepared
from db.schema import (
    FOLDS,
    MERGED,
    WITHDRAWN,
    day_wish,
    journal,
    nonce,
    presence,
    seat,
    seating_round,
    table_state,
    touched,
)

_Row = dict[str, Any]
_Rows = Mapping[Table, Sequence[_Row]]
_PASSAGES = (EntryKind.ARRIVED, EntryKind.DEPARTED)


def fold(connection: Connection, new: Entry) -> None:
    """Brings the folds up to date with `new`, which was just written to the journal."""
    crowd = _crowd(connection, new)
    if crowd:
        connection.execute(
            insert(touched), [{"person_id": p, "position": new.position} for p in crowd]
        )
    if "nonce" in new.payload:
        _FIRST_OF_NONCE.write(connection, {"nonce": new.payload["nonce"], "entry_id": new.id})
    if new.subject:
        _refold(connection, new.subject, new)
    for person_id in crowd:
        _refold(connection, person_id, new)


def fold_first(connection: Connection, new: Entry) -> None:
    """Does the same for the first entry ever about its person, whose earlier ones none looks for.

    Somebody of whom anything is written has a row in `presence`; without one, this may be used.
    """
    if "nonce" in new.payload:
        _FIRST_OF_NONCE.write(connection, {"nonce": new.payload["nonce"], "entry_id": new.id})
    assert new.subject is not None
    folded = rows_of(new.subject, [new])
    for table, rows in folded.items():
        for row in rows:
            _new(table).write(connection, row)
    _count(connection, {}, folded)


def inside(connection: Connection) -> int:
    """Returns how many people are here.

    A connection that writes counts once and keeps it in mind, as long as nobody else writes: among
    100,000 counting takes longer than everything else of a scan.
    """
    if not writes(connection):
        return int(_INSIDE.scalar(connection))
    memory = known(connection)
    if "inside" not in memory:
        memory["inside"] = int(_INSIDE.scalar(connection))
    return int(memory["inside"])


def _count(connection: Connection, before: _Rows, after: _Rows) -> None:
    """Keeps the count of `inside` when a person's fold has changed."""
    memory = known(connection)
    if "inside" in memory:
        memory["inside"] += _is_inside(after) - _is_inside(before)


def _is_inside(rows: _Rows) -> bool:
    return any(row["state"] == "here" for row in rows.get(presence, ()))


def _crowd(connection: Connection, new: Entry) -> list[str]:
    """Returns the people whom a group entry, or the undo of one, touches."""
    if new.kind in GROUP_KINDS:
        return sorted(new.payload["seats"])
    if new.kind == EntryKind.UNDONE and new.refers_to and _is_round(new.subject):
        meant = entry(connection, new.refers_to)
        return _crowd(connection, meant) if meant else []
    return []


def _is_round(subject: str | None) -> bool:
    return subject is not None and subject.startswith("round:")


def _refold(connection: Connection, subject: str, new: Entry) -> None:
    rows = _BEFORE.all(connection, {"whom": subject, "newest": new.position})
    own = [as_entry(row) for row in rows]
    # What stands already is what the entries before fold to: only the difference is written.
    before = rows_of(subject, own) if own else {}
    folded = rows_of(subject, [*own, new])
    for table, (key, value) in _keys_of(subject).items():
        kept, stood = folded.get(table, []), before.get(table, [])
        if kept == stood:
            continue
        if len(kept) == 1 and len(table.primary_key) == 1:
            _put(table).write(connection, kept[0])
            continue
        if stood:
            _drop(table, key).write(connection, {"key": value})
        for row in kept:
            _new(table).write(connection, row)
    _count(connection, before, folded)


def _keys_of(subject: str) -> dict[Table, tuple[str, str | int]]:
    """Returns the tables that hold a subject's fold, each with the column and value of its rows."""
    what, _, number = subject.partition(":")
    if what == "table" and number:
        return {table_state: ("number", int(number))}
    if what == "round" and number:
        return {seating_round: ("round", int(number))}
    return dict.fromkeys((presence, seat, day_wish), ("person_id", subject))


# Run at every act: built once.
_INSIDE = Prepared(
    select(func.count().label("people")).select_from(presence).where(presence.c.state == "here")
)
_FIRST_OF_NONCE = Prepared(insert_or(nonce).on_conflict_do_nothing())
_BEFORE = Prepared(
    select(journal)
    .where(
        journal.c.position < bindparam("newest"),
        or_(
            journal.c.subject == bindparam("whom"),
            journal.c.position.in_(
                select(touched.c.position).where(touched.c.person_id == bindparam("whom"))
            ),
        ),
    )
    .order_by(journal.c.position)
)


@cache
def _put(table: Table) -> Prepared:
    """Returns the statement that writes one row of a fold over what was there."""
    statement = insert_or(table)
    changed = {column.name: statement.excluded[column.name] for column in table.columns}
    return Prepared(
        statement.on_conflict_do_update(index_elements=[*table.primary_key], set_=changed)
    )


@cache
def _drop(table: Table, key: str) -> Prepared:
    """Returns the statement that deletes the rows of a fold whose column `key` is `:key`."""
    return Prepared(delete(table).where(table.c[key] == bindparam("key")))


@cache
def _new(table: Table) -> Prepared:
    """Returns the statement that writes one row of a fold where none was."""
    return Prepared(insert(table))


def rows_of(subject: str, own: Sequence[Entry]) -> dict[Table, list[_Row]]:
    """Returns the rows that a subject's entries (in order) fold to, by table."""
    what, _, number = subject.partition(":")
    stand = standing(own)
    if what == "table" and number:
        return {table_state: [_table_row(int(number), stand)]}
    if what == "round" and number:
        return {seating_round: _round_rows(int(number), stand)}
    return {
        presence: [presence_row(subject, own, stand)] if own else [],
        seat: seat_rows(subject, stand),
        day_wish: wish_rows(subject, stand),
    }


def _table_row(number: int, stand: Sequence[Entry]) -> _Row:
    row: _Row = {"number": number, "open": True, "host_entry": None, "name_entry": None}
    for each in stand:
        match each.kind:
            case EntryKind.TABLE_OPENED | EntryKind.TABLE_CLOSED:
                row["open"] = each.kind == EntryKind.TABLE_OPENED
            case EntryKind.HOST_NAMED:
                row["host_entry"] = each.id
            case EntryKind.TABLE_NAMED:
                row["name_entry"] = each.id
    return row


def _round_rows(number: int, stand: Sequence[Entry]) -> list[_Row]:
    plans = [each for each in stand if each.kind in GROUP_KINDS]
    if not plans:
        return []
    accepted = any(each.kind == EntryKind.SEATS_ACCEPTED for each in plans)
    kind = plans[-1].payload["round_kind"]
    return [{"round": number, "kind": kind, "accepted": accepted}]


def standing(own: Sequence[Entry]) -> list[Entry]:
    """Returns those of a person's entries (in order) that were not undone."""
    undone: set[str] = set()
    kept: list[Entry] = []
    for each in reversed(own):
        if each.id in undone:
            continue
        if each.kind == EntryKind.UNDONE and each.refers_to:
            undone.add(each.refers_to)
        kept.append(each)
    kept.reverse()
    return kept


def presence_row(person_id: str, own: Sequence[Entry], stand: Sequence[Entry]) -> _Row:
    """Returns a person's `presence` row: `own` are all their entries, `stand` those that count.

    A registration made on the day and undone is withdrawn, until something that stands says
    otherwise. One that was merged into another stays merged whatever is written of it, and
    `replaced_by` names the other. The `last_` columns tell of the latest passage that stands.
    Whoever arrives is no longer at the problem desk.
    """
    row = _NOBODY | {"person_id": person_id}
    registered = [each for each in own if each.kind == EntryKind.REGISTERED]
    if registered and not any(each in stand for each in registered):
        row["state"] = WITHDRAWN
    for each in stand:
        _step(row, each)
    if any(each.kind == EntryKind.MERGED for each in stand):
        row["state"] = MERGED
    return row


_NOBODY: _Row = dict.fromkeys(presence.columns.keys()) | {"state": "", "prints": 0, "flags": ""}
"""The `presence` row of somebody of whom nothing is written."""


def _step(row: _Row, each: Entry) -> None:
    at = as_text(each.at)
    if each.kind in _PASSAGES:
        row |= {"last_kind": each.kind, "last_at": at, "last_desk": each.desk,
                "last_entry": each.id}  # fmt: skip
    match each.kind:
        case EntryKind.ARRIVED:
            row["state"] = "here"
            row["flags"] = _flags(row["flags"], "problem_desk", False)
            if row["first_at"] is None:
                row |= {"first_at": at, "first_desk": each.desk, "first_entry": each.id}
        case EntryKind.DEPARTED:
            row["state"] = "left"
        case EntryKind.STATUS_SET:
            row["state"] = each.payload["status"]
        case EntryKind.REPLACED:
            row |= {"state": "cancelled", "replaced_by": each.payload["by"], "replaced_at": at}
        case EntryKind.MERGED:
            row |= {"replaced_by": each.payload["into"], "replaced_at": at}
        case EntryKind.BADGE_PRINTED:
            row |= {"prints": row["prints"] + 1, "printed_at": at}
        case EntryKind.FLAG_SET:
            row["flags"] = _flags(row["flags"], each.payload["flag"], each.payload["wanted"])


def _flags(stood: str, flag: str, wanted: bool) -> str:
    """Returns the flags that stand after one more was set or lifted; one of the future is left."""
    flags = {*stood.split(","), flag} if wanted else {*stood.split(",")} - {flag}
    return ",".join(each for each in FLAGS if each in flags)


def seat_rows(person_id: str, stand: Sequence[Entry]) -> list[_Row]:
    """Returns a person's `seat` rows, one a round: planned for, seated at, told."""
    rounds: dict[int, _Row] = {}
    for each in stand:
        payload = each.payload
        if "round" not in payload:
            continue
        row = rounds.setdefault(
            payload["round"],
            {"round": payload["round"], "person_id": person_id, "table_number": None,
             "planned": None, "told": None},
        )  # fmt: skip
        match each.kind:
            case EntryKind.ARRIVED:
                row["table_number"] = payload.get("table")
            case EntryKind.MOVED:
                row["table_number"] = payload.get("to")
            case EntryKind.SEATS_ACCEPTED:
                row["table_number"] = payload["seats"][person_id]
            case EntryKind.SEATS_PLANNED:
                row["planned"] = payload["seats"][person_id]
            case EntryKind.TOLD:
                row["told"] = payload.get("table")
    return [
        row
        for _, row in sorted(rounds.items())
        if any(row[name] is not None for name in ("table_number", "planned", "told"))
    ]


def wish_rows(person_id: str, stand: Sequence[Entry]) -> list[_Row]:
    """Returns a person's `day_wish` rows: the latest word on each wish of the day."""
    wishes: dict[tuple[str, str], _Row] = {}
    for each in stand:
        if each.kind == EntryKind.WISH_SET:
            wish, other = each.payload["wish"], each.payload.get("other", "")
            wishes[wish, other] = {
                "person_id": person_id,
                "wish": wish,
                "other": other,
                "table_number": each.payload.get("table"),
                "wanted": each.payload["wanted"],
            }
    return [row for _, row in sorted(wishes.items())]


def replayed(connection: Connection) -> dict[Table, list[_Row]]:
    """Returns every fold as the journal says it must be, rows in key order. Writes nothing."""
    own: dict[str, list[Entry]] = defaultdict(list)
    crowds: dict[str, list[str]] = {}
    rows: dict[Table, list[_Row]] = {table: [] for table in FOLDS}
    nonces: dict[str, str] = {}
    for each in entries(connection):
        crowd: list[str] = []
        if each.kind in GROUP_KINDS:
            crowd = sorted(each.payload["seats"])
        elif each.kind == EntryKind.UNDONE and _is_round(each.subject):
            crowd = crowds.get(each.refers_to or "", [])
        if crowd:
            crowds[each.id] = crowd
            rows[touched] += ({"person_id": p, "position": each.position} for p in crowd)
        if "nonce" in each.payload:
            nonces.setdefault(each.payload["nonce"], each.id)
        for subject in filter(None, [each.subject, *crowd]):
            own[subject].append(each)
    for subject, its in own.items():
        for table, folded in rows_of(subject, its).items():
            rows[table] += folded
    rows[nonce] = [{"nonce": key, "entry_id": value} for key, value in nonces.items()]
    return {table: sorted(rows[table], key=_key(table)) for table in FOLDS}


def stored(connection: Connection) -> dict[Table, list[_Row]]:
    """Returns every fold as it stands in the file, in the shape of `replayed`."""
    return {
        table: [
            dict(row)
            for row in connection.execute(
                select(table).order_by(*table.primary_key.columns)
            ).mappings()
        ]
        for table in FOLDS
    }


def rebuild(connection: Connection) -> None:
    """Drops the folds and writes them again from the journal."""
    rows = replayed(connection)
    for table in FOLDS:
        connection.execute(delete(table))
        if rows[table]:
            connection.execute(insert(table), rows[table])


def _key(table: Table) -> Any:
    names = [column.name for column in table.primary_key]
    return lambda row: tuple(row[name] for name in names)
