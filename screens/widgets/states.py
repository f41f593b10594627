"""How states, levels and answers look: a sign and a word first, then a colour.

One place, so that a state looks the same in the door's results, the roster and the roll call.
"""

from __future__ import annotations

from checkin.door.answers import Answer, Kind
from checkin.people import Level, Person, PersonFlag, State
from checkin.text import clean

STATES: dict[State, tuple[str, str, str]] = {
    State.EXPECTED: ("○", "due", "$quiet"),
    State.HERE: ("✓", "here", "$good"),
    State.LEFT: ("←", "left", "$calm"),
    State.CANCELLED: ("✕", "cancelled", "$stop"),
    State.WAITLISTED: ("…", "waiting", "$look"),
}
"""Sign, word and colour of a state."""

REPLACED = ("⇄", "replaced", "$quiet")
"""The same of somebody in whose place somebody else came."""

FLAGS: dict[PersonFlag, tuple[str, str, str]] = {
    PersonFlag.VIP: ("★", "VIP", "$accent"),
    PersonFlag.ORGANISER: ("☎", "call the organiser", "$look"),
    PersonFlag.PROBLEM_DESK: ("⚑", "at the problem desk", "$look"),
}
"""Sign, words and colour of a flag."""

LEVELS: dict[Level, str] = {
    Level.CITY: "city",
    Level.METROPOLIS: "metro",
    Level.REGION: "region",
    Level.OTHER: "other",
}
"""A level in at most six letters."""

ANSWERS: dict[Kind, tuple[str, str, str]] = {
    Kind.WELCOME: ("✓", "WELCOME", "good"),
    Kind.WELCOME_BACK: ("✓", "WELCOME BACK", "good"),
    Kind.LEFT: ("←", "LEFT", "calm"),
    Kind.ALREADY_IN: ("‼", "ALREADY IN", "look"),
    Kind.OWN_REPEAT: ("✓", "DONE A MOMENT AGO", "calm"),
    Kind.REPLACED: ("⇄", "OLD BADGE", "look"),
    Kind.OTHER_EVENT: ("✕", "BADGE OF ANOTHER EVENT", "stop"),
    Kind.FOREIGN_CODE: ("✕", "NOT ONE OF OUR BADGES", "stop"),
    Kind.UNKNOWN_NAME: ("?", "NOBODY BY THAT NAME", "look"),
    Kind.CANCELLED: ("✕", "CANCELLED", "stop"),
    Kind.WAITLISTED: ("…", "ON THE WAITING LIST", "look"),
    Kind.NOT_YET: ("◷", "TOO EARLY", "look"),
    Kind.TOO_LATE: ("◷", "TOO LATE", "stop"),
    Kind.FULL: ("■", "FULL", "stop"),
    Kind.NEEDS_CHOICE: ("?", "WHICH ONE?", "look"),
    Kind.UNDONE: ("↶", "UNDONE", "calm"),
    Kind.NOTHING_TO_UNDO: ("·", "NOTHING TO UNDO", "calm"),
    Kind.PROBLEM_DESK: ("⚑", "PROBLEM DESK, PLEASE. NEXT!", "calm"),
}
"""Sign, heading and mood (a colour of the theme) of an answer."""

SCAN_AGAIN = ("↻", "SCAN AGAIN", "look")
"""The same of a scan that was not read well, whatever its kind."""


LOOKED_UP = ("◆", "IN ALREADY", "calm")
"""The same of somebody who is in and was looked up by name: most likely for their table."""


def state_look(person: Person) -> tuple[str, str, str]:
    """Returns sign, word and colour of how somebody stands."""
    if person.replaced and person.state is State.CANCELLED:
        return REPLACED
    return STATES[person.state]


LONGEST_ASKED = 44
"""Letters of a name in the heading that asks whether it is theirs."""


def is_yes_or_no(answer: Answer) -> bool:
    """Whether the answer asks about one person only: is it them?"""
    return answer.kind is Kind.NEEDS_CHOICE and answer.person is None and len(answer.choices) == 1


def answer_look(answer: Answer) -> tuple[str, str, str]:
    """Returns sign, heading and mood of `answer`."""
    if answer.again:
        return SCAN_AGAIN
    if answer.by_name and answer.kind is Kind.ALREADY_IN:
        return LOOKED_UP
    if is_yes_or_no(answer):
        sign, _, mood = ANSWERS[answer.kind]
        name = clean(read_out(answer.choices[0]), LONGEST_ASKED).upper()
        return sign, f"IS IT {name}?", mood
    sign, heading, mood = ANSWERS[answer.kind]
    if answer.company and answer.not_in:
        # Some of the group stand outside: that is no plain welcome.
        sign, heading, mood = "‼", answer.say.rstrip(".").upper(), "look"
    if answer.calls_organiser:
        sign, _, mood = FLAGS[PersonFlag.ORGANISER]
        return sign, f"{heading} · CALL THE ORGANISER", mood.lstrip("$")
    return sign, heading, mood


def display_name(person: Person) -> str:
    """The name as it is called out: given name, then the family name in capitals."""
    return f"{person.given_name} {capitals(person.family_name)}".strip()


def in_latin(text: str) -> str:
    """The name in Latin letters where it has others; empty where it is Latin."""
    if text.isascii():
        return ""
    from checkin.door import latin  # it folds; not before the first frame

    return latin.in_latin(text)


def read_out(person: Person) -> str:
    """The whole name in letters that everybody at a door can read out."""
    return in_latin(person.full_name) or person.full_name


def capitals(name: str) -> str:
    """`name` in capitals, unless that would change its length: marks must keep their place."""
    upper = name.replace("ß", "ẞ").upper()
    return upper if len(upper) == len(name) else name


def where_from(person: Person) -> str:
    """Organisation, level and territory in one line, leaving out what is not known."""
    level = "" if person.level is Level.OTHER else person.level.value
    return " · ".join(part for part in (person.organisation, level, person.territory) if part)
