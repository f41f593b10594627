"""The test card: what a scanner types tells its layout, its case and what it puts round a code."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from checkin.door import scanning
from checkin.door.codes import new_code
from checkin.door.layouts import layouts
from checkin.door.scanner_card import CARD, Letters, ScannerHabits, learn
from checkin.errors import RefusedError

GIVEN: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent.parent / "vectors" / "keyboard_layouts.json").read_text("utf-8")
)["layouts"]
NAMES = {layout.id: layout.name for layout in layouts()}
SUFFIXES = ("\r", "\n", "\r\n", "\t", "")
PREFIXES = ("", "\ufeff", "]Q1", "\\000026", "]Q2\\000026")


def typed(layout: str, text: str) -> str:
    """What arrives when `text` is typed on `layout`; a dead key leaves nothing behind."""
    received = (GIVEN[layout].get(character, character) for character in text)
    return "".join("" if character.startswith("<dead") else character for character in received)


@pytest.mark.parametrize("layout", GIVEN)
def test_the_card_tells_layout_case_prefix_and_suffix(layout: str) -> None:
    for letters, prefix, suffix in product(Letters, PREFIXES, SUFFIXES):
        before = typed(layout, letters.of(prefix))
        habits = learn(before + typed(layout, letters.of(CARD)) + suffix)
        assert habits.letters is letters
        assert habits.suffix == suffix
        assert habits.prefix == before
        if habits.layouts:
            assert NAMES[layout] in habits.layouts
        else:
            assert typed(layout, CARD) == CARD


@pytest.mark.parametrize("layout", GIVEN)
def test_badges_are_read_as_the_habits_promise(layout: str) -> None:
    code = new_code()
    for letters, prefix, suffix in product(Letters, PREFIXES, SUFFIXES):
        before = typed(layout, letters.of(prefix))
        habits = learn(before + typed(layout, letters.of(CARD)) + suffix)
        assert habits.handled, habits.say
        assert "Handled" in habits.say
        arrived = before + typed(layout, letters.of(code)) + suffix
        assert [reading.code for reading in scanning.read(arrived)] == [code]


def test_it_says_in_words_what_it_learnt() -> None:
    belgian = typed("BE", CARD.upper()) + "\r"
    assert learn(belgian).say == (
        "This scanner types as Belgian (AZERTY), letters arrive in capitals, ends with CR. "
        "Handled: nothing to do."
    )
    plain = learn(CARD.lower())
    assert plain.say == (
        "This scanner types as a US keyboard, letters arrive in small letters, ends with nothing. "
        "Handled: a code is taken as soon as its 10 letters are there."
    )
    german = learn("]Q1" + typed("DE", CARD) + "\t").say
    assert "Austrian or German (QWERTZ)" in german
    assert "the code's kind (AIM or ECI) before each code" in german


def test_layouts_that_differ_on_the_card_are_told_apart() -> None:
    def named(layout: str) -> tuple[str, ...]:
        return learn(typed(layout, CARD)).layouts

    assert named("FR") == ("French",)
    assert named("HU") == ("Hungarian",)
    assert named("GR") == ("Greek",)
    assert named("TR") == ("Turkish",)
    assert named("CZ") == named("CZ-qwerty") == ("Czech",)
    assert set(named("SE")) == {"Estonian", "Finnish", "Swedish"}
    assert named("PL") == ()


def test_a_dead_key_may_leave_its_sign_or_take_the_space_after_it() -> None:
    whole = typed("GR", CARD)
    nothing_left = "".join(GIVEN["GR"].get(each, each) for each in CARD.replace(": ", ""))
    for arrived in (whole, nothing_left):
        bare = learn(arrived + "\r")
        assert (bare.layouts, bare.suffix) == (("Greek",), "\r")


def test_the_card_read_twice_in_a_row_is_the_card() -> None:
    once = learn("]Q1" + CARD + "\r\n")
    assert learn(("]Q1" + CARD + "\r\n") * 2) == once
    assert once.prefix == "]Q1"


@pytest.mark.parametrize(
    ("habits", "words"),
    [
        (ScannerHabits(suffix="#"), "end each code with Enter"),
        (ScannerHabits(prefix="ABC", suffix="\r"), "put nothing before a code"),
    ],
)
def test_what_makes_badges_unreadable_is_said_with_the_remedy(
    habits: ScannerHabits, words: str
) -> None:
    assert learn(habits.prefix + CARD + habits.suffix) == habits
    assert not habits.handled
    assert words in habits.say


@pytest.mark.parametrize("raw", ["", "\r", CARD[:20] + "\r", "BCDFGHJKLN\r", "Anna Kowalska\r"])
def test_what_is_not_the_whole_card_is_refused_with_what_to_do(raw: str) -> None:
    with pytest.raises(RefusedError, match=r"[Cc]ard"):
        learn(raw)


def test_hostile_text_round_the_card_is_harmless_in_words() -> None:
    say = learn("\x1b[31m" + CARD + "\x1b]0;x\x07").say
    assert "\x1b" not in say
    assert "\x07" not in say
