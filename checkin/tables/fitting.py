"""A planned seating made to fit the people who are there: whoever can keeps the planned table.

Pure. People without a planned table, or whose table can't be kept, go one by one where the score
is best; the hard rules weigh most. It mends nothing else: a new plan is for that.
"""

from __future__ import annotations

from checkin.tables.incremental import LiveSeating
from checkin.tables.plan import who_waits
from checkin.tables.room import Guest, Room, Seating, Table
from checkin.tables.rules import broken, workable
from checkin.tables.values import changed, value

_PASSES = 2
"""How often everybody without a planned table is tried at every table."""


@value(frozen=True, slots=True)
class Fit:
    """A planned seating as it fits those who are here: who sits where, and what it leaves open."""

    seating: dict[str, int]
    seated: tuple[Guest, ...]
    notes: tuple[str, ...]


def fit(room: Room, planned: Seating) -> Fit:
    """Returns `planned` fitted to the guests of `room`; the last to come wait when seats lack."""
    kept = workable(room)
    seated, waiting = who_waits(kept.room)
    of_those = changed(kept.room, guests=seated)
    found = fitted(of_those, planned)
    left = (*kept.impossible, *broken(of_those, found))
    return Fit(found, seated, (*(each.say for each in waiting), *(rule.say for rule in left)))


def differences(before: Seating, after: Seating, came: list[str], absent: int) -> list[str]:
    """Says what is not as it was planned: who came since, who is absent, who can't sit there."""
    moved = sum(id in after and after[id] != table for id, table in before.items())
    sentences = []
    if came:
        names = ", ".join(came[:3]) + (f" and {len(came) - 3} others" if len(came) > 3 else "")
        sentences.append(f"Came since it was planned, and has a place: {names}.")
    if absent:
        are = "1 person is" if absent == 1 else f"{absent} people are"
        sentences.append(f"{are} planned and not here; their chairs stay free.")
    if moved:
        are = "1 person" if moved == 1 else f"{moved} people"
        sentences.append(f"{are} can't sit as planned any more and got another table.")
    return sentences


def fitted(room: Room, planned: Seating) -> dict[str, int]:
    """Returns a table for each guest of `room`, as in `planned` where that keeps the hard rules.

    The guests must have seats at the open tables; without any open table nobody is seated.
    """
    usable = [table for table in room.tables if table.open and table.seats]
    if not usable:
        return {}
    binding = any(table.step_free for table in usable)
    taken = {table.number: 0 for table in usable}
    seating: dict[str, int] = {}
    loose: list[str] = []
    # Who can sit at few tables first: they take the chair, and who was planned there another.
    for guest in sorted(room.guests, key=lambda each: (each.pin is None, not each.step_free)):
        wanted = planned.get(guest.id) if guest.pin is None else guest.pin
        open_to = [table for table in usable if taken[table.number] < table.seats]
        fitting = [table for table in open_to if _may(guest, table, binding)]
        table = next((each for each in fitting if each.number == wanted), None)
        if table is None and not (guest.pin or guest.step_free):
            loose.append(guest.id)
            continue
        if table is None:
            loose.append(guest.id)
            table = _emptiest(fitting or open_to or usable, taken)
        seating[guest.id] = table.number
        taken[table.number] += 1
    for id in loose:
        if id not in seating:
            table = _emptiest(usable, taken)
            seating[id] = table.number
            taken[table.number] += 1
    live = LiveSeating(room, seating)
    places = [j for j, table in enumerate(room.tables) if table.open and table.seats]
    for _ in range(_PASSES):
        for id in loose:
            _settle(live, live.number_of[id], places)
    return live.seating()


def _emptiest(tables: list[Table], taken: dict[int, int]) -> Table:
    return max(tables, key=lambda table: (table.seats - taken[table.number], -table.number))


def _settle(live: LiveSeating, person: int, places: list[int]) -> None:
    """Moves one person to the best of `places`; stays where nothing is better."""
    best, chosen = live.total, live.where[person]
    for j in places:
        if live.shift([(person, j)]) < best:
            best, chosen = live.total, j
        live.undo()
    live.shift([(person, chosen)])
    live.forget()


def _may(guest: Guest, table: Table, binding: bool) -> bool:
    """Whether the table keeps the guest's own hard rules."""
    if guest.pin is not None and guest.pin != table.number:
        return False
    return table.step_free or not (guest.step_free and binding)
