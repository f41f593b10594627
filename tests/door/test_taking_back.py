"""What an undo at the door would take back, what it says, and where it stands among the acts."""

from __future__ import annotations

from pathlib import Path

from checkin.door.answers import Answer, Kind
from checkin.door.groups import as_one
from checkin.door.overview import NextUndo
from checkin.door.registrations import Reason
from checkin.roster.walk_in import WalkIn
from tests.day import LILLE, journal_of, make_day, opened, who


def test_the_next_undo_names_whose_act_it_takes_back(day: Path) -> None:
    with opened(day) as door:
        assert door.next_undo() is None
        door.scan(who(day, "Marc Lefèvre").code)
        assert door.next_undo() == NextUndo("Lefèvre")
        door.scan(who(day, "Piet de Vries").code)
        assert door.next_undo() == NextUndo("Lefèvre"), "a refusal is no act"
        door.undo()
        assert door.next_undo() is None, "a second undo finds nothing"


def test_the_next_undo_is_this_desks_and_no_others(day: Path) -> None:
    with opened(day, "B") as door:
        door.scan(who(day, "Marc Lefèvre").code)
    with opened(day, "A") as door:
        assert door.next_undo() is None


def test_the_next_undo_of_a_group_says_how_many(day: Path) -> None:
    with opened(day) as door:
        ids = [who(day, name).id for name in ("Claire Dupont", "Marc Lefèvre", "Inès Moreau")]
        door.check_in_group(ids)
        found = door.next_undo()
        assert found is not None
        assert found.people == 3


def test_the_next_undo_names_a_walk_in_somebody_on_no_list_and_who_was_made_one(day: Path) -> None:
    with opened(day) as door:
        door.walk_in(WalkIn("Ewa", "Lis", LILLE))
        assert door.next_undo() == NextUndo("Lis")
        door.flags.send_unlisted("zz top")
        assert door.next_undo() == NextUndo("zz top")
        one, other = who(day, "Johanna Berg", 0), who(day, "Johanna Berg", 1)
        door.registrations.merge(one.id, other.id)
        assert door.next_undo() == NextUndo("Berg")


def test_an_undo_of_an_older_act_is_the_newest_line_of_the_acts(day: Path) -> None:
    with opened(day) as door:
        marc = who(day, "Marc Lefèvre")
        door.scan(marc.code)
        door.scan(who(day, "Claire Dupont").code)
        door.undo(marc.id)
        newest, claire, older = door.recent()
        assert (newest.sign, newest.name, newest.word) == ("↶", "Lefèvre", "check-in undone")
        assert not newest.undone
        assert (claire.name, claire.undone) == ("Dupont", False)
        assert (older.name, older.undone) == ("Lefèvre", True)


def test_an_undone_departure_says_so(day: Path) -> None:
    with opened(day) as door:
        marc = who(day, "Marc Lefèvre")
        door.scan(marc.code)
        door.check_out(marc.id)
        answer = door.undo()
        assert answer.say == "Undone: the departure of Marc Lefèvre."
        assert answer.next == "They are inside again."
        assert door.recent(1)[0].word == "departure undone"


def test_an_undone_check_in_says_how_to_put_it_back(day: Path) -> None:
    with opened(day) as door:
        door.scan(who(day, "Marc Lefèvre").code)
        answer = door.undo()
        assert answer.say == "Undone: the check-in of Marc Lefèvre."
        assert answer.next == "To put it back, check them in again."


def test_who_is_looked_up_by_name_and_is_in_already_rings_no_alarm_among_the_acts(
    day: Path,
) -> None:
    marc = who(day, "Marc Lefèvre")
    with opened(day, "B") as door:
        door.scan(marc.code)
    with opened(day) as door:
        answer = door.look_up(marc.id)
        assert (answer.kind, answer.by_name, answer.next) == (
            Kind.ALREADY_IN,
            True,
            "This is their table.",
        )
        act = door.recent(1)[0]
        assert (act.sign, act.word) == ("◆", "looked up")
        # Nobody is admitted twice unnoticed: it is written all the same.
        (entry,) = journal_of(day, "refused")
        assert entry.payload["answer"] == "already_in"
        door.scan(marc.code)
        assert door.recent(1)[0].word == "twice", "a scanned badge is an alarm still"


def test_a_group_at_one_table_has_that_tables_number(tmp_path: Path) -> None:
    one_table = make_day(tmp_path, tables=1, seats=12)
    ids = [who(one_table, name).id for name in ("Claire Dupont", "Marc Lefèvre")]
    with opened(one_table) as door:
        assert as_one(door.check_in_group(ids)).table == 1


def test_a_group_at_several_tables_has_no_number_of_its_own(day: Path) -> None:
    people = [who(day, name) for name in ("Claire Dupont", "Marc Lefèvre")]
    answers = [
        Answer(Kind.WELCOME, "Welcome.", person=each, table=place)
        for place, each in enumerate(people, start=1)
    ]
    assert as_one(answers).table is None


def test_two_codes_with_a_space_between_are_two_languages(day: Path) -> None:
    with opened(day) as door:
        typed = {"ro en": ("ro", "en"), "Romanian, English": ("ro", "en"), "": ("en",)}
        for text, codes in typed.items():
            person = door.walk_in(WalkIn("Ion", "Pop", LILLE, languages=text)).person
            assert person is not None
            assert person.languages == codes


def test_the_next_undo_of_another_badge_says_that_it_is_the_badge(day: Path) -> None:
    with opened(day) as door:
        marc = who(day, "Marc Lefèvre")
        door.scan(marc.code)
        door.registrations.replace_badge(marc.id, Reason.LOST)
        assert door.next_undo() == NextUndo("badge Lefèvre")
