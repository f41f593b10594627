"""Sheets of badges: every code read by a decoder, every letter on its badge, whole files only."""

from __future__ import annotations

import random
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import zxingcpp

from checkin.badges.badge import BadgeData
from checkin.badges.sheets import SheetReport, write_badges
from checkin.badges.stocks import STOCKS, Stock, stock_named
from checkin.errors import CheckinError, RefusedError
from checkin.people import Level, Person

MM = 72 / 25.4
some = random.Random(11)


def code() -> str:
    return "".join(some.choices("BCDFGHJKLNPRSTVX", k=10))


def many(count: int) -> list[BadgeData]:
    names = [("Anna", "Kowalska"), ("Γιώργος", "Παπαδημητρίου"), ("Христо", "Щербаков")]
    return [
        BadgeData(code(), *names[n % 3], "Urząd Miasta Łodzi", list(Level)[n % 4], "PL")
        for n in range(count)
    ]


def page_texts(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


def decoded(path: Path) -> list[list[str]]:
    document = pypdfium2.PdfDocument(path)
    pages = [
        [found.text for found in zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil())]
        for page in document
    ]
    document.close()
    return pages


@pytest.mark.parametrize("stock", STOCKS.values(), ids=STOCKS)
def test_every_code_on_every_page_is_read_by_a_decoder(tmp_path: Path, stock: Stock) -> None:
    badges = many(11)
    report = write_badges(tmp_path / "out.pdf", badges, stock, event="Test day")
    expected = [badge.code for badge in badges]
    per_page = [
        sorted(expected[start : start + stock.per_page])
        for start in range(0, len(expected), stock.per_page)
    ]
    assert [sorted(page) for page in decoded(tmp_path / "out.pdf")] == per_page
    assert report == SheetReport(tmp_path / "out.pdf", 11, len(per_page))


def test_what_stands_on_a_badge_can_be_read_back(tmp_path: Path) -> None:
    badge = BadgeData(
        "BCDFGHJKLN",
        "Małgorzata",
        "Ħåkĭñşőn",
        "Δήμος Θεσσαλονίκης",
        Level.METROPOLIS,
        "EL",
        "speaker",
    )
    write_badges(tmp_path / "out.pdf", [badge], STOCKS["90x54"], event="Cities & regions")
    lines = page_texts(tmp_path / "out.pdf")[0].split("\n")
    for part in ("Małgorzata", "Ħåkĭñşőn", "Δήμος Θεσσαλονίκης", "Speaker", "BCDF GHJK LN"):
        assert part in lines
    assert squeezed("M Metropolis EL") in squeezed("".join(lines))


HOSTILE = [
    "W" * 200,
    "Maximiliana Alexandra " * 9,
    "Ann [/x] Lee",
    "[@click=app.quit]x",
    "<b>Bob</b> %s {0} \\n",
    "a\x1b]0;title\x07b\x1b[2Jc",
    "\u202egnirts\u202c",
    "e" + "\u0301" * 50,
    "გიორგი",
    "王小明",
]


@pytest.mark.parametrize("stock", STOCKS.values(), ids=STOCKS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_is_cut_leaves_its_badge_or_hides_the_code(
    tmp_path: Path, stock: Stock, text: str
) -> None:
    from checkin.badges.letters import printable

    badge = BadgeData("BCDFGHJKLN", text, text, text, Level.REGION, "PL", text)
    write_badges(tmp_path / "out.pdf", [badge], stock, event=text)
    written = squeezed(page_texts(tmp_path / "out.pdf")[0])
    assert written.count(squeezed(printable(text))) >= 3
    assert decoded(tmp_path / "out.pdf") == [["BCDFGHJKLN"]]
    x, y = next(stock.places())
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    textpage = document[0].get_textpage()
    for index in range(textpage.count_chars()):
        left, bottom, right, top = textpage.get_charbox(index)
        assert left >= x * MM
        assert right <= (x + stock.badge_width) * MM
        assert bottom >= y * MM
        assert top <= (y + stock.badge_height) * MM
    document.close()


def test_the_same_badges_give_the_same_bytes(tmp_path: Path) -> None:
    badges = many(20)
    for name in ("one.pdf", "two.pdf"):
        write_badges(tmp_path / name, badges, STOCKS["a4-8"])
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_progress_is_told_after_each_badge(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_badges(
        tmp_path / "out.pdf", many(3), STOCKS["a6"], progress=lambda *done: told.append(done)
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_cancel_leaves_nothing_half_written(tmp_path: Path) -> None:
    asked = iter([False, False, True])
    with pytest.raises(RefusedError, match="cancelled; nothing was written"):
        write_badges(tmp_path / "out.pdf", many(9), STOCKS["a4-8"], cancelled=lambda: next(asked))
    assert list(tmp_path.iterdir()) == []


def test_no_badge_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="no badge to print"):
        write_badges(tmp_path / "out.pdf", [], STOCKS["a4-8"])


def test_a_path_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CheckinError, match="is not there"):
        write_badges(tmp_path / "nowhere" / "out.pdf", many(1), STOCKS["a4-8"])


def test_an_unknown_stock_names_those_there_are() -> None:
    with pytest.raises(CheckinError, match="a4-8, a6, 90x54"):
        stock_named("letter")
    assert stock_named(" A4-8 ") is STOCKS["a4-8"]


def test_every_place_of_a_stock_is_on_its_page_and_apart_from_the_others() -> None:
    for stock in STOCKS.values():
        places = list(stock.places())
        assert len(set(places)) == stock.per_page
        for x, y in places:
            assert x >= 0
            assert y >= 0
            assert x + stock.badge_width <= stock.page_width
            assert y + stock.badge_height <= stock.page_height


def test_a_level_is_told_without_colour(tmp_path: Path) -> None:
    badges = [BadgeData(code(), "A", "B", level=level) for level in Level]
    write_badges(tmp_path / "out.pdf", badges, STOCKS["90x54"])
    words = [set(text.split()) for text in page_texts(tmp_path / "out.pdf")]
    for level, found in zip(Level, words, strict=True):
        assert {level.letter, level.value.capitalize()} <= found


def test_nothing_but_the_badge_is_taken_from_a_person() -> None:
    person = Person(
        id="1",
        code="BCDFGHJKLN",
        given_name="Anna",
        family_name="Kowalska",
        email="a@b.eu",
        table=4,
    )
    assert BadgeData.of(person) == BadgeData("BCDFGHJKLN", "Anna", "Kowalska")
