"""People who come together: everybody of one authority, or of one territory, and their one answer.

It reads and words; checking in is the desk's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, func, select

from checkin.door.answers import Answer, Kind
from checkin.errors import RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, current_round
from checkin.people import Level, Person, State
from db import people
from db.schema import person, presence


@dataclass(frozen=True, slots=True)
class Group:
    """People with something in common, and its name. Those who are due come first."""

    name: str
    people: tuple[Person, ...]

    @property
    def due(self) -> int:
        """How many of them are still due."""
        return sum(each.state is State.EXPECTED for each in self.people)


@dataclass(frozen=True, slots=True)
class Groups:
    """The two groups of one person; a group without a name has them alone."""

    authority: Group
    territory: Group


class GroupFinder:
    """The groups of an open event."""

    def __init__(self, session: EventSession) -> None:
        self._session = session

    def still_due(self, authority: str) -> int:
        """Returns how many people of an authority are still due; none for one without a name."""
        if not authority:
            return 0
        query = (
            select(func.count())
            .select_from(person.outerjoin(presence, presence.c.person_id == person.c.id))
            .where(person.c.organisation == authority, people.expected())
        )
        with self._session.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def level_of(self, authority: str) -> Level | None:
        """Returns the level of most people registered for an authority; None for an unknown one."""
        count = func.count()
        query = (
            select(person.c.level)
            .where(person.c.organisation == authority, person.c.level != Level.OTHER.value)
            .group_by(person.c.level)
            .order_by(count.desc(), person.c.level)
            .limit(1)
        )
        with self._session.reading() as connection:
            found = connection.execute(query).scalar()
        return Level(found) if found else None

    def of(self, person_id: str) -> Groups:
        """Returns the colleagues of a person, and everybody of their territory, with them."""
        with self._session.reading() as connection:
            number = current_round(connection)
            row = people.by_id(connection, number, person_id)
            if row is None:
                raise RefusedError("There is no such person in this event.")

            def same(column: ColumnElement[str], name: str) -> Group:
                rows: Sequence[Row[tuple[object, ...]]] = [row]
                if name:
                    rows = people.people(connection, number, column == name)
                return Group(name, tuple(sorted(map(as_person, rows), key=_order)))

            return Groups(
                same(person.c.organisation, row.organisation),
                same(person.c.territory, row.territory),
            )


def _order(each: Person) -> tuple[bool, str, str, str]:
    due = each.state is State.EXPECTED
    return not due, each.family_name.casefold(), each.given_name.casefold(), each.id


def as_one(answers: Sequence[Answer]) -> Answer:
    """Returns the answers to a group as one: who is in and at which table, and who is not.

    The only answer of one person stays as it is.
    """
    if len(answers) == 1:
        return answers[0]
    company = tuple(each.person for each in answers if each.kind.admits and each.person)
    refused = [each for each in answers if not each.kind.admits]
    not_in = tuple((each.kind, each.person) for each in refused if each.person)
    following = _who_stays_out(refused)
    following += [f"Call the organiser for {_name(each)}." for each in answers if _is_called(each)]
    if not company:
        say = "Nobody of the group is in."
        return Answer(
            refused[0].kind if refused else Kind.NOTHING_TO_UNDO,
            say,
            " ".join(following),
            not_in=not_in,
        )
    seats = {each.person.id: each.table for each in answers if each.person}
    crowd = "1 person is in." if len(company) == 1 else f"{len(company)} people are in."
    if refused:
        crowd = f"{len(company)} of {len(answers)} are in."
    tables = {seats[each.id] for each in company}
    return Answer(
        Kind.WELCOME,
        say=crowd,
        table=tables.pop() if len(tables) == 1 else None,
        next=" ".join(following),
        company=tuple((seats[each.id], each) for each in company),
        not_in=not_in,
        calls_organiser=any(map(_is_called, answers)),
    )


def _is_called(answer: Answer) -> bool:
    return answer.calls_organiser


def _name(answer: Answer) -> str:
    return answer.person.full_name if answer.person else "somebody"


_WHY_OUT = {
    Kind.FULL: "the room is full",
    Kind.WAITLISTED: "on the waiting list",
    Kind.CANCELLED: "cancelled",
    Kind.REPLACED: "somebody came instead",
    Kind.NOT_YET: "too early",
    Kind.TOO_LATE: "too late",
    Kind.NEEDS_CHOICE: "registered twice (F10)",
}


def _who_stays_out(refused: Sequence[Answer]) -> list[str]:
    """Returns a sentence a reason, with the names of all whom it keeps out."""
    names: dict[str, list[str]] = {}
    for each in refused:
        why = _WHY_OUT.get(each.kind, each.say.rstrip("."))
        names.setdefault(why, []).append(_name(each))
    return [f"Not in, {why}: {', '.join(out)}." for why, out in names.items()]
