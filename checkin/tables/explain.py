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
    """One thing that the score has against a table: how often, and the phrase."""

    count: int
    say: str


def _faults_of(room: Room, at: TableScore) -> dict[str, _Fault]:
    """Returns what the score has against one table, by what kind of fault it is."""
    names = {guest.id: guest.called for guest in room.guests}
    found: dict[str, _Fault] = {}
    if at.strangers:
        strangers = listed([names[id] for id in at.strangers])
        say = f"nobody to share a language with {strangers}"
        found["strangers"] = _Fault(len(at.strangers), say)
    if at.terms.short:
        say = f"{_counted(at.terms.short, 'person', 'people')} too few"
        found["short"] = _Fault(at.terms.short, say)
    if at.whisper:
        whisper = listed([names[id] for id in at.whisper])
        say = f"a whisper for {whisper} (no {at.language})"
        found["whisper"] = _Fault(len(at.whisper), say)
    if at.met:
        pairs = [f"{names[one]} and {names[other]}" for one, other in at.met]
        found["met"] = _Fault(len(at.met), f"pairs that met before: {listed(pairs)}")
    for home in at.alone:
        alone = next(g.called for g in room.guests if g.id in at.people and g.home == home)
        found[f"alone {home}"] = _Fault(1, f"{alone}, the only one from {home}")
    for side in at.absent:
        found[f"voice {side}"] = _Fault(1, f"no {_SIDE_NAMES[side]} voice")
    if at.terms.host:
        found["host"] = _Fault(1, "no host")
    if at.terms.same:
        say = f"{_counted(at.terms.same, 'pair', 'pairs')} of one territory"
        found["same"] = _Fault(at.terms.same, say)
    return found


class Pricing:
    """What changes of one seating would cost; many are priced against the same room at once."""

    def __init__(self, room: Room, seating: Seating) -> None:
        self._room, self._seating = room, seating
        self._old = score(room, seating)
        self._broken = broken(room, seating)

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

        It names the new warnings of the tables that change, hard rules first, then those that go,
        and ends with the points: "table 2 would have no region voice; +6".
        """
        return self.change(self.moved(moves))

    def change(self, after: Seating) -> Price:
        """Returns the difference to another seating of the same room in one sentence."""
        room, old, new = self._room, self._old, score(self._room, after)
        anew = newly_broken(self._broken, broken(room, after))
        hard = [unnamed(rule.say, room).rstrip(".") for rule in anew]
        worse, better = [], []
        for table in room.tables:
            was, will = old.at(table.number), new.at(table.number)
            if was == will:
                continue
            if was and not will:
                better.append(f"table {table.number} would be empty")
                continue
            said = _faults_of(room, was) if was else {}
            says = _faults_of(room, will) if will else {}
            more, less = _told_apart(said, says)
            worse += [f"table {table.number} would have {say}" for say in more]
            better += [f"table {table.number} would have only {say}" for say in less]
            better += [
                f"solved at table {table.number}: {fault.say}"
                for kind, fault in said.items()
                if kind not in says
            ]
        if room.kind is Kind.ALIGN and new.terms.split != old.terms.split:
            rises = new.terms.split > old.terms.split
            split = f"a territory would be split {'more' if rises else 'less'}"
            (worse if rises else better).append(split)
        difference = new.total - old.total
        parts = [*hard, *worse, *better] if difference >= 0 or hard else [*better, *worse]
        points = f"{difference:+d}" if difference else "no change"
        return Price(old.total, new.total, "; ".join([*parts[:MOST_NAMES], points]))


def _told_apart(
    before: Mapping[str, _Fault], after: Mapping[str, _Fault]
) -> tuple[list[str], list[str]]:
    """Returns the faults that are new or other than before, and those that are there less often."""
    changed_ones = [
        (fault, before.get(kind)) for kind, fault in after.items() if before.get(kind) != fault
    ]
    less = [fault.say for fault, was in changed_ones if was and was.count > fault.count]
    return [fault.say for fault, _ in changed_ones if fault.say not in less], less


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
