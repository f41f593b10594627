"""The benchmark of the tables runs on tiny sizes; no times are judged."""

from __future__ import annotations

from tests.benchmarks import tables


def test_perfect_rooms_and_repeats_have_a_row_per_case() -> None:
    rows = tables.perfect_rooms([(20, 5, 0)], [1, 2], (7, 10))
    assert [(row[0], row[1], row[2]) for row in rows] == [(20, 1, 0), (20, 2, 0)]
    (row,) = tables.plain_repeats([(4, 4, 3, 0)])
    assert row[:4] == (4, 4, 3, 0)


def test_a_simulated_day_counts_what_the_benchmark_prints() -> None:
    (day,) = tables.simulated_days((10, 7, 4), [1])
    assert day.pairs > 0
    assert 0 <= day.together <= day.together_after <= day.pairs
    assert day.repaired.total <= day.at_door.total
    assert day.moves == 0 or day.rungs


def test_a_mixed_crowd_has_a_row_per_round() -> None:
    rows, took = tables.mixed_crowd(30, 2, 1)
    assert len(rows) == 2
    assert all(strangers == 0 for strangers, _, _ in rows)
    assert took > 0


def test_arrivals_and_memory_are_measured() -> None:
    assert len(tables.arrivals(40, 1)) == 4
    assert len(tables.arrivals_of_crowd(20, 5)) == 5
    code = tables.MEMORY.format(root=str(tables.ROOT), people=20)
    assert tables.fresh(code) != 0
