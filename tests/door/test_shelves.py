"""Packed or not, a shelf of words and the lines behind it answer the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hypothesis import given
from hypothesis import strategies as st

from checkin.door.lines import Lines
from checkin.door.search import Document, Index
from checkin.door.shelves import Shelf, keys_of
from tests.door.crowd import crowd

WORDS = st.text("abo1", min_size=1, max_size=5)
BEARERS = st.lists(st.lists(WORDS, max_size=4), max_size=40)


def shelved(bearers: Iterable[tuple[int, list[str]]], after: Callable[[Shelf, int], None]) -> Shelf:
    """A shelf of people's words; `after` is called with it after each person."""
    shelf = Shelf()
    for row, words in bearers:
        for word in words:
            shelf.add(keys_of((word,)), row)
        after(shelf, row)
    return shelf


@given(BEARERS, WORDS, st.integers(0, 40))
def test_a_packed_shelf_answers_as_one_that_is_not(
    bearers: list[list[str]], start: str, packed_at: int
) -> None:
    def pack(shelf: Shelf, row: int) -> None:
        if row == packed_at:
            shelf.pack()
        elif row < packed_at and row % 7 == 6:
            shelf.set_aside()

    plain = shelved(enumerate(bearers), lambda *_: None)
    packed = shelved(enumerate(bearers), pack)
    if len(bearers) <= packed_at:
        packed.pack()

    def found(shelf: Shelf) -> tuple[object, ...]:
        whole, longer = ([], [])  # type: tuple[list[tuple[str, int]], list[tuple[str, int]]]
        for entries, of in ((whole, shelf.whole(start)), (longer, shelf.longer(start))):
            entries.extend((form, row) for form, rows in of for row in rows)
        return (
            sorted(whole),
            sorted(longer),
            sorted(shelf.all_longer(start)),
            shelf.has(start),
            shelf.starting(start),
            shelf.size(start),
        )

    assert found(packed) == found(plain)


def test_lines_are_found_by_id_and_code_before_and_after_they_are_packed() -> None:
    lines = Lines()
    anna = lines.add(Document("1", "Anna", "Żak", code="BCDFGHJKLN"))
    lines.pack()
    bea = lines.add(Document("2", "Bea", "Berg", code="BCDFXXXXXX"))
    assert (lines.row_of("1"), lines.row_of("2")) == (anna, bea)
    assert lines.document(anna).family_name == "Żak"
    assert lines.rows_of_code("bcdf") == [anna, bea]
    lines.remove("1")
    assert "1" not in lines
    assert len(lines) == 1
    assert not lines.holds(anna)
    again = lines.add(Document("1", "Anna", "Nowak", code="BCDFGHJKLN"))
    lines.pack()
    assert lines.row_of("1") == again
    assert lines.rows_of_code("BCDFGHJKLN") == [again]
    assert lines.document(again).family_name == "Nowak"


def test_people_loaded_together_are_found_as_people_added_one_by_one() -> None:
    people = list(crowd(300, 5))
    together, one_by_one = Index(), Index()
    assert list(together.load(people[:200], 50))[-1] == 200
    for person in people[200:]:
        together.add(person)
    for person in people:
        one_by_one.add(person)
    for person in people[::10]:
        for text in (person.family_name[:3], f"{person.given_name[:2]} {person.family_name}"):
            assert together.find(text) == one_by_one.find(text)
    together.remove(people[0].id)
    assert people[0].id not in {hit.id for hit in together.find(people[0].family_name, 100)}
