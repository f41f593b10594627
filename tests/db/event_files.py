"""What the tests of the event file share: a file with entries, what is none, and a plain user."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.event_file import EventFile, open_event_file, utc_now
from db.journal import Author, Draft, append, head
from db.kinds import EntryKind

NOBODY = 65534
"""The user id that owns nothing."""


def arrive(file: EventFile, desk: str = "door") -> None:
    with file.writing() as connection:
        append(connection, file, Author(desk, "", utc_now()), Draft(EntryKind.ARRIVED, "somebody"))


def entries_in(path: Path) -> int:
    file = open_event_file(path)
    try:
        with file.reading() as connection:
            return head(connection)
    finally:
        file.close()


def one_sentence(text: str) -> bool:
    """Whether an error's text fits one line and holds nothing a person can't read."""
    return (
        "\n" not in text and text.endswith((".", "?")) and "Error" not in text and "SQL" not in text
    )


def folder(path: Path) -> None:
    path.mkdir()


def empty(path: Path) -> None:
    path.touch()


def csv(path: Path) -> None:
    path.write_text("given_name,family_name\nAda,Lovelace\n", encoding="utf-8")


@contextmanager
def a_plain_user(folder: Path) -> Iterator[None]:
    """Runs the block without root's rights, which no permission binds; `folder` is theirs."""
    if os.geteuid() != 0:
        yield
        return
    for each in (folder, *folder.iterdir()):
        os.chown(each, NOBODY, NOBODY)
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
