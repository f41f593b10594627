"""One table and one territory while the doors are open: who sits there, and who is due.

Each keeps its own counts, in whole numbers, and what its people speak. Who comes and goes is told
to them by `RoomState`.
"""

from __future__ import annotations

from checkin.tables.room import Guest, Side, Table
from checkin.tables.tongues import Spoken

PLACE_OF_SIDE = {Side.LOCAL: 0, Side.REGION: 1, Side.NEITHER: 2}
"""Where a side's people stand in `Home.came` and `Home.due`."""


class Awaited:
    """People due, counted. A party is a territory's people of one side; who has none is one.

    `sure` are those due of parties that have begun to come, `others` the rest, in so many
    `parties`; the squares are those of the parties' sizes, which their variance needs.
    """

    __slots__ = ("others", "others_squares", "parties", "sure", "sure_squares")

    def __init__(self) -> None:
        self.sure = self.sure_squares = 0
        self.others = self.others_squares = self.parties = 0

    def add(self, more: Awaited, step: int) -> None:
        """Counts others in (1) or out (-1)."""
        self.sure += step * more.sure
        self.sure_squares += step * more.sure_squares
        self.others += step * more.others
        self.others_squares += step * more.others_squares
        self.parties += step * more.parties

    def count(self, due: int, begun: bool) -> None:
        """Counts a party of so many due, which has begun to come or not."""
        if begun:
            self.sure += due
            self.sure_squares += due * due
        elif due:
            self.others += due
            self.others_squares += due * due
            self.parties += 1

    def add_alone(self, step: int) -> None:
        """Counts somebody without a territory in (1) or out (-1)."""
        self.others += step
        self.others_squares += step
        self.parties += step


class Home:
    """One territory while the doors are open: who of it came and is due, and where they sit.

    `came` and `due` count by side, in the order of `PLACE_OF_SIDE`; `seats` counts by table. `main`
    is the table where most of them sit.
    """

    __slots__ = ("awaited", "came", "due", "main", "seats")

    def __init__(self) -> None:
        self.came = [0, 0, 0]
        self.due = [0, 0, 0]
        self.seats: dict[int, int] = {}
        self.awaited = Awaited()
        self.main: int | None = None

    def recount(self) -> None:
        """Works out anew what follows from who came and who is due."""
        awaited, seats = Awaited(), self.seats
        for came, due in zip(self.came, self.due, strict=True):
            awaited.count(due, came > 0)
        self.awaited = awaited
        if len(seats) > 1:
            self.main = max(seats, key=lambda number: (seats[number], -number))
        else:
            self.main = next(iter(seats), None)


class Place:
    """One table while the doors are open: who sits there, and who it waits for.

    `awaited` are people due whose territory sits here, `pins` people due who are pinned here,
    `step_free_pins` those of them who need a step-free chair. `short` is how many the table lacks
    of its minimum (below 0 when it has more). `common` is the mask of the languages that everybody
    speaks, `union` of those that somebody speaks.
    """

    # fmt: off
    __slots__ = ("_changes", "_spoken", "awaited", "common", "free", "number", "open", "people",
                 "pins", "short", "step_free_pins", "table", "tongues", "union")
    # fmt: on

    def __init__(self, table: Table) -> None:
        self.table = table
        self.number = table.number
        self.open = table.open
        self.free = table.seats
        self.short = table.minimum
        self.people: dict[str, Guest] = {}
        self.tongues: dict[int, int] = {}
        self.common = -1
        self.union = 0
        self.awaited = Awaited()
        self.pins = self.step_free_pins = 0
        self._changes: dict[int, int] = {}
        self._spoken: Spoken | None = None

    def speak(self, mask: int, step: int) -> None:
        """Takes note that somebody who speaks `mask` sits down (1) or leaves (-1)."""
        before = len(self.tongues)
        count(self.tongues, mask, step)
        self._changes.clear()
        self._spoken = None
        if step > 0:
            self.common &= mask
            self.union |= mask
        elif len(self.tongues) < before:
            self.common, self.union = -1, 0
            for tongue in self.tongues:
                self.common &= tongue
                self.union |= tongue

    def language_change(self, mask: int, strangers: int, whisper: int) -> int:
        """Points of the table's language with one more who speaks `mask`, less those without."""
        if self.common & mask:
            return 0
        if strangers >= whisper:
            # Nobody there can help, or everybody can: then it is the one who comes who costs.
            if not self.union & mask:
                return strangers
            if self.common:
                return whisper
        found = self._changes.get(mask)
        if found is None:
            found = self._changes[mask] = self.spoken(strangers, whisper).change(mask)
        return found

    def spoken(self, strangers: int, whisper: int) -> Spoken:
        """Returns what is spoken here, tallied once until somebody sits down or leaves."""
        if self._spoken is None:
            self._spoken = Spoken(self.tongues, strangers, whisper)
        return self._spoken


def count(counts: dict, key: object, step: int) -> None:  # type: ignore[type-arg]
    """Counts up or down; keys at zero are dropped, so that only what is there is looped over."""
    left = counts.get(key, 0) + step
    if left:
        counts[key] = left
    else:
        del counts[key]
