"""Hosts of tables: named in an act like any other, so that an undo gives back the one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from checkin.event.session import EventSession, make_event, open_event
from checkin.event.settings import EventSettings
from checkin.tables.assembling import tables
from checkin.tables.manual import Manual
from db.schema import host


@pytest.fixture
def session(tmp_path: Path) -> Iterator[EventSession]:
    settings = EventSettings("A day", dt.date(2024, 10, 9), tables=3, live=False)
    session = open_event(make_event(tmp_path / "event.checkin", settings), desk="Desk A")
    yield session
    session.close()


def hosts(session: EventSession) -> list[str]:
    with session.reading() as connection:
        return [table.host for table in tables(connection, session.settings)]


def test_an_undo_gives_the_host_before_back_and_a_redo_the_new_one(session: EventSession) -> None:
    manual = Manual(session)
    manual.name_host(2, "Anne")
    manual.name_host(2, "Luc")
    assert hosts(session) == ["", "Luc", ""]
    manual.undo()
    assert hosts(session) == ["", "Anne", ""]
    manual.redo()
    assert hosts(session) == ["", "Luc", ""]
    manual.name_host(2, "")
    assert hosts(session) == ["", "", ""]
    manual.undo()
    assert hosts(session) == ["", "Luc", ""]


def test_what_the_organiser_wrote_holds_until_somebody_names_a_host(session: EventSession) -> None:
    with session.writing() as writer:
        writer.connection.execute(insert(host).values(table_number=1, name="Maria"))
    manual = Manual(session)
    assert hosts(session) == ["Maria", "", ""]
    manual.name_host(1, "")
    assert hosts(session) == ["", "", ""]
    manual.undo()
    assert hosts(session) == ["Maria", "", ""]


def names(session: EventSession) -> list[str]:
    with session.reading() as connection:
        return [table.name for table in tables(connection, session.settings)]


def test_a_table_is_called_something_beside_its_number_until_that_is_taken_back(
    session: EventSession,
) -> None:
    manual = Manual(session)
    assert manual.name_table(2, " Har\x1bbour ").say == 'Table 2: called "Harbour".'
    assert names(session) == ["", "Harbour", ""]
    manual.name_table(2, "Bridge")
    manual.undo()
    assert names(session) == ["", "Harbour", ""]
    manual.name_table(2, "")
    assert names(session) == ["", "", ""]
    manual.undo()
    assert names(session) == ["", "Harbour", ""]


def test_a_name_and_a_host_that_are_given_together_are_taken_back_together(
    session: EventSession,
) -> None:
    manual = Manual(session)
    said = manual.describe(1, name="Harbour", host="Anne").say
    assert said == 'Table 1: called "Harbour", Anne is the host.'
    assert (names(session)[0], hosts(session)[0]) == ("Harbour", "Anne")
    manual.undo()
    assert (names(session)[0], hosts(session)[0]) == ("", "")
    manual.redo()
    assert (names(session)[0], hosts(session)[0]) == ("Harbour", "Anne")
