"""Tables as files: read back by other readers, with nothing in them that acts."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from checkin.errors import CheckinError, RefusedError
from checkin.event.table_files import Cell, guarded, write_table

HEADER = ["name", "organisation", "table"]
ROWS: list[list[Cell]] = [
    ["Anna Kowalska", "Urząd Miasta Łodzi", 4],
    ['=HYPERLINK("http://x","y")', "@SUM(1)", None],
    ["+33 1 23", "-1", 7],
    ["\t=1+1", "\r=2", 0],
    ["Ann [/x] Lee", "a | b\nc", None],
    ["x;=1+1;y", "＝1", 1],
    ["\x1b[2J<script>", "Γιώργος Щ", -2],
]


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_csv_is_read_back_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    assert write_table(tmp_path / "out.csv", HEADER, ROWS) == 7
    assert read_csv(tmp_path / "out.csv") == [
        HEADER,
        ["Anna Kowalska", "Urząd Miasta Łodzi", "4"],
        ['\'=HYPERLINK("http://x","y")', "'@SUM(1)", ""],
        ["'+33 1 23", "'-1", "7"],
        ["'=1+1", "'=2", "0"],
        ["Ann [/x] Lee", "a | b c", ""],
        ["x;'=1+1;y", "'＝1", "1"],
        ["[2J<script>", "Γιώργος Щ", "-2"],
    ]
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@given(st.text())
def test_nothing_that_parts_cells_leaves_one_that_starts_a_formula(text: str) -> None:
    for cell in guarded(text).split(";"):
        assert not cell.startswith(tuple("=+-@\t\r"))


def test_an_xlsx_holds_text_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    assert write_table(tmp_path / "out.xlsx", HEADER, ROWS) == 7
    sheet = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_index(0).to_python()
    assert sheet[0] == HEADER
    assert sheet[1] == ["Anna Kowalska", "Urząd Miasta Łodzi", 4]
    assert sheet[2][:2] == ['=HYPERLINK("http://x","y")', "@SUM(1)"]
    assert sheet[3] == ["+33 1 23", "-1", 7]
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        content = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in content
    assert b"hyperlink" not in content


def test_json_is_one_object_a_row(tmp_path: Path) -> None:
    assert write_table(tmp_path / "out.json", HEADER, ROWS) == 7
    objects = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert objects[0] == {"name": "Anna Kowalska", "organisation": "Urząd Miasta Łodzi", "table": 4}
    assert objects[1]["table"] is None
    assert objects[6]["name"] == "[2J<script>"


def test_markdown_shows_every_cell_as_it_is(tmp_path: Path) -> None:
    write_table(tmp_path / "out.md", HEADER, ROWS)
    lines = (tmp_path / "out.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "| name | organisation | table |"
    assert lines[1] == "| --- | --- | --- |"
    assert lines[6] == r"| Ann \[/x\] Lee | a \| b c |  |"
    assert lines[8] == r"| \[2J\<script\> | Γιώργος Щ | -2 |"


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".json", ".md", ".CSV"])
def test_an_empty_table_is_a_header(tmp_path: Path, ending: str) -> None:
    assert write_table(tmp_path / f"out{ending}", HEADER, []) == 0
    assert (tmp_path / f"out{ending}").exists()


@pytest.mark.parametrize("name", ["out", "out.doc", ".csv"])
def test_an_ending_that_does_not_work_names_those_that_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedError, match=r"\.csv, \.xlsx, \.json or \.md"):
        write_table(tmp_path / name, HEADER, ROWS)
    assert list(tmp_path.iterdir()) == []


def test_rows_that_fail_half_way_leave_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    write_table(out, HEADER, ROWS)
    before = out.read_bytes()
    with pytest.raises(ValueError, match="2 cells under 3 columns"):
        write_table(out, HEADER, [*ROWS, ["a", "b"]])
    assert out.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CheckinError, match="is not there"):
        write_table(tmp_path / "nowhere" / "out.csv", HEADER, ROWS)
