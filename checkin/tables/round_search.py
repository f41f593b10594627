"""The search for one round or several together, in another process, with progress and cancel.

It knows rooms and plans only; reading the event file and accepting what was found is `planning.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import sleep
from typing import Any

from checkin.errors import RefusedError
from checkin.tables.mixing import Mix, mix
from checkin.tables.plan import Plan, plan
from checkin.tables.room import Kind, Room
from checkin.tables.search import Effort
from checkin.tables.values import changed
from checkin.tables.worker import SearchJob

_LOOK_EVERY = 0.02
"""Seconds between two looks at a search in another process."""

Share = Callable[[float], None]
"""Told how much of the work is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class RoundSearch:
    """What is to be searched, and who follows it. `room` is that of the first round.

    So many `tables` are used in each round; as many as fit the people when it is None.
    """

    room: Room
    no_show: float
    effort: Effort
    seed: int
    progress: Share | None
    cancelled: Callable[[], bool] | None
    tables: int | None = None

    def found(self, count: int) -> tuple[tuple[dict[str, int], ...], tuple[str, ...]]:
        """Returns the seatings of `count` rounds, and who waits and what can't be kept."""
        if self.room.kind is Kind.MIX:
            return self._mix(self.room, count, 0.0)
        share = 1.0 / count
        given = (self.room, self.no_show, self.effort, self.seed, self.tables)
        found = self._run(plan, 0.0, share, *given)
        seatings, notes = (found.seating,), _notes(found)
        if count > 1:
            earlier = (*self.room.earlier, found.seating)
            room = changed(self.room, kind=Kind.MIX, earlier=earlier)
            later, more = self._mix(room, count - 1, share)
            seatings, notes = (*seatings, *later), tuple(dict.fromkeys((*notes, *more)))
        return seatings, notes

    def _mix(
        self, room: Room, count: int, done: float
    ) -> tuple[tuple[dict[str, int], ...], tuple[str, ...]]:
        given = (room, count, self.effort, self.seed, self.tables)
        found = self._run(mix, done, 1.0 - done, *given)
        return found.rounds, _notes(found)

    def _run(self, search: Callable[..., Any], done: float, share: float, *given: Any) -> Any:
        """Searches in another process; it is `share` of the whole work, after `done` of it."""

        def told(part: float) -> None:
            if self.progress:
                self.progress(done + share * part)

        return searched(SearchJob.start(search, *given), told, self.cancelled)


def _notes(found: Plan | Mix) -> tuple[str, ...]:
    sentences = (*(w.say for w in found.waiting), *(b.say for b in found.impossible))
    return tuple(dict.fromkeys(sentences))


def searched(
    job: SearchJob, progress: Share | None = None, cancelled: Callable[[], bool] | None = None
) -> Any:
    """Returns what a search in another process found; stopped early, the best so far."""
    while not job.over:
        found = job.latest()
        if progress and found is not None:
            progress(found.done)
        if cancelled and cancelled():
            found = job.cancel()
            if found is None:
                raise RefusedError("Stopped before anything was found; nothing was changed.")
            return found
        sleep(_LOOK_EVERY)
    return job.result()
