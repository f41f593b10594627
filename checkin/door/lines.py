"""The people behind the search index, in as few bytes as they can be kept and shown from.

One line of UTF-8 for each person, all in one piece and addressed by a row number, and the ids and
badge codes in order. What is known of a person who goes stays behind and leads to nobody.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left

from checkin.door.codes import ALPHABET, LENGTH
from checkin.door.matching import Document

_APART = "\x1f"  # cleaned text holds no control characters
_ROW_BITS = 24
_ROW_MASK = (1 << _ROW_BITS) - 1
_SIGN = (1 << 40) - 1
_SHORTEST_CODE = 4
_LETTERS = frozenset(ALPHABET)
_HEXADECIMAL = str.maketrans(ALPHABET, "0123456789abcdef")


class Lines:
    """Documents by row, ids and codes to find rows by."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._starts = array("Q", (0,))
        self._gone: set[int] = set()
        # A sign of the id, or a code's forty bits, then the row's: found in order, in eight bytes.
        self._ids = array("Q")
        self._codes = array("Q")
        self._new_ids: dict[str, int] = {}
        self._new_codes: list[int] = []

    def __len__(self) -> int:
        return len(self._starts) - 1 - len(self._gone)

    def __contains__(self, person_id: str) -> bool:
        return self._row(person_id) is not None

    def add(self, document: Document) -> int:
        """Keeps a document whose id is not kept yet; returns its row."""
        row = len(self._starts) - 1
        self._text += _line(document)
        self._starts.append(len(self._text))
        self._new_ids[document.id] = row
        if document.code and _LETTERS.issuperset(document.code):
            self._new_codes.append(_packed(document.code) << _ROW_BITS | row)
        return row

    def pack(self) -> None:
        """Takes in what was added since, so that it needs a fraction of the memory."""
        signs = (_sign(person_id) << _ROW_BITS | row for person_id, row in self._new_ids.items())
        self._ids = array("Q", sorted((*self._ids, *signs)))
        self._codes = array("Q", sorted((*self._codes, *self._new_codes)))
        self._new_ids, self._new_codes = {}, []

    def remove(self, person_id: str) -> None:
        """Forgets a person; nothing happens when nobody has this id."""
        row = self._row(person_id)
        if row is not None:
            self._gone.add(row)
            self._new_ids.pop(person_id, None)

    def holds(self, row: int) -> bool:
        """Whether somebody is still there."""
        return row not in self._gone

    def row_of(self, person_id: str) -> int:
        """Returns a person's row; KeyError when nobody has this id."""
        row = self._row(person_id)
        if row is None:
            raise KeyError(person_id)
        return row

    def document(self, row: int) -> Document:
        """Returns what is kept in a row that `holds` somebody."""
        line = self._text[self._starts[row] : self._starts[row + 1]].decode("utf-8")
        person_id, family, given, *others = line.split(_APART)
        return Document(person_id, given, family, *others)

    def rows_of_code(self, text: str) -> list[int]:
        """Returns the rows of those whose code starts with `text`; spaces and case don't count.

        Empty unless the text is four letters or more of a code.
        """
        letters = "".join(text.split()).upper()
        if not _SHORTEST_CODE <= len(letters) <= LENGTH or not _LETTERS.issuperset(letters):
            return []
        code = _packed(letters)
        first = code << _ROW_BITS
        after = code + (1 << 4 * (LENGTH - len(letters))) << _ROW_BITS
        found = self._codes[bisect_left(self._codes, first) : bisect_left(self._codes, after)]
        added = (packed for packed in self._new_codes if first <= packed < after)
        rows = (packed & _ROW_MASK for packed in sorted((*found, *added)))
        return [row for row in rows if self.holds(row)]

    def _row(self, person_id: str) -> int | None:
        row = self._new_ids.get(person_id)
        if row is not None:
            return row
        sign = _sign(person_id)
        place = bisect_left(self._ids, sign << _ROW_BITS)
        wanted = person_id.encode("utf-8", "replace") + _APART.encode()
        while place < len(self._ids) and self._ids[place] >> _ROW_BITS == sign:
            row = self._ids[place] & _ROW_MASK
            if self.holds(row) and self._text.startswith(wanted, self._starts[row]):
                return row
            place += 1
        return None


def _sign(person_id: str) -> int:
    """A number of forty bits that stands for an id; two ids rarely share one."""
    return hash(person_id) & _SIGN


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
