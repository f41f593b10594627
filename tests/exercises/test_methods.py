"""The exercises as data, and what is said of a facilitator's own file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from checkin.errors import ListFileError
from checkin.exercises.methods import (
    faults,
    faults_of,
    method_named,
    method_of,
    own_methods,
    read_method,
    shipped_methods,
)

GOOD = """
key = "world-cafe"
title.en = "World café"
[[steps]]
key = "first"
title.en = "First table"
prompt.en = "What do you bring?"
minutes = 20
minimum = 10
[[steps]]
key = "second"
title.en = "Second table"
prompt.en = "What did you hear?"
minutes = 15
"""


def test_the_two_exercises_take_an_hour_each_and_have_the_steps_of_the_programme() -> None:
    align, ecosystem = shipped_methods()
    assert [step.minutes for step in align.steps] == [3, 4, 8, 5, 7, 10, 10, 4, 6, 3]
    assert [step.minutes for step in ecosystem.steps] == [3, 10, 8, 4, 7, 13, 7, 5, 3]
    assert align.minutes == ecosystem.minutes == 60
    assert align.minimum < 60
    assert ecosystem.minimum < 60


@pytest.mark.parametrize("method", shipped_methods(), ids=lambda method: method.key)
def test_every_prompt_is_there_in_english_and_french_and_fits_a_table_screen(method) -> None:  # type: ignore[no-untyped-def]
    assert method.languages == ("en", "fr")
    for step in method.steps:
        assert 0 <= step.minimum <= step.minutes
        for language in method.languages:
            assert 0 < len(step.prompt.in_language(language)) <= 200, step.key
        assert step.prompt.in_language("fr") != step.prompt.in_language("en")
        assert step.prompt.in_language("pl") == step.prompt.in_language("en")


def test_a_ballot_says_that_it_never_keeps_who_wrote_it() -> None:
    for method in shipped_methods():
        for step in method.steps:
            if step.who == "everybody":
                assert "never who" in step.keeps


def test_a_third_method_is_read_and_found_by_its_key(tmp_path: Path) -> None:
    (tmp_path / "cafe.toml").write_text(GOOD, encoding="utf-8")
    methods, sentences = own_methods(tmp_path)
    assert sentences == ()
    assert [method.key for method in methods] == ["world-cafe"]
    assert methods[0].minutes == 35
    assert methods[0].minimum == 25
    assert method_named("World-Cafe", methods) is methods[0]
    assert method_named("nothing", methods) is None


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ("minutes = 15", "minutes = 15.5", "Step 2 needs whole minutes from 1 to 240."),
        ("minutes = 15", "minutes = true", "Step 2 needs whole minutes from 1 to 240."),
        ("minimum = 10", "minimum = 30", "Step 1 has a minimum that is not from 0 to its 20"),
        ('key = "second"', 'key = "first"', "Step 2 has the key first, which another step has"),
        ('title.en = "World café"', 'title.fr = "Café"', "The method needs a title in English"),
        ('prompt.en = "What did you hear?"', "", "Step 2 needs a prompt in English: prompt.en"),
        ('key = "world-cafe"', 'key = "World Café"', "The method needs a key of small letters"),
        ("minutes = 15", 'minutes = 15\nwho = "cat"', "Step 2: who types is one of nobody, scribe"),
        ("minutes = 15", "minutes = 15\nkeeps = 3", "Step 2: keeps is a text in quotation marks."),
    ],
)
def test_a_fault_in_a_method_is_said_in_a_sentence_that_names_its_step(
    wrong: str, right: str, sentence: str
) -> None:
    found = faults(tomllib.loads(GOOD.replace(wrong, right)))
    assert any(sentence in each for each in found), found


def test_all_faults_are_told_at_once_and_the_error_says_how_many_more_there_are(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(GOOD.replace("minutes = 15", "").replace("minutes = 20", "minutes = 0"))
    assert len(faults_of(path)) == 2
    with pytest.raises(ListFileError, match="1 more thing is wrong"):
        read_method(path)


def test_files_that_are_no_method_are_named_and_the_good_ones_still_come(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("key = ", encoding="utf-8")
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "c.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "d.toml").write_text(GOOD.replace("world-cafe", "align"), encoding="utf-8")
    methods, sentences = own_methods(tmp_path)
    assert [method.key for method in methods] == ["world-cafe"]
    assert [sentence.split(":")[0] for sentence in sentences] == ["a.toml", "b.toml", "d.toml"]
    with pytest.raises(ListFileError, match="There is no file"):
        read_method(tmp_path / "none.toml")


def test_text_of_a_method_is_cleaned_like_any_other() -> None:
    data = tomllib.loads(GOOD)
    data["steps"][0]["prompt"]["en"] = "red \x1b[31m and \u202e back"
    method = method_of(data)
    assert "\x1b" not in method.steps[0].prompt.in_language()
    assert "\u202e" not in method.steps[0].prompt.in_language()
