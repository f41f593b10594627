"""Before the day, as the event file counts it: the same as counting everybody one by one."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from checkin.door.overview import Which
from checkin.people import Level, Person, State
from checkin.roster.beforehand import About
from checkin.roster.demo import demo_entries
from checkin.roster.entry import RosterEntry
from checkin.roster.roster import Roster
from checkin.roster.territories import why_outside
from tests.day import DAY, entry, make_day, opened

ORDER = [Level.CITY, Level.METROPOLIS, Level.REGION, Level.OTHER]
DEADLINE = dt.date(2027, 2, 1)


def crowd(seed: int, count: int = 60) -> tuple[RosterEntry, ...]:
    """Invented people of few territories, so that some have both sides, one, or neither."""
    chance = random.Random(seed)
    return tuple(
        entry(
            f"Given{number}",
            f"Family{number}",
            f"Authority {chance.randrange(30)}",
            territory=chance.choice(["", *(f"Land {n}" for n in range(12))]),
            country=chance.choice(["", "BE", "FR", "TR", "CH"]),
            level=chance.choice(ORDER),
            territory_guessed=chance.random() < 0.2,
            registered_at=chance.choice(["", "2027-01-31T23:59", "2027-02-01", "2027-02-02T00:00"]),
            status=chance.choice([State.EXPECTED] * 4 + [State.CANCELLED, State.WAITLISTED]),
        )
        for number in range(count)
    )


def ordered(people: Sequence[Person], listed: Sequence[RosterEntry]) -> list[Person]:
    """The people in the order of the list."""
    names = [each.family_name for each in listed]
    return sorted(people, key=lambda person: names.index(person.family_name))


@pytest.mark.parametrize("seed", range(8))
def test_the_file_counts_what_counting_one_by_one_gives(tmp_path: Path, seed: int) -> None:
    listed = crowd(seed)
    with opened(make_day(tmp_path, listed, deadline=DEADLINE, places=50)) as door:
        roster = Roster(door.session)
        chance = random.Random(seed)
        for person in chance.sample(door.people(Which.EXPECTED), 6):
            chance.choice([door.check_in, door.registrations.cancel])(person.id)
        here = door.people(Which.HERE)
        if len(here) > 1:
            door.registrations.merge(here[0].id, here[1].id)
        everybody = ordered(door.people(Which.ALL), listed)
        found = roster.before_the_day()

        counted = [person for person in everybody if person.state is not State.CANCELLED]
        assert {line.territory for line in found.territories} == {
            person.territory for person in counted if person.territory
        }
        for line in found.territories:
            own = [person for person in counted if person.territory == line.territory]
            own.sort(key=lambda person: ORDER.index(person.level))
            levels = Counter(person.level for person in own)
            assert [line.cities, line.metropolises, line.regions, line.others] == [
                levels[level] for level in ORDER
            ]
            assert line.count == len(own)
            assert line.guessed == sum(person.territory_guessed for person in own)
            lands = {person.country for person in own if person.country}
            assert line.country == (lands.pop() if len(lands) == 1 else "")
            nudged = [person for person in own if line.nudges(person)]
            assert line.ask == (nudged[0].organisation if nudged else "")
            assert list(roster.people_of(About.TERRITORY, line.territory)) == own
            assert list(roster.people_of(About.TERRITORY, line.territory, 2)) == own[:2]
            assert list(roster.to_nudge().get(line.territory, ())) == nudged

        nowhere = [person for person in counted if not person.territory]
        outside = [person for person in everybody if why_outside(person)]
        names = {each.family_name for each in listed if each.registered_at[:10] > "2027-02-01"}
        late = [person for person in everybody if person.family_name in names]
        for about, count, people in (
            (About.NOWHERE, found.without_territory, nowhere),
            (About.OUTSIDE, found.outside, outside),
            (About.LATE, found.late, late),
        ):
            assert list(roster.people_of(about)) == people
            assert count == len(people)
        states = Counter(person.state for person in everybody)
        taken = len(everybody) - states[State.WAITLISTED] - states[State.CANCELLED]
        assert (found.places.registered, found.places.left) == (taken, 50 - taken)


def test_nobody_is_late_without_a_deadline(tmp_path: Path) -> None:
    with opened(make_day(tmp_path, crowd(1))) as door:
        assert Roster(door.session).before_the_day().late == 0
        assert Roster(door.session).people_of(About.LATE) == ()


def test_a_cancelled_region_counts_as_lacking(tmp_path: Path) -> None:
    pair = (entry("Jan", "Nowak", level=Level.REGION), entry("Claire", "Dupont", "Ville de Lille"))
    with opened(make_day(tmp_path, pair)) as door:
        roster = Roster(door.session)
        assert roster.before_the_day().territories[0].complete
        region = next(p for p in door.people(Which.ALL) if p.level is Level.REGION)
        door.registrations.cancel(region.id)
        (line,) = roster.before_the_day().territories
        assert (line.lacks, line.ask) == ("region", "Ville de Lille")


def test_the_demonstration_has_whole_and_half_territories(tmp_path: Path) -> None:
    with opened(make_day(tmp_path, tuple(demo_entries()), date=DAY)) as door:
        lines = Roster(door.session).before_the_day().territories
    assert sum(line.complete for line in lines) >= 8
    assert {line.lacks for line in lines} == {"", "local", "region"}
