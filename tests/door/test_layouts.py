"""Keyboard layouts: what they garble, and how the test card tells them apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkin.door import layouts
from checkin.door.codes import ALPHABET

GIVEN: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent.parent / "vectors" / "keyboard_layouts.json").read_text("utf-8")
)["layouts"]


def test_the_packaged_tables_say_what_the_vectors_say() -> None:
    assert {layout.id for layout in layouts.layouts()} == set(GIVEN)
    for layout in layouts.layouts():
        for sent, received in GIVEN[layout.id].items():
            if len(received) == 1:
                assert layout.received[sent] == received
            else:
                assert sent in layout.dead


def test_every_script_undoes_each_letter_to_one_letter() -> None:
    assert layouts.scripts()[0].name is None
    for layout in layouts.layouts():
        received = "".join(GIVEN[layout.id][letter] for letter in ALPHABET)
        small = "".join(GIVEN[layout.id][letter.lower()] for letter in ALPHABET)
        undone = [(each.undo(received), each.undo(small)) for each in layouts.scripts()]
        assert (ALPHABET, ALPHABET) in undone


@pytest.mark.parametrize("layout", layouts.layouts(), ids=lambda layout: layout.id)
def test_the_test_card_is_recognised_on_every_layout_in_both_cases(
    layout: layouts.Layout,
) -> None:
    for sent in (layouts.TEST_CARD, layouts.TEST_CARD.lower()):
        received = "".join(layout.received[character] for character in sent)
        assert layout.name in layouts.recognise(received)


def test_the_test_card_tells_the_layouts_that_differ_apart() -> None:
    def named(layout: str) -> tuple[str, ...]:
        return layouts.recognise("".join(GIVEN[layout][each] for each in layouts.TEST_CARD))

    assert named("BE") == ("Belgian",)
    assert named("FR") == ("French",)
    assert named("HU") == ("Hungarian",)
    assert named("LT") == ("Lithuanian",)
    assert named("GR") == ("Greek",)
    assert set(named("CZ")) == {"Czech"}
    assert "British" in named("GB")
    assert layouts.recognise("something else") == ()
