"""What arrived in the field or on a line: badge codes, cut or misread ones, or text to search for.

Whatever a scanner puts round a code (line ends, AIM and ECI prefixes, a byte order mark), however
the keyboard layout garbles it and however many codes are glued together, each code comes out once,
in order, in capital letters. Nothing that comes out can harm a terminal. Whose code it is, and
whether anybody bears the name, is for the service.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from checkin.door import layouts
from checkin.door.codes import ALPHABET, LENGTH, verify
from checkin.text import clean

LONGEST = 20_000
"""Characters looked at of one input; a burst of a thousand scans is shorter."""


class Form(StrEnum):
    """What one reading is."""

    CODE = "code"
    """Ten letters whose check letters are right."""
    MISREAD = "misread"
    """Ten letters or more that look like a code, with wrong check letters: scan again."""
    CUT = "cut"
    """The start or end of a code: scan again."""
    TEXT = "text"
    """Not a code: something typed, to search for."""
    EMPTY = "empty"
    """Nothing that can be seen."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading. `text` is harmless (`clean`); `code` is empty unless the form is `CODE`.

    `layout` names the keyboard layout that had garbled the scan, when just one could have. A code
    through a layout that is not Latin may by rare chance be a typed word: search for `text` when
    the event does not know the code.
    """

    form: Form
    text: str
    code: str = ""
    layout: str | None = None

    @property
    def looks_scanned(self) -> bool:
        """Whether this came from a badge, well read or not."""
        return self.form in (Form.CODE, Form.MISREAD, Form.CUT)


_NOISE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_LINE_END = re.compile(r"[\r\n]+")
_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_PREFIX = re.compile(r"\A(?:\][A-Za-z][0-9])?(?:\\[0-9]{6})?")
_CODE_LIKE = re.compile(rf"[A-Z]{{{LENGTH}}}")
_PIECES = re.compile(r"[A-Z]+|\.+")
_ECI_DIGITS = 6
_LONGEST_PREFIX = len("]Q3") + len("\\") + _ECI_DIGITS
_SHORTEST_CUT = 6


def read(raw: str) -> tuple[Reading, ...]:
    """Returns the readings in `raw`, in order; one `EMPTY` reading when there is nothing to see."""
    # Nearly every scan: one code as it is printed, and the key that ends it.
    if verify(code := raw.strip("\r\n")):
        return (Reading(Form.CODE, code, code),)
    readings: list[Reading] = []
    for line in _LINE_END.split(raw[:LONGEST]):
        readings.extend(_read_line(line))
    return tuple(readings) or (Reading(Form.EMPTY, ""),)


def _read_line(line: str) -> list[Reading]:
    bare = _NOISE.sub("", line)
    if not bare:
        return []
    if len(bare) == LENGTH and verify(bare.upper()):
        return [Reading(Form.CODE, bare.upper(), bare.upper())]
    text = clean(line)
    if not text:
        return []
    if not _UUID.fullmatch(bare):
        for script in layouts.scripts():
            readings = _codes(script, bare)
            if readings:
                return readings
        form = _failed_scan(bare, text)
        if form is not None:
            return [Reading(form, text)]
    return [Reading(Form.TEXT, text)]


def _codes(script: layouts.Script, bare: str) -> list[Reading]:
    """The readings of a line that holds at least one good code, else nothing.

    Between codes only what can be a prefix may stand; a line that ends otherwise was typed.
    """
    undone = script.undo(bare)
    if _CODE_LIKE.search(undone) is None:
        return []
    parts: list[str] = []
    prefixes = [""]
    for piece in _PIECES.finditer(undone):
        letters = piece.group()
        if letters[0] == "." or (len(letters) == 1 and prefixes[-1]):
            prefixes[-1] += bare[piece.start() : piece.end()]
            if len(prefixes[-1]) > _LONGEST_PREFIX:
                return []
        else:
            parts.extend(_split(letters))
            prefixes.append("")
    if prefixes[-1] or not any(verify(part) for part in parts):
        return []
    layout = script.name or _layout_of(prefixes[0])
    return [_reading(part, layout) for part in parts]


def _reading(letters: str, layout: str | None) -> Reading:
    if verify(letters):
        return Reading(Form.CODE, letters, letters, layout)
    form = Form.CUT if len(letters) < LENGTH else Form.MISREAD
    return Reading(form, clean(letters), layout=layout)


def _split(letters: str) -> list[str]:
    """Cuts glued codes apart: good ones from either end inwards, and what is left between them.

    A cut scan among good ones shifts all that follows; it is not to cost its neighbours theirs.
    """
    first: list[str] = []
    while verify(letters[:LENGTH]):
        first.append(letters[:LENGTH])
        letters = letters[LENGTH:]
    last: list[str] = []
    while verify(letters[-LENGTH:]):
        last.append(letters[-LENGTH:])
        letters = letters[:-LENGTH]
    return first + ([letters] if letters else []) + last[::-1]


def _layout_of(prefix: str) -> str | None:
    """The layout that garbled the six digits of an ECI prefix, when just one could have."""
    if len(prefix) < _ECI_DIGITS:
        return None
    received = prefix[-_ECI_DIGITS:]
    for digits in layouts.digits_in(received):
        if digits.startswith("000"):
            return layouts.named_by_digits(received, digits)
    return None


def _failed_scan(bare: str, text: str) -> Form | None:
    """What kind of bad scan a line without a good code is; None when it looks typed."""
    letters = _PREFIX.sub("", bare)
    if not set(letters.upper()) <= set(ALPHABET):
        return None
    if not (letters.isupper() or letters.islower()):
        return None
    if len(letters) == LENGTH:
        return Form.MISREAD
    if " " in text:
        return None
    if len(letters) > LENGTH:
        return Form.MISREAD
    return Form.CUT if len(letters) >= _SHORTEST_CUT else None
