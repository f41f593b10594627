"""Badges over the event file: who has none yet, writing the PDF, handing it to a printer queue.

A print is its own act in the journal, apart from any arrival. It is noted once the file is whole,
or, when it goes to a printer queue, once the queue has taken it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import ColumnElement

from checkin.badges.badge import BadgeData
from checkin.badges.sending import look_after, send
from checkin.badges.sheets import SheetReport, write_badges
from checkin.badges.stocks import stock_named
from checkin.errors import CheckinError, RefusedError
from checkin.event.rows import as_person
from checkin.event.session import EventSession, current_round
from checkin.people import Person, State
from db import people
from db.ids import new_id
from db.kinds import EntryKind
from db.schema import person, presence

Progress = Callable[[int, int], None]

MOST_COPIES = 99


class Which(StrEnum):
    """Whose badges are meant."""

    UNPRINTED = "unprinted"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class BadgeLine:
    """One person on the badge list: how often their badge was printed."""

    person: Person
    prints: int


@dataclass(frozen=True, slots=True)
class Printed:
    """Badges that a printer queue took: the PDF, and what to say of the queue."""

    report: SheetReport
    say: str


class Badges:
    """The badges of an open event."""

    def __init__(self, session: EventSession) -> None:
        self.session = session

    def lines(self, which: Which = Which.ALL) -> list[BadgeLine]:
        """Returns everybody who wears a badge, those without one first, then by family name."""
        conditions: list[ColumnElement[bool]] = []
        if which is Which.UNPRINTED:
            conditions = [(presence.c.prints.is_(None)) | (presence.c.prints == 0)]
        with self.session.reading() as connection:
            rows = people.people(connection, current_round(connection), *conditions)
        lines = [BadgeLine(as_person(row), row.prints or 0) for row in rows]
        lines = [line for line in lines if line.person.state is not State.CANCELLED]
        lines.sort(key=lambda line: (line.prints > 0, *_by_name(line.person)))
        return lines

    def write(
        self,
        path: Path,
        person_ids: Sequence[str],
        stock: str = "a4-8",
        *,
        reason: str | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> SheetReport:
        """Writes the badges of these people to a PDF, in order of name, and notes each print.

        `reason` is why they are printed again; the journal keeps it.

        Raises RefusedError when there is nobody or it was cancelled, CheckinError for a stock or a
        place that won't do; then nothing is noted.
        """
        wearers = self._wearers(person_ids)
        report = self._draw(path, wearers, stock, progress, cancelled)
        self._note(wearers, reason)
        return report

    def print_out(
        self,
        path: Path,
        queue: str,
        person_ids: Sequence[str],
        stock: str = "a4-8",
        *,
        copies: int = 1,
        reason: str | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Printed:
        """Writes the badges to a PDF as `write` does, hands it to the queue, then notes the prints.

        Takes a few seconds at the longest beside the drawing, whatever the print system does.

        Raises QueueError when the queue does not take it: the PDF is there and nothing is noted.
        Else raises as `write` does.
        """
        if not 1 <= copies <= MOST_COPIES:
            raise CheckinError(f"Print between 1 and {MOST_COPIES} copies.")
        wearers = self._wearers(person_ids)
        report = self._draw(path, wearers, stock, progress, cancelled)
        sent = send(path, queue, copies)
        try:
            self._note(wearers, reason)
        except CheckinError as error:
            raise CheckinError(f"{error} The badges are printed all the same.") from error
        return Printed(report, look_after(sent))

    def _wearers(self, person_ids: Sequence[str]) -> list[Person]:
        with self.session.reading() as connection:
            rows = people.people(connection, 1, person.c.id.in_(person_ids))
        wearers = sorted(map(as_person, rows), key=_by_name)
        if not wearers:
            raise RefusedError("There is no badge to print.")
        return wearers

    def _draw(
        self,
        path: Path,
        wearers: Sequence[Person],
        stock: str,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> SheetReport:
        return write_badges(
            path,
            [BadgeData.of(each) for each in wearers],
            stock_named(stock),
            progress,
            cancelled,
            self.session.settings.title,
        )

    def _note(self, wearers: Sequence[Person], reason: str | None) -> None:
        act = new_id()
        with self.session.writing() as writer:
            for each in wearers:
                writer.record(EntryKind.BADGE_PRINTED, each.id, act=act, reason=reason)


def _by_name(each: Person) -> tuple[str, str, str]:
    return (each.family_name.casefold(), each.given_name.casefold(), each.id)
