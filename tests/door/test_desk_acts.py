"""Coming, going, undo, newcomers and groups, at the service and on the command line alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from checkin.door.admission import Override
from checkin.errors import RefusedError
from checkin.event.proof import verify
from checkin.people import State
from checkin.roster.walk_in import WalkIn
from db.schema import need, person, supervision
from tests.day import LILLE, Desk, everybody, journal_of, make_day, opened, who

At = Callable[..., Desk]


def state_of(path: Path, name: str) -> str:
    return who(path, name).state.value


def names(path: Path) -> list[str]:
    return [person.full_name for person in everybody(path)]


# ---- undo


def test_undo_takes_back_the_desks_last_act_as_an_entry_of_its_own(day: Path, at: At) -> None:
    desk = at(day)
    marc = who(day, "Marc Lefèvre")
    desk.scan(marc.code)
    answer = desk.undo()
    assert answer["answer"] == "undone"
    assert answer["person"]["state"] == "expected"
    assert state_of(day, "Marc Lefèvre") == "expected"
    arrival, undo = journal_of(day, "arrived", "undone")
    assert undo.refers_to == arrival.id
    assert answer["journal_id"] == undo.id


def test_a_second_undo_finds_nothing_and_sends_nobody_home(day: Path, at: At) -> None:
    desk = at(day)
    desk.scan(who(day, "Claire Dupont").code)
    desk.scan(who(day, "Marc Lefèvre").code)
    desk.undo()
    answer = desk.undo()
    assert answer["answer"] == "nothing_to_undo"
    assert state_of(day, "Claire Dupont") == "here"


def test_nothing_to_undo_is_said_on_a_fresh_day(day: Path, at: At) -> None:
    assert at(day).undo()["answer"] == "nothing_to_undo"


def test_another_desks_act_is_undone_by_naming_the_person_and_says_whose_it_was(
    day: Path, at: At
) -> None:
    marc = who(day, "Marc Lefèvre")
    at(day, "Front").scan(marc.code)
    side = at(day, "Side")
    assert side.undo()["answer"] == "nothing_to_undo"
    answer = side.undo(marc.id)
    assert answer["answer"] == "undone"
    assert "Front" in answer["next"]
    assert side.undo(marc.id)["answer"] == "nothing_to_undo"


def test_undo_of_a_departure_leaves_the_person_here_since_their_first_arrival(
    day: Path, at: At
) -> None:
    marc = who(day, "Marc Lefèvre")
    desk = at(day)
    desk.scan(marc.code)
    desk.out(marc.id)
    answer = desk.undo(marc.id)
    assert answer["person"]["state"] == "here"
    assert answer["person"]["arrived_at"] == "2027-03-10T08:30:00+01:00"


def test_a_refused_scan_is_no_act_to_undo(day: Path, at: At) -> None:
    desk = at(day)
    desk.scan(who(day, "Marc Lefèvre").code)
    desk.scan(who(day, "Piet de Vries").code)
    assert desk.undo()["person"]["family_name"] == "Lefèvre"


def test_what_was_undone_at_the_tables_does_not_hide_the_doors_last_act(day: Path) -> None:
    from checkin.tables.manual import Manual

    with opened(day) as door:
        door.scan(who(day, "Marc Lefèvre").code)
        tables = Manual(door.session)
        tables.close_table(4)
        tables.undo()
        assert door.undo().kind.value == "undone"


# ---- departures and coming back


def test_who_comes_back_is_welcomed_back_and_keeps_the_first_arrival(day: Path, at: At) -> None:
    marc = who(day, "Marc Lefèvre")
    desk = at(day)
    (first,) = desk.scan(marc.code)
    assert desk.out(marc.id)["answer"] == "left"
    (back,) = desk.scan(marc.code)
    assert back["answer"] == "welcome_back"
    assert back["first_at"] == "2027-03-10T08:30:00+01:00"
    assert back["person"]["arrived_at"] == "2027-03-10T08:30:00+01:00"
    assert back["table"] == first["table"]


def test_a_departure_before_any_arrival_is_accepted_and_flagged(day: Path, at: At) -> None:
    answer = at(day).out(who(day, "Marc Lefèvre").id)
    assert answer["answer"] == "left"
    assert "had not arrived" in answer["next"]
    (entry,) = journal_of(day, "departed")
    assert "never_arrived" in entry.payload["flags"]


def test_a_second_departure_says_so_and_is_not_written(day: Path, at: At) -> None:
    marc = who(day, "Marc Lefèvre")
    desk = at(day)
    desk.scan(marc.code)
    desk.out(marc.id)
    answer = desk.out(marc.id)
    assert answer["answer"] == "left"
    assert "already" in answer["say"]
    assert len(journal_of(day, "departed")) == 1


# ---- supervisors


def test_who_cancelled_is_told_so_and_comes_in_on_a_supervisors_word(day: Path, at: At) -> None:
    piet = who(day, "Piet de Vries")
    desk = at(day)
    (answer,) = desk.scan(piet.code)
    assert answer["answer"] == "cancelled"
    answer = desk.enter(piet.id, ("Ada Boss", "cancelled by mistake"))
    assert answer["answer"] == "welcome"
    assert answer["person"]["state"] == "here"
    with opened(day) as door, door.session.reading() as connection:
        word = connection.execute(select(supervision)).one()
    assert (word.who, word.why) == ("Ada Boss", "cancelled by mistake")
    assert "Ada" not in str([entry.payload for entry in journal_of(day)])


def test_the_waiting_list_tells_ones_place_and_a_supervisor_may_admit(day: Path, at: At) -> None:
    desk = at(day)
    (first,) = desk.scan(who(day, "Ana Horvat").code)
    (second,) = desk.scan(who(day, "Luc Peeters").code)
    assert (first["answer"], second["answer"]) == ("waitlisted", "waitlisted")
    assert "place 1" in first["say"]
    assert "place 2" in second["say"]
    assert desk.enter(who(day, "Ana Horvat").id, ("Ada", "a place"))["answer"] == "welcome"
    (second,) = desk.scan(who(day, "Luc Peeters").code)
    assert "place 1" in second["say"]


def test_an_override_that_says_neither_who_nor_why_is_refused(day: Path) -> None:
    piet = who(day, "Piet de Vries")
    with opened(day) as door:
        for word in (Override("", "why"), Override("who", " ")):
            with pytest.raises(RefusedError, match="who admits, and why"):
                door.check_in(piet.id, override=word)
            with pytest.raises(RefusedError):
                door.walk_in(WalkIn("Ida", "Holm"), override=word)
    assert len(everybody(day)) == 12


def test_an_override_that_was_not_needed_is_not_kept(day: Path, at: At) -> None:
    at(day).enter(who(day, "Marc Lefèvre").id, ("Ada", "just in case"))
    (entry,) = journal_of(day, "arrived")
    assert "supervised" not in entry.payload


def test_a_full_room_says_so_to_the_list_and_to_walk_ins(tmp_path: Path, at: At) -> None:
    path = make_day(tmp_path, capacity=2)
    desk = at(path)
    desk.scan(who(path, "Claire Dupont").code)
    desk.scan(who(path, "Marc Lefèvre").code)
    ines = who(path, "Inès Moreau")
    (answer,) = desk.scan(ines.code)
    assert answer["answer"] == "full"
    answer = desk.walk_in(given_name="Ida", family_name="Holm", organisation="Oslo kommune")
    assert answer["answer"] == "full"
    assert answer["person"]["state"] == "waitlisted"
    assert "waiting list" in answer["next"]
    answer = desk.enter(ines.id, ("Ada", "speaker"))
    assert answer["answer"] == "welcome"
    assert "over its limit" in answer["next"]
    desk.out(ines.id)
    desk.out(who(path, "Marc Lefèvre").id)
    (answer,) = desk.scan(ines.code)
    assert answer["answer"] == "welcome_back"


def test_undo_after_a_walk_in_was_told_full_takes_back_that_walk_in(tmp_path: Path, at: At) -> None:
    path = make_day(tmp_path, capacity=1)
    desk = at(path)
    desk.scan(who(path, "Claire Dupont").code)
    desk.walk_in(given_name="Ida", family_name="Holm")
    assert desk.undo()["person"]["family_name"] == "Holm"
    assert state_of(path, "Claire Dupont") == "here"
    assert "Ida Holm" not in names(path)


def test_an_undone_departure_says_that_the_room_is_over_its_limit(tmp_path: Path, at: At) -> None:
    path = make_day(tmp_path, capacity=2)
    desk, other = at(path), at(path, "B")
    for name in ("Claire Dupont", "Marc Lefèvre"):
        desk.enter(who(path, name).id)
    desk.out(who(path, "Claire Dupont").id)
    other.enter(who(path, "Inès Moreau").id)
    answer = desk.undo()
    assert answer["answer"] == "undone"
    assert answer["next"].endswith("The room is over its limit now: 3 of 2.")
    assert "limit" not in other.undo()["next"]


def test_a_walk_in_past_a_full_room_keeps_who_let_them_in(tmp_path: Path, at: At) -> None:
    path = make_day(tmp_path, capacity=1)
    desk = at(path)
    desk.scan(who(path, "Claire Dupont").code)
    answer = desk.walk_in(("Ada", "the mayor"), given_name="Ida", family_name="Holm")
    assert answer["answer"] == "welcome"
    with opened(path) as door, door.session.reading() as connection:
        assert connection.execute(select(supervision.c.why)).scalars().all() == ["the mayor"]


# ---- newcomers


def test_a_walk_in_of_an_unknown_territory_is_seated_and_marked_as_a_guess(
    day: Path, at: At
) -> None:
    answer = at(day).walk_in(
        given_name="Ida", family_name="Holm", organisation="Nowhere Institute", languages="de,en"
    )
    assert answer["answer"] == "welcome"
    assert answer["table"] is not None
    assert answer["person"]["languages"] == ["de", "en"]
    ida = who(day, "Ida Holm")
    assert ida.walk_in
    assert ida.territory_guessed
    assert at(day, "B").scan(ida.code)[0]["answer"] == "already_in"


def test_a_walk_in_is_one_act_and_one_undo(day: Path, at: At) -> None:
    desk = at(day)
    desk.walk_in(given_name="Ida", family_name="Holm")
    registered, arrived = journal_of(day, "registered", "arrived")
    assert registered.payload["act"] == arrived.payload["act"]
    code = who(day, "Ida Holm").code
    assert desk.undo()["answer"] == "undone"
    assert "Ida Holm" not in names(day)
    (answer,) = desk.scan(code)
    assert answer["answer"] == "cancelled", "a badge printed meanwhile opens nothing"


def test_a_walk_in_undone_by_mistake_can_be_admitted_again(day: Path, at: At) -> None:
    desk = at(day)
    desk.walk_in(given_name="Ida", family_name="Holm")
    ida = who(day, "Ida Holm")
    desk.undo()
    assert desk.enter(ida.id, ("Ada", "she is there"))["answer"] == "welcome"
    assert state_of(day, "Ida Holm") == "here"
    with opened(day) as door:
        assert verify(door.session).ok


def test_a_substitute_takes_over_the_place_and_nothing_private(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    desk = at(day)
    answer = desk.substitute(anna.id, "Ewa", "Zając")
    assert answer["answer"] == "welcome"
    ewa = who(day, "Ewa Zając")
    for key in ("organisation", "territory", "level", "languages", "country"):
        assert getattr(ewa, key) == getattr(anna, key), key
    assert ewa.code != anna.code
    with opened(day) as door, door.session.reading() as connection:
        assert not connection.execute(select(need).where(need.c.person_id == ewa.id)).first()
        row = connection.execute(select(person).where(person.c.id == ewa.id)).one()
    assert (row.email, row.photo, row.listed) == ("", None, None)
    (told,) = desk.scan(anna.code)
    assert told["answer"] == "replaced"
    assert "Ewa Zając came instead of Anna Kowalska" in told["say"]


def test_a_substitute_is_one_act_and_one_undo(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    desk = at(day)
    desk.substitute(anna.id, "Ewa", "Zając")
    assert desk.undo()["answer"] == "undone"
    assert state_of(day, "Anna Kowalska") == "expected"
    assert "Ewa Zając" not in names(day)
    assert desk.scan(anna.code)[0]["answer"] == "welcome"


def test_a_substitute_undone_by_name_frees_the_absent_person_too(day: Path, at: At) -> None:
    anna = who(day, "Anna Kowalska")
    desk = at(day)
    desk.substitute(anna.id, "Ewa", "Zając")
    desk.undo(who(day, "Ewa Zając").id)
    assert state_of(day, "Anna Kowalska") == "expected"


def test_who_is_here_or_was_replaced_gets_no_substitute(day: Path) -> None:
    anna, marc = who(day, "Anna Kowalska"), who(day, "Marc Lefèvre")
    with opened(day) as door:
        door.scan(marc.code)
        with pytest.raises(RefusedError, match="is here"):
            door.substitute(marc.id, "Ewa", "Zając")
        door.substitute(anna.id, "Ewa", "Zając")
        with pytest.raises(RefusedError, match="substitute already"):
            door.substitute(anna.id, "Ola", "Nowak")
        with pytest.raises(RefusedError, match="name"):
            door.substitute(who(day, "Jan Kowalczyk").id, "\u200b", " ")
    assert len(everybody(day)) == 13


# ---- groups


def test_a_group_is_one_entry_each_and_one_undo(day: Path, at: At) -> None:
    desk = at(day)
    answers = desk.group(who(day, "Claire Dupont").id)
    assert [answer["answer"] for answer in answers] == ["welcome"] * 3
    assert {answer["person"]["organisation"] for answer in answers} == {LILLE}
    arrivals = journal_of(day, "arrived")
    assert len(arrivals) == 3
    assert len({entry.payload["act"] for entry in arrivals}) == 1
    answer = desk.undo()
    assert answer["answer"] == "undone"
    assert "2 others" in answer["say"]
    assert [p.full_name for p in everybody(day) if p.state is State.HERE] == []


def test_undo_of_one_of_a_group_by_name_leaves_the_others_here(day: Path, at: At) -> None:
    desk = at(day)
    desk.group(who(day, "Claire Dupont").id)
    desk.undo(who(day, "Marc Lefèvre").id)
    here = {p.full_name for p in everybody(day) if p.state is State.HERE}
    assert here == {"Claire Dupont", "Inès Moreau"}


# ---- two desks on one file


def test_a_desk_counts_those_whom_another_seated_while_it_refused_somebody(
    tmp_path: Path,
) -> None:
    path = make_day(tmp_path, tables=3, seats=2, minimum=1)
    with opened(path, "A") as one, opened(path, "B") as two:
        one.scan(who(path, "Claire Dupont").code)
        two.scan(who(path, "Marc Lefèvre").code)
        one.scan("nobody 1")
        one.scan(who(path, "Inès Moreau").code)
    tables = [each.table for each in everybody(path) if each.table]
    assert len(tables) == 3
    assert max(tables.count(table) for table in set(tables)) == 2


def test_an_arrival_that_could_not_be_written_takes_no_chair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_day(tmp_path, tables=1, seats=1, minimum=1)
    with opened(path) as door:
        door.load()
        answering = door._passage.answer

        def no_room(*_arguments: object, **_more: object) -> object:
            raise OSError("no space left")

        monkeypatch.setattr(door._passage, "answer", no_room)
        with pytest.raises(OSError, match="no space"):
            door.scan(who(path, "Claire Dupont").code)
        monkeypatch.setattr(door._passage, "answer", answering)
        door.scan("nobody 1")
        (answer,) = door.scan(who(path, "Marc Lefèvre").code)
        assert answer.table == 1
    assert state_of(path, "Claire Dupont") == "expected"


def test_an_undone_walk_in_is_not_counted_as_one(day: Path, at: At) -> None:
    from checkin.event.status import status

    desk = at(day)
    desk.walk_in(given_name="Ida", family_name="Holm")
    desk.walk_in(given_name="Per", family_name="Lie")
    desk.undo()
    with opened(day) as door:
        assert status(door.session).walk_ins == 1
