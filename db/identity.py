"""Which file on this device an event file is, so that a copy is never taken for the original.

Device and inode are not enough: a file that is deleted and copied back often gets the same inode
again. So the moment at which the file came into being counts too, where the system tells it.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from pathlib import Path
from typing import Final

_SYSTEM: Final[str] = sys.platform
_AT_FDCWD: Final = -100
_STATX_BTIME: Final = 0x800
_STATX_SIZE: Final = 256
_BTIME_AT: Final = 80
"""Where `stx_btime` stands in Linux's `struct statx`: 64 bits of seconds, 32 of nanoseconds."""

Identity = tuple[str, str]
"""Device and inode (with the time of birth) as text; both empty when there is no file."""


def identity_of(path: Path) -> Identity:
    """Returns what tells the file at `path` from every other; `("", "")` when it is not there."""
    try:
        stat = path.stat()
    except OSError:
        return ("", "")
    return (str(stat.st_dev), f"{stat.st_ino}@{_born(path, stat)}")


def place_of(path: Path) -> tuple[int, int]:
    """Returns device and inode of the file at `path`; `(0, 0)` when it is not there.

    They tell it from every other file only as long as it is open or there.
    """
    try:
        stat = os.stat(path)
    except OSError:
        return (0, 0)
    return (stat.st_dev, stat.st_ino)


def _born(path: Path, stat: os.stat_result) -> str:
    """Returns when the file was made, as text without meaning of its own; empty when not known."""
    if _SYSTEM == "linux":
        return _born_on_linux(path)
    if _SYSTEM == "win32":
        # Windows puts the time of creation there.
        return str(stat.st_ctime_ns)
    born = getattr(stat, "st_birthtime", None)
    return "" if born is None else f"{born:.6f}"


def _born_on_linux(path: Path) -> str:
    if _statx is None:
        return ""
    buffer = ctypes.create_string_buffer(_STATX_SIZE)
    if _statx(_AT_FDCWD, os.fsencode(path), 0, _STATX_BTIME, buffer) != 0:
        return ""
    (mask,) = struct.unpack_from("=I", buffer.raw, 0)
    if not mask & _STATX_BTIME:
        return ""
    seconds, nanoseconds = struct.unpack_from("=qI", buffer.raw, _BTIME_AT)
    return f"{seconds}.{nanoseconds:09}"


# Python 3.11 has no statx of its own. Looked up once: it is asked twice at every act.
_statx: Final = getattr(ctypes.CDLL(None), "statx", None) if _SYSTEM == "linux" else None
