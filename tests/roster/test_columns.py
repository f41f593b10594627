"""Every list that registration tools export maps to our fields as the vectors say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checkin.errors import ListFileError
from checkin.roster.columns import ALL_FIELDS, find_columns, letter_of
from checkin.roster.entry import FIELDS
from checkin.roster.template import template_csv
from checkin.text import clean

VECTORS = Path(__file__).parent.parent / "vectors" / "list_headers.json"
LISTS = json.loads(VECTORS.read_text(encoding="utf-8"))["lists"]


def rows_of(vector: dict[str, Any]) -> list[list[str]]:
    above = [[cell.strip() for cell in line.split("|")] for line in vector.get("above", [])]
    while len(above) < vector["header_row"] - 1:
        above.append([])
    rows = [*above, vector["header"], *vector.get("rows", [])]
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


@pytest.mark.parametrize("vector", LISTS, ids=lambda vector: vector["tool"])
def test_the_columns_of_a_real_tool_are_found_and_no_others(vector: dict[str, Any]) -> None:
    found = find_columns(rows_of(vector))
    assert found.header_row == vector["header_row"]
    assert found.columns == vector["expect"]


@pytest.mark.parametrize("vector", LISTS, ids=lambda vector: vector["tool"])
def test_invisible_characters_and_capitals_in_titles_change_nothing(vector: dict[str, Any]) -> None:
    rows = rows_of(vector)
    header = vector["header_row"] - 1
    rows[header] = [
        "\ufeff\u00a0" + title.upper().replace(" ", "\u00a0") + "\u200b" if title else title
        for title in rows[header]
    ]
    found = find_columns(rows)
    assert found.header_row == vector["header_row"]
    assert found.columns == {
        field: clean(title.upper()) for field, title in vector["expect"].items()
    }


def test_our_own_template_maps_one_to_one() -> None:
    rows = [line.split(",") for line in template_csv().splitlines()[:1]]
    assert find_columns(rows).columns == {field: field for field in FIELDS}


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Nom | Prénom", "family_name given_name"),
        ("Nom | Cognoms", "given_name family_name"),
        ("Nom | Organisme", "full_name organisation"),
        ("Nume | Prenume", "family_name given_name"),
        ("Nome | Cognome", "given_name family_name"),
        ("Nome | Entidade", "full_name organisation"),
        ("Name | Vorname", "family_name given_name"),
        ("Naam | Voornaam", "family_name given_name"),
        ("Ime | Prezime | Tvrtka", "given_name family_name organisation"),
        ("Imię | Nazwisko | Urząd", "given_name family_name organisation"),
        ("Imię i nazwisko | Kraj", "full_name country"),
        ("Όνομα | Επώνυμο | Φορέας", "given_name family_name organisation"),
        ("Име | Фамилия | Имейл", "given_name family_name email"),
        ("Jméno | Příjmení | E-mail", "given_name family_name email"),
        ("Vezetéknév | Keresztnév", "family_name given_name"),
        ("Név | Intézmény", "full_name organisation"),
        ("Etunimi | Sukunimi | Organisaatio", "given_name family_name organisation"),
        ("Vardas | Pavardė", "given_name family_name"),
        ("Vārds | Uzvārds | Iestāde", "given_name family_name organisation"),
        ("Eesnimi | Perekonnanimi | Asutus", "given_name family_name organisation"),
        ("Fornavn | Efternavn | Myndighed", "given_name family_name organisation"),
        ("Förnamn | Efternamn | Myndighet", "given_name family_name organisation"),
        ("Meno | Priezvisko | Úrad", "given_name family_name organisation"),
        ("Ime | Priimek | Ustanova", "given_name family_name organisation"),
        ("Isem | Kunjom | Pajjiż", "given_name family_name country"),
        ("Céadainm | Sloinne | Tír", "given_name family_name country"),
        ("Name | Languages", "full_name languages"),
        ("Name | City", "full_name organisation"),
        ("Name | E-mail of your organisation", "full_name email"),
        ("Name | Country of your organisation", "full_name country"),
        ("Name | Any dietary requirements or allergies?", "full_name diet"),
        ("Name | Êtes-vous une ville, une métropole ou une région ?", "full_name level"),
        ("Name | Name on your badge", "full_name badge_name"),
        ("Name | Phone | Comments | GDPR consent", "full_name - - -"),
    ],
)
def test_titles_are_read_beside_each_other(header: str, fields: str) -> None:
    titles = header.split(" | ")
    pairs = zip(fields.split(), titles, strict=True)
    assert find_columns([titles]).columns == {field: at for field, at in pairs if field != "-"}


def test_an_open_question_about_cities_and_regions_is_not_a_level() -> None:
    header = ["Name", "What do you expect from the cooperation of cities and regions in your area?"]
    assert find_columns([header]).columns == {"full_name": "Name"}


def test_a_column_of_anonymous_is_no_name_and_no_address() -> None:
    header = ["Name", "Email", "Your name", "Your e-mail"]
    rows = [header, ["anonymous", "anonymous", "Zoë Berg", "zoe@example.org"]]
    assert find_columns(rows).columns == {"full_name": "Your name", "email": "Your e-mail"}


def test_an_address_column_without_a_known_title_is_known_by_its_cells() -> None:
    rows = [["Name", "Kontakt"], ["Zoë", "zoe@example.org"], ["Jan", "jan@example.org"]]
    assert find_columns(rows).columns["email"] == "Kontakt"


def test_the_same_word_is_a_country_or_a_region_as_its_cells_say() -> None:
    country = [["Jméno", "Kraj"], ["Jan", "Polska"]]
    region = [["Jméno", "Kraj"], ["Jan", "Jihomoravský kraj"]]
    assert find_columns(country).columns["country"] == "Kraj"
    assert find_columns(region).columns["territory"] == "Kraj"


def test_a_list_without_titles_is_called_by_its_letters() -> None:
    found = find_columns([["Zoë", "Berg", "zoe@example.org"], ["Jan", "Kos", "jan@example.org"]])
    assert found.header_row == 0
    assert found.columns == {"email": "column C"}


def test_columns_can_be_named_by_title_letter_or_number() -> None:
    rows = [["Who", "Where", "Mail"], ["Zoë Berg", "Utrecht", "zoe@example.org"]]
    asked = {"full_name": "who", "organisation": "B", "email": "3"}
    found = find_columns(rows, asked)
    assert found.columns == {"full_name": "Who", "organisation": "Where", "email": "Mail"}


@pytest.mark.parametrize("asked", [{"full_name": "Nobody"}, {"email": "27"}, {"nickname": "Mail"}])
def test_a_column_or_field_that_is_not_there_is_refused_by_name(asked: dict[str, str]) -> None:
    with pytest.raises(ListFileError, match=r"Nobody|27|nickname"):
        find_columns([["Name", "Mail"]], asked)


def test_changing_a_column_takes_the_field_from_the_other() -> None:
    found = find_columns([["Name", "E-mail", "Organisation"]])
    changed = found.with_field(2, "full_name")
    assert changed.columns == {"full_name": "Organisation", "email": "E-mail"}
    assert changed.unmapped == ("Name",)
    assert changed.with_field(2, "").columns == {"email": "E-mail"}


def test_every_field_can_be_said_and_letters_go_on_after_z() -> None:
    header = [f"column {number}" for number in range(30)]
    for field in ALL_FIELDS:
        assert find_columns([header], {field: "AA"}).column_of(field) == 26
    assert [letter_of(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_title_that_shows_an_address_as_an_example_is_a_title() -> None:
    rows = [
        ("First name", "Surname", "E-mail (e.g. anna@city.eu)"),
        ("Anna", "Kowalska", "anna@example.org"),
    ]

    columns = find_columns(rows)

    assert columns.header_row == 1
    assert columns.columns["email"] == "E-mail (e.g. anna@city.eu)"
