"""Names of other alphabets in Latin letters, for whoever reads them out at the door.

The letters are those by which the search finds the name (`folding`), as its first spelling has
them: for Greek the official one (ELOT 743). Latin names are left as they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from checkin.door.folding import forms

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


@lru_cache(maxsize=2048)
def in_latin(text: str) -> str:
    """Returns `text` in Latin letters, each word with a capital; empty when it is Latin already.

    Words of Latin letters stay as they are, and so does what stands between words.
    """
    if text.isascii() or not any(map(_is_foreign, text)):
        return ""
    return _WORD.sub(_spelt, text)


def _spelt(word: re.Match[str]) -> str:
    found = word.group()
    if not any(map(_is_foreign, found)):
        return found
    return next(iter(forms(found)), "").capitalize() or found


def _is_foreign(character: str) -> bool:
    """Whether this is a letter of another alphabet than the Latin one."""
    return (
        not character.isascii()
        and character.isalpha()
        and not unicodedata.name(character, "LATIN").startswith(
            ("LATIN", "MODIFIER", "FEMININE", "MASCULINE")
        )
    )
