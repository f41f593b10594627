"""Proof: verify finds what was changed, a rebuild mends what can be, a backup restores."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from checkin.errors import EventFileError
from checkin.event.proof import Proof, back_up, rebuild_folds, restore_test, verify
from checkin.event.session import EventSession
from db.kinds import EntryKind, round_subject, table_subject
from tests.event.small_events import make, opened

FOLDS = ("presence", "seat", "table_state", "seating_round", "nonce", "touched", "day_wish")


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """An event in which something of everything happened."""
    path = tmp_path / "event.checkin"
    ids = make(path)
    session = opened(path)
    with session.writing() as writer:
        seats = {person: 1 + place % 2 for place, person in enumerate(ids)}
        writer.record(
            EntryKind.SEATS_PLANNED, round_subject(1), round=1, round_kind="align", seats=seats
        )
        writer.record(EntryKind.TABLE_CLOSED, table_subject(3))
        writer.record(EntryKind.WISH_SET, ids[0], wish="pin", table=2, wanted=True)
    for place, person in enumerate(ids[:4]):
        with session.writing() as writer:
            arrived = writer.record(
                EntryKind.ARRIVED, person, round=1, table=1 + place % 2, nonce=f"n{place}"
            )
    with session.writing() as writer:
        writer.record(EntryKind.UNDONE, arrived.subject, refers_to=arrived.id)
    session.close()
    return path


def proof_of(path: Path) -> Proof:
    session = opened(path)
    try:
        return verify(session)
    finally:
        session.close()


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for name in ("journal_is_never_updated", "journal_is_never_deleted"):
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def rebuilt(path: Path) -> None:
    session: EventSession = opened(path)
    try:
        rebuild_folds(session)
    finally:
        session.close()


def test_an_event_as_it_should_be(event: Path) -> None:
    proof = proof_of(event)
    assert proof.ok
    assert proof.first_bad is None
    assert proof.say == (
        "The file is whole.",
        f"The journal's chain holds over {proof.entries} entries.",
        "What the screens show is what the journal says.",
    )


def test_every_fold_is_held_to_the_journal() -> None:
    from db.schema import FOLDS as ALL

    assert {table.name for table in ALL} == set(FOLDS), "a new fold: tamper with it here too"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE presence SET state = 'here' WHERE state != 'here'",
        "UPDATE presence SET first_at = '2020-01-01T00:00:00.000Z' WHERE state = 'here'",
        "UPDATE presence SET prints = 7",
        "DELETE FROM presence",
        "INSERT INTO presence (person_id, state) VALUES ('nobody', 'here')",
        "UPDATE seat SET table_number = 9",
        "UPDATE seat SET planned = 'x'",
        "UPDATE seat SET round = 'y'",
        "UPDATE table_state SET open = 1",
        "UPDATE seating_round SET accepted = 1",
        "DELETE FROM nonce WHERE nonce = 'n1'",
        "UPDATE nonce SET entry_id = 'x' WHERE nonce = 'n1'",
        "DELETE FROM touched",
        "UPDATE day_wish SET wanted = 0",
    ],
)
def test_a_changed_fold_is_found_and_mended(event: Path, statement: str) -> None:
    whole = proof_of(event)
    with closing(sqlite3.connect(event)) as connection:
        assert connection.execute(statement).rowcount > 0
        connection.commit()
    found = proof_of(event)
    assert not found.ok
    assert found.first_bad is None
    assert "--rebuild" in found.say[2]
    rebuilt(event)
    assert proof_of(event) == whole


@pytest.mark.parametrize(
    "value",
    ["'{\"table\":5}'", "'{'", "''", "'[]'", "CAST(x'7bff22' AS TEXT)", "x'00'", "7"],
)
def test_a_payload_of_any_kind_is_told_by_its_entry(event: Path, value: str) -> None:
    """Even one that is no JSON, or no text at all: verify names the entry and goes on."""
    with closing(sqlite3.connect(event)) as connection:
        (bad,) = connection.execute("SELECT id FROM journal WHERE position = 5").fetchone()
    change(event, f"UPDATE journal SET payload = {value} WHERE position = 5")
    proof = proof_of(event)
    assert not proof.ok
    assert proof.first_bad == bad
    assert bad in proof.say[1]
    assert "not compared" in proof.say[2]


def test_a_journal_that_was_cut_short_shows_in_the_folds(event: Path) -> None:
    """No chain tells that its end is missing; what the screens show still does."""
    change(event, "DELETE FROM journal WHERE position = (SELECT max(position) FROM journal)")
    assert not proof_of(event).ok


def test_nothing_is_rebuilt_from_a_journal_that_cannot_be_trusted(event: Path) -> None:
    change(event, "DELETE FROM journal WHERE position = 3")
    with closing(sqlite3.connect(event)) as connection:
        before = list(connection.iterdump())
    with pytest.raises(EventFileError, match="nothing was rebuilt"):
        rebuilt(event)
    with closing(sqlite3.connect(event)) as connection:
        assert list(connection.iterdump()) == before


def test_a_page_that_is_damaged_behind_our_back_is_told(event: Path) -> None:
    """An index that disagrees with its table: found by verify, not when the file is opened."""
    whole = event.read_bytes()
    with closing(sqlite3.connect(event)) as connection:
        code = connection.execute("SELECT code FROM person LIMIT 1").fetchone()[0].encode()
    places = [at for at in range(len(whole)) if whole.startswith(code, at)]
    assert len(places) == 2
    for at in places:
        changed = bytearray(whole)
        changed[at] ^= 1
        event.write_bytes(changed)
        proof = proof_of(event)
        assert not proof.ok
        assert proof.say[0].startswith("The file is damaged")


def test_verify_writes_nothing(event: Path) -> None:
    before = event.read_bytes()
    assert proof_of(event).ok
    assert event.read_bytes() == before
    assert os.listdir(event.parent) == [event.name]


# ---- backups


def test_a_backup_is_noted_in_the_event_and_restores(event: Path, tmp_path: Path) -> None:
    session = opened(event)
    entries = verify(session).entries
    backup = back_up(session, tmp_path / "morning.checkin")
    assert (backup.file, backup.entries) == (tmp_path / "morning.checkin", entries)
    with session.reading() as connection:
        newest = connection.exec_driver_sql(
            "SELECT kind, payload FROM journal ORDER BY position DESC LIMIT 1"
        ).one()
    assert tuple(newest) == ("backed_up", f'{{"entries":{entries}}}')
    session.close()
    before = backup.file.read_bytes()
    proof = restore_test(backup.file)
    assert (proof.ok, proof.entries) == (True, entries)
    assert backup.file.read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["event.checkin", "morning.checkin"]


def test_a_refused_backup_is_not_noted(event: Path) -> None:
    session = opened(event)
    entries = verify(session).entries
    with pytest.raises(EventFileError, match="there already"):
        back_up(session, event)
    assert verify(session).entries == entries
    session.close()


def test_a_backup_that_was_changed_does_not_restore(event: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b.checkin"
    shutil.copyfile(event, backup)
    change(backup, "UPDATE journal SET subject = 'x' WHERE position = 4")
    proof = restore_test(backup)
    assert not proof.ok
    assert proof.first_bad is not None


def test_a_backup_on_a_stick_that_takes_no_writes_restores(event: Path, tmp_path: Path) -> None:
    session = opened(event)
    backup = back_up(session, tmp_path / "b.checkin").file
    session.close()
    backup.chmod(stat.S_IRUSR)
    assert restore_test(backup).ok


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"%PDF-1.7" * 100, "not an event file")],
)
def test_what_is_no_backup_is_refused_by_its_own_name(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "b.checkin"
    path.write_bytes(content)
    with pytest.raises(EventFileError, match=words) as refused:
        restore_test(path)
    assert str(path) in str(refused.value)


def test_another_programs_database_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "b.checkin"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE journal (id)")
    with pytest.raises(EventFileError, match="not an event of this program"):
        restore_test(path)


def test_a_damaged_backup_is_refused_by_its_own_name(event: Path) -> None:
    with event.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(bytes(8192))
    with pytest.raises(EventFileError, match="damaged") as refused:
        restore_test(event)
    assert str(event) in str(refused.value)
