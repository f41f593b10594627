"""The event and the desks that the door's tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.day import WAYS, Desk, make_day


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """A practice event with a dozen people; it keeps no hours."""
    return make_day(tmp_path)


@pytest.fixture(params=sorted(WAYS))
def at(request: pytest.FixtureRequest) -> Iterator[Callable[..., Desk]]:
    """Makes desks at an event, all through the service or all through the command line."""
    desks: list[Desk] = []

    def make(path: Path, desk: str = "A") -> Desk:
        desks.append(WAYS[request.param](path, desk))
        return desks[-1]

    yield make
    for each in desks:
        each.close()
