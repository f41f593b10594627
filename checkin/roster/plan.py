"""Works out what an import would do, before it does anything.

Pure: rows, columns and the people already there give a plan of who is new, who changed and in what,
who stays as they are, and what a person must look at. The same list planned again after its import
changes nothing. The plan never removes anyone and never speaks of arrivals or seats.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from checkin.roster.columns import ColumnMap
from checkin.roster.duplicates import (
    Duplicate,
    compatible_names,
    find_duplicates,
    name_key,
    shared_ids,
    similar_names,
)
from checkin.roster.entry import FIELDS, RosterEntry
from checkin.roster.matching import plain
from checkin.roster.rows import Note, read_entries
from checkin.roster.watching import Alive, Progress, alive_at, watched

_PROGRESS_EVERY = 500
_MOST_COMPARED = 50

_GUESSED = {
    "level": "level_guessed",
    "territory": "territory_guessed",
    "given_name": "name_guessed",
    "family_name": "name_guessed",
}
_DERIVED = {
    "full_name": {"given_name", "family_name", "title"},
    "organisation": {"level", "territory"},
    "step_free": {"access"},
    "access": {"step_free"},
    "host": {"pin"},
}
_ONLY_ADDED = frozenset({"vip", "note"})
"""What a list may say first and never unsays: the staff know better since."""

_ORDER = (*FIELDS, "status", "registered_at", "vip", "note")
_COMPARED = frozenset(_ORDER)


@dataclass(frozen=True, slots=True)
class ExistingPerson:
    """Somebody who is registered already. `listed` is false for walk-ins and substitutes.

    `own_badge` says that the text on their badge was corrected at the door: no list changes it.
    """

    id: str
    entry: RosterEntry
    listed: bool = True
    own_badge: bool = False


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A row of the file whose person is not registered yet."""

    row: int
    entry: RosterEntry


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """A registered person of whom the list now says something else.

    `after` is the whole entry to store, `fields` are the fields in which it differs.
    """

    id: str
    row: int
    before: RosterEntry
    after: RosterEntry
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row of the file that can't be imported, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. `rows` counts the rows with something in them below the header.

    `unchanged` are ids; `missing` are listed people who are not in this list: they stay.
    `duplicates` hold certain ones, of which one row is left out, and doubtful ones, kept both.
    """

    rows: int
    new: tuple[NewPerson, ...]
    changed: tuple[ChangedPerson, ...]
    unchanged: tuple[str, ...]
    duplicates: tuple[Duplicate, ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[Note, ...]
    missing: tuple[ExistingPerson, ...]
    columns: ColumnMap

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The titles of columns that nothing is read from."""
        return self.columns.unmapped

    @property
    def changes_nothing(self) -> bool:
        """Whether storing this plan would leave the event file as it is."""
        return not self.new and not self.changed


def plan_import(
    rows: Sequence[Sequence[str]],
    columns: ColumnMap,
    existing: Iterable[ExistingPerson] = (),
    *,
    progress: Progress | None = None,
) -> ImportPlan:
    """Returns what importing `rows`, read through `columns`, would do to the people in `existing`.

    `progress` is called with (rows read, rows in all); whatever it raises ends the planning, so
    that a caller can cancel.
    """
    with _without_collections():
        return _planned(rows, columns, list(existing), progress)


@contextmanager
def _without_collections() -> Iterator[None]:
    """All that is made meanwhile is kept: looking for garbage in it costs a quarter of the time.

    Nor is it looked through at the end, which would hold up the door for half a second.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()


def _planned(
    rows: Sequence[Sequence[str]],
    columns: ColumnMap,
    people: list[ExistingPerson],
    progress: Progress | None,
) -> ImportPlan:
    entries, rejected, notes, count = _read(rows, columns, progress)
    alive = alive_at(progress, len(rows), len(rows))
    duplicates = find_duplicates(entries, alive)
    out = {pair.left_out for pair in duplicates if pair.left_out is not None}
    kept = [(row, entry) for row, entry in entries if row not in out]
    known = _match(kept, people, alive)
    spoken = _spoken_of(columns)
    new, changed, unchanged = [], [], []
    for row, entry in watched(kept, alive):
        person = known.get(row)
        if person is None:
            new.append(NewPerson(row, entry))
            continue
        if person.own_badge:
            entry = replace(entry, badge_name=person.entry.badge_name)
        after, fields = _merged(person.entry, entry, spoken)
        if fields:
            changed.append(ChangedPerson(person.id, row, person.entry, after, fields))
        else:
            unchanged.append(person.id)
    met = {person.id for person in known.values()}
    missing = tuple(person for person in people if person.listed and person.id not in met)
    return ImportPlan(
        rows=count,
        new=tuple(new),
        changed=tuple(changed),
        unchanged=tuple(unchanged),
        duplicates=duplicates,
        rejected=tuple(rejected),
        notes=tuple(notes),
        missing=missing,
        columns=columns,
    )


def _read(
    rows: Sequence[Sequence[str]], columns: ColumnMap, progress: Progress | None
) -> tuple[list[tuple[int, RosterEntry]], list[Rejected], list[Note], int]:
    entries: list[tuple[int, RosterEntry]] = []
    rejected: list[Rejected] = []
    notes: list[Note] = []
    count = 0
    for read in read_entries(rows, columns):
        count += 1
        notes += read.notes
        if read.entry is None:
            rejected.append(Rejected(read.row, read.rejected))
        else:
            entries.append((read.row, read.entry))
        if progress and count % _PROGRESS_EVERY == 0:
            progress(read.row, len(rows))
    if progress:
        progress(len(rows), len(rows))
    return entries, rejected, notes, count


# Who is who --------------------------------------------------------------------------------------


def _match(
    entries: Sequence[tuple[int, RosterEntry]], people: Sequence[ExistingPerson], alive: Alive
) -> dict[int, ExistingPerson]:
    """Returns the registered person of each row that has one: by external id, else by e-mail, else
    by name and organisation. A number or an address alone is not believed against the name.
    """
    if not people:
        return {}
    shared = shared_ids(entry for _, entry in entries)
    found: dict[int, ExistingPerson] = {}
    taken: set[str] = set()
    for key in (_id_key, _email_key, _name_key):
        index = _index(key, watched(people, alive), taken)
        # Whole names first, so that nobody is taken for a colleague who stands further down.
        for choose in (_same_name, _fitting):
            for row, entry in watched(entries, alive):
                value = key(entry)
                if row in found or not value or (key is _id_key and value in shared):
                    continue
                person = choose(entry, index.get(value, {}))
                if person is not None:
                    found[row] = person
                    taken.add(person.id)
    return found


_Candidates = dict[str, list[ExistingPerson]]
"""People who share a number or an address, by the key of their name."""


def _index(
    key: Callable[[RosterEntry], str], people: Iterable[ExistingPerson], taken: set[str]
) -> dict[str, _Candidates]:
    index: dict[str, _Candidates] = {}
    for person in people:
        value = key(person.entry)
        if value and person.id not in taken:
            candidates = index.setdefault(value, {})
            candidates.setdefault(name_key(person.entry), []).append(person)
    return index


def _same_name(entry: RosterEntry, candidates: _Candidates) -> ExistingPerson | None:
    """Takes the person with the very name of the entry out of the candidates."""
    same = candidates.get(name_key(entry))
    return same.pop(0) if same else None


def _fitting(entry: RosterEntry, candidates: _Candidates) -> ExistingPerson | None:
    """Takes the person out of the candidates who may be the one of the entry."""
    # Hundreds behind one address are an office: who is who there is told by whole names alone.
    left = [listed for listed in list(candidates.values())[:_MOST_COMPARED] if listed]
    alone = len(left) == 1
    for listed in left:
        before = listed[0].entry
        both = _email_key(entry) == _email_key(before) and _id_key(entry) == _id_key(before)
        told = bool(both and entry.email and entry.external_id)
        if told or (similar_names if alone else compatible_names)(before, entry):
            return listed.pop(0)
    return None


def _id_key(entry: RosterEntry) -> str:
    return entry.external_id


def _email_key(entry: RosterEntry) -> str:
    return entry.email.casefold()


def _name_key(entry: RosterEntry) -> str:
    return f"{name_key(entry)}|{plain(entry.organisation)}"


# What changes ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The entry's fields that a list has columns for, and those it only gives rise to."""

    columns: frozenset[str]
    derived: frozenset[str]


def _spoken_of(columns: ColumnMap) -> _Spoken:
    fields = frozenset(field for field, _ in columns.fields)
    derived: set[str] = set()
    for source, results in _DERIVED.items():
        if source in fields:
            derived |= results
    return _Spoken(fields & _COMPARED, frozenset(derived) - fields)


def _merged(
    before: RosterEntry, said: RosterEntry, spoken: _Spoken
) -> tuple[RosterEntry, tuple[str, ...]]:
    """Returns the entry to store and the fields in which it differs.

    Fields without a column stay; one that another column gives rise to (a title in front of a full
    name) is never emptied; a guess never replaces what somebody said.
    """
    if said == before:
        return before, ()
    new: dict[str, object] = {}
    for field in _ORDER:
        value, flag = getattr(said, field), _GUESSED.get(field)
        if flag and getattr(said, flag):
            if field not in spoken.columns | spoken.derived or not _guess_counts(
                before, said, flag
            ):
                continue
        elif field in _ONLY_ADDED and getattr(before, field):
            continue
        elif field in spoken.derived:
            if not value:
                continue
        elif field not in spoken.columns:
            continue
        if value != getattr(before, field):
            new[field] = value
        if flag and getattr(said, flag) != getattr(before, flag):
            new[flag] = getattr(said, flag)
    return (replace(before, **new), tuple(new)) if new else (before, ())  # type: ignore[arg-type]


def _guess_counts(before: RosterEntry, said: RosterEntry, flag: str) -> bool:
    """Whether a guess may replace what is stored: nothing, or a guess from other words."""
    if flag == "name_guessed":
        same_words = name_key(before) == name_key(said)
        return not same_words or (before.name_guessed and before.full_name != said.full_name)
    if flag == "territory_guessed" and not before.territory:
        return True
    guessed = getattr(before, flag)
    return bool(guessed) and before.organisation != said.organisation
