"""Statements of the hot path answer as the toolkit's own way of running them does."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from db.event_file import EventFile, create_event_file
from db.people import people_query
from db.prepared import Prepared
from db.schema import journal, person, table_state


@pytest.fixture
def file(tmp_path: Path) -> EventFile:
    return create_event_file(tmp_path / "event.checkin")


def _register(file: EventFile) -> None:
    with file.writing() as connection:
        connection.execute(
            insert(person).values(
                id="p1", code="AAAAAAAAAA", given_name="Ada", family_name="B", number=1,
                level_guessed=True, photo=False,
            )
        )  # fmt: skip


def test_rows_read_like_those_of_the_toolkit_truth_values_too(file: EventFile) -> None:
    _register(file)
    query = people_query(1).where(person.c.code == bindparam("wanted"))
    with file.reading() as connection:
        usual = connection.execute(query, {"wanted": "AAAAAAAAAA"}).one()
        prepared = Prepared(query).first(connection, {"wanted": "AAAAAAAAAA"})
    assert prepared is not None
    assert prepared._asdict() == usual._asdict()
    assert (prepared.level_guessed, prepared.photo, prepared.listed) == (True, False, None)
    file.close()


def test_what_is_not_there_is_none_and_an_empty_list(file: EventFile) -> None:
    statement = Prepared(select(journal.c.id).where(journal.c.id == bindparam("wanted")))
    with file.reading() as connection:
        assert statement.first(connection, {"wanted": "x"}) is None
        assert statement.scalar(connection, {"wanted": "x"}) is None
        assert statement.all(connection, {"wanted": "x"}) == []
    file.close()


def test_a_parameter_that_is_missing_or_unknown_is_an_error(file: EventFile) -> None:
    statement = Prepared(select(journal.c.id).where(journal.c.id == bindparam("wanted")))
    with file.reading() as connection, pytest.raises(KeyError):
        statement.first(connection, {"wnated": "x"})
    with file.reading() as connection, pytest.raises(KeyError):
        statement.first(connection)
    file.close()


def test_what_a_prepared_statement_wrote_goes_with_the_transaction(file: EventFile) -> None:
    write = Prepared(insert(table_state))
    values = {column.name: None for column in table_state.columns} | {"number": 3, "open": True}

    def twice() -> None:
        with file.writing() as connection:
            write.write(connection, values)
            connection.execute(insert(table_state), values)

    with pytest.raises(IntegrityError):
        twice()
    with file.reading() as connection:
        assert connection.execute(select(table_state)).all() == []
    with file.writing() as connection:
        assert write.write(connection, values) == 3
    with file.reading() as connection:
        assert connection.execute(select(table_state.c.open)).scalar_one() is True
    file.close()


def test_after_an_error_the_next_write_takes_a_new_connection_and_works(file: EventFile) -> None:
    with pytest.raises(RuntimeError), file.writing():
        raise RuntimeError
    _register(file)
    with file.reading() as connection:
        assert connection.execute(select(person.c.id)).scalar_one() == "p1"
    file.close()
