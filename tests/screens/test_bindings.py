"""Every key can be bound anew, has a second way, and is promised only where it does something."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.pilot import Pilot

import screens
import screens.widgets
from screens.app import CheckinApp
from screens.palette import is_act
from screens.widgets.key_row import MOST, shown_keys
from tests.screens.at_the_door import demo, own_home


def bound() -> list[tuple[type[DOMNode], Binding]]:
    """Every binding of every class of ours."""
    found = []
    for package in (screens, screens.widgets):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            if module.ispkg:
                continue
            for kind in vars(import_module(module.name)).values():
                if isinstance(kind, type) and issubclass(kind, DOMNode):
                    if not kind.__module__.startswith("screens."):
                        continue
                    own = kind.__dict__.get("BINDINGS", [])
                    found += [(kind, each) for each in own if isinstance(each, Binding)]
    return found


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Pilot[int]]:
    with own_home(tmp_path):
        event = demo(tmp_path, dt.date(2026, 3, 10))

        def opened() -> object:
            from checkin.event.session import open_event

            return open_event(event, desk="A")

        app = CheckinApp(opened)  # type: ignore[arg-type]
        async with app.run_test() as pilot:
            while app.door is None or not app.door.ready:
                await pilot.pause(0.01)
            await pilot.pause()
            yield pilot
        assert app.session is not None
        app.session.close()


def test_every_binding_has_an_id() -> None:
    without = {f"{kind.__name__}: {each.key}" for kind, each in bound() if not each.id}
    assert not without


def test_no_binding_is_a_key_that_a_scanner_types() -> None:
    typed = {
        f"{kind.__name__}: {key}"
        for kind, each in bound()
        for key in each.key.split(",")
        if len(key.strip()) == 1
    }
    assert not typed


def test_every_function_key_has_a_second_way() -> None:
    alone = [
        f"{kind.__name__}: {each.key}"
        for kind, each in bound()
        if all(key.strip().startswith("f") for key in each.key.split(","))
        and not (each.description and is_act(each.id))
    ]
    assert not alone


async def test_the_last_row_holds_at_most_seven_keys_that_all_do_something(
    door: Pilot[int],
) -> None:
    for keys in ((), ("f2",), ("escape", "f9"), ("f1",)):
        await door.press(*keys)
        await door.pause()
        screen = door.app.screen
        promised = shown_keys(screen)
        assert 1 <= len(promised) <= MOST
        for _, binding in promised:
            node = screen.active_bindings[binding.key].node
            name = binding.action.rpartition(".")[2].partition("(")[0]
            owner = door.app if binding.action.startswith("app.") else node
            assert hasattr(owner, f"action_{name}"), binding.action


async def test_the_palette_knows_every_act_of_the_door(door: Pilot[int]) -> None:
    from textual.command import CommandPalette

    from screens.palette import Actions

    acts = {
        active.binding.description.casefold()
        for active in door.app.screen.active_bindings.values()
        if is_act(active.binding.id) and active.binding.key != "escape"
    }
    provider = Actions(door.app.screen)
    known = {str(hit.display).casefold() async for hit in provider.discover()}
    assert acts - {"palette"} <= known
    assert "go to tables" in known
    assert not CommandPalette.is_open(door.app)
