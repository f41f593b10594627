"""The engine is pure and light: no database, no screen, little of the standard library."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from checkin.tables.room import Guest, Room, Side, Table, side_of
from checkin.tables.values import changed

ENGINE = (
    "arrival", "explain", "faults", "incremental", "kept", "mixing", "moves", "outlook", "places",
    "plan", "prospects", "reasons", "repair", "room", "room_state", "rotation", "rules", "score",
    "search", "stakes", "start", "territories", "tongues", "values", "worker",
)  # fmt: skip
HEAVY = {
    "asyncio", "dataclasses", "datetime", "db", "inspect", "json", "multiprocessing", "numpy", "re",
    "screens", "sqlalchemy", "sqlite3", "subprocess", "textual", "threading", "typing",
}  # fmt: skip


@pytest.mark.parametrize("module", ENGINE)
def test_a_module_of_the_engine_loads_only_a_few_light_modules(module: str) -> None:
    before = "import sys; before = set(sys.modules); "
    after = "; print(' '.join(set(sys.modules) - before))"
    code = f"{before}import checkin.tables.{module}{after}"
    # -S and -I would hide the project; a fresh process shows what this import alone adds.
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not HEAVY & {name.split(".")[0] for name in loaded}
    standard = [name for name in loaded if not name.startswith("checkin")]
    assert len(standard) <= 25


def test_values_are_frozen_equal_by_their_fields_and_can_be_changed_into_new_ones() -> None:
    ana = Guest("a", "Lazio", Side.LOCAL)
    assert ana == Guest("a", territory="Lazio", side=Side.LOCAL)
    assert ana != Guest("b", "Lazio", Side.LOCAL)
    assert hash(ana) == hash(changed(ana))
    assert changed(ana, pin=3).pin == 3
    assert ana.pin is None
    with pytest.raises(AttributeError, match="can't be changed"):
        ana.pin = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        Guest()  # type: ignore[call-arg]
    assert repr(Table(1)) == (
        "Table(number=1, seats=10, minimum=6, open=True, step_free=False, host='', name='')"
    )
    match ana:
        case Guest(id, territory):
            assert (id, territory) == ("a", "Lazio")


def test_a_room_travels_between_processes() -> None:
    room = Room((Table(1),), (Guest("a"),), earlier=({"a": 1},))
    assert pickle.loads(pickle.dumps(room)) == room


def test_levels_of_government_have_sides() -> None:
    assert [side_of(level) for level in ("city", "metropolis", "region", "other", "")] == [
        Side.LOCAL, Side.LOCAL, Side.REGION, Side.NEITHER, Side.NEITHER,
    ]  # fmt: skip
    assert Guest("a", languages=()).spoken == ("en",)


def test_unknown_tables_and_guests_are_errors() -> None:
    room = Room((Table(1),), (Guest("a"),))
    assert room.table(1).seats == 10
    assert room.guest("a").id == "a"
    with pytest.raises(KeyError):
        room.table(2)
    with pytest.raises(KeyError):
        room.guest("b")
