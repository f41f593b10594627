"""The box of a job that takes its time: it moves while nothing is known, and Esc stops the job."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from checkin.errors import RefusedError
from screens.job import JobBox, Progress, bar, moving
from tests.screens.in_an_area import stage


def test_the_bar_fills_by_signs_that_need_no_colour() -> None:
    assert bar(1, 2, 10, "rows").plain == "━━━━━─────  1 of 2 rows"
    assert bar(7, 0, 10, "rows").plain == "7 rows so far ..."


def test_what_wanders_stays_in_the_bar_and_never_stands_still() -> None:
    seen = [moving(turn, 50).plain for turn in range(200)]
    assert {len(each) for each in seen} == {len(seen[0])}
    assert {each.count("━") for each in seen} == {8}
    assert all(one != next_ for one, next_ in pairwise(seen))
    assert any(each.startswith("━") for each in seen)
    assert any("━  Working" in each for each in seen)


async def test_a_job_that_cannot_tell_how_far_it_is_moves_all_the_same_and_stops(
    tmp_path: Path,
) -> None:
    done = threading.Event()

    def job(progress: Progress, stop: Callable[[], bool]) -> str:
        progress(0, 0)
        while not stop():
            done.wait(0.01)
        raise RefusedError("Stopped. Nothing was written.")

    async with stage(tmp_path, "roster", (80, 24)) as at:
        at.app.push_screen(JobBox("Reading list.xlsx", job, "rows"))
        await at.until_shown("Working")
        first = at.text
        await at.until(lambda: at.text != first, "a sign of life")
        await at.press("escape")
        await at.until_said("Stopped. Nothing was written.")
        assert not isinstance(at.app.screen, JobBox)
