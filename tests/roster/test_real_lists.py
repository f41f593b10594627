"""The lists of real tools as files, in the format and encoding in which the tools write them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from checkin.roster.preview import preview_list
from checkin.text import clean

VECTORS = Path(__file__).parent.parent / "vectors" / "list_headers.json"
LISTS = json.loads(VECTORS.read_text(encoding="utf-8"))["lists"]

# ţ and not ț: the old code page has only the letter with the cedilla.
ANSWERS = {
    "given_name": ("Zoë", "Jürgen"),
    "family_name": ("Peña", "Groß"),
    "full_name": ("DUPONT Jean-Marie", "Zoë PEÑA"),
    "email": ("zoe@example.org", "juergen@example.org"),
    "organisation": ("Stad Gent", "Métropole Européenne de Lille"),
    "level": ("a city", "a region"),
    "territory": ("Vlaanderen", "Hauts-de-France"),
    "country": ("Belgium", "France"),
    "languages": ("English, French", "German"),
    "diet": ("vegan", ""),
    "external_id": ("a-1", "a-2"),
}
ROMANIAN = {
    "given_name": ("Ştefan", "Ioana"),
    "family_name": ("Ţurcanu", "Dăncilă"),
    "email": ("stefan@example.org", "ioana@example.org"),
    "organisation": ("Primăria Cluj-Napoca", "Consiliul Judeţean Cluj"),
    "territory": ("Cluj", "Cluj"),
}


def rows_of(vector: dict[str, Any], answers: dict[str, tuple[str, str]]) -> list[list[str]]:
    above = [[cell.strip() for cell in line.split("|")] for line in vector.get("above", [])]
    while len(above) < vector["header_row"] - 1:
        above.append([""])
    field_of = {title: field for field, title in vector["expect"].items()}
    below = vector.get("rows") or [
        [answers.get(field_of.get(title, ""), ("", ""))[number] for title in vector["header"]]
        for number in range(2)
    ]
    return [*above, vector["header"], *below]


@pytest.mark.parametrize("vector", LISTS, ids=lambda vector: vector["tool"])
def test_the_file_of_a_real_tool_is_read_without_being_told_anything(
    vector: dict[str, Any], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    romanian = "Romanian" in vector["tool"]
    rows = rows_of(vector, ROMANIAN if romanian else ANSWERS)
    kind, *said = vector["format"].split()
    if kind in ("xlsx", "xls"):
        path = request.getfixturevalue(kind)(f"list.{kind}", rows)
    else:
        path = tmp_path / "list.csv"
        encoding = said[-1] if said else "utf-8"
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=";" if ";" in said else ",")
            writer.writerows(
                [cell.translate({0x21B: "ţ"}) for cell in row] if romanian else row for row in rows
            )
    preview = preview_list(path)
    expected = {
        field: clean(title).translate({0x21B: "ţ"}) if romanian else clean(title)
        for field, title in vector["expect"].items()
    }
    assert preview.columns.header_row == vector["header_row"]
    assert preview.columns.columns == expected
    named = preview.columns.names_people
    assert len(preview.plan.new) == (len(rows) - vector["header_row"] if named else 0)
    if named and not vector.get("rows"):
        answers = ROMANIAN if romanian else ANSWERS
        first = preview.plan.new[0].entry
        assert first.given_name == answers["given_name"][0]
        assert first.organisation in (answers["organisation"][0], "")
    if not named:
        assert len(preview.plan.rejected) == 2
