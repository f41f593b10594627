"""Somebody registered at the door and undone is nowhere but in the journal; who comes back is."""

from __future__ import annotations

import csv
from pathlib import Path

from checkin.badges.printing import Badges
from checkin.door.admission import Override
from checkin.door.answers import Kind
from checkin.event.exports import export_attendance
from checkin.event.proof import rebuild_folds, verify
from checkin.event.session import EventSession
from checkin.event.status import status
from checkin.people import State
from checkin.roster.roster import Roster
from checkin.roster.walk_in import WalkIn
from db.kinds import EntryKind
from tests.day import LILLE, command, journal_of, opened, who

OOPS = WalkIn("Oops", "Zzyzx", LILLE)


def attended(session: EventSession, folder: Path) -> set[str]:
    export_attendance(session, folder / "attendance.csv")
    with (folder / "attendance.csv").open(encoding="utf-8-sig") as file:
        return {row["family_name"] for row in csv.DictReader(file)}


def test_an_undone_walk_in_is_counted_found_printed_and_exported_nowhere(
    day: Path, tmp_path: Path
) -> None:
    with opened(day) as door:
        before = status(door.session)
        oops = door.walk_in(OOPS).person
        assert oops is not None
        assert len(door.find("zzyzx")) == 1
        answer = door.undo()
        assert answer.next == "Nobody of that name is expected any more."
        after = status(door.session)
        assert (after.registered, after.cancelled) == (before.registered, before.cancelled)
        assert door.find("zzyzx") == []
        assert door.meant("oops zzyzx") == ()
        assert oops.id not in {each.id for each in door.colleagues(who(day, "Claire Dupont").id)}
        assert oops.id not in {line.person.id for line in Badges(door.session).lines()}
        assert "Zzyzx" not in attended(door.session, tmp_path)
        assert verify(door.session).ok
        rebuild_folds(door.session)
        assert verify(door.session).ok
        assert status(door.session) == after
    with opened(day) as door:
        assert door.find("zzyzx") == [], "nor after the index is read anew"
    assert len(journal_of(day, "registered")) == 1
    assert "✕" not in command("--event", day, "find", "zzyzx").out


def test_an_undone_substitute_is_nowhere_and_who_was_absent_is_due_again(day: Path) -> None:
    anna = who(day, "Anna Kowalska")
    with opened(day) as door:
        before = status(door.session)
        door.substitute(anna.id, "Ewa", "Zając")
        door.undo()
        assert status(door.session) == before
        assert door.find("zając") == []
        assert door.person(anna.id).state is State.EXPECTED


def test_who_comes_back_after_an_undo_is_found_and_counted_again(day: Path) -> None:
    with opened(day) as door:
        oops = door.walk_in(OOPS).person
        assert oops is not None
        before = status(door.session)
        door.undo()
        answer = door.check_in(oops.id, override=Override("AK", "there after all"))
        assert answer.kind is Kind.WELCOME
        assert [match.person.id for match in door.find("zzyzx")] == [oops.id]
        assert status(door.session).registered == before.registered
        door.undo()
        assert verify(door.session).ok


def test_an_undo_of_the_undo_brings_a_walk_in_back(day: Path) -> None:
    with opened(day) as door:
        door.walk_in(OOPS)
        before = status(door.session)
        door.undo()
        with door.session.writing() as writer:
            for undo in journal_of(day, "undone"):
                writer.record(EntryKind.UNDONE, undo.subject, refers_to=undo.id)
        assert status(door.session) == before
        assert verify(door.session).ok
    with opened(day) as door:
        assert len(door.find("zzyzx")) == 1


def test_a_list_that_names_an_undone_walk_in_registers_them(day: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("given_name,family_name,organisation\nOops,Zzyzx,Ville de Lille\n")
    with opened(day) as door:
        door.walk_in(OOPS)
        door.undo()
        roster = Roster(door.session)
        assert roster.store(roster.preview(listed)).new == 1
        door.refresh()
        (found,) = door.find("zzyzx")
        assert found.person.state is State.EXPECTED


def test_who_was_replaced_reads_replaced_and_not_cancelled(day: Path) -> None:
    anna = who(day, "Anna Kowalska")
    with opened(day) as door:
        door.substitute(anna.id, "Ewa", "Zając")
        assert door.person(anna.id).replaced
        door.registrations.cancel(who(day, "Marc Lefèvre").id)
    told = command("--event", day, "find", "kowalska").out
    assert told.startswith("⇄ replaced  Anna Kowalska")
    assert command("--event", day, "find", "lefèvre").out.startswith("✕ cancelled  Marc")
