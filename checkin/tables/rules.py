"""The hard rules of a seating: seats, closed tables, pins, step-free needs, together, apart.

They are never traded for points. This module names what a seating breaks and which wishes can't be
kept at all, each in one sentence, and hands the searches a room whose wishes agree. Nothing is
dropped silently: what `workable` leaves out, its sentences say.
"""

from __future__ import annotations

from enum import StrEnum

from checkin.tables.room import Guest, Room, Seating, Table
from checkin.tables.values import changed, value


class Rule(StrEnum):
    """The hard rules, as far as it matters which one is broken; pins and pairs are `WISH`.

    `NO_STEP_FREE` is a need while no step-free table is open, which is broken at every table.
    """

    SEATS = "seats"
    CLOSED = "closed"
    STEP_FREE = "step-free"
    NO_STEP_FREE = "no step-free table"
    WISH = "wish"


@value(frozen=True, slots=True)
class Broken:
    """One hard rule that a seating breaks: a sentence, the guest ids it is about, the table."""

    say: str
    people: tuple[str, ...]
    table: int | None = None
    rule: Rule = Rule.WISH


@value(frozen=True, slots=True)
class Workable:
    """A room whose wishes can be kept together, and a sentence for each wish that was left out."""

    room: Room
    impossible: tuple[Broken, ...]


def broken(room: Room, seating: Seating) -> tuple[Broken, ...]:
    """Returns every hard rule that the seating breaks, tables first, in the room's order."""
    tables = {table.number: table for table in room.tables}
    guests = {guest.id: guest for guest in room.guests if guest.id in seating}
    found: list[Broken] = []
    for table in room.tables:
        here = [guest for guest in guests.values() if seating[guest.id] == table.number]
        ids = tuple(guest.id for guest in here)
        if here and not table.open:
            say = f"Table {table.number} is closed, and {_count(here)} still there."
            found.append(Broken(say, ids, table.number, Rule.CLOSED))
        elif len(here) > table.seats:
            say = f"Table {table.number} has {_seats(table.seats)} for {len(here)} people."
            found.append(Broken(say, ids, table.number, Rule.SEATS))
    binding = any(table.step_free and table.open for table in room.tables)
    for guest in guests.values():
        number = seating[guest.id]
        place = tables.get(number)
        if place is None:
            found.append(Broken(f"There is no table {number} for {guest.called}.", (guest.id,)))
        elif guest.step_free and not (binding and place.step_free):
            why = f", and table {number} isn't one." if binding else "; none is open."
            say = f"{guest.called} needs a step-free table{why}"
            rule = Rule.STEP_FREE if binding else Rule.NO_STEP_FREE
            found.append(Broken(say, (guest.id,), number, rule))
        if guest.pin is not None and guest.pin != number:
            say = f"{guest.called} is pinned to table {guest.pin}, not {number}."
            found.append(Broken(say, (guest.id,), number))
    found += _broken_pairs(room, seating, guests)
    return tuple(found)


def newly_broken(before: tuple[Broken, ...], after: tuple[Broken, ...]) -> tuple[Broken, ...]:
    """Returns what is broken after a change and was not before it, both as `broken` gives them.

    A table that has too many people is not broken anew while they are no more than they were, nor
    a closed one while nobody comes to it. Who sat without the step-free table they need loses
    nothing at another one without, and where none is open no place is to blame.
    """
    said = {(rule.say, rule.people) for rule in before}
    return tuple(
        rule
        for rule in after
        if (rule.say, rule.people) not in said
        and rule.rule is not Rule.NO_STEP_FREE
        and not any(_covers(was, rule) for was in before)
    )


def chairs_lacking(room: Room, seating: Seating, nowhere: int = 0) -> str:
    """Returns a sentence where who must leave a closed or overfull table finds no free chair.

    So many people sit `nowhere` and need a chair too. Empty where there are enough.
    """
    people = {table.number: 0 for table in room.tables}
    for guest in room.guests:
        if seating.get(guest.id) in people:
            people[seating[guest.id]] += 1
    seats = {table.number: table.seats if table.open else 0 for table in room.tables}
    over = [number for number, count in people.items() if count > seats[number]]
    asked = nowhere + sum(people[number] - seats[number] for number in over)
    count = asked - sum(max(seats[number] - people[number], 0) for number in people)
    if count <= 0:
        return ""
    which = f"of table{'s'[: len(over) > 1]} {' and '.join(map(str, over))}"
    where = [which] * bool(over) + ["without a table"] * bool(nowhere)
    some = "1 person" if count == 1 else f"{count} people"
    find = "finds" if count == 1 else "find"
    say = f"{some} {' or '.join(where)} {find} no free chair"
    return f"{say}: open a table, or give one more seats."


def _covers(was: Broken, rule: Broken) -> bool:
    """Whether what was broken before is what is broken now, perhaps of fewer people."""
    if rule.rule is Rule.STEP_FREE:
        return was.rule is rule.rule and was.people == rule.people
    of_tables = (Rule.SEATS, Rule.CLOSED)
    if rule.rule not in of_tables or was.rule not in of_tables or was.table != rule.table:
        return False
    if was.rule is rule.rule is Rule.SEATS:
        return len(rule.people) <= len(was.people)
    return set(rule.people) <= set(was.people)


def _broken_pairs(room: Room, seating: Seating, guests: dict[str, Guest]) -> list[Broken]:
    """The wishes of two people that the seating breaks."""
    found = []
    for one, other in room.together:
        if one in guests and other in guests and seating[one] != seating[other]:
            say = f"{_both(guests, one, other)} are to sit together."
            found.append(Broken(say, (one, other), seating[one]))
    for one, other in room.apart:
        if one in guests and other in guests and seating[one] == seating[other] and one != other:
            say = f"{_both(guests, one, other)} are to sit apart."
            found.append(Broken(say, (one, other), seating[one]))
    return found


def workable(room: Room) -> Workable:
    """Returns the room with the wishes that can be kept together, and what was left out and why.

    Apart comes before together, a pin before both, a step-free need before all. Each wish is
    tried in the room's order and left out if it contradicts those already kept. What is left can
    still be too much for the tables as a whole: `broken` says so of the seating that was found.
    """
    impossible: list[Broken] = []
    guests = _with_possible_needs(room, impossible)
    guests = _with_possible_pins(changed(room, guests=tuple(guests.values())), impossible)
    by_id = guests
    apart = []
    for one, other in room.apart:
        if one not in by_id or other not in by_id or one == other:
            continue
        pin = by_id[one].pin
        if pin is not None and pin == by_id[other].pin:
            say = (
                f"{_both(by_id, one, other)} are to sit apart, but both are pinned to table {pin}."
            )
            impossible.append(Broken(say, (one, other), pin))
        else:
            apart.append((one, other))
    open_tables = [table for table in room.tables if table.open]
    together = _possible_together(room, by_id, apart, open_tables, impossible)
    fixed = changed(
        room, guests=tuple(by_id.values()), together=tuple(together), apart=tuple(apart)
    )
    return Workable(fixed, tuple(impossible))


def _with_possible_needs(room: Room, impossible: list[Broken]) -> dict[str, Guest]:
    """The guests by id; step-free needs that no open table can serve are named and lifted."""
    chairs = sum(table.seats for table in room.tables if table.open and table.step_free)
    why = ", and those that are open have no seat left" if chairs else "; none is open"
    guests = {}
    for guest in room.guests:
        kept = guest
        if guest.step_free:
            chairs -= 1
            if chairs < 0:
                say = f"{guest.called} needs a step-free table{why}."
                impossible.append(Broken(say, (guest.id,), None, Rule.STEP_FREE))
                kept = changed(guest, step_free=False)
        guests[guest.id] = kept
    return guests


def _with_possible_pins(room: Room, impossible: list[Broken]) -> dict[str, Guest]:
    """The guests by id; pins that can't be kept are named and lifted."""
    tables = {table.number: table for table in room.tables}
    taken: dict[int, int] = {}
    guests = {}
    for guest in room.guests:
        kept = guest
        if guest.pin is not None:
            place = tables.get(guest.pin)
            taken[guest.pin] = taken.get(guest.pin, 0) + 1
            why = ""
            if place is None or not place.open:
                why = f"table {guest.pin} is {'closed' if place else 'not in the room'}"
            elif guest.step_free and not place.step_free:
                why = f"needs a step-free table, and table {guest.pin} isn't one"
            elif taken[guest.pin] > place.seats:
                why = f"table {guest.pin} has only {_seats(place.seats)} for those pinned to it"
            if why:
                say = f"{guest.called} is pinned to table {guest.pin}, but {why}."
                impossible.append(Broken(say, (guest.id,), guest.pin))
                kept = changed(guest, pin=None)
        guests[guest.id] = kept
    return guests


def _possible_together(
    room: Room,
    guests: dict[str, Guest],
    apart: list[tuple[str, str]],
    tables: list[Table],
    impossible: list[Broken],
) -> list[tuple[str, str]]:
    """The together wishes that can be kept, growing groups wish by wish; the others are named."""
    group: dict[str, frozenset[str]] = {id: frozenset((id,)) for id in guests}
    kept = []
    for one, other in room.together:
        if one not in guests or other not in guests:
            continue
        joined = group[one] | group[other]
        why = _why_not_one_table(joined, guests, apart, tables)
        # Of a larger group "and they in that group" would sound as if others were meant.
        why = " and apart" if {(one, other), (other, one)} & {*apart} else why
        if why:
            both = _both(guests, one, other)
            impossible.append(Broken(f"{both} are to sit together{why}.", (one, other)))
            continue
        kept.append((one, other))
        for id in joined:
            group[id] = joined
    return kept


def _why_not_one_table(
    ids: frozenset[str],
    guests: dict[str, Guest],
    apart: list[tuple[str, str]],
    tables: list[Table],
) -> str:
    """Why these people can't share a table, as the end of a sentence; empty when they can."""
    for one, other in apart:
        if one in ids and other in ids:
            if len(ids) == 2:
                return " and apart"
            return f", but {_both(guests, one, other)} in that group are to sit apart"
    people = [guests[id] for id in sorted(ids)]
    pins = sorted({guest.pin for guest in people if guest.pin is not None})
    if len(pins) > 1:
        return f", but are pinned to tables {' and '.join(str(pin) for pin in pins)}"
    needs_step_free = any(guest.step_free for guest in people)
    fitting = [
        table
        for table in tables
        if (not pins or table.number == pins[0]) and (table.step_free or not needs_step_free)
    ]
    largest = max((table.seats for table in fitting), default=0)
    if len(people) > largest:
        kind = "step-free table" if needs_step_free else "table"
        return f", but that makes a group of {len(people)} and no {kind} for it has so many seats"
    return ""


def _count(people: list[Guest]) -> str:
    return f"{people[0].called} is" if len(people) == 1 else f"{len(people)} people are"


def _seats(count: int) -> str:
    return "1 seat" if count == 1 else f"{count} seats"


def _both(guests: dict[str, Guest], one: str, other: str) -> str:
    return f"{guests[one].called} and {guests[other].called}"
