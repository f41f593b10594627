"""Badges over the event file: who has none yet, writing the PDF, handing it to a printer queue.

A print is its own act in the journal, apart from any arrival; it is noted once the file is whole.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import ColumnElement

from checkin.badges.badge import BadgeData
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

_LONGEST_PRINT = 30


class Which(StrEnum):
    """Whose badges are meant."""

    UNPRINTED = "unprinted"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class BadgeLine:
    """One person on the badge list: how often their badge was printed."""

    person: Person
    prints: int


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
        with self.session.reading() as connection:
            rows = people.people(connection, 1, person.c.id.in_(person_ids))
        wearers = sorted(map(as_person, rows), key=_by_name)
        if not wearers:
            raise RefusedError("There is no badge to print.")
        report = write_badges(
            path,
            [BadgeData.of(each) for each in wearers],
            stock_named(stock),
            progress,
            cancelled,
            self.session.settings.title,
        )
        act = new_id()
        with self.session.writing() as writer:
            for each in wearers:
                writer.record(EntryKind.BADGE_PRINTED, each.id, act=act, reason=reason)
        return report

    def send(self, path: Path, queue: str) -> str:
        """Hands a PDF to a CUPS queue and returns what to tell; CheckinError when that fails."""
        if shutil.which("lp") is None:
            raise CheckinError(f"This machine has no `lp` to print with; {path} is written.")
        try:
            done = subprocess.run(
                ["lp", "-d", queue, "--", str(path)],
                capture_output=True,
                text=True,
                timeout=_LONGEST_PRINT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise CheckinError(f"The printer {queue} does not answer; {path} is written.") from None
        if done.returncode:
            raise CheckinError(f"The printer {queue} refused: {done.stderr.strip()[:200]}")
        return f"Sent to {queue}."


def _by_name(each: Person) -> tuple[str, str, str]:
    return (each.family_name.casefold(), each.given_name.casefold(), each.id)
