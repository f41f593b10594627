"""Fixtures of the screens' tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from checkin.event.session import EventSession, open_event
from screens.app import CheckinApp
from tests.screens.at_the_door import demo, own_home
from tests.screens.driven import AtTheDoor


@pytest.fixture
async def at_door(tmp_path: Path) -> AsyncIterator[AtTheDoor]:
    with own_home(tmp_path):
        event = demo(tmp_path, dt.date(2026, 3, 10))

        def opened() -> EventSession:
            return open_event(event, desk="A")

        app = CheckinApp(opened)
        async with app.run_test() as pilot:
            here = AtTheDoor(pilot, event)
            await here.until(lambda: app.door is not None and app.door.ready)
            yield here
        assert app.session is not None
        app.session.close()
