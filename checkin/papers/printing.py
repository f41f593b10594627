"""The paper of an open event: gathers what each sheet needs and has it drawn.

Papers show what the event file says now; nothing is noted about them.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from checkin.door.overview import Overview, Which
from checkin.errors import RefusedError
from checkin.event.session import EventSession
from checkin.papers.certificates import write_certificates
from checkin.papers.pack import write_pack
from checkin.papers.page import PaperReport
from checkin.papers.roll_call import Inside, write_roll_call
from checkin.papers.sign_in import write_sign_in
from checkin.papers.table_cards import TableCard, write_table_cards
from checkin.people import Person, State
from checkin.tables.seating import Seating


class Paper(StrEnum):
    """The papers there are, by their names on the command line."""

    SIGN_IN = "sign-in"
    TABLE_CARDS = "table-cards"
    ROLL_CALL = "roll-call"
    CERTIFICATES = "certificates"
    PACK = "pack"


class Papers:
    """The paper of an open event."""

    def __init__(self, session: EventSession, seating: Seating | None = None) -> None:
        self.session = session
        self._seating = seating or Seating(session)
        self._overview = Overview(session, self._seating)

    def write(self, paper: Paper, path: Path) -> PaperReport:
        """Writes one kind of paper to the PDF `path`.

        Raises RefusedError when there is nothing to print yet, CheckinError for a path that won't
        do; then nothing is written.
        """
        event, now = self.session.settings, self.session.now()
        match paper:
            case Paper.SIGN_IN:
                return write_sign_in(path, event, _some(self._invited(), "Nobody is registered."))
            case Paper.TABLE_CARDS:
                return write_table_cards(path, event, self._cards())
            case Paper.ROLL_CALL:
                return write_roll_call(path, event, self._inside(), now)
            case Paper.CERTIFICATES:
                came = [each for each in self._everybody() if each.arrived_at is not None]
                return write_certificates(path, event, _some(came, "Nobody has arrived yet."))
            case Paper.PACK:
                people = _some(self._invited(), "Nobody is registered.")
                return write_pack(path, event, people, self._inside(), now, self._cards())

    def _everybody(self) -> list[Person]:
        return self._overview.people(Which.ALL)

    def _invited(self) -> list[Person]:
        """Everybody who may come: cancelled and waiting people sign nothing."""
        away = (State.CANCELLED, State.WAITLISTED)
        return [each for each in self._everybody() if each.state not in away]

    def _inside(self) -> list[Inside]:
        return [
            Inside(line.person, line.assistance)
            for _, lines in self._overview.roll_call().tables
            for line in lines
        ]

    def _cards(self) -> list[TableCard]:
        """One card for each open table, with its language and who sits there."""
        return [
            TableCard(
                number=table.number,
                languages=(table.language,) if table.language else (),
                host=table.host,
                people=table.people,
                name=table.name,
            )
            for table in self._seating.board().tables
            if table.open
        ]


def _some(people: list[Person], sentence: str) -> list[Person]:
    if not people:
        raise RefusedError(f"{sentence} There is nothing to print.")
    return people
