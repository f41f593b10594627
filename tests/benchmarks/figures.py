"""Figures of a benchmark: a row says what was measured, beside what, and what must be reached."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One row. `floor` is what was measured beside it in the same run; `limit` is in its unit."""

    what: str
    of: str
    value: float
    unit: str
    limit: float | None = None
    floor: float | None = None
    factor: float | None = None
    """How many times the floor it may take."""
    count: int = 1

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None when there is none."""
        if self.limit is not None:
            return self.value <= self.limit
        if self.factor is not None and self.ratio is not None:
            return self.ratio <= self.factor
        return None

    def row(self) -> str:
        """The figure as a row of a Markdown table."""
        target = ""
        if self.limit is not None:
            target = f"at most {self.limit:g} {self.unit}"
        elif self.factor is not None:
            target = f"at most {self.factor:g}x"
        cells = (
            self.what,
            self.of,
            str(self.count),
            f"{self.value:.3g} {self.unit}" if self.value < 1000 else f"{self.value:.0f}",
            "" if self.floor is None else f"{self.floor:.3g} {self.unit}",
            "" if self.ratio is None else f"{self.ratio:.2f}",
            target,
            {True: "yes", False: "**no**", None: ""}[self.reached],
        )
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| what | of | times | measured | floor in the same run | ratio | target | reached |\n"
    "|---|---|---|---|---|---|---|---|"
)


def share(values: Iterable[float], percent: float) -> float:
    """Returns the value that `percent` of `values` don't exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * percent // 100), 1).__int__() - 1]


def milliseconds(values: Sequence[float], percent: float) -> float:
    return share(values, percent) * 1000


def conditions() -> str:
    """Returns in a line what the run stood on."""
    load = (
        " ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    )
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load}"
    )
