"""What the door says: one answer to every scan, typed name and act, in words for two people.

An answer is news, not state: it tells the person where to go and the staff what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checkin.people import Person


class Kind(StrEnum):
    """The kinds of answer (DESIGN.md, "Answers at the door")."""

    WELCOME = "welcome"
    WELCOME_BACK = "welcome_back"
    LEFT = "left"
    ALREADY_IN = "already_in"
    OWN_REPEAT = "own_repeat"
    REPLACED = "replaced"
    OTHER_EVENT = "other_event"
    FOREIGN_CODE = "foreign_code"
    UNKNOWN_NAME = "unknown_name"
    CANCELLED = "cancelled"
    WAITLISTED = "waitlisted"
    NOT_YET = "not_yet"
    TOO_LATE = "too_late"
    FULL = "full"
    NEEDS_CHOICE = "needs_choice"
    UNDONE = "undone"
    NOTHING_TO_UNDO = "nothing_to_undo"
    PROBLEM_DESK = "problem_desk"

    @property
    def admits(self) -> bool:
        """Whether the person may walk in on this answer."""
        return self in (Kind.WELCOME, Kind.WELCOME_BACK, Kind.ALREADY_IN, Kind.OWN_REPEAT)

    @property
    def waits_for_a_word(self) -> bool:
        """Whether a supervisor's word would admit the person."""
        return self in (
            Kind.CANCELLED,
            Kind.WAITLISTED,
            Kind.NOT_YET,
            Kind.TOO_LATE,
            Kind.FULL,
        )

    @property
    def done(self) -> bool:
        """Whether what was asked for was done (exit status 0 on the command line)."""
        return self in (
            Kind.WELCOME,
            Kind.WELCOME_BACK,
            Kind.LEFT,
            Kind.UNDONE,
            Kind.ALREADY_IN,
            Kind.OWN_REPEAT,
            Kind.PROBLEM_DESK,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer at the door.

    `say` is the line for the person, `next` the line for the staff; `first_at` (UTC) and
    `first_desk` tell of the arrival that already stood; `choices` are the namesakes to choose from.
    `again` says that a scan was not read well: the badge itself may be good; `calls_organiser`
    that the organiser is to be called before the person goes in. `company` are the people of a
    group who are in, each with the table; `not_in` those of it who are not, each with the kind of
    answer that they got. `asked` is the typed text that meant nobody, or nobody
    yet; `by_name` says that somebody was looked up and not scanned, `newcomer` that they
    were registered just now, as a walk-in or a substitute.
    """

    kind: Kind
    say: str
    next: str = ""
    person: Person | None = None
    table: int | None = None
    why_table: str | None = None
    first_at: datetime | None = None
    first_desk: str | None = None
    journal_id: str | None = None
    choices: tuple[Person, ...] = ()
    again: bool = False
    calls_organiser: bool = False
    company: tuple[tuple[int | None, Person], ...] = ()
    not_in: tuple[tuple[Kind, Person], ...] = ()
    asked: str = ""
    by_name: bool = False
    newcomer: bool = False
