"""What a list says to the staff: VIPs and internal notes, said once and never unsaid by a list."""

from __future__ import annotations

from pathlib import Path

from checkin.door.answers import Kind
from checkin.people import PersonFlag
from checkin.roster.roster import Roster
from tests.day import journal_of, make_day, opened

LIST = (
    "given_name,family_name,email,VIP,Internal note,Notes\n"
    "Ada,Lovelace,ada@x.example,yes,Speaks first,eats no fish\n"
    "Bo,Ek,bo@x.example,no,n/a,\n"
)


def read(folder: Path, path: Path, text: str = LIST) -> tuple[int, int]:
    """Imports the list; gives how many are new and how many changed."""
    (folder / "list.csv").write_text(text, encoding="utf-8")
    with opened(path) as door:
        roster = Roster(door.session)
        report = roster.store(roster.preview(folder / "list.csv"))
    return report.new, report.changed


def test_a_list_flags_vips_and_brings_notes_and_a_column_of_notes_is_not_taken_for_ours(
    tmp_path: Path,
) -> None:
    path = make_day(tmp_path, ())
    assert read(tmp_path, path) == (2, 0)
    with opened(path) as door:
        ada, bo = (door.meant(name)[0] for name in ("ada lovelace", "bo ek"))
        assert (ada.flags, bo.flags) == ((PersonFlag.VIP,), ())
        assert door.cards.card(ada.id).note == "Speaks first"
        assert door.cards.card(bo.id).note == ""


def test_the_same_list_again_changes_nothing_though_the_staff_said_otherwise(
    tmp_path: Path,
) -> None:
    path = make_day(tmp_path, ())
    read(tmp_path, path)
    assert read(tmp_path, path) == (0, 0)
    with opened(path) as door:
        ada = door.meant("ada lovelace")[0].id
        door.flags.lift(ada, PersonFlag.VIP)
        door.cards.write_note(ada, "Spoke already")
    assert read(tmp_path, path) == (0, 0)
    with opened(path) as door:
        assert door.person(ada).flags == ()
        assert door.cards.card(ada).note == "Spoke already"


def test_a_later_list_flags_who_was_registered_already(tmp_path: Path) -> None:
    path = make_day(tmp_path, ())
    read(tmp_path, path)
    assert read(tmp_path, path, LIST.replace(",no,n/a", ",VIP,Shy")) == (0, 1)
    with opened(path) as door:
        bo = door.meant("bo ek")[0]
        assert bo.flags == (PersonFlag.VIP,)
        assert door.cards.card(bo.id).note == "Shy"


def test_what_a_list_said_is_not_undone_at_the_door(tmp_path: Path) -> None:
    path = make_day(tmp_path, ())
    read(tmp_path, path)
    with opened(path) as door:
        assert door.undo().kind is Kind.NOTHING_TO_UNDO
        assert door.recent() == []
        door.check_in(door.meant("bo ek")[0].id)
        assert door.undo().kind is Kind.UNDONE
    assert len(journal_of(path, "flag_set")) == 1
