"""An open event: news from other desks, settings, time zone, the event opened last."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.errors import EventFileError, RefusedError
from checkin.event.remembered import last_opened, remember, state_folder
from checkin.event.session import (
    EventSession,
    Writer,
    current_round,
    desk_name,
    make_event,
    open_event,
)
from checkin.event.settings import EventSettings, as_values, from_values
from checkin.tables.room import Weights
from checkin.tables.weighing import HEAVIEST, TERMS
from db.folds import replayed, stored
from db.journal import Entry, entries
from db.kinds import EntryKind
from tests.event.small_events import DAY, make, opened, settings


@pytest.fixture
def event(tmp_path: Path) -> Path:
    path = tmp_path / "event.checkin"
    make(path)
    return path


# ---- news


def test_what_another_desk_wrote_is_news_once(event: Path) -> None:
    door, side = opened(event, "door"), opened(event, "side door")
    assert not door.changed_elsewhere()
    with side.writing() as writer:
        writer.record(EntryKind.ARRIVED, "somebody")
    assert door.changed_elsewhere()
    assert not door.changed_elsewhere()
    assert not side.changed_elsewhere()
    door.close()
    side.close()


def test_what_a_desk_wrote_itself_is_no_news_to_it(event: Path) -> None:
    door = opened(event)
    for _ in range(3):
        with door.writing() as writer:
            writer.record(EntryKind.ARRIVED, "somebody")
            writer.record(EntryKind.DEPARTED, "somebody")
        assert not door.changed_elsewhere()
    door.close()


def _begin_round(session: EventSession, number: int) -> Entry:
    with session.writing() as writer:
        return writer.record(
            EntryKind.SEATS_ACCEPTED, f"round:{number}", round=number, round_kind="mix", seats={}
        )


def _round_to_write_in(session: EventSession) -> int:
    with session.writing() as writer:
        return current_round(writer.connection)


def test_the_round_kept_in_mind_is_the_one_that_any_desk_began_last_and_did_not_take_back(
    event: Path,
) -> None:
    here, there = open_event(event, desk="A"), open_event(event, desk="B")
    assert _round_to_write_in(here) == 1
    begun = _begin_round(here, 2)
    assert _round_to_write_in(here) == 2
    _begin_round(there, 3)
    assert _round_to_write_in(here) == 3
    with there.writing() as writer:
        taken = writer.record(EntryKind.UNDONE, "round:3", refers_to=_latest(writer, "round:3"))
    assert (_round_to_write_in(here), _round_to_write_in(there)) == (2, 2)
    with here.writing() as writer:
        writer.record(EntryKind.UNDONE, begun.subject, refers_to=begun.id)
        assert current_round(writer.connection) == 1
    with here.writing() as writer:
        writer.record(EntryKind.UNDONE, taken.subject, refers_to=taken.id)
    assert (_round_to_write_in(here), _round_to_write_in(there)) == (3, 3)
    here.close()
    there.close()


def _latest(writer: Writer, subject: str) -> str:
    return [each.id for each in entries(writer.connection) if each.subject == subject][-1]


def test_the_first_entry_about_somebody_leaves_what_a_replay_leaves(event: Path) -> None:
    session = open_event(event, desk="A")
    with session.writing() as writer:
        writer.record_first(EntryKind.ARRIVED, "new", round=1, table=3, nonce="n")
        assert stored(writer.connection) == replayed(writer.connection)
        writer.record(EntryKind.DEPARTED, "new")
        assert stored(writer.connection) == replayed(writer.connection)
    session.close()


def test_news_that_came_just_before_an_own_act_is_not_missed(event: Path) -> None:
    door, side = opened(event, "door"), opened(event, "side door")
    with side.writing() as writer:
        writer.record(EntryKind.ARRIVED, "somebody")
    with door.writing() as writer:
        writer.record(EntryKind.ARRIVED, "somebody else")
    assert door.changed_elsewhere()
    assert side.changed_elsewhere()
    door.close()
    side.close()


def test_an_act_that_failed_hides_no_news(event: Path) -> None:
    door, side = opened(event, "door"), opened(event, "side door")

    def fail() -> None:
        with door.writing() as writer:
            writer.record(EntryKind.ARRIVED, "somebody")
            raise RefusedError("No.")

    with pytest.raises(RefusedError):
        fail()
    assert not door.changed_elsewhere()
    with side.writing() as writer:
        writer.record(EntryKind.ARRIVED, "somebody else")
    assert door.changed_elsewhere()
    door.close()
    side.close()


# ---- settings


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
times = st.times(min_value=dt.time(0, 0), max_value=dt.time(11, 59))
every_setting = st.builds(
    EventSettings,
    title=st.just("Vision »2040« 🎪"),
    date=st.dates(),
    start=times,
    end=st.just(dt.time(23, 59, 59)),
    timezone=st.sampled_from(["Europe/Brussels", "Europe/Sofia", "Atlantic/Azores", "UTC"]),
    venue=texts,
    tables=st.integers(1, 200),
    seats=st.integers(4, 50),
    minimum=st.integers(0, 4),
    capacity=st.none() | st.integers(1, 1000),
    places=st.none() | st.integers(0, 1000),
    no_show=st.floats(0, 0.99),
    live=st.booleans(),
    doors=st.none() | times,
    deadline=st.none() | st.dates(),
    agenda=st.lists(texts, max_size=3).map(tuple),
    languages=st.lists(st.sampled_from(["en", "fr", "mt"]), max_size=3).map(tuple),
    step_free_tables=st.lists(st.integers(1, 9), max_size=3).map(tuple),
    weights=st.builds(
        Weights,
        **{term: st.integers(0, HEAVIEST - 1) for term in TERMS if term not in ("strangers",)},
        strangers=st.just(HEAVIEST),
    ),
)


@given(every_setting)
def test_settings_come_back_as_they_went(wanted: EventSettings) -> None:
    import json

    assert from_values(json.loads(json.dumps(as_values(wanted)))) == wanted


def test_settings_come_back_from_the_file(tmp_path: Path) -> None:
    wanted = settings(
        title="Ünïcode ☃", doors=dt.time(8, 30), deadline=DAY, agenda=("a", "b"), capacity=60
    )
    path = make_event(tmp_path / "event.checkin", wanted)
    session = opened(path)
    assert session.settings == wanted
    session.close()


def test_a_change_of_settings_reaches_the_other_desk(event: Path) -> None:
    office, door = opened(event, "office"), opened(event, "door")
    office.change_settings(replace(office.settings, tables=12))
    assert door.settings.tables == 10
    assert door.changed_elsewhere()
    assert door.settings.tables == 12
    office.close()
    door.close()


def test_two_desks_that_change_different_settings_both_have_their_way(event: Path) -> None:
    office, door = opened(event, "office"), opened(event, "door")
    office.change_settings(replace(office.settings, tables=12))
    door.change_settings(replace(door.settings, venue="Hall B"))
    assert (door.settings.tables, door.settings.venue) == (12, "Hall B")
    again = opened(event)
    assert (again.settings.tables, again.settings.venue) == (12, "Hall B")
    for session in (office, door, again):
        session.close()


def test_changes_that_make_no_sense_together_are_refused_whole(event: Path) -> None:
    office, door = opened(event, "office"), opened(event, "door")
    office.change_settings(replace(office.settings, seats=4, minimum=2))
    with pytest.raises(RefusedError, match="minimum"):
        door.change_settings(replace(door.settings, minimum=7))
    again = opened(event)
    assert (again.settings.seats, again.settings.minimum) == (4, 2)
    for session in (office, door, again):
        session.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM setting WHERE key = 'title'",
        "DELETE FROM setting",
        "UPDATE setting SET value = '{' WHERE key = 'date'",
        "UPDATE setting SET value = '\"someday\"' WHERE key = 'date'",
        "UPDATE setting SET value = '0' WHERE key = 'tables'",
        "UPDATE setting SET value = '\"many\"' WHERE key = 'tables'",
        "UPDATE setting SET value = '3' WHERE key = 'agenda'",
    ],
)
def test_settings_that_make_no_sense_are_a_damaged_file(event: Path, statement: str) -> None:
    with closing(sqlite3.connect(event)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(EventFileError, match="damaged") as refused:
        opened(event)
    assert "\n" not in str(refused.value)


# ---- time


@pytest.mark.parametrize(
    ("zone", "utc", "local"),
    [
        ("Europe/Brussels", "2024-10-09T07:00:00+00:00", "2024-10-09T09:00:00+02:00"),
        ("Europe/Brussels", "2024-12-09T07:00:00+00:00", "2024-12-09T08:00:00+01:00"),
        ("Europe/Athens", "2024-10-26T22:30:00+00:00", "2024-10-27T01:30:00+03:00"),
        ("Atlantic/Azores", "2024-10-09T23:30:00+00:00", "2024-10-09T23:30:00+00:00"),
    ],
)
def test_times_are_shown_on_the_wall_clock_of_the_event(
    tmp_path: Path, zone: str, utc: str, local: str
) -> None:
    path = make_event(tmp_path / "event.checkin", settings(timezone=zone))
    session = opened(path)
    assert session.local(dt.datetime.fromisoformat(utc)).isoformat() == local
    session.close()


def test_an_act_is_noted_at_the_time_it_is_said_to_have_happened(event: Path) -> None:
    session = opened(event)
    brussels = dt.datetime(2024, 10, 9, 9, 15, tzinfo=session.settings.zone)
    with session.writing(brussels) as writer:
        entry = writer.record(EntryKind.ARRIVED, "somebody")
    assert entry.at == dt.datetime(2024, 10, 9, 7, 15, tzinfo=dt.UTC)
    session.close()


@pytest.mark.parametrize(
    "zone", ["", "Europe", "CET-ish", "../etc/passwd", "/etc/localtime", "Europe/Brüssel", "a\0b"]
)
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(RefusedError, match="time zone"):
        settings(timezone=zone)


# ---- which event, which desk


def test_an_event_is_whole_when_it_has_its_name(tmp_path: Path) -> None:
    """Settings and all: a kill between making and filling leaves no event that can't be opened."""
    seen: list[list[str]] = []
    connect = sqlite3.connect

    def watched(*arguments: object, **more: object) -> sqlite3.Connection:
        seen.append(os.listdir(tmp_path))
        return connect(*arguments, **more)  # type: ignore[call-overload,no-any-return]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", watched)
        path = make_event(tmp_path / "event.checkin", settings())
    for names in seen:
        if path.name in names:
            break
        assert all(name.startswith(".") for name in names)
    with closing(connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == (1,)


def test_the_event_opened_last_is_remembered(event: Path, tmp_path: Path) -> None:
    assert last_opened() == event
    other = tmp_path / "Straßburg ☃.checkin"
    make(other)
    assert last_opened() == other
    opened(event).close()
    assert last_opened() == event
    event.unlink()
    assert last_opened() is None


def test_a_name_that_is_no_text_is_remembered_too(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.checkin")
    make(path)
    assert last_opened() == path


def test_a_home_that_takes_no_files_keeps_no_door_shut(event: Path) -> None:
    (state_folder() / "last-event").unlink()
    (state_folder() / "last-event").mkdir()
    remember(event)
    opened(event).close()
    assert last_opened() is None


def test_a_desk_has_a_harmless_name() -> None:
    assert desk_name("  Side\tdoor\x1b[31m ") == "Side door[31m"
    assert len(desk_name("x" * 500)) == 40
    assert desk_name("") == desk_name("\u200b")
    assert desk_name("")


def test_whoever_opens_for_a_desk_writes_as_that_desk(event: Path) -> None:
    session = open_event(event, desk="Side door", operator="ŁÓ")
    with session.writing() as writer:
        entry = writer.record(EntryKind.ARRIVED, "somebody", table=None, round=1)
    assert (entry.desk, entry.operator, dict(entry.payload)) == ("Side door", "ŁÓ", {"round": 1})
    session.close()
