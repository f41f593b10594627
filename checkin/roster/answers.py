"""Reads short answers: yes or no, a registration's state, a table number, a moment, a reference.

Words are data (`data/answers.tsv`), in the languages of the Union. Each function says what it
understood or that it didn't; none of them raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache

from checkin.people import State
from checkin.roster.matching import plain, spellings, table

HIGHEST_TABLE = 999

_LONGEST_NOTHING = 30

_EMAIL = re.compile(r"[^\s@<>\"'(),;:]{1,64}@[^\s@<>\"'(),;:]+\.[^\s@<>\"'(),;:.]{2,}")
_PARTS = re.compile(r"[,;\n|]+|\s+(?=\S+@)|(?<=\w)\s+&\s+")
_STATES = (State.CANCELLED, State.WAITLISTED, State.EXPECTED)


@lru_cache(maxsize=5_000)
def yes_or_no(answer: str) -> bool | None:
    """Returns what a yes-no answer says, or `None` when it says neither.

    A long answer ("Yes, I agree to be photographed") is judged by its first words.
    """
    for spelling in _spellings(answer):
        words = spelling.split(" ")
        starts = [" ".join(words[:count]) for count in (4, 3, 2, 1)]
        # One letter that starts a sentence is no answer.
        telling = [start for start in starts if start == spelling or len(start) > 1]
        for start in telling:
            if start in _words("no"):
                return False
            if start in _words("yes"):
                return True
    return None


@lru_cache(maxsize=5_000)
def says_nothing(answer: str) -> bool:
    """Whether an answer says that there is nothing: "none", "n/a", "aucune", "-"."""
    return len(answer) <= _LONGEST_NOTHING and any(
        spelling in _words("nothing") for spelling in _spellings(answer)
    )


@lru_cache(maxsize=5_000)
def state_of(answer: str) -> State | None:
    """Returns the state that a status column's answer names, or `None` for one nobody knows."""
    return next(
        (
            state
            for state in _STATES
            for spelling in _spellings(answer)
            if spelling in _words(state.value)
        ),
        None,
    )


@lru_cache(maxsize=5_000)
def needs_no_steps(note: str) -> bool:
    """Whether a note on access names a wheelchair, crutches or stairs, in words we know."""
    words = f" {plain(note)}"
    return any(f" {phrase}" in words for phrase in _words("wheelchair"))


def table_number(answer: str) -> int | None:
    """Returns the table of "4", "T4" or "Table 4", or `None` when it is no number from 1 to 999."""
    numbers = re.findall(r"\d+", answer)
    if len(numbers) != 1 or len(numbers[0]) > 4:
        return None
    return int(numbers[0]) if 1 <= int(numbers[0]) <= HIGHEST_TABLE else None


def email_in(answer: str) -> str:
    """Returns the first e-mail address in an answer such as "Zoë <zoe@example.org>", or ''."""
    found = _EMAIL.search(answer)
    return found[0].strip(".") if found else ""


def references(answer: str) -> tuple[str, ...]:
    """Returns the people that a cell of together or apart names, by e-mail or external id."""
    if not answer:
        return ()
    parts = (part.strip(" <>") for part in _PARTS.split(answer))
    return tuple(dict.fromkeys(part for part in parts if part and not says_nothing(part)))


# Moments -----------------------------------------------------------------------------------------

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?))?")
_NUMERIC = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:,?\s+(\d{1,2}:\d{2}(?::\d{2})?)\s*([AaPp])?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:\s+(\d{1,2}:\d{2}(?::\d{2})?))?")


class DateOrder(StrEnum):
    """How a list writes 9/10/2024: Europe's day first, or America's month."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


def date_order(answers: Iterable[str]) -> DateOrder:
    """Returns the order of a column's dates: day first, unless one can only be read otherwise."""
    order = DateOrder.DAY_FIRST
    for answer in answers:
        if found := _NUMERIC.match(answer.strip()):
            if int(found[1]) > 12:
                return DateOrder.DAY_FIRST
            if int(found[2]) > 12:
                order = DateOrder.MONTH_FIRST
    return order


def moment_of(answer: str, order: DateOrder = DateOrder.DAY_FIRST) -> str:
    """Returns a date or time as ISO 8601 ("2024-09-19T10:12:44"), or '' when it is none.

    Times keep the list's own zone.
    """
    text = answer.strip()
    if found := _ISO.match(text) or _YEAR_FIRST.match(text):
        year, month, day, clock = found.groups()
        return _iso(int(year), int(month), int(day), clock or "", "")
    if found := _NUMERIC.match(text):
        day, month, year, clock, half = found.groups()
        if order is DateOrder.MONTH_FIRST:
            day, month = month, day
        full_year = int(year) + (2000 if len(year) == 2 else 0)
        return _iso(full_year, int(month), int(day), clock or "", (half or "").lower())
    return ""


def _iso(year: int, month: int, day: int, clock: str, half: str) -> str:
    try:
        if not clock:
            return date(year, month, day).isoformat()
        hour, minute, second = [*(int(part) for part in clock.split(":")), 0][:3]
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        return datetime(year, month, day, hour, minute, second).isoformat()
    except ValueError:
        return ""


# Words -------------------------------------------------------------------------------------------


def _spellings(answer: str) -> tuple[str, ...]:
    return spellings(answer) if any(map(str.isalnum, answer)) else (answer.strip(),)


@cache
def _words(kind: str) -> frozenset[str]:
    rows = (listed for name, listed in table("answers.tsv") if name == kind)
    return frozenset(
        spelling for listed in rows for word in listed.split(";") for spelling in _spellings(word)
    )
