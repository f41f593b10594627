"""Folding: spellings of one name fall together, and what is typed of it is its start."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.door.folding import forms, sibling, skeleton, skeletons, words
from tests.door.crowd import crowd


def bones(text: str) -> set[str]:
    return {each for word in words(text) for each in skeletons(word.forms)}


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Müller", "muller mueller Mueller MÜLLER müler"),
        ("Jürgen", "jurgen juergen"),
        ("Groß", "gross gros GROSS"),
        ("Łódź", "lodz Lodz"),
        ("Ødegård", "odegard oedegaard odegaard"),
        ("Åse", "ase aase"),
        ("Đurić", "djuric duric đurić"),
        ("Guðjohnsen", "gudjohnsen guthjohnsen"),
        ("Þórunn", "thorunn"),
        ("Işıl", "isil ISIL Işıl"),
        ("İzmir", "izmir"),
        ("Ħal", "hal"),
        ("Għaxaq", "ghaxaq gaxaq"),
        ("Παπαδημητρίου", "papadimitriou papadimitriu παπαδημητριου"),
        ("Γιώργος", "giorgos yorgos γιωργος"),
        ("Χρήστος", "christos hristos"),
        ("Μπάμπης", "mpampis babis"),
        ("Щербаков", "shterbakov shcherbakov scherbakov щербаков"),
        ("Христо", "hristo khristo"),
        ("Желязко", "zhelyazko zeljazko"),
        ("Юлия", "yuliya julija yulia"),
        ("Цветан", "tsvetan cvetan"),
        ("Київ", "kyiv"),
        ("Ђорђевић", "djordjevic đorđević"),
        ("Kowalski", "kowalsky kovalski"),
        ("Dijk", "dijk dyk"),
    ],
)
def test_spellings_of_a_name_fall_together(name: str, spellings: str) -> None:
    for spelling in spellings.split():
        assert bones(name) & bones(spelling), spelling


@pytest.mark.parametrize(
    ("one", "other"), [("Anna", "Hanna"), ("Berg", "Borg"), ("Horvat", "Horvatić"), ("Ó", "U")]
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert not bones(one) & bones(other)


@given(st.text("abcdehijklnorstuvwyz", max_size=20), st.integers(0, 20))
def test_the_skeleton_of_a_start_is_the_start_of_the_skeleton(form: str, length: int) -> None:
    assert skeleton(form).startswith(skeleton(form[:length]))
    assert not form or skeleton(form)


def test_whatever_is_typed_of_a_name_folds_to_the_start_of_the_name() -> None:
    names = {word for person in crowd(3000) for word in person.family_name.split()}
    names |= {"Παπαδημητρίου", "Đorđević", "Щербаков", "Þórunn", "Ødegård", "Ευαγγελία", "Ψωμάς"}
    for name in names:
        whole = words(name)[0]
        for length in range(1, whole.end + 1):
            typed = forms(name[:length])
            assert any(
                full.startswith(part)
                for full in skeletons(whole.forms)
                for part in skeletons(typed)
            ), (name, name[:length])


def test_words_stand_where_they_are_in_the_text() -> None:
    text = "  Ħal-Għaxaq, O'Brien (3e)"
    assert [text[word.start : word.end] for word in words(text)] == [
        "Ħal", "Għaxaq", "O", "Brien", "3e",
    ]  # fmt: skip
    assert words("... !?") == ()


def test_combining_marks_belong_to_their_letter() -> None:
    assert [word.forms for word in words("Zoe\u0308 x\u030cy")] == [("zoe",), ("xy",)]


@given(st.text())
def test_forms_are_small_plain_letters_and_few(text: str) -> None:
    for word in words(text):
        assert 1 <= len(word.forms) <= 3
        for form in word.forms:
            assert form
            assert set(form) <= set("abcdefghijklmnopqrstuvwxyz0123456789")


def test_siblings_share_a_family_name() -> None:
    assert sibling("szczepanska") == "szczepanski"
    assert sibling("ivanov") == "ivanova"
    assert sibling("papadopoulou") == "papadopoulos"
    assert sibling("kowalskyi") == sibling("kowalsky") == "kowalska"
    assert sibling("berg") is None
