"""The one cleaner: people's text passes here before a terminal, PDF, CSV, log or printer sees it.

What comes out is one line of NFC text without control characters, escape sequences' introducers,
bidirectional overrides, invisible characters, lone surrogates or piles of combining marks. It is
still data: whoever shows it must not parse it as markup.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
"""Characters kept of one field when the caller names no other limit."""

_MOST_MARKS = 2
"""Combining marks kept on one letter after composition; Vietnamese and Greek need no more."""

# Everything a name never needs: C0, C1, soft hyphen, zero-width and bidi controls, line separators,
# interlinear and variation marks, tags, private use, surrogates and noncharacters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U0010ffff]"
)
_SPACES = re.compile(r"\s+")


def clean(text: str, longest: int = LONGEST) -> str:
    """Returns `text` as one harmless line of at most `longest` characters.

    White space of every kind becomes single spaces, and none stands at the ends. The result is the
    same when cleaned again.
    """
    if text.isascii() and text.isprintable() and len(text) <= longest and "  " not in text:
        return text.strip()
    # Bounding first keeps a pasted megabyte from costing more than a line.
    kept = _UNWANTED.sub("", text[: longest * 20])
    kept = _thinned(unicodedata.normalize("NFC", kept))
    kept = _SPACES.sub(" ", kept).strip()
    return kept[:longest].strip()


def _thinned(text: str) -> str:
    """Drops combining marks beyond `_MOST_MARKS` on one letter, and marks that stand on nothing."""
    if not any(unicodedata.category(character) in ("Mn", "Me") for character in text):
        return text
    out: list[str] = []
    marks = _MOST_MARKS
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me"):
            if marks >= _MOST_MARKS:
                continue
            marks += 1
        else:
            marks = _MOST_MARKS if character.isspace() else 0
        out.append(character)
    return "".join(out)
