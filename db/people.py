"""Registrations: rows of `person` with what belongs to them, read together with today's folds.

What people said about themselves lives here and nowhere else; diet and access needs stand in their
own table and leave it only for the two questions that need them (a step-free seat, assistance).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as insert_or

from db.folds import standing
from db.journal import Entry, as_entry
from db.kinds import EntryKind
from db.prepared import Prepared
from db.schema import (
    MERGED,
    WITHDRAWN,
    journal,
    need,
    note,
    old_code,
    person,
    presence,
    seat,
    supervision,
    wish,
    word,
)

REGISTRATION: Final = tuple(
    column.name for column in person.columns if column.name not in ("id", "code", "number")
)
"""The columns of a registration that an import may write."""


def people_query(current_round: int) -> Select[Any]:
    """Returns the query of every person with state, arrival, seat of the round and assistance.

    A registration that was merged into another, or withdrawn, is not among them.
    """
    return _whole_rows(current_round).where(registered())


def _whole_rows(current_round: int) -> Select[Any]:
    query = select(
        person,
        presence.c.state,
        presence.c.first_at,
        presence.c.first_desk,
        presence.c.last_kind,
        presence.c.last_at,
        presence.c.last_desk,
        presence.c.last_entry,
        presence.c.replaced_by,
        presence.c.replaced_at,
        presence.c.prints,
        presence.c.flags,
        seat.c.table_number,
        seat.c.planned,
        need.c.step_free,
    ).select_from(
        person.outerjoin(presence, presence.c.person_id == person.c.id)
        .outerjoin(seat, and_(seat.c.person_id == person.c.id, seat.c.round == current_round))
        .outerjoin(need, need.c.person_id == person.c.id)
    )
    return query.where(unmerged())


@lru_cache(maxsize=64)
def _one(current_round: int, column: str) -> Prepared:
    """Returns the query of the person whose `column` is the parameter `wanted`; built once.

    Who was withdrawn is found so too: their badge may have been printed, and they may come back.
    """
    return Prepared(_whole_rows(current_round).where(person.c[column] == bindparam("wanted")))


def unmerged() -> ColumnElement[bool]:
    """The condition of a registration's standing for itself, in a query that joins `presence`."""
    return presence.c.state.is_distinct_from(MERGED)


def registered() -> ColumnElement[bool]:
    """The condition of a registration's standing for itself and not being withdrawn; likewise."""
    return and_(unmerged(), presence.c.state.is_distinct_from(WITHDRAWN))


def people(
    connection: Connection, current_round: int, *where: ColumnElement[bool]
) -> Sequence[Row[Any]]:
    """Returns the people that fit every condition, in the order in which they were registered."""
    query = people_query(current_round).where(*where).order_by(person.c.number)
    return connection.execute(query).all()


def by_id(connection: Connection, current_round: int, person_id: str) -> Row[Any] | None:
    """Returns one person by id."""
    return _one(current_round, "id").first(connection, {"wanted": person_id})


def by_code(connection: Connection, current_round: int, code: str) -> Row[Any] | None:
    """Returns the person whose badge bears `code` today."""
    return _one(current_round, "code").first(connection, {"wanted": code})


def by_old_code(connection: Connection, code: str) -> Row[Any] | None:
    """Returns (person_id, replaced_at) of a badge that was replaced."""
    return connection.execute(select(old_code).where(old_code.c.code == code)).first()


def merged_into(connection: Connection, person_id: str) -> str | None:
    """Returns the id of the registration that stands for a merged one; None when it is not one."""
    return connection.execute(
        select(presence.c.replaced_by).where(
            presence.c.person_id == person_id, presence.c.state == MERGED
        )
    ).scalar()


def codes_of(connection: Connection, person_id: str) -> dict[str, str]:
    """Returns the good badge codes of a person, each with the id of the registration that bears it:
    their own, and those of every registration that was merged into it."""
    found: dict[str, str] = {}
    ids = [person_id]
    while ids:
        rows = connection.execute(select(person.c.code, person.c.id).where(person.c.id.in_(ids)))
        found |= {row.code: row.id for row in rows}
        into = presence.c.replaced_by.in_(ids)
        merged = select(presence.c.person_id).where(presence.c.state == MERGED, into)
        ids = [each for each in connection.execute(merged).scalars() if each not in found.values()]
    return found


def id_of_code(connection: Connection, code: str) -> str | None:
    """Returns the id of the registration whose badge bears `code`, merged ones too."""
    return connection.execute(select(person.c.id).where(person.c.code == code)).scalar()


def is_code_known(connection: Connection, code: str) -> bool:
    """Whether a badge of this event bears `code` or ever bore it."""
    return id_of_code(connection, code) is not None or by_old_code(connection, code) is not None


def replace_code(connection: Connection, person_id: str, old: str, new: str, at: str) -> None:
    """Gives somebody a new badge code; `old` is kept as replaced at `at` (as `as_text` writes)."""
    connection.execute(insert(old_code).values(code=old, person_id=person_id, replaced_at=at))
    connection.execute(update(person).where(person.c.id == person_id).values(code=new))


def restore_code(connection: Connection, person_id: str, old: str, new: str, at: str) -> None:
    """Makes `old` somebody's badge code again; `new`, which they had since, is kept as replaced at
    `at`: a badge that was printed meanwhile still says whose it was."""
    connection.execute(delete(old_code).where(old_code.c.code == old))
    replace_code(connection, person_id, new, old, at)


def here(connection: Connection, current_round: int) -> Sequence[Row[Any]]:
    """Returns the people inside now, in the order of their first arrival."""
    query = people_query(current_round).where(presence.c.state == "here")
    return connection.execute(query.order_by(presence.c.first_at, person.c.number)).all()


def due(connection: Connection, current_round: int) -> Sequence[Row[Any]]:
    """Returns the people who are still expected, in the order of registration."""
    return people(connection, current_round, expected())


def due_guests(connection: Connection, current_round: int) -> Iterator[Row[Any]]:
    """Yields of the people who are still expected what their seat depends on, and no more."""
    columns = person.c
    query: Select[Any] = (
        select(
            columns.id,
            columns.territory,
            columns.level,
            columns.languages,
            seat.c.planned,
            need.c.step_free,
        )
        .select_from(
            person.outerjoin(presence, presence.c.person_id == columns.id)
            .outerjoin(seat, and_(seat.c.person_id == columns.id, seat.c.round == current_round))
            .outerjoin(need, need.c.person_id == columns.id)
        )
        .where(expected())
    )
    yield from connection.execution_options(yield_per=1000).execute(query)


def expected() -> ColumnElement[bool]:
    """The condition of still being expected: registered, and nothing on the day says otherwise."""
    return or_(
        presence.c.state == "expected",
        and_(
            or_(presence.c.state.is_(None), presence.c.state == ""),
            person.c.status == "expected",
        ),
    )


def counts(connection: Connection) -> dict[str, int]:
    """Returns how many people stand in each state (`expected`, `here`, `left`, ...)."""
    # Few of 100,000 have a state of the day: what the lists say is counted from an index alone,
    # then those few are counted over.
    found: Counter[str] = Counter()
    for status, count in connection.execute(_LISTED):
        found[status] += count
    for status, state, count in connection.execute(_TODAY):
        found[status] -= count
        found[state] += count
    for state in (MERGED, WITHDRAWN):
        found.pop(state, None)
    return {state: count for state, count in found.items() if count}


_LISTED = select(person.c.status, func.count()).group_by(person.c.status)

_STATUS = select(person.c.status).where(person.c.id == presence.c.person_id).scalar_subquery()
# Looked up for each of the few: as a join it was read from all of the many.
_TODAY = (
    select(_STATUS.label("status"), presence.c.state, func.count())
    .select_from(presence)
    .where(presence.c.state != "")
    .group_by("status", presence.c.state)
)


def codes(connection: Connection) -> set[str]:
    """Returns every badge code ever given out in this event."""
    return set(connection.execute(select(person.c.code)).scalars()) | set(
        connection.execute(select(old_code.c.code)).scalars()
    )


def next_number(connection: Connection) -> int:
    """Returns the number that the next registration gets."""
    return (connection.execute(select(func.max(person.c.number))).scalar() or 0) + 1


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes new registrations: whole `person` rows."""
    if rows:
        connection.execute(insert(person), [dict(row) for row in rows])


def change(connection: Connection, person_id: str, values: Mapping[str, Any]) -> None:
    """Changes fields of one registration."""
    connection.execute(update(person).where(person.c.id == person_id).values(**values))


def write_needs(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Writes people's private needs: `person_id`, `step_free`, `diet`, `access`."""
    _put(connection, need, rows)


def write_wishes(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Writes people's seating wishes: `person_id`, `pin`, `together`, `apart`."""
    _put(connection, wish, rows)


def wishes(connection: Connection) -> Sequence[Row[Any]]:
    """Returns every seating wish that says anything."""
    return connection.execute(
        select(wish).where(or_(wish.c.pin.is_not(None), wish.c.together != "", wish.c.apart != ""))
    ).all()


def registrations(connection: Connection) -> Sequence[Row[Any]]:
    """Returns every registration without anything of the day, in the order of registration.

    Who was withdrawn is not among them: a list that names them registers them.
    """
    gone = select(presence.c.person_id).where(presence.c.state == WITHDRAWN)
    query = select(person).where(person.c.id.not_in(gone))
    return connection.execute(query.order_by(person.c.number)).all()


def count_registered(connection: Connection) -> int:
    """Returns how many registrations there are; merged and withdrawn ones do not count."""
    every = connection.execute(select(func.count()).select_from(person)).scalar_one()
    gone = presence.c.state.in_((MERGED, WITHDRAWN))
    return every - connection.execute(select(func.count()).where(gone)).scalar_one()


def write_word(connection: Connection, entry_id: str, who: str, why: str) -> None:
    """Keeps a supervisor's word beside the entry it belongs to; the journal holds no names."""
    connection.execute(insert(supervision).values(entry_id=entry_id, who=who, why=why))


def words(connection: Connection) -> Sequence[Row[Any]]:
    """Returns every supervisor's word as (entry_id, subject, who, why), the oldest first."""
    query: Select[Any] = (
        select(supervision.c.entry_id, journal.c.subject, supervision.c.who, supervision.c.why)
        .join(journal, journal.c.id == supervision.c.entry_id)
        .order_by(journal.c.position)
    )
    return connection.execute(query).all()


def keep_text(connection: Connection, entry_id: str, text: str) -> None:
    """Keeps the words that an entry stands for beside it; an undo of the entry undoes them."""
    connection.execute(insert(word).values(entry_id=entry_id, text=text))


def unlisted(connection: Connection) -> list[tuple[Entry, str]]:
    """Returns the entries that sent somebody who is on no list to the problem desk, with their
    words, first come first; those that were undone or settled are left out."""
    stand = standing([as_entry(row) for row in connection.execute(_ABOUT_NOBODY)])
    flags = [each for each in stand if each.kind == EntryKind.FLAG_SET]
    settled = {each.refers_to for each in flags if not each.payload["wanted"]}
    sent = [each for each in flags if each.payload["wanted"] and each.id not in settled]
    said = texts(connection, [each.id for each in sent])
    return [(each, said.get(each.id, "")) for each in sent]


def texts(connection: Connection, entry_ids: Sequence[str]) -> dict[str, str]:
    """Returns the words that entries stand for, by their ids; those without any are left out."""
    if not entry_ids:
        return {}
    rows = connection.execute(select(word).where(word.c.entry_id.in_(entry_ids)))
    return {row.entry_id: row.text for row in rows}


def note_of(connection: Connection, person_id: str) -> str:
    """Returns what an organiser wrote about somebody; empty when nothing."""
    return connection.execute(_NOTE, {"whom": person_id}).scalar() or ""


def write_note(connection: Connection, person_id: str, text: str) -> None:
    """Writes what an organiser says about somebody over what was there; empty takes it away."""
    connection.execute(delete(note).where(note.c.person_id == person_id))
    if text:
        connection.execute(insert(note).values(person_id=person_id, text=text))


def told_apart(connection: Connection) -> set[tuple[str, str]]:
    """Returns the pairs of registrations (smaller id first) that were said to be two people."""
    own: defaultdict[str, list[Entry]] = defaultdict(list)
    for each in map(as_entry, connection.execute(_AROUND_TOLD_APART)):
        own[each.subject or ""].append(each)
    return {
        (min(subject, each.payload["other"]), max(subject, each.payload["other"]))
        for subject, entries in own.items()
        for each in standing(entries)
        if each.kind == EntryKind.TOLD_APART
    }


_ABOUT_NOBODY = (
    select(journal)
    .where(
        journal.c.subject.is_(None),
        journal.c.kind.in_([EntryKind.FLAG_SET.value, EntryKind.UNDONE.value]),
    )
    .order_by(journal.c.position)
)
_NOTE = select(note.c.text).where(note.c.person_id == bindparam("whom"))
_AROUND_TOLD_APART = (
    select(journal)
    .where(
        journal.c.subject.in_(
            select(journal.c.subject).where(journal.c.kind == EntryKind.TOLD_APART.value)
        )
    )
    .order_by(journal.c.position)
)


def needs(connection: Connection) -> Sequence[Row[Any]]:
    """Returns every private need: for the import's comparison and the purge, never for showing."""
    return connection.execute(select(need)).all()


def _put(connection: Connection, table: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    written = [dict(row) for row in rows]
    if not written:
        return
    statement = insert_or(table)
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name != "person_id"
    }
    connection.execute(
        statement.on_conflict_do_update(index_elements=["person_id"], set_=changed), written
    )
