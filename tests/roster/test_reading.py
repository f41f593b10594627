"""Lists are read as people see them, whatever they came as; what is no list is refused cheaply."""

from __future__ import annotations

import csv
import datetime
import io
import random
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from checkin.errors import ListFileError
from checkin.roster.columns import find_columns
from checkin.roster.reading import delimiter_of, read_rows

Maker = Callable[[str, Sequence[Sequence[object]]], Path]

HEADER = ("Nom", "Prénom", "Organisme", "Pays")
PEOPLE = [("Lecœur", "Aurélie", "Métropole; Lille", "France"), ("Škvařil", "Řehoř", "Brno", "CZ")]


@pytest.mark.parametrize("delimiter", list(",;\t|"))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_lists_give_the_same_rows(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([HEADER, *PEOPLE])
    raw = read_rows(path)
    assert raw.rows == [HEADER, *PEOPLE]
    assert raw.delimiter == delimiter
    assert raw.encoding == encoding


def test_utf_16_without_its_mark_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes("Name\tE-mail\r\nZoë\tzoe@example.org\r\n".encode("utf-16-le"))
    assert read_rows(path).rows == [("Name", "E-mail"), ("Zoë", "zoe@example.org")]


@pytest.mark.parametrize(
    ("encoding", "countries", "text"),
    [
        ("cp1252", (), "Nom;Prénom\nLecœur;Aurélie\nBoëdec;Gaëlle\n"),
        ("cp1252", (), "Apellidos;Nombre\nPeña Núñez;Iñaki\n"),
        ("cp1252", (), "Fornavn;Efternavn\nSøren;Kjærgård\n"),
        ("cp1250", (), "Nazwisko;Imię\nŁoś;Małgorzata\nŹrebiec;Paweł\n"),
        ("cp1250", (), "Příjmení;Jméno\nDvořák;Jiří\nŠkvařil;Řehoř\n"),
        ("cp1250", (), "Nume;Prenume;E-mail;Instituţie;Judeţ\nŢurcanu;Ştefan;;;Cluj\n"),
        ("cp1250", (), "Név;Cég\nSzőke Gábor;Győr\nTűzkő Ákos;Pécs\n"),
        ("cp1253", (), "Όνομα;Επώνυμο\nΓιώργος;Παπαδόπουλος\n"),
        ("cp1251", (), "Име;Фамилия\nЩерьо;Жечев\n"),
        ("cp1257", (), "Vardas;Pavardė\nŽivilė;Šiaulytė\n"),
        ("cp1257", (), "Vārds;Uzvārds\nJānis;Bērziņš\n"),
        ("cp1254", ("TR",), "Adı;Soyadı\nIşıl;Yağmur\n"),
        ("cp1252", ("IS",), "Nafn;Land\nÞórunn Guðlaugsdóttir;IS\n"),
        ("mac-roman", (), "Name;Vorname\nMüller;Jürgen\nGroß;Käthe\n"),
    ],
)
def test_old_code_pages_are_told_apart(
    tmp_path: Path, encoding: str, countries: tuple[str, ...], text: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    raw = read_rows(path, countries=countries)
    assert raw.rows == [tuple(line.split(";")) for line in text.splitlines()]


def test_the_encoding_can_be_said_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Nom;Prénom\nPeña;Zoë\n".encode("cp1252"))
    assert read_rows(path, encoding="latin-1").rows[1] == ("Peña", "Zoë")
    for wrong in ("utf-8", "no-such-thing", "rot13", "base64"):
        with pytest.raises(ListFileError):
            read_rows(path, encoding=wrong)


def test_one_broken_letter_does_not_turn_a_list_of_utf_8_into_a_code_page(tmp_path: Path) -> None:
    names = "\n".join(f"Zoë{number};Ängström" for number in range(40))
    path = tmp_path / "list.csv"
    path.write_bytes(f"Prénom;Nom\n{names}\n".encode() + b"Jos\xc3;Garc\n")
    raw = read_rows(path)
    assert raw.rows[1] == ("Zoë0", "Ängström")
    assert raw.notes == ("1 letter could not be read as utf-8.",)


def test_excel_names_its_delimiter_in_a_first_line(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("sep=;\nName;City, country\nZoë;Utrecht, NL\n", encoding="utf-8")
    raw = read_rows(path)
    assert raw.delimiter == ";"
    assert raw.rows[1:] == [("Name", "City, country"), ("Zoë", "Utrecht, NL")]
    assert find_columns(raw.rows).header_row == 2


def test_line_breaks_and_quotation_marks_inside_cells_stay_inside(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('Name,Note\r\n"Berg, ""Zoë""","two\nlines"\r\n', encoding="utf-8", newline="")
    assert read_rows(path).rows == [("Name", "Note"), ('Berg, "Zoë"', "two\nlines")]


def test_the_delimiter_is_the_one_that_makes_even_rows() -> None:
    assert delimiter_of("Name;Mail;City\nBerg, Zoë;z@example.org;Utrecht, NL\n") == ";"
    assert delimiter_of("Name\tNote\nZoë\ta, b; c, d\nJan\te; f, g\n") == "\t"
    assert delimiter_of("Name\nZoë\nJan\n") in ",;\t|"


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_spreadsheets_give_what_people_see(kind: str, request: pytest.FixtureRequest) -> None:
    make: Maker = request.getfixturevalue(kind)
    rows = [
        ("Alias", "Atelier2024", ""),
        ("", "", ""),
        ("Nom", "Prénom", "Table"),
        ("Źrebiec", "Zoë", 12),
        ("Παπαδόπουλος", "Γιώργος", 3.5),
    ]
    if kind == "ods":
        rows[1] = ()  # type: ignore[call-overload]
    raw = read_rows(make(f"list.{kind}", rows))
    assert raw.rows[2:] == [
        ("Nom", "Prénom", "Table"),
        ("Źrebiec", "Zoë", "12"),
        ("Παπαδόπουλος", "Γιώργος", "3.5"),
    ]
    assert len(raw.sheets) == 1


def test_dates_of_cells_become_iso_text(xlsx: Maker) -> None:
    moment = datetime.datetime(2024, 9, 19, 10, 12, 44)
    day = datetime.datetime(2024, 9, 18)
    raw = read_rows(xlsx("list.xlsx", [("Name", "When"), ("Zoë", moment), ("Jan", day)]))
    assert [row[1] for row in raw.rows] == ["When", "2024-09-19 10:12:44", "2024-09-18"]


def test_a_list_that_starts_to_the_right_and_below_keeps_its_letters(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(3, 2, ("Name", "E-mail"))
        sheet.write_row(4, 2, ("Zoë", "zoe@example.org"))
    raw = read_rows(path)
    assert raw.rows[3] == ("", "", "Name", "E-mail")
    assert find_columns(raw.rows, {"badge_name": "C"}).column_of("badge_name") == 2


def test_the_fullest_visible_sheet_is_read_unless_another_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Read me").write(0, 0, "see the other sheet")
        people = book.add_worksheet("People")
        people.write_column(0, 0, ("Name", "Zoë", "Jan"))
        hidden = book.add_worksheet("Old")
        hidden.write_column(0, 0, [f"row {number}" for number in range(50)])
        hidden.hide()
    raw = read_rows(path)
    assert raw.sheet == "People"
    assert raw.sheets == ("Read me", "People", "Old")
    assert read_rows(path, sheet="old").rows[0] == ("row 0",)
    assert read_rows(path, sheet="1").sheet == "Read me"
    with pytest.raises(ListFileError, match="Read me, People, Old"):
        read_rows(path, sheet="Guests")


NOT_LISTS = {
    "letter.pdf": b"%PDF-1.7\n%\xe2\xe3",
    "photo.png": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "event.sqlite": b"SQLite format 3\0" + bytes(100),
    "empty.csv": b"",
    "spaces.csv": b"  \r\n\r\n",
    "commas.csv": b",,,\r\n,,,\r\n",
    "random.csv": random.Random(1).randbytes(5_000) + b"\0",
    "page.xls": b"<html><table><tr><td>Name</td></tr></table></html>",
    "flat.xml": b'<?xml version="1.0"?><Workbook/>',
    "card.vcf": b"BEGIN:VCARD\nFN:Zoe\n",
    "data.json": b'[{"name": "Zoe"}]',
    "cut.xlsx": b"PK\x03\x04" + bytes(60),
    "cut.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "archive.gz": b"\x1f\x8b\x08" + bytes(30),
    "quote.csv": b'Name,Mail\n"' + b"x" * 2_000_000,
}


@pytest.mark.parametrize("name", NOT_LISTS)
def test_what_is_no_list_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(NOT_LISTS[name])
    with pytest.raises(ListFileError) as refusal:
        read_rows(path)
    sentence = str(refusal.value)
    assert sentence.endswith((".", "?"))
    assert len(sentence) < 200
    assert "Error" not in sentence


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ListFileError, match="folder"):
        read_rows(tmp_path)
    with pytest.raises(ListFileError, match="no file"):
        read_rows(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    ("member", "word"),
    [
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "presentation"),
        ("Index/Document.iwa", "Numbers"),
        ("list.csv", "archive"),
    ],
)
def test_other_files_that_are_archives_are_named(tmp_path: Path, member: str, word: str) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "Name,Mail")
    with pytest.raises(ListFileError, match=word):
        read_rows(path)


def test_a_spreadsheet_under_a_password_is_named(
    tmp_path: Path, compound: Callable[[str, bytes], bytes]
) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(compound("EncryptedPackage", b"secret"))
    with pytest.raises(ListFileError, match="password"):
        read_rows(path)


# Bounds ------------------------------------------------------------------------------------------


def with_sheet(path: Path, sheet: bytes) -> None:
    """Puts another first sheet into a good .xlsx file."""
    good = io.BytesIO()
    with xlsxwriter.Workbook(good) as book:
        book.add_worksheet().write(0, 0, "Name")
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as target:
        for member in source.infolist():
            body = source.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                body = sheet
            target.writestr(member.filename, body, zipfile.ZIP_DEFLATED)


def most_memory() -> int:
    """KiB that this process ever took; not known on Windows."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def refused_cheaply(path: Path) -> str:
    before = most_memory()
    started = time.process_time()
    with pytest.raises(ListFileError) as refusal:
        read_rows(path)
    assert time.process_time() - started < 5
    grown = most_memory() - before
    assert grown < 300 * 1024, f"{grown} KiB"
    return str(refusal.value)


def test_a_small_file_that_unpacks_to_hundreds_of_megabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>aaaaaaaaaaaaaaaaaa</t></is></c></row>'
    with_sheet(path, b"<worksheet><sheetData>" + row * 1_500_000 + b"</sheetData></worksheet>")
    assert path.stat().st_size < 1_000_000
    assert "unpack" in refused_cheaply(path)


def test_a_lie_about_the_unpacked_size_does_not_help(tmp_path: Path) -> None:
    path = tmp_path / "liar.xlsx"
    with_sheet(path, b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>")
    raw = path.read_bytes()
    lie = raw.replace((60_000_000 + 23).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lie != raw
    path.write_bytes(lie)
    refused_cheaply(path)


def test_one_cell_far_outside_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    with_sheet(
        path,
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    )
    assert "more cells" in refused_cheaply(path)


def test_rows_formatted_to_the_end_of_the_sheet_are_no_reason_to_refuse(tmp_path: Path) -> None:
    path = tmp_path / "formatted.xlsx"
    formatted = b"".join(
        b'<row r="%d"><c r="ZZ%d" s="0"/></row>' % (n, n) for n in range(2, 40_000)
    )
    with_sheet(
        path,
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
        + formatted
        + b"</sheetData></worksheet>",
    )
    assert read_rows(path).rows == [("Name",)]


@pytest.mark.parametrize(
    "sheet",
    [b"<row " * 2_000_000, b'<c r="A1" ' * 1_000_000, b"<worksheet>" + b"<c " * 3_000_000],
)
def test_a_sheet_made_to_be_slow_is_not(tmp_path: Path, sheet: bytes) -> None:
    path = tmp_path / "slow.xlsx"
    with_sheet(path, sheet)
    refused_cheaply(path)


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>',
        '<table:table-row><table:table-cell office:value-type="string" '
        'table:number-columns-repeated="100000000"><text:p>x</text:p></table:table-cell>'
        "</table:table-row>",
    ],
)
def test_a_cell_said_a_million_times_does_not_fill_the_memory(
    tmp_path: Path, raw_ods: Callable[[str], bytes], rows: str
) -> None:
    path = tmp_path / "far.ods"
    path.write_bytes(raw_ods(rows))
    assert "more cells" in refused_cheaply(path)


def test_the_empty_rest_of_an_ods_sheet_is_no_reason_to_refuse(
    tmp_path: Path, raw_ods: Callable[[str], bytes]
) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    blank = "<table:table-cell table:number-columns-repeated='16382'/>"
    row = "<table:table-row>{}" + blank + "</table:table-row>"
    rest = (
        '<table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    rows = "".join(
        row.format(cell.format(one) + cell.format(two)).replace("'", '"')
        for one, two in (("Name", "Mail"), ("Zoë", "z@example.org"))
    )
    path = tmp_path / "list.ods"
    path.write_bytes(raw_ods(rows + rest))
    assert read_rows(path).rows == [("Name", "Mail"), ("Zoë", "z@example.org")]


def test_progress_is_told_and_what_it_raises_ends_the_reading(tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    path = tmp_path / "long.csv"
    path.write_text("Name\n" + "Zoë Berg\n" * 10_000, encoding="utf-8")
    told: list[int] = []
    read_rows(path, progress=lambda done, _: told.append(done))
    assert told == sorted(told)
    assert len(told) >= 3

    def cancel(*_: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_rows(path, progress=cancel)


# Damage ------------------------------------------------------------------------------------------


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with some changed, lost, added or cut off."""
    out = bytearray(raw)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(out))
        what = chance.random()
        if what < 0.6:
            out[at] = chance.randrange(256)
        elif what < 0.75:
            del out[at : at + chance.randint(1, 40)]
        elif what < 0.9:
            out[at:at] = chance.randbytes(chance.randint(1, 20))
        else:
            del out[at + 1 :]
        out = out or bytearray(b"x")
    return bytes(out)


def damaged_inside(raw: bytes, chance: random.Random) -> bytes:
    """A good archive whose members are damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            body = source.read(member)
            if body and chance.random() < 0.4:
                body = damaged(body, chance)
            target.writestr(member.filename, body)
    return out.getvalue()


@pytest.mark.campaign
@pytest.mark.parametrize(("kind", "times"), [("xlsx", 400), ("ods", 400), ("csv", 100), ("xls", 8)])
def test_a_damaged_list_is_read_or_refused_and_never_more(
    kind: str,
    times: int,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capfd: pytest.CaptureFixture[str],
) -> None:
    rows = [HEADER, *PEOPLE]
    path = tmp_path / "list"
    if kind == "csv":
        good = "\n".join(";".join(row) for row in rows).encode("cp1250", errors="replace")
    else:
        good = request.getfixturevalue(kind)(f"good.{kind}", rows).read_bytes()
    seed = 20241009
    chance = random.Random(seed)
    refused = 0
    for number in range(times):
        inside = kind in ("xlsx", "ods") and chance.random() < 0.8
        path.write_bytes((damaged_inside if inside else damaged)(good, chance))
        try:
            read_rows(path)
        except ListFileError:
            refused += 1
        except BaseException as error:
            error.add_note(f"{kind}, seed {seed}, file {number} of {times}")
            raise
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")
    assert refused
    with capfd.disabled():
        sys.stdout.write(f"\n{times} damaged {kind} files, seed {seed}: {refused} refused\n")
