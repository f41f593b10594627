"""The folders and lists of one folder, to choose a registration list from.

Names of files are people's text as well: they are shown through the same cleaner as names.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from textual.content import Content
from textual.message import Message

from screens.widgets.line_list import LineList
from screens.widgets.shown import fitted, shown

LISTS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".ods"})
"""The endings of files that can be registration lists."""

MOST = 500
"""Entries shown of one folder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A folder or a list."""

    path: Path
    name: str
    is_folder: bool
    size: int = 0


class FolderList(LineList[Entry]):
    """Shows one folder at a time; opening a folder shows that one."""

    @dataclass
    class Picked(Message):
        """A list was chosen."""

        path: Path

    def __init__(self, folder: Path, *, id: str | None = None) -> None:
        super().__init__(_line, lambda entry: entry.name, id=id)
        self.folder = folder

    def on_mount(self) -> None:
        """Shows the folder to begin with."""
        self.open_folder(self.folder)

    def open_folder(self, folder: Path) -> None:
        """Shows `folder`, when it can be read; says so when it can't."""
        former = self.folder
        try:
            entries = entries_of(folder)
        except OSError as error:
            self.border_subtitle = Content(f"{error.strerror or 'it'}: can't be opened")
            return
        self.folder = folder
        self.border_title = shown(str(folder))
        self.show(entries, "There is no list here. ← goes to the folder above.")
        if former != folder and former.parent == folder:
            self.go_to(former.name)
        elif former != folder:
            self.go_to_first()

    def open_highlighted(self) -> None:
        """Opens the highlighted folder, or chooses the highlighted list."""
        entry = self.highlighted
        if entry is None:
            return
        if entry.is_folder:
            self.open_folder(entry.path)
        else:
            self.post_message(self.Picked(entry.path))


def entries_of(folder: Path) -> list[Entry]:
    """Returns the way up, the folders and the lists of `folder`; raises OSError."""
    folders, lists = [], []
    with os.scandir(folder) as found:
        for item in found:
            if item.name.startswith("."):
                continue
            try:
                if item.is_dir():
                    folders.append(Entry(Path(item.path), item.name, True))
                elif Path(item.name).suffix.lower() in LISTS and item.is_file():
                    lists.append(Entry(Path(item.path), item.name, False, item.stat().st_size))
            except OSError:
                # A file that went away meanwhile, or a link to nowhere: it is no list.
                continue
    up = [Entry(folder.parent, "..", True)] if folder.parent != folder else []
    folders.sort(key=lambda entry: entry.name.casefold())
    lists.sort(key=lambda entry: entry.name.casefold())
    return (up + lists + folders)[:MOST]


def _line(entry: Entry, width: int) -> Content:
    if entry.is_folder:
        name = "the folder above" if entry.name == ".." else entry.name
        return Content.styled("↑ " if entry.name == ".." else "▸ ", "$quiet") + fitted(
            f"{name}/" if entry.name != ".." else name, max(width - 2, 4), "$quiet"
        )
    size = f"{max(entry.size // 1024, 1):>6} kB"
    return Content.styled("≡ ", "$accent") + fitted(entry.name, max(width - 12, 4)) + size
