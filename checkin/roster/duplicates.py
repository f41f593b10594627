"""Finds people who stand in a list twice, and people who only look like it.

What is certain (the same person, twice) is told from what a person must judge (one address or one
order for several people, one name with two addresses). Near-namesakes are neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checkin.people import State
from checkin.roster.entry import RosterEntry
from checkin.roster.matching import plain
from checkin.roster.watching import Alive, alive_at, watched

_ALIKE = 80
"""Likeness of two names, of 100, from which one may be the other corrected."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two rows of the file (`row` the later one) that may be one person, and why, in a sentence.

    `certain` ones are merged: the row `left_out` is not stored. Of the others both rows are kept.
    """

    row: int
    first_row: int
    name: str
    reason: str
    certain: bool
    left_out: int | None = None


Numbered = tuple[int, RosterEntry]


def find_duplicates(
    entries: Sequence[Numbered], alive: Alive | None = None
) -> tuple[Duplicate, ...]:
    """Returns the duplicates among `entries` ((row, entry) pairs), by the later row.

    Certain: the same external id or e-mail address with the same name, or the same name and
    organisation where at most one has an address. The row that counts is the last one that is not
    cancelled. `alive` is called while many are compared.
    """
    found: dict[tuple[int, int], Duplicate] = {}
    gone: set[int] = set()
    for key, describe in ((_by_id, _same_id), (_by_email, _same_email), (_by_name, _same_name)):
        for group in _groups(watched(entries, alive or alive_at(None)), key):
            _compare(group, describe, found, gone)
    return tuple(sorted(found.values(), key=lambda pair: (pair.row, pair.first_row)))


def shared_ids(entries: Iterable[RosterEntry]) -> frozenset[str]:
    """Returns the external ids that stand for several people, such as one order for three."""
    by_id: dict[str, RosterEntry] = {}
    shared: set[str] = set()
    for entry in entries:
        if entry.external_id:
            other = by_id.setdefault(entry.external_id, entry)
            if other is not entry and not _same_id(other, entry)[1]:
                shared.add(entry.external_id)
    return frozenset(shared)


def name_key(entry: RosterEntry) -> str:
    """Returns the name for comparing: without case and accents, and in any order of its words."""
    return _sorted_words(entry.full_name)


def compatible_names(one: RosterEntry, other: RosterEntry) -> bool:
    """Whether two names are one person's: the same words, an initial, a part left out.

    A slip of the pen is not enough: Anna and Hanna may be sisters.
    """
    words, other_words = set(name_key(one).split()), set(name_key(other).split())
    if words == other_words:
        return True
    family, other_family = plain(one.family_name), plain(other.family_name)
    given, other_given = plain(one.given_name), plain(other.given_name)
    if family and family == other_family:
        return given.startswith(other_given) or other_given.startswith(given)
    smaller = min(words, other_words, key=len)
    return len(smaller) >= 2 and (words <= other_words or other_words <= words)


def similar_names(one: RosterEntry, other: RosterEntry) -> bool:
    """Whether one name may be the other corrected: a slip of the pen, a new family name."""
    if compatible_names(one, other):
        return True
    from rapidfuzz.fuzz import ratio

    if plain(one.given_name) and plain(one.given_name) == plain(other.given_name):
        return True
    return ratio(name_key(one), name_key(other)) >= _ALIKE


# The three ways of being the same ----------------------------------------------------------------


def _by_id(entry: RosterEntry) -> str:
    return entry.external_id


def _by_email(entry: RosterEntry) -> str:
    return entry.email.casefold()


def _by_name(entry: RosterEntry) -> str:
    return f"{name_key(entry)}|{plain(entry.organisation)}"


def _same_id(one: RosterEntry, other: RosterEntry) -> tuple[str, bool]:
    email = _by_email(one) and _by_email(one) == _by_email(other)
    if email or compatible_names(one, other):
        return f"the same number {one.external_id}", True
    return f"the same number {one.external_id} but another name: one order for several?", False


def _same_email(one: RosterEntry, other: RosterEntry) -> tuple[str, bool]:
    if compatible_names(one, other):
        return f"the same e-mail address {one.email}", True
    return f"the same e-mail address {one.email} but another name: one address for several?", False


def _same_name(one: RosterEntry, other: RosterEntry) -> tuple[str, bool]:
    where = one.organisation or other.organisation
    if one.email and other.email:
        place = f" at {where}" if where else " without an organisation"
        return f"the same name{place} with two e-mail addresses: registered twice?", False
    if not where:
        return "the same name, and nothing to tell them apart: registered twice?", False
    return f"the same name at {where}", True


def _groups(entries: Iterable[Numbered], key: Callable[[RosterEntry], str]) -> list[list[Numbered]]:
    groups: dict[str, list[Numbered]] = defaultdict(list)
    for numbered in entries:
        if value := key(numbered[1]):
            groups[value].append(numbered)
    return [group for group in groups.values() if len(group) > 1]


def _compare(
    group: list[Numbered],
    describe: Callable[[RosterEntry, RosterEntry], tuple[str, bool]],
    found: dict[tuple[int, int], Duplicate],
    gone: set[int],
) -> None:
    """Compares each row of a group with the one that counts so far."""
    left = [numbered for numbered in group if numbered[0] not in gone]
    if not left:
        return
    kept = left[0]
    for later in left[1:]:
        rows = (kept[0], later[0])
        reason, certain = describe(kept[1], later[1])
        name = later[1].full_name
        if not certain:
            found.setdefault(rows, Duplicate(rows[1], rows[0], name, reason, certain=False))
            continue
        out, kept = _weigh(kept, later)
        gone.add(out)
        found[rows] = Duplicate(rows[1], rows[0], name, reason, certain=True, left_out=out)


def _weigh(kept: Numbered, later: Numbered) -> tuple[int, Numbered]:
    """The last word counts, unless it is a cancellation beside a standing registration."""
    cancelled = later[1].status is State.CANCELLED and kept[1].status is not State.CANCELLED
    return (later[0], kept) if cancelled else (kept[0], later)


@lru_cache(maxsize=250_000)
def _sorted_words(name: str) -> str:
    return " ".join(sorted(plain(name).split()))
