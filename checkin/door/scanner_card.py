"""The scanner's test card: one known text, and what it becomes tells how a scanner types here.

`learn` reads what arrived and returns the scanner's habits: the keyboard layouts it may type
through, what happens to capitals, what stands before and after each code. Habits say of themselves
whether badges can be read with them, by reading one. Showing the card, listening and remembering
are for others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from checkin.door import layouts, scanning
from checkin.door.codes import ALPHABET, LENGTH, check_letters
from checkin.errors import RefusedError
from checkin.text import clean

CARD = "BCDFG hjklnp 0123456789 AMQWZ $*-./: K"
"""What the card holds: letters in both cases, and what the layouts disagree about.

The colon stands before a space, because it is a dead key in Greek; other dead keys are left out.
"""

LONGEST = 400
"""Characters looked at: the card a few times over, with whatever stands round it."""

_LINE_ENDS = {"\r": "CR", "\n": "LF", "\t": "TAB"}
_AIM_AND_ECI = re.compile(r"(?:.?[A-Za-z][0-9])?(?:.?000[0-9]{3})?")
_BOM = "\ufeff"
_MOST_NAMED = 3
_SAMPLE = ALPHABET[5:13] + check_letters(ALPHABET[5:13])
_NOTHING_CAME = "Nothing was scanned. Hold the scanner over the test card."
_NOT_THE_CARD = (
    "That was not the test card, or not all of it. Scan the card again; when it fails again, the "
    "keyboard layout is one the program does not know, and names have to be typed."
)


class Letters(StrEnum):
    """What becomes of capitals and small letters on the way."""

    KEPT = "kept"
    CAPITALS = "capitals"
    SMALL = "small"
    SWAPPED = "swapped"

    def of(self, text: str) -> str:
        """Returns `text` as a scanner with this habit types it."""
        return _CHANGES[self](text)


_CHANGES: dict[Letters, Callable[[str], str]] = {
    Letters.KEPT: str,
    Letters.CAPITALS: str.upper,
    Letters.SMALL: str.lower,
    Letters.SWAPPED: str.swapcase,
}
_LETTERS_SAID = {
    Letters.KEPT: "letters arrive as they are",
    Letters.CAPITALS: "letters arrive in capitals",
    Letters.SMALL: "letters arrive in small letters",
    Letters.SWAPPED: "capitals and small letters arrive swapped (is Caps Lock on?)",
}


@dataclass(frozen=True, slots=True)
class ScannerHabits:
    """How one scanner types on this device.

    `layouts` are the names of the layouts that fit, none for a plain US keyboard; `prefix` and
    `suffix` are what arrived before and after the card, as it arrived.
    """

    layouts: tuple[str, ...] = ()
    letters: Letters = Letters.KEPT
    prefix: str = ""
    suffix: str = ""

    @property
    def ends_by_itself(self) -> bool:
        """Whether nothing follows a code, so that its length has to end it."""
        return not self.suffix

    @property
    def handled(self) -> bool:
        """Whether a badge that arrives like this is read: one is, on each of the layouts."""
        return all(
            [reading.code for reading in scanning.read(typed)] == [_SAMPLE]
            for typed in self._typed_badges()
        )

    @property
    def typing(self) -> str:
        """How it types, in words: layout, case, what stands before and after a code."""
        parts = [self._layout_said(), _LETTERS_SAID[self.letters]]
        if self.prefix:
            parts.append(f"puts {self._prefix_said()} before each code")
        parts.append(f"ends with {self._suffix_said()}" if self.suffix else "ends with nothing")
        return ", ".join(parts)

    @property
    def say(self) -> str:
        """Sentences to read: how it types, and what is done about it or has to be."""
        return f"This scanner {self.typing}. {self._remedy()}"

    def _remedy(self) -> str:
        if self.handled and self.ends_by_itself:
            return f"Handled: a code is taken as soon as its {LENGTH} letters are there."
        if self.handled:
            return "Handled: nothing to do."
        if self.suffix.strip():
            return "Badges can't be read so: set it to end each code with Enter (CR)."
        return "Badges can't be read so: set it to put nothing before a code."

    def _layout_said(self) -> str:
        if not self.layouts:
            return "types as a US keyboard"
        some = self.layouts[:_MOST_NAMED]
        names = " or ".join(some) + (" or alike" if len(self.layouts) > len(some) else "")
        families = {_family(layout) for layout in _named(self.layouts)}
        family = families.pop() if len(families) == 1 else ""
        return f"types as {names}" + (f" ({family})" if family else "")

    def _prefix_said(self) -> str:
        shown = self.prefix.replace(_BOM, "")
        mark = "a byte order mark" if shown != self.prefix else ""
        if not shown:
            return mark
        for layout in _named(self.layouts) or layouts.layouts()[:1]:
            back = {layout.received[sent]: sent for sent in layout.received if sent.isalnum()}
            sent = "".join(back.get(character, "?") for character in shown)
            if _AIM_AND_ECI.fullmatch(shown) or _AIM_AND_ECI.fullmatch(sent):
                known = "the code's kind (AIM or ECI)"
                return f"{mark} and {known}" if mark else known
        return f"“{clean(shown, 20)}”"

    def _suffix_said(self) -> str:
        if not self.suffix.strip():
            return " ".join(_LINE_ENDS.get(sign, "a space") for sign in self.suffix)
        shown = clean(self.suffix, 20)
        return f"“{shown}”" if shown else "a control sign"

    def _typed_badges(self) -> list[str]:
        letters = self.letters.of(_SAMPLE)
        typed = {
            "".join(layout.received[letter] for letter in letters)
            for layout in _named(self.layouts)
        }
        return [f"{self.prefix}{badge}{self.suffix}" for badge in typed or {letters}]


def learn(raw: str) -> ScannerHabits:
    """Returns the habits of the scanner that typed `raw` when it read the card, once or more.

    Raises `RefusedError` with what to do when `raw` does not hold the whole card in any layout.
    """
    heard = raw[:LONGEST]
    if not heard.strip():
        raise RefusedError(_NOTHING_CAME)
    for letters in Letters:
        sent = letters.of(CARD)
        found = _found(heard, re.compile(re.escape(sent)))
        if found is not None:
            return ScannerHabits((), letters, *found)
    fitting: dict[tuple[Letters, str, str], list[str]] = {}
    for letters in Letters:
        for layout in layouts.layouts():
            found = _found(heard, _typed_on(layout, letters.of(CARD)))
            if found is not None:
                names = fitting.setdefault((letters, *found), [])
                if layout.name not in names:
                    names.append(layout.name)
    if not fitting:
        raise RefusedError(_NOT_THE_CARD)
    (letters, prefix, suffix), names = next(iter(fitting.items()))
    return ScannerHabits(tuple(names), letters, prefix, suffix)


def _typed_on(layout: layouts.Layout, sent: str) -> re.Pattern[str]:
    """What arrives when `sent` is typed on `layout`.

    A dead key leaves its sign or nothing, and may take the space after it along.
    """
    pattern = ""
    for before, character in zip(" " + sent, sent, strict=False):
        received = re.escape(layout.received[character])
        loose = character in layout.dead or (character == " " and before in layout.dead)
        pattern += f"(?:{received})?" if loose else received
    return re.compile(pattern)


def _found(heard: str, card: re.Pattern[str]) -> tuple[str, str] | None:
    """What stood before and after the card in `heard`; None when the card is not in it."""
    matches = list(islice(card.finditer(heard), 2))
    if not matches:
        return None
    # An Enter that somebody pressed before the scan is no habit of the scanner.
    prefix = heard[: matches[0].start()].lstrip()
    end = matches[1].start() if len(matches) > 1 else len(heard)
    return prefix, heard[matches[0].end() : end].removesuffix(prefix if len(matches) > 1 else "")


def _named(names: tuple[str, ...]) -> list[layouts.Layout]:
    return [layout for layout in layouts.layouts() if layout.name in names]


def _family(layout: layouts.Layout) -> str:
    """How people call the keyboard by its first letters; empty when it is not a Latin one."""
    first = "".join(layout.received[letter] for letter in "QWERTZY")
    return {"AZERTWY": "AZERTY", "QWERTYZ": "QWERTZ", "QWERTZY": "QWERTY"}.get(first, "")
