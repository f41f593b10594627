"""Keyboard layouts: what they garble, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

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
