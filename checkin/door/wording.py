"""The words of the door: one line for the person, one for the staff, for every kind of answer.

Pure text, calm and short, read aloud by somebody tired. Times are shown on the event's wall clock.
Names in the sentences are data: whoever shows them must not parse them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from checkin.door.admission import Act, Decision, Flag, Problem
from checkin.door.answers import Answer, Kind
from checkin.people import Person, PersonFlag, State
from checkin.roster.language_names import in_english
from checkin.text import clean

_ALARMS = {
    Flag.CLOCK_BEHIND: "This desk's clock is behind: set it.",
    Flag.CLOCK_FAR: "This desk's clock is not at the event's day: set it.",
    Flag.NEVER_ARRIVED: "They had not arrived; the departure is noted.",
    Flag.REACTIVATED: "The cancelled registration is active again.",
    Flag.FROM_WAITLIST: "Admitted past the waiting list.",
    Flag.OUTSIDE_HOURS: "Admitted outside the opening hours.",
    Flag.OVER_CAPACITY: "The room is over its limit now.",
    Flag.CALL_ORGANISER: "Call the organiser before they go in.",
    Flag.IN_PERSON: "Welcome them in person.",
}


def answer(
    decision: Decision,
    person: Person | None,
    *,
    zone: str,
    table: int | None = None,
    why_table: str | None = None,
    journal_id: str | None = None,
) -> Answer:
    """Returns the Answer to a decision. `zone` is the event's IANA zone; `table` the seat given."""
    say, following = _sentences(decision, person, zone)
    seat = table if table is not None else (person.table if person else None)
    if decision.kind.admits and seat is None and why_table:
        following = f"{following} {why_table}".strip()
    alarms = [_ALARMS[flag] for flag in decision.flags if flag in _ALARMS]
    return Answer(
        kind=decision.kind,
        say=say,
        next=" ".join([following, *alarms]).strip(),
        person=person,
        table=seat if decision.kind.admits else None,
        why_table=why_table if seat is not None else None,
        first_at=decision.first_at,
        first_desk=decision.first_desk,
        journal_id=journal_id,
        choices=decision.choices,
        again=decision.problem is not None,
        calls_organiser=Flag.CALL_ORGANISER in decision.flags,
    )


def nobody_of(kind: Kind, choices: Sequence[Person] = ()) -> Answer:
    """Returns the answer to a text that means nobody, or several people to choose from."""
    return answer(Decision(kind, choices=tuple(choices)), None, zone="UTC")


def no_time(said: str) -> Answer:
    """Returns the answer to a scan whose time can't be read: when it was is not guessed."""
    return Answer(
        Kind.FOREIGN_CODE,
        say=f"“{clean(said, 40)}” is no time; nothing was noted.",
        next="Write it as in 2027-03-10T08:30, or leave it out for now.",
        again=True,
    )


def replayed(given: Answer, *, undone: bool) -> Answer:
    """Returns an answer that was given before to the same nonce; an undo since then is said, and
    whether they came in again after it."""
    if not undone:
        return given
    here = given.person is not None and given.person.state is State.HERE
    return replace(
        given,
        kind=Kind.UNDONE,
        say=f"{given.say} This was undone since.",
        next="They came again since and are here." if here else "Scan again to check in.",
        table=None,
        why_table=None,
        calls_organiser=False,
    )


def undone_passage(given: Answer, act: Act | None) -> Answer:
    """Returns the answer to an undo of somebody's arrival or departure: what, and the way back."""
    if given.kind is not Kind.UNDONE or given.person is None or act not in _TAKEN_BACK:
        return given
    what, back = _TAKEN_BACK[act]
    if given.person.state is State.CANCELLED:
        back = "Nobody of that name is expected any more."
    return replace(
        given,
        say=f"Undone: the {what} of {_name(given.person)}.",
        next=given.next.replace(_AGAIN, back, 1),
    )


_AGAIN = "Scan or search again."
_TAKEN_BACK = {
    Act.ARRIVED: ("check-in", "To put it back, check them in again."),
    Act.DEPARTED: ("departure", "They are inside again."),
}


def over_limit(given: Answer, here: int, capacity: int) -> Answer:
    """Returns the answer to an undo that let more people in than the room takes."""
    warning = f"The room is over its limit now: {here} of {capacity}."
    return replace(given, next=f"{given.next} {warning}".strip())


def undone_with(given: Answer, others: int) -> Answer:
    """Returns the answer to an undo that took back the passages of `others` more people."""
    if given.kind is not Kind.UNDONE or others < 1 or given.person is None:
        return given
    crowd = "1 other" if others == 1 else f"{others} others"
    return replace(given, say=f"Undone: {given.person.full_name} and {crowd}.")


def problem_desk(person: Person | None, entry_id: str | None = None, *, text: str = "") -> Answer:
    """Returns what is said when somebody is sent to the problem desk: the queue moves on. `text`
    is what was typed for somebody who is on no list."""
    following = "They are looked after there; the field is ready for the next."
    if person is None and not text:
        following = "They say there who they are; the field is ready for the next."
    return Answer(
        Kind.PROBLEM_DESK,
        say="Problem desk, please. NEXT!",
        next=following,
        person=person,
        journal_id=entry_id,
        asked=text,
    )


def unlisted_undone(text: str, entry_id: str | None, *, stands: bool) -> Answer:
    """Returns the answer to an undo about somebody on no list; `stands`: they wait again."""
    said = (_SET_AGAIN if stands else _LIFTED)[PersonFlag.PROBLEM_DESK]
    return Answer(
        Kind.UNDONE, f"Undone: “{text}” {said}", "Nothing more to do.", journal_id=entry_id
    )


_LIFTED = {
    PersonFlag.VIP: "is no VIP any more.",
    PersonFlag.ORGANISER: "may go in; the organiser need not be called.",
    PersonFlag.PROBLEM_DESK: "is no longer at the problem desk.",
}
_SET_AGAIN = {
    PersonFlag.VIP: "is a VIP again.",
    PersonFlag.ORGANISER: "waits for the organiser again.",
    PersonFlag.PROBLEM_DESK: "is at the problem desk again.",
}


def flag_undone(given: Answer, flag: PersonFlag, *, stands: bool) -> Answer:
    """Returns the answer to an undo that set or lifted a flag; `stands` is how it is now."""
    if given.kind is not Kind.UNDONE:
        return given
    said = (_SET_AGAIN if stands else _LIFTED)[flag]
    return replace(given, say=f"Undone: {_name(given.person)} {said}", next="Nothing more to do.")


def badge_undone(given: Answer) -> Answer:
    """Returns the answer to an undo of a replaced badge: which badge is good now."""
    if given.kind is not Kind.UNDONE:
        return given
    following = given.next.replace(_AGAIN, "The badge before is good again; a newer one is not.", 1)
    return replace(given, say=f"Undone: the new badge of {_name(given.person)}.", next=following)


def badge_text_undone(given: Answer) -> Answer:
    """Returns the answer to an undo of a badge's text: what it says now."""
    if given.kind is not Kind.UNDONE or given.person is None:
        return given
    says = given.person.badge_name or given.person.full_name
    following = given.next.replace(_AGAIN, f"It says {says} again.", 1)
    return replace(given, say=f"Undone: the badge text of {_name(given.person)}.", next=following)


def badge_stays(person: Person, why: str) -> Answer:
    """Returns the answer to an undo that can't be: nothing is changed. `why` is half a sentence."""
    return Answer(
        Kind.NOTHING_TO_UNDO,
        say=f"The new badge of {person.full_name} can't be taken back: {why}.",
        next="Nothing was changed. To undo another act, search the person first.",
        person=person,
    )


def in_place_of(given: Answer, absent: Person) -> Answer:
    """Returns the answer to a substitute, who is told in whose place they come."""
    if given.kind is Kind.CANCELLED:
        came = _name(given.person)
        return replace(given, say=f"{absent.full_name} cancelled; {came} would come instead.")
    if not given.kind.admits:
        return given
    return replace(given, say=f"{given.say.rstrip('.')}, in place of {absent.full_name}.")


def newcomer(given: Answer, badge: str) -> Answer:
    """Returns the answer to somebody just registered, and how they come to a `badge`: they have
    none."""
    if not given.kind.admits or given.person is None:
        return given
    following = f"{given.next} No badge yet: {badge} prints it.".strip()
    return replace(given, next=following, newcomer=True)


def understood(given: Answer) -> Answer:
    """Returns the answer to a walk-in with the languages that the form was understood to say."""
    if not given.kind.admits or given.person is None:
        return given
    return replace(given, say=f"{given.say} Speaks {in_english(given.person.languages)}.")


def made_one(given: Answer) -> Answer:
    """Returns the answer to somebody whose two registrations were made one on the way in."""
    return replace(given, next=f"{given.next} Two registrations are one now.".strip())


def by_name(given: Answer) -> Answer:
    """Returns the answer to somebody who was looked up: who is in already asks for their table."""
    if given.kind is not Kind.ALREADY_IN:
        return given
    following = "They have no table yet." if given.table is None else "This is their table."
    return replace(given, next=following, by_name=True)


def waiting(given: Answer, person: Person) -> Answer:
    """Returns the answer to a walk-in whom a full room put on the waiting list."""
    following = "They are on the waiting list now; a supervisor may admit."
    return replace(given, person=person, next=following)


def _name(person: Person | None) -> str:
    return person.full_name if person else ""


def _at(at: datetime | None, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}" if at else ""


def _since(decision: Decision, zone: str) -> str:
    at = _at(decision.first_at, zone)
    desk = f" at desk {decision.first_desk}" if decision.first_desk else ""
    return f" since {at}{desk}" if at else ""


def _foreign(decision: Decision, _person: Person | None, _zone: str) -> tuple[str, str]:
    if decision.problem is Problem.MISREAD:
        return "That was not read well.", "Scan again."
    if decision.problem is Problem.NOTHING_READ:
        return "Nothing was read.", "Scan again, or type a name."
    return "This is not one of our badges.", "Search by name."


def _replaced(decision: Decision, person: Person | None, zone: str) -> tuple[str, str]:
    at = _at(decision.at, zone)
    if decision.by:
        return f"{decision.by} came instead of {_name(person)}, {at}.", "Call the organiser."
    return f"An old badge of {_name(person)}, replaced at {at}.", "Ask for the new badge."


def _undone(decision: Decision, person: Person | None, zone: str) -> tuple[str, str]:
    whose = f" It was {decision.by}'s act, at {_at(decision.at, zone)}." if decision.by else ""
    return f"Undone: {_name(person)}.", f"{_AGAIN}{whose}"


def _left(decision: Decision, person: Person | None, zone: str) -> tuple[str, str]:
    if decision.at is not None:
        return f"{_name(person)} left already at {_at(decision.at, zone)}.", "Nothing to do."
    return f"Goodbye, {_name(person)}.", "Noted as left. Back later: a scan, or the name again."


def _waitlisted(decision: Decision, person: Person | None, _zone: str) -> tuple[str, str]:
    place = f", place {decision.queue_place}" if decision.queue_place else ""
    return f"{_name(person)} is on the waiting list{place}.", "A supervisor may admit."


_PLAIN = {
    Kind.WELCOME: ("Welcome, {name}.", ""),
    Kind.WELCOME_BACK: ("Welcome back, {name}.", ""),
    Kind.ALREADY_IN: (
        "{name} is here already{since}.",
        "Is it the same person? If not, call the organiser.",
    ),
    Kind.OWN_REPEAT: ("{name} is in; you scanned this a moment ago.", "Nothing to do."),
    Kind.OTHER_EVENT: ("One of our badges, but of another event.", "Search by name."),
    Kind.UNKNOWN_NAME: (
        "Nobody of this name is registered.",
        "Try another spelling, or register a walk-in.",
    ),
    Kind.CANCELLED: ("{name} cancelled.", "A supervisor may admit again."),
    Kind.NOT_YET: ("The doors open at {at}.", "Please wait; a supervisor may admit."),
    Kind.TOO_LATE: ("The event ended at {at}.", "A supervisor may admit."),
    Kind.FULL: ("The room is full.", "A supervisor may admit."),
    Kind.NOTHING_TO_UNDO: (
        "There is nothing to undo.",
        "To undo an older act, search the person first.",
    ),
}


def _choice(decision: Decision, person: Person | None, zone: str) -> tuple[str, str]:
    if person is not None:
        return (
            f"{_name(person)} may be here already{_since(decision, zone)}, registered twice.",
            "Ask. One person: make it one card. Two people: choose who stands here.",
        )
    if len(decision.choices) == 1:
        return f"Is it {decision.choices[0].full_name}?", "Say the whole name, or the code."
    return "Several people fit.", "Choose the right one."


_TOLD = {
    Kind.LEFT: _left,
    Kind.REPLACED: _replaced,
    Kind.FOREIGN_CODE: _foreign,
    Kind.WAITLISTED: _waitlisted,
    Kind.UNDONE: _undone,
    Kind.NEEDS_CHOICE: _choice,
}


def _sentences(decision: Decision, person: Person | None, zone: str) -> tuple[str, str]:
    """Returns the line for the person and the line for the staff."""
    told = _TOLD.get(decision.kind)
    if told is not None:
        return told(decision, person, zone)
    say, following = _PLAIN[decision.kind]
    words = {
        "name": _name(person),
        "since": _since(decision, zone),
        "at": _at(decision.at, zone),
    }
    return say.format(**words), following
