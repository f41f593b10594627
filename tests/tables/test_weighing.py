"""The weights of the score: explained term by term, checked, and used wherever points are told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from checkin.errors import RefusedError
from checkin.event.demo import make_demo
from checkin.event.session import EventSession, current_round, open_event
from checkin.event.settings import EventSettings, as_values, from_values
from checkin.people import State
from checkin.tables.assembling import standing
from checkin.tables.mixing import mix
from checkin.tables.plan import plan
from checkin.tables.repair import ladder
from checkin.tables.room import DEFAULT_WEIGHTS, Kind, Weights
from checkin.tables.score import TERMS, score
from checkin.tables.search import Effort
from checkin.tables.seating import Seating
from checkin.tables.values import changed
from checkin.tables.weighing import EXPLAINED, HEAVIEST
from tests.tables.invented import perfect_room

DAY = dt.date(2026, 3, 10)


def test_every_term_of_the_score_is_explained_in_a_short_line() -> None:
    assert tuple(each.term for each in EXPLAINED) == TERMS
    assert all(0 < len(each.costs) <= 46 for each in EXPLAINED)


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (Weights(alone=-1), "apart from all of their territory: the points are a whole number"),
        (Weights(met=HEAVIEST + 1), "sat together before: the points are a whole number from 0"),
        (Weights(split=True), "for a territory: the points are a whole number"),
        (Weights(strangers=30), "must cost more than one who needs a neighbour"),
    ],
)
def test_weights_that_cannot_be_are_refused_in_a_sentence(weights: Weights, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        EventSettings("An event", DAY, weights=weights)


def test_an_event_made_before_there_were_weights_has_the_usual_ones() -> None:
    old = {
        name: value
        for name, value in as_values(EventSettings("An event", DAY)).items()
        if not name.startswith("weight_")
    }
    assert from_values(old).weights == DEFAULT_WEIGHTS


@pytest.fixture
def session(tmp_path: Path) -> EventSession:
    path = tmp_path / "event.checkin"
    make_demo(path, DAY)
    return open_event(path, desk="A")


def test_the_board_and_the_door_count_with_the_weights_of_the_event(session: EventSession) -> None:
    from checkin.door.desk import Door
    from checkin.door.overview import Which

    door = Door(session)
    for person in door.people(Which.ALL)[:30]:
        door.check_in(person.id)
    before = Seating(session).board()
    heavy = changed(DEFAULT_WEIGHTS, alone=200, voice=60)
    session.change_settings(replace(session.settings, weights=heavy))
    after = Seating(session).board()
    assert after.score["alone"] == 10 * before.score["alone"]
    assert after.score["voice"] == 10 * before.score["voice"]
    with session.reading() as connection:
        now = standing(connection, session.settings, current_round(connection))
    assert now.room.weights == heavy
    assert after.total == score(now.room, now.seating).total
    session.close()


def any_weights(random: Random) -> Weights:
    """Weights that an event can have, zeros and the heaviest among them."""
    points = {term: random.choice((0, 0, 1, 7, 40, 300, HEAVIEST - 1)) for term in TERMS}
    return Weights(**points | {"strangers": max(points["whisper"] + 1, points["strangers"])})


@pytest.mark.parametrize("seed", range(12))
def test_plans_repairs_and_mixing_count_with_any_weights_as_the_reference_does(seed: int) -> None:
    random = Random(seed)
    room = changed(perfect_room(36, seed, seats=6, fill=(4, 6)), weights=any_weights(random))
    planned = list(plan(room, effort=Effort.QUICK))[-1]
    assert planned.points == score(room, planned.seating).total
    assert not planned.impossible
    numbers = [table.number for table in room.tables]
    anywhere = {guest.id: numbers[i % len(numbers)] for i, guest in enumerate(room.guests)}
    for rung in ladder(room, anywhere, 3):
        assert rung.points == score(room, rung.seating).total
    mixing = changed(room, kind=Kind.MIX, earlier=(anywhere,))
    mixed = list(mix(mixing, 2, Effort.QUICK))[-1]
    for place, seating in enumerate(mixed.rounds):
        at = changed(mixing, earlier=(anywhere, *mixed.rounds[:place]))
        assert mixed.points[place] == score(at, seating).total


@pytest.mark.parametrize("seed", range(4))
def test_the_door_seats_everybody_whatever_the_weights(session: EventSession, seed: int) -> None:
    from checkin.door.desk import Door
    from checkin.door.overview import Which

    session.change_settings(replace(session.settings, weights=any_weights(Random(seed))))
    door = Door(session)
    people = [person for person in door.people(Which.ALL) if person.state is State.EXPECTED]
    seated = sum(door.check_in(person.id).table is not None for person in people[:45])
    assert seated >= 43
    session.close()
