"""Names of other alphabets in Latin letters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkin.door.folding import forms
from checkin.door.latin import in_latin

VECTORS = Path(__file__).parent.parent / "vectors"


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Γιώργος Παπαϊωάννου", "Giorgos Papaioannou"),
        ("ΠΑΠΑΪΩΆΝΝΟΥ", "Papaioannou"),
        ("Христо Щербаков", "Hristo Shterbakov"),
        ("Анна-Мария О'Нил", "Anna-Mariya O'Nil"),
        ("Nikos Παππάς", "Nikos Pappas"),
        ("გიორგი", "Giorgi"),
    ],
)
def test_a_name_of_another_alphabet_has_latin_letters(name: str, latin: str) -> None:
    assert in_latin(name) == latin


@pytest.mark.parametrize("name", ["Łukasz Żółć", "Øyvind", "Peter van 't Hof", "José Mª", "", "7"])
def test_a_latin_name_is_left_as_it_is(name: str) -> None:
    assert in_latin(name) == ""


def test_the_letters_are_those_by_which_the_search_finds_the_name() -> None:
    people = json.loads((VECTORS / "names.json").read_text(encoding="utf-8"))["people"]
    foreign = [each["family_name"] for each in people if in_latin(each["family_name"])]
    assert foreign
    for name in foreign:
        assert forms(in_latin(name))[0] in forms(name)
