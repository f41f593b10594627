"""What the doctor says of this machine: a tick stands only beside what is well."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.event.health import examine
from tests.day import make_day, opened

_TOLD = {
    "lpstat: Scheduler is not running.": (False, "is not running"),
    "lpstat: No destinations added.": (True, "has no printer queue"),
}


@pytest.mark.parametrize("said", _TOLD)
def test_a_print_system_that_is_down_is_not_ticked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("lp", "lpstat"):
        (programs / name).write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with opened(make_day(tmp_path)) as door:
        (printer,) = (check for check in examine(door.session) if check.name == "printer")
    ok, words = _TOLD[said]
    assert printer.ok is ok
    assert words in printer.say
