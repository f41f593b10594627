"""Makes roster entries of the rows of a list: cleans, understands, guesses, and says so.

Every text passes the cleaner here, at the edge. What can't be understood is left out with a note
that names row and field; only a row without any name is rejected. Nothing here compares people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checkin.people import Level, State
from checkin.roster.answers import (
    DateOrder,
    date_order,
    email_in,
    moment_of,
    needs_no_steps,
    references,
    says_nothing,
    state_of,
    table_number,
    yes_or_no,
)
from checkin.roster.authorities import (
    guess_country,
    guess_level,
    guess_territory,
    level_from_answer,
    territory_from_answer,
)
from checkin.roster.columns import ANONYMOUS, ColumnMap
from checkin.roster.countries import country_of
from checkin.roster.entry import RosterEntry
from checkin.roster.languages import read_languages
from checkin.roster.matching import plain
from checkin.roster.names import Order, name_order, split_name
from checkin.roster.template import from_text_cell
from checkin.text import LONGEST, clean

_LONG = 500
"""Characters kept of a note on diet or access, and of a list of people."""

_LONG_FIELDS = frozenset({"diet", "access", "together", "apart", "note"})
_TOTALS = re.compile(
    r"^(total|totals|sum|summe|somme|totale|suma|razem|celkem|összesen|yhteensä)\b"
)
# What tools write for a name that nobody gave them.
_NO_NAMES = ANONYMOUS | {"info requested", "info pending", "test test", "n a", "tba", "tbc"}


_HOST_WORDS = frozenset({"host", "table host", "facilitator", "animateur", "moderator"})


# Lists repeat organisations, countries and answers: most cells were cleaned before.
_clean = lru_cache(maxsize=20_000)(clean)


@dataclass(frozen=True, slots=True)
class Note:
    """Something in the list that a person should look at: which row of the file, field, and why."""

    row: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the file: its entry, or why there is none (`rejected`), and notes."""

    row: int
    entry: RosterEntry | None = None
    rejected: str = ""
    notes: tuple[Note, ...] = ()


def read_entries(rows: Sequence[Sequence[str]], columns: ColumnMap) -> Iterator[ReadRow]:
    """Yields the rows below the header as entries, in order.

    Empty rows, rows of commas and repeated header rows are passed over. `row` counts the rows of
    the file from 1.
    """
    reader = _Reader(columns, rows)
    blank = ("",) * len(columns.titles)
    for number in range(columns.header_row, len(rows)):
        cells = rows[number]
        if any(map(str.strip, cells)):
            # A row may be shorter than its header.
            cells = cells if len(cells) >= len(blank) else (*cells, *blank[len(cells) :])
            read = reader.read(number + 1, cells)
            if read is not None:
                yield read


class _Cells(dict[str, str]):
    """The cleaned cells of one row by field, '' for what isn't there, and notes on them."""

    def __init__(self, row: int, by_field: dict[str, str]) -> None:
        super().__init__(by_field)
        self.row = row
        self.notes: list[Note] = []

    def __missing__(self, field: str) -> str:
        return ""

    def note(self, field: str, reason: str) -> None:
        self.notes.append(Note(self.row, field, reason))


class _Reader:
    """Reads the rows of one list; what holds for the whole list is found out once."""

    def __init__(self, columns: ColumnMap, rows: Sequence[Sequence[str]]) -> None:
        self._columns = columns.fields
        self._header = tuple(rows[columns.header_row - 1]) if columns.header_row else ()
        whole = columns.column_of("full_name")
        self._order = name_order(columns.titles[whole]) if whole is not None else Order.UNKNOWN
        at = columns.column_of("registered_at")
        self._dates = DateOrder.DAY_FIRST
        if at is not None:
            below = rows[columns.header_row :]
            self._dates = date_order(row[at] for row in below if at < len(row))
        self._empty_name = _empty_name(columns)

    def read(self, row: int, raw: Sequence[str]) -> ReadRow | None:
        if self._repeats_titles(raw):
            return None
        cells = _Cells(row, self._cleaned(raw))
        given, family, title, guessed = self._name(cells)
        nobody = not _is_name(given) and not _is_name(family)
        if nobody or plain(f"{given} {family}") in _NO_NAMES:
            return ReadRow(row, rejected=self._empty_name)
        if _TOTALS.match(plain(f"{given} {family}")) and not cells["email"]:
            return ReadRow(row, rejected="this looks like a line of totals, not a person")
        entry = self._entry(cells, given, family, cells["title"] or title, guessed)
        return ReadRow(row, entry, notes=tuple(cells.notes))

    def _repeats_titles(self, raw: Sequence[str]) -> bool:
        """Whether this row is the header once more, as in exports that were put together."""
        return bool(self._header) and raw[0] == self._header[0] and tuple(raw) == self._header

    def _cleaned(self, raw: Sequence[str]) -> dict[str, str]:
        found = {}
        for name, column in self._columns:
            if cell := raw[column]:
                longest = _LONG if name in _LONG_FIELDS else LONGEST
                found[name] = _clean(from_text_cell(cell) if cell[0] == "'" else cell, longest)
        return found

    def _name(self, cells: _Cells) -> tuple[str, str, str, bool]:
        given, family, whole = cells["given_name"], cells["family_name"], cells["full_name"]
        if given or family or not whole:
            return given, family, "", False
        if plain(whole) in _NO_NAMES:
            return "", "", "", False
        # Where nobody says the country, the authority's is good enough for a guess.
        country = country_of(cells["country"]) or guess_country(cells["organisation"])
        split = split_name(whole, country, self._order)
        return split.given, split.family, split.title, True

    def _entry(
        self, cells: _Cells, given: str, family: str, title: str, guessed: bool
    ) -> RosterEntry:
        country = _country(cells)
        organisation = "" if says_nothing(cells["organisation"]) else cells["organisation"]
        level, level_guessed = _level(cells, organisation, country)
        territory, territory_guessed = _territory(cells, organisation, country)
        table = _table(cells)
        return RosterEntry(
            given_name=given,
            family_name=family,
            email=_email(cells),
            organisation=organisation,
            level=level,
            territory=territory,
            country=country,
            languages=_languages(cells),
            role=cells["role"],
            title=title,
            badge_name=cells["badge_name"],
            host=_host(cells),
            step_free=_step_free(cells),
            pin=table,
            together=references(cells["together"]),
            apart=references(cells["apart"]),
            photo=_consent(cells, "photo"),
            listed=_consent(cells, "listed"),
            diet=_unless_nothing(cells["diet"]),
            access=_access(cells),
            external_id=cells["external_id"],
            status=_status(cells),
            registered_at=moment_of(cells["registered_at"], self._dates),
            vip=_vip(cells),
            note=_unless_nothing(cells["note"]),
            level_guessed=level_guessed,
            territory_guessed=territory_guessed,
            name_guessed=guessed,
        )


def _empty_name(columns: ColumnMap) -> str:
    names = ("given_name", "family_name", "full_name")
    titles = [columns.titles[at] for name, at in columns.fields if name in names]
    if not titles:
        return "no column of this list holds names"
    return "no name in " + " or ".join(f"“{title}”" for title in titles)


def _is_name(text: str) -> bool:
    return any(letter.isalpha() for letter in text) and plain(text) not in _NO_NAMES


# One field each ----------------------------------------------------------------------------------


def _unless_nothing(text: str) -> str:
    return "" if says_nothing(text) else text


def _email(cells: _Cells) -> str:
    text = cells["email"]
    found = email_in(text) if text else ""
    if not found:
        if not text or says_nothing(text) or plain(text) in _NO_NAMES:
            return ""
        cells.note("email", f"“{text}” doesn't look like an e-mail address; kept as it is")
        return text
    if text.count("@") > 1:
        cells.note("email", f"more than one e-mail address; {found} is used")
    return found


def _country(cells: _Cells) -> str:
    text = cells["country"]
    code = country_of(text) if text else ""
    if text and not code and not says_nothing(text):
        cells.note("country", f"the country “{text}” isn't known; left out")
    return code


def _languages(cells: _Cells) -> tuple[str, ...]:
    if not cells["languages"]:
        return ("en",)
    read = read_languages(cells["languages"])
    unknown = [part for part in read.unknown if not says_nothing(part)]
    if unknown:
        cells.note("languages", f"the language “{', '.join(unknown)}” isn't known; left out")
    return read.codes


def _level(cells: _Cells, organisation: str, country: str) -> tuple[Level, bool]:
    answer = cells["level"]
    if answer:
        level = level_from_answer(answer)
        if level:
            return level, False
        cells.note("level", f"the level “{answer}” isn't known; guessed from the organisation")
    return guess_level(organisation, country) or Level.OTHER, True


def _territory(cells: _Cells, organisation: str, country: str) -> tuple[str, bool]:
    answer = _unless_nothing(cells["territory"])
    if answer:
        return territory_from_answer(answer, country)
    guess = guess_territory(organisation, country)
    return guess, bool(guess)


def _table(cells: _Cells) -> int | None:
    answer = cells["pin"]
    number = table_number(answer) if answer else None
    if answer and number is None and not says_nothing(answer):
        cells.note("pin", f"“{answer}” isn't a table number from 1 to 999; left out")
    if number is None and yes_or_no(cells["host"]) is None:
        return table_number(cells["host"])
    return number


def _host(cells: _Cells) -> bool:
    """Yes, a table to host, or the word for the task itself."""
    answer = cells["host"]
    said = yes_or_no(answer) if answer else False
    if said is None:
        return table_number(answer) is not None or plain(answer) in _HOST_WORDS
    return said


def _step_free(cells: _Cells) -> bool:
    """Said so, in any words but no; or plain from the note on access."""
    answer = cells["step_free"]
    said = yes_or_no(answer) if answer else None
    if said is not None:
        return said
    return bool(answer and not says_nothing(answer)) or needs_no_steps(cells["access"])


def _access(cells: _Cells) -> str:
    """The note on access, with what somebody wrote beside yes in the column of step-free seats."""
    parts = [_unless_nothing(cells["access"])]
    answer = cells["step_free"]
    if " " in answer and yes_or_no(answer) is not False and not says_nothing(answer):
        parts.append(answer)
    return "; ".join(filter(None, parts))


def _consent(cells: _Cells, name: str) -> bool | None:
    answer = cells[name]
    said = yes_or_no(answer) if answer else None
    if answer and said is None and not says_nothing(answer):
        # A consent nobody understands is none.
        cells.note(name, f"“{answer}” is neither yes nor no; taken as no")
        return False
    return said


def _vip(cells: _Cells) -> bool:
    """Yes, or the word itself."""
    answer = cells["vip"]
    return bool(answer) and (plain(answer) == "vip" or yes_or_no(answer) is True)


def _status(cells: _Cells) -> State:
    answer = cells["status"]
    state = state_of(answer) if answer else State.EXPECTED
    if state is None:
        cells.note("status", f"the status “{answer}” isn't known; taken as expected")
    return state or State.EXPECTED
