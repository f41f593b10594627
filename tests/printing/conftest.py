"""A print system for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.printing.cups import Cups, running


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    """A fresh cupsd with the usual queues, as the only print system this test can see."""
    with running() as found:
        monkeypatch.setenv("CUPS_SERVER", str(found.socket))
        for name in ("LPDEST", "PRINTER"):
            monkeypatch.delenv(name, raising=False)
        yield found
