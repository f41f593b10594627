"""Makers of spreadsheet files for the roster's tests: the smallest files that readers accept."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

Maker = Callable[[str, Sequence[Sequence[object]]], Path]


@pytest.fixture
def xlsx(tmp_path: Path) -> Maker:
    """Writes rows to an .xlsx file."""

    def make(name: str, rows: Sequence[Sequence[object]]) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        return path

    return make


@pytest.fixture
def ods(tmp_path: Path) -> Maker:
    """Writes rows to an .ods file: a zip of a mimetype, a manifest and the content."""

    def make(name: str, rows: Sequence[Sequence[object]]) -> Path:
        path = tmp_path / name
        path.write_bytes(ods_of("".join(map(_ods_row, rows))))
        return path

    return make


@pytest.fixture
def xls(tmp_path: Path) -> Maker:
    """Writes rows of text and numbers to an .xls file (BIFF8 in a compound file)."""

    def make(name: str, rows: Sequence[Sequence[object]]) -> Path:
        path = tmp_path / name
        path.write_bytes(_compound("Workbook", _biff(rows)))
        return path

    return make


@pytest.fixture
def raw_ods() -> Callable[[str], bytes]:
    """Makes an .ods file of the XML of its rows."""
    return ods_of


@pytest.fixture
def compound() -> Callable[[str, bytes], bytes]:
    """Makes an old compound file that holds one stream."""
    return _compound


def ods_of(rows: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        '<office:body><office:spreadsheet><table:table table:name="List">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
            "</manifest:manifest>",
        )
    return out.getvalue()


def _ods_row(row: Sequence[object]) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="float" office:value="{cell}">'
        f"<text:p>{cell}</text:p></table:table-cell>"
        if isinstance(cell, int | float)
        else '<table:table-cell office:value-type="string">'
        f"<text:p>{cell}</text:p></table:table-cell>"
        for cell in row
    )
    return f"<table:table-row>{cells}</table:table-row>"


def _biff(rows: Sequence[Sequence[object]]) -> bytes:
    """Source: [MS-XLS], the records BOF, CODEPAGE, BOUNDSHEET, LABEL, NUMBER, EOF."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    start = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    page = struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)
    name = b"List"
    codepage = record(0x42, struct.pack("<H", 1200))
    sheet_head = struct.pack("<BBBB", 0, 0, len(name), 0) + name
    before = len(record(0x809, start)) + len(codepage) + 4 + 4 + len(sheet_head) + 4
    globals_part = (
        record(0x809, start)
        + codepage
        + record(0x85, struct.pack("<I", before) + sheet_head)
        + record(0x0A, b"")
    )
    cells = b""
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            at = struct.pack("<HHH", number, column, 0)
            if isinstance(cell, int | float):
                cells += record(0x203, at + struct.pack("<d", cell))
            elif cell:
                text = str(cell).encode("utf-16-le")
                cells += record(0x204, at + struct.pack("<HB", len(text) // 2, 1) + text)
    return globals_part + record(0x809, page) + cells + record(0x0A, b"")


def _compound(name: str, stream: bytes) -> bytes:
    """Source: [MS-CFB]; one allocation sector, one directory sector, one stream."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // 512)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))

    def entry(title: str, kind: int, child: int, first: int, size: int) -> bytes:
        text = title.encode("utf-16-le") + b"\0\0"
        return (
            text.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", first, size)
        )

    unused = bytes(64) + struct.pack("<HBBIII", 0, 0, 0, *[0xFFFFFFFF] * 3) + bytes(48)
    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(
        name, 2, 0xFFFFFFFF, 2, len(stream)
    )
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    )
    sectors = struct.pack("<128I", *table) + directory + unused * 2 + stream
    return header + sectors.ljust(512 * (count + 2), b"\0")
