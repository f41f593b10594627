"""The room's settings on the screen: points, hosts, step-free tables, and what they would do."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Label, Static

from checkin.event.session import open_event
from checkin.tables.room import DEFAULT_WEIGHTS
from checkin.tables.seating import Seating
from checkin.tables.values import changed
from checkin.tables.weighing import EXPLAINED
from screens.event import EventScreen
from screens.event_forms import SettingsForm
from screens.event_hosts import HostsForm
from screens.event_points import PointsForm
from screens.job import JobBox
from screens.widgets.text_field import TextField
from tests.screens.in_an_area import Stage, stage, words_of
from tests.screens.test_tables_screen import come

SIZES = [(80, 24), (120, 40)]


async def points_form(at: Stage) -> None:
    await at.press("shift+f2")
    await at.until(lambda: isinstance(at.app.screen, PointsForm), "the points")


def below(at: Stage) -> str:
    return str(at.app.screen.query_one("#problem", Static).render())


@pytest.mark.parametrize("size", SIZES)
async def test_every_term_is_explained_in_a_whole_line_and_fits_the_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with stage(tmp_path, "event", size) as at:
        await points_form(at)
        for each in EXPLAINED:
            label = next(one for one in at.app.screen.query(Label) if each.costs in words_of(one))
            assert label.size.width >= len(each.costs) + 2
            assert f"usual {getattr(DEFAULT_WEIGHTS, each.term)}" in at.text
        box = at.app.screen.query_one("#box").region
        fields = [field.region for field in at.app.screen.query(TextField)]
        assert all(region.bottom <= box.bottom - 3 for region in fields)


async def test_points_are_changed_after_what_they_would_do_was_shown(tmp_path: Path) -> None:
    async with stage(tmp_path, "event", (80, 24)) as at:
        await come(at, 31)
        before = Seating(at.session).board()
        await points_form(at)
        field = at.app.screen.query_one("#short", TextField)
        field.value = "20"
        await at.until(lambda: f"{before.total} → " in below(at), "what it would do")
        assert "seats under the minimum -" in below(at)
        assert "The same tables, counted so: " in below(at)
        assert "≠ usual 200" in at.text
        assert Seating(at.session).board() == before
        await at.press("f2")
        await at.until_said("The settings are changed.")
        assert at.session.settings.weights == changed(DEFAULT_WEIGHTS, short=20)
        await at.until_shown("changed: short 20")
        after = Seating(at.session).board()
        assert 10 * after.score["short"] == before.score["short"] > 0
        other = open_event(at.session.path, desk="B")
        assert Seating(other).board().total == after.total
        other.close()


async def test_f7_puts_one_number_back_and_f8_all_of_them(tmp_path: Path) -> None:
    async with stage(tmp_path, "event", (80, 24)) as at:
        await points_form(at)
        for term, value in (("alone", "55"), ("met", "7"), ("strangers", "999")):
            at.app.screen.query_one(f"#{term}", TextField).value = value
        at.app.screen.query_one("#alone", TextField).focus()
        await at.press("f7")
        values = {f.id: f.value for f in at.app.screen.query(TextField)}
        assert (values["alone"], values["met"], values["strangers"]) == ("20", "7", "999")
        await at.press("f8", "f2")
        await at.until(lambda: isinstance(at.app.screen, EventScreen))
        assert at.session.settings.weights == DEFAULT_WEIGHTS


@pytest.mark.parametrize(
    ("term", "value", "words"),
    [
        ("host", "-1", "Write a whole number here"),
        ("met", "many", "Write a whole number here"),
        ("same", "9999", "from 0 to 5000"),
        ("strangers", "30", "must cost more than one who needs a neighbour"),
    ],
)
async def test_points_that_cannot_be_are_said_and_nothing_is_saved(
    tmp_path: Path, term: str, value: str, words: str
) -> None:
    async with stage(tmp_path, "event", (80, 24)) as at:
        await points_form(at)
        at.app.screen.query_one(f"#{term}", TextField).value = value
        await at.until(lambda: words in below(at).replace("\n", " "), words)
        await at.press("f2")
        assert isinstance(at.app.screen, PointsForm)
        await at.press("escape")
        assert at.session.settings.weights == DEFAULT_WEIGHTS


async def test_hosts_are_typed_one_after_the_other_and_taken_back_on_the_board(
    tmp_path: Path,
) -> None:
    async with stage(tmp_path, "event", (80, 24)) as at:
        before = [table.host for table in Seating(at.session).board().tables]
        await at.press("shift+f3")
        await at.until(lambda: isinstance(at.app.screen, HostsForm), "the hosts")
        await at.until_shown("Host of table 1")
        field = at.app.screen.query_one("#name", TextField)
        for number, name in ((1, "Anne Peeters"), (2, "Luc [/x] Maes")):
            field.value = name
            await at.press("enter")
            await at.until_shown(f"Host of table {number + 1}")
        await at.press("down")
        await at.until_shown("Host of table 4")
        await at.press("enter")
        await at.until_shown("Host of table 5")
        hosts = [table.host for table in Seating(at.session).board().tables]
        assert hosts == ["Anne Peeters", "Luc [/x] Maes", *before[2:]]
        assert "Anne Peeters" in at.text
        await at.press("up", "up", "up")
        await at.until_shown("Host of table 2")
        field.value = ""
        await at.press("enter")
        await at.until_shown("Host of table 3")
        assert not Seating(at.session).board().tables[1].host
        await at.press("escape")
        await at.go("tables")
        await at.press("f8")
        await at.until_said("Undone: ")
        assert Seating(at.session).board().tables[1].host == "Luc [/x] Maes"


async def test_the_form_says_who_sits_at_a_table_that_would_go(tmp_path: Path) -> None:
    async with stage(tmp_path, "event", (80, 24)) as at:
        await come(at, 40)
        await at.press("f2")
        await at.until(lambda: isinstance(at.app.screen, SettingsForm))
        at.app.screen.query_one("#tables", TextField).value = "4"
        await at.until(lambda: "is closed, and" in below(at), "the warning")
        box = at.app.screen.query_one("#box").region
        assert at.app.screen.query_one("#problem").region.bottom < box.bottom
        assert at.app.screen.query_one("#deadline").region.bottom < box.bottom
        at.app.screen.query_one("#tables", TextField).value = "10"
        at.app.screen.query_one("#step_free_tables", TextField).value = "3, 1"
        await at.press("f2")
        await at.until_said("The settings are changed.")
        assert at.session.settings.step_free_tables == (1, 3)
        await at.until_shown("step-free tables 1, 3")


async def test_a_layout_is_tried_before_it_is_saved(tmp_path: Path) -> None:
    async with stage(tmp_path, "event", (80, 24)) as at:
        await at.press("f2")
        await at.until(lambda: isinstance(at.app.screen, SettingsForm))
        at.app.screen.query_one("#tables", TextField).value = "9"
        at.app.screen.query_one("#seats", TextField).value = "8"
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.screen, JobBox), "the trial")
        await at.until(lambda: isinstance(at.app.screen, SettingsForm), "the form again")
        await at.until(lambda: "9 tables of 4 to 8: " in below(at), "what it gives")
        assert "10 tables of 4 to 7: " in below(at)
        await at.press("escape")
        assert at.session.settings.tables == 10
