"""The palette (ctrl+p): every act by its name, and people by theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import events
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.message import Message
from textual.widgets import Button, Input

from checkin.event.device import Sounds
from checkin.people import Person
from screens.theme import DARK, LIGHT
from screens.this_device import SOUND_WORDS
from screens.widgets.key_row import key_word
from screens.widgets.scan_field import code_start
from screens.widgets.scanned import is_badge_code
from screens.widgets.shown import joined, shown
from screens.widgets.states import display_name, state_look
from screens.widgets.top_row import AREAS

if TYPE_CHECKING:
    from screens.app import CheckinApp


class Actions(Provider):
    """Everything the keys can do, the areas, the themes, and "find person"."""

    @property
    def _checkin(self) -> CheckinApp:
        return cast("CheckinApp", self.app)

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        app = self._checkin
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if (
                active.enabled
                and binding.description
                and is_act(binding.id)
                and binding.key != "escape"
            ):
                action = partial(app.run_action, binding.action, active.node)
                yield _sentence(binding.description), f"key {key_word(binding)}", action
        for mode, word in AREAS:
            yield f"Go to {word}", "area", partial(app.action_area, mode)
        yield "Light colours", "for a bright hall", partial(setattr, app, "theme", LIGHT.name)
        yield "Dark colours", "for a dark hall", partial(setattr, app, "theme", DARK.name)
        device = app.this_device
        for name, sounds in (
            ("all", Sounds.ALL),
            ("only look at me", Sounds.LOOK),
            ("none", Sounds.NONE),
        ):
            words = SOUND_WORDS[sounds.value]
            yield f"Sounds: {name}", words, partial(device.choose_sounds, sounds)
        after = "after a minute without a key"
        yield "Blank the screen when idle", after, device.blank_when_idle
        yield "Never blank the screen", "it stays as it is", device.never_blank
        yield "Test the scanner", "scan a card: layout, case, how it ends", app.action_test_scanner

    async def discover(self) -> Hits:
        """All acts, before anything is typed."""
        seen: set[str] = set()
        for name, about, act in self._commands():
            if name not in seen:
                seen.add(name)
                yield DiscoveryHit(name, act, help=about)

    async def search(self, query: str) -> Hits:
        """Acts by their names, then people by theirs."""
        matcher = self.matcher(query)
        seen: set[str] = set()
        for name, about, act in self._commands():
            score = matcher.match(name)
            if score > 0 and name not in seen:
                seen.add(name)
                yield Hit(score, matcher.highlight(name), act, help=about)
        for match in await self._checkin.desk_line.find(query, 5):
            person = match.person
            sign, word, _ = state_look(person)
            label = joined("Find ", shown(display_name(person), "bold"), f"  {sign} {word}")
            yield Hit(
                0.5,
                label,
                partial(self._open, person),
                text=f"Find {display_name(person)}",
                help="show this person at the door",
            )

    def _open(self, person: Person) -> None:
        """Shows `person` at the door, ready for Enter."""
        app = self._checkin
        app.action_area("door")
        field = app.scan_field
        if field is not None:
            field.value = display_name(person)
            field.cursor_position = len(field.value)


class Palette(CommandPalette):
    """The palette itself; a badge that is scanned into it is a scan and chooses nothing."""

    def on_key(self, event: events.Key) -> None:
        """Ends a scan like any field: with whatever key the scanner sends after it."""
        if event.key in ("enter", "ctrl+j", "tab"):
            self._take_scan(event)

    def _select_or_command(self, event: Input.Submitted | Button.Pressed | None = None) -> None:
        if event is None or not self._take_scan(event):
            super()._select_or_command(event)

    def _take_scan(self, event: Message) -> bool:
        field = self.query_one(Input)
        start = code_start(field.value, is_badge_code)
        if start < 0:
            return False
        event.stop()
        raw, field.value = field.value[start:], field.value[:start]
        cast("CheckinApp", self.app).desk_line.scan(raw)
        return True


def is_act(binding_id: str | None) -> bool:
    """Whether a binding is an act of its own, and not a way to move within a field or a list."""
    return binding_id is not None and not binding_id.startswith(
        ("edit.", "ticks.", "roll.", "choices.", "one-of.")
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
