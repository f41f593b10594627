"""What is remembered for this device and not for an event: sounds, the blank screen, the scanner.

One small file in the platform's place for state, written whole or not at all. A file that can't be
read gives the defaults, because nothing in it may keep the doors shut.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from checkin.door.scanner_card import Letters, ScannerHabits
from checkin.errors import CheckinError
from checkin.event.remembered import state_folder
from checkin.files import whole_file

_LONGEST = 100_000


class Sounds(StrEnum):
    """When the terminal's bell rings."""

    ALL = "all"
    """Once for a welcome, twice when somebody has to look."""
    LOOK = "look"
    """Twice when somebody has to look."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Device:
    """How this device behaves, whichever event is open.

    `layouts_told` are the keyboard layouts that the one-time notice has named here; `printer` is
    the queue that a new badge went to last, empty when it went into a PDF only.
    """

    sounds: Sounds = Sounds.ALL
    blank: bool = False
    scanner: ScannerHabits | None = None
    layouts_told: tuple[str, ...] = ()
    printer: str = ""


def this_device() -> Device:
    """Returns what is remembered here; the defaults for what is not, or can't be read."""
    try:
        with _place().open("rb") as file:
            found = json.loads(file.read(_LONGEST).decode("utf-8"))
        return _device(found)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Device()


def change_device(change: Callable[[Device], Device]) -> tuple[Device, bool]:
    """Changes what is remembered: what another window remembered meanwhile stays.

    Returns the device as it is from now on, and whether it will still be so next time: a full or
    read-only disk forgets it. It waits for the disk: call it beside the screen's own thread.
    """
    device = change(this_device())
    try:
        with whole_file(_place()) as file:
            file.write(json.dumps(asdict(device)).encode())
    except (OSError, CheckinError):
        return device, False
    return device, True


def _place() -> Path:
    return state_folder() / "this-device.json"


def _device(found: dict[str, Any]) -> Device:
    scanner = found.get("scanner")
    return Device(
        sounds=Sounds(found.get("sounds", Sounds.ALL)),
        blank=found.get("blank") is True,
        scanner=None if scanner is None else _habits(scanner),
        layouts_told=tuple(str(name) for name in found.get("layouts_told", ())),
        printer=str(found.get("printer", "")),
    )


def _habits(found: dict[str, Any]) -> ScannerHabits:
    return ScannerHabits(
        tuple(str(name) for name in found["layouts"]),
        Letters(found["letters"]),
        str(found["prefix"]),
        str(found["suffix"]),
    )
