"""Who is likely registered twice, and who only has the same name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkin.door.alike import Alike, Registration, alike, is_slip
from checkin.door.duplicates import Pair, propose
from tests.door.crowd import crowd

VECTORS = Path(__file__).parent.parent / "vectors"


def person(
    number: int, given: str, family: str, organisation: str = "", territory: str = "",
    email: str = "",
) -> Registration:  # fmt: skip
    return Registration(str(number), given, family, organisation, territory, email)


LODZ = person(1, "Anna", "Kowalska", "Urząd Miasta Łodzi", "Łódzkie", "a.kowalska@lodz.example")


@pytest.mark.parametrize(
    ("other", "common"),
    [
        (person(2, "Anna", "Kowalska", email="a.kowalska@lodz.example"), Alike.EMAIL),
        (person(2, "Anna", "Kowalska", "urzad miasta lodzi", "", "ania@gmail.com"),
         Alike.AUTHORITY),
        (person(2, "Kowalska", "Anna", "Urząd Miasta Łodzi"), Alike.AUTHORITY),
        (person(2, "Ania Anna", "Kowalska", email="A.Kowalska@lodz.example"), Alike.EMAIL),
        (person(2, "A.", "Kowalska", email="a.kowalska@lodz.example"), Alike.EMAIL),
        (person(2, "Anna", "Kowlaska", "Urząd Miasta Łodzi"), Alike.AUTHORITY),
        (person(2, "Anna", "Kowalka", "", "Łódzkie"), Alike.TERRITORY),
        (person(2, "Anna", "Kowalska", "Biuro", "", "anna@lodz.example"), Alike.DOMAIN),
        (person(2, "ANNA", "KOWALSKA"), Alike.NOWHERE),
    ],
)  # fmt: skip
def test_one_person_registered_twice_is_proposed(other: Registration, common: Alike) -> None:
    assert propose([LODZ, other]) == (Pair("1", "2", common),)
    assert alike(LODZ, other) is alike(other, LODZ) is common


@pytest.mark.parametrize(
    "other",
    [
        person(2, "Anna", "Kowalska", "Miasto Kalisz", "Wielkopolskie", "anna@kalisz.example"),
        person(2, "Anna", "Kowalska", "Miasto Kalisz", "Wielkopolskie", "ania@gmail.com"),
        person(2, "Anna", "Kowalska", "Miasto Kalisz", "Wielkopolskie", "anna@lodz.example"),
        person(2, "Hanna", "Kowalska", "Urząd Miasta Łodzi", "Łódzkie"),
        person(2, "Jan", "Kowalski", "Urząd Miasta Łodzi", "Łódzkie"),
        person(2, "Marta", "Nowak", email="a.kowalska@lodz.example"),
        person(2, "Jan", "Kowalski", email="a.kowalska@lodz.example"),
        person(2, "Anna", "", "Urząd Miasta Łodzi", "Łódzkie"),
        person(2, "", ""),
    ],
)
def test_two_people_are_not_proposed(other: Registration) -> None:
    assert propose([LODZ, other]) == ()
    assert alike(LODZ, other) is None


def test_colleagues_with_two_frequent_given_names_are_two_people() -> None:
    here = {"organisation": "Grad Split", "territory": "Dalmacija"}
    assert propose([person(1, "Marta", "Novak", **here), person(2, "Maria", "Novak", **here)]) == ()
    assert is_slip("kowalska", "kowaslka")
    assert not is_slip("marta", "maria")
    assert not is_slip("berg", "borg")


def test_two_at_a_public_mailbox_share_no_domain() -> None:
    rome = person(1, "Maria", "Rossi", "Comune di Roma", "Lazio", "mr1@gmail.com")
    florence = person(2, "Maria", "Rossi", "Comune di Firenze", "Toscana", "mr2@gmail.com")
    assert propose([rome, florence]) == ()


def test_every_alphabet_and_spelling_of_a_name_is_the_same_name() -> None:
    spellings = {
        ("Jürgen", "Groß"): ("Juergen", "Gross"),
        ("Đorđe", "Đurić"): ("Djordje", "Djuric"),
        ("Øyvind", "Ødegård"): ("Oyvind", "Odegaard"),
        ("Γιώργος", "Παπαδημητρίου"): ("Giorgos", "Papadimitriou"),
        ("Христо", "Щербаков"): ("Hristo", "Shterbakov"),
        ("Işıl", "Yıldız"): ("Isil", "Yildiz"),
        ("José María", "de la Fuente"): ("Jose Maria", "De La Fuente"),
        ("Seán", "Ó Briain"): ("Sean", "O Briain"),
    }
    people = json.loads((VECTORS / "names.json").read_text(encoding="utf-8"))["people"]
    known = {(each["given_name"], each["family_name"]): each["organisation"] for each in people}
    for (given, family), other in spellings.items():
        place = known[given, family]
        found = propose([person(1, given, family, place), person(2, *other, place)])
        assert found == (Pair("1", "2", Alike.AUTHORITY),), given


def test_the_people_of_the_vectors_among_a_crowd_are_nobodys_doubles() -> None:
    people = json.loads((VECTORS / "names.json").read_text(encoding="utf-8"))["people"]
    vectors = [
        person(number, each["given_name"], each["family_name"], each["organisation"])
        for number, each in enumerate(people)
    ]
    others = [
        Registration(f"c{number}", each.given_name, each.family_name, each.organisation)
        for number, each in enumerate(crowd(300, 3))
    ]
    ids = {each.id for each in vectors}
    assert not [pair for pair in propose([*vectors, *others]) if ids & {pair.first, pair.second}]


def test_who_was_told_apart_is_never_proposed_again() -> None:
    other = person(2, "Anna", "Kowalska", "Urząd Miasta Łodzi")
    assert propose([LODZ, other], {frozenset(("2", "1"))}) == ()


def test_three_registrations_of_one_person_are_every_pair_and_many_stay_few() -> None:
    three = [person(number, "Anna", "Kowalska", "Urząd Miasta Łodzi") for number in range(3)]
    assert [(p.first, p.second) for p in propose(three)] == [("0", "1"), ("0", "2"), ("1", "2")]
    rows = [person(number, "Test", "Test", "Grad Split") for number in range(3000)]
    assert len(propose(rows)) == 2999


def test_one_is_nobodys_double_and_nobody_is_none() -> None:
    assert propose([]) == ()
    assert propose([LODZ]) == ()
    assert alike(LODZ, LODZ) is None
    nameless = [person(number, "", "", "Grad Split") for number in range(3)]
    assert propose(nameless) == ()


def test_proposing_says_the_same_as_comparing_each_with_each() -> None:
    people = [
        Registration(each.id, each.given_name, each.family_name, each.organisation,
                     each.territory, each.email)
        for each in crowd(250, 11)
    ]  # fmt: skip
    people += [
        Registration(f"x{number}", each.family_name, each.given_name, each.organisation)
        for number, each in enumerate(people[:40])
    ]
    people += [
        Registration(f"y{number}", each.given_name, each.family_name[:-2] + each.family_name[-1:],
                     territory=each.territory)
        for number, each in enumerate(people[40:90])
    ]  # fmt: skip
    expected = {
        (one.id, other.id): common
        for place, one in enumerate(people)
        for other in people[place + 1 :]
        if (common := alike(one, other)) is not None
    }
    assert {(p.first, p.second): p.alike for p in propose(people)} == expected
    assert len(expected) > 60
