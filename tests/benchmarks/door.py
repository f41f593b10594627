"""The figures of the door: `python -m tests.benchmarks.door` prints them as a table.

Every figure is measured in this one run, beside its floor and in turns with it where there is one.
`--quick` shows in a minute that it works; the figures that count come from a whole run on a quiet
machine.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

from tests.benchmarks import door_service, door_terminal
from tests.benchmarks.crowds import SEED, copy_of_crowd
from tests.benchmarks.figures import HEAD, Figure, conditions

PEOPLE = (62, 10_000, 100_000)
PARTS = ("scan", "start", "terminal", "import")


def measure(
    people: tuple[int, ...], samples: int, parts: tuple[str, ...] = PARTS, seed: int = SEED
) -> list[Figure]:
    """Returns the figures; `samples` scans at each size, and fewer of what takes longer."""
    most = max(people)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), name)
        with patch.dict(os.environ, homes):
            jobs: dict[str, Callable[[], list[Figure]]] = {
                "scan": lambda: [f for n in people for f in door_service.scans(folder, n, samples)],
                "start": lambda: [
                    figure
                    for n in sorted({min(people), most})
                    for figure in door_terminal.starts(
                        copy_of_crowd(folder / f"start-{n}.checkin", n, seed),
                        n,
                        max(samples // 40, 2),
                    )
                ],
                "terminal": lambda: door_terminal.door(
                    copy_of_crowd(folder / "door.checkin", most, seed),
                    most,
                    max(samples // 8, 3),
                    seed,
                ),
                "import": lambda: door_service.imports(folder, most),
            }
            for part in parts:
                start = perf_counter()
                found = jobs[part]()
                print("\n".join(figure.row() for figure in found), flush=True)
                say(f"{part}: {perf_counter() - start:.0f} s; {conditions()}")
                figures += found
    return figures


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=list(PEOPLE))
    parser.add_argument("--part", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--samples", type=int, default=400, help="scans at each size")
    parser.add_argument("--quick", action="store_true", help="small sizes, few samples")
    wanted = parser.parse_args()
    people, samples = tuple(wanted.people), wanted.samples
    if wanted.quick:
        people, samples = (62, 2_000), 40
    print(f"seed {SEED}, {samples} samples, people {people}; {conditions()}\n\n{HEAD}", flush=True)
    figures = measure(people, samples, tuple(wanted.part))
    missed = sum(figure.reached is False for figure in figures)
    say(f"{missed} targets missed; {conditions()}")


if __name__ == "__main__":
    main()
