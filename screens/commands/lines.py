"""Lines of standard input, each as soon as it has ended, whatever ends it.

A scanner ends a code with CR, LF, CRLF or TAB. Each line comes out once, with its number, before
the next one is written; a line without end is bounded.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import BinaryIO

LONGEST = 64 * 1024
"""Bytes kept of one line; what follows is read and dropped."""

_CHUNK = 64 * 1024
_END = re.compile(rb"\r\n|\r|\n")
_BOM = "\ufeff"


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """Yields (number, line) from `stream`; what no encoding fits becomes U+FFFD.

    What a TAB ends comes out at once when it is a badge code, under the number of its line. Empty
    lines are counted and not yielded.
    """
    number, rest, after_cr = 1, b"", False
    while chunk := _read(stream):
        if after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
        after_cr = chunk.endswith(b"\r") if chunk else False
        *whole, rest = _END.split(rest + chunk)
        for line in whole:
            yield from _shown(number, line)
            number += 1
        *tabbed, last = rest.split(b"\t")
        while tabbed and _is_scan(tabbed[0]):
            yield from _shown(number, tabbed.pop(0))
        rest = b"\t".join([*tabbed, last])[:LONGEST]
    yield from _shown(number, rest)


def _read(stream: BinaryIO) -> bytes:
    """Returns what is there by now, waiting for at least one byte; empty at the end."""
    try:
        return os.read(stream.fileno(), _CHUNK)
    except OSError:
        # Not a file of the operating system.
        return stream.read(_CHUNK)


def _shown(number: int, line: bytes) -> Iterator[tuple[int, str]]:
    text = line[:LONGEST].decode("utf-8", "replace").lstrip(_BOM)
    if text.strip("\t "):
        yield number, text


def _is_scan(line: bytes) -> bool:
    from checkin.door.scanning import Form, read

    text = line.decode("utf-8", "replace")
    return bool(text.strip()) and all(each.form is Form.CODE for each in read(text))
