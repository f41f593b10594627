"""The reference score: each term counts what the specification says."""

from __future__ import annotations

import pytest

from checkin.tables.room import Guest, Kind, Room, Seating, Side, Table, Weights
from checkin.tables.score import Terms, score, table_language

L, R = Side.LOCAL, Side.REGION
TWO = (Table(1, 10, 0), Table(2, 10, 0))


def guest(id: str, territory: str = "", side: Side = Side.NEITHER, *languages: str) -> Guest:
    return Guest(id, territory, side, languages or ("en",))


def terms(room: Room, seating: Seating) -> Terms:
    return score(room, seating).terms


def test_a_whole_territory_at_one_table_costs_nothing() -> None:
    room = Room(TWO, (guest("a", "Lazio", L), guest("b", "Lazio", R)))
    assert score(room, {"a": 1, "b": 1}).total == 0


def test_a_split_territory_is_alone_twice_split_once_and_lacks_two_voices() -> None:
    room = Room(TWO, (guest("a", "Lazio", L), guest("b", "Lazio", R)))
    found = score(room, {"a": 1, "b": 2})
    assert found.terms == Terms(alone=2, split=1, voice=2)
    assert found.total == 2 * 20 + 10 + 2 * 6
    assert found.tables[0].absent == (R,)


def test_a_territory_larger_than_a_table_is_split_for_free_as_often_as_it_must() -> None:
    people = tuple(guest(f"g{n}", "Lazio", (L, R)[n % 2]) for n in range(6))
    room = Room((Table(1, 4, 0), Table(2, 4, 0)), people)
    assert score(room, {g.id: 1 + (n > 2) for n, g in enumerate(people)}).total == 0


def test_unknown_territories_are_not_one_territory() -> None:
    room = Room(TWO, (guest("a", "", L), guest("b", "", R), guest("c", "", L)))
    assert score(room, {"a": 1, "b": 1, "c": 2}).total == 0
    mixed = Room(TWO, room.guests, kind=Kind.MIX)
    assert terms(mixed, {"a": 1, "b": 1, "c": 1}).same == 0


def test_a_table_under_its_minimum_is_short_unless_it_is_empty() -> None:
    room = Room((Table(1, 10, 6), Table(2, 10, 6)), (guest("a"), guest("b")))
    assert terms(room, {"a": 1, "b": 1}) == Terms(short=4)


def test_a_missing_host_counts_only_in_events_that_name_hosts_and_only_where_people_sit() -> None:
    people = (guest("a"),)
    assert terms(Room(TWO, people), {"a": 1}).host == 0
    named = Room((Table(1, 10, 0), Table(2, 10, 0, host="Anne"), Table(3, 10, 0)), people)
    assert terms(named, {"a": 1}).host == 1
    assert terms(named, {"a": 2}).host == 0


def test_who_shares_a_language_with_a_speaker_needs_a_whisper_who_shares_none_is_a_stranger() -> (
    None
):
    room = Room(
        TWO,
        (guest("a"), guest("b"), guest("c", "", L, "en", "fr"), guest("d", "", L, "fr"),
         guest("e", "", L, "hu")),
    )  # fmt: skip
    found = score(room, dict.fromkeys("abcde", 1)).tables[0]
    assert found.language == "en"
    assert found.whisper == ("d",)
    assert found.strangers == ("e",)


@pytest.mark.parametrize(("order", "language"), [(("fr", "en"), "fr"), (("en", "fr"), "en")])
def test_ties_for_the_language_of_a_table_go_to_the_order_of_the_event(
    order: tuple[str, ...], language: str
) -> None:
    people = [guest("a", "", L, "en", "fr"), guest("b", "", L, "fr", "en")]
    assert table_language(people, order, Weights())[0] == language


def test_ties_for_the_language_of_a_table_go_to_more_speakers_first() -> None:
    people = [guest("a", "", L, "hu"), guest("b", "", L, "el"), guest("c", "", L, "el")]
    free = Weights(strangers=0, whisper=0)
    assert table_language(people, ("hu", "el"), free)[0] == "el"


def test_mixing_counts_pairs_who_met_pairs_of_one_territory_and_absent_sides() -> None:
    people = (
        guest("a", "Lazio", L),
        guest("b", "Lazio", L),
        guest("c", "X", R),
        guest("d", "Y", R),
    )
    room = Room(TWO, people, kind=Kind.MIX, earlier=({"a": 5, "c": 5, "b": 6}, {"a": 1, "c": 1}))
    assert terms(room, {"a": 1, "b": 1, "c": 2, "d": 2}) == Terms(same=1, voice=2)
    assert terms(room, {"a": 1, "c": 1, "b": 2, "d": 2}) == Terms(met=1)


def test_a_side_with_fewer_people_than_tables_in_use_is_asked_for_nowhere_when_mixing() -> None:
    people = (guest("a", "Lazio", L), guest("b", "X", L), guest("c", "Y", R))
    room = Room(TWO, people, kind=Kind.MIX)
    assert terms(room, {"a": 1, "b": 2, "c": 1}).voice == 0
    assert terms(room, {"a": 1, "b": 1, "c": 1}).voice == 0


def test_nobody_and_one_person_score_nothing() -> None:
    assert score(Room((), ()), {}).total == 0
    assert score(Room((Table(1, 10, 1),), (guest("a"),)), {"a": 1}).total == 0


def test_the_weights_of_the_event_are_used() -> None:
    room = Room(TWO, (guest("a", "Lazio", L), guest("b", "Lazio", R)), weights=Weights(alone=1))
    assert score(room, {"a": 1, "b": 2}).total == 2 + 10 + 12
