"""Why each person of a proposal moves, in one phrase made from the seating before and after.

The phrase says what the person's own move does, in the order in which it matters: a rule, the
territory, the language, the table's size. It promises nothing about moves that aren't made.
"""

from __future__ import annotations

from checkin.tables.room import Guest, Kind, Room, Seating, Table
from checkin.tables.score import TableScore, score


def reasons_of(room: Room, before: Seating, after: Seating) -> dict[str, str]:
    """Returns a phrase for each guest whose table changes, by id, in the room's order."""
    moved = [g for g in room.guests if g.id in before and after.get(g.id) != before[g.id]]
    if not moved:
        return {}
    old = {t.table.number: t for t in score(room, before).tables}
    new = {t.table.number: t for t in score(room, after).tables}
    guests = {guest.id: guest for guest in room.guests}
    ids = {guest.id for guest in moved}
    return {g.id: _reason(room, guests, g, before, after, old, new, ids) for g in moved}


def _reason(
    room: Room,
    guests: dict[str, Guest],
    guest: Guest,
    before: Seating,
    after: Seating,
    old: dict[int, TableScore],
    new: dict[int, TableScore],
    moved: set[str],
) -> str:
    origin, target = before[guest.id], after[guest.id]
    was, will = old[origin], new[target]
    there = [guests[id] for id in will.people if id != guest.id and before.get(id) == target]
    parts = _rules(room, was, origin, after, guests, guest, will.table)
    parts += _company(room, guest, was, will, there)
    understood = guest.id not in (*will.strangers, *will.whisper)
    if not parts and understood and guest.id in (*was.strangers, *was.whisper):
        parts.append(f"table {target} speaks a language of theirs")
    if not parts and target in old and old[target].terms.short:
        parts.append(f"table {target} needs people")
    if not parts and target not in old:
        parts.append(f"opens table {target}")
    if not parts:
        say, partner = _exchange(guests, guest, before, after, old[origin])
        stayed = {**after, guest.id: origin} | ({partner: target} if partner else {})
        gains = _gains(room, (target, origin), stayed, new)
        parts.append(", ".join([*say, *gains]))
    alone = "fewer points in all" if len(moved) == 1 else "only together with the other moves"
    return " and ".join(part for part in parts[:2] if part) or alone


def _exchange(
    guests: dict[str, Guest], guest: Guest, before: Seating, after: Seating, was: TableScore
) -> tuple[list[str], str]:
    """Whom the move makes room for, or who comes in return: a phrase, and the id of a partner."""
    origin, target = before[guest.id], after[guest.id]
    come = [g for g in guests.values() if after.get(g.id) == origin != before.get(g.id)]
    if not come:
        return [], ""
    stay = sum(number == origin for number in after.values())
    if stay + 1 > was.table.seats:
        return [f"makes room for {come[0].called}"], ""
    swapped = [other for other in come if before.get(other.id) == target]
    return ([f"swaps with {swapped[0].called}"], swapped[0].id) if swapped else ([], "")


def _gains(
    room: Room, tables: tuple[int, ...], stayed: Seating, new: dict[int, TableScore]
) -> list[str]:
    """What would be worse at one of `tables` without this move: the dearest term, at its table."""
    without = score(room, stayed)
    found = []
    for number in tables:
        will, instead = new.get(number), without.at(number)
        points = will.terms.weighted(room.weights) if will else {}
        others = instead.terms.weighted(room.weights) if instead else {}
        for term, words in _GAINS.items():
            saved = others.get(term, 0) - points.get(term, 0)
            if saved > 0:
                found.append((saved, words.format(number)))
    return [max(found)[1]] if found else []


_GAINS = {
    "strangers": "nobody is left without a language at table {}",
    "whisper": "less whispering at table {}",
    "short": "table {} keeps enough people",
    "alone": "nobody is alone of their territory at table {}",
    "voice": "table {} hears city and region",
    "host": "table {} has a host",
    "met": "fewer meet again at table {}",
    "same": "fewer of one territory at table {}",
    "split": "a territory is at fewer tables",
}
"""What is better at a table for somebody's coming or going, by the term that says so."""


def _rules(
    room: Room,
    was: TableScore,
    origin: int,
    after: Seating,
    guests: dict[str, Guest],
    guest: Guest,
    place: Table,
) -> list[str]:
    """What the move does for the hard rules, and for a table that empties."""
    parts = []
    target = place.number
    partners = {b if a == guest.id else a for a, b in room.together if guest.id in (a, b)}
    rivals = {b if a == guest.id else a for a, b in room.apart if guest.id in (a, b)}
    if not was.table.open:
        parts.append(f"table {origin} is closed")
    elif len(was.people) > was.table.seats:
        parts.append(f"table {origin} has {was.table.seats} seats for {len(was.people)}")
    elif not any(number == origin for number in after.values()):
        parts.append(f"empties table {origin}")
    if guest.pin == target:
        parts.append(f"pinned to table {target}")
    if guest.step_free and place.step_free and not was.table.step_free:
        parts.append(f"table {target} is step-free")
    for id in was.people:
        if id in rivals and after.get(id) != target:
            parts.append(f"to sit apart from {guests[id].called}")
    for id in sorted(partners):
        if after.get(id) == target and id not in was.people:
            parts.append(f"to sit together with {guests[id].called}")
    return parts


def _company(
    room: Room, guest: Guest, was: TableScore, will: TableScore, there: list[Guest]
) -> list[str]:
    """Whom the person meets at the new table: the territory, or people not met before."""
    if room.kind is Kind.MIX:
        mine = [pair for pair in was.met if guest.id in pair]
        if mine and not any(guest.id in pair for pair in will.met):
            return ["meets only new people there"]
        return []
    own = [other for other in there if other.home == guest.home]
    others = [other for other in own if other.side is not guest.side]
    if own:
        return [f"joins {(others or own)[0].called} of {guest.territory}"]
    if guest.home in was.territories and guest.home in will.territories and len(will.people) > 1:
        guests = {each.id: each for each in room.guests}
        mates = [id for id in was.people if id != guest.id and guests[id].home == guest.home]
        moved = [id for id in mates if id in will.people]
        if moved and len(moved) == len(mates):
            return [f"{guest.territory} moves as a whole"]
        if moved:
            return [f"goes with {guests[moved[0]].called} of {guest.territory}"]
    return []
