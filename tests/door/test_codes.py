"""Badge codes: every single wrong letter and every swap of neighbours is found."""

from __future__ import annotations

import random

from checkin.door.codes import ALPHABET, LENGTH, check_letters, new_code, verify

SEED = 20241009


def some_codes(number: int) -> list[str]:
    return [new_code(random.Random(SEED + turn).randrange) for turn in range(number)]


def test_the_check_letters_are_the_weighted_sum_high_nibble_first() -> None:
    # Worked by hand: letters C B B B B B B B have the values 1 0 0 0 0 0 0 0, the sum is 7 = 0x07.
    assert check_letters("CBBBBBBB") == ALPHABET[0] + ALPHABET[7]
    # ... and B X B B B B B B: 15 * 49 = 735 = 2 * 251 + 233 = 0xE9.
    assert check_letters("BXBBBBBB") == ALPHABET[14] + ALPHABET[9]


def test_a_new_code_is_ten_letters_of_the_alphabet_and_right() -> None:
    for code in (new_code() for _ in range(200)):
        assert len(code) == LENGTH
        assert set(code) <= set(ALPHABET)
        assert verify(code)


def test_every_single_wrong_letter_is_found() -> None:
    for code in some_codes(200):
        for place in range(LENGTH):
            for letter in set(ALPHABET) - {code[place]}:
                assert not verify(code[:place] + letter + code[place + 1 :])


def test_every_swap_of_different_neighbours_is_found() -> None:
    for code in some_codes(20_000):
        for place in range(LENGTH - 1):
            if code[place] != code[place + 1]:
                swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
                assert not verify(swapped), code


def test_a_swap_across_the_border_to_the_check_letters_is_found_for_every_pair() -> None:
    # All that such a swap depends on is the last random letter and the sum of the others.
    for first in ALPHABET:
        for second in ALPHABET:
            for last in ALPHABET:
                letters = first + second + "BBBBB" + last
                code = letters + check_letters(letters)
                if code[7] != code[8]:
                    assert not verify(code[:7] + code[8] + code[7] + code[9])


def test_a_held_key_is_no_code() -> None:
    assert not verify(ALPHABET[0] * LENGTH)
    assert verify(new_code(lambda _: 0))


def test_ids_numbers_and_lower_case_are_no_codes() -> None:
    for text in ("", "1234567890", "0190f3c2-7a51-7c3e-9b1d-2f4a6c8e0b13", new_code().lower()):
        assert not verify(text)
