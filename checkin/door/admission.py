"""The admission decision: one pure function that knows every answer of the door.

It decides and explains nothing in words (`wording` does), writes nothing and reads no clock: who is
meant, what happened before, the event's rules and the time are handed in. The service looks a nonce
up first, gives a seat afterwards, and writes what `Decision.journal` names before anybody is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from checkin.door.answers import Kind
from checkin.door.scanning import Form
from checkin.people import Person, PersonFlag, State

CLOCK_SLACK = timedelta(seconds=30)
"""How far a clock may lag behind the last act before it is called wrong: desks' clocks differ."""

FARTHEST_FROM_EVENT = timedelta(days=1)
"""A clock farther than this from the event's hours is called wrong."""


class Act(StrEnum):
    """What a decision puts into the journal; the values are journal kinds."""

    ARRIVED = "arrived"
    DEPARTED = "departed"
    REFUSED = "refused"


class Ask(StrEnum):
    """What is asked for at the door."""

    IN = "in"
    OUT = "out"


class Flag(StrEnum):
    """What is odd about a decision, for the staff and the report; none is a refusal."""

    CLOCK_BEHIND = "clock_behind"
    """The clock stands before the last act in the journal."""
    CLOCK_FAR = "clock_far"
    """The clock is more than a day away from the event."""
    NEVER_ARRIVED = "never_arrived"
    """Left without having arrived."""
    REACTIVATED = "reactivated"
    """A cancelled registration was admitted."""
    FROM_WAITLIST = "from_waitlist"
    """Admitted past the waiting list."""
    OUTSIDE_HOURS = "outside_hours"
    """Admitted before the doors opened or after they closed."""
    OVER_CAPACITY = "over_capacity"
    """Admitted into a full room."""
    CALL_ORGANISER = "call_organiser"
    """Admitted, and the organiser is to be called first."""
    IN_PERSON = "in_person"
    """Somebody to be welcomed in person."""


class Problem(StrEnum):
    """Why a decision names nobody, where its kind alone does not say."""

    MISREAD = "misread"
    NOTHING_READ = "nothing_read"


@dataclass(frozen=True, slots=True)
class Override:
    """A supervisor's word: admit against the rules. Who, and why, is kept with the entry."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question at the door.

    `form` tells how it came in: a code, a bad scan, or text; `typed` text was typed to find a name,
    other text came where a code was due. `choices` are the people a text fits when it fits several.
    `twin` is another registration, likely of the same person, that is inside now.
    """

    ask: Ask = Ask.IN
    form: Form = Form.CODE
    typed: bool = False
    choices: tuple[Person, ...] = ()
    override: Override | None = None
    twin: Person | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """An old badge: since when (UTC), and the name of the substitute when another person came."""

    since: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What happened to one person before, undone acts left out. Times are UTC.

    `first_at` and `first_desk` are the first arrival that stands, `last` the latest standing
    arrival or departure; `queue_place` counts from 1 on the waiting list.
    """

    first_at: datetime | None = None
    first_desk: str | None = None
    last: Act | None = None
    last_at: datetime | None = None
    last_desk: str | None = None
    replaced: Replaced | None = None
    queue_place: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The event's rules and count at this moment, as this desk knows them.

    `opens_at` and `closes_at` are aware times or None (`hours` makes them); `capacity` None means
    no limit; `here` counts people inside; `last_act_at` is the time of the journal's latest entry.
    """

    desk: str
    zone: str = "Europe/Brussels"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    capacity: int | None = None
    here: int = 0
    own_repeat_seconds: float = 2.0
    event_date: date | None = None
    last_act_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided: the kind of answer, what to journal (None: nothing), and what is odd.

    `first_at` and `first_desk` tell of the arrival that stood before; `at` is the time that the
    answer speaks of: opening, closing, replacement, or the departure that stood before.
    `override` is set when a supervisor's word was needed and given, never when it was idle.
    """

    kind: Kind
    journal: Act | None = None
    flags: tuple[Flag, ...] = ()
    first_at: datetime | None = None
    first_desk: str | None = None
    at: datetime | None = None
    by: str = ""
    queue_place: int | None = None
    problem: Problem | None = None
    override: Override | None = None
    choices: tuple[Person, ...] = ()

    @property
    def clock_alarm(self) -> bool:
        """Whether this desk's clock must be looked at."""
        return Flag.CLOCK_BEHIND in self.flags or Flag.CLOCK_FAR in self.flags


def hours(day: date, opens: time, closes: time, zone: str) -> tuple[datetime, datetime]:
    """Returns the moments at which the doors open and close, by the wall clock of `zone`.

    A closing time not after the opening time is the next day's. On the nights of daylight saving
    the doors stay open for the longer of two readings, and a time that does not exist is read with
    the clock as it was before the change.
    """
    place = ZoneInfo(zone)
    last_day = day if closes > opens else day + timedelta(days=1)
    first = datetime.combine(day, opens.replace(fold=0), place)
    last = datetime.combine(last_day, closes.replace(fold=0), place)
    later = last.replace(fold=1)
    # In a gap fold=1 is the earlier moment; in a repeated hour it is the later one.
    return first.astimezone(UTC), max(last.astimezone(UTC), later.astimezone(UTC))


def clock_flags(rules: Rules, now: datetime) -> tuple[Flag, ...]:
    """Returns what is wrong with this desk's clock, if anything.

    An act that was itself written by a clock far from the event does not make later acts look late.
    """
    if _is_far(rules, now):
        return (Flag.CLOCK_FAR,)
    last = rules.last_act_at
    if last is not None and now < last - CLOCK_SLACK and not _is_far(rules, last):
        return (Flag.CLOCK_BEHIND,)
    return ()


def _is_far(rules: Rules, moment: datetime) -> bool:
    if rules.event_date is None:
        return False
    start = datetime.combine(rules.event_date, time(), ZoneInfo(rules.zone)).astimezone(UTC)
    end = start + timedelta(days=1)
    if rules.closes_at is not None:
        end = max(end, rules.closes_at)  # an event may end past midnight
    return not start - FARTHEST_FROM_EVENT <= moment <= end + FARTHEST_FROM_EVENT


def decide(
    person: Person | None, history: History, rules: Rules, asked: Asked, now: datetime
) -> Decision:
    """Returns the answer to `asked` for `person` (None when nobody was found) at `now` (aware).

    The order of the checks, first that fits:

    1. Nobody meant: several people fit (`needs_choice`); a good code nobody here has
       (`other_event`); a bad scan, nothing, or text where a code was due (`foreign_code`); a typed
       name nobody bears (`unknown_name`).
    2. Departures are never refused: `left`, twice says since when, without arrival is flagged.
    3. A replaced badge, or a person replaced by a substitute: `replaced`; no override.
    4. Already here: `own_repeat` at the same desk within seconds, else `already_in`; likely here
       already under another registration: `needs_choice`, for one person is not counted twice.
    5. `cancelled`, then `waitlisted`, unless a supervisor says otherwise.
    6. The hours: `not_yet`, `too_late`, unless a supervisor says otherwise, or the clock is wrong,
       for a wrong clock is an alarm and never a refusal.
    7. The room: `full`, for those who come back as well, unless a supervisor says otherwise.
    8. `welcome_back` after a departure, else `welcome`.

    For whom the organiser is to be called, the answer is the same, with a flag: they stand at the
    desk already, their seat and the roll call must be right, and the organiser may not answer the
    telephone. The door asks for a look and never strands a guest.

    Every refusal is journaled; an own repeat, a second departure and a choice to make are not.
    """
    if person is None:
        return _decide_nobody(asked)
    alarms = clock_flags(rules, now)
    if asked.ask is Ask.OUT:
        return _decide_departure(person, history, alarms)
    if history.replaced is not None:
        return Decision(
            Kind.REPLACED,
            Act.REFUSED,
            alarms,
            at=history.replaced.since,
            by=history.replaced.by,
        )
    if person.state is State.HERE:
        return _decide_second_arrival(person, history, rules, alarms, now)
    if asked.twin is not None:
        both = (asked.twin, person)
        since = asked.twin.arrived_at
        return Decision(Kind.NEEDS_CHOICE, flags=alarms, first_at=since, choices=both)
    return _decide_arrival(person, history, rules, asked, now, alarms)


def _decide_nobody(asked: Asked) -> Decision:
    if asked.choices:
        return Decision(Kind.NEEDS_CHOICE, choices=asked.choices)
    if asked.form is Form.CODE:
        return Decision(Kind.OTHER_EVENT, Act.REFUSED)
    if asked.form in (Form.MISREAD, Form.CUT):
        return Decision(Kind.FOREIGN_CODE, Act.REFUSED, problem=Problem.MISREAD)
    if asked.form is Form.EMPTY:
        return Decision(Kind.FOREIGN_CODE, problem=Problem.NOTHING_READ)
    return Decision(Kind.UNKNOWN_NAME if asked.typed else Kind.FOREIGN_CODE, Act.REFUSED)


def _decide_departure(person: Person, history: History, alarms: tuple[Flag, ...]) -> Decision:
    if history.last is Act.DEPARTED:
        return Decision(
            Kind.LEFT,
            None,
            alarms,
            first_at=history.first_at,
            first_desk=history.first_desk,
            at=history.last_at,
        )
    flags = alarms if person.state is State.HERE else (*alarms, Flag.NEVER_ARRIVED)
    return Decision(
        Kind.LEFT, Act.DEPARTED, flags, first_at=history.first_at, first_desk=history.first_desk
    )


def _decide_second_arrival(
    person: Person, history: History, rules: Rules, alarms: tuple[Flag, ...], now: datetime
) -> Decision:
    repeat = (
        history.last_at is not None
        and history.last_desk == rules.desk
        and abs((now - history.last_at).total_seconds()) <= rules.own_repeat_seconds
    )
    return Decision(
        Kind.OWN_REPEAT if repeat else Kind.ALREADY_IN,
        None if repeat else Act.REFUSED,
        # A scanner that reads twice must not wipe out what the first answer asked for.
        (*_care(person), *alarms) if repeat else alarms,
        first_at=history.first_at,
        first_desk=history.first_desk,
    )


def _care(person: Person) -> tuple[Flag, ...]:
    """What the staff are to do for this person besides letting them in."""
    return tuple(flag for mark, flag in _CARES if mark in person.flags)


_CARES = ((PersonFlag.ORGANISER, Flag.CALL_ORGANISER), (PersonFlag.VIP, Flag.IN_PERSON))


def _decide_arrival(
    person: Person,
    history: History,
    rules: Rules,
    asked: Asked,
    now: datetime,
    alarms: tuple[Flag, ...],
) -> Decision:
    waived: list[Flag] = []
    for flag, refusal in _obstacles(person, history, rules, now, alarms):
        if asked.override is None:
            return refusal
        waived.append(flag)
    return Decision(
        Kind.WELCOME_BACK if history.last is Act.DEPARTED and history.first_at else Kind.WELCOME,
        Act.ARRIVED,
        (*_care(person), *alarms, *waived),
        first_at=history.first_at,
        first_desk=history.first_desk,
        override=asked.override if waived else None,
    )


def _obstacles(
    person: Person, history: History, rules: Rules, now: datetime, alarms: tuple[Flag, ...]
) -> list[tuple[Flag, Decision]]:
    """What stands in the way, in order: the flag when a supervisor waives it, else the refusal."""
    found: list[tuple[Flag, Decision]] = []

    def add(flag: Flag, kind: Kind, at: datetime | None = None, place: int | None = None) -> None:
        refusal = Decision(kind, Act.REFUSED, alarms, at=at, queue_place=place)
        found.append((flag, refusal))

    if person.state is State.CANCELLED:
        add(Flag.REACTIVATED, Kind.CANCELLED)
    if person.state is State.WAITLISTED:
        add(Flag.FROM_WAITLIST, Kind.WAITLISTED, place=history.queue_place)
    if not alarms:
        if rules.opens_at is not None and now < rules.opens_at:
            add(Flag.OUTSIDE_HOURS, Kind.NOT_YET, at=rules.opens_at)
        if rules.closes_at is not None and now >= rules.closes_at:
            add(Flag.OUTSIDE_HOURS, Kind.TOO_LATE, at=rules.closes_at)
    if rules.capacity is not None and rules.here >= rules.capacity:
        add(Flag.OVER_CAPACITY, Kind.FULL)
    return found


@dataclass(frozen=True, slots=True)
class Undoable:
    """The latest act that can be undone: what, when (UTC), at which desk, and whose."""

    act: Act
    at: datetime
    desk: str
    person: Person


def decide_undo(last: Undoable | None, rules: Rules, now: datetime) -> Decision:
    """Returns `undone`, or `nothing_to_undo`; another desk's act may be undone, and `by` names it.

    The undo is its own entry, which the service writes with a reference to the act; `journal` is
    therefore None here.
    """
    alarms = clock_flags(rules, now)
    if last is None:
        return Decision(Kind.NOTHING_TO_UNDO, flags=alarms)
    other = last.desk if last.desk != rules.desk else ""
    return Decision(Kind.UNDONE, flags=alarms, at=last.at, by=other)
