"""The exercises on the command line: the plain-text twin of their area."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from screens.commands.front import main
from tests.screens.at_the_door import own_home


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[None]:
    with own_home(tmp_path):
        yield


def test_both_exercises_are_listed_with_their_minutes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exercise", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["align", "ecosystem"]
    assert all("60 minutes" in line for line in lines)


def test_the_steps_come_as_json_in_the_language_that_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["exercise", "show", "align", "--language", "fr", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert sum(step["minutes"] for step in document["steps"]) == document["minutes"] == 60
    assert document["steps"][0]["title"] == "Tour de table"
    assert document["languages"] == ["en", "fr"]


def test_an_exercise_that_is_not_there_is_refused_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["exercise", "show", "knitting"]) == 1
    assert "there are: align, ecosystem" in capsys.readouterr().err


def test_a_file_of_ones_own_is_shown_or_told_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.toml"
    path.write_text('key = "own"', encoding="utf-8")
    assert main(["exercise", "show", str(path)]) == 4
    said = capsys.readouterr().err
    assert "The method needs a title in English" in said
    assert "Traceback" not in said
