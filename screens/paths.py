"""Paths as people type them, and as terminals write them when a file is dropped on the window."""

from __future__ import annotations

import os.path
from pathlib import Path
from urllib.parse import unquote, urlsplit


def path_of(text: str) -> Path | None:
    """Returns the path that `text` means; None when it is empty.

    Quotes, `file://` addresses and backslashes before spaces are what terminals add to a dropped
    file; `~` is the home folder.
    """
    typed = text.strip()
    if len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "'\"":
        typed = typed[1:-1]
    if typed.startswith("file://"):
        typed = unquote(urlsplit(typed).path)
    if not typed:
        return None
    path = _home(typed)
    if "\\" in typed and not os.path.exists(path):
        plain = _home(typed.replace("\\ ", " ").replace("\\(", "(").replace("\\)", ")"))
        return plain if os.path.exists(plain) else path
    return path


def _home(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        # A home that nobody knows: take the words as they are.
        return Path(text)
