"""A search in another process: progress, best so far, cancel, failure."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from checkin.errors import RefusedError
from checkin.tables.plan import plan
from checkin.tables.search import Effort, Progress, best_of, improve
from checkin.tables.worker import SearchJob
from tests.tables.invented import perfect_room


def broken_search() -> Iterator[int]:
    """A search that fails after its first report."""
    yield 1
    raise ValueError("no such table")


def test_a_search_in_another_process_gives_the_same_result_as_here() -> None:
    room = perfect_room(60, 3)
    there = SearchJob.start(improve, room, None, Effort.QUICK, 5).result()
    here = best_of(improve(room, None, Effort.QUICK, 5))
    assert (there.seating, there.points) == (here.seating, here.points)


def test_a_search_tells_the_best_so_far_and_can_be_cancelled() -> None:
    job = SearchJob.start(improve, perfect_room(400, 1, fill=(10, 10)), None, Effort.THOROUGH, 1)
    until = time.monotonic() + 60
    while job.latest() is None and time.monotonic() < until:
        assert not job.over
    found = job.cancel()
    assert isinstance(found, Progress)
    assert len(found.seating) == 400
    assert found.done < 1
    assert job.over
    assert job.cancel() == found


def test_a_search_cancelled_before_its_first_report_has_nothing_to_show() -> None:
    job = SearchJob.start(plan, perfect_room(60, 1), 0.28)
    assert job.cancel() is None
    assert job.over


def test_a_search_that_fails_says_so_in_a_sentence() -> None:
    job = SearchJob.start(broken_search)
    with pytest.raises(RefusedError, match="no such table"):
        job.result()
