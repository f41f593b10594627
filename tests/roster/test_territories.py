"""Before the day: which territories lack a side, whom to nudge, who was not invited."""

from __future__ import annotations

from dataclasses import replace

from checkin.people import Level, State
from checkin.roster.entry import RosterEntry
from checkin.roster.territories import TerritoryLine, by_need, places, why_outside


def person(level: Level, country: str = "") -> RosterEntry:
    return RosterEntry("Anna", "Test", level=level, country=country)


def line(territory: str, cities: int, metropolises: int, regions: int, others: int, ask: str = "",
         ) -> TerritoryLine:  # fmt: skip
    return TerritoryLine(territory, "", cities, metropolises, regions, others, ask=ask)


LODZ = line("Łódzkie", 1, 0, 1, 0)
LAZIO = line("Lazio", 1, 0, 0, 0, "Roma Capitale")
MAZOWIECKIE = line("Mazowieckie", 0, 0, 1, 0, "Województwo Mazowieckie")
TARTU = line("Tartumaa", 0, 0, 0, 1)


def test_a_territory_says_what_it_lacks_and_whom_to_ask() -> None:
    assert LODZ.complete
    assert (LODZ.lacks, LODZ.levels) == ("", "C R")
    assert LODZ.say == "both sides are registered"
    assert LAZIO.lacks == "region"
    assert LAZIO.say == "no region is registered yet: ask Roma Capitale"
    assert MAZOWIECKIE.lacks == "local"
    assert MAZOWIECKIE.say.startswith("no city or metropolis is registered yet")
    assert (TARTU.lacks, TARTU.complete) == ("", False)


def test_those_who_know_the_missing_side_are_nudged_and_nobody_else() -> None:
    nudged = {line.territory: [each for each in Level if line.nudges(person(each))]
              for line in (LODZ, LAZIO, MAZOWIECKIE, TARTU)}  # fmt: skip
    assert nudged == {
        "Łódzkie": [],
        "Lazio": [Level.CITY, Level.METROPOLIS],
        "Mazowieckie": [Level.REGION],
        "Tartumaa": [],
    }


def test_territories_that_lack_a_side_come_first() -> None:
    assert by_need([LODZ, TARTU, MAZOWIECKIE, LAZIO]) == (LAZIO, MAZOWIECKIE, TARTU, LODZ)


def test_the_levels_of_many_are_counted_in_place_of_a_letter_each() -> None:
    assert line("Few", 3, 1, 4, 1).levels == "C C C M R R R R O"
    assert line("Many", 12, 0, 3, 0).levels == "12C 3R"


def test_who_is_outside_the_invitation_is_told_why() -> None:
    assert why_outside(person(Level.CITY, "PL")) == ""
    assert why_outside(person(Level.CITY)) == ""
    assert "is not in the European Union" in why_outside(person(Level.CITY, "TR"))
    guessed = replace(person(Level.OTHER, "BE"), level_guessed=True)
    assert why_outside(guessed) == "neither a city nor a region, as far as its name says"
    assert ";" in why_outside(person(Level.OTHER, "TR"))


def test_places_are_counted_against_the_limit() -> None:
    states = {"expected": 5, "here": 1, State.WAITLISTED: 1, State.CANCELLED: 1}
    assert places(states, 7).left == 1
    assert places(states, 5).left == -1
    assert places(states, None).left is None
    assert places(states, 7).waitlisted == 1
