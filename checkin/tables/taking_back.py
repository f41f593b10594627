"""What taking an act back at the tables leaves, or doing it again, in phrases.

Pure. Every phrase is made from the room as it stands afterwards, so it says what is so and not what
was asked for. Which act is meant, and writing that it counts no more, is `turning.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checkin.tables.explain import listed, series
from checkin.tables.room import Room, Seating, Table
from checkin.tables.values import value

_MOST_TABLES = 3
"""Tables that a sentence names before it says how many more people moved."""

Pairs = tuple[tuple[str, str], ...]


@value(frozen=True, slots=True)
class Turn:
    """A direction, in words: `head` begins the sentence, `one` and `several` are at a table.

    `again` follows what is so as it was before, `no_more` what is so no longer. `nothing` says that
    there is nothing to turn; `past` follows "can't be".
    """

    head: str
    one: str
    several: str
    again: str
    no_more: str
    nothing: str
    past: str


UNDO = Turn(
    "Undone",
    "is back at",
    "are back at",
    " again",
    " any more",
    "There is nothing to undo at the tables.",
    "undone",
)
REDO = Turn(
    "Done again",
    "sits at",
    "sit at",
    "",
    "",
    "There is nothing to redo at the tables.",
    "done again",
)


@value(frozen=True, slots=True)
class Left:
    """What is so after a turn: the round, who sits where, what binds people, what is planned.

    `names` has everybody whom the acts were about, by id; `planned` the rounds with a plan.
    """

    round: int
    room: Room
    seating: Seating
    names: Mapping[str, str]
    pins: Mapping[str, int]
    pairs: Mapping[str, Pairs]
    stays: frozenset[str]
    planned: frozenset[int]


class Phrases:
    """What is so after a turn, phrase by phrase."""

    def __init__(self, turn: Turn, left: Left) -> None:
        self._turn, self._left = turn, left

    def _name(self, person: str) -> str:
        return self._left.names.get(person) or "somebody"

    def places(self, people: Sequence[str]) -> str:
        """Who sits where: a territory by its name where all who moved to a table are of it."""
        at: dict[int | None, list[str]] = {}
        for person in people:
            at.setdefault(self._left.seating.get(person), []).append(person)
        said = []
        for table, group in list(at.items())[:_MOST_TABLES]:
            who, many = self._who(group)
            if table is None:
                said.append(f"{who} {'have' if many else 'has'} no table{self._turn.again}")
            else:
                verb = self._turn.several if many else self._turn.one
                said.append(f"{who} {verb if not said else 'at'} table {table}")
        rest = sum(len(group) for group in list(at.values())[_MOST_TABLES:])
        said += [f"{rest} more elsewhere"] if rest else []
        return series(said)

    def _who(self, group: Sequence[str]) -> tuple[str, bool]:
        """Names a group, and says whether it is spoken of as several."""
        homes = {guest.territory for guest in self._left.room.guests if guest.id in group}
        if len(group) > 1 and len(homes) == 1 and "" not in homes:
            return f"{homes.pop()} ({len(group)})", False
        return listed([self._name(person) for person in group]), len(group) > 1

    def gone(self, people: Sequence[str]) -> str:
        """Who was moved and is not here any more, so that nobody sits anywhere else for it."""
        who = listed([self._name(person) for person in people])
        return f"{who} {'is' if len(people) == 1 else 'are'} not here any more"

    def wish(self, wish: str, person: str, other: str) -> str:
        """What binds the people of a wish (pin, stays, together, apart) now."""
        left, again, no_more = self._left, self._turn.again, self._turn.no_more
        name = self._name(person)
        if wish == "pin":
            table = left.pins.get(person)
            if table is None:
                return f"{name} is not pinned{no_more}"
            return f"{name} is pinned to table {table}{again}"
        if wish == "stays":
            if person in left.stays:
                return f"{name} does not want to be moved{', as before' if again else ''}"
            return f"{name} may be moved{again}"
        names = f"{name} and {self._name(other)}"
        if (min(person, other), max(person, other)) in left.pairs[wish]:
            return f"{names} are to sit {wish}{again}"
        return f"{names} need not sit {wish}{no_more}"

    def door(self, number: int) -> str:
        """Whether a table is open now."""
        table = self._table(number)
        return f"table {number} is {'open' if table.open else 'closed'}{self._turn.again}"

    def host(self, number: int) -> str:
        """Who hosts a table now."""
        host = self._table(number).host
        if host:
            return f"{host} is the host of table {number}{self._turn.again}"
        return f"table {number} has no host{self._turn.no_more}"

    def name(self, number: int) -> str:
        """What a table is called now."""
        name = self._table(number).name
        if name:
            return f'table {number} is called "{name}"{self._turn.again}'
        return f"table {number} has no name beside its number{self._turn.no_more}"

    def _table(self, number: int) -> Table:
        """The table; a closed one where the settings took it away meanwhile."""
        found = (table for table in self._left.room.tables if table.number == number)
        return next(found, Table(number, open=False))

    def plans(self, numbers: Sequence[int]) -> str:
        """Whether rounds are planned now, and whether as they were before."""
        one = len(numbers) == 1
        which = f"round {numbers[0]}" if one else f"rounds {series([str(n) for n in numbers])}"
        are = "is" if one else "are"
        if not self._turn.again:
            return f"{which} {are} planned"
        if self._left.planned.issuperset(numbers):
            return f"{which} {are} planned as before"
        return f"the {'plan of' if one else 'plans of'} {which} {are} taken back"

    def round(self, number: int) -> str:
        """Which round everybody sits in now."""
        if self._left.round >= number:
            return f"round {number} is seated{self._turn.again}"
        sits = f"sits as in round {self._left.round}{self._turn.again}"
        without = [each.id for each in self._left.room.guests if each.id not in self._left.seating]
        if not without:
            return f"round {number} has not begun, and everybody {sits}"
        people = "1 person has" if len(without) == 1 else f"{len(without)} people have"
        return f"round {number} has not begun; who had a table {sits}, and {people} none"
