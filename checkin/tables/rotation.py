"""Rounds in which few people meet twice, by arithmetic: where a mixing search starts.

Seat s of table j goes to table j + s*r in round r, counted modulo the tables or in the finite field
with as many elements; no pair meets twice while the differences stay invertible. Further rounds,
when the rotation is used up, bring those together who had the same seat number and so never met.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb

Rounds = list[list[int]]
"""For each round, the table (0 ...) of each person (0 ...)."""


def rotated(people: int, tables: int, rounds: int) -> Rounds:
    """Returns the rounds with the fewest repeats that known rotations give, tables evenly full.

    Rotations by sums and products: j + s*r modulo J (no repeats if J > (seats - 1)(rounds - 1), or
    J is prime and at least the seats), the same in the field of J elements (J a prime power), and
    r*j + s.
    """
    if tables < 1:
        return []
    most = -(-people // tables)
    candidates = []
    for place in _rotations(tables):
        found = [[place(p % tables, p // tables, r) for p in range(people)] for r in range(rounds)]
        for r in range(tables, rounds):
            found[r] = _by_seat(people, tables, r - tables)
        if all(max(_sizes(round_, tables), default=0) <= most for round_ in found):
            candidates.append(found)
    return min(candidates, key=lambda found: repeats(found))


def repeats(rounds: Rounds) -> int:
    """Returns how many pairs sit together again, counted in every round after their first."""
    met = [0] * (len(rounds[0]) if rounds else 0)
    again = 0
    for round_ in rounds:
        at: dict[int, int] = {}
        for person, table in enumerate(round_):
            at[table] = at.get(table, 0) | 1 << person
        again += sum((met[person] & at[table]).bit_count() for person, table in enumerate(round_))
        for person, table in enumerate(round_):
            met[person] |= at[table] & ~(1 << person)
    return again // 2


def least_repeats(people: int, old_tables: int) -> int:
    """Returns the fewest old pairs at a table of so many people from so many old tables.

    v*C(u+1, 2) + (J-v)*C(u, 2) with u = people div J and v = people mod J.
    """
    if old_tables < 1:
        return 0
    each, more = divmod(people, old_tables)
    return more * comb(each + 1, 2) + (old_tables - more) * comb(each, 2)


def _rotations(tables: int) -> list[Callable[[int, int, int], int]]:
    """The ways to place seat s of table j in round r."""
    ways: list[Callable[[int, int, int], int]] = [
        lambda j, s, r: (j + s * r) % tables,
        lambda j, s, r: (r * j + s) % tables if r else j,
    ]
    field = _field(tables)
    if field is not None:
        plus, times = field
        ways.append(lambda j, s, r: plus[j][times[s % tables][r % tables]])
    return ways


def _field(order: int) -> tuple[list[list[int]], list[list[int]]] | None:
    """Returns sums and products of the field of a prime power p^k, k > 1; None for others.

    Elements are polynomials over the integers modulo p, written as numbers in base p; products are
    reduced by a monic polynomial of degree k under which every element but zero has an inverse.
    """
    prime = next((p for p in range(2, order + 1) if order % p == 0), 0)
    degree = 0
    while prime and prime**degree < order:
        degree += 1
    if degree < 2 or prime**degree != order or order > 128:
        return None
    digits = [[n // prime**d % prime for d in range(degree)] for n in range(order)]
    number = {tuple(digit): n for n, digit in enumerate(digits)}
    plus = [
        [number[tuple((x + y) % prime for x, y in zip(a, b, strict=True))] for b in digits]
        for a in digits
    ]
    for low in digits:
        times = [[number[_product(a, b, low, prime)] for b in digits] for a in digits]
        if all(len(set(times[n])) == order for n in range(1, order)):
            return plus, times
    return None


def _product(a: list[int], b: list[int], low: list[int], prime: int) -> tuple[int, ...]:
    """The product of two polynomials, reduced by x^k + low."""
    degree = len(a)
    long = [0] * (2 * degree - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            long[i + j] = (long[i + j] + x * y) % prime
    for i in range(len(long) - 1, degree - 1, -1):
        for d, c in enumerate(low):
            long[i - degree + d] = (long[i - degree + d] - long[i] * c) % prime
    return tuple(long[:degree])


def _by_seat(people: int, tables: int, turn: int) -> list[int]:
    """A round that seats people of the same seat number together, cut another way each turn."""
    size = -(-people // tables)
    parts = max(1, tables // max(size, 1))
    order = sorted(
        range(people),
        key=lambda p: (p // tables, (p % tables) % parts if turn % 2 else 0, p % tables),
    )
    # Even sizes: the first tables take one more where people don't divide.
    where = [0] * people
    for n, person in enumerate(order):
        where[person] = n * tables // people
    return where


def _sizes(round_: list[int], tables: int) -> list[int]:
    sizes = [0] * tables
    for table in round_:
        sizes[table] += 1
    return sizes
