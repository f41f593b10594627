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

    What a TAB ends comes out at once when it is a badge code, under the number of its line; what
    else stands on that line comes out only when it can be seen. An empty line is a line.
    """
    number, rest, after_cr, tabs = 1, b"", False, 0
    while chunk := _read(stream):
        if after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
        after_cr = chunk.endswith(b"\r") if chunk else False
        *whole, rest = _END.split(rest + chunk)
        for line in whole:
            if tabs == 0 or _can_be_seen(line):
                yield number, _text(line)
            number, tabs = number + 1, 0
        *tabbed, last = rest.split(b"\t")
        while tabbed and _is_scan(tabbed[0]):
            yield number, _text(tabbed.pop(0))
            tabs += 1
        rest = b"\t".join([*tabbed, last])[:LONGEST]
    if _can_be_seen(rest):
        yield number, _text(rest)


def _read(stream: BinaryIO) -> bytes:
    """Returns what is there by now, waiting for at least one byte; empty at the end."""
    try:
        return os.read(stream.fileno(), _CHUNK)
    except OSError:
        # Not a file of the operating system.
        return stream.read(_CHUNK)


def _text(line: bytes) -> str:
    return line[:LONGEST].decode("utf-8", "replace").lstrip(_BOM)


def _can_be_seen(line: bytes) -> bool:
    return bool(_text(line).strip("\t "))


def _is_scan(line: bytes) -> bool:
    from checkin.door.scanning import Form, read

    text = line.decode("utf-8", "replace")
    return bool(text.strip()) and all(each.form is Form.CODE for each in read(text))
