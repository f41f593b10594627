"""What typed text means at the door: whom Enter may admit, and what is asked when it is not clear.

One rule for the results on the screen and for an Enter that was faster than they: whom only a guess
makes fit (a slip of the finger, a word left out, another name of a place) is nobody yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checkin.door.answers import Answer, Kind
from checkin.text import clean

if TYPE_CHECKING:
    from checkin.door.desk import Door
    from checkin.door.people_index import Match, NearMatches

MOST_RESULTS = 10


def above_of(text: str, found: Sequence[Match], near: NearMatches | None = None) -> str:
    """Returns the sentence over results none of which is meant yet; empty when the first is."""
    if near is not None:
        return f"Nobody fits “{clean(text, 30)}”; without “{clean(near.without, 20)}”:"
    if found and found[0].guessed:
        return f"Nobody is called “{clean(text, 30)}”. F2 walk-in. Close:"
    if found and found[0].elsewhere:
        # Florence Rossi may be a name: nobody is marked as if it were theirs.
        place = clean(found[0].place, 20)
        return f"Nobody fits “{clean(text, 25)}” as written; with {place} for the place:"
    return ""


def meant(text: str, door: Door) -> Sequence[Answer]:
    """Answers typed text without results on the screen: who alone fits as typed is meant.

    Several people, or one whom only a guess would make fit, are a question.
    """
    only = door.index.only(text)
    if only is not None:
        return looked_up(only, door)
    found = door.find(text, MOST_RESULTS)
    near = None if found else door.nearly(text, MOST_RESULTS)
    if found:
        answers = [_which_of(text, found)]
    else:
        answers = door.scan(text) if near is None else [_without(text, near)]
    return [each if each.kind.admits else replace(each, asked=text) for each in answers]


def looked_up(person_id: str, door: Door) -> Sequence[Answer]:
    """Checks in somebody who was looked up by name; of who is in already it says the table."""
    return [door.look_up(person_id)]


def _which_of(text: str, found: Sequence[Match]) -> Answer:
    """Asks who of those found is meant."""
    people = tuple(match.person for match in found)
    say = f"{len(people)} people could be meant by “{text}”."
    if len(people) == 1:
        say = f"Is {people[0].full_name} meant by “{text}”?"
    then = "Choose with ↑ ↓, then Enter; or type more of the name."
    if found[0].guessed:
        say = f"Nobody is called “{text}”. {say if len(people) == 1 else 'Is one of these meant?'}"
        then = "Choose with ↑ ↓, then Enter; or F2, walk-in."
    elif found[0].elsewhere:
        place = clean(found[0].place, 20)
        then = f"It fits with {place} for the place. ↑ ↓, then Enter; or F2, walk-in."
    return Answer(Kind.NEEDS_CHOICE, say=say, next=then, choices=people)


def _without(text: str, near: NearMatches) -> Answer:
    """Asks whether somebody is meant whom all of the text fits but one word."""
    people = tuple(match.person for match in near.matches)
    first = people[0]
    say = f"Is {', '.join(filter(None, (first.full_name, first.organisation)))}, meant?"
    if len(people) > 1:
        say = f"Nobody fits “{text}”. Is one of these meant?"
    return Answer(
        Kind.NEEDS_CHOICE,
        say=say,
        next=f"Only “{clean(near.without, 20)}” does not fit. ↑ ↓, then Enter; or F2, walk-in.",
        choices=people,
    )
