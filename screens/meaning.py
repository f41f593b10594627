"""What typed text means at the door: whom Enter may admit, and what is asked when it is not clear.

One rule for the results on the screen and for an Enter that was faster than they: whom only a guess
makes fit (a slip of the finger, a word left out, another name of a place) is nobody yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checkin.door.answers import Answer, Kind
from checkin.people import Person, State
from checkin.text import clean
from screens.widgets.states import where_from

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
    people, first = tuple(match.person for match in found), found[0]
    if len(people) == 1:
        why = f"Nobody is called “{clean(text, 40)}”."
        if first.elsewhere and not first.guessed:
            why = f"{_place_typed(text, first)} is {clean(first.place, 20)}."
        return _is_it(first.person, why if first.guessed or first.elsewhere else "")
    say = f"{len(people)} people could be meant by “{text}”."
    then = "Choose with ↑ ↓, then Enter; or type more of the name."
    if first.guessed:
        say = f"Nobody is called “{text}”. Is one of these meant?"
        then = "Choose with ↑ ↓, then Enter; or F2, walk-in."
    elif first.elsewhere:
        place = clean(first.place, 20)
        then = f"They fit with {place} for the place. ↑ ↓, then Enter; or F2, walk-in."
    return Answer(Kind.NEEDS_CHOICE, say=say, next=then, choices=people)


def _is_it(person: Person, why: str) -> Answer:
    """Asks about one person only: where they are from, and why there is a question."""
    here = (
        f"Here already, at table {person.table}." if person.table is not None else "Here already."
    )
    known = [f"{where_from(person)}.", here if person.state is State.HERE else "", why]
    say = " ".join(filter(None, known))
    return Answer(Kind.NEEDS_CHOICE, say=say, next=yes_or_no(person), choices=(person,))


def yes_or_no(person: Person) -> str:
    """Returns the three ways on from the question whether it is this one person."""
    yes = "show the table" if person.state is State.HERE else "check in"
    return f"Enter: yes, {yes}. Esc: no. F2: walk-in."


def _place_typed(text: str, match: Match) -> str:
    """The word of `text` that is another name of the place of `match`, as it was typed."""
    from checkin.door.exonyms import typed_for

    word = typed_for(text, match.place)
    return clean(word[:1].upper() + word[1:], 20) if word else "What was typed"


def _without(text: str, near: NearMatches) -> Answer:
    """Asks whether somebody is meant whom all of the text fits but one word."""
    people = tuple(match.person for match in near.matches)
    if len(people) == 1:
        return _is_it(people[0], f"Only “{clean(near.without, 20)}” does not fit.")
    return Answer(
        Kind.NEEDS_CHOICE,
        say=f"Nobody fits “{text}”. Is one of these meant?",
        next=f"Only “{clean(near.without, 20)}” does not fit. ↑ ↓, then Enter; or F2, walk-in.",
        choices=people,
    )
