"""The event's area: settings, proof, backup, exports, each ending in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.errors import RefusedError
from checkin.event.proof import restore_test
from checkin.event.settings import EventSettings
from screens.event_forms import FieldError, FileForm, SettingsForm, as_texts, changed_settings
from screens.event_work import deeds
from screens.widgets.text_field import TextField
from tests.screens.in_an_area import DAY, stage


async def test_the_settings_stand_in_words_and_change_in_the_form(tmp_path: Path) -> None:
    async with stage(tmp_path, "event", (80, 24)) as at:
        await at.until_shown("10 tables of 7, at least 4")
        await at.press("f2")
        await at.until(lambda: isinstance(at.app.screen, SettingsForm))
        at.app.screen.query_one("#tables", TextField).value = "12"
        at.app.screen.query_one("#venue", TextField).value = "Town hall [/x]"
        await at.press("f2")
        await at.until_said("The settings are changed.")
        await at.until_shown("12 tables of 7, at least 4")
        await at.until_shown("Town hall [/x]")
        assert at.session.settings.tables == 12
        await at.go("tables")
        from screens.widgets.table_card import TableCard

        await at.until(lambda: len(at.app.screen.query(TableCard)) == 12, "twelve cards")


async def test_a_setting_that_cannot_be_is_said_and_nothing_changes(tmp_path: Path) -> None:
    async with stage(tmp_path, "event", (80, 24)) as at:
        await at.press("f2")
        await at.until(lambda: isinstance(at.app.screen, SettingsForm))
        at.app.screen.query_one("#seats", TextField).value = "many"
        await at.press("f2")
        await at.until_shown("Write a whole number here")
        at.app.screen.query_one("#seats", TextField).value = "3"
        await at.press("f2")
        await at.until_shown("The minimum at a table is from 0 to its seats.")
        await at.press("escape")
        assert at.session.settings.seats == 7


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("deadline", "tomorrow"),
        ("doors", "25:00"),
        ("no_show", "few"),
        ("places", "0"),
        ("step_free_tables", "one"),
        ("step_free_tables", "11"),
    ],
)
def test_each_field_that_cannot_be_read_is_named(field: str, text: str) -> None:
    settings = EventSettings("An event", DAY)
    with pytest.raises(FieldError) as caught:
        changed_settings(settings, as_texts(settings) | {field: text})
    assert caught.value.field == field


def test_a_form_left_as_it_was_changes_nothing() -> None:
    settings = EventSettings(
        "An event", DAY, no_show=0.285, capacity=70, deadline=DAY, step_free_tables=(2, 5)
    )
    assert changed_settings(settings, as_texts(settings)) == settings
    with pytest.raises(RefusedError, match="needs a title"):
        changed_settings(settings, as_texts(settings) | {"title": " "})


async def test_a_backup_is_written_proved_and_said_in_a_sentence(tmp_path: Path) -> None:
    target = tmp_path / "morning.checkin"
    async with stage(tmp_path, "event") as at:
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, FileForm))
        at.app.screen.query_one("#path", TextField).value = str(target)
        await at.press("enter")
        await at.until_said("holds the whole event")
        assert restore_test(target).ok
        await at.press("f5")
        await at.until(lambda: isinstance(at.app.screen, FileForm))
        at.app.screen.query_one("#path", TextField).value = str(target)
        await at.press("enter")
        await at.until_said("is there already")


async def test_verify_says_that_the_event_is_whole(tmp_path: Path) -> None:
    async with stage(tmp_path, "event", (80, 24)) as at:
        await at.press("f4")
        await at.until_said("The event is whole")
        await at.until_shown("The journal's chain holds")


@pytest.mark.parametrize(
    "key", [deed.key for deed in deeds() if deed.ending and deed.key != "backup"]
)
async def test_every_file_that_is_offered_is_written(tmp_path: Path, key: str) -> None:
    deed = next(each for each in deeds() if each.key == key)
    target = tmp_path / f"out{deed.ending}"
    async with stage(tmp_path, "event") as at:
        door = at.app.door
        assert door is not None
        from checkin.door.overview import Which

        person = door.people(Which.ALL)[0]
        await at.app.desk_line.work(lambda: door.check_in(person.id))
        found = await at.app.desk_line.work(
            lambda: deed.work(at.session, target, lambda _done, _of: None)
        )
        assert found.ok
        assert str(target) in found.sentence
        assert target.stat().st_size > 100
