"""The door without a screen: a scan beside a bare durable insert, and lists of many rows.

The insert is the floor under every acknowledged check-in: one row of the journal's width, with the
pragmas that the event file says it has, on the same disk, taken in turns with the scans.
"""

from __future__ import annotations

import csv
import gc
import itertools
import sqlite3
import uuid
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from time import perf_counter

from python_calamine import CalamineWorkbook

from checkin.door.answers import Kind
from checkin.door.desk import Door
from checkin.errors import RefusedError
from checkin.event.session import EventSession, open_event
from checkin.roster.roster import Roster
from tests.benchmarks.crowds import copy_of_crowd, make_crowded_event, write_csv, write_xlsx
from tests.benchmarks.figures import Figure, milliseconds

PRAGMAS = (
    "synchronous", "fullfsync", "checkpoint_fullfsync", "foreign_keys", "recursive_triggers",
    "secure_delete", "trusted_schema", "cache_size", "wal_autocheckpoint",
)  # fmt: skip
COLUMNS = 12
WARM = 5
"""Scans before the watch runs: imports and caches are the morning's first, not its usual."""


class BareInsert:
    """One table of the journal's width in a file of its own, with the pragmas of `session`."""

    def __init__(self, path: Path, session: EventSession) -> None:
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.execute("PRAGMA journal_mode=WAL")
        with session.reading() as connection:
            for name in PRAGMAS:
                value = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                self._file.execute(f"PRAGMA {name}={value}")
                assert self._file.execute(f"PRAGMA {name}").fetchone() == (value,)
        names = ", ".join(f"c{n} TEXT" for n in range(COLUMNS))
        self._file.execute(f"CREATE TABLE journal (position INTEGER PRIMARY KEY, {names})")
        marks = ", ".join("?" * COLUMNS)
        self._insert = f"INSERT INTO journal VALUES (NULL, {marks})"

    def __call__(self) -> None:
        """Writes one row, on disk when this returns."""
        values = [uuid.uuid4().hex] * (COLUMNS - 3) + ["x" * 200, "0" * 64, "0" * 64]
        self._file.execute("BEGIN IMMEDIATE")
        self._file.execute(self._insert, values)
        self._file.execute("COMMIT")

    def close(self) -> None:
        self._file.close()


def timed(act: Callable[[], object]) -> float:
    """Returns the seconds that `act` takes."""
    start = perf_counter()
    act()
    return perf_counter() - start


def scans(folder: Path, people: int, samples: int) -> list[Figure]:
    """Scan to durable answer at `people` registered, in pairs with bare inserts."""
    each = min(samples, people - WARM - 1)
    ours: list[float] = []
    bare: list[float] = []
    for turn in range(-(-samples // each)):
        event = copy_of_crowd(folder / f"scan-{people}-{turn}.checkin", people)
        session = open_event(event, desk="A")
        insert = BareInsert(folder / f"bare-{people}-{turn}.db", session)
        _pairs(session, insert, each, ours, bare)
        insert.close()
        session.close()
    about = f"{people:,} people"
    return [
        Figure(f"scan to durable answer, p{percent}", about, milliseconds(ours, percent), "ms",
               floor=milliseconds(bare, percent), factor=2, count=len(ours))
        for percent in (50, 99)
    ]  # fmt: skip


def _pairs(
    session: EventSession, insert: BareInsert, count: int, ours: list[float], bare: list[float]
) -> None:
    door = Door(session)
    door.load()
    session.reserve()
    # As the app does when everybody can be found.
    gc.freeze()
    with closing(sqlite3.connect(session.path)) as file:
        query = "SELECT code FROM person ORDER BY id LIMIT ?"
        codes = [code for (code,) in file.execute(query, (count + WARM,))]
    for place, code in enumerate(codes):
        answers: list[Kind] = []

        def scan(code: str = code, answers: list[Kind] = answers) -> None:
            answers += [answer.kind for answer in door.scan(code, nonce=uuid.uuid4().hex)]

        took, floor = timed(scan), timed(insert)
        assert answers == [Kind.WELCOME]
        # As the app does when an answer is painted and nobody waits.
        door.seating.look_ahead()
        session.tidy()
        if place >= WARM:
            ours.append(took)
            bare.append(floor)


def imports(folder: Path, people: int) -> list[Figure]:
    """Import of `people` rows from an empty event, beside reading and storing them barely."""
    figures = []
    for name, write, read in (
        ("CSV", write_csv, _csv_rows),
        ("XLSX", write_xlsx, _xlsx_rows),
    ):
        source = write(folder / f"list-{people}.{name.lower()}", people)
        session = open_event(make_crowded_event(folder / f"{name}-{people}.checkin", 0), desk="A")
        floor = timed(lambda: _stored(read(source), folder / f"bare-{name}.db"))  # noqa: B023
        reports: list[float] = []

        def told(_done: int, _of: int, reports: list[float] = reports) -> None:
            reports.append(perf_counter())

        roster = Roster(session)
        start = perf_counter()
        preview = roster.preview(source, progress=told)
        seen = perf_counter()
        stopped = _stopped(roster, preview)
        again = perf_counter()
        stored = roster.store(preview, progress=told)
        end = perf_counter()
        assert stored.new == people
        took = (seen - start) + (end - again)
        silent = max(_longest(start, seen, reports), _longest(again, end, reports))
        about = f"{people:,} rows, {name}"
        figures += [
            Figure("import", about, took, "s", limit=20, floor=floor),
            Figure("import: to the preview", about, seen - start, "s"),
            Figure("import: longest without progress", about, silent, "s", count=len(reports)),
            Figure("import: from cancel to nothing written", about, stopped, "s"),
        ]
        session.close()
    return figures


def _longest(start: float, end: float, reports: list[float]) -> float:
    """Returns the longest silence between reports from `start` to `end`."""
    marks = [start, *(at for at in reports if start < at < end), end]
    return max(after - before for before, after in itertools.pairwise(marks))


def _stopped(roster: Roster, preview: object) -> float:
    """Stores, cancels when half is done, and returns the seconds until it has let go."""
    asked = 0.0

    def half(done: int, of: int) -> None:
        nonlocal asked
        if done * 2 >= of and not asked:
            asked = perf_counter()

    before = perf_counter()
    try:
        roster.store(preview, progress=half, cancelled=lambda: asked > 0)  # type: ignore[arg-type]
    except RefusedError:
        return perf_counter() - (asked or before)
    raise AssertionError("the cancelled import went on")


def _csv_rows(path: Path) -> Iterable[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _xlsx_rows(path: Path) -> Iterable[list[str]]:
    for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python():
        yield [str(cell) for cell in row]


def _stored(rows: Iterable[list[str]], path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA synchronous=FULL")
        file.execute("CREATE TABLE person (a, b, c, d, e, f, g)")
        file.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
