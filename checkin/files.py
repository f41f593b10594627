"""Whole files or nothing: what the program writes for people is complete under its name, or not.

Written beside the target and renamed at the end, so a cancel, a full disk or a crash leaves what
was there before. What is in the file is the caller's business.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from checkin.errors import CheckinError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Gives a binary file to fill; it becomes `path`, flushed to disk, when the block ends well.

    Whatever the block raises leaves `path` as it was and no trace beside it. What the disk refuses
    is a `CheckinError`: no such folder, no permission, a full disk, a target that is no plain file.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        what = "a folder" if target.is_dir() else "not a plain file"
        raise CheckinError(f"{path} is {what}; name a file to write.")
    beside = target.with_name(f".checkin-{secrets.token_hex(6)}.part")
    try:
        with _sentences(path), beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with _sentences(path):
            os.replace(beside, target)
    finally:
        # Gone after the renaming; never there when the folder refused it.
        with suppress(OSError):
            beside.unlink()


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turns what the operating system refuses into one sentence."""
    try:
        yield
    except OSError as error:
        raise CheckinError(_say(path, error)) from error


def _say(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"There is no room on the disk for {path}; nothing was written."
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"The folder {path.parent} is not there; make it first or name another."
    if isinstance(error, PermissionError):
        return f"{path} can't be written: another program has it open, or the folder is not yours."
    reason = (error.strerror or type(error).__name__).lower()
    return f"{path} can't be written ({reason}); name another place."
