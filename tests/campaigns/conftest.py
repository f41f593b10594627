"""How long a campaign is, and what it starts from; each prints both."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest


@pytest.fixture
def cases() -> Callable[[int], int]:
    """Returns how many cases to try: so many as named in `CHECKIN_CASES`, else the short form."""
    return lambda short: int(os.environ.get("CHECKIN_CASES", short))


@pytest.fixture
def chance(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> random.Random:
    """The campaign's chance. `CHECKIN_SEED` repeats one; a failure tells the seed."""
    seed = int(os.environ.get("CHECKIN_SEED", random.SystemRandom().randrange(10**9)))
    with capsys.disabled():
        print(f"\n{request.node.name}: seed {seed}")  # noqa: T201
    return random.Random(seed)


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Prints a line past pytest's capture."""

    def tell(line: str) -> None:
        with capsys.disabled():
            print(line)  # noqa: T201

    return tell
