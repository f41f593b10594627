"""The roster: people, what to do before the day, and an import that shows everything first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

from checkin.door.overview import Which
from checkin.roster.roster import Roster
from screens.import_boxes import ConfirmImport, FieldBox, ReadingForm
from screens.job import JobBox
from screens.roster_import import ImportPane
from screens.roster_people import PeoplePane
from screens.widgets.line_list import LineList
from screens.widgets.list_grid import ListGrid
from screens.widgets.text_field import TextField
from tests.screens.in_an_area import Stage, stage

VECTORS = Path(__file__).resolve().parent.parent / "vectors" / "list_headers.json"

LIST = """exported 2026-03-01;;;
Teilnehmer;E-Mail;Organisation;Land
DUPONT Jean-Marie;jm@example.org;Métropole de Lyon;France
Ana Horvat;ana@example.org;Grad Rijeka;Hrvatska
Ana Horvat;ana@example.org;Grad Rijeka;Hrvatska
;;Ville de Lille;France
Maria Rossi;not an address;Regione Lazio;Italia
"""


def eusurvey(path: Path, count: int = 40) -> Path:
    """A list as EUSurvey exports it, with invented people."""
    lists = json.loads(VECTORS.read_text(encoding="utf-8"))["lists"]
    tool = next(each for each in lists if each["tool"] == "EUSurvey (en)")
    header = tool["header"]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(tool["above"]):
            sheet.write_row(number, 0, line.split(" | "))
        sheet.write_row(tool["header_row"] - 1, 0, header)
        for number in range(count):
            cells = dict.fromkeys(header, "") | {
                "First name": f"Given{number}",
                "Surname": f"Family{number}",
                "E-mail address": f"p{number}@example.org",
                "Organisation": "Stad Gent" if number % 2 else "Vlaanderen",
                "Country": "Belgium",
                "Contribution ID": f"c-{number}",
            }
            sheet.write_row(tool["header_row"] + number, 0, [cells[title] for title in header])
    return path


def count(at: Stage) -> int:
    assert at.app.door is not None
    return len(at.app.door.people(Which.ALL))


async def look_at(at: Stage, path: Path) -> ImportPane:
    """Types the path of a list and waits for its preview."""
    await at.press("f7")
    pane = at.app.screen.query_one(ImportPane)
    at.app.screen.query_one("#path", TextField).value = str(path)
    await at.press("enter")
    await at.until(lambda: pane.looking, "the preview")
    await at.pilot.pause()
    return pane


async def test_people_are_listed_and_found_and_shown_at_the_door(tmp_path: Path) -> None:
    async with stage(tmp_path, "roster", (80, 24)) as at:
        await at.until_shown("62 registered")
        await at.press("f3")
        await at.type("lodz")
        await at.until_shown("KOWALSKA")
        shown = at.app.screen.query_one("#people-list", LineList)
        await at.until(lambda: len(shown.items) < 10, "the search")
        await at.press("enter")
        await at.until(lambda: at.app.current_mode == "door")
        field = at.app.scan_field
        assert field is not None
        assert field.value
        await at.press("enter")
        await at.until(lambda: count_here(at) == 1, "the arrival")


def count_here(at: Stage) -> int:
    assert at.app.door is not None
    return len(at.app.door.people(Which.HERE))


async def test_states_are_a_sign_and_a_word_and_can_be_told_apart(tmp_path: Path) -> None:
    async with stage(tmp_path, "roster") as at:
        await at.until_shown("62 registered")
        assert at.app.door is not None
        door = at.app.door
        person = door.people(Which.ALL)[0]
        await at.app.desk_line.work(lambda: door.check_in(person.id))
        at.app.desk_line.stir()
        await at.until_shown("✓ here")
        await at.press("f5", "f5")
        await at.until_shown("1 here")
        pane = at.app.screen.query_one(PeoplePane)
        assert [each.id for each in pane.query_one(LineList).items] == [person.id]


async def test_before_the_day_says_which_side_is_missing_and_whom_to_nudge(tmp_path: Path) -> None:
    async with stage(tmp_path, "roster") as at:
        await at.until_shown("lack a side")
        await at.press("f4")
        await at.until_shown("18 of 80 places left")
        assert "Registered after 17 February" in at.text
        assert "Outside the invitation" in at.text
        assert "no region is registered yet: ask Dublin City Council" in at.text
        assert "both sides are registered" in at.text
        hints = at.app.screen.query_one("#hints", LineList)
        hints.go_to("territory Eastern and Midland")
        await at.until_shown("→ nudge them")


async def test_a_survey_is_imported_after_a_look_and_a_second_time_changes_nothing(
    tmp_path: Path,
) -> None:
    path = eusurvey(tmp_path / "survey.xlsx")
    async with stage(tmp_path, "roster", (80, 24)) as at:
        await look_at(at, path)
        assert "titles in row 4 · 40 rows" in at.text
        assert "40 new" in at.text
        assert "Given name" in at.text
        assert count(at) == 62
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, ConfirmImport))
        assert "40 people are new." in at.text
        assert count(at) == 62
        await at.press("f5")
        await at.until_said("Imported: 40 new")
        assert count(at) == 102
        await look_at(at, path)
        assert "0 new" in at.text
        await at.press("f5", "f5")
        await at.until_said("nothing is new")
        assert count(at) == 102


async def test_imported_people_are_found_at_the_door_at_once(tmp_path: Path) -> None:
    path = eusurvey(tmp_path / "survey.xlsx", 3)
    async with stage(tmp_path, "roster") as at:
        await look_at(at, path)
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, ConfirmImport))
        await at.press("f5")
        await at.until_said("Imported: 3 new")
        await at.until(lambda: count(at) == 65)
        for _ in range(200):
            found = await at.app.desk_line.find("family2", 5)
            if found:
                break
            await at.pilot.pause(0.01)
        assert [match.person.family_name for match in found] == ["Family2"]


async def test_esc_at_the_question_or_the_preview_writes_nothing(tmp_path: Path) -> None:
    path = eusurvey(tmp_path / "survey.xlsx", 5)
    async with stage(tmp_path, "roster") as at:
        pane = await look_at(at, path)
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, ConfirmImport))
        await at.press("escape")
        await at.until(lambda: pane.looking)
        await at.press("escape")
        await at.until_said("Nothing was written.")
        assert not pane.looking
        assert count(at) == 62


async def test_a_column_is_read_as_another_field_when_somebody_says_so(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    async with stage(tmp_path, "roster", (80, 24)) as at:
        await look_at(at, path)
        grid = at.app.screen.query_one(ListGrid)
        assert grid.preview is not None
        assert [choice.field for choice in grid.preview.choices][1:] == [
            "email", "organisation", "country",
        ]  # fmt: skip
        await at.press("home", "right", "right", "enter")
        await at.until(lambda: isinstance(at.app.screen, FieldBox))
        assert "What is “Organisation”?" in at.text
        at.app.screen.query_one(LineList).go_to("role")
        await at.press("enter")
        await at.until(lambda: grid.preview.choices[2].field == "role", "the change")  # type: ignore[union-attr]
        await at.until_shown("▾ Role")


async def test_problems_are_counted_gone_to_and_explained(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    async with stage(tmp_path, "roster", (80, 24)) as at:
        await look_at(at, path)
        assert "⇄ 1 twice" in at.text
        assert "✕ 1 rejected" in at.text
        grid = at.app.screen.query_one(ListGrid)
        rows = []
        for _ in range(3):
            await at.press("f3")
            rows.append(grid.row)
        assert rows == [5, 6, 7]
        await at.press("f3", "f3")
        await at.until_shown("✕ Left out:")


async def test_guesses_carry_a_question_mark(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    async with stage(tmp_path, "roster", (80, 24)) as at:
        await look_at(at, path)
        await at.press("down")
        await at.until_shown("HORVAT? (given | family: a guess)")
        assert "city?" in at.text
        assert "Primorsko-goranska?" in at.text


async def test_a_file_that_is_no_list_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"%PDF-1.7 nothing")
    async with stage(tmp_path, "roster") as at:
        await at.press("f7")
        at.app.screen.query_one("#path", TextField).value = str(path)
        await at.press("enter")
        await at.until_said("This is a PDF file")
        assert not at.app.screen.query_one(ImportPane).looking
        assert count(at) == 62


async def test_the_encoding_and_the_row_of_titles_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Given name,Family name\nŁukasz,Żak\n".encode("cp1250"))
    async with stage(tmp_path, "roster") as at:
        await look_at(at, path)
        await at.press("f8")
        await at.until(lambda: isinstance(at.app.screen, ReadingForm))
        at.app.screen.query_one("#encoding", TextField).value = "cp1250"
        await at.press("f5")
        await at.until_shown("cp1250 · comma")
        await at.until_shown("Łukasz")


async def test_a_dropped_file_is_read_whatever_had_the_focus(tmp_path: Path) -> None:
    path = eusurvey(tmp_path / "a survey.xlsx", 3)
    async with stage(tmp_path, "roster") as at:
        await at.press("f7", "down")
        pane = at.app.screen.query_one(ImportPane)
        assert pane.dropped(f"'{path}'\n".strip())
        await at.until(lambda: pane.looking)
        assert "a survey.xlsx" in at.text


async def test_a_list_is_chosen_by_walking_through_folders(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "[b]lists"
    folder.mkdir(parents=True)
    eusurvey(folder / "survey.xlsx", 3)
    (folder / "picture.png").write_bytes(b"")
    async with stage(tmp_path, "roster") as at:
        await at.press("f7", "down")
        await at.until_shown("[b]lists")
        await at.press("down", "enter")
        await at.until_shown("survey.xlsx")
        assert "picture.png" not in at.text
        await at.press("down", "enter")
        await at.until(lambda: at.app.screen.query_one(ImportPane).looking)


async def test_f1_helps_with_the_section_in_sight(tmp_path: Path) -> None:
    async with stage(tmp_path, "roster", (80, 24)) as at:
        await at.until_shown("62 registered")
        for key, words in (("f2", "A question mark is a guess"), ("f4", "Every line is a hint"),
                           ("f7", "Nothing is written before you confirm")):  # fmt: skip
            await at.press(key, "f1")
            await at.until_shown(words)
            await at.press("escape")


async def test_an_import_that_is_stopped_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real import runs; the test only holds it until Esc was pressed."""
    real = Roster.store

    def held(self, preview, *, progress, cancelled):  # type: ignore[no-untyped-def]
        while not cancelled():
            pass
        return real(self, preview, progress=progress, cancelled=cancelled)

    monkeypatch.setattr(Roster, "store", held)
    path = eusurvey(tmp_path / "survey.xlsx")
    async with stage(tmp_path, "roster") as at:
        await look_at(at, path)
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, ConfirmImport))
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, JobBox))
        await at.press("escape")
        await at.until_said("cancelled")
        assert count(at) == 62
