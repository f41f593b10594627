"""What a scanner's letters become on a computer with another keyboard layout, and the way back.

A USB scanner types as a US keyboard. Latin layouts leave the letters of a badge code alone; Greek,
Cyrillic and BÉPO layouts do not, and are undone here in both cases. Digits differ nearly
everywhere, which is how a prefix tells one layout from another. Reading a code out of the letters
is `scanning`'s work, and the test card `scanner_card`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from checkin.door.codes import ALPHABET

_NOT_A_LETTER = "."


@dataclass(frozen=True, slots=True)
class Layout:
    """One keyboard layout: its name for people, what it makes of each sent character, and which of
    these arrive through a dead key (as a spacing sign, or not at all)."""

    id: str
    name: str
    received: dict[str, str]
    dead: str


class _Letters(dict[int, str]):
    """A table for `str.translate` that makes every character it does not know `_NOT_A_LETTER`."""

    def __missing__(self, _: int) -> str:
        return _NOT_A_LETTER


@dataclass(frozen=True, slots=True)
class Script:
    """A group of layouts that type the letters of a code alike.

    `name` is None for the Latin ones, which leave them as they are.
    """

    name: str | None
    table: _Letters

    def undo(self, received: str) -> str:
        """Returns what was sent: capital letters of the alphabet, `.` for anything else.

        As long as `received`, place by place.
        """
        return received.translate(self.table)


@cache
def layouts() -> tuple[Layout, ...]:
    """Returns every layout known."""
    text = (files("checkin.door") / "data" / "keyboard_layouts.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return tuple(
        Layout(
            key,
            entry["name"],
            dict(zip(data["sent"], entry["received"], strict=True)),
            entry.get("dead", ""),
        )
        for key, entry in data["layouts"].items()
    )


@cache
def scripts() -> tuple[Script, ...]:
    """Returns the ways in which layouts type code letters, the Latin one first."""
    found: dict[str, Script] = {}
    for layout in layouts():
        letters = ALPHABET + ALPHABET.lower()
        received = "".join(layout.received[letter] for letter in letters)
        if received not in found:
            table = _Letters()
            for there, sent in zip(received, letters, strict=True):
                table[ord(there)] = sent.upper()
            found[received] = Script(None if received == letters else layout.name, table)
    return tuple(sorted(found.values(), key=lambda script: script.name or ""))


def named_by_digits(received: str, sent: str) -> str | None:
    """Returns the name of the one layout that turns the digits `sent` into `received`.

    None when several could have, or when none has (or needs) a name: the digits arrived unharmed.
    """
    if received == sent:
        return None
    return _only(layout.name for layout in layouts() if _typed_on(layout, sent) == received)


def digits_in(received: str) -> Iterator[str]:
    """Yields every run of digits that some layout would have turned into `received`, once each."""
    seen = set()
    for layout in layouts():
        back = {layout.received[digit]: digit for digit in "0123456789"}
        digits = "".join(back.get(character, "") for character in received)
        if len(digits) == len(received) and digits not in seen:
            seen.add(digits)
            yield digits


def _typed_on(layout: Layout, sent: str) -> str:
    return "".join(layout.received.get(character, character) for character in sent)


def _only(names: Iterator[str]) -> str | None:
    """The one name among `names`, else None."""
    found = set(names)
    return found.pop() if len(found) == 1 else None
