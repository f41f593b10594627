"""The exercises' area shows what is prepared, in the languages that there are."""

from __future__ import annotations

from pathlib import Path

from screens.widgets.line_list import LineList
from tests.screens.in_an_area import stage


async def test_agenda_steps_and_prompts_are_in_sight(tmp_path: Path) -> None:
    async with stage(tmp_path, "exercises", (80, 24)) as at:
        await at.until_shown("Coffee and networking")
        await at.until_shown("60 min, 36 at least")
        await at.press("enter", "down", "down")
        await at.until_shown("One goal a turn, read aloud")
        assert "8 minutes, at least 5 · the scribe types" in at.text
        await at.press("f3")
        await at.until_shown("Un objectif par tour")
        await at.press("escape")
        assert at.app.screen.focused is at.app.screen.query_one("#methods", LineList)
        await at.press("down")
        await at.until_shown("Choisissez un objectif du premier")


async def test_an_own_method_joins_and_a_broken_one_is_said(tmp_path: Path) -> None:
    from tests.screens.at_the_door import own_home

    with own_home(tmp_path):
        from checkin.event.remembered import data_folder

        folder = data_folder() / "exercises"
        folder.mkdir(parents=True)
        (folder / "a.toml").write_text('key = "broken"', encoding="utf-8")
        (folder / "b.toml").write_text(
            'key = "own"\ntitle.en = "Our own [/x]"\n[[steps]]\nkey = "one"\n'
            'title.en = "One"\nprompt.en = "Do [@click=app.quit]it"\nminutes = 5\n',
            encoding="utf-8",
        )
    async with stage(tmp_path, "exercises") as at:
        await at.until_shown("Our own [/x]")
        assert "a.toml: The method needs a title in English" in at.text
        await at.press("down", "down")
        await at.until_shown("Do [@click=app.quit]it")
        await at.press("f3")
        await at.until_said("one language only")
