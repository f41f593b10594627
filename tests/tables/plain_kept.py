"""The plain way to find which chairs are kept: everybody due is looked at, every time.

What `checkin.tables.kept` keeps in counts is held to this, through the reference for arrivals.
"""

from __future__ import annotations

from checkin.tables.places import Place
from checkin.tables.room import Guest
from checkin.tables.room_state import RoomState


def kept_places(state: RoomState, guest: Guest) -> set[int]:
    """The tables whose free chairs are all kept for people due who can sit nowhere else."""
    kept = set()
    for place in state.places.values():
        pinned = [other for other in state.due.values() if other.pin == place.number]
        if pinned and place.free <= len(pinned):
            kept.add(place.number)
        if place.open and place.table.step_free and not guest.step_free:
            free, due = _step_free_chairs(state)
            if due and free <= due:
                kept.add(place.number)
    return kept


def _step_free_chairs(state: RoomState) -> tuple[int, int]:
    """Free chairs at open step-free tables and people due who need one, without those pinned.

    Who is pinned to such a table has a chair there already; whoever else is pinned takes one away.
    """
    tables = [p for p in state.places.values() if p.open and p.table.step_free]
    free = 0
    for place in tables:
        pinned = [other for other in state.due.values() if other.pin == place.number]
        free += max(place.free - len(pinned), 0)
    numbers = {place.number for place in tables}
    due = [other for other in state.due.values() if other.step_free and other.pin not in numbers]
    return free, len(due)


def leaves_two(state: RoomState, place: Place, guest: Guest, partner: Guest) -> bool:
    """Whether a table has a chair for both, beside those kept for others."""
    pinned = [other for other in state.due.values() if other.pin == place.number]
    both = [guest] if partner in pinned else [guest, partner]
    if place.free - len(pinned) < len(both):
        return False
    ordinary = [one for one in both if not one.step_free]
    free, due = _step_free_chairs(state)
    return not place.table.step_free or not ordinary or free - due >= len(ordinary)
