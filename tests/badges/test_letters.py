"""The letters of the fonts: all of Europe's, and Latin ones in place of the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from checkin.badges import fonts
from checkin.badges.letters import COVERED, printable

VECTORS = Path(__file__).parent.parent / "vectors"

ALPHABETS = {
    "Bulgarian": "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯабвгдежзийклмнопрстуфхцчшщъьюяЍѝ",
    "Serbian, Macedonian, Ukrainian": "ЂЈЉЊЋЏђјљњћџЃЅЌѓѕќЀѐҐЄІЇґєії",
    "Greek": "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέήίόύώϊϋΐΰςΆΈΉΊΌΎΏΪΫ",
    "Polish": "ĄĆĘŁŃÓŚŹŻąćęłńóśźż",
    "Czech, Slovak": "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽĹĽŔÔÄáčďéěíňóřšťúůýžĺľŕôä",
    "Hungarian": "ŐŰőű",
    "Romanian": "ĂÂÎȘȚăâîșțŞŢşţ",
    "Baltic": "ĀČĒĢĪĶĻŅŠŪŽāčēģīķļņšūžĄĘĖĮŲąęėįųÕÄÖÜõäöü",
    "Maltese": "ĊĠĦŻċġħż",
    "Croatian, Slovene": "ČĆĐŠŽčćđšž",
    "Nordic": "ÅÆØÄÖÐÞåæøäöðþŊŋŦŧÁá",
    "Western": "ÀÂÇÈÉÊËÎÏÔÙÛÜŸŒÆßẞñÑ¿¡ãõÃÕïŴŵŶŷ",
    "Irish, Turkish, Vietnamese": "ĠṠḃċİıĞğŞşƯơỆế",
    "signs": "–—‘’“”„«»…•·€£©®™№°×½²ª",
}


@pytest.mark.parametrize("language", ALPHABETS)
def test_every_letter_of_europe_is_printed_as_it_is(language: str) -> None:
    assert printable(ALPHABETS[language]) == ALPHABETS[language]


def test_the_names_of_the_vectors_are_printed_as_they_are() -> None:
    people = json.loads((VECTORS / "names.json").read_text(encoding="utf-8"))["people"]
    assert len(people) >= 10
    for person in people:
        for field in ("given_name", "family_name", "organisation"):
            assert printable(person[field]) == person[field]


@pytest.mark.parametrize("font", [fonts.REGULAR, fonts.BOLD])
def test_the_coverage_in_the_code_is_that_of_the_shipped_font(font: str) -> None:
    fonts.load()
    glyphs = set(pdfmetrics.getFont(font).face.charToGlyph)
    assert {code for block in COVERED for code in block} == glyphs - {0xFFFF}


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("გიორგი ბერიძე", "Giorgi Beridze"),
        ("Գևորգ", "Gevorg"),
        ("王小明", "WangXiaoMing"),
        ("Anna 王", "Anna Wang"),
        ("👍", ":thumbsup:"),
    ],
)
def test_a_letter_that_the_fonts_lack_is_written_in_latin_letters(name: str, printed: str) -> None:
    assert printable(name) == printed


@given(st.text())
def test_whatever_is_printed_has_a_glyph(text: str) -> None:
    codes = {code for block in COVERED for code in block}
    assert {ord(letter) for letter in printable(text)} <= codes


def test_the_licence_lies_beside_the_fonts() -> None:
    licence = Path(fonts.__file__).parent / "fonts" / "OFL.txt"
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")
