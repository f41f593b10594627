"""What this device remembers, in the running app: sounds, the blank screen, the scanner's habits.

It is read by the thread that opens the event and takes effect at once when it changes; writing it
down happens beside the screen. Until it is read the defaults hold.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from screens.answering import tell
from screens.widgets.scan_field import SILENCE
from screens.working import begin

if TYPE_CHECKING:
    from checkin.door.scanner_card import ScannerHabits
    from checkin.event.device import Device, Sounds
    from screens.app import CheckinApp

SOUND_WORDS = {
    "all": "one for a welcome, two for look at me",
    "look": "only look at me: two",
    "none": "none",
}
"""What each choice of sounds means, in the words of the palette and the Event area."""

FORGOTTEN = "It holds until the program ends: this computer could not write it down."


class ThisDevice:
    """The device of one app; `known` is None until the event is opened."""

    def __init__(self, app: CheckinApp) -> None:
        self._app = app
        self.known: Device | None = None

    def read(self) -> None:
        """Reads what is remembered; for the thread that opens the event."""
        from checkin.event.device import this_device

        self.known = this_device()

    def take_effect(self) -> None:
        """Makes the running app behave as the device remembers."""
        if self.known is None:
            return
        self._app.rest.on = self.known.blank
        field = self._app.scan_field
        if field is not None:
            scanner = self.known.scanner
            at_once = scanner is not None and scanner.ends_by_itself
            field.silence = 0.0 if at_once else SILENCE

    @property
    def sounds(self) -> str:
        """When the bell rings: all, look or none."""
        return "all" if self.known is None else self.known.sounds.value

    def choose_sounds(self, sounds: Sounds) -> None:
        """Rings from now on as `sounds` says, and lets it be heard or read."""
        self.change(lambda device: replace(device, sounds=sounds))
        tell(self._app, f"Sounds: {SOUND_WORDS[sounds.value]}.")
        self._app.bells.look()

    def next_sounds(self) -> None:
        """Goes on to the next choice of sounds."""
        from checkin.event.device import Sounds

        choices = list(Sounds)
        self.choose_sounds(choices[(choices.index(Sounds(self.sounds)) + 1) % len(choices)])

    def blank_when_idle(self) -> None:
        """From now on the screen goes blank after a minute without a key."""
        self.change(lambda device: replace(device, blank=True))
        tell(self._app, "The screen goes blank after a minute without a key.")

    def never_blank(self) -> None:
        """From now on the screen stays as it is."""
        self.change(lambda device: replace(device, blank=False))
        tell(self._app, "The screen never goes blank.")

    def next_blank(self) -> None:
        """Switches the blank screen on, or off again."""
        if self._app.rest.on:
            self.never_blank()
        else:
            self.blank_when_idle()

    def learn(self, habits: ScannerHabits) -> None:
        """Takes the habits of the scanner; its layout needs no notice any more."""
        self.change(
            lambda device: replace(
                device,
                scanner=habits,
                layouts_told=tuple(dict.fromkeys((*device.layouts_told, *habits.layouts))),
            )
        )

    def told(self, layout: str) -> bool:
        """Notes that `layout` is named now; returns whether it was named here before."""
        if self.known is not None and layout in self.known.layouts_told:
            return True
        self.change(lambda device: replace(device, layouts_told=(*device.layouts_told, layout)))
        return False

    def change(self, change: Callable[[Device], Device]) -> None:
        """Makes a change now, and writes it down beside the screen."""
        from checkin.event.device import Device

        self.known = change(self.known or Device())
        self.take_effect()
        begin(self._app, partial(self._write, change), group="device", exit_on_error=False)

    async def _write(self, change: Callable[[Device], Device]) -> None:
        from checkin.event.device import change_device

        _, kept = await asyncio.to_thread(change_device, change)
        if not kept:
            tell(self._app, FORGOTTEN, severity="warning")
