"""What a scanner or a keyboard sends, and what is read out of it (admission cases 2 and 27-31)."""

from __future__ import annotations

import json
import random
import re
import time
import unicodedata
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.door.codes import ALPHABET, LENGTH, new_code
from checkin.door.scanning import Form, read

LAYOUTS: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent.parent / "vectors" / "keyboard_layouts.json").read_text("utf-8")
)["layouts"]
NATURAL = {"BG", "BG-phon", "GR", "UA", "FR-bepo"}
"""Layouts that move the letters of a code."""


def code_number(number: int) -> str:
    return new_code(random.Random(number).randrange)


def codes_in(raw: str) -> list[str]:
    return [reading.code for reading in read(raw) if reading.form is Form.CODE]


def typed_on(layout: str, sent: str) -> list[str]:
    """What arrives: dead keys as nothing, and as their spacing sign."""
    table = LAYOUTS[layout]
    received = [table.get(character, character) for character in sent]
    return [
        "".join("" if len(key) > 1 else key for key in received),
        "".join("´" if len(key) > 1 else key for key in received),
    ]


def test_case_02_an_internal_id_is_not_a_code() -> None:
    for _ in range(500):
        for text in (str(uuid.uuid4()), uuid.uuid4().hex, uuid.uuid4().hex.upper()):
            (reading,) = read(text)
            assert reading.form is Form.TEXT
    assert read("bcdfbcdf-bcdf-bcdf-bcdf-bcdfbcdfbcdf")[0].form is Form.TEXT
    assert read("4711")[0].form is Form.TEXT


@pytest.mark.parametrize("suffix", ["", "\r", "\n", "\r\n", "\t", "\t\r\n", " "])
@pytest.mark.parametrize("prefix", ["", "\ufeff", "]Q0", "]Q3", "]C1", "\\000026", "]Q3\\000026"])
def test_case_27_prefix_suffix_case_and_spaces_do_not_hide_a_code(prefix: str, suffix: str) -> None:
    for number in range(50):
        code = code_number(number)
        grouped = f"{code[:5]} {code[5:]}"
        for sent in (code, code.lower(), code.swapcase(), grouped, " ".join(code.lower())):
            assert codes_in(prefix + sent + suffix) == [code]
            assert len(read(prefix + sent + suffix)) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_case_28_a_code_through_each_layout_in_both_cases_is_found(layout: str) -> None:
    for number in range(100):
        code = code_number(number)
        for sent in (code, code.lower()):
            for received in typed_on(layout, sent):
                assert codes_in(received) == [code]
                decomposed = unicodedata.normalize("NFD", received)
                assert codes_in(unicodedata.normalize("NFC", decomposed)) == [code]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_case_28_prefixes_garbled_by_the_layout_do_not_hide_a_code(layout: str) -> None:
    for number in range(20):
        code = code_number(number)
        for mark in ("\\", "#", "*", "µ", "ç", "'", "¨", ""):
            for sent in ("000026" + code, "000026" + code.lower(), "000003" + code):
                for received in typed_on(layout, sent):
                    assert codes_in(mark + received) == [code], mark + received
        for mark in ("]", "$", "+", "=", "ü", "¨", ""):
            for sent in ("Q0" + code, "q3" + code.lower(), "Q1" + code):
                for received in typed_on(layout, sent):
                    assert codes_in(mark + received) == [code], mark + received


def test_a_layout_is_named_when_only_one_could_have_garbled_the_scan() -> None:
    code = code_number(1)
    assert read("µààààé§" + code)[0].layout == "Belgian"
    assert read("*ààààé-" + code)[0].layout == "French"
    assert read(typed_on("GR", code.lower())[0])[0].layout == "Greek"
    assert read(code)[0].layout is None
    assert read("\\000026" + code)[0].layout is None


def test_case_29_a_wrong_letter_or_a_swap_is_a_bad_scan_and_never_another_code() -> None:
    for number in range(60):
        code = code_number(number)
        for place in range(LENGTH):
            for letter in ALPHABET.replace(code[place], ""):
                (reading,) = read(code[:place] + letter + code[place + 1 :])
                assert reading.form is Form.MISREAD
                assert reading.code == ""
        for place in range(LENGTH - 1):
            if code[place] != code[place + 1]:
                swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
                assert read(swapped)[0].form is Form.MISREAD
                assert read(swapped.lower())[0].form is Form.MISREAD


def test_a_cut_scan_says_so_and_a_short_word_is_only_text() -> None:
    code = code_number(7)
    for kept in range(6, 10):
        assert read(code[:kept])[0].form is Form.CUT
        assert read(code[-kept:].lower())[0].form is Form.CUT
    for word in ("Krk", "Brno", "VLK", "smrt", "Grk Krk"):
        assert read(word)[0].form is Form.TEXT


@pytest.mark.parametrize("number", [2, 3, 10, 200])
def test_case_30_codes_glued_together_come_out_in_order(number: int) -> None:
    codes = [code_number(each) for each in range(number)]
    assert codes_in("".join(codes)) == codes
    assert codes_in("".join(codes).lower()) == codes
    for separator in ("\r", "\n", "\r\n", "\t", " ", "]Q3", "\\000026"):
        assert codes_in(separator.join(codes)) == codes


@pytest.mark.parametrize("layout", sorted(NATURAL))
def test_case_30_glued_codes_come_out_through_other_scripts_as_well(layout: str) -> None:
    codes = [code_number(each) for each in range(20)]
    for received in typed_on(layout, "".join(codes).lower()):
        assert codes_in(received) == codes


def test_a_cut_code_does_not_cost_its_glued_neighbours() -> None:
    codes = [code_number(each) for each in range(4)]
    readings = read(codes[0] + codes[1][3:] + codes[2] + codes[3])
    assert [reading.form for reading in readings] == [Form.CODE, Form.CUT, Form.CODE, Form.CODE]
    assert [reading.code for reading in readings if reading.code] == [codes[0], *codes[2:]]


HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "\x00",
        "\r\n",
        "\ufeff",
        "\x1b[2J\x1b]0;title\x07",
        "\x1b[31m" + code_number(3),
        "[@click=app.quit]x",
        "x" * 7000,
        "B" * 7000,
        "ж[a" * 2333,
        "BCDFGHJKLN.........." * 350,
        "\x1b" * 7000,
        "e\u0301\u0301\u0301" * 1750,
        "\u202e" * 7000,
        (code_number(1) + ".") * 640,
        code_number(1) * 700,
        "\ud800" * 10,
    ],
)
def test_case_31_anything_at_all_gets_a_harmless_reading_under_50_ms(raw: str) -> None:
    read("warm")
    best = 1.0
    for _ in range(3):
        before = time.perf_counter()
        readings = read(raw)
        best = min(best, time.perf_counter() - before)
    assert readings
    assert best < 0.05
    for reading in readings:
        assert not HARMFUL.search(reading.text)
        assert len(reading.text) <= 200


@given(st.text())
def test_every_text_is_read_as_something_and_only_right_codes_are_codes(raw: str) -> None:
    readings = read(raw)
    assert readings
    for reading in readings:
        assert (reading.form is Form.CODE) == (len(reading.code) == LENGTH)
        assert not HARMFUL.search(reading.text)


@pytest.mark.parametrize(
    "typed", ["kowal", "Anna Kowalska", "παπαδημητρίου", "Щербаков", "o'briain", "Łódź", "Lyon 3e"]
)
def test_names_and_places_are_text(typed: str) -> None:
    (reading,) = read(typed + "\n")
    assert (reading.form, reading.text, reading.code) == (Form.TEXT, typed, "")


def test_several_lines_are_several_readings_and_empty_lines_none() -> None:
    code = code_number(5)
    readings = read(f"\n{code}\n\nAnna Kowalska\r\n")
    assert [reading.form for reading in readings] == [Form.CODE, Form.TEXT]
