"""The admission decision, case by case (numbers are those of `vectors/admission_cases.md`)."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from checkin.door import wording
from checkin.door.admission import (
    Act,
    Ask,
    Asked,
    Decision,
    Flag,
    History,
    Override,
    Problem,
    Replaced,
    Rules,
    Undoable,
    clock_flags,
    decide,
    decide_undo,
    hours,
)
from checkin.door.answers import Kind
from checkin.door.scanning import Form
from checkin.people import Person, PersonFlag, State

ZONE = "Europe/Brussels"
DAY = date(2024, 10, 9)
NOW = datetime(2024, 10, 9, 6, 47, tzinfo=UTC)  # 08:47 in Brussels
OPENS, CLOSES = hours(DAY, time(8, 30), time(14), ZONE)
RULES = Rules("Desk A", ZONE, OPENS, CLOSES, event_date=DAY)
ANNA = Person("anna", "BCDFGHJKLN", "Anna", "Kowalska", "Urząd Miasta Łodzi", table=4)
HERE = replace(ANNA, state=State.HERE)
LEFT = replace(ANNA, state=State.LEFT)
SUPERVISOR = Override("AK", "speaker's guest")
NEVER = History()


def arrived(at: datetime, desk: str = "Desk A") -> History:
    return History(at, desk, Act.ARRIVED, at, desk)


def departed(first: datetime, at: datetime) -> History:
    return History(first, "Desk B", Act.DEPARTED, at, "Desk A")


def said(decision: Decision, person: Person | None = ANNA) -> str:
    given = wording.answer(decision, person, zone=ZONE)
    return f"{given.say} {given.next}"


@pytest.mark.parametrize(
    ("marks", "flags"),
    [
        ((PersonFlag.VIP,), (Flag.IN_PERSON,)),
        ((PersonFlag.ORGANISER,), (Flag.CALL_ORGANISER,)),
        ((PersonFlag.VIP, PersonFlag.ORGANISER), (Flag.CALL_ORGANISER, Flag.IN_PERSON)),
        ((PersonFlag.PROBLEM_DESK,), ()),
    ],
)
def test_flagged_people_arrive_like_all_others_and_the_call_comes_first(
    marks: tuple[PersonFlag, ...], flags: tuple[Flag, ...]
) -> None:
    decision = decide(replace(ANNA, flags=marks), NEVER, RULES, Asked(), NOW)
    assert decision == Decision(Kind.WELCOME, Act.ARRIVED, flags)


def test_who_is_refused_is_refused_flagged_or_not() -> None:
    anna = replace(ANNA, state=State.CANCELLED, flags=tuple(PersonFlag))
    assert decide(anna, NEVER, RULES, Asked(), NOW) == Decision(Kind.CANCELLED, Act.REFUSED)
    admitted = decide(anna, NEVER, RULES, Asked(override=SUPERVISOR), NOW)
    assert admitted.flags == (Flag.CALL_ORGANISER, Flag.IN_PERSON, Flag.REACTIVATED)


def test_case_01_a_known_code_is_welcome_and_one_arrival_is_to_be_journaled() -> None:
    decision = decide(ANNA, NEVER, RULES, Asked(), NOW)
    assert decision == Decision(Kind.WELCOME, Act.ARRIVED)


def test_case_03_unknown_text_where_a_code_was_due_is_a_foreign_code() -> None:
    decision = decide(None, NEVER, RULES, Asked(form=Form.TEXT), NOW)
    assert (decision.kind, decision.journal) == (Kind.FOREIGN_CODE, Act.REFUSED)


def test_a_typed_name_that_nobody_bears_is_an_unknown_name() -> None:
    decision = decide(None, NEVER, RULES, Asked(form=Form.TEXT, typed=True), NOW)
    assert (decision.kind, decision.journal) == (Kind.UNKNOWN_NAME, Act.REFUSED)


def test_case_04_a_good_code_that_nobody_here_has_is_of_another_event() -> None:
    decision = decide(None, NEVER, RULES, Asked(form=Form.CODE), NOW)
    assert (decision.kind, decision.journal) == (Kind.OTHER_EVENT, Act.REFUSED)


def test_case_05_a_replaced_badge_names_the_person_and_says_since_when() -> None:
    since = NOW - timedelta(minutes=10)
    history = History(replaced=Replaced(since))
    for person, override in itertools.product((ANNA, HERE), (None, SUPERVISOR)):
        decision = decide(person, history, RULES, Asked(override=override), NOW)
        assert (decision.kind, decision.journal) == (Kind.REPLACED, Act.REFUSED)
        assert "Anna Kowalska" in said(decision)
        assert "08:37" in said(decision)
    assert decide(ANNA, NEVER, RULES, Asked(), NOW).kind is Kind.WELCOME


def test_case_06_a_second_scan_says_when_and_where_the_first_was() -> None:
    history = arrived(NOW - timedelta(minutes=6), "Desk B")
    decision = decide(HERE, history, RULES, Asked(), NOW)
    assert (decision.kind, decision.journal) == (Kind.ALREADY_IN, Act.REFUSED)
    assert (decision.first_at, decision.first_desk) == (NOW - timedelta(minutes=6), "Desk B")
    assert "08:41" in said(decision)
    assert "Desk B" in said(decision)
    assert wording.answer(decision, HERE, zone=ZONE).table == 4


@pytest.mark.parametrize("seconds", [0, 1, 2])
def test_case_08_a_scan_within_two_seconds_at_the_same_desk_is_an_own_repeat(seconds: int) -> None:
    history = arrived(NOW - timedelta(seconds=seconds))
    decision = decide(HERE, history, RULES, Asked(), NOW)
    assert (decision.kind, decision.journal) == (Kind.OWN_REPEAT, None)


def test_case_08_later_or_at_another_desk_it_is_no_own_repeat() -> None:
    late = arrived(NOW - timedelta(seconds=3))
    elsewhere = arrived(NOW - timedelta(seconds=1), "Desk B")
    for history in (late, elsewhere):
        assert decide(HERE, history, RULES, Asked(), NOW).kind is Kind.ALREADY_IN


def test_case_10_a_replayed_answer_says_when_it_was_undone() -> None:
    given = wording.answer(decide(ANNA, NEVER, RULES, Asked(), NOW), ANNA, zone=ZONE)
    assert wording.replayed(given, undone=False) == given
    again = wording.replayed(given, undone=True)
    assert "undone" in again.say
    assert again.table is None


def test_case_11_nothing_left_to_undo_says_so_and_another_desks_act_says_whose() -> None:
    assert decide_undo(None, RULES, NOW).kind is Kind.NOTHING_TO_UNDO
    own = decide_undo(Undoable(Act.ARRIVED, NOW, "Desk A", ANNA), RULES, NOW)
    other = decide_undo(Undoable(Act.ARRIVED, NOW, "Desk B", ANNA), RULES, NOW)
    assert own.kind is other.kind is Kind.UNDONE
    assert (own.by, other.by) == ("", "Desk B")
    assert "Desk B" in said(other)


def test_case_12_coming_back_keeps_the_first_arrival() -> None:
    first = NOW - timedelta(hours=1)
    history = departed(first, NOW - timedelta(minutes=5))
    decision = decide(LEFT, history, RULES, Asked(), NOW)
    assert (decision.kind, decision.journal) == (Kind.WELCOME_BACK, Act.ARRIVED)
    assert (decision.first_at, decision.first_desk) == (first, "Desk B")


def test_case_13_a_departure_before_any_arrival_is_accepted_and_flagged() -> None:
    decision = decide(ANNA, NEVER, RULES, Asked(Ask.OUT), NOW)
    assert (decision.kind, decision.journal) == (Kind.LEFT, Act.DEPARTED)
    assert decision.flags == (Flag.NEVER_ARRIVED,)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("now", [NOW - timedelta(hours=5), NOW, NOW + timedelta(hours=12)])
def test_case_13_departures_are_never_refused(state: State, now: datetime) -> None:
    rules = replace(RULES, capacity=0, here=5)
    histories = (NEVER, arrived(NOW), History(replaced=Replaced(NOW)))
    for history in histories:
        person = replace(ANNA, state=state)
        decision = decide(person, history, rules, Asked(Ask.OUT), now)
        assert (decision.kind, decision.journal) == (Kind.LEFT, Act.DEPARTED)


def test_case_14_a_second_departure_is_accepted_once_and_says_so() -> None:
    history = departed(NOW - timedelta(hours=1), NOW - timedelta(minutes=7))
    decision = decide(LEFT, history, RULES, Asked(Ask.OUT), NOW)
    assert (decision.kind, decision.journal) == (Kind.LEFT, None)
    assert "08:40" in said(decision)


def test_case_15_a_cancelled_registration_can_be_reactivated_and_admitted_in_one_act() -> None:
    person = replace(ANNA, state=State.CANCELLED)
    refused = decide(person, NEVER, RULES, Asked(), NOW)
    assert (refused.kind, refused.journal) == (Kind.CANCELLED, Act.REFUSED)
    admitted = decide(person, NEVER, RULES, Asked(override=SUPERVISOR), NOW)
    assert (admitted.kind, admitted.journal) == (Kind.WELCOME, Act.ARRIVED)
    assert admitted.flags == (Flag.REACTIVATED,)
    assert admitted.override == SUPERVISOR


def test_case_16_the_waiting_list_tells_the_place_and_a_supervisor_may_admit() -> None:
    person = replace(ANNA, state=State.WAITLISTED)
    refused = decide(person, History(queue_place=3), RULES, Asked(), NOW)
    assert (refused.kind, refused.queue_place) == (Kind.WAITLISTED, 3)
    assert "place 3" in said(refused)
    admitted = decide(person, History(queue_place=3), RULES, Asked(override=SUPERVISOR), NOW)
    assert (admitted.kind, admitted.flags) == (Kind.WELCOME, (Flag.FROM_WAITLIST,))


def test_case_17_a_full_room_refuses_and_an_override_keeps_who_and_why() -> None:
    full = replace(RULES, capacity=60, here=60)
    refused = decide(ANNA, NEVER, full, Asked(), NOW)
    assert (refused.kind, refused.journal) == (Kind.FULL, Act.REFUSED)
    assert decide(ANNA, NEVER, replace(full, here=59), Asked(), NOW).kind is Kind.WELCOME
    back = departed(NOW - timedelta(hours=1), NOW - timedelta(minutes=5))
    assert decide(LEFT, back, full, Asked(), NOW).kind is Kind.FULL
    admitted = decide(ANNA, NEVER, full, Asked(override=SUPERVISOR), NOW)
    assert (admitted.kind, admitted.flags) == (Kind.WELCOME, (Flag.OVER_CAPACITY,))
    assert admitted.override == SUPERVISOR


def test_an_override_that_was_not_needed_is_not_kept() -> None:
    decision = decide(ANNA, NEVER, RULES, Asked(override=SUPERVISOR), NOW)
    assert (decision.kind, decision.override) == (Kind.WELCOME, None)


def test_one_override_waives_all_that_stands_in_the_way() -> None:
    person = replace(ANNA, state=State.CANCELLED)
    rules = replace(RULES, capacity=0)
    early = NOW - timedelta(hours=2)
    decision = decide(person, NEVER, rules, Asked(override=SUPERVISOR), early)
    assert decision.flags == (Flag.REACTIVATED, Flag.OUTSIDE_HOURS, Flag.OVER_CAPACITY)


def test_case_18_before_and_after_the_hours_the_answer_names_the_local_time() -> None:
    early = decide(ANNA, NEVER, RULES, Asked(), OPENS - timedelta(seconds=1))
    assert (early.kind, early.journal) == (Kind.NOT_YET, Act.REFUSED)
    assert "08:30" in said(early)
    late = decide(ANNA, NEVER, RULES, Asked(), CLOSES)
    assert late.kind is Kind.TOO_LATE
    assert "14:00" in said(late)
    for moment in (OPENS, CLOSES - timedelta(seconds=1)):
        assert decide(ANNA, NEVER, RULES, Asked(), moment).kind is Kind.WELCOME


def test_case_19_a_clock_ten_years_ahead_admits_with_an_alarm_and_the_day_goes_on() -> None:
    ahead = NOW.replace(year=2034)
    decision = decide(ANNA, NEVER, RULES, Asked(), ahead)
    assert (decision.kind, decision.journal) == (Kind.WELCOME, Act.ARRIVED)
    assert decision.clock_alarm
    assert "clock" in said(decision)
    # Set right again: the journal's last act lies in 2034, and this clock is not to blame.
    rules = replace(RULES, last_act_at=ahead)
    left = decide(HERE, arrived(ahead), rules, Asked(Ask.OUT), NOW)
    assert (left.kind, left.journal, left.clock_alarm) == (Kind.LEFT, Act.DEPARTED, False)
    back = decide(LEFT, departed(ahead, NOW), rules, Asked(), NOW)
    assert (back.kind, back.journal) == (Kind.WELCOME_BACK, Act.ARRIVED)


def test_case_19_a_clock_behind_the_journal_is_an_alarm_and_never_a_refusal() -> None:
    rules = replace(RULES, last_act_at=NOW)
    for behind in (timedelta(minutes=1), timedelta(hours=10), timedelta(days=4000)):
        decision = decide(ANNA, NEVER, rules, Asked(), NOW - behind)
        assert decision.kind is Kind.WELCOME
        assert decision.clock_alarm
    assert not clock_flags(rules, NOW - timedelta(seconds=20))  # desks' clocks differ a little


@pytest.mark.parametrize(
    ("day", "opens", "closes", "open_for"),
    [
        (date(2024, 3, 31), time(1), time(4), 2),  # 02:00 becomes 03:00
        (date(2024, 10, 27), time(1), time(4), 4),  # 03:00 becomes 02:00
        (date(2024, 10, 27), time(2, 30), time(2, 45), 1.25),  # the hour that comes twice
        (date(2024, 3, 30), time(22), time(5), 6),
        (date(2024, 10, 9), time(22), time(2), 4),  # over midnight
        (date(2024, 10, 9), time(0), time(0), 24),
        (date(2024, 10, 9), time(8, 30), time(14), 5.5),
    ],
)
def test_case_20_hours_follow_the_wall_clock_of_the_events_zone(
    day: date, opens: time, closes: time, open_for: float
) -> None:
    first, last = hours(day, opens, closes, ZONE)
    assert (last - first).total_seconds() == open_for * 3600
    assert first.astimezone(ZoneInfo(ZONE)).time() == opens
    assert last.astimezone(ZoneInfo(ZONE)).time() == closes
    rules = Rules("Desk A", ZONE, first, last, event_date=day)
    second = timedelta(seconds=1)
    answers = [
        decide(ANNA, NEVER, rules, Asked(), moment).kind
        for moment in (first - second, first, last - second, last)
    ]
    assert answers == [Kind.NOT_YET, Kind.WELCOME, Kind.WELCOME, Kind.TOO_LATE]


def test_case_20_an_hour_that_does_not_exist_is_read_by_the_old_clock() -> None:
    first, last = hours(date(2024, 3, 31), time(2, 30), time(5), ZONE)
    assert first.astimezone(ZoneInfo(ZONE)).time() == time(3, 30)
    assert last - first == timedelta(hours=1.5)


def test_case_20_the_zone_is_the_events_wherever_the_computer_stands() -> None:
    athens, _ = hours(DAY, time(8, 30), time(14), "Europe/Athens")
    assert athens - OPENS == -timedelta(hours=1)


def test_case_22_namesakes_are_a_choice_to_make_and_nothing_is_journaled() -> None:
    other = replace(ANNA, id="other", organisation="Stadt Köln")
    asked = Asked(form=Form.TEXT, typed=True, choices=(ANNA, other))
    decision = decide(None, NEVER, RULES, asked, NOW)
    assert (decision.kind, decision.journal) == (Kind.NEEDS_CHOICE, None)
    assert decision.choices == (ANNA, other)


def test_case_24_a_person_replaced_by_a_substitute_is_answered_with_the_substitutes_name() -> None:
    history = History(replaced=Replaced(NOW, "Jan Nowak"))
    decision = decide(ANNA, history, RULES, Asked(), NOW)
    assert decision.kind is Kind.REPLACED
    assert "Jan Nowak" in said(decision)


@pytest.mark.parametrize("form", [Form.MISREAD, Form.CUT])
def test_case_29_a_bad_scan_is_asked_for_again(form: Form) -> None:
    decision = decide(None, NEVER, RULES, Asked(form=form), NOW)
    assert (decision.kind, decision.problem) == (Kind.FOREIGN_CODE, Problem.MISREAD)
    assert "Scan again" in said(decision, None)


def test_case_31_nothing_read_is_an_answer_too() -> None:
    decision = decide(None, NEVER, RULES, Asked(form=Form.EMPTY), NOW)
    assert (decision.kind, decision.journal) == (Kind.FOREIGN_CODE, None)
    assert said(decision, None)


def test_the_checks_come_in_the_order_that_is_written_down() -> None:
    """Everything wrong at once: taking the first wrong away shows the next."""
    rules = replace(RULES, capacity=0)
    early = OPENS - timedelta(minutes=1)
    state, history, now = State.HERE, History(replaced=Replaced(NOW)), early
    kinds = []
    for step in range(6):
        if step == 1:
            history = arrived(early - timedelta(minutes=9))
        if step == 2:
            state, history = State.CANCELLED, NEVER
        if step == 3:
            state = State.WAITLISTED
        if step == 4:
            state = State.EXPECTED
        if step == 5:
            now = OPENS
        kinds.append(decide(replace(ANNA, state=state), history, rules, Asked(), now).kind)
    assert kinds == [
        Kind.REPLACED,
        Kind.ALREADY_IN,
        Kind.CANCELLED,
        Kind.WAITLISTED,
        Kind.NOT_YET,
        Kind.FULL,
    ]


def test_every_combination_gets_one_answer_and_only_arrivals_admit() -> None:
    histories = (NEVER, arrived(NOW), departed(NOW, NOW), History(replaced=Replaced(NOW)))
    for state, history, override, capacity, hour in itertools.product(
        State, histories, (None, SUPERVISOR), (None, 0), (-5, 0, 12, 24 * 3650)
    ):
        person = replace(ANNA, state=state)
        rules = replace(RULES, capacity=capacity)
        decision = decide(
            person, history, rules, Asked(override=override), NOW + timedelta(hours=hour)
        )
        assert (decision.journal is Act.ARRIVED) == (
            decision.kind in (Kind.WELCOME, Kind.WELCOME_BACK)
        )
        assert said(decision, person).strip()
