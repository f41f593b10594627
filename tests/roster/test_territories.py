"""Before the day: which territories lack a side, whom to nudge, who is late or was not invited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from checkin.people import Level, State
from checkin.roster.demo import demo_entries
from checkin.roster.entry import RosterEntry
from checkin.roster.territories import (
    outside_invitation,
    places,
    registered_after,
    territory_lines,
    without_territory,
)


def person(name: str, level: Level, territory: str, organisation: str = "") -> RosterEntry:
    return RosterEntry(name, "Test", level=level, territory=territory, organisation=organisation)


PEOPLE = [
    person("Anna", Level.CITY, "Łódzkie", "Urząd Miasta Łodzi"),
    person("Jan", Level.REGION, "Łódzkie", "Urząd Marszałkowski"),
    person("Giulia", Level.CITY, "Lazio", "Roma Capitale"),
    person("Grzegorz", Level.REGION, "Mazowieckie", "Województwo Mazowieckie"),
    person("Margit", Level.OTHER, "Tartumaa", "Tartu Teaduspark"),
    person("Anne", Level.OTHER, "", "Eurocities"),
]


def test_a_territory_says_what_it_lacks_and_whom_to_ask() -> None:
    lines = {line.territory: line for line in territory_lines(PEOPLE)}
    assert lines["Łódzkie"].complete
    assert (lines["Łódzkie"].lacks, lines["Łódzkie"].nudge) == ("", ())
    assert lines["Łódzkie"].levels == "C R"
    assert lines["Lazio"].lacks == "region"
    assert [who.given_name for who in lines["Lazio"].nudge] == ["Giulia"]
    assert "Roma Capitale" in lines["Lazio"].say
    assert lines["Mazowieckie"].lacks == "local"
    assert (lines["Tartumaa"].lacks, lines["Tartumaa"].complete) == ("", False)


def test_territories_that_lack_a_side_come_first_and_people_without_one_are_apart() -> None:
    assert [line.territory for line in territory_lines(PEOPLE)] == [
        "Lazio", "Mazowieckie", "Tartumaa", "Łódzkie",
    ]  # fmt: skip
    assert [who.given_name for who in without_territory(PEOPLE)] == ["Anne"]


def test_a_cancelled_region_counts_as_lacking() -> None:
    people = [PEOPLE[0], replace(PEOPLE[1], status=State.CANCELLED)]
    assert territory_lines(people)[0].lacks == "region"


def test_guesses_are_counted() -> None:
    people = [PEOPLE[0], replace(PEOPLE[1], territory_guessed=True)]
    assert territory_lines(people)[0].guessed == 1


def test_the_demonstration_has_whole_and_half_territories() -> None:
    lines = territory_lines(demo_entries())
    assert sum(line.complete for line in lines) >= 8
    assert {line.lacks for line in lines} == {"", "local", "region"}


def test_registrations_after_the_day_of_the_deadline_are_late() -> None:
    moments = ["2024-09-18T23:59:00", "2024-09-19", "", "2024-09-19T00:01:00"]
    late = registered_after(PEOPLE[:4], date(2024, 9, 18), moments)
    assert [who.given_name for who in late] == ["Jan", "Grzegorz"]


def test_who_is_outside_the_invitation_is_told_why() -> None:
    turkish = replace(PEOPLE[0], given_name="Işıl", country="TR")
    guessed = replace(PEOPLE[5], level_guessed=True)
    found = outside_invitation([*PEOPLE[:4], turkish, guessed])
    assert [hint.person.given_name for hint in found] == ["Işıl", "Anne"]
    assert "European Union" in found[0].reason
    assert "as far as its name says" in found[1].reason


def test_places_are_counted_against_the_limit() -> None:
    states = [State.EXPECTED] * 5 + [State.HERE, State.WAITLISTED, State.CANCELLED]
    assert places(states, 7).left == 1
    assert places(states, 5).left == -1
    assert places(states, None).left is None
    assert places(states, 7).waitlisted == 1
