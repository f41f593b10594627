"""Identifiers: UUID version 7 (RFC 9562), whose order is the order in which they were made.

Ids made by one process never go backwards, whatever its clock does; they are no badge codes.
"""

from __future__ import annotations

import os
import threading
import time

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Returns a new UUIDv7 as 36 characters: 48 bits of Unix milliseconds, then random bits.

    Within a process and millisecond the 12 bits after the time count up (RFC 9562, method 1).
    """
    global _last
    with _lock:
        _last = max((time.time_ns() // 1_000_000) << 12, _last + 1)
        stamp = _last
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62
    text = f"{value | int.from_bytes(os.urandom(8), 'big') >> 2:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
