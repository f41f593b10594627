"""The journal: append-only rows, each chained to the one before it at the same desk.

`append` writes one entry inside the caller's transaction; `first_bad` proves the chain.
Payloads hold ids and numbers, never what people said about themselves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, LargeBinary, Row, Text, bindparam, cast, insert, select
from sqlalchemy.exc import DatabaseError

from db.engine import known
from db.event_file import EventFile
from db.ids import new_id
from db.kinds import EntryKind
from db.prepared import Prepared
from db.schema import journal

GENESIS: Final = "0" * 64
"""The `prev_hash` of the first entry of a desk's incarnation."""

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the journal. `at` is UTC; `position` is its place in this file."""

    position: int
    id: str
    desk: str
    incarnation: str
    seq: int
    kind: str
    subject: str | None
    refers_to: str | None
    at: datetime
    operator: str
    payload: Payload
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be written: everything of an entry that its writer decides."""

    kind: EntryKind
    subject: str | None = None
    refers_to: str | None = None
    payload: Payload = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: a desk, its operator (initials, may be empty) and the clock's reading in UTC."""

    desk: str
    operator: str
    at: datetime


# Run at every act: built once.
_LAST_OF_DESK = Prepared(
    select(journal.c.seq, journal.c.hash)
    .where(
        journal.c.desk == bindparam("of_desk"),
        journal.c.incarnation == bindparam("of_incarnation"),
    )
    .order_by(journal.c.seq.desc())
    .limit(1)
)
_NEW_ENTRY = Prepared(insert(journal))
_NEWEST = Prepared(
    select(journal.c.position, journal.c.at).order_by(journal.c.position.desc()).limit(1)
)
_HEAD = Prepared(select(journal.c.position).order_by(journal.c.position.desc()).limit(1))

_write_payload = json.JSONEncoder(separators=(",", ":"), sort_keys=True, allow_nan=False).encode
_write_chain = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True).encode


def append(connection: Connection, file: EventFile, author: Author, draft: Draft) -> Entry:
    """Writes `draft` as the desk's next entry and returns it. The caller folds and commits."""
    incarnation = file.incarnation_of(connection, author.desk)
    ends = known(connection)
    desk = (author.desk, incarnation)
    seq, prev_hash = ends.get(desk) or _end_of(connection, *desk)
    seq += 1
    values: dict[str, Any] = {
        "id": new_id(),
        "desk": author.desk,
        "incarnation": incarnation,
        "seq": seq,
        "kind": draft.kind.value,
        "subject": draft.subject,
        "refers_to": draft.refers_to,
        "at": as_text(author.at),
        "operator": author.operator,
        "payload": _write_payload(draft.payload),
        "prev_hash": prev_hash,
    }
    values["hash"] = chained(values)
    position = _NEW_ENTRY.write(connection, {"position": None, **values})
    ends[desk] = (seq, values["hash"])
    return Entry(
        position=position,
        **{**values, "at": as_time(values["at"]), "payload": draft.payload},
    )


def _end_of(connection: Connection, desk: str, incarnation: str) -> tuple[int, str]:
    """Returns sequence number and hash of a desk's last entry."""
    own = {"of_desk": desk, "of_incarnation": incarnation}
    last = _LAST_OF_DESK.first(connection, own)
    return (last.seq, last.hash) if last else (0, GENESIS)


def chained(values: Mapping[str, Any]) -> str:
    """Returns the SHA-256 (hex) of an entry's columns and the hash before it.

    The bytes hashed are a JSON array in the column order below, so that no two entries collide by
    where one field ends and the next begins.
    """
    names = ("id", "desk", "incarnation", "seq", "kind", "subject", "refers_to", "at", "operator",
             "payload", "prev_hash")  # fmt: skip
    text = _write_chain([values[name] for name in names])
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def entries(connection: Connection, after: int = 0) -> Iterator[Entry]:
    """Yields the entries behind position `after`, in this file's order."""
    query = select(journal).where(journal.c.position > after).order_by(journal.c.position)
    for row in connection.execution_options(yield_per=1000).execute(query):
        yield as_entry(row)


def entry(connection: Connection, entry_id: str) -> Entry | None:
    """Returns one entry by its id."""
    row = connection.execute(select(journal).where(journal.c.id == entry_id)).first()
    return as_entry(row) if row else None


def newest(connection: Connection) -> tuple[int, datetime | None]:
    """Returns position and time of the newest entry; (0, None) when there is none."""
    row = _NEWEST.first(connection)
    return (row.position, as_time(row.at)) if row else (0, None)


def head(connection: Connection) -> int:
    """Returns the position of the newest entry, 0 when there is none."""
    return _HEAD.scalar(connection) or 0


def subjects_of(connection: Connection, kind: EntryKind) -> set[str]:
    """Returns whom or what the entries of one kind are about."""
    query = select(journal.c.subject).where(journal.c.kind == kind.value)
    return {subject for subject in connection.execute(query).scalars() if subject}


def first_bad(connection: Connection) -> str | None:
    """Returns the id of the first entry that can't be trusted, else None.

    That is one whose hash, link, sequence or place in the file is wrong, or which can't be read;
    `place N` when not even its id can.
    """
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    place = 0
    try:
        for values in _raw(connection):
            desk = (values["desk"], values["incarnation"])
            seq, prev_hash = ends.get(desk, (0, GENESIS))
            if (
                values["position"] != place + 1
                or values["seq"] != seq + 1
                or values["prev_hash"] != prev_hash
                or chained(values) != values["hash"]
            ):
                return str(values["id"])
            ends[desk] = (values["seq"], values["hash"])
            place += 1
    except DatabaseError:
        # The page it stands on is damaged.
        return _id_at(connection, place + 1)
    return None


def _raw(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yields the journal's rows with texts as SQLite holds them, be they UTF-8 or not."""
    columns = [
        cast(column, LargeBinary).label(column.name) if isinstance(column.type, Text) else column
        for column in journal.columns
    ]
    query = select(*columns).order_by(journal.c.position)
    for row in connection.execution_options(yield_per=1000).execute(query).mappings():
        yield {name: _text(value) for name, value in row.items()}


def _text(value: Any) -> Any:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def _id_at(connection: Connection, position: int) -> str:
    query = select(cast(journal.c.id, LargeBinary)).where(journal.c.position == position)
    try:
        found = connection.execute(query).scalar()
    except DatabaseError:
        found = None
    return str(_text(found)) if found else f"place {position}"


def as_entry(row: Row[Any]) -> Entry:
    """Returns a journal row as an Entry."""
    values = row._asdict()
    values["at"] = as_time(values["at"])
    values["payload"] = json.loads(values["payload"])
    return Entry(**values)


@lru_cache(maxsize=16)
def as_text(at: datetime) -> str:
    """Returns an aware time as the file stores it: UTC, milliseconds, `Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def as_time(text: str) -> datetime:
    """Returns a stored time as an aware UTC datetime."""
    return datetime.fromisoformat(text)
