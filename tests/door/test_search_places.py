"""Finding people by what their city is called elsewhere, and those whom all but one word fits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checkin.door.answers import Kind
from checkin.door.leaving_out import Nearly, nearly
from checkin.door.search import Document, Index
from checkin.people import State
from tests.day import Desk, command, opened


def index_of(*people: Document) -> Index:
    index = Index()
    for person in people:
        index.add(person)
    return index


def found(index: Index, text: str) -> list[str]:
    return [hit.id for hit in index.find(text, 10)]


FIRENZE = Document("f", "Marco", "Rossi", organisation="Comune di Firenze", territory="Toscana")
TORINO = Document("t", "Marco", "Rossi", organisation="Città di Torino", territory="Piemonte")
ROSSIS = index_of(FIRENZE, TORINO)


@pytest.mark.parametrize(
    ("authority", "typed"),
    [
        ("Comune di Firenze", "florence"),
        ("Comune di Firenze", "Florenz"),
        ("City of Florence", "firenze"),
        ("Stadt Köln", "cologne"),
        ("Landeshauptstadt München", "munich"),
        ("Stadt Wien", "vienna"),
        ("Magistrát hlavního města Prahy", "prague"),
        ("Urząd m.st. Warszawy", "varsovie"),
        ("Urząd Miasta Krakowa", "cracow"),
        ("Urząd Miasta Gdańska", "danzig"),
        ("Câmara Municipal de Lisboa", "lisbon"),
        ("Roma Capitale", "rome"),
        ("Ville de Bruxelles", "brussels"),
        ("Stad Gent", "gand"),
        ("Ville de Liège", "luik"),
        ("Gemeente Den Haag", "the hague"),
        ("Gemeente Den Haag", "hague"),
        ("Københavns Kommune", "copenhagen"),
        ("Göteborgs Stad", "gothenburg"),
        ("Δήμος Αθηναίων", "athens"),
        ("Δήμος Θεσσαλονίκης", "salonica"),
        ("Ayuntamiento de Zaragoza", "saragossa"),
        ("Primăria Municipiului București", "bucharest"),
        ("Столична община", "sofia"),
        ("Град Београд", "belgrade"),
        ("Helsingin kaupunki", "helsingfors"),
        ("Turun kaupunki", "åbo"),
        ("Stadt Aachen", "aix-la-chapelle"),
        ("Eurométropole de Strasbourg", "straßburg"),
        ("Kanton Basel-Stadt", "bâle"),
        ("Ville de Genève", "geneva"),
        ("Regione Toscana", "tuscany"),
    ],
)
def test_a_place_is_found_by_what_it_is_called_elsewhere(authority: str, typed: str) -> None:
    index = index_of(Document("1", "Ada", "Nowak", organisation=authority), TORINO)
    assert found(index, typed) == found(index, f"nowak {typed}") == ["1"]


def test_four_letters_of_the_other_name_are_enough_and_three_are_not() -> None:
    for typed in ("flor", "flore", "florenc", "rossi flor"):
        assert found(ROSSIS, typed) == ["f"], typed
    assert not ROSSIS.fitting("flo")


def test_what_matched_of_a_place_is_marked_and_is_never_exact() -> None:
    (hit,) = ROSSIS.find("rossi florence")
    marked = [getattr(FIRENZE, mark.field)[mark.start : mark.end] for mark in hit.marks]
    assert marked == ["Rossi", "Firenze"]
    assert not hit.exact


def test_somebody_of_the_name_comes_before_people_of_the_place() -> None:
    florence = Document("n", "Florence", "Dubois", organisation="Ville de Lille")
    assert found(index_of(FIRENZE, florence), "florence") == ["n", "f"]


def test_a_place_is_no_name_of_a_person() -> None:
    wien = Document("w", "Max", "Wien", organisation="Stadt Graz")
    assert not index_of(wien).fitting("vienna")


def test_a_short_name_of_a_place_does_not_mean_longer_words() -> None:
    index = index_of(Document("e", "Lia", "Neri", organisation="Regione Emilia-Romagna"))
    assert not index.fitting("rome")


def test_no_text_means_one_person_by_the_other_name_of_their_place() -> None:
    index = index_of(FIRENZE)
    for typed in ("rossi florence", "florence rossi", "florence"):
        assert index.only(typed) is None
        assert index.named(typed) is None
        assert index.find_as_written(typed) == []


def near(index: Index, text: str) -> tuple[str, list[str]] | None:
    answer: Nearly | None = nearly(text, index.fitting)
    return (answer.without, [hit.id for hit in answer.hits]) if answer else None


def test_one_word_that_does_not_fit_is_named_and_left_out() -> None:
    assert near(ROSSIS, "rossi palermo") == ("palermo", ["f", "t"])
    assert near(ROSSIS, "Palermo Rossi") == ("Palermo", ["f", "t"])
    assert near(ROSSIS, "giorgio rossi torino") == ("giorgio", ["t"])
    assert near(ROSSIS, "rossi xx") == ("xx", ["f", "t"])


def test_never_is_more_than_one_word_left_out() -> None:
    assert near(ROSSIS, "giorgio rossi palermo") is None
    assert near(ROSSIS, "palermo") is None
    assert near(ROSSIS, "") is None


def test_three_letters_of_a_name_must_fit() -> None:
    assert near(ROSSIS, "bianchi torino") is None
    assert near(ROSSIS, "ro palermo") is None
    assert near(ROSSIS, "ros palermo") == ("palermo", ["f", "t"])


def test_without_a_word_no_slip_is_forgiven_as_well() -> None:
    assert near(ROSSIS, "rozzi palermo") is None


def test_the_word_whose_absence_leaves_the_best_fit_is_left_out() -> None:
    # A given name and a family name that nobody bears together.
    dubois = Document("d", "Marco", "Dubois")
    rossi = Document("r", "Anna", "Rossi")
    assert near(index_of(dubois, rossi), "marco rossi") == ("marco", ["r"])


def test_scripts_are_never_let_in_by_a_place_or_without_a_word(
    at: Callable[..., Desk], day: Path
) -> None:
    desk = at(day)
    for typed in ("rossi florence", "rossi palermo"):
        (answer,) = desk.scan(typed)
        assert answer["answer"] == Kind.UNKNOWN_NAME
        asked = command("--event", day, "--desk", "A", "--json", "in", typed)
        assert (asked.status, asked.json["answer"]) == (1, Kind.UNKNOWN_NAME)
    with opened(day) as door:
        (rossi,) = door.meant("maria rossi firenze")
        assert rossi.state is State.EXPECTED
        assert [match.person.id for match in door.find("rossi florence")] == [rossi.id]
        assert door.find("rossi palermo") == []
        near_ones = door.nearly("rossi palermo")
        assert near_ones is not None
        assert near_ones.without == "palermo"
        assert rossi.id in {match.person.id for match in near_ones.matches}


def test_find_says_whom_all_but_one_word_fits_and_a_program_gets_nobody(day: Path) -> None:
    said = command("--event", day, "find", "berg palermo")
    first, *rows = said.out.splitlines()
    assert first == "Nobody fits “berg palermo”; without “palermo”:"
    assert len(rows) == 2
    assert all("Johanna Berg" in row for row in rows)
    assert said.status == 1
    told = command("--event", day, "--json", "find", "berg palermo")
    assert told.json == {"query": "berg palermo", "matches": []}
    assert told.status == 1
