"""Which registrations are likely one person, registered twice: proposed to people, never decided.

Pure, and in time proportional to their number: only those are compared whose names are the same, or
one slip apart, or whose e-mail address is the same. What makes them one person is told by `alike`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from checkin.door.alike import (
    SHORTEST_SLIP,
    Alike,
    Folded,
    Folding,
    Registration,
    Row,
    alike_folded,
    is_slip,
    share_a_place,
)

_ALL_PAIRS = 8
"""As many registrations of one name and place are compared with each other; of more, each with the
first, so that a list of a thousand test rows stays linear."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two registrations that may be one person: their ids, and what they have in common."""

    first: str
    second: str
    alike: Alike

    @property
    def ids(self) -> frozenset[str]:
        """The ids of both."""
        return frozenset((self.first, self.second))


def propose(
    registrations: Iterable[Registration], apart: Collection[frozenset[str]] = frozenset()
) -> tuple[Pair, ...]:
    """Returns the pairs that are likely one person, in the order of the later registration.

    `apart` are pairs of ids that are known to be two people (told apart, or one is the other's
    substitute). Takes time in proportion to the registrations.
    """
    ids: list[str] = []
    rows: list[Row] = []
    fold = Folding()
    for each in registrations:
        ids.append(each.id)
        rows.append(fold.row(each))
    found: dict[tuple[int, int], Alike] = {}
    for one, other in _candidates(rows):
        place = (min(one, other), max(one, other))
        if place not in found and share_a_place(rows[one], rows[other]):
            alike = alike_folded(Folded(*rows[one]), Folded(*rows[other]))
            if alike is not None and frozenset((ids[one], ids[other])) not in apart:
                found[place] = alike
    ordered = sorted(found, key=lambda place: (place[1], place[0]))
    return tuple(Pair(ids[one], ids[other], found[one, other]) for one, other in ordered)


def _candidates(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Yields every pair that may be one person, some of them twice, and few that are not."""
    named, addressed = _Groups(), _Groups()
    for place, (spelt, _, _, email) in enumerate(rows):
        for name in spelt.split("|") if "|" in spelt else (spelt,):
            named.add(name, place)
        if email:
            addressed.add(email, place)
    for group in addressed.several.values():
        yield from _pairs(group)
    del addressed
    for group in named.several.values():
        yield from _of_one_place(group, rows)
    for name, slip in _slips(named):
        yield from _of_one_place([*named.of(name), *named.of(slip)], rows)


class _Groups:
    """Places by a text that they have in common; most stand alone, and cost no list."""

    def __init__(self) -> None:
        self.first: dict[str, int] = {}
        self.several: dict[str, list[int]] = {}

    def add(self, text: str, place: int) -> None:
        first = self.first.setdefault(text, place)
        if first != place:
            self.several.setdefault(text, [first]).append(place)

    def of(self, text: str) -> list[int]:
        return self.several.get(text) or [self.first[text]]


def _of_one_place(group: list[int], rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Yields the pairs within `group` that have a place in common, or where one names none."""
    if len(group) <= _ALL_PAIRS:
        yield from _pairs(group)
        return
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place in group:
        each = Folded(*rows[place])
        if each.is_from_nowhere:
            places["nowhere", ""].append(place)
        for kind in ("authority", "domain", "territory"):
            if value := getattr(each, kind):
                places[kind, value].append(place)
    for near in places.values():
        yield from _pairs(near)
    for place in places.get(("nowhere", ""), ())[:1]:
        yield from ((place, other) for other in group if other != place)


def _pairs(group: Sequence[int]) -> Iterator[tuple[int, int]]:
    for index, one in enumerate(group if len(group) <= _ALL_PAIRS else group[:1]):
        yield from ((one, other) for other in group[index + 1 :] if other != one)


def _slips(named: _Groups) -> Iterator[tuple[str, str]]:
    """Yields the pairs of names that are one slip apart."""
    near = _near_words({word for name in named.first for word in name.split()})
    for name in named.first:
        own = name.split()
        for index, word in enumerate(own):
            if word not in near:
                continue
            rest = own[:index] + own[index + 1 :]
            for other in near[word]:
                wanted = " ".join(sorted([*rest, other]))
                if wanted > name and wanted in named.first:
                    yield name, wanted


def _near_words(known: set[str]) -> dict[str, set[str]]:
    """Returns of each word the words one slip apart.

    Two words one slip apart become the same when some letter, or none, is taken out of each; the
    words of each first letter are looked at by themselves, so that memory stays small.
    """
    by_initial: dict[str, list[str]] = defaultdict(list)
    for word in known:
        if len(word) >= SHORTEST_SLIP:
            by_initial[word[0]].append(word)
    near: dict[str, set[str]] = defaultdict(set)
    for group in by_initial.values():
        for words_alike in _alike_without_a_letter(group):
            for index, one in enumerate(words_alike):
                for other in words_alike[index + 1 :]:
                    if other not in near.get(one, ()) and is_slip(one, other):
                        near[one].add(other)
                        near[other].add(one)
    return near


def _alike_without_a_letter(group: Sequence[str]) -> Iterable[list[str]]:
    """Returns the words that become the same without one letter, not the first, or with all."""
    first: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for word in group:
        for cut in range(1, len(word) + 1):
            without = word[:cut] + word[cut + 1 :]
            found = first.setdefault(without, word)
            if found is not word:
                several.setdefault(without, [found]).append(word)
    return several.values()
