"""The benchmark of the door runs on tiny sizes; no times are judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import door
from tests.benchmarks.figures import Figure, share


def test_every_part_measures_what_the_table_has(capsys: pytest.CaptureFixture[str]) -> None:
    figures = door.measure((30,), 8)
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == len(figures)
    assert all(row.count("|") == 9 for row in rows)
    for start in (
        "scan to durable answer, p99",
        "start to a field",
        "keystroke to results painted, p95",
        "Enter after a name to the answer painted, p99",
        "scan with Enter to the answer painted, p99",
        "memory",
        "import",
    ):
        (some, *_) = [figure for figure in figures if figure.what.startswith(start)]
        assert some.value > 0
        assert some.reached is not None


def test_a_figure_is_held_to_its_limit_or_to_its_floor() -> None:
    assert Figure("a", "b", 2.0, "ms", limit=1).reached is False
    assert Figure("a", "b", 2.0, "ms", floor=1.0, factor=2).reached is True
    assert Figure("a", "b", 2.0, "ms", floor=1.0).reached is None
    assert share([4, 1, 3, 2], 50) == 2
    assert share([4, 1, 3, 2], 99) == 4
    assert share(range(1, 101), 95) == 95


def test_a_list_for_the_import_has_a_row_a_person(tmp_path: Path) -> None:
    from tests.benchmarks.crowds import write_csv

    lines = write_csv(tmp_path / "list.csv", 12).read_text("utf-8").splitlines()
    assert len(lines) == 13
    assert lines[0].startswith("First name,Surname")
