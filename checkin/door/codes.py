"""Badge codes: ten letters that every European keyboard types alike, the last two of them a check.

A code says nothing about the person. What is promised here: a code with one wrong letter or two
neighbours swapped is never taken for another code. Whether a code belongs to this event is for the
service to say.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from operator import mul

ALPHABET = "BCDFGHJKLNPRSTVX"
"""The sixteen letters: no vowels (no words), none that AZERTY, QWERTZ or others move."""

LENGTH = 10
"""Letters in a code: eight random ones, then two check letters."""

_RANDOM = LENGTH - 2
_MODULUS = 251
# 251 is prime and every weight differs from its neighbour, so no single substitution and no swap
# of neighbours keeps the sum. The last weight is not 235 = -16 mod 251 either, so that a swap
# across the border between letters and check letters is found as well.
_WEIGHTS = tuple(pow(7, place, _MODULUS) for place in range(1, _RANDOM + 1))
# The one code whose sum is zero because all its letters are; a stuck key types it.
_HELD_KEY = ALPHABET[0] * LENGTH
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}


def check_letters(letters: str) -> str:
    """Returns the two check letters for eight random letters, high nibble first.

    Raises `ValueError` when `letters` are not eight letters of the alphabet.
    """
    if len(letters) != _RANDOM or not _VALUE.keys() >= set(letters):
        raise ValueError("a badge code starts with eight letters of " + ALPHABET)
    return _check([_VALUE[letter] for letter in letters])


def _check(values: list[int]) -> str:
    total = sum(map(mul, _WEIGHTS, values)) % _MODULUS
    return ALPHABET[total >> 4] + ALPHABET[total & 15]


def new_code(choose: Callable[[int], int] = secrets.randbelow) -> str:
    """Returns a new random code; `choose(n)` gives a number from 0 to n - 1."""
    letters = "".join(ALPHABET[choose(len(ALPHABET))] for _ in range(_RANDOM))
    if _HELD_KEY.startswith(letters):
        letters = letters[:-1] + ALPHABET[-1]
    return letters + check_letters(letters)


def verify(code: str) -> bool:
    """Whether `code` is ten capital letters of the alphabet whose check letters are right."""
    if len(code) != LENGTH or code == _HELD_KEY:
        return False
    try:
        values = [_VALUE[letter] for letter in code]
    except KeyError:
        return False
    # The weights are as many as the random letters, so the check letters don't count.
    return _check(values) == code[_RANDOM:]
