"""Invented rooms for tests and benchmarks: people and territories that exist nowhere."""

from __future__ import annotations

from random import Random

from checkin.tables.room import Guest, Room, Side, Table

LANGUAGES = ("en", "fr", "de", "pl", "it", "es")


def perfect_room(people: int, seed: int, seats: int = 10, fill: tuple[int, int] = (7, 10)) -> Room:
    """Returns a room of align kind with a seating of score 0 inside, and the people shuffled.

    Tables hold `fill` people each (both ends included), in territories of 2 to 5, both sides
    present, everybody speaking the table's language, most of them another too.
    """
    random = Random(seed)
    sizes: list[int] = []
    while sum(sizes) < people:
        sizes.append(random.randint(*fill))
    extra = sum(sizes) - people
    while extra:
        j = random.randrange(len(sizes))
        if sizes[j] > 6:
            sizes[j] -= 1
            extra -= 1
        elif all(size <= 6 for size in sizes):
            sizes[-1] -= extra
            extra = 0
    guests: list[Guest] = []
    territory = 0
    for size in sizes:
        language = random.choices(LANGUAGES, (6, 2, 1, 1, 1, 1))[0]
        while size:
            part = size if size <= 3 else random.randint(2, min(5, size - 2))
            territory += 1
            for k in range(part):
                side = (Side.LOCAL, Side.REGION)[k % 2]
                spoken = {language, *random.sample(LANGUAGES, random.choice((0, 1, 1)))}
                tongues = tuple(sorted(spoken))
                guests.append(Guest(f"p{len(guests)}", f"Territory {territory}", side, tongues))
            size -= part
    random.shuffle(guests)
    tables = tuple(Table(j + 1, seats, 6) for j in range(len(sizes)))
    return Room(tables, tuple(guests), languages=LANGUAGES)
