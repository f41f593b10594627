"""The last row of the door in words: each key with what it would do now, and none that would not.

A pure function over what stands on the screen; the screen says what that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from textual.content import Content

from checkin.text import clean

LONGEST_NAME = 12
"""Cells of a name beside a key."""


class Enter(StrEnum):
    """What Enter does now; the values are the words of the last row."""

    NOTHING = ""
    CHECK_IN = "check in"
    SHOW_TABLE = "show table"
    WHY_NOT = "why not in"
    ASK = "ask"
    ASK_WHICH = "ask which one"
    YES = "yes, check in"
    YES_TABLE = "yes, show table"


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at the door: what Enter does, and what `undo` takes back (empty: nobody's act).

    `choosing`: arrows choose one of several. `nobody`: what was typed is on no list. `one_card`:
    two of those asked about may be one person.
    """

    enter: Enter = Enter.NOTHING
    undo: str = "undo"
    choosing: bool = False
    nobody: bool = False
    one_card: bool = False


def words_of(standing: Standing) -> dict[str, str]:
    """Returns the words of the last row by the bindings' ids, in their order; empty: left out."""
    yes_or_no = standing.enter in (Enter.YES, Enter.YES_TABLE)
    here = standing.enter is Enter.SHOW_TABLE
    asked = standing.nobody or yes_or_no or standing.choosing
    return {
        "door.check-in": standing.enter.value,
        "door.choose": "choose" if standing.choosing else "",
        "door.send": "problem desk" if standing.nobody else "",
        "door.one-person": "make them one" if standing.one_card else "",
        "door.departure": "leaves" if here else "",
        "door.walk-in": "walk-in",
        "door.substitute": "" if asked or here else "substitute",
        "door.group": "" if asked else "group",
        "door.undo": standing.undo,
        "app.help": "help",
        "app.roll-call": "" if yes_or_no else "roll call",
        "door.clear": "no" if yes_or_no else "",
    }


def undo_words(name: str, people: int = 1) -> str:
    """Returns what F8 takes back: `undo de Wit`, `undo 3 people`; `undo` when nobody knows."""
    if people > 1:
        return f"undo {people} people"
    short = Content(clean(name)).truncate(LONGEST_NAME, ellipsis=True).plain
    return f"undo {short}".strip()
