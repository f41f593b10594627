"""What an import would do: who is new, who is the same, what changed, what needs a look."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.people import Level, State
from checkin.roster.columns import find_columns
from checkin.roster.demo import demo_entries, write_demo_list
from checkin.roster.entry import FIELDS, RosterEntry
from checkin.roster.plan import ExistingPerson, ImportPlan, plan_import
from checkin.roster.reading import read_rows
from checkin.roster.template import row_of
from checkin.text import clean

HEADER = ["Given name", "Family name", "E-mail", "Organisation"]


def planned(rows: Sequence[Sequence[str]], before: ImportPlan | None = None) -> ImportPlan:
    """The plan of `rows`, after the people of another plan were stored."""
    return plan_import(rows, find_columns(rows), stored(before) if before else ())


def stored(plan: ImportPlan) -> list[ExistingPerson]:
    return [ExistingPerson(f"id{new.row}", new.entry) for new in plan.new]


def entry(row: Sequence[str], header: Sequence[str] = HEADER) -> RosterEntry:
    plan = planned([header, row])
    assert len(plan.new) == 1, plan
    return plan.new[0].entry


# Rows --------------------------------------------------------------------------------------------


def test_the_demonstration_s_list_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "demo.csv"
    write_demo_list(path)
    plan = planned(read_rows(path).rows)
    assert tuple(new.entry for new in plan.new) == demo_entries()
    assert not plan.rejected
    assert not plan.notes
    assert [(pair.name, pair.certain) for pair in plan.duplicates] == [("Sanne de Wit", False)]


def test_every_text_passes_the_cleaner() -> None:
    hostile = "Ann\x1b[31m \u202eeel\x00 [/x]\u200b"
    found = entry([hostile, hostile, "ann@example.org", hostile])
    for text in (found.given_name, found.family_name, found.organisation):
        assert text == clean(hostile)
        assert "\x1b" not in text
        assert "\x00" not in text


def test_a_formula_written_as_text_comes_back_as_it_was() -> None:
    assert entry(["'=1+1 Ann", "Lee", "", ""]).given_name == "=1+1 Ann"


def test_rows_of_nothing_are_passed_over_and_nameless_ones_rejected_with_their_number() -> None:
    rows = [
        HEADER,
        ["Zoë", "Berg", "z@example.org", "Gemeente Utrecht"],
        ["", "", "", ""],
        ["  ", "\u00a0", "", ""],
        ["", "", "nobody@example.org", "Somewhere"],
        HEADER,
        ["Total: 1", "", "", ""],
        ["-", "?", "", ""],
        ["Info Requested", "Info Requested", "", ""],
    ]
    plan = planned(rows)
    assert plan.rows == 5
    assert [new.row for new in plan.new] == [2]
    assert [(bad.row, bad.reason) for bad in plan.rejected] == [
        (5, "no name in “Given name” or “Family name”"),
        (7, "this looks like a line of totals, not a person"),
        (8, "no name in “Given name” or “Family name”"),
        (9, "no name in “Given name” or “Family name”"),
    ]


def test_a_full_name_is_split_and_flagged_as_a_guess() -> None:
    found = entry(["DUPONT Jean-Marie", "jm@example.org"], ["Nom", "Courriel"])
    assert (found.given_name, found.family_name, found.name_guessed) == (
        "Jean-Marie",
        "DUPONT",
        True,
    )


def test_the_authority_s_country_helps_to_split_a_name() -> None:
    header = ["Nombre y apellidos", "Entidad"]
    found = entry(["María José García Lorca", "Ayuntamiento de Sevilla"], header)
    assert (found.given_name, found.family_name) == ("María José", "García Lorca")
    assert found.country == ""


def test_level_and_territory_are_guessed_where_nobody_said_them() -> None:
    found = entry(["Ann", "Lee", "", "Stadt Köln"])
    assert (found.level, found.level_guessed) == (Level.CITY, True)
    assert (found.territory, found.territory_guessed) == ("Nordrhein-Westfalen", True)
    header = ["Name", "Organisation", "Level", "Territory"]
    told = entry(["Ann", "Stadt Köln", "a region", "Rheinland"], header)
    assert (told.level, told.level_guessed) == (Level.REGION, False)
    assert (told.territory, told.territory_guessed) == ("Rheinland", False)


def test_an_unknown_authority_blocks_nobody() -> None:
    found = entry(["Ann", "Lee", "", "Acme"])
    assert (found.level, found.level_guessed, found.territory) == (Level.OTHER, True, "")


def test_needs_wishes_and_consents_are_read() -> None:
    cells = {
        "Name": "Ann Lee",
        "Wheelchair": "yes, an electric one",
        "Diet": "none",
        "Access": "hearing loop",
        "Table": "T4",
        "Host": "yes",
        "Photo": "Non",
        "Together": "b@example.org",
        "Status": "Cancelled",
    }
    found = entry(list(cells.values()), list(cells))
    assert found.step_free
    assert found.access == "hearing loop; yes, an electric one"
    assert found.diet == ""
    assert (found.pin, found.host, found.photo) == (4, True, False)
    assert found.together == ("b@example.org",)
    assert found.status is State.CANCELLED


def test_a_note_on_access_that_names_a_wheelchair_asks_for_a_seat_without_steps() -> None:
    header = ["Name", "Access needs"]
    assert entry(["Ann Lee", "I come in a wheelchair"], header).step_free
    assert entry(["Ann Lee", "Je suis en fauteuil roulant."], header).step_free
    assert not entry(["Ann Lee", "large print"], header).step_free


def test_what_is_not_understood_is_left_out_with_a_note() -> None:
    header = ["Name", "E-mail", "Country", "Languages", "Level", "Table", "Photo", "Status"]
    rows = [
        header,
        *[["Ann Lee", "ann@example.org", "Belgium", "fr", "city", "1", "yes", "ok"]] * 3,
        ["Bo Ek", "bo at work", "Narnia", "Klingon", "duchy", "9999", "hm", "purple"],
    ]
    plan = planned(rows)
    assert {note.field for note in plan.notes} == {
        "email", "country", "languages", "level", "pin", "photo", "status",
    }  # fmt: skip
    assert {note.row for note in plan.notes} == {5}
    odd = plan.new[-1].entry
    assert (odd.email, odd.country, odd.languages, odd.pin) == ("bo at work", "", ("en",), None)
    assert (odd.photo, odd.status) == (False, State.EXPECTED)


def test_a_note_never_repeats_what_is_private() -> None:
    rows = [["Name", "Diet", "Access"], ["Ann Lee", "secret allergy", "secret need"]]
    plan = planned(rows)
    assert "secret" not in repr((plan.notes, plan.rejected, plan.duplicates))


# Duplicates --------------------------------------------------------------------------------------


def duplicates(*rows: Sequence[str]) -> list[tuple[int, int, bool]]:
    plan = planned([HEADER, *rows])
    for pair in plan.duplicates:
        assert pair.reason
    return [(pair.first_row, pair.row, pair.certain) for pair in plan.duplicates]


def test_the_same_address_and_name_is_one_person() -> None:
    one = ["Anna", "Kowalska", "anna@example.org", "Łódź"]
    assert duplicates(one, ["A.", "KOWALSKA", "Anna@Example.org", "Urząd Miasta Łodzi"]) == [
        (2, 3, True)
    ]


def test_one_address_for_several_people_is_only_mentioned() -> None:
    one = ["Anna", "Kowalska", "office@example.org", "Łódź"]
    two = ["Jan", "Nowak", "office@example.org", "Łódź"]
    assert duplicates(one, two) == [(2, 3, False)]
    assert len(planned([HEADER, one, two]).new) == 2


def test_sisters_behind_one_address_both_stay() -> None:
    one = ["Anna", "Kowalska", "kowalska@example.org", "Łódź"]
    assert duplicates(one, ["Hanna", "Kowalska", "kowalska@example.org", "Łódź"]) == [(2, 3, False)]


def test_the_same_name_and_organisation_in_other_letters_is_one_person() -> None:
    one = ["Jürgen", "Groß", "", "Stadt Köln"]
    assert duplicates(one, ["JURGEN", "GROSS", "jg@example.org", "stadt koln"]) == [(2, 3, True)]


def test_the_same_name_with_two_addresses_is_only_mentioned() -> None:
    one = ["Sanne", "de Wit", "s@example.org", "Rotterdam"]
    assert duplicates(one, ["Sanne", "de Wit", "s@example.net", "Rotterdam"]) == [(2, 3, False)]


def test_namesakes_and_near_namesakes_are_not_duplicates() -> None:
    assert not duplicates(
        ["Marco", "Rossi", "m1@example.org", "Torino"],
        ["Marco", "Rossi", "m2@example.org", "Firenze"],
        ["Marco", "Rosso", "m3@example.org", "Torino"],
        ["Anna", "Kowalska", "", "Łódź"],
        ["Jan", "Kowalski", "", "Łódź"],
    )


def test_one_order_for_several_people_does_not_make_them_one() -> None:
    header = ["Order no.", "First Name", "Surname", "Email"]
    rows = [
        header,
        ["77", "Anna", "Kowalska", "anna@example.org"],
        ["77", "Jan", "Nowak", "jan@example.org"],
    ]
    first = planned(rows)
    assert len(first.new) == 2
    assert [pair.certain for pair in first.duplicates] == [False]
    again = planned(rows, first)
    assert again.changes_nothing
    assert len(again.unchanged) == 2


def test_who_cancelled_and_registered_again_is_expected() -> None:
    header = ["Name", "Email", "Status"]
    ann = [["Ann Lee", "ann@example.org", "Cancelled"], ["Ann Lee", "ann@example.org", "Confirmed"]]
    for rows in (ann, ann[::-1]):
        plan = planned([header, *rows])
        assert [new.entry.status for new in plan.new] == [State.EXPECTED]


# The second import -------------------------------------------------------------------------------


def test_the_same_list_again_changes_nothing() -> None:
    rows = [list(FIELDS), *map(row_of, demo_entries())]
    first = planned(rows)
    again = planned(rows, first)
    assert again.changes_nothing
    assert len(again.unchanged) == 62
    assert not again.missing


@given(st.permutations(range(62)))
def test_the_order_of_the_rows_is_of_no_importance(order: list[int]) -> None:
    entries = demo_entries()
    people = [ExistingPerson(str(number), entry) for number, entry in enumerate(entries)]
    rows = [list(FIELDS), *(row_of(entries[number]) for number in order)]
    plan = plan_import(rows, find_columns(rows), people)
    assert plan.changes_nothing
    assert sorted(plan.unchanged, key=int) == [str(number) for number in range(62)]


def test_what_changed_is_listed_field_by_field() -> None:
    one = ["Anna", "Kowalska", "anna@example.org", "Łódź"]
    first = planned([HEADER, one])
    second = planned(
        [HEADER, ["Anna", "Kowalska-Nowak", "anna@example.org", "Miasto Kalisz"]], first
    )
    assert not second.new
    changed = second.changed[0]
    assert changed.id == "id2"
    assert set(changed.fields) == {"family_name", "organisation", "territory"}
    assert changed.after.territory == "Wielkopolskie"
    assert changed.before.family_name == "Kowalska"


def test_who_is_missing_is_reported_and_walk_ins_are_not() -> None:
    first = planned(
        [HEADER, ["Ann", "Lee", "a@example.org", ""], ["Bo", "Ek", "b@example.org", ""]]
    )
    people = [*stored(first), ExistingPerson("w", RosterEntry("Wanda", "Lopez"), listed=False)]
    rows = [HEADER, ["Ann", "Lee", "a@example.org", ""]]
    plan = plan_import(rows, find_columns(rows), people)
    assert [person.id for person in plan.missing] == ["id3"]
    assert plan.changes_nothing


def test_a_list_without_a_column_does_not_empty_the_field() -> None:
    full = [
        [*HEADER, "Diet", "Languages"],
        ["Ann", "Lee", "a@example.org", "Stad Gent", "vegan", "nl"],
    ]
    short = [HEADER[:3], ["Ann", "Lee", "a@example.org"]]
    plan = planned(short, planned(full))
    assert plan.changes_nothing


def test_a_guess_never_replaces_what_somebody_said() -> None:
    rows = [HEADER, ["Ann", "Lee", "a@example.org", "Stadt Köln"]]
    guessed = planned(rows).new[0].entry
    corrected = replace(guessed, level=Level.REGION, level_guessed=False)
    corrected = replace(corrected, territory="Rheinland", territory_guessed=False)
    plan = plan_import(rows, find_columns(rows), [ExistingPerson("1", corrected)])
    assert plan.changes_nothing


def test_a_corrected_split_of_a_full_name_stays() -> None:
    rows = [["Name", "E-mail"], ["Jean Paul Martin", "jp@example.org"]]
    guessed = planned(rows).new[0].entry
    corrected = replace(guessed, given_name="Jean", family_name="Paul Martin", name_guessed=False)
    plan = plan_import(rows, find_columns(rows), [ExistingPerson("1", corrected)])
    assert plan.changes_nothing


def test_a_slip_of_the_pen_that_was_corrected_is_a_change() -> None:
    first = planned([HEADER, ["Anna", "Kowalksa", "anna@example.org", "Łódź"]])
    second = planned([HEADER, ["Anna", "Kowalska", "anna@example.org", "Łódź"]], first)
    assert [changed.fields for changed in second.changed] == [("family_name",)]


def test_a_new_colleague_above_does_not_take_somebody_s_place() -> None:
    first = planned([HEADER, ["Anna", "Kowalska", "office@example.org", "Łódź"]])
    rows = [
        HEADER,
        ["Anna", "Zych", "office@example.org", "Łódź"],
        ["Anna", "Kowalska", "office@example.org", "Łódź"],
    ]
    second = planned(rows, first)
    assert second.unchanged == ("id2",)
    assert [new.entry.family_name for new in second.new] == ["Zych"]


def test_a_successor_with_the_address_of_another_is_new() -> None:
    first = planned([HEADER, ["Anna", "Kowalska", "mayor@example.org", "Łódź"]])
    second = planned([HEADER, ["Piotr", "Zieliński", "mayor@example.org", "Łódź"]], first)
    assert [new.entry.family_name for new in second.new] == ["Zieliński"]
    assert [person.id for person in second.missing] == ["id2"]


def test_numbers_of_another_tool_do_not_make_strangers_the_same() -> None:
    header = ["ID", "Name", "E-mail"]
    first = planned([header, ["7", "Ann Lee", "ann@example.org"]])
    second = planned([header, ["7", "Jan Nowak", "jan@example.org"]], first)
    assert [new.entry.full_name for new in second.new] == ["Jan Nowak"]
    assert not second.changed


def test_a_new_address_of_the_same_person_is_a_change() -> None:
    first = planned([HEADER, ["Ann", "Lee", "ann@example.org", "Stad Gent"]])
    second = planned([HEADER, ["Ann", "Lee", "ann.lee@example.org", "Stad Gent"]], first)
    assert [changed.fields for changed in second.changed] == [("email",)]


def test_a_corrected_name_keeps_its_number_and_address() -> None:
    header = ["Attendee #", "First name", "Last name", "Email"]
    first = planned([header, ["1", "Ann", "Lee", "ann@example.org"]])
    second = planned([header, ["1", "Johanna", "Meyer", "ann@example.org"]], first)
    assert [changed.id for changed in second.changed] == ["id2"]


def test_progress_is_told_and_what_it_raises_ends_the_planning() -> None:
    class Cancelled(Exception):
        pass

    rows = [HEADER, *(["Ann", f"Lee{n}", f"a{n}@example.org", ""] for n in range(2_000))]
    told: list[tuple[int, int]] = []
    plan_import(rows, find_columns(rows), progress=lambda *at: told.append(at))
    assert told[-1] == (2_001, 2_001)
    assert len(told) >= 4

    def cancel(*_: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        plan_import(rows, find_columns(rows), progress=cancel)


@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), max_size=8))
def test_no_list_breaks_the_plan_and_a_second_import_changes_nothing(rows: list[list[str]]) -> None:
    table = [HEADER, *rows]
    first = planned(table)
    assert len(first.new) + len(first.rejected) <= len(rows)
    again = planned(table, first)
    assert again.changes_nothing
    for new in first.new:
        for text in (new.entry.given_name, new.entry.family_name, new.entry.email):
            assert clean(text) == text


def test_ten_thousand_people_behind_one_address_are_told_apart_in_time() -> None:
    chance = random.Random(7)
    names = {"".join(chance.choices("abcdeghiklmnoprstuvz", k=9)) for _ in range(10_000)}
    rows = [HEADER, *([name[:4], name[4:], "office@example.org", ""] for name in sorted(names))]
    started = time.process_time()
    first = planned(rows)
    again = planned(rows, first)
    assert time.process_time() - started < 20
    assert len(first.new) > 9_900
    assert again.changes_nothing
