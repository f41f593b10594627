"""The event's settings and its day in words."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

from checkin.event.health import scanner_check
from checkin.event.settings import EventSettings
from checkin.event.status import Status
from checkin.tables.room import Weights
from checkin.tables.weighing import DEFAULT_WEIGHTS, TERMS
from screens.this_device import SOUND_WORDS, ThisDevice
from screens.widgets.shown import joined, shown


def settings_words(settings: EventSettings, path: Path) -> Content:
    """Returns the settings, one a line."""
    day = f"{settings.date:%A} {settings.date.day} {settings.date:%B %Y}"
    hours = f"{settings.start:%H:%M}-{settings.end:%H:%M} {settings.timezone}"
    capacity = "no limit" if settings.capacity is None else str(settings.capacity)
    places = "no limit" if settings.places is None else str(settings.places)
    deadline = (
        "no day is set"
        if settings.deadline is None
        else (f"{settings.deadline.day} {settings.deadline:%B %Y}")
    )
    mark = "LIVE: it counts" if settings.live else "TEST: for practice"
    rows = (
        ("", settings.title),
        ("where", settings.venue or "not said"),
        ("day", day),
        ("hours", hours),
        ("doors", f"open at {settings.opens_at:%H:%M}"),
        ("room", f"{settings.tables} tables of {settings.seats}, at least {settings.minimum}"),
        ("access", _step_free(settings.step_free_tables)),
        ("points", _points(settings.weights)),
        ("places", f"{places}, until {deadline}"),
        ("inside", f"{capacity}, {settings.no_show:.0%} may not come"),
        ("mark", mark),
        ("file", path.name),
    )
    return Content("\n").join(
        joined(Content.styled(f"{name:<8}", "$quiet"), shown(words))
        if name
        else shown(words, "bold $strong")
        for name, words in rows
    )


def _step_free(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return "no table is named step-free"
    count = "table" if len(numbers) == 1 else "tables"
    return f"step-free {count} {', '.join(map(str, numbers))}"


def _points(weights: Weights) -> str:
    other = [
        f"{term} {getattr(weights, term)}"
        for term in TERMS
        if getattr(weights, term) != getattr(DEFAULT_WEIGHTS, term)
    ]
    return f"changed: {', '.join(other)}" if other else "as usual"


def here_words(key: str, device: ThisDevice) -> str:
    """Returns how this device stands in what the deed `key` changes; empty for any other deed."""
    known = device.known
    if key == "sounds":
        return f"Sounds now: {SOUND_WORDS[device.sounds]}. F8 goes on to the next."
    if key == "blank":
        return f"{'After a minute' if known is not None and known.blank else 'Never'}, for now."
    if key == "scanner":
        return scanner_check(known.scanner if known is not None else None).say
    return ""


def status_words(now: Status, settings: EventSettings) -> Content:
    """Returns the counts of the day in a few lines."""
    came = sum(now.per_minute)
    others = [
        f"{count} {word}"
        for count, word in (
            (now.left, "left"),
            (now.cancelled, "cancelled"),
            (now.waitlisted, "waiting"),
            (now.walk_ins, "walk-ins"),
        )
        if count
    ]
    lines = [
        joined(
            Content.styled(f"✓ {now.here} here", "bold $good"),
            "   ",
            Content.styled(f"○ {now.expected} due", "bold"),
            Content.styled(f"   of {now.registered}", "$quiet"),
        ),
        Content(", ".join(others) if others else "nobody left, cancelled or walked in"),
        Content(f"{came} came in the last {len(now.per_minute)} minutes"),
        Content(f"{now.tables_in_use} of {settings.tables} tables in use"),
        Content(f"{now.badges_printed} badges printed"),
    ]
    return Content("\n").join(lines)
