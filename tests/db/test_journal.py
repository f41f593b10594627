"""The journal: nothing in it changes, and when somebody changes it all the same, it shows."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from db.backup import back_up
from db.event_file import EventFile, create_event_file, open_event_file
from db.ids import new_id
from db.journal import GENESIS, Author, Draft, Entry, append, as_text, as_time, entries, first_bad
from db.kinds import EntryKind
from db.schema import journal

AT = dt.datetime(2024, 10, 9, 7, 0, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "event.checkin"


@pytest.fixture
def file(path: Path) -> Iterator[EventFile]:
    file = create_event_file(path)
    yield file
    file.close()


def write(file: EventFile, desk: str = "door", count: int = 1, **payload: object) -> list[Entry]:
    """Writes arrivals of made-up people, each in a transaction of its own."""
    written = []
    for _ in range(count):
        with file.writing() as connection:
            draft = Draft(EntryKind.ARRIVED, new_id(), None, {"table": 3, **payload})
            written.append(append(connection, file, Author(desk, "AB", AT), draft))
    return written


def read(file: EventFile) -> list[Entry]:
    with file.reading() as connection:
        return list(entries(connection))


def bad_in(path: Path) -> str | None:
    file = open_event_file(path)
    try:
        with file.reading() as connection:
            return first_bad(connection)
    finally:
        file.close()


def change(path: Path, *statements: str) -> None:
    """Changes the file behind the program's back, triggers taken away and put back."""
    with closing(sqlite3.connect(path)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET payload = '{}'",
        "UPDATE journal SET at = at WHERE position = 2",
        "DELETE FROM journal WHERE position = 1",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE position = 2",
        "UPDATE OR REPLACE journal SET position = 1 WHERE position = 2",
    ],
)
def test_an_entry_is_never_changed_or_removed(file: EventFile, statement: str) -> None:
    written = write(file, count=3)
    with (
        pytest.raises(Exception, match="append-only"),
        file.writing() as connection,
    ):
        connection.exec_driver_sql(statement)
    assert read(file) == written


def test_any_program_that_opens_the_file_is_refused_too(file: EventFile, path: Path) -> None:
    write(file, count=2)
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("UPDATE journal SET at = ''", "DELETE FROM journal"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


def test_each_desk_counts_from_one_without_gaps_and_chains_its_own(file: EventFile) -> None:
    chance = random.Random(3)
    for _ in range(60):
        write(file, chance.choice(["door", "side door", "office"]))
    seen: dict[str, list[Entry]] = {}
    for each in read(file):
        seen.setdefault(each.desk, []).append(each)
    assert len(seen) == 3
    for own in seen.values():
        assert [each.seq for each in own] == list(range(1, len(own) + 1))
        assert len({each.incarnation for each in own}) == 1
        assert [each.prev_hash for each in own] == [GENESIS, *(each.hash for each in own[:-1])]


def test_an_entry_that_was_rolled_back_leaves_no_gap(file: EventFile) -> None:
    write(file)
    with suppress(ZeroDivisionError), file.writing() as connection:
        append(connection, file, Author("door", "", AT), Draft(EntryKind.DEPARTED, "x"))
        raise ZeroDivisionError
    write(file)
    assert [(each.position, each.seq) for each in read(file)] == [(1, 1), (2, 2)]


def test_what_is_returned_is_what_is_in_the_file(file: EventFile) -> None:
    with file.writing() as connection:
        at = AT.replace(microsecond=123_456)
        draft = Draft(EntryKind.MOVED, "p", None, {"to": 4, "was": 2, "nonce": "é ☃ \x00"})
        entry = append(connection, file, Author("Eingang ü", "ŁÓ", at), draft)
    assert read(file) == [entry]
    assert entry.at == AT.replace(microsecond=123_000)


def test_a_number_that_json_does_not_know_is_refused(file: EventFile) -> None:
    with pytest.raises(ValueError, match="JSON"):
        write(file, table=float("nan"))
    assert read(file) == []


def test_times_are_stored_in_utc_to_the_millisecond() -> None:
    summer = dt.datetime(2024, 10, 9, 9, 0, 0, 999_999, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert as_text(summer) == "2024-10-09T07:00:00.999Z"
    assert as_time(as_text(summer)) == summer.replace(microsecond=999_000)


# ---- what somebody changed


def test_an_untouched_journal_is_good(file: EventFile, path: Path) -> None:
    write(file, "door", 5)
    write(file, "side door", 5)
    file.close()
    assert bad_in(path) is None


@pytest.mark.parametrize(
    "column",
    ["id", "desk", "incarnation", "seq", "kind", "subject", "refers_to", "at", "operator",
     "payload", "prev_hash", "hash"],
)  # fmt: skip
def test_every_column_of_an_entry_is_held_by_the_chain(
    file: EventFile, path: Path, column: str
) -> None:
    written = write(file, count=6)
    file.close()
    value = "99" if column == "seq" else "'other'"
    change(path, f"UPDATE journal SET {column} = {value} WHERE position = 4")
    assert bad_in(path) == ("other" if column == "id" else written[3].id)


def test_a_removed_entry_shows_at_the_one_behind_it(file: EventFile, path: Path) -> None:
    written = write(file, "door", 3) + write(file, "side door", 1) + write(file, "door", 2)
    file.close()
    change(path, "DELETE FROM journal WHERE position = 2")
    assert bad_in(path) == written[2].id


def test_a_desk_whose_entries_were_all_removed_shows_too(file: EventFile, path: Path) -> None:
    written = write(file, "door", 2) + write(file, "side door", 2) + write(file, "door", 2)
    file.close()
    change(path, "DELETE FROM journal WHERE desk = 'side door'")
    assert bad_in(path) == written[4].id


def test_swapped_entries_show_at_the_first_of_them(file: EventFile, path: Path) -> None:
    written = write(file, count=6)
    file.close()
    change(
        path,
        "UPDATE journal SET position = -1 WHERE position = 3",
        "UPDATE journal SET position = 3 WHERE position = 5",
        "UPDATE journal SET position = 5 WHERE position = -1",
    )
    assert bad_in(path) == written[4].id


def test_a_forged_entry_with_a_hash_of_its_own_breaks_the_next(file: EventFile, path: Path) -> None:
    from db.journal import chained

    written = write(file, count=4)
    with file.reading() as connection:
        row = dict(
            connection.execute(select(journal).where(journal.c.position == 2)).mappings().one()
        )
    file.close()
    row["payload"] = '{"table":9}'
    change(
        path,
        "UPDATE journal SET payload = '{\"table\":9}', "
        f"hash = '{chained(row)}' WHERE position = 2",
    )
    assert bad_in(path) == written[2].id


def test_one_flipped_byte_anywhere_in_an_entry_names_that_entry(
    file: EventFile, path: Path, tmp_path: Path
) -> None:
    """Every byte of one entry as it lies in the file, each flipped in its own copy."""
    written = write(file, count=8)
    file.close()
    victim = written[4]
    whole = path.read_bytes()
    assert not Path(f"{path}-wal").exists()
    # The row's texts lie one behind the other, from the id to the hash; the indexes' copies of the
    # id and the subject lie elsewhere.
    end = whole.index(victim.prev_hash.encode() + victim.hash.encode()) + 128
    start = whole.rindex(victim.id.encode(), 0, end)
    assert end - start > 250
    copy = tmp_path / "copy.checkin"
    for offset in range(start, end):
        changed = bytearray(whole)
        changed[offset] ^= 0x81
        copy.write_bytes(changed)
        found = bad_in(copy)
        if offset < start + 36:
            # Its own id: named as it now reads.
            assert found is not None
            assert found != victim.id
        else:
            assert found == victim.id, f"byte {offset - start} of the entry"


# ---- one file, one sequence


def copied(path: Path, copy: Path) -> Path:
    shutil.copyfile(path, copy)
    return copy


def backed_up(path: Path, copy: Path) -> Path:
    back_up(path, copy)
    return copy


def deleted_and_copied_back(path: Path, copy: Path) -> Path:
    # Often gets the very inode that was just given back.
    shutil.copyfile(path, copy)
    path.unlink()
    shutil.copyfile(copy, path)
    return path


def restored_in_place(path: Path, copy: Path) -> Path:
    # The inode stays, the content is the backup's.
    back_up(path, copy)
    shutil.copyfile(copy, path)
    return path


@pytest.mark.parametrize(
    "again",
    [copied, backed_up, deleted_and_copied_back, restored_in_place],
    ids=lambda f: f.__name__,
)
def test_a_copy_never_continues_the_sequence_of_the_original(
    file: EventFile, path: Path, tmp_path: Path, again: Callable[[Path, Path], Path]
) -> None:
    first = write(file, count=2)
    file.close()
    other = open_event_file(again(path, tmp_path / "copy.checkin"))
    (new,) = write(other)
    assert new.seq == 1
    assert new.incarnation != first[0].incarnation
    with other.reading() as connection:
        assert first_bad(connection) is None
    other.close()


def test_the_same_file_goes_on_where_it_was(file: EventFile, path: Path) -> None:
    first = write(file, count=2)
    file.close()
    moved = path.rename(path.with_name("renamed.checkin"))
    again = open_event_file(moved)
    (new,) = write(again)
    again.close()
    assert (new.seq, new.incarnation) == (3, first[0].incarnation)


# ---- ids


@pytest.fixture
def no_id_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets other tests' ids, made under turned clocks, have no effect here."""
    monkeypatch.setattr("db.ids._last", 0)


@pytest.mark.usefixtures("no_id_yet")
def test_ids_are_uuids_of_version_7_that_hold_the_time() -> None:
    before = time.time_ns() // 1_000_000
    made = UUID(new_id())
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert before - 1 <= made.int >> 80 <= time.time_ns() // 1_000_000 + 50


@pytest.mark.usefixtures("no_id_yet")
def test_ids_never_go_back_when_the_clock_does() -> None:
    ids = [new_id()]
    start = dt.datetime.now(dt.UTC)
    for hours in (1, -1, -24 * 365, 2, 0):
        with time_machine.travel(start + dt.timedelta(hours=hours), tick=False):
            ids += [new_id() for _ in range(5_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
