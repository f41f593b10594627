"""The preview: the words of the artwork, in plain lines of one width."""

from __future__ import annotations

import subprocess
import sys

import pytest

from checkin.badges.badge import BadgeData
from checkin.badges.letters import printable
from checkin.badges.preview import Part, preview
from checkin.people import Level

ANNA = BadgeData(
    "BCDFGHJKLN", "Anna", "Kowalska", "Urząd Miasta Łodzi", Level.CITY, "PL", "speaker"
)


def shown(badge: BadgeData, part: Part, width: int = 40) -> list[str]:
    return [line.text.strip() for line in preview(badge, width) if line.part is part]


def test_a_badge_in_forty_columns() -> None:
    assert [line.text.rstrip() for line in preview(ANNA, 40, "Cities & regions")] == [
        " Cities & regions",
        " A  n  n  a",
        " Kowalska",
        "",
        " Urząd Miasta Łodzi",
        " Speaker",
        "                           BCDF GHJK LN",
        " ■ C  City                           PL",
    ]


def test_the_large_name_is_spread_as_far_as_it_fits() -> None:
    wide = BadgeData("BCDFGHJKLN", "Maximiliana Alexandra", "X")
    assert shown(wide, Part.LARGE, 80) == [
        "M  a  x  i  m  i  l  i  a  n  a     A  l  e  x  a  n  d  r  a"
    ]
    assert shown(wide, Part.LARGE, 50) == ["M a x i m i l i a n a   A l e x a n d r a"]
    assert shown(wide, Part.LARGE, 30) == ["Maximiliana Alexandra"]


@pytest.mark.parametrize("level", Level)
def test_the_stripe_tells_the_level_by_sign_letter_and_word(level: Level) -> None:
    (stripe,) = shown(BadgeData("BCDFGHJKLN", "A", "B", level=level, country="PL"), Part.STRIPE)
    assert level.letter in stripe
    assert level.value.capitalize() in stripe
    assert stripe[0] in "■◆▲●"


@pytest.mark.parametrize("width", [10, 24, 40, 79])
@pytest.mark.parametrize(
    "name",
    ["W" * 200, "Ann [/x] Lee", "a\x1b]0;t\x07b", "e\u0301\u0301x\u030a", "გიორგი", "\u202ex"],
)
def test_every_line_is_plain_text_of_one_width_and_nothing_is_cut(name: str, width: int) -> None:
    badge = BadgeData("BCDFGHJKLN", name, name, name, Level.OTHER, "DE", name)
    lines = preview(badge, width, name)
    texts = ["".join(shown(badge, part, width)).replace(" ", "") for part in Part]
    assert texts.count(printable(name).replace(" ", "")) >= 3
    for line in lines:
        assert line.text.isprintable()
        cells = len(line.text) - line.text.count("\u0301") - line.text.count("\u030a")
        assert cells == max(width, 24)


def test_a_preview_loads_neither_reportlab_nor_a_terminal_toolkit() -> None:
    program = (
        "import sys; from checkin.badges import preview, qr;"
        "heavy = ('reportlab', 'PIL', 'textual', 'sqlalchemy');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
