"""The pieces of the screens, each by itself: what they show, at which sizes, from whatever text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.geometry import Size

from checkin.door import wording
from checkin.door.admission import Decision, Problem
from checkin.door.answers import Answer, Kind
from checkin.door.overview import SIGNS, DeskAct, Pulse
from checkin.people import Level, Person, PersonFlag, State
from db.kinds import EntryKind
from screens.commands.shapes import SIGNS as PLAIN_SIGNS
from screens.widgets.acts_list import act_line
from screens.widgets.answer_panel import answer_lines
from screens.widgets.arrivals import pulse_line, sparkline
from screens.widgets.digits import fitting, giant
from screens.widgets.result_list import Row, row_line
from screens.widgets.scan_field import code_start
from screens.widgets.scanned import is_badge_code, is_scan
from screens.widgets.shown import fitted, shown
from screens.widgets.states import ANSWERS, FLAGS, SCAN_AGAIN, STATES, answer_look
from tests.screens.at_the_door import HOSTILE

NOW = dt.datetime(2026, 3, 10, 7, 47, tzinfo=dt.UTC)
ANYTHING = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE))


def person(name: str = "Anna", **fields: object) -> Person:
    return Person("1", "BCDFGHJKLN", name, "Kowalska", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6])
def test_every_digit_looks_different_and_is_as_wide_as_the_others(size: int) -> None:
    shapes = {tuple(giant(digit, size)) for digit in "0123456789"}
    assert len(shapes) == 10
    assert {len(line) for shape in shapes for line in shape} == {3 * size}


def test_a_table_number_is_as_large_as_the_room_allows() -> None:
    assert len(fitting("14", 40, 8)) == 8
    assert len(fitting("14", 60, 20)) == 15
    assert fitting("14", 10, 8) == []


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("table", [None, 4, 14, 120])
def test_an_answer_fills_the_panel_of_80x24_and_no_more(kind: Kind, table: int | None) -> None:
    answer = Answer(
        kind,
        say="Anna Kowalska has been here since 08:41; she came in at desk A of the north hall.",
        next="Show the way; the badge is at the printer.",
        person=person(organisation="Urząd Marszałkowski Województwa Łódzkiego " * 3),
        table=table,
        why_table="Your region colleague Jan Kowalczyk sits there. " * 3,
    )
    lines = answer_lines(answer, Size(74, 8)).plain.split("\n")
    assert len(lines) <= 8
    assert max(len(line) for line in lines) <= 74
    text = " ".join(lines)
    assert "Anna KOWALSKA" in text
    assert "→ Show the way" in text
    assert ("Table" in text) == (table is not None)


def test_every_answer_and_state_has_a_sign_and_a_word_of_its_own() -> None:
    assert set(ANSWERS) == set(Kind)
    looks = {*ANSWERS.values(), SCAN_AGAIN}
    assert len({(sign, word) for sign, word, _ in looks}) == len(Kind) + 1


def test_a_scan_that_was_not_read_well_is_not_called_a_foreign_badge() -> None:
    misread = Decision(Kind.FOREIGN_CODE, problem=Problem.MISREAD)
    assert answer_look(wording.answer(misread, None, zone="UTC"))[1] == "SCAN AGAIN"
    foreign = Decision(Kind.FOREIGN_CODE)
    assert answer_look(wording.answer(foreign, None, zone="UTC"))[1] == "NOT ONE OF OUR BADGES"
    assert set(STATES) == set(State)
    assert len({sign for sign, _, _ in STATES.values()}) == len(State)


@given(name=ANYTHING, organisation=ANYTHING, territory=ANYTHING, width=st.integers(76, 160))
@settings(deadline=None, max_examples=200)
def test_a_result_is_one_line_of_the_same_width_whatever_people_are_called(
    name: str, organisation: str, territory: str, width: int
) -> None:
    who = person(
        name,
        organisation=organisation,
        territory=territory,
        level=Level.METROPOLIS,
        state=State.HERE,
        arrived_at=NOW,
        table=120,
        country="PL",
    )
    line = row_line(Row(who), width, dt.UTC)
    assert line.cell_length == width - 2
    assert "\n" not in line.plain
    assert "✓ here 07:47" in line.plain


@given(text=ANYTHING)
def test_peoples_text_is_never_markup(text: str) -> None:
    content = shown(text, "bold")
    assert content.plain == shown(content.plain).plain
    assert all(not span.style or span.style == "bold" for span in content.spans)
    assert not set(content.plain) & {"\x1b", "\x9b", "\x07", "\u202e", "\n"}


@given(text=ANYTHING, width=st.integers(0, 40))
def test_fitted_text_has_the_width_that_was_asked(text: str, width: int) -> None:
    assert fitted(text, width).cell_length == width


@given(name=ANYTHING, flags=st.sets(st.sampled_from(PersonFlag)), width=st.integers(76, 160))
@settings(deadline=None, max_examples=50)
def test_a_flagged_person_has_a_sign_for_each_flag_in_a_line_of_the_same_width(
    name: str, flags: set[PersonFlag], width: int
) -> None:
    who = person(name, flags=tuple(flags))
    line = row_line(Row(who), width, dt.UTC)
    assert line.cell_length == width - 2
    assert all(FLAGS[flag][0] in line.plain for flag in flags)
    act = DeskAct(NOW, "✓", "here", name, 4, "A", "j", "1", False, tuple(flags))
    line = act_line(act, width, dt.UTC)
    assert line.cell_length == width
    assert all(FLAGS[flag][0] in line.plain for flag in flags)


def test_a_flag_is_told_in_words_beside_the_name_and_so_is_no_photo() -> None:
    flags = (PersonFlag.VIP, PersonFlag.ORGANISER)
    who = person(organisation="Urząd Miasta Łodzi", photo=False, flags=flags)
    answer = Answer(Kind.WELCOME, "Welcome.", "Smile.", who, 4, calls_organiser=True)
    text = answer_lines(answer, Size(74, 8)).plain
    assert "Anna KOWALSKA   ★ VIP   ☎ call the organiser" in text
    assert "Urząd Miasta Łodzi · no photos, please" in text
    assert answer_look(answer) == ("☎", "WELCOME · CALL THE ORGANISER", "look")


def test_who_left_has_one_sign_wherever_it_is_shown() -> None:
    left = ANSWERS[Kind.LEFT][0]
    assert STATES[State.LEFT][0] == left
    assert SIGNS[EntryKind.DEPARTED][0] == left
    assert PLAIN_SIGNS["left"].startswith(left)
    assert SIGNS[EntryKind.MOVED][0] != left


def test_every_flag_has_a_sign_and_words_of_its_own() -> None:
    assert set(FLAGS) == set(PersonFlag)
    assert len({sign for sign, _, _ in FLAGS.values()}) == len(PersonFlag)


def test_the_problem_desk_is_counted_only_when_somebody_waits_there() -> None:
    pulse = Pulse(112, 32, 65, 0, 6.0, (1,) * 10, 12, "45 in by ~09:03")
    assert "problem desk" not in pulse_line(pulse, 78).plain
    line = pulse_line(replace(pulse, at_problem_desk=2), 78)
    assert "problem desk 2" in line.plain
    assert line.cell_length <= 78


def test_the_sparkline_is_flat_for_nothing_and_full_for_the_most() -> None:
    assert sparkline([0, 0, 0]) == "▁▁▁"
    assert sparkline([0, 5, 10])[-1] == "█"
    assert sparkline([]) == ""


def test_the_counters_say_when_all_are_in_and_fit_80_columns() -> None:
    pulse = Pulse(112, 32, 65, 0, 6.0, (1,) * 10, 12, "45 in by ~09:03")
    line = pulse_line(pulse, 78)
    assert "6 arrivals/min ▇▇▇▇ · next table 12 · 45 in by ~09:03" in line.plain.replace("█", "▇")
    assert line.cell_length <= 78
    wide = pulse_line(pulse, 118)
    assert "6 arrivals a minute " in wide.plain
    assert "next table to open: 12 · 45 in by ~09:03" in wide.plain
    assert wide.cell_length <= 118


def test_while_the_list_is_read_the_counters_of_a_great_event_stay_beside_it() -> None:
    pulse = Pulse(100_000, 32, 99_968, 0, 6.0, (1,) * 10, 12, "45 in by ~09:03")
    line = pulse_line(pulse, 78, "Reading the list: 41,000 of 100,000. Scans work already.")
    assert line.plain.startswith("here 32 · due 99968 · Reading the list: 41,000")
    assert line.cell_length <= 78


def test_a_scan_after_typed_text_is_found_and_a_name_is_no_scan() -> None:
    code = "BCDFGHJK"
    from checkin.door.codes import check_letters

    code += check_letters(code)
    assert is_badge_code(code.lower())
    assert code_start("kowal" + code, is_badge_code, quick=5) == 5
    assert code_start("Anna Kowalska", is_badge_code) == -1
    assert not is_scan("Anna Kowalska")
    assert is_scan(code)
