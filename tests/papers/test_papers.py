"""The papers, read back from their PDFs: who stands where, once, whole and inside the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from checkin.badges.letters import printable
from checkin.errors import CheckinError, RefusedError
from checkin.event.settings import EventSettings
from checkin.papers.certificates import write_certificates
from checkin.papers.pack import write_pack
from checkin.papers.page import PaperReport
from checkin.papers.roll_call import Inside, write_roll_call
from checkin.papers.sign_in import write_sign_in
from checkin.papers.table_cards import TableCard, write_table_cards
from checkin.people import Level, Person

EVENT = EventSettings("Cities & regions", dt.date(2024, 10, 9), venue="Square, Brussels")
MARGIN = 5 * 72 / 25.4
"""Points at each edge that office printers can't print on."""
AT = dt.datetime(2024, 10, 9, 7, 32, tzinfo=dt.UTC)


def person(number: int, given: str, family: str, **fields: object) -> Person:
    known: dict[str, object] = {
        "organisation": "Urząd Miasta Łodzi",
        "territory": "Łódzkie",
        "level": Level.CITY,
        "country": "PL",
        "table": 1,
        "email": "secret@example.org",
        **fields,
    }
    return Person(str(number), "BCDFGHJKLN", given, family, **known)  # type: ignore[arg-type]


ANNA = person(1, "Anna", "Kowalska")
GIORGOS = person(2, "Γιώργος", "Παπαδημητρίου", organisation="Δήμος Θεσσαλονίκης", table=2)
HRISTO = person(3, "Христо", "Щербаков", organisation="Столична община", table=2, territory="")
LUC = person(4, "Luc", "Đurić", table=None)
PEOPLE = [HRISTO, LUC, GIORGOS, ANNA]
INSIDE = [Inside(HRISTO), Inside(ANNA, assistance=True), Inside(GIORGOS), Inside(LUC)]
CARDS = [
    TableCard(1, ("en", "pl"), "Anne de Vries", (ANNA,), "Old Harbour"),
    TableCard(12, ("el",), "", (HRISTO, GIORGOS)),
]


def many(count: int) -> list[Person]:
    return [
        person(n, "Given", f"Family{n:03}", organisation=f"Office {n % 9}", table=n % 10 + 1)
        for n in range(count)
    ]


def page_texts(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def in_order(text: str, *parts: str) -> bool:
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


Write = Callable[[Path, EventSettings, list[Person]], PaperReport]


def _roll_call(path: Path, event: EventSettings, people: list[Person]) -> PaperReport:
    return write_roll_call(path, event, [Inside(one, assistance=True) for one in people], AT)


def _cards(path: Path, event: EventSettings, people: list[Person]) -> PaperReport:
    host = people[0].full_name
    return write_table_cards(path, event, [TableCard(99, ("en", "fr", "de"), host, tuple(people))])


def _certificates(path: Path, event: EventSettings, people: list[Person]) -> PaperReport:
    return write_certificates(path, event, people, people[0].full_name)


def _pack(path: Path, event: EventSettings, people: list[Person]) -> PaperReport:
    inside = [Inside(one) for one in people]
    return write_pack(path, event, people, inside, AT, [TableCard(1, people=tuple(people))])


WRITERS: dict[str, Write] = {
    "sign-in": write_sign_in,
    "roll-call": _roll_call,
    "table-cards": _cards,
    "certificates": _certificates,
    "pack": _pack,
}
every_paper = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)


@every_paper
def test_every_page_says_which_event_it_is_of_and_is_counted(tmp_path: Path, write: Write) -> None:
    report = write(tmp_path / "out.pdf", EVENT, many(60))
    texts = page_texts(tmp_path / "out.pdf")
    assert report == PaperReport(tmp_path / "out.pdf", len(texts))
    for number, text in enumerate(texts, start=1):
        assert f"{number} of {len(texts)}" in text
        assert "Cities & regions · Wednesday 9 October 2024" in text
        assert "TEST" not in text


@every_paper
def test_a_practice_event_is_marked_on_every_page(tmp_path: Path, write: Write) -> None:
    practice = EventSettings("Cities & regions", dt.date(2024, 10, 9), live=False)
    write(tmp_path / "out.pdf", practice, PEOPLE)
    assert all("TEST" in text for text in page_texts(tmp_path / "out.pdf"))


@every_paper
def test_the_same_people_give_the_same_bytes(tmp_path: Path, write: Write) -> None:
    write(tmp_path / "one.pdf", EVENT, PEOPLE)
    write(tmp_path / "two.pdf", EVENT, PEOPLE)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


@every_paper
def test_no_e_mail_stands_on_any_paper(tmp_path: Path, write: Write) -> None:
    write(tmp_path / "out.pdf", EVENT, PEOPLE)
    assert "@" not in "".join(page_texts(tmp_path / "out.pdf"))


@every_paper
@pytest.mark.parametrize(
    "text",
    ["W" * 200, "Maximiliana Alexandra " * 9, "Ann [/x] Lee", "<b>%s</b>", "a\x1b[2Jb", "გიორგი"],
)
def test_no_text_is_cut_or_leaves_the_page(tmp_path: Path, write: Write, text: str) -> None:
    long = person(9, text, "", organisation=text, territory=text)
    write(tmp_path / "out.pdf", EventSettings(text, EVENT.date, venue=text), [long, ANNA])
    squeezed = "".join("".join(page_texts(tmp_path / "out.pdf")).split())
    assert squeezed.count("".join(printable(text).split())) >= 3
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    for page in document:
        textpage = page.get_textpage()
        for index in range(textpage.count_chars()):
            left, bottom, right, top = textpage.get_charbox(index)
            if right > left:  # line ends, which the reader makes up, have no width
                assert left >= MARGIN
                assert bottom >= MARGIN
                assert right <= page.get_width() - MARGIN
                assert top <= page.get_height() - MARGIN
    document.close()


@every_paper
def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path, write: Write) -> None:
    with pytest.raises(CheckinError, match="is not there"):
        write(tmp_path / "nowhere" / "out.pdf", EVENT, PEOPLE)


def test_the_attendance_sheet_goes_by_authority_then_by_name(tmp_path: Path) -> None:
    write_sign_in(tmp_path / "out.pdf", EVENT, PEOPLE)
    (text,) = page_texts(tmp_path / "out.pdf")
    assert "4 people registered" in text
    assert "Wednesday 9 October 2024 · 09:00–14:00 · Square, Brussels" in text
    assert in_order(text, "Γιώργος", "Христо", "Luc Đurić", "Anna Kowalska", "For the organisers")
    assert "Urząd Miasta Łodzi (PL)" in text


def test_the_attendance_sheet_ends_with_blank_rows_to_the_end_of_its_page(tmp_path: Path) -> None:
    for count, pages in ((0, 1), (16, 1), (17, 2), (60, 4)):
        report = write_sign_in(tmp_path / "out.pdf", EVENT, many(count))
        assert report.pages == pages
        assert str(pages * 20) in page_texts(tmp_path / "out.pdf")[-1].split("\n")


def test_the_roll_call_names_each_person_once_and_assistance_first(tmp_path: Path) -> None:
    write_roll_call(tmp_path / "out.pdf", EVENT, INSIDE, AT)
    (text,) = page_texts(tmp_path / "out.pdf")
    assert "4 inside at 09:32" in text
    assert in_order(
        text,
        "Need assistance: 1",
        "Anna Kowalska",
        "table 1 · Urząd",
        "Table 1: 0 and 1 above",
        "Table 2: 2",
        "Γιώργος",
        "Христо",
        "No table: 1",
        "Luc Đurić",
    )
    for one in PEOPLE:
        assert text.count(one.full_name) == 1
    assert "destroy it after the day" in text


def test_a_roll_call_of_nobody_says_so(tmp_path: Path) -> None:
    write_roll_call(tmp_path / "out.pdf", EVENT, [], AT)
    (text,) = page_texts(tmp_path / "out.pdf")
    assert "Nobody is inside." in text
    assert "destroy" not in text


def test_a_roll_call_of_five_hundred_loses_nobody_and_repeats_the_table(tmp_path: Path) -> None:
    people = many(500)
    report = write_roll_call(tmp_path / "out.pdf", EVENT, [Inside(one) for one in people], AT)
    text = "".join(page_texts(tmp_path / "out.pdf"))
    assert report.pages > 10
    assert all(text.count(one.family_name) == 1 for one in people)
    assert "Table 1: 50, continued" in text


def test_a_table_card_says_the_same_on_both_faces(tmp_path: Path) -> None:
    report = write_table_cards(tmp_path / "out.pdf", EVENT, CARDS)
    first, second = page_texts(tmp_path / "out.pdf")
    assert report.pages == 2
    for part in ("English · Polski", "Host: Anne de Vries", "Łódzkie", "Kowalska", "Old Harbour"):
        assert first.count(part) == 2
    assert second.count("12") == 2
    assert "Host" not in second
    # Who comes from no territory stands under the organisation, after the territories.
    assert in_order(second, "Łódzkie", "Γιώργος", "Столична община", "Христо")


def test_a_certificate_for_each_who_came(tmp_path: Path) -> None:
    report = write_certificates(tmp_path / "out.pdf", EVENT, PEOPLE, "Marie Dupont")
    texts = page_texts(tmp_path / "out.pdf")
    assert report.pages == 4
    assert [next(one for one in PEOPLE if one.full_name in text) for text in texts] == [
        LUC,
        ANNA,
        GIORGOS,
        HRISTO,
    ]
    assert "Wednesday 9 October 2024, 09:00–14:00 (5 hours), Square, Brussels" in texts[0]
    assert "Marie Dupont" in texts[0]
    assert "BCDF" not in texts[0]


def test_the_pack_holds_roll_call_list_with_codes_and_cards(tmp_path: Path) -> None:
    report = write_pack(tmp_path / "out.pdf", EVENT, PEOPLE, INSIDE, AT, CARDS)
    roll_call, names, *cards = page_texts(tmp_path / "out.pdf")
    assert report.pages == 4
    assert "Roll call" in roll_call
    assert in_order(names, "Đurić, Luc", "Kowalska, Anna", "Παπαδημητρίου", "Щербаков")
    assert names.count("BCDF GHJK LN") == 4
    assert "Host: Anne de Vries" in cards[0]
    assert len(cards) == 2


def test_nobody_to_certify_and_no_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="nobody to print on the certificates"):
        write_certificates(tmp_path / "out.pdf", EVENT, [])
    with pytest.raises(RefusedError):
        write_table_cards(tmp_path / "out.pdf", EVENT, [])
    assert list(tmp_path.iterdir()) == []
