"""What a scan answers, at the service and through `checkin scan` alike."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from checkin.door.codes import ALPHABET, new_code, verify
from tests.day import ByService, Desk, command, everybody, journal_of, opened, who

At = Callable[..., Desk]
VECTORS = Path(__file__).resolve().parent.parent / "vectors"


def test_a_known_code_is_welcome_and_arrives_once(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    (answer,) = at(day).scan(anna.code)
    assert answer["answer"] == "welcome"
    assert answer["say"] == "Welcome, Anna Kowalska."
    assert answer["person"]["id"] == anna.id
    assert answer["person"]["state"] == "here"
    assert answer["person"]["table"] == answer["table"] is not None
    assert answer["why_table"]
    (arrival,) = journal_of(day, "arrived")
    assert arrival.subject == anna.id
    assert arrival.id == answer["journal_id"]
    assert arrival.desk == "A"


def test_an_internal_id_or_a_number_is_no_code(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    for text in (anna.id, anna.id.replace("-", ""), "1", "0001"):
        (answer,) = at(day).scan(text)
        assert answer["answer"] == "foreign_code"
        assert answer["person"] is None
    assert journal_of(day, "arrived") == []


def test_unknown_text_is_not_one_of_our_badges_and_is_kept_without_its_letters(
    day: Path, at: At
) -> None:
    (answer,) = at(day).scan("ticket 4711\x1b]0;owned\x07 Smith")
    assert answer["answer"] == "foreign_code"
    assert journal_of(day, "arrived") == []
    (refusal,) = journal_of(day, "refused")
    assert refusal.payload["shape"].startswith("aaaaaa 9999")
    assert "Smith" not in json.dumps(refusal.payload)
    assert "\\u001b" not in json.dumps(refusal.payload)


def test_a_good_code_that_nobody_here_has_is_of_another_event(day: Path, at: At) -> None:
    (answer,) = at(day).scan(new_code())
    assert answer["answer"] == "other_event"
    assert journal_of(day, "arrived") == []


def test_a_replaced_badge_names_its_bearer_and_says_since_when(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    with opened(day) as door:
        from checkin.door.registrations import Reason

        again = door.registrations.replace_badge(anna.id, Reason.LOST)
    assert again.code != anna.code
    assert verify(again.code)
    (answer,) = at(day).scan(anna.code)
    assert answer["answer"] == "replaced"
    assert "Anna Kowalska" in answer["say"]
    assert "08:30" in answer["say"]
    assert journal_of(day, "arrived") == []
    (answer,) = at(day).scan(again.code)
    assert answer["answer"] == "welcome"


def test_a_second_scan_says_when_and_where_the_first_was(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    first_desk, second_desk = at(day), at(day, "B")
    (first,) = first_desk.scan(anna.code, "one")
    second_desk.now += dt.timedelta(minutes=7)
    (second,) = second_desk.scan(anna.code, "two")
    assert second["answer"] == "already_in"
    assert second["first_at"] == "2027-03-10T08:30:00+01:00"
    assert second["first_desk"] == "A"
    assert second["table"] == first["table"]
    assert "since 08:30 at desk A" in second["say"]
    assert len(journal_of(day, "arrived")) == 1


def test_a_repeat_within_two_seconds_at_the_same_desk_is_no_alarm(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    desk, other = at(day), at(day, "B")
    desk.scan(anna.code)
    desk.now += dt.timedelta(seconds=1.5)
    (answer,) = desk.scan(anna.code)
    assert answer["answer"] == "own_repeat"
    other.now = desk.now
    (answer,) = other.scan(anna.code)
    assert answer["answer"] == "already_in"
    desk.now += dt.timedelta(seconds=1)
    (answer,) = desk.scan(anna.code)
    assert answer["answer"] == "already_in"


def test_an_own_repeat_is_no_news_in_the_last_acts(day: Path) -> None:
    anna = who(day, "Anna Kowalska")
    with opened(day) as door:
        door.scan(anna.code, nonce="one")
        door.scan(anna.code, nonce="two")
        assert [act.word for act in door.recent()] == ["here"]


def test_a_code_is_found_whatever_the_scanner_puts_round_it(day: Path, at: At) -> None:
    people = everybody(day)[:9]
    forms = ["{}\r", "{}\n", "{}\r\n", "{}\t", "\ufeff{}", "]Q1\\000026{}", "\\000026{}", " {} "]
    desk = at(day)
    for person, form in zip(people, [*forms, "{}"], strict=True):
        spaced = " ".join(person.code.lower())
        (answer,) = desk.scan(form.format(spaced if form == "{}" else person.code.lower()))
        assert answer["answer"] == "welcome", form
        assert answer["person"]["id"] == person.id


def test_a_code_is_found_through_every_keyboard_layout(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    document = json.loads((VECTORS / "keyboard_layouts.json").read_text(encoding="utf-8"))
    from checkin.door import layouts

    desk = at(day)
    seen = 0
    for name, table in _letters(document):
        for typed in (anna.code, anna.code.lower()):
            garbled = "".join(table.get(letter, letter) for letter in typed)
            if garbled in (anna.code, anna.code.lower()) and seen:
                continue
            (answer,) = desk.scan(garbled)
            assert answer["person"] is not None, (name, garbled, answer)
            assert answer["person"]["id"] == anna.id, (name, garbled)
            seen += 1
    assert seen >= 2 * (len(layouts.scripts()) - 1)


def _letters(document: object) -> list[tuple[str, dict[str, str]]]:
    """What each layout of the vectors makes of a key: every mapping of single characters in it."""
    found: list[tuple[str, dict[str, str]]] = []

    def look(name: str, value: object) -> None:
        if not isinstance(value, dict):
            return
        letters = {
            key: made
            for key, made in value.items()
            if isinstance(made, str) and len(key) == 1 and made
        }
        if {*ALPHABET} <= {*letters}:
            found.append((name, letters))
        for key, inner in value.items():
            look(f"{name}/{key}", inner)

    look("", document)
    return found


def test_one_wrong_letter_or_two_swapped_never_mean_another_person(day: Path, at: At) -> None:
    code = who(day, "Anna Kowalska").code
    wrong = [
        code[:place] + other + code[place + 1 :]
        for place in (0, 4, 9)
        for other in (ALPHABET[ALPHABET.index(code[place]) - 1],)
    ]
    swaps = [place for place in range(9) if code[place] != code[place + 1]]
    wrong += [code[:p] + code[p + 1] + code[p] + code[p + 2 :] for p in swaps[:3]]
    desk = at(day)
    for text in wrong:
        (answer,) = desk.scan(text)
        assert answer["answer"] == "foreign_code"
        assert answer["say"] == "That was not read well."
        assert answer["next"] == "Scan again."
    assert journal_of(day, "arrived") == []


def test_glued_codes_are_both_answered_in_order(day: Path, at: At) -> None:
    one, other = who(day, "Marc Lefèvre"), who(day, "Inès Moreau")
    answers = at(day).scan(one.code + other.code, "glued")
    assert [answer["person"]["id"] for answer in answers] == [one.id, other.id]
    assert [answer["answer"] for answer in answers] == ["welcome", "welcome"]
    again = at(day).scan(one.code + other.code, "glued")
    assert again == answers
    assert len(journal_of(day)) == 4


@pytest.mark.parametrize(
    "text",
    ["A" * 7000, "Łą" * 3500, "", "\0", "\x1b[2J\x1b]52;c;AAAA\x07", "\u202e" * 40, "{" * 7000,
     '{"a":' * 1400, "\ud800"],
    ids=["letters", "accents", "empty", "nul", "escapes", "overrides", "braces", "deep", "lone"],
)  # fmt: skip
def test_whatever_is_read_gets_a_harmless_answer_at_once(day: Path, at: At, text: str) -> None:
    desk = at(day)
    desk.scan("warm up")
    times = []
    for _ in range(3):
        # Processor time: other tests run beside this one.
        started = time.process_time()
        answers = desk.scan(text)
        times.append(time.process_time() - started)
    assert answers
    assert all(answer["person"] is None for answer in answers)
    assert not any(ord(letter) < 32 for letter in json.dumps(answers, ensure_ascii=False))
    assert journal_of(day, "arrived") == []
    # A command also opens and closes the file.
    assert min(times) < (0.05 if isinstance(desk, ByService) else 0.5)


def test_a_name_that_is_one_persons_admits_that_person(day: Path, at: At) -> None:
    (answer,) = at(day).scan("lefevre marc")
    assert answer["answer"] == "welcome"
    assert answer["person"]["family_name"] == "Lefèvre"


@pytest.mark.parametrize("text", ["Lefèvre", "Marc", "Gemeente Utrecht", "Utrecht", "marc lef"])
def test_half_a_name_or_an_authority_admits_nobody(day: Path, at: At, text: str) -> None:
    (answer,) = at(day).scan(text)
    assert answer["answer"] in ("needs_choice", "unknown_name")
    assert answer["person"] is None
    assert journal_of(day, "arrived") == []


def test_one_who_fits_half_is_asked_for(day: Path, at: At) -> None:
    (answer,) = at(day).scan("Lefèvre")
    assert answer["answer"] == "needs_choice"
    assert answer["say"] == "Is it Marc Lefèvre?"


def test_those_due_come_before_those_here_when_they_fit_equally(day: Path) -> None:
    with opened(day) as door:
        door.scan(who(day, "Johanna Berg", 0).code)
        states = [match.person.state.value for match in door.find("berg")]
        assert states == ["expected", "here"]


def test_a_short_list_of_people_is_the_start_of_the_long_one(day: Path) -> None:
    from checkin.door.overview import Which

    with opened(day) as door:
        every = door.people(Which.ALL)
        assert door.people(Which.ALL, 5) == every[:5]
        assert len(door.people(Which.EXPECTED, 3)) == 3


def test_namesakes_are_never_picked_and_are_told_apart(day: Path, at: At) -> None:
    (answer,) = at(day).scan("Maria Rossi")
    assert answer["answer"] == "needs_choice"
    assert answer["person"] is None
    told = {(each["organisation"], each["territory"]) for each in answer["choices"]}
    assert told == {("Comune di Firenze", "Toscana"), ("Regione Lazio", "Lazio")}
    assert journal_of(day, "arrived") == []


def test_a_name_that_nobody_bears_is_said_to_be_unknown(day: Path, at: At) -> None:
    (answer,) = at(day).scan("Zbigniew Nikt")
    assert answer["answer"] == "unknown_name"
    assert answer["next"]


def test_on_the_command_line_a_slip_of_the_finger_is_asked_about(day: Path) -> None:
    desk = ("--event", day, "--desk", "A", "--json")
    asked = command(*desk, "in", "lefebvre")
    assert asked.status == 1
    assert asked.json["answer"] == "needs_choice"
    assert [each["family_name"] for each in asked.json["choices"]] == ["Lefèvre"]
    assert command(*desk, "in", "lefevre").json["answer"] == "welcome"
