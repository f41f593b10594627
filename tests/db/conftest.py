"""Files that the tests of the event file begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.event_file import create_event_file
from tests.db.event_files import arrive


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "event.checkin"


@pytest.fixture
def event(path: Path) -> Path:
    """A sound event file with some entries, closed."""
    file = create_event_file(path)
    for _ in range(50):
        arrive(file)
    file.close()
    return path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can get to; pytest's own are closed to others."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)
