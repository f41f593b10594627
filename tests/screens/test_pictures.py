"""The pictures of the documentation: the same bytes every time, every scene comes about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pictures import SCENES, Scene, shoot
from tests.screens.at_the_door import own_home

BY_NAME = {scene.name: scene for scene in SCENES}


@pytest.mark.parametrize(
    "name", ["door", "door-typing", "door-look", "walk-in", "group", "roll-call", "help", "palette"]
)
async def test_every_scene_of_the_door_comes_about(tmp_path: Path, name: str) -> None:
    with own_home(tmp_path):
        picture = await shoot(BY_NAME[name], (80, 24))
    assert "City-Region" in picture
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")


async def test_a_picture_is_the_same_every_time(tmp_path: Path) -> None:
    scene: Scene = BY_NAME["group"]
    with own_home(tmp_path):
        first, second = await shoot(scene, (120, 40)), await shoot(scene, (120, 40))
    assert first == second
