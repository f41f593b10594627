"""Who admitted somebody against the rules, and why, can be read: on the card and in the export."""

from __future__ import annotations

import csv
from pathlib import Path

from checkin.door.admission import Override
from tests.day import command, journal_of, opened, who

WORD = Override("Ada Boss", "the minister's guest")


def exported(path: Path, folder: Path) -> dict[str, tuple[str, str]]:
    command("--event", path, "export", "attendance", folder / "a.csv")
    with (folder / "a.csv").open(encoding="utf-8-sig") as file:
        return {
            row["family_name"]: (row["supervised_by"], row["supervised_why"])
            for row in csv.DictReader(file)
        }


def test_the_card_and_the_export_say_who_admitted_somebody_and_why(
    day: Path, tmp_path: Path
) -> None:
    piet, marc = who(day, "Piet de Vries"), who(day, "Marc Lefèvre")
    with opened(day) as door:
        door.check_in(piet.id, override=WORD)
        door.check_in(marc.id, override=WORD)
        assert door.cards.card(piet.id).words == (WORD,)
        assert door.cards.card(marc.id).words == (), "nobody's word was needed"
    told = exported(day, tmp_path)
    assert told["de Vries"] == ("Ada Boss", "the minister's guest")
    assert told["Lefèvre"] == ("", "")
    assert "Ada Boss" not in "".join(str(each.payload) for each in journal_of(day))


def test_an_admission_that_was_undone_is_told_nowhere(day: Path, tmp_path: Path) -> None:
    piet = who(day, "Piet de Vries")
    with opened(day) as door:
        door.check_in(piet.id, override=WORD)
        door.undo()
        assert door.cards.card(piet.id).words == ()
    assert exported(day, tmp_path)["de Vries"] == ("", "")


def test_who_was_merged_keeps_the_word(day: Path, tmp_path: Path) -> None:
    ana, luc = who(day, "Ana Horvat"), who(day, "Luc Peeters")
    with opened(day) as door:
        door.check_in(luc.id, override=WORD)
        door.registrations.merge(ana.id, luc.id)
        assert door.cards.card(ana.id).words == (WORD,)
    assert exported(day, tmp_path)["Horvat"][0] == "Ada Boss"
