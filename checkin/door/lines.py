"""The people behind the search index, in as few bytes as they can be kept and shown from.

One line of UTF-8 for each person, addressed by its row number, and the badge codes in order. A
person who goes leaves an empty line behind; what still leads there leads to nobody.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left

from checkin.door.codes import ALPHABET, LENGTH
from checkin.door.matching import Document

_APART = "\x1f"  # cleaned text holds no control characters
_GONE = b""
_ROW_BITS = 24
_ROW_MASK = (1 << _ROW_BITS) - 1
_SHORTEST_CODE = 4
_LETTERS = frozenset(ALPHABET)
_HEXADECIMAL = str.maketrans(ALPHABET, "0123456789abcdef")


class Lines:
    """Documents by row, ids and codes to find rows by."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._row_of: dict[str, int] = {}
        # A code's forty bits, then the row's: sorts as the codes do, in eight bytes a person.
        self._codes = array("Q")
        self._codes_in_order = True

    def __len__(self) -> int:
        return len(self._row_of)

    def __contains__(self, person_id: str) -> bool:
        return person_id in self._row_of

    def add(self, document: Document) -> int:
        """Keeps a document whose id is not kept yet; returns its row."""
        row = len(self._lines)
        self._row_of[document.id] = row
        self._lines.append(_line(document))
        if document.code and _LETTERS.issuperset(document.code):
            self._codes.append(_packed(document.code) << _ROW_BITS | row)
            self._codes_in_order = False
        return row

    def remove(self, person_id: str) -> None:
        """Empties a person's line; nothing happens when nobody has this id."""
        row = self._row_of.pop(person_id, None)
        if row is not None:
            self._lines[row] = _GONE

    def holds(self, row: int) -> bool:
        """Whether somebody is still there."""
        return bool(self._lines[row])

    def row_of(self, person_id: str) -> int:
        """Returns a person's row; KeyError when nobody has this id."""
        return self._row_of[person_id]

    def document(self, row: int) -> Document:
        """Returns what is kept in a row that `holds` somebody."""
        person_id, family, given, *others = self._lines[row].decode("utf-8").split(_APART)
        return Document(person_id, given, family, *others)

    def rows_of_code(self, text: str) -> list[int]:
        """Returns the rows of those whose code starts with `text`; spaces and case don't count.

        Empty unless the text is four letters or more of a code.
        """
        letters = "".join(text.split()).upper()
        if not _SHORTEST_CODE <= len(letters) <= LENGTH or not _LETTERS.issuperset(letters):
            return []
        if not self._codes_in_order:
            self._codes = array("Q", sorted(self._codes))
            self._codes_in_order = True
        first = _packed(letters)
        after = first + (1 << 4 * (LENGTH - len(letters)))
        low = bisect_left(self._codes, first << _ROW_BITS)
        high = bisect_left(self._codes, after << _ROW_BITS)
        rows = (packed & _ROW_MASK for packed in self._codes[low:high])
        return [row for row in rows if self._lines[row]]


def _line(document: Document) -> bytes:
    parts = (
        document.id,
        document.family_name,
        document.given_name,
        document.badge_name,
        document.organisation,
        document.territory,
        document.email,
        document.code,
    )
    return _APART.join(parts).encode("utf-8", "replace")


def _packed(letters: str) -> int:
    """The letters of a code (or of its start) as a number that sorts as they do: four bits each."""
    return int(letters[:LENGTH].ljust(LENGTH, ALPHABET[0]).translate(_HEXADECIMAL), 16)
