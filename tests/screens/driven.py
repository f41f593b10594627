"""The app with its door open, driven key by key inside the test's own process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual import events
from textual.keys import _character_to_key as character_to_key
from textual.pilot import Pilot

from checkin.door.answers import Kind
from checkin.door.desk import Door
from checkin.door.overview import Which
from checkin.people import Person
from checkin.roster.registrations import Registrar
from checkin.roster.walk_in import WalkIn
from db.kinds import EntryKind
from screens.app import CheckinApp
from screens.door import DoorScreen
from screens.widgets.answer_panel import AnswerPanel


@dataclass(frozen=True)
class AtTheDoor:
    """The app with its door open, driven key by key."""

    pilot: Pilot[int]
    event: Path

    @property
    def app(self) -> CheckinApp:
        assert isinstance(self.pilot.app, CheckinApp)
        return self.pilot.app

    @property
    def door(self) -> Door:
        assert self.app.door is not None
        return self.app.door

    @property
    def panel(self) -> AnswerPanel:
        return self.app.door_screen.query_one(AnswerPanel)

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(1000):
            await self.pilot.pause(0.01)
            if condition():
                await self.pilot.pause()
                return
        raise AssertionError("it did not come about")

    async def type(self, text: str) -> None:
        await self.pilot.press(*("space" if letter == " " else letter for letter in text))

    async def type_scan(self, received: str) -> None:
        """What a scanner types, as quickly as it does."""
        for character in received:
            self.app.post_message(events.Key(character_to_key(character), character))
        self.app.post_message(events.Key("enter", "\r"))
        await self.pilot.pause()

    async def look_up(self, text: str) -> None:
        """Types `text` at the door and waits for its results."""
        screen = self.app.door_screen
        assert isinstance(screen, DoorScreen)
        await self.type(text)
        await self.until(lambda: screen.searched == text)

    async def answered(self, kind: Kind) -> None:
        await self.until(lambda: self.panel.answer is not None and self.panel.answer.kind is kind)

    def person(self, place: int = 0) -> Person:
        return self.door.people(Which.ALL)[place]

    def registered(self, form: WalkIn) -> Person:
        """Somebody registered as `form` says, who has not come; alike ones as often as asked."""
        with self.door.session.writing() as writer:
            (person_id,) = Registrar(writer.connection).add([form.as_entry()])
            writer.record(EntryKind.REGISTERED, person_id)
        self.door.index.follow()
        return self.door.person(person_id)
