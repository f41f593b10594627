"""Wishes of two people that contradict each other, also through others.

Whoever is together with somebody is together with everybody whom that one is together with; so two
of such a group can't be apart. Pure, and only about wishes: whether the tables can hold a group is
`rules.workable`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from itertools import pairwise

from checkin.tables.explain import series
from checkin.tables.room import Room
from checkin.tables.values import value

Pair = tuple[str, str]


@value(frozen=True, slots=True)
class Contradiction:
    """Two people who are to sit apart, and the chain of people together that leads between them.

    `asked_together` says whether the wish that was asked for is the one to be together.
    """

    apart: Pair
    together: tuple[str, ...]
    asked_together: bool

    def say(self, name: Callable[[str], str]) -> str:
        """Returns in a sentence why all of these can't be; `name` gives a person's by the id."""
        apart = series([name(person) for person in self.apart])
        if len(self.together) == 2:
            so_far = "apart" if self.asked_together else "together"
            return f"{apart} are to sit {so_far}; that can't both be."
        group = series([name(person) for person in self.together])
        if self.asked_together:
            return (
                f"{group} would be to sit together, but {apart} are to sit apart; "
                "that can't all be."
            )
        return f"{group} are to sit together, so {apart} can't sit apart."


def of_together(room: Room, asked: Pair) -> Contradiction | None:
    """Returns what two people `asked` to sit together contradicts; None when nothing.

    People who are not here count as well: their wishes are the same when they come.
    """
    pairs = (*room.together, asked)
    for one, other in room.apart:
        chain = _chain(pairs, one, other)
        if any({*link} == {*asked} for link in pairwise(chain)):
            return Contradiction((one, other), chain, asked_together=True)
    return None


def of_apart(room: Room, asked: Pair) -> Contradiction | None:
    """Returns what two people `asked` to sit apart contradicts; None when nothing."""
    chain = _chain(room.together, *asked)
    return Contradiction(asked, chain, asked_together=False) if chain else None


def _chain(pairs: Iterable[Pair], start: str, end: str) -> tuple[str, ...]:
    """Returns the shortest chain of pairs from `start` to `end`; empty when there is none."""
    beside: dict[str, list[str]] = {}
    for one, other in pairs:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    came: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting and end not in came:
        person = waiting.popleft()
        for other in beside.get(person, ()):
            if other not in came:
                came[other] = person
                waiting.append(other)
    if end not in came or start == end:
        return ()
    found = [end]
    while found[-1] != start:
        found.append(came[found[-1]])
    return tuple(reversed(found))
