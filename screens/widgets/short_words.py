"""What is wrong at a table in the few cells of a card: names give way before the reason does.

The sentences are those of `checkin.tables.explain`; here they only become shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from checkin.people import Person
from screens.widgets.shown import joined, shown

_LONG = (
    ("a whisper for ", "whisper: "),
    ("nobody to share a language with ", "no language with "),
    ("pairs that met before: ", "met before: "),
    (" pair of one territory", " pair, one territory"),
    (" pairs of one territory", " pairs, one territory"),
)
"""Beginnings of a reason, and how they are said where there is no room."""

_SIGN = "! "


def fault_lines(
    faults: Sequence[str], people: Sequence[Person], width: int, rows: int
) -> list[Content]:
    """Returns the faults of a table in at most `rows` lines, the first ones first.

    Each has a line at least, and more where lines are left; how many have none stands at the end.
    """
    shown_faults = faults[: max(rows, 1)]
    lines: list[Content] = []
    for place, fault in enumerate(shown_faults):
        last = place == len(shown_faults) - 1
        hidden = len(faults) - len(shown_faults)
        more = f", {hidden} more" if last and hidden else ""
        room = max(rows - len(lines) - (len(shown_faults) - place - 1), 1)
        lines += _wrapped(fault, people, width, room, more)
    return lines


def _wrapped(
    fault: str, people: Sequence[Person], width: int, rows: int, more: str
) -> list[Content]:
    """A fault in at most `rows` lines with `more` behind it: whole, else in its shorter forms."""
    found: list[Content] = []
    forms = _forms(fault, people)
    # Beside the number of the others a reason says more than the half of a name.
    forms += [_reason(forms[-1])] if more and _reason(forms[-1]) else []
    for words in forms:
        found = list(shown(f"{_SIGN}{words}", "bold $look").wrap(width))
        if len(found) <= rows and found[-1].cell_length + len(more) <= width:
            break
    else:
        rest = Content(" ").join(found[rows - 1 :])
        found = [*found[: rows - 1], rest.truncate(width - len(more), ellipsis=True)]
    found[-1] = joined(found[-1], Content.styled(more, "$look"))
    return found


def _forms(fault: str, people: Sequence[Person]) -> list[str]:
    """The sentence, then shorter and shorter."""
    short = fault
    for long, brief in _LONG:
        short = short.replace(long, brief)
    bare = short.partition(" (no ")[0]
    steps: list[tuple[str, Callable[[Person], str]]] = [
        (fault, _full),
        (fault, _initial),
        (short, _initial),
        (short, _brief),
        (bare, _brief),
        (bare, _cut),
    ]
    return [*(_renamed(words, people, name) for words, name in steps), _counted(bare, people)]


def _reason(words: str) -> str:
    """Returns what is wrong without whom it is about; empty where the words don't begin with it."""
    return next((words.partition(mark)[0] for mark in (": ", " with ") if mark in words), "")


def _counted(words: str, people: Sequence[Person]) -> str:
    """Several names become their number; one stays, cut in the middle."""
    names = [each.full_name for each in people if each.full_name in words]
    if len(names) < 2:
        return _renamed(words, people, _cut)
    start = min(words.index(name) for name in names)
    end = max(words.index(name) + len(name) for name in names)
    return f"{words[:start]}{len(names)} people{words[end:]}"


def _renamed(words: str, people: Sequence[Person], name: Callable[[Person], str]) -> str:
    # The longest names first: "Ana" must not be found within "Ana Maria".
    for person in sorted(people, key=lambda each: -len(each.full_name)):
        words = words.replace(person.full_name, name(person))
    return words


def _full(person: Person) -> str:
    return person.full_name


def _initial(person: Person) -> str:
    """José María Ortega Luque is J. Ortega Luque."""
    given, family = person.given_name, person.family_name
    return f"{given[:1]}. {family}" if given and family else person.full_name


def _brief(person: Person) -> str:
    """José María Ortega Luque is J. Ortega."""
    first = person.family_name.partition(" ")[0]
    return f"{person.given_name[:1]}. {first}" if person.given_name and first else person.full_name


def _cut(person: Person) -> str:
    """The middle of a long family name goes: N. Pu…ol."""
    words = _brief(person)
    return words if len(words) <= 8 else f"{words[:5]}…{words[-2:]}"
