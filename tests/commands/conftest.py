"""The practice event that the commands' tests read; each test that writes gets its own copy."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from checkin.event.demo import make_demo
from tests.day import make_day


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice event as `checkin demo` makes it; not to be written to."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            patch.setenv(name, str(folder))
        path, _ = make_demo(folder / "demo.checkin", dt.date.today())
    return path


@pytest.fixture
def demo(made_demo: Path, tmp_path: Path) -> Path:
    """A practice event of one's own: 62 invented people, nobody here yet."""
    return Path(shutil.copy(made_demo, tmp_path / "demo.checkin"))


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """A practice event with a dozen people."""
    return make_day(tmp_path)
