"""Folds: whatever happens on a day, what the screens show is what the journal says."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from db.event_file import EventFile, create_event_file
from db.folds import fold, inside, rebuild, replayed, stored
from db.ids import new_id
from db.journal import Author, Draft, Entry, append, entries
from db.kinds import FLAGS, EntryKind, round_subject, table_subject
from db.people import told_apart
from db.schema import FOLDS, presence, seat, seating_round, table_state

NINE = dt.datetime(2024, 10, 9, 7, 0, tzinfo=dt.UTC)
PEOPLE = ("ada", "bo", "cy")

people = st.sampled_from(PEOPLE)
tables = st.integers(1, 3)
rounds = st.integers(1, 2)
nonces = st.sampled_from(["n1", "n2", "Ü\u2603"])
seats = st.dictionaries(people, tables)


@dataclass(frozen=True, slots=True)
class Undo:
    """Undoes the entry at this place among all so far, counted from the newest."""

    back: int


def draft(kind: EntryKind, subject: str | None, **payload: Any) -> Draft:
    return Draft(kind, subject, None, {k: v for k, v in payload.items() if v is not None})


def plan(kind: EntryKind) -> st.SearchStrategy[Draft]:
    return st.builds(
        lambda number, what, seated: draft(
            kind, round_subject(number), round=number, round_kind=what, seats=seated
        ),
        rounds,
        st.sampled_from(["align", "mix"]),
        seats,
    )


def of(kind: EntryKind, **payload: Any) -> st.SearchStrategy[Draft]:
    """Entries of one kind about a person, each payload value drawn from its strategy."""
    return st.builds(
        lambda who, drawn: draft(kind, who, **drawn), people, st.fixed_dictionaries(payload)
    )


acts = st.one_of(
    of(EntryKind.ARRIVED, round=rounds, table=st.none() | tables, nonce=st.none() | nonces),
    of(EntryKind.DEPARTED, nonce=st.none() | nonces),
    of(EntryKind.MOVED, round=rounds, to=st.none() | tables, was=st.none() | tables),
    of(EntryKind.REGISTERED, act=st.just("a")),
    of(EntryKind.REPLACED, by=people),
    of(EntryKind.STATUS_SET, status=st.sampled_from(["expected", "cancelled", "waitlisted"])),
    of(EntryKind.BADGE_PRINTED, act=st.just("b")),
    of(EntryKind.BADGE_REPLACED, old=st.just("x"), new=st.just("y")),
    of(EntryKind.REFUSED, answer=st.just("full"), nonce=st.none() | nonces),
    of(EntryKind.MERGED, into=people),
    of(
        EntryKind.WISH_SET,
        wish=st.sampled_from(["pin", "together", "apart"]),
        other=st.none() | people,
        table=st.none() | tables,
        wanted=st.booleans(),
    ),
    of(EntryKind.FLAG_SET, flag=st.sampled_from([*FLAGS, "of the future"]), wanted=st.booleans()),
    of(EntryKind.TOLD, round=rounds, table=st.none() | tables),
    of(EntryKind.TOLD_APART, other=people),
    st.builds(
        lambda kind, number: draft(kind, table_subject(number)),
        st.sampled_from(
            [
                EntryKind.TABLE_OPENED,
                EntryKind.TABLE_CLOSED,
                EntryKind.HOST_NAMED,
                EntryKind.TABLE_NAMED,
            ]
        ),
        tables,
    ),
    st.builds(
        lambda value: draft(EntryKind.REFUSED, None, answer="foreign_code", nonce=value), nonces
    ),
    plan(EntryKind.SEATS_PLANNED),
    plan(EntryKind.SEATS_ACCEPTED),
    st.builds(Undo, st.integers(0, 7)),
    st.builds(Undo, st.integers(0, 1)),
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EventFile]:
    file = create_event_file(tmp_path_factory.mktemp("folds") / "event.checkin")
    yield file
    file.close()


class Forgotten(Exception):
    """Rolls a day back, so that the next one starts with an empty journal."""


@contextmanager
def one_day(file: EventFile) -> Iterator[Connection]:
    try:
        with file.writing() as connection:
            yield connection
            raise Forgotten
    except Forgotten:
        pass


def write(connection: Connection, file: EventFile, one: Draft, place: int) -> Entry:
    author = Author(f"desk {place % 2}", "", NINE + dt.timedelta(seconds=place))
    entry = append(connection, file, author, one)
    fold(connection, entry)
    return entry


def happen(connection: Connection, file: EventFile, day: list[Draft | Undo]) -> list[Entry]:
    """Writes a day's acts, folding each as it comes."""
    written: list[Entry] = []
    for place, act in enumerate(day):
        if isinstance(act, Undo):
            if not written:
                continue
            meant = written[-1 - act.back % len(written)]
            act = Draft(EntryKind.UNDONE, meant.subject, meant.id)
        written.append(write(connection, file, act, place))
    return written


def dump(connection: Connection) -> dict[str, list[Any]]:
    """Every fold's rows as SQLite itself tells them, in the order in which they lie."""
    return {
        table.name: [
            tuple(row)
            for row in connection.exec_driver_sql(
                "SELECT "
                + ", ".join(f"quote({column.name})" for column in table.columns)
                + f" FROM {table.name}"
            )
        ]
        for table in FOLDS
    }


many = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@many
@given(st.lists(acts, max_size=25))
def test_what_is_stored_is_what_a_replay_gives(file: EventFile, day: list[Draft | Undo]) -> None:
    with one_day(file) as connection:
        happen(connection, file, day)
        assert stored(connection) == replayed(connection)


@many
@given(st.lists(acts, max_size=25))
def test_a_rebuild_gives_the_same_bytes(file: EventFile, day: list[Draft | Undo]) -> None:
    with one_day(file) as connection:
        happen(connection, file, day)
        before = dump(connection)
        rebuild(connection)
        assert dump(connection) == before


@many
@given(st.lists(acts, max_size=25))
def test_how_many_are_inside_is_kept_in_mind_and_true(
    file: EventFile, day: list[Draft | Undo]
) -> None:
    with one_day(file) as connection:
        assert inside(connection) == 0
        happen(connection, file, day)
        rows = connection.execute(select(presence.c.state)).scalars()
        assert inside(connection) == sum(state == "here" for state in rows)


def undone(written: list[Entry], entry: Entry) -> bool:
    return any(
        each.kind == EntryKind.UNDONE and each.refers_to == entry.id and not undone(written, each)
        for each in written
    )


def shown(connection: Connection) -> dict[str, Any]:
    """What a person at a screen could tell apart, without the ids of entries."""
    columns = [
        column for column in presence.columns if column.name not in ("first_entry", "last_entry")
    ]
    return {
        "people": [
            tuple(row) for row in connection.execute(select(*columns))
            if tuple(row)[1:] != ("", *[None] * 7, 0, None, "")
        ],
        "seats": list(map(tuple, connection.execute(select(seat)))),
        "tables": [
            found for row in connection.execute(select(table_state))
            if (found := (row.number, row.open, row.host_entry is None, row.name_entry is None))[1:]
            != (True, True, True)
        ],
        "rounds": list(map(tuple, connection.execute(select(seating_round)))),
    }  # fmt: skip


never_registered_here = acts.filter(
    lambda act: isinstance(act, Undo) or act.kind != EntryKind.REGISTERED
)


@many
@given(st.lists(never_registered_here, max_size=20))
def test_what_was_undone_might_as_well_not_have_happened(
    file: EventFile, day: list[Draft | Undo]
) -> None:
    """The other way to the same end: a day in which the undone acts never were."""
    with one_day(file) as connection:
        written = happen(connection, file, day)
        after = shown(connection)
    with one_day(file) as connection:
        for each in written:
            if each.kind == EntryKind.UNDONE or undone(written, each):
                continue
            place = int((each.at - NINE).total_seconds())
            write(
                connection,
                file,
                Draft(EntryKind(each.kind), each.subject, None, each.payload),
                place,
            )
        assert shown(connection) == after


def flags_of(connection: Connection, whom: str) -> str:
    return connection.execute(
        select(presence.c.flags).where(presence.c.person_id == whom)
    ).scalar_one()


def test_flags_stand_in_one_order_however_they_came(file: EventFile) -> None:
    def flag(name: str, wanted: bool) -> Draft:
        return draft(EntryKind.FLAG_SET, "ada", flag=name, wanted=wanted)

    with one_day(file) as connection:
        happen(connection, file, [flag(each, True) for each in reversed(FLAGS)])
        assert flags_of(connection, "ada") == "vip,organiser,problem_desk"
        happen(connection, file, [flag("organiser", False), flag("levitates", True)])
        assert flags_of(connection, "ada") == "vip,problem_desk"


def test_who_arrives_is_no_longer_at_the_problem_desk_until_that_is_undone(file: EventFile) -> None:
    with one_day(file) as connection:
        sent = draft(EntryKind.FLAG_SET, "ada", flag="problem_desk", wanted=True)
        arrival = happen(
            connection, file, [sent, draft(EntryKind.ARRIVED, "ada", round=1, table=2)]
        )[-1]
        assert flags_of(connection, "ada") == ""
        write(connection, file, Draft(EntryKind.UNDONE, "ada", arrival.id), 9)
        assert flags_of(connection, "ada") == "problem_desk"


def test_an_undone_host_gives_the_one_before_back(file: EventFile) -> None:
    with one_day(file) as connection:
        named = [draft(EntryKind.HOST_NAMED, table_subject(2)) for _ in range(2)]
        first, _, _ = happen(connection, file, [*named, Undo(0)])
        assert connection.execute(select(table_state.c.host_entry)).scalar_one() == first.id


def test_a_tick_that_was_taken_back_leaves_nobody_told(file: EventFile) -> None:
    with one_day(file) as connection:
        told = draft(EntryKind.TOLD, "ada", round=1, table=3)
        happen(connection, file, [told])
        assert connection.execute(select(seat.c.told)).scalars().all() == [3]
        happen(connection, file, [draft(EntryKind.TOLD, "ada", round=1)])
        assert connection.execute(select(seat.c.told)).scalars().all() == []


def test_two_people_told_apart_are_a_pair_until_that_is_undone(file: EventFile) -> None:
    with one_day(file) as connection:
        pairs = [
            draft(EntryKind.TOLD_APART, "cy", other="ada"),
            draft(EntryKind.TOLD_APART, "bo", other="cy"),
        ]
        happen(connection, file, [*pairs, Undo(0)])
        assert told_apart(connection) == {("ada", "cy")}


def test_the_first_entry_with_a_nonce_keeps_it(file: EventFile) -> None:
    with one_day(file) as connection:
        first, second, _ = happen(
            connection,
            file,
            [
                draft(EntryKind.ARRIVED, "ada", round=1, table=1, nonce="n"),
                draft(EntryKind.REFUSED, "bo", answer="full", nonce="n"),
                Undo(1),
            ],
        )
        rows = connection.exec_driver_sql("SELECT nonce, entry_id FROM nonce").all()
        assert list(map(tuple, rows)) == [("n", first.id)]
        assert second.id != first.id


def test_an_entry_of_a_kind_from_the_future_is_kept_and_skipped(file: EventFile) -> None:
    with one_day(file) as connection:
        happen(connection, file, [draft(EntryKind.ARRIVED, "ada", round=1, table=2)])
        before = shown(connection)
        values = dict(
            connection.exec_driver_sql("SELECT * FROM journal").mappings().one(),
            position=2, id=new_id(), seq=2, kind="teleported",
        )  # fmt: skip
        names = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        connection.exec_driver_sql(
            f"INSERT INTO journal ({names}) VALUES ({marks})", tuple(values.values())
        )
        rebuild(connection)
        assert shown(connection) == before
        assert [each.kind for each in entries(connection)] == ["arrived", "teleported"]


def test_folding_one_entry_looks_at_no_other_persons_entries(file: EventFile) -> None:
    """The query behind a fold uses indexes only: 100,000 people must not slow a scan."""
    statements: list[str] = []
    with one_day(file) as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        happen(connection, file, [draft(EntryKind.ARRIVED, "ada", round=1, table=2)])
        raw.set_trace_callback(statements.append)
        happen(connection, file, [draft(EntryKind.DEPARTED, "ada")])
        raw.set_trace_callback(None)
        reads = [each for each in statements if each.lstrip().startswith("SELECT")]
        assert reads
        for each in reads:
            steps = raw.execute(f"EXPLAIN QUERY PLAN {each}").fetchall()
            assert not [step[3] for step in steps if step[3] == "SCAN journal"], each


def test_the_folds_go_with_the_entry_or_not_at_all(tmp_path: Path) -> None:
    file = create_event_file(tmp_path / "event.checkin")
    with suppress(ZeroDivisionError), file.writing() as connection:
        happen(connection, file, [draft(EntryKind.ARRIVED, "ada", round=1, table=2)])
        _ = 1 / 0
    file.close()
    with closing(sqlite3.connect(tmp_path / "event.checkin")) as raw:
        for table in ("journal", *(table.name for table in FOLDS)):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
