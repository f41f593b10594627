"""The preview shows a list as it would be imported, and follows each choice that is changed."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from checkin.errors import ListFileError
from checkin.roster.demo import write_demo_list
from checkin.roster.plan import ExistingPerson
from checkin.roster.preview import (
    SHOWN_ROWS,
    ReadingOptions,
    change_field,
    change_header,
    field_choices,
    preview_list,
    require_names,
)
from checkin.roster.template import EXAMPLE, template_csv

Maker = Callable[[str, Sequence[Sequence[object]]], Path]


@pytest.fixture
def eusurvey(xlsx: Maker) -> Path:
    """A survey's export: three lines above the titles, a row without a name, a doubled person."""
    header = ["First name", "Surname", "E-mail address", "Organisation", "Contribution ID",
              "User name", "Creation date", "Last update", "Languages"]  # fmt: skip
    people = [
        ["Zoë", "Berg", "zoe@example.org", "Gemeente Utrecht", "c1", "", "2024-09-01", "", "EN"],
        ["Jan", "Kos", "jan at work", "Urząd Miasta Łodzi", "c2", "", "2024-09-02", "", "PL"],
        ["", "", "who@example.org", "Somewhere", "c3", "", "2024-09-03", "", "EN"],
        ["Zoë", "Berg", "zoe@example.org", "Gemeente Utrecht", "c4", "", "2024-09-04", "", "EN"],
    ]
    above = [["Alias", "Workshop"], ["Export Date", "2024-09-19"], [""]]
    return xlsx("survey.xlsx", [*above, header, *people])


def test_columns_rows_and_problems_are_shown_before_anything_is_written(eusurvey: Path) -> None:
    preview = preview_list(eusurvey)
    assert preview.columns.header_row == 4
    assert [(choice.letter, choice.field) for choice in preview.choices][:4] == [
        ("A", "given_name"), ("B", "family_name"), ("C", "email"), ("D", "organisation"),
    ]  # fmt: skip
    assert preview.choices[0].examples == ("Zoë", "Jan")
    assert [(row.row, row.rejected != "") for row in preview.first_rows] == [
        (5, False), (6, False), (7, True), (8, False),
    ]  # fmt: skip
    assert [(problem.row, problem.field) for problem in preview.problems] == [
        (6, "email"), (7, "rejected"), (8, "duplicate"),
    ]  # fmt: skip
    assert preview.counts == {"email": 1, "rejected": 1, "duplicate": 1}
    assert preview.plan.rows == 4
    assert len(preview.plan.new) == 2
    assert preview.plan.unmapped == ("User name", "Last update", "Languages")


def test_a_changed_column_changes_the_rows(eusurvey: Path) -> None:
    preview = preview_list(eusurvey)
    changed = change_field(preview, 3, "territory")
    # The later of Zoë's two rows is the one that counts.
    assert [(new.row, new.entry.territory) for new in changed.plan.new] == [
        (6, "Łódzkie"), (8, "Utrecht"),
    ]  # fmt: skip
    assert {new.entry.organisation for new in changed.plan.new} == {""}
    assert change_field(changed, 3, "").columns.field_of(3) == ""
    with pytest.raises(ListFileError):
        change_field(preview, 3, "shoe_size")


def test_the_titles_can_be_looked_for_in_another_row(eusurvey: Path) -> None:
    preview = preview_list(eusurvey)
    wrong = change_header(preview, 2)
    assert wrong.columns.header_row == 2
    assert not wrong.columns.names_people
    none = change_header(preview, 0)
    assert none.columns.titles[0] == "column A"
    assert change_header(wrong, 4).plan.new == preview.plan.new
    with pytest.raises(ListFileError):
        change_header(preview, 99)


def test_ten_rows_are_shown_also_of_a_list_that_is_there_already(tmp_path: Path) -> None:
    path = tmp_path / "demo.csv"
    write_demo_list(path)
    first = preview_list(path)
    people = [ExistingPerson(str(new.row), new.entry) for new in first.plan.new]
    again = preview_list(path, existing=people)
    assert len(first.first_rows) == len(again.first_rows) == SHOWN_ROWS
    assert again.plan.changes_nothing


def test_options_say_what_was_found_wrongly(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Who;Where\nPeña Núñez;Málaga\n".encode("cp1252"))
    options = ReadingOptions(
        encoding="cp1252", fields={"full_name": "Who", "organisation": "B"}, header_row=1
    )
    entry = preview_list(path, options).plan.new[0].entry
    assert (entry.given_name, entry.family_name) == ("Peña", "Núñez")
    assert entry.territory == "Andalucía"


def test_a_list_without_names_is_shown_and_refused_only_when_it_is_to_be_stored(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Colour,Size\nred,4\n", encoding="utf-8")
    preview = preview_list(path)
    assert any(problem.serious for problem in preview.problems)
    with pytest.raises(ListFileError, match="full_name"):
        require_names(preview.columns)


def test_the_template_is_read_back_as_its_example(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    path.write_text(template_csv(), encoding="utf-8", newline="")
    rows = list(csv.reader(template_csv().splitlines()))
    assert len(rows) == 2
    plan = preview_list(path).plan
    assert [new.entry for new in plan.new] == [EXAMPLE]
    assert not plan.notes
    assert field_choices()[0] == ""
