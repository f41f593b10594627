"""Folds of the journal: who is here, who sits where, which nonce was answered.

A person's fold is computed from that person's own entries only, so that writing one entry and
rebuilding everything go through the same few lines and end in the same rows. An entry that was
undone does not count; an undo that was itself undone does not count either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from db.journal import Entry, as_entry, as_text, entries, entry
from db.kinds import GROUP_KINDS, EntryKind
from db.schema import FOLDS, journal, nonce, presence, seat, touched

_Row = dict[str, Any]


def fold(connection: Connection, new: Entry) -> None:
    """Brings the folds up to date with `new`, which was just written to the journal."""
    crowd = _crowd(connection, new)
    if crowd:
        connection.execute(
            insert(touched), [{"person_id": p, "position": new.position} for p in crowd]
        )
    if "nonce" in new.payload:
        connection.execute(
            insert_or(nonce)
            .values(nonce=new.payload["nonce"], entry_id=new.id)
            .on_conflict_do_nothing()
        )
    for person_id in crowd or filter(None, [new.subject]):
        _refold(connection, person_id)


def _crowd(connection: Connection, new: Entry) -> list[str]:
    """Returns the people whom a group entry, or the undo of one, touches."""
    if new.kind in GROUP_KINDS:
        return sorted(new.payload["seats"])
    if new.kind == EntryKind.UNDONE and new.subject is None and new.refers_to:
        meant = entry(connection, new.refers_to)
        return _crowd(connection, meant) if meant else []
    return []


def _refold(connection: Connection, person_id: str) -> None:
    in_groups = select(touched.c.position).where(touched.c.person_id == person_id)
    rows = connection.execute(
        select(journal)
        .where(or_(journal.c.subject == person_id, journal.c.position.in_(in_groups)))
        .order_by(journal.c.position)
    )
    own = [as_entry(row) for row in rows]
    stands = presence_row(person_id, own)
    if stands:
        connection.execute(
            insert_or(presence)
            .values(**stands)
            .on_conflict_do_update(index_elements=["person_id"], set_=stands)
        )
    connection.execute(delete(seat).where(seat.c.person_id == person_id))
    seats = seat_rows(person_id, own)
    if seats:
        connection.execute(insert(seat), seats)


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


def presence_row(person_id: str, own: Sequence[Entry]) -> _Row | None:
    """Returns the `presence` row that a person's entries fold to; None without any entry."""
    if not own:
        return None
    last = own[-1]
    row: _Row = dict.fromkeys(
        ("first_at", "first_desk", "first_entry", "replaced_by", "replaced_at", "printed_at")
    )
    row |= {"person_id": person_id, "state": "", "prints": 0}
    row |= {"last_kind": last.kind, "last_at": as_text(last.at), "last_desk": last.desk,
            "last_entry": last.id}  # fmt: skip
    for each in standing(own):
        _step(row, each)
    return row


def _step(row: _Row, each: Entry) -> None:
    at = as_text(each.at)
    match each.kind:
        case EntryKind.ARRIVED:
            row["state"] = "here"
            if row["first_at"] is None:
                row |= {"first_at": at, "first_desk": each.desk, "first_entry": each.id}
        case EntryKind.DEPARTED:
            row["state"] = "left"
        case EntryKind.STATUS_SET:
            row["state"] = each.payload["status"]
        case EntryKind.REPLACED:
            row |= {"state": "cancelled", "replaced_by": each.payload["by"], "replaced_at": at}
        case EntryKind.BADGE_PRINTED:
            row |= {"prints": row["prints"] + 1, "printed_at": at}


def seat_rows(person_id: str, own: Sequence[Entry]) -> list[_Row]:
    """Returns a person's `seat` rows, one a round: the plan's table and the table they sit at."""
    rounds: dict[int, _Row] = {}
    for each in standing(own):
        payload = each.payload
        if "round" not in payload:
            continue
        row = rounds.setdefault(
            payload["round"],
            {"round": payload["round"], "person_id": person_id, "table_number": None,
             "planned": None, "why": ""},
        )  # fmt: skip
        match each.kind:
            case EntryKind.ARRIVED:
                row |= {"table_number": payload.get("table"), "why": payload.get("why", "")}
            case EntryKind.MOVED:
                row |= {"table_number": payload["to"], "why": "moved"}
            case EntryKind.SEATS_ACCEPTED:
                row |= {"table_number": payload["seats"][person_id], "why": "planned"}
            case EntryKind.SEATS_PLANNED:
                row["planned"] = payload["seats"][person_id]
    return [
        row
        for _, row in sorted(rounds.items())
        if row["table_number"] is not None or row["planned"] is not None
    ]


def replayed(connection: Connection) -> dict[Table, list[_Row]]:
    """Returns every fold as the journal says it must be, rows in key order. Writes nothing."""
    people: dict[str, list[Entry]] = defaultdict(list)
    by_id: dict[str, list[str]] = {}
    rows: dict[Table, list[_Row]] = {table: [] for table in FOLDS}
    nonces: dict[str, str] = {}
    for each in entries(connection):
        crowd: Iterable[str] = ()
        if each.kind in GROUP_KINDS:
            crowd = by_id[each.id] = sorted(each.payload["seats"])
        elif each.kind == EntryKind.UNDONE and each.subject is None:
            crowd = by_id[each.id] = by_id.get(each.refers_to or "", [])
        rows[touched] += ({"person_id": p, "position": each.position} for p in crowd)
        if "nonce" in each.payload:
            nonces.setdefault(each.payload["nonce"], each.id)
        for person_id in crowd or filter(None, [each.subject]):
            people[person_id].append(each)
    for person_id, own in people.items():
        stands = presence_row(person_id, own)
        rows[presence] += [stands] if stands else []
        rows[seat] += seat_rows(person_id, own)
    rows[nonce] = [{"nonce": key, "entry_id": value} for key, value in nonces.items()]
    return {table: sorted(rows[table], key=_key(table)) for table in FOLDS}


def stored(connection: Connection) -> dict[Table, list[_Row]]:
    """Returns every fold as it stands in the file, in the shape of `replayed`."""
    return {
        table: sorted(map(dict, connection.execute(select(table)).mappings()), key=_key(table))
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
