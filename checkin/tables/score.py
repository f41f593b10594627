"""The reference score of a seating, written plainly: everything faster is held to it by tests.

It promises the terms of the seating specification for both kinds of round, table by table, with the
people and territories behind every count, so that sentences can be made of it. It doesn't judge the
hard rules (`rules.py`) and isn't fast enough to search with (`incremental.py`).

Only people who are in the seating and at a table of the room count as being in the room.
"""

from __future__ import annotations

from itertools import combinations

from checkin.tables.room import SIDES, Guest, Kind, Room, Seating, Side, Table, Weights
from checkin.tables.values import value

TERMS = ("strangers", "whisper", "short", "alone", "split", "voice", "host", "met", "same")
"""The names of the terms, in the order in which they are told."""


@value(frozen=True, slots=True)
class Terms:
    """How often each term occurs. Counts, not points; terms of the other kind of round are zero."""

    strangers: int = 0
    whisper: int = 0
    short: int = 0
    alone: int = 0
    split: int = 0
    voice: int = 0
    host: int = 0
    met: int = 0
    same: int = 0

    def points(self, weights: Weights) -> int:
        """Returns the weighted sum."""
        return sum(self.weighted(weights).values())

    def weighted(self, weights: Weights) -> dict[str, int]:
        """Returns the points of each term, by name."""
        return {term: getattr(self, term) * getattr(weights, term) for term in TERMS}


@value(frozen=True, slots=True)
class TableScore:
    """One table that holds somebody: its terms, and the guest ids and territories behind them.

    `terms.split` is the number of territories at the table; what is unavoidable is taken off once
    for the whole room, in `Score`. `met` lists pairs of ids, `absent` the missing sides.
    """

    table: Table
    people: tuple[str, ...]
    language: str
    strangers: tuple[str, ...]
    whisper: tuple[str, ...]
    territories: tuple[str, ...]
    alone: tuple[str, ...]
    absent: tuple[Side, ...]
    met: tuple[tuple[str, str], ...]
    terms: Terms
    points: int


@value(frozen=True, slots=True)
class Score:
    """The whole room: total points, the counts of the terms, every table that holds somebody."""

    total: int
    terms: Terms
    tables: tuple[TableScore, ...]

    def at(self, number: int) -> TableScore | None:
        """Returns the score of a table, or None where nobody sits."""
        return next((t for t in self.tables if t.table.number == number), None)


def score(room: Room, seating: Seating) -> Score:
    """Returns the score of a seating for the kind of round that `room.kind` says."""
    seated: dict[int, list[Guest]] = {table.number: [] for table in room.tables}
    for guest in room.guests:
        if seating.get(guest.id) in seated:
            seated[seating[guest.id]].append(guest)
    present = [guest for people in seated.values() for guest in people]
    one_table = _align if room.kind is Kind.ALIGN else _mix
    context = _Context(room, present, sum(1 for people in seated.values() if people))
    tables = tuple(
        one_table(table, seated[table.number], context)
        for table in room.tables
        if seated[table.number]
    )
    counts = {term: sum(getattr(t.terms, term) for t in tables) for term in TERMS}
    if room.kind is Kind.ALIGN:
        counts["split"] -= unavoidable_splits(room, present)
    terms = Terms(**counts)
    return Score(terms.points(room.weights), terms, tables)


def unavoidable_splits(room: Room, present: list[Guest]) -> int:
    """Returns the splits no seating avoids: the sum of ceil(people / largest open table)."""
    sizes: dict[str, int] = {}
    for guest in present:
        sizes[guest.home] = sizes.get(guest.home, 0) + 1
    return sum(-(-size // room.largest) for size in sizes.values())


def table_language(
    people: list[Guest], order: tuple[str, ...], weights: Weights
) -> tuple[str, list[Guest], list[Guest]]:
    """Returns a table's language, who is a stranger to it and who needs a whisper.

    It is the language, among those spoken there, with the fewest points for `strangers` and
    `whisper`; ties go to more speakers, then the event's order of languages, then the alphabet.
    """
    best: tuple[tuple[int, int, int, str], str, list[Guest], list[Guest]] | None = None
    for language in sorted({spoken for guest in people for spoken in guest.spoken}):
        speakers = [guest for guest in people if language in guest.spoken]
        theirs = {spoken for guest in speakers for spoken in guest.spoken}
        others = [guest for guest in people if language not in guest.spoken]
        whisper = [guest for guest in others if theirs & set(guest.spoken)]
        strangers = [guest for guest in others if not theirs & set(guest.spoken)]
        points = weights.strangers * len(strangers) + weights.whisper * len(whisper)
        rank = order.index(language) if language in order else len(order)
        key = (points, -len(speakers), rank, language)
        if best is None or key < best[0]:
            best = (key, language, strangers, whisper)
    if best is None:
        return "", [], []
    return best[1], best[2], best[3]


class _Context:
    """What a table's terms need to know of the whole room."""

    def __init__(self, room: Room, present: list[Guest], tables_in_use: int) -> None:
        self.room = room
        self.in_room: dict[str, int] = {}
        self.sides_of: dict[str, set[Side]] = {}
        for guest in present:
            self.in_room[guest.home] = self.in_room.get(guest.home, 0) + 1
            self.sides_of.setdefault(guest.home, set()).add(guest.side)
        # A side can be asked for at every table only while there are enough people of that side.
        self.wanted = [
            side
            for side in SIDES
            if sum(1 for guest in present if guest.side is side) >= tables_in_use
        ]


def _align(table: Table, people: list[Guest], context: _Context) -> TableScore:
    """The terms of one table in a round of kind align."""
    here = _by_territory(people)
    alone = tuple(t for t, n in here.items() if n == 1 and context.in_room[t] >= 2)
    absent = tuple(
        side
        for side in SIDES
        if any(side in context.sides_of[t] for t in here)
        and not any(guest.side is side for guest in people)
    )
    no_host = int(context.room.names_hosts and not table.host)
    counts = {"alone": len(alone), "split": len(here), "voice": len(absent), "host": no_host}
    return _told(table, people, context.room, counts, alone, absent, ())


def _mix(table: Table, people: list[Guest], context: _Context) -> TableScore:
    """The terms of one table in a round of kind mix."""
    met = tuple(
        (one.id, other.id)
        for one, other in combinations(people, 2)
        if _sat_together(one.id, other.id, context.room.earlier)
    )
    same = sum(n * (n - 1) // 2 for n in _by_territory(people).values())
    absent = tuple(s for s in context.wanted if not any(guest.side is s for guest in people))
    counts = {"met": len(met), "same": same, "voice": len(absent)}
    return _told(table, people, context.room, counts, (), absent, met)


def _told(
    table: Table,
    people: list[Guest],
    room: Room,
    counts: dict[str, int],
    alone: tuple[str, ...],
    absent: tuple[Side, ...],
    met: tuple[tuple[str, str], ...],
) -> TableScore:
    """Adds the terms that both kinds of round share."""
    language, strangers, whisper = table_language(people, room.languages, room.weights)
    terms = Terms(
        strangers=len(strangers),
        whisper=len(whisper),
        short=max(0, table.minimum - len(people)),
        **counts,
    )
    return TableScore(
        table=table,
        people=tuple(guest.id for guest in people),
        language=language,
        strangers=tuple(guest.id for guest in strangers),
        whisper=tuple(guest.id for guest in whisper),
        territories=tuple(_by_territory(people)),
        alone=alone,
        absent=absent,
        met=met,
        terms=terms,
        points=terms.points(room.weights),
    )


def _by_territory(people: list[Guest]) -> dict[str, int]:
    """Returns how many people each territory has here, in the order in which they are met."""
    here: dict[str, int] = {}
    for guest in people:
        here[guest.home] = here.get(guest.home, 0) + 1
    return here


def _sat_together(one: str, other: str, earlier: tuple[Seating, ...]) -> bool:
    """Whether two people had the same table in some earlier round."""
    return any(
        round_.get(one) is not None and round_.get(one) == round_.get(other) for round_ in earlier
    )
