"""The figures of the seating engine: `python tests/benchmarks/tables.py` prints them all.

One thread, pure Python. Rooms, days and people are invented from the seeds. Every row says what was
seen, how long it took here and what must be reached; nothing is left out. About ten minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import mean, median, quantiles
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from checkin.tables.arrival import RoomState, arrival_seat  # noqa: E402
from checkin.tables.mixing import mix  # noqa: E402
from checkin.tables.room import Guest, Kind, Room, Side, Table  # noqa: E402
from checkin.tables.score import score  # noqa: E402
from checkin.tables.search import Effort, improve  # noqa: E402
from checkin.tables.values import changed  # noqa: E402
from tests.door.crowd import crowd  # noqa: E402
from tests.tables.days import Day, simulated_day  # noqa: E402
from tests.tables.invented import perfect_room  # noqa: E402

PERFECT = ((60, 1, 0), (120, 2, 0), (300, 4, 0), (500, 10, 20), (1000, 25, 60))
"""People, seconds allowed, points allowed."""

REPEATS = (
    (6, 10, 3, 48), (7, 9, 3, 28), (12, 10, 3, 0), (30, 10, 3, 0), (50, 10, 4, 0), (8, 4, 7, 0),
    (8, 4, 10, 18),
)  # fmt: skip
"""Tables, people at each, rounds, repeats allowed."""

DAYS = ((10, 7, 4), (7, 10, 6), (9, 8, 5))
"""Tables, seats, minimum; the first is what the program proposes for a new event."""

MEMORY = """
import sys; sys.path.insert(0, {root!r})
from checkin.tables.plan import plan
from tests.tables.invented import perfect_room
from checkin.tables.search import Effort
for report in plan(perfect_room({people}, 1), 0.0, Effort.QUICK, 1):
    pass
try:
    import resource
except ImportError:
    print(-1)
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak *= 1 if sys.platform == "darwin" else 1024
    try:
        # On Linux the other figure is never below what the parent had before this began.
        lines = open("/proc/self/status", encoding="ascii").read().splitlines()
        peak = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        pass
    print(peak)
"""

IMPORT = """
import sys; sys.path.insert(0, {root!r})
from time import perf_counter
start = perf_counter(); import checkin.tables.{module}; print((perf_counter() - start) * 1000)
"""


def perfect_rooms(
    cases: Iterable[tuple[int, float, int]], seeds: Iterable[int], fill: tuple[int, int]
) -> list[tuple[int, int, int, float, int]]:
    """Returns people, seed, points within the seconds allowed, seconds used, points allowed."""
    rows = []
    for people, seconds, allowed in cases:
        for seed in seeds:
            room = perfect_room(people, seed, fill=fill)
            start = perf_counter()
            seating: dict[str, int] = {}
            for report in improve(room, None, Effort.NORMAL, seed):
                if perf_counter() - start > seconds:
                    break
                seating = report.seating
            took = perf_counter() - start
            rows.append((people, seed, score(room, seating).total, took, allowed))
    return rows


def simulated_days(tables: tuple[int, int, int], seeds: Iterable[int]) -> list[Day]:
    """Returns the days of the seeds, 60 registered, for tables as (count, seats, minimum)."""
    count, seats, minimum = tables
    room = tuple(Table(n, seats, minimum) for n in range(1, count + 1))
    return [simulated_day(seed, 60, room) for seed in seeds]


def plain_repeats(
    cases: Iterable[tuple[int, int, int, int]],
) -> list[tuple[int, int, int, int, float, int]]:
    """Returns tables, size, rounds, repeats, seconds, repeats allowed; no attributes."""
    rows = []
    for tables, size, rounds, allowed in cases:
        room = Room(
            tuple(Table(n + 1, size, 0) for n in range(tables)),
            tuple(Guest(f"g{n}") for n in range(tables * size)),
        )
        start = perf_counter()
        *_, found = mix(room, rounds, Effort.NORMAL, 1)
        rows.append((tables, size, rounds, sum(found.repeats), perf_counter() - start, allowed))
    return rows


def mixed_crowd(people: int, rounds: int, seed: int) -> tuple[list[tuple[int, int, int]], float]:
    """Returns strangers, repeats and points of each round, and the seconds for all of them."""
    room = changed(perfect_room(people, seed), kind=Kind.MIX)
    start = perf_counter()
    *_, found = mix(room, rounds, Effort.NORMAL, seed)
    took = perf_counter() - start
    rows = []
    for n, seating in enumerate(found.rounds):
        judged = score(changed(room, earlier=found.rounds[:n]), seating)
        rows.append((judged.terms.strangers, judged.terms.met, judged.total))
    return rows, took


def arrivals(people: int, seed: int) -> list[float]:
    """Returns the milliseconds of each answer while the last tenth of a room arrives."""
    room = perfect_room(people, seed)
    late = room.guests[-max(people // 10, 2) :]
    seated = {g.id: room.tables[n % len(room.tables)].number for n, g in enumerate(room.guests)}
    for guest in late:
        del seated[guest.id]
    state = RoomState(room, seated, late)
    took = []
    for guest in late:
        start = perf_counter()
        answer = arrival_seat(state, guest)
        took.append((perf_counter() - start) * 1000)
        if answer.table is not None:
            state.seat(guest, answer.table)
    return took


def arrivals_of_crowd(people: int, samples: int = 400) -> list[float]:
    """Returns the milliseconds of each answer to the first who come of a crowd, 60 tables of 10."""
    guests = [
        Guest(str(n), each.territory, (Side.LOCAL, Side.REGION)[n % 2], name=each.given_name)
        for n, each in enumerate(crowd(people, 1))
    ]
    room = Room(tuple(Table(n, 10, 6) for n in range(1, 61)), ())
    state = RoomState(room, {}, guests)
    took = []
    for guest in guests[:samples]:
        start = perf_counter()
        answer = arrival_seat(state, guest)
        took.append((perf_counter() - start) * 1000)
        if answer.table is not None:
            state.seat(guest, answer.table)
    return took


def fresh(code: str) -> float:
    """Returns the number that some code prints in a fresh process, which may use compiled files."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    compiled = Path(tempfile.gettempdir()) / "checkin-benchmark-compiled"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=kept | {"PYTHONPYCACHEPREFIX": str(compiled)},
    )
    return float(done.stdout)


def main() -> None:
    """Prints every figure as rows of Markdown tables."""
    seeds = range(1, 6)
    for fill, words in (((7, 10), "7 to 10 at a table of 10"), ((10, 10), "every table full")):
        print(f"\nPerfect seating inside, {words}; seeds {list(seeds)}, effort normal\n")
        print("| people | points by seed | must reach | seconds, slowest |\n|---|---|---|---|")
        for case in PERFECT:
            rows = perfect_rooms([case], seeds, fill)
            points = ", ".join(str(row[2]) for row in rows)
            slowest = max(row[3] for row in rows)
            print(
                f"| {case[0]} | {points} | {case[2]} in {case[1]} s | {slowest:.1f} |", flush=True
            )
    for tables in DAYS:
        print_days(tables, range(1, 51))
    print("\nRepeats without attributes\n\n| tables x size x rounds | repeats | must reach | s |")
    print("|---|---|---|---|")
    for count, size, rounds, again, took, allowed in plain_repeats(REPEATS):
        print(f"| {count} x {size} x {rounds} | {again} | {allowed} | {took:.2f} |", flush=True)
    print(
        "\n500 people, 3 rounds, languages and territories\n\n| seed | strangers, repeats, points"
    )
    for seed in (1, 2, 3):
        rows, took = mixed_crowd(500, 3, seed)
        print(f"| {seed} | {rows} | {took:.1f} s", flush=True)
    for people in (60, 1000):
        took_ms = arrivals(people, 1)
        print(
            f"\nArrival among {people}: median {median(took_ms):.2f} ms, worst {max(took_ms):.2f}"
        )
    for people in (62, 10_000, 100_000):
        took_ms = arrivals_of_crowd(people)
        print(
            f"\nArrival while {people} are due: median {median(took_ms):.3f} ms, "
            f"99th percentile {quantiles(took_ms, n=100)[98]:.3f}"
        )
    peak = fresh(MEMORY.format(root=str(ROOT), people=500)) / 2**20
    print(f"\nPeak memory of a process that plans 500 people: {peak:.1f} MiB")
    for module in ("score", "arrival", "repair", "mixing"):
        code = IMPORT.format(root=str(ROOT), module=module)
        best = min(fresh(code) for _ in range(7))
        print(f"import checkin.tables.{module}: {best:.1f} ms in a fresh process (best of 7)")


def print_days(tables: tuple[int, int, int], seeds: range) -> None:
    """Prints the simulated days of one set of tables."""
    days = simulated_days(tables, seeds)
    pairs = sum(day.pairs for day in days)
    door = [day.at_door.total for day in days]
    after = [day.repaired.total for day in days]
    print(
        f"\nSimulated days: 60 registered, 28 % away by delegations, {tables[0]} tables of "
        f"{tables[1]} (minimum {tables[2]}), seeds {seeds.start} to {seeds.stop - 1}\n"
    )
    print("| figure | at the door | after the repair | must reach |\n|---|---|---|---|")
    together = 100 * sum(day.together for day in days) / pairs
    mended = 100 * sum(day.together_after for day in days) / pairs
    print(f"| pairs together | {together:.1f} % | {mended:.1f} % | 97 % at the door |")
    print(f"| points a day | {mean(door):.0f} | {mean(after):.0f} | 100, then 30 |")
    print(
        f"| ninth day of ten | {quantiles(door, n=10)[8]:.0f} | {quantiles(after, n=10)[8]:.0f} | |"
    )
    strangers = [
        sum(d.at_door.terms.strangers for d in days),
        sum(d.repaired.terms.strangers for d in days),
    ]
    print(f"| strangers, all days | {strangers[0]} | {strangers[1]} | 0 |")
    short = [sum(d.at_door.terms.short for d in days), sum(d.repaired.terms.short for d in days)]
    print(f"| seats under a minimum, all days | {short[0]} | {short[1]} | 0 after the repair |")
    print(f"| moves a day | | {mean(day.moves for day in days):.2f} | 2 |", flush=True)


if __name__ == "__main__":
    main()
