"""The score in words: what is wrong at a table, what a move costs, why somebody sits there.

Every sentence is made from the reference score (`score.py`) and the hard rules (`rules.py`), so
it says nothing that the figures don't. What may stand where everybody sees it names nobody's need
(`unnamed`). Who shows the sentences treats the names in them as data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from checkin.tables.room import Guest, Kind, Room, Seating, Side
from checkin.tables.rules import Broken, broken, newly_broken
from checkin.tables.score import TERMS, Score, TableScore, score
from checkin.tables.values import value

MOST_NAMES = 3
"""Names listed in a sentence before it says how many more there are."""

MOST_PARTS = 4
"""Things that a price names, each with its points, before it says how many more there are."""

_SIDE_NAMES = {Side.LOCAL: "city", Side.REGION: "region"}

TERM_WORDS = {
    "strangers": "people who share no language with those who speak the table's",
    "whisper": "people who need a neighbour to whisper",
    "short": "seats under the minimum",
    "alone": "people alone of their territory",
    "split": "territories split over tables",
    "voice": "missing voices",
    "host": "tables without a host",
    "met": "pairs who met before",
    "same": "pairs of one territory",
}
"""What each term of the score counts, in words."""


@value(frozen=True, slots=True)
class Price:
    """What a change costs: the points before and after, and one sentence."""

    before: int
    after: int
    say: str

    @property
    def change(self) -> int:
        """Points added; negative is an improvement."""
        return self.after - self.before


def table_warnings(room: Room, seating: Seating, number: int) -> tuple[str, ...]:
    """Returns what is wrong at a table in words, hard rules first; empty where nothing is."""
    at = score(room, seating).at(number)
    rules = rules_in_sight(room, seating, broken(room, seating), number)
    return rules + (warnings_of(room, at) if at else ())


def rules_in_sight(
    room: Room, seating: Seating, hard: Iterable[Broken], number: int
) -> tuple[str, ...]:
    """Returns what is broken at a table as everybody may read it: each sentence once, `unnamed`."""
    said = (unnamed(rule.say, room) for rule in rules_at(hard, seating, number))
    return tuple(dict.fromkeys(said))


def rules_at(hard: Iterable[Broken], seating: Seating, number: int) -> tuple[Broken, ...]:
    """Returns the broken rules of a table: its own, and those of anybody who sits there.

    Two people who are to sit together and don't are so at both their tables.
    """
    return tuple(
        rule
        for rule in hard
        if rule.table == number or number in {seating.get(id) for id in rule.people}
    )


def unnamed(say: str, room: Room) -> str:
    """Returns a sentence about the rules without saying who needs a step-free table.

    What somebody needs is theirs: on a board that others may see it is "somebody".
    """
    if "step-free" not in say:
        return say
    called = [guest.called for guest in room.guests if guest.step_free]
    # The longest name that fits: "Ana" is not who "Ana Maria needs ..." is about.
    name = max((each for each in called if say.startswith(f"{each} ")), key=len, default="")
    return f"Somebody{say[len(name) :]}" if name else say.replace("step-free ", "")


def warnings_of(room: Room, at: TableScore) -> tuple[str, ...]:
    """Returns what the score has against one table, as phrases that follow "it has"."""
    return tuple(fault.say for fault in _faults_of(room, at).values())


@value(frozen=True, slots=True)
class _Fault:
    """One thing that the score has against a table: how often, its points, and the phrase.

    `priced` is the phrase where there is room for more words; empty where they are the same.
    """

    count: int
    points: int
    say: str
    priced: str = ""

    @property
    def whole(self) -> str:
        """The phrase in a price."""
        return self.priced or self.say


def _faults_of(room: Room, at: TableScore) -> dict[str, _Fault]:
    """Returns what the score has against one table, by what kind of fault it is.

    The points of all of them, with those of `split`, are the table's.
    """
    names = {guest.id: guest.called for guest in room.guests}
    weights, found = room.weights, {}

    def fault(kind: str, count: int, weight: int, say: str, priced: str = "") -> None:
        found[kind] = _Fault(count, count * weight, say, priced)

    if at.strangers:
        strangers = listed([names[id] for id in at.strangers])
        say = f"nobody to share a language with {strangers}"
        fault("strangers", len(at.strangers), weights.strangers, say)
    if at.terms.short:
        say = f"{_counted(at.terms.short, 'person', 'people')} too few"
        fault("short", at.terms.short, weights.short, say)
    if at.whisper:
        whisper = listed([names[id] for id in at.whisper])
        verb = "does" if len(at.whisper) == 1 else "do"
        priced = f"{whisper}, who {verb} not speak {at.language}"
        say = f"a whisper for {whisper} (no {at.language})"
        fault("whisper", len(at.whisper), weights.whisper, say, priced)
    if at.met:
        pairs = [f"{names[one]} and {names[other]}" for one, other in at.met]
        fault("met", len(at.met), weights.met, f"pairs that met before: {listed(pairs)}")
    for home in at.alone:
        alone = next(g.called for g in room.guests if g.id in at.people and g.home == home)
        fault(f"alone {home}", 1, weights.alone, f"{alone}, the only one from {home}")
    for side in at.absent:
        fault(f"voice {side}", 1, weights.voice, f"no {_SIDE_NAMES[side]} voice")
    if at.terms.host:
        fault("host", 1, weights.host, "no host")
    if at.terms.same:
        say = f"{_counted(at.terms.same, 'pair', 'pairs')} of one territory"
        fault("same", at.terms.same, weights.same, say)
    return found


class Pricing:
    """What changes of one seating would cost; many are priced against the same room at once."""

    def __init__(self, room: Room, seating: Seating) -> None:
        self._room, self._seating = room, seating
        self._old = score(room, seating)
        self._broken = broken(room, seating)
        self._spread = _spread(room, seating)

    @property
    def points(self) -> int:
        """The points of the seating as it stands."""
        return self._old.total

    def moved(self, moves: Mapping[str, int | None]) -> dict[str, int]:
        """Returns the seating after `moves` (None: nowhere)."""
        after = {**self._seating, **{id: at for id, at in moves.items() if at is not None}}
        for id, at in moves.items():
            if at is None:
                after.pop(id, None)
        return after

    def harm(self, moves: Mapping[str, int | None]) -> str:
        """Returns the first hard rule that `moves` would break anew; empty when there is none."""
        new = newly_broken(self._broken, broken(self._room, self.moved(moves)))
        return unnamed(new[0].say, self._room) if new else ""

    def price(self, moves: Mapping[str, int | None]) -> Price:
        """Returns what it costs to seat people as `moves` says, and the sentence.

        It names the new warnings of the tables that change and those that go, hard rules first,
        then what weighs most, each with its points, and ends with the sum: "table 2 would have no
        region voice: +6 points".
        """
        return self.change(self.moved(moves))

    def change(self, after: Seating) -> Price:
        """Returns the difference to another seating of the same room in one sentence."""
        room, old, new = self._room, self._old, score(self._room, after)
        anew = newly_broken(self._broken, broken(room, after))
        hard = [unnamed(rule.say, room).rstrip(".") for rule in anew]
        parts = [
            part
            for table in room.tables
            for part in _parts_at(room, table.number, old, new)
        ]  # fmt: skip
        if room.kind is Kind.ALIGN:
            parts += _spread_apart(room, self._spread, _spread(room, after))
        difference = new.total - old.total
        mended = difference < 0 and not hard
        # The largest first, whatever their sign: what is summed up at the end hides none of them.
        parts.sort(key=lambda p: (-abs(p.points), p.points if mended else -p.points))
        return Price(old.total, new.total, _summed(hard, parts, difference))


@value(frozen=True, slots=True)
class _Part:
    """One thing that a change does, and the points it adds."""

    say: str
    points: int


def _parts_at(room: Room, number: int, old: Score, new: Score) -> list[_Part]:
    """Returns what a change does at one table, but for territories over several tables."""
    was, will = old.at(number), new.at(number)
    if was == will:
        return []
    said = _faults_of(room, was) if was else {}
    says = _faults_of(room, will) if will else {}
    if was and not will:
        gone = sum(fault.points for fault in said.values())
        return [_Part(f"table {number} would be empty", -gone)]
    found = []
    for kind, fault in says.items():
        before = said.get(kind)
        if before != fault:
            fewer = before is not None and before.count > fault.count
            words = f"table {number} would have {'only ' if fewer else ''}{fault.whole}"
            found.append(_Part(words, fault.points - (before.points if before else 0)))
    return found + [
        _Part(f"solved at table {number}: {fault.whole}", -fault.points)
        for kind, fault in said.items()
        if kind not in says
    ]


@value(frozen=True, slots=True)
class _Spread:
    """Over how many tables a territory sits, and how many of them it does not need."""

    tables: int
    more: int


def _spread_apart(
    room: Room, before: Mapping[str, _Spread], after: Mapping[str, _Spread]
) -> list[_Part]:
    """Returns which territories would sit at more tables, or at fewer, than they do."""
    found = []
    nowhere = _Spread(0, 0)
    for home in dict.fromkeys((*before, *after)):
        was, will = before.get(home, nowhere), after.get(home, nowhere)
        points = (will.more - was.more) * room.weights.split
        if points:
            tables = _counted(will.tables, "table", "tables")
            say = f"{home} would sit at {tables} instead of {was.tables}"
            if will.tables == was.tables:
                more = "more" if points > 0 else "no more"
                say = f"{home} would sit at {more} tables than it needs"
            found.append(_Part(say, points))
    return found


def _spread(room: Room, seating: Seating) -> dict[str, _Spread]:
    """Returns how each territory is spread over the tables of the room."""
    numbers, largest = {table.number for table in room.tables}, room.largest
    sits: dict[str, list[int]] = {}
    for guest in room.guests:
        number = seating.get(guest.id)
        if number in numbers and number is not None:
            sits.setdefault(guest.home, []).append(number)
    return {
        home: _Spread(len(set(at)), len(set(at)) + -len(at) // largest) for home, at in sits.items()
    }


def _summed(hard: Sequence[str], parts: Sequence[_Part], difference: int) -> str:
    """Returns what a change does, a few things with their points, and last the sum of all."""
    named = parts[: max(MOST_PARTS - len(hard), 0)]
    rest = parts[len(named) :]
    points = "point" if abs(difference) == 1 else "points"
    total = f"{difference:+d} {points}" if difference else "the same points"
    if not hard and len(parts) == 1 and parts[0].points == difference != 0:
        return f"{parts[0].say}: {total}"
    said = [*hard, *(f"{part.say}{_points_behind(part.points)}" for part in named)]
    if rest:
        more = sum(part.points for part in rest)
        said.append(f"and {len(rest)} more{_points_behind(more)}")
    return f"{'; '.join(said)}. In all {total}" if said else total


def _points_behind(points: int) -> str:
    return f" ({points:+d})" if points else ""


def price(room: Room, seating: Seating, moves: Mapping[str, int | None]) -> Price:
    """Returns what it costs to seat people as `moves` says; see `Pricing.price`."""
    return Pricing(room, seating).price(moves)


def why_here(room: Room, seating: Seating, guest_id: str) -> str:
    """Returns one honest sentence on what a person's place gives them and what it lacks."""
    guest = room.guest(guest_id)
    number = seating.get(guest_id)
    at = score(room, seating).at(number) if number is not None else None
    if number is None or at is None:
        return f"{guest.called} has no seat yet."
    people = [room.guest(id) for id in at.people if id != guest_id]
    good = _good_reasons(room, guest, number, people, at)
    bad = []
    if guest_id in at.strangers:
        bad.append("nobody here shares a language")
    if guest_id in at.whisper:
        bad.append(f"a neighbour has to whisper, the table speaks {at.language}")
    if guest.home in at.alone:
        bad.append(f"the others of {guest.home} sit elsewhere")
    said = f"{guest.called} sits at table {number}"
    if good:
        said += f": {', '.join(good)}"
    if bad:
        said += f"; but {', and '.join(bad)}"
    if not good and not bad:
        said += ": a free chair, and the table's language is theirs"
    return said + "."


def _good_reasons(
    room: Room, guest: Guest, number: int, people: list[Guest], at: TableScore
) -> list[str]:
    """What speaks for this place, most binding first."""
    good = []
    if guest.pin == number:
        good.append("pinned there")
    if guest.step_free and at.table.step_free:
        good.append("the table is step-free")
    partners = {b if a == guest.id else a for a, b in room.together if guest.id in (a, b)}
    beside = [other.called for other in people if other.id in partners]
    if beside:
        good.append(f"together with {listed(beside)} as wished")
    if room.kind is Kind.ALIGN:
        own = [other for other in people if other.home == guest.home]
        counterparts = [o for o in own if o.side is not guest.side and o.side is not Side.NEITHER]
        if counterparts:
            side = _SIDE_NAMES[counterparts[0].side]
            named = listed([other.called for other in counterparts])
            good.append(f"beside the {side} side of {guest.home}, {named}")
        elif own:
            good.append(f"beside {listed([other.called for other in own])} of {guest.home}")
    elif guest.id not in {id for pair in at.met for id in pair} and people and room.earlier:
        good.append("everybody there is new to them")
    return good


def score_words(total: Score, room: Room) -> str:
    """Returns the score as one sentence: the points and the terms behind them, dearest first."""
    weighted = total.terms.weighted(room.weights)
    parts = [
        (weighted[term], f"{TERM_WORDS[term]}: {getattr(total.terms, term)}")
        for term in TERMS
        if weighted[term]
    ]
    if not parts:
        return "0 points: nothing is wrong."
    parts.sort(key=lambda part: -part[0])
    points = "point" if total.total == 1 else "points"
    return f"{total.total} {points}: " + "; ".join(f"{say} ({n})" for n, say in parts) + "."


def compared(room: Room, before: Score, after: Score) -> str:
    """Returns the terms that differ, as "alone 3 -> 1, voice 2 -> 0; 72 -> 20"."""
    parts = [
        f"{term} {getattr(before.terms, term)} -> {getattr(after.terms, term)}"
        for term in TERMS
        if getattr(before.terms, term) != getattr(after.terms, term) and getattr(room.weights, term)
    ]
    return "; ".join([*([", ".join(parts)] if parts else []), f"{before.total} -> {after.total}"])


def hosts_said(before: Room, after: Room, seating: Seating) -> str:
    """Returns what naming the first host, or no more the last one, does to the other tables.

    A host is missed only where hosts are named at all, so the first name makes every table in use
    without one cost points. Empty when neither happened, or none of it costs anything.
    """
    if before.names_hosts == after.names_hosts or Kind.ALIGN is not after.kind:
        return ""
    if not after.names_hosts:
        return "No table has a host now, and that costs nothing."
    points = after.weights.host
    used = set(seating.values())
    without = sum(table.number in used and not table.host for table in after.tables)
    if not points or not without:
        return ""
    others = (
        "the other table without one costs"
        if without == 1
        else (f"the {without} others without one cost")
    )
    each = "" if without == 1 else " each"
    return f"Once one table has a host, {others} {_counted(points, 'point', 'points')}{each}."


def listed(names: Sequence[str]) -> str:
    """Returns names as they are said: "Ana, Bo and Cy", at most a few of them."""
    if len(names) > MOST_NAMES:
        return f"{', '.join(names[: MOST_NAMES - 1])} and {len(names) - MOST_NAMES + 1} others"
    return series(names)


def series(words: Sequence[str]) -> str:
    """Returns all of some words as they are said: "3, 5 and 7"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
