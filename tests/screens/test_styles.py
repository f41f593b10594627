"""Style sheets: what one screen brings along changes no other.

The toolkit adds the sheet of a screen to the whole app when it is first opened, so that a rule of a
form would go on in every area behind it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.css.model import SelectorType
from textual.css.stylesheet import Stylesheet

import screens.app
from screens.app import CheckinApp
from screens.walk_in import WalkInForm
from screens.widgets.line_list import LineList
from tests.screens.in_an_area import stage

FOLDER = Path(screens.app.__file__).parent
SHEETS = sorted(sheet for sheet in FOLDER.glob("*.tcss") if sheet.stem != "app")
OF_ALL = {"Screen", "ModalScreen", "Widget"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_every_rule_of_a_sheet_names_its_screen(sheet: Path) -> None:
    rules = Stylesheet(variables=CheckinApp(None).get_css_variables())
    rules.read(sheet)
    rules.parse()
    assert rules.rules
    for rule in rules.rules:
        for selectors in rule.selector_set:
            first = selectors.selectors[0]
            named = first.type is SelectorType.TYPE and first.name not in OF_ALL
            assert named, f"{rule.selectors} would hold in every screen"


async def test_a_form_that_was_open_leaves_the_badges_as_they_were(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(80, 24)) as at:
        await at.pilot.press("f2")
        await at.until(lambda: isinstance(at.app.screen, WalkInForm), "the form")
        await at.pilot.press("escape")
        await at.until(lambda: not isinstance(at.app.screen, WalkInForm), "the door")
        await at.go("badges")
        people = at.app.screen.query_one("#people", LineList)
        await at.until(lambda: len(people.items) > 30, "the list")
        await at.until(lambda: people.content_size.height > 15, "the height of the list")
