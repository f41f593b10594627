"""The program's own list format: its header, an example row, and how an entry is written in it.

What is written here is read back by the importer without being told anything. Cells that a
spreadsheet would take for a formula are written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from checkin.people import Level
from checkin.roster.entry import FIELDS, RosterEntry

EXAMPLE = RosterEntry(
    given_name="Zoë",
    family_name="van der Berg",
    email="zoe@example.org",
    organisation="Gemeente Utrecht",
    level=Level.CITY,
    territory="Utrecht",
    country="NL",
    languages=("nl", "en"),
    role="speaker",
    together=("jan@example.org",),
    photo=True,
    listed=True,
    diet="vegetarian",
    external_id="R-0001",
)
"""The example row of the template: nobody real."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def template_csv() -> str:
    """Returns the header line of the list format and one example row, as CSV with commas."""
    return _as_csv([FIELDS, row_of(EXAMPLE)], delimiter=",")


def row_of(entry: RosterEntry) -> tuple[str, ...]:
    """Returns `entry` as the cells of one row, in the order of `FIELDS`.

    A guessed level or territory is left empty: a guess is not written down as an answer.
    """
    cells = {
        "given_name": entry.given_name,
        "family_name": entry.family_name,
        "email": entry.email,
        "organisation": entry.organisation,
        "level": "" if entry.level_guessed else entry.level.value,
        "territory": "" if entry.territory_guessed else entry.territory,
        "country": entry.country,
        "languages": ",".join(entry.languages),
        "role": entry.role,
        "title": entry.title,
        "badge_name": entry.badge_name,
        "host": "yes" if entry.host else "",
        "step_free": "yes" if entry.step_free else "",
        "pin": "" if entry.pin is None else str(entry.pin),
        "together": ",".join(entry.together),
        "apart": ",".join(entry.apart),
        "photo": _answer(entry.photo),
        "listed": _answer(entry.listed),
        "diet": entry.diet,
        "access": entry.access,
        "external_id": entry.external_id,
    }
    return tuple(as_text_cell(cells[field]) for field in FIELDS)


def write_list(path: Path, entries: Iterable[RosterEntry]) -> int:
    """Writes `entries` to `path` in the list format and returns how many rows there are.

    Semicolons and a byte order mark, so that a spreadsheet program opens it with a double click in
    every European locale. Raises `OSError`.
    """
    rows = [row_of(entry) for entry in entries]
    path.write_text(_as_csv([FIELDS, *rows], delimiter=";"), encoding="utf-8-sig", newline="")
    return len(rows)


def as_text_cell(text: str) -> str:
    """Returns `text` as a spreadsheet takes it for text: an apostrophe before a formula sign."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def from_text_cell(text: str) -> str:
    """Returns what `as_text_cell` was given."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text


def _answer(asked: bool | None) -> str:
    if asked is None:
        return ""
    return "yes" if asked else "no"


def _as_csv(rows: Sequence[Sequence[str]], *, delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
