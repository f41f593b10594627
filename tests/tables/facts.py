"""What a room at the door holds, told so that two rooms of the same facts are equal."""

from __future__ import annotations

from copy import deepcopy

from checkin.tables.places import Awaited
from checkin.tables.room_state import RoomState


def facts(state: RoomState) -> list[object]:
    """Returns all that a room keeps, without what only the order of its making decides."""
    places = [
        (place.number, place.free, list(place.people), counts(place.awaited), place.pins,
         place.step_free_pins, place.number in state.kept.full,
         speakers(state, place.tongues), spoken(state, place.union),
         place.people and spoken(state, place.common))
        for place in state.places.values()
        if place.open or place.people
    ]  # fmt: skip
    homes = {
        name: (home.came, home.due, home.seats, counts(home.awaited), home.main)
        for name, home in state.homes.items()
        if any(home.came) or any(home.due)
    }
    due = {
        id: (guest.territory, guest.side, guest.spoken, guest.step_free,
             guest.pin, guest.stays)
        for id, guest in state.due.items()
    }  # fmt: skip
    kept = (state.kept.needing, state.kept.suited, state.kept.step_free)
    languages = [speakers(state, masks) for masks in (state.spoken_here, state.spoken_due)]
    sums = (counts(state.nowhere), state.in_use, kept, languages)
    return deepcopy([places, homes, sums, state.where, due, state.plan, state.share_in])


def speakers(state: RoomState, masks: dict[int, int]) -> dict[frozenset[str], int]:
    return {spoken(state, mask): people for mask, people in masks.items()}


def spoken(state: RoomState, mask: int) -> frozenset[str]:
    return frozenset(state.tongues.names(mask))


def counts(awaited: Awaited) -> list[int]:
    return [getattr(awaited, name) for name in Awaited.__slots__]
