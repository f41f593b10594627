"""Full names are split as people of the country would, with a reason that can be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.roster.names import Order, badge_case, name_order, split_name


@pytest.mark.parametrize(
    ("text", "country", "given_name", "family_name"),
    [
        ("DUPONT Jean-Marie", "", "Jean-Marie", "DUPONT"),
        ("Jean-Marie DUPONT", "", "Jean-Marie", "DUPONT"),
        ("Jean-Marie Dupont", "", "Jean-Marie", "Dupont"),
        ("Dupont Marie", "", "Marie", "Dupont"),
        ("Jean DE LA FONTAINE", "", "Jean", "DE LA FONTAINE"),
        ("Zoë van der BERG", "", "Zoë", "van der BERG"),
        ("van der Berg, Zoë", "", "Zoë", "van der Berg"),
        ("Zoë van der Berg", "", "Zoë", "van der Berg"),
        ("Ursula von der Heide", "", "Ursula", "von der Heide"),
        ("Seán Ó Briain", "", "Seán", "Ó Briain"),
        ("Ó Briain Seán", "", "Seán", "Ó Briain"),
        ("de la Fuente José María", "", "José María", "de la Fuente"),
        ("José María de la Fuente", "ES", "José María", "de la Fuente"),
        ("Lucía Fernández Robles", "ES", "Lucía", "Fernández Robles"),
        ("José María Ortega Luque", "ES", "José María", "Ortega Luque"),
        ("Maria João Silva", "PT", "Maria João", "Silva"),
        ("Santiago Ramón y Cajal", "ES", "Santiago", "Ramón y Cajal"),
        ("Nagy János", "HU", "János", "Nagy"),
        ("János Nagy", "HU", "János", "Nagy"),
        ("Παπαδόπουλος Γιώργος", "", "Γιώργος", "Παπαδόπουλος"),
        ("Щерьо Жечев", "", "Щерьо", "Жечев"),
        ("El Khattabi Nadia", "", "Nadia", "El Khattabi"),
        ("J. P. Smith", "", "J. P.", "Smith"),
        ("MARIE DUPONT", "", "MARIE", "DUPONT"),
        ("Mme Marie DUPONT", "", "Marie", "DUPONT"),
        ("Mr Smith", "", "", "Smith"),
        ("Björk", "", "Björk", ""),
        ("DUPONT", "", "", "DUPONT"),
        ("", "", "", ""),
    ],
)
def test_a_full_name_is_split(text: str, country: str, given_name: str, family_name: str) -> None:
    split = split_name(text, country)
    assert (split.given, split.family) == (given_name, family_name)
    assert split.because


def test_an_academic_title_is_taken_off_and_kept() -> None:
    split = split_name("Prof. Dr. Hans Müller, PhD")
    assert (split.given, split.family, split.title) == ("Hans", "Müller", "Prof. Dr. PhD")


@pytest.mark.parametrize(
    ("title", "order"),
    [
        ("Nom et prénom", Order.FAMILY_FIRST),
        ("Name, Vorname", Order.FAMILY_FIRST),
        ("Imię i nazwisko", Order.GIVEN_FIRST),
        ("Jméno a příjmení", Order.GIVEN_FIRST),
        ("Cognome e nome", Order.FAMILY_FIRST),
        ("Full name", Order.UNKNOWN),
    ],
)
def test_a_column_title_says_which_part_comes_first(title: str, order: Order) -> None:
    assert name_order(title) is order


def test_the_order_of_the_list_is_believed() -> None:
    assert split_name("Martin Paul", order=Order.FAMILY_FIRST).family == "Martin"
    assert split_name("Martin Paul", order=Order.GIVEN_FIRST).family == "Paul"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("DUPONT", "Dupont"),
        ("DE LA FUENTE", "de la Fuente"),
        ("O'BRIEN-SMITH", "O'Brien-Smith"),
        ("IJSSEL", "IJssel"),
        ("MCDONALD", "McDonald"),
        ("GROßMANN", "Großmann"),
        ("ÇELİK", "Çelik"),
        ("ΠΑΠΑΣ", "Παπας"),
        ("van der Berg", "van der Berg"),
        ("D", "D"),
    ],
)
def test_capitals_become_badge_case_and_other_names_stay(typed: str, shown: str) -> None:
    assert badge_case(typed) == shown


@given(st.lists(st.text(st.characters(categories=["Lu", "Ll"]), min_size=1), max_size=6))
def test_a_split_loses_and_invents_no_word(words: list[str]) -> None:
    text = " ".join(words)
    split = split_name(text)
    if not split.title and not split.because.startswith("a form of address"):
        kept = sorted(f"{split.given} {split.family}".split())
        assert set(kept) <= set(text.split())
        assert len(text.split()) - len(kept) <= 5
