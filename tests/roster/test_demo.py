"""The demonstration's list holds what it promises, and a list written from it is a list."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from checkin.people import Level
from checkin.roster.demo import demo_entries, write_demo_list
from checkin.text import clean

PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -'éèêëàâçïîôöüäñóíáúãÀÉ")


def test_sixty_two_people_of_at_least_eight_countries() -> None:
    entries = demo_entries()
    assert len(entries) == 62
    assert len({entry.country for entry in entries}) >= 8


def test_twelve_speak_no_english_and_each_shares_a_language_with_somebody_who_does() -> None:
    entries = demo_entries()
    without = [entry for entry in entries if "en" not in entry.languages]
    with_english = [entry for entry in entries if "en" in entry.languages]
    assert len(without) == 12
    for person in without:
        assert any(set(person.languages) & set(other.languages) for other in with_english), person


def test_at_least_ten_names_are_hard_to_type() -> None:
    hard = [entry for entry in demo_entries() if set(entry.full_name) - PLAIN]
    assert len(hard) >= 10


def test_two_namesakes_work_in_different_places_and_one_person_is_registered_twice() -> None:
    names = Counter((entry.full_name, entry.organisation) for entry in demo_entries())
    twice = [key for key, count in names.items() if count == 2]
    assert twice == [("Sanne de Wit", "Gemeente Rotterdam")]
    places = defaultdict(set)
    for entry in demo_entries():
        places[entry.full_name].add(entry.territory)
    assert [name for name, where in places.items() if len(where) > 1] == ["Marco Rossi"]
    emails = Counter(entry.email for entry in demo_entries())
    assert max(emails.values()) == 1


def test_some_territories_have_both_sides_some_one_and_some_people_belong_to_none() -> None:
    sides = defaultdict(set)
    for entry in demo_entries():
        if entry.territory:
            sides[entry.territory].add("local" if entry.level.is_local else entry.level.value)
    both = [where for where, found in sides.items() if found == {"local", "region"}]
    assert len(both) >= 8
    assert any(found == {"local"} for found in sides.values())
    assert any(found == {"region"} for found in sides.values())
    assert sum(entry.level is Level.OTHER for entry in demo_entries()) >= 3


def test_needs_wishes_and_hosts_are_there_and_wishes_name_people_of_the_list() -> None:
    entries = demo_entries()
    emails = {entry.email for entry in entries}
    assert sum(entry.step_free for entry in entries) >= 3
    assert any(entry.diet for entry in entries)
    assert any(entry.access for entry in entries)
    assert any(entry.host for entry in entries)
    assert any(entry.pin for entry in entries)
    assert any(entry.together for entry in entries)
    assert any(entry.apart for entry in entries)
    for entry in entries:
        assert set(entry.together + entry.apart) <= emails


def test_every_text_is_already_clean() -> None:
    for entry in demo_entries():
        for text in (entry.given_name, entry.family_name, entry.organisation, entry.territory):
            assert clean(text) == text


def test_registrations_are_counted_back_from_the_day() -> None:
    entries = demo_entries(date(2027, 3, 10))
    assert all(entry.registered_at < "2027-03-10" for entry in entries)
    assert any(entry.registered_at > "2027-02-17" for entry in entries)


def test_the_written_list_is_semicolons_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "demo.csv"
    assert write_demo_list(path) == 62
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfgiven_name;family_name;email;")
    assert raw.count(b"\r\n") == 63
